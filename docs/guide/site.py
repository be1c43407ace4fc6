"""The guide on disk: its pages, its style with the reports' fonts, its search, the files that pages link to."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from docs.guide.layout import Page, lay_out
from docs.guide.sources import ROOT, SHELVES, sources
from pipeline.report.drawing.look import Look
from pipeline.report.render.html import style
from pipeline.store import write_bytes, write_text

_HERE = Path(__file__).parent


def write(folder: Path) -> None:
    """Write the guide in `folder`, whole: what stood there is removed when it was a guide.

    It opens from the disk, without a network: pages, `guide.css` (fonts inside), `guide.js`, `index.js` (what the
    search reads) and, under `files/`, what pages link to outside the guide.

    Raises:
        FileNotFoundError: when a page links to a file that does not exist.
        FileExistsError: when `folder` holds something else.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / "guide.css").exists():
            raise FileExistsError(folder)
        shutil.rmtree(folder)
    made = sources()
    led = _leading({source.path: source.name for source in made}, folder)
    pages = [lay_out(source, led) for source in made]
    template = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("page.html.j2")
    shelves = {shelf: [page for page in pages if page.source.shelf == shelf] for shelf in SHELVES}
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        body = Markup(page.html)  # noqa: S704 - laid out from files of the repository
        html = template.render(page=page, body=body, shelves=shelves, before=before, after=after)
        write_text(folder / page.source.name, html)
    write_text(folder / "guide.css", style(Look()) + (_HERE / "guide.css").read_text(encoding="utf-8"))
    write_text(folder / "guide.js", (_HERE / "guide.js").read_text(encoding="utf-8"))
    write_text(folder / "index.js", f"const SECTIONS = {json.dumps(_searched(pages), ensure_ascii=False)};\n")


def _searched(pages: list[Page]) -> list[tuple[str, str, str, str]]:
    """Return (address, page's title, section's title, words) of each section."""
    return [
        (f"{page.source.name}#{section.anchor}", page.title, section.title, section.text)
        for page in pages
        for section in page.sections
    ]


def _leading(pages: dict[str, str], folder: Path) -> Callable[[str], str]:
    """Return what leads a link to a page, or to a copy of the file."""

    def led(path: str) -> str:
        as_source = path.removesuffix(".ipynb") + ".py" if path.endswith(".ipynb") else path
        if as_source in pages:
            return pages[as_source]
        file = ROOT / path
        copy = f"files/{file.name if file.suffix else f'{file.name}.txt'}"
        write_bytes(folder / copy, file.read_bytes())
        return copy

    return led
