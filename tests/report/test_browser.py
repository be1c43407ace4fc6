"""The page in a real browser: accessible at two widths in two schemes, usable by keyboard, readable without script."""

from __future__ import annotations

import io
import re
from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.drawing.look import Look
from pipeline.report.facts.model import UNRESTRICTED
from pipeline.report.papers.filters import node
from pipeline.report.papers.kits import kits
from pipeline.report.papers.sheets import sheets
from pipeline.report.papers.techniques import read_techniques
from pipeline.report.render import kit_pages, pdf, training
from pipeline.report.render.html import directorate_page, overall, theme_page
from tests.report.conftest import Tables, sample_quality
from tests.report.render.test_html import hostile
from tests.report.render.test_pdf import text_of_pages

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
Scheme = Literal["light", "dark"]
SHAPES: list[tuple[int, Scheme]] = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]

AIDS: list[tuple[str, int, Scheme]] = [
    ("community", 1280, "light"), ("community", 320, "dark"), ("minilab", 320, "light"), ("techniques", 320, "dark"),
    ("techniques", 1280, "light"),
]  # fmt: skip
"""What facilitators open, in the shapes that may break it."""
KINDS = ("excerpt", "theme", "directorate", "quiet")
NARROW = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
GOLDEN, THUMBNAIL = Path(__file__).parent / "golden", (160, 120)


def fewer(tables: Tables) -> Tables:
    """Return the sample with one idea in six: axe reads it six times faster."""
    some = tables["ideas"]["idea_id"][::6]
    cut = {"ideas", "idea_themes", "map"}
    return {name: frame[frame["idea_id"].isin(some)] if name in cut else frame for name, frame in tables.items()}


@pytest.fixture(scope="module")
def pages(
    report: Report, tables: Tables, people: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return one page of each kind on disk: overall report, theme, directorate with and without detail, kits."""
    packs = kits(report, tables, people)
    ours = read_techniques((files("pipeline.report") / "techniques.yaml").read_text(encoding="utf-8"), "x")
    made = sheets(report, tables, 5)
    quiet = next(dossier for dossier in made.directorates if not dossier.detailed)
    largest = max(made.directorates, key=lambda dossier: sum(len(ideas) for _, ideas in dossier.groups))
    contents = {
        "report": overall(report),
        "excerpt": overall(build(fewer(tables), ReportParams(), quality=sample_quality())),
        "theme": theme_page(made.themes[0], report),
        "directorate": directorate_page(largest, report),
        "quiet": directorate_page(quiet, report),
        "minilab": kit_pages.on_page(packs[0], report),
        "community": kit_pages.on_page(next(pack for pack in packs if pack.gathering), report),
        "techniques": training.on_page(ours, report, Look(), ours=True),
        "team": overall(build(fewer(tables), ReportParams().model_copy(update={"threshold": UNRESTRICTED}))),
    }
    folder = tmp_path_factory.mktemp("pages")
    for name, content in contents.items():
        (folder / f"{name}.html").write_text(content, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in contents}


@pytest.fixture(scope="module")
def file(pages: dict[str, Path]) -> Path:
    """Return the overall report on disk."""
    return pages["report"]


def opened(context: BrowserContext, file: Path) -> tuple[Page, list[str]]:
    """Return the page and what it complains about: console, script errors, requests beyond itself."""
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda r: None if r.url.startswith(("data:", file.as_uri())) else complaints.append(r.url)
    )  # fmt: skip
    page.goto(file.as_uri())
    return page, complaints


def violations(page: Page) -> list[str]:
    """Return the rules that axe finds broken."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


@pytest.mark.parametrize(
    ("kind", "width", "scheme"),
    [("report", 1280, "light"), ("team", 320, "dark"), *AIDS, *((kind, *shape) for kind in KINDS for shape in SHAPES)],
)
def test_the_page_is_accessible(
    browser: Browser, pages: dict[str, Path], kind: str, width: int, scheme: Scheme
) -> None:
    """No violation, no request, no complaint, nothing wider than the window, on every kind of page."""
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:
        page, complaints = opened(context, pages[kind])
        assert page.evaluate(NARROW)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        assert violations(page) == []
        assert page.evaluate(NARROW)
        assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_screen_looks_the_same(browser: Browser, file: Path, scheme: Scheme) -> None:
    """The first screen, made small, is close to the picture that was looked at and kept."""
    with browser.new_context(viewport={"width": 1280, "height": 960}, color_scheme=scheme) as context:
        page, _ = opened(context, file)
        seen = Image.open(io.BytesIO(page.screenshot())).convert("L").resize(THUMBNAIL, Image.Resampling.BOX)
    kept = Image.open(GOLDEN / f"first-screen-{scheme}.png").convert("L")
    difference = np.abs(np.asarray(seen, dtype=float) - np.asarray(kept, dtype=float))
    assert difference.mean() < 6


def test_hostile_text_does_nothing(browser: Browser, tables: Tables, tmp_path: Path) -> None:
    """A page full of hostile text runs nothing, asks for nothing and stays accessible and narrow at 320 px."""
    file = tmp_path / "hostile.html"
    file.write_text(overall(build(hostile(fewer(tables)), ReportParams())), encoding="utf-8")
    with browser.new_context(viewport={"width": 320, "height": 800}) as context:
        page, complaints = opened(context, file)
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        assert page.evaluate(NARROW)
        assert violations(page) == []
        assert complaints == []


def test_search_ignores_accents_and_case(browser: Browser, file: Path) -> None:
    """Typing « MENAGE » finds « ménage »; the count is announced and the map keeps in step."""
    with browser.new_context() as context:
        page, _ = opened(context, file)
        page.fill("#f-q", "MENAGE")
        expect(page.locator("#f-etat")).not_to_contain_text("240")
        shown = page.locator(".toutes .idee:visible")
        assert 0 < shown.count() < 240
        assert "ménage" in shown.first.inner_text().lower() or "menage" in shown.first.inner_text().lower()
        assert page.locator("#carte .points use:not(.eteint)").count() == shown.count()


def test_a_journey_with_the_keyboard_alone(browser: Browser, file: Path) -> None:
    """From the top: past the head, along the contents to the ideas, a search typed, the map walked, an idea opened."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page, complaints = opened(context, file)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "evitement"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#contenu"
        page.focus(".sommaire a[href='#idees']")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "f-q"
        page.keyboard.type("velo")
        expect(page.locator("#f-etat")).not_to_contain_text("240")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "carte":
                break
        assert page.evaluate("document.activeElement.id") == "carte"
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        assert "vélo" in page.locator(".legende .choisie").inner_text().lower()
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Voir l’idée dans la liste":
                break
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.className").startswith("idee")
        assert complaints == []


def test_search_finds_beginnings_of_words(browser: Browser, file: Path, report: Report) -> None:
    """« vel » finds « vélo » and not « enveloppe »; the number of an idea finds it alone."""
    with browser.new_context() as context:
        page, _ = opened(context, file)
        page.fill("#f-q", "vel")
        expect(page.locator("#f-etat")).not_to_contain_text("240")
        shown = page.locator(".toutes .idee:visible").all_inner_texts()
        assert shown
        assert all(re.search(r"\bv[eé]l", text.lower()) for text in shown)
        page.fill("#f-q", report.ideas[7].idea_id)
        expect(page.locator("#f-etat")).to_have_text("1 idée affichée")


def test_filters_work_by_keyboard(browser: Browser, file: Path, report: Report) -> None:
    """Choosing a family, then its first theme, with the keyboard alone shows their ideas only."""
    with browser.new_context() as context:
        page, _ = opened(context, file)
        page.focus("#f-t")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#f-etat")).to_have_text(f"{report.families[0].size} idées affichées")
        page.keyboard.press("ArrowDown")
        first = report.theme[report.families[0].themes[0]]
        expect(page.locator("#f-etat")).to_have_text(f"{first.size} idées affichées")
        assert page.locator(".toutes .idee:visible").count() == first.size


def test_a_part_is_not_crossed_with_its_holders(browser: Browser, file: Path, report: Report) -> None:
    """Choosing a sub-theme clears the lists about holders and closes them; another choice opens them again."""
    part = next(part for theme in report.themes for part in theme.parts)
    with browser.new_context() as context:
        page, _ = opened(context, file)
        page.select_option("#f-0", index=1)
        page.select_option("#f-t", node(part.node_id))
        expect(page.locator("#f-etat")).to_have_text(f"{len(part.ideas)} idées affichées")
        assert page.input_value("#f-0") == "*"
        expect(page.locator("#f-0")).to_be_disabled()
        page.select_option("#f-t", "*")
        expect(page.locator("#f-0")).to_be_enabled()


def test_choosing_a_family_brings_the_map_on_its_ideas(browser: Browser, file: Path, report: Report) -> None:
    """The list, the points and the frame of the map follow a family; the whole comes back with the reset."""
    family = report.families[-1]
    with browser.new_context() as context:
        page, _ = opened(context, file)
        page.select_option("#f-t", node(family.node_id))
        expect(page.locator("#f-etat")).to_have_text(f"{family.size} idées affichées")
        assert page.locator("#carte .points use:not(.eteint)").count() == family.size
        closer = page.get_attribute("#carte", "viewBox")
        page.click("button[type=reset]")
        expect(page.locator("#f-etat")).to_have_text(f"{len(report.ideas)} idées affichées")
        assert page.get_attribute("#carte", "viewBox") != closer


def test_the_list_follows_what_the_map_shows(browser: Browser, file: Path) -> None:
    """Asked to, the list holds only the ideas in sight on the map, and changes with its frame."""
    with browser.new_context() as context:
        page, _ = opened(context, file)
        page.check("#f-vue")
        page.click("[data-z='1.4']")
        page.click("[data-z='1.4']")
        expect(page.locator("#f-etat")).not_to_contain_text("240")
        assert 0 < page.locator(".toutes .idee:visible").count() < 240


def test_themes_fold_and_links_unfold_them(browser: Browser, file: Path, report: Report) -> None:
    """Themes are folded at first; following the link to an idea opens the one it is in."""
    with browser.new_context() as context:
        page, _ = opened(context, file)
        assert page.locator(".toutes .idee:visible").count() == 0
        target = report.themes[2].ideas[0]
        page.evaluate(f"location.hash = '#idee-{target}'")
        page.locator(f"#idee-{target}").wait_for(state="visible")


def test_a_theme_s_sheet_folds_what_follows(
    browser: Browser, pages: dict[str, Path], report: Report, tables: Tables
) -> None:
    """The first ideas of a sheet are open, the others one gesture away; a link to one of them, and paper, show it."""
    made = sheets(report, tables, 5).themes[0]
    ideas = pages["theme"].read_text(encoding="utf-8").count('<article class="idee"')
    with browser.new_context() as context:
        page, _ = opened(context, pages["theme"])
        cards = page.locator("article.idee")
        assert cards.count() == ideas > 5
        expect(cards.nth(4).locator(".texte").first).to_be_visible()
        expect(cards.nth(5)).not_to_be_visible()
        page.locator(".replie summary").focus()
        page.keyboard.press("Enter")
        expect(cards.nth(5)).to_be_visible()
        last = str(cards.last.get_attribute("id"))
        page.goto("about:blank")
        page.goto(f"{pages['theme'].as_uri()}#{last}")
        expect(cards.last).to_be_visible()
        page.goto("about:blank")
        page.goto(pages["theme"].as_uri())
        words = str(cards.last.locator(".texte").first.text_content()).split()[:3]
        printed = text_of_pages(page.pdf(prefer_css_page_size=True))
    assert " ".join(words) in " ".join(" ".join(printed).split())
    assert len(printed) <= len(text_of_pages(pdf.theme_sheet(made, report))) + 1  # type a little larger


def test_a_search_opens_the_themes_it_finds_and_closes_them_again(browser: Browser, file: Path, report: Report) -> None:
    """A found idea is in sight at once; without the search, only what was opened by hand stays open."""
    with browser.new_context() as context:
        page, _ = opened(context, file)
        by_hand = report.themes[1]
        page.click(f"#idees-{by_hand.anchor} summary")
        page.fill("#f-q", report.themes[0].ideas[0])
        expect(page.locator("#f-etat")).to_have_text("1 idée affichée")
        assert page.locator(".toutes .idee:visible").count() == 1
        page.click("button[type=reset]")
        expect(page.locator("#f-etat")).to_contain_text("240")
        assert page.locator(".toutes .idee:visible").count() == by_hand.size


@pytest.mark.parametrize("script", [True, False])
def test_printing_the_page_takes_no_more_sheets_than_the_pdf(
    browser: Browser, file: Path, report: Report, *, script: bool
) -> None:
    """Folded themes print the title of each idea, as the PDF does, with script or without."""
    with browser.new_context(java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        printed = text_of_pages(page.pdf(prefer_css_page_size=True))
    assert len(printed) <= len(text_of_pages(pdf.overall(report)))
    assert all(idea.idea_id in "".join(printed) for idea in report.ideas)


def test_the_map_works_by_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    """Arrows go from idea to idea and are announced, Enter shows the idea, + zooms in."""
    with browser.new_context() as context:
        page, _ = opened(context, pages["excerpt"])
        page.focus("#carte")
        page.keyboard.press("ArrowRight")
        first = page.locator(".carte [role=status]").inner_text()
        page.keyboard.press("ArrowRight")
        assert page.locator(".carte [role=status]").inner_text() != first != ""
        page.keyboard.press("Enter")
        assert page.locator(".legende .choisie").is_visible()
        page.keyboard.press("+")
        assert page.get_attribute("#carte", "viewBox") != "0 0 1000 1000"
        assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_found_idea_is_lit_and_its_card_is_in_sight(browser: Browser, file: Path, width: int) -> None:
    """Hits stand out, marks are wide enough for a finger, and the chosen card is in the window, to be closed."""
    with browser.new_context(viewport={"width": width, "height": 800}, has_touch=width < 800) as context:
        page, complaints = opened(context, file)
        assert page.locator("#carte .nom").count() > 0
        page.fill("#f-q", "velo")
        expect(page.locator("#carte .trouve").first).to_be_attached()
        mark = page.locator("#carte .points .trouve").first
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 9
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        card = page.locator(".choisie")
        expect(card).to_be_in_viewport(ratio=0.3)
        page.click(".choisie .fermer")
        expect(card).to_be_hidden()
        assert complaints == []


def test_an_anchor_survives_filters(browser: Browser, file: Path, report: Report) -> None:
    """Following a link to an idea that the filters hide shows it all the same."""
    with browser.new_context() as context:
        page, _ = opened(context, file)
        page.select_option("#f-t", node(report.themes[0].theme_id))
        target = report.themes[1].ideas[0]
        page.evaluate(f"location.hash = '#idee-{target}'")
        page.locator(f"#idee-{target}").wait_for(state="visible")


def test_everything_is_readable_without_script(browser: Browser, file: Path) -> None:
    """Without JavaScript all ideas, tables and the map are there, and no dead control is shown."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        assert page.locator(".toutes .idee").count() == 240
        assert page.locator("#carte").is_visible()
        assert page.locator("form, button").filter(visible=True).count() == 0


def test_nothing_is_lost_at_400_percent(browser: Browser, file: Path) -> None:
    """At 400 % zoom of a 1280 px window (320 px of content, 256 px high) nothing is cut off sideways."""
    with browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4) as context:
        page, _ = opened(context, file)
        assert page.evaluate(NARROW)
