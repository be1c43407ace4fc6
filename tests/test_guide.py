"""The user's guide: every paper has its page, every link leads somewhere, and it reads and searches from the disk."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from docs.guide.layout import lay_out
from docs.guide.site import write
from docs.guide.sources import SHELVES, Source, sources
from tests.conftest import ROOT
from tests.report.test_browser import NARROW, violations


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the guide."""
    folder = tmp_path_factory.mktemp("guide") / "site"
    write(folder)
    return folder


class _Seen(HTMLParser):
    """What a page leads to, the anchors it has, and its text outside code."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.anchors: set[str] = set()
        self.text = ""
        self._code = 0
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep links, sources and anchors."""
        self._code += tag in {"code", "pre"}
        given = dict(attrs)
        self.leads += [value for name in ("href", "src") if (value := given.get(name))]
        self.anchors.add(given.get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave code."""
        self._code -= tag in {"code", "pre"}

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        self.text += "x" if self._code else data


def test_every_paper_and_notebook_has_its_page() -> None:
    """A paper or notebook that is added and not placed on a shelf is missed here."""
    papers = {*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "notebooks").glob("*.md")}
    wanted = {str(path.relative_to(ROOT)) for path in {*papers, *(ROOT / "notebooks").glob("*.py")}}
    assert wanted <= {path for paths in SHELVES.values() for path in paths}


def test_every_link_leads_somewhere_in_the_guide(guide: Path) -> None:
    """Links, pictures, styles and scripts are files of the folder, anchors exist; other sites are linked, not asked."""
    pages = {page.name: _Seen(page) for page in guide.glob("*.html")}
    lost = []
    for name, page in pages.items():
        for lead in page.leads:
            file, _, anchor = unquote(lead).partition("#")
            if lead.startswith(("https:", "data:")):
                continue
            target = file or name
            if not (guide / target).is_file() or (anchor and anchor not in pages[target].anchors):
                lost.append((name, lead))
    assert len(pages) == len(sources())
    assert lost == []


def test_a_link_to_nothing_stops_the_making(tmp_path: Path) -> None:
    """A page that links to a file that does not exist is not laid out."""

    def led(path: str) -> str:
        return str((tmp_path / path).stat().st_size)

    with pytest.raises(FileNotFoundError):
        lay_out(Source("docs/x.md", "", "# x\n\n[là](absent.md)"), led)


def test_french_spacing_holds_on_every_french_page(guide: Path) -> None:
    """No plain space before a double sign nor inside « », no straight apostrophe between letters, outside code."""
    for source in sources():
        text = _Seen(guide / source.name).text
        wrong = re.compile(r"\S [;!?»](?=\s)|« |\S :(?=\s)|(?<=[a-z])'(?=[a-z])")
        assert source.language == "en" or not wrong.findall(text), source.path


def test_a_drawn_flow_is_told_as_a_table() -> None:
    """Each arrow of a mermaid drawing is a line with the names of both ends and what passes."""
    drawn = "# x\n\n```mermaid\nflowchart TD\n  a([un]) --> b\n  b[deux : b] -->|2 tables| c[trois]\n```"
    page = lay_out(Source("docs/x.md", "", drawn), str)
    assert re.findall(r"<td>(.*?)</td>", page.html) == ["un", "", "deux\u202f: b", "deux\u202f: b", "2 tables", "trois"]


def test_the_same_guide_twice(guide: Path, tmp_path: Path) -> None:
    """Written again over itself, it has the same files and bytes; a folder that holds something else is left alone."""
    write(tmp_path / "again")
    write(tmp_path / "again")
    folders = (guide, tmp_path / "again")
    made = [{p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in folders]
    assert made[0] == made[1]
    with pytest.raises(FileExistsError):
        write(tmp_path)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_accessible_and_ask_for_nothing(browser: Browser, guide: Path, width: int, scheme: str) -> None:
    """No violation on pages of each kind, nothing wider than the window, nothing asked outside the folder."""
    asked: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        for name in ("index", "3_decider", "mesures", "commandes", "contributing"):
            page.goto((guide / f"{name}.html").as_uri())
            assert page.evaluate(NARROW), name
            assert violations(page) == [], name
    assert [url for url in asked if not url.startswith((guide.as_uri(), "data:"))] == []


def test_the_search_finds_from_the_disk(browser: Browser, guide: Path) -> None:
    """Words without accents find the section that has them all, and Enter goes to it; what is nowhere is said."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((guide / "index.html").as_uri())
        page.fill("#mots", "ou sont les quasi doublon")
        page.fill("#mots", "second lecteur cout")
        expect(page.locator(".trouvailles li").first).to_contain_text("Un second lecteur")
        page.press("#mots", "Enter")
        expect(page.locator(".trouvailles a").first).to_be_focused()
        assert violations(page) == []
        page.keyboard.press("Enter")
        page.wait_for_url("**/lecteur.html#*")
        page.fill("#mots", "xyzzy")
        expect(page.locator("#trouve")).to_have_text("Rien ne contient tous ces mots.")


def test_the_guide_reads_without_script(browser: Browser, guide: Path) -> None:
    """Without JavaScript no dead search box is shown, and the pages can be reached."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((guide / "index.html").as_uri())
        expect(page.locator("#mots")).to_be_hidden()
        page.locator(".suite .apres a").click()
        page.wait_for_url("**/carnets.html")
