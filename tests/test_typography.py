"""French typography of everything that people read: pages, PDF, workbooks, decks and texts of one contest, walked."""

from __future__ import annotations

import html
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from pipeline.commands.app import app
from tests.test_afternoon import Afternoon

_MARKS = re.compile(r"(?s)<(style|script)\b.*?</\1>|<[^>]+>")
_EACH = 6
"""PDF of one folder that are read: the others are laid out by the same template, and their texts are in the pages."""
FAULTS = {
    "straight apostrophe": re.compile(r"\w'[\w«]"),
    "no narrow space before a sign": re.compile(r"\w[ \u00a0]*[;!?](?=\s|$)|\w[ \u00a0]*:(?=\s|$)|\d ?%"),
    "no narrow space inside quotation marks": re.compile(r"«(?!\u202f)|(?<!\u202f)»"),
}


def shown(path: Path) -> str:
    """Return what a document shows, spaces as they are; empty for what is no document, or a form to hand in."""
    if path.suffix == ".html":
        return html.unescape(_MARKS.sub("\n", path.read_text(encoding="utf-8")))
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".xlsx" and path.parent.name in ("reports", "private"):
        sheets = openpyxl.load_workbook(path).worksheets
        return "\n".join(str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row if c.value)
    if path.suffix == ".pptx":
        with zipfile.ZipFile(path) as deck:
            slides = [deck.read(name).decode() for name in deck.namelist() if name.startswith("ppt/slides/slide")]
        return html.unescape(_MARKS.sub("\n", "\n".join(slides)))
    return path.read_text(encoding="utf-8") if path.suffix == ".txt" else ""


@pytest.fixture(scope="module")
def texts(afternoon: Afternoon, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of every document, by path: those of a run, the call, the review and the decks of the tour."""
    root = tmp_path_factory.mktemp("typography") / "contest"
    shutil.copytree(afternoon.workspace.root, root)
    for words in (["tour"], ["call"], ["bilan", "--jour", "2021-01-12"]):
        assert CliRunner().invoke(app, [*words, "--workspace", str(root)]).exception is None
    read: dict[str, str] = {}
    printed = Counter[Path]()
    for path in sorted((root / "reports").rglob("*")):
        printed[path.parent] += path.suffix == ".pdf"
        if path.suffix != ".pdf" or printed[path.parent] <= _EACH:
            read[path.relative_to(root).as_posix()] = shown(path)
    return {name: text for name, text in read.items() if text}


def test_every_kind_of_document_is_walked(texts: dict[str, str], afternoon: Afternoon) -> None:
    """Pages, PDF, both workbooks, decks and texts are read, and ideas typed with straight apostrophes are in them."""
    kinds = Counter(Path(name).suffix for name in texts)
    assert min(kinds[kind] for kind in (".html", ".pdf", ".xlsx", ".pptx", ".txt")) >= 2, kinds
    typed = (afternoon.workspace.root / "data" / "raw" / "ideas.csv").read_text(encoding="utf-8")
    assert len(re.findall(r"\w'\w", typed)) > 100


@pytest.mark.parametrize("fault", FAULTS)
def test_documents_are_set_in_french(texts: dict[str, str], fault: str) -> None:
    """No straight apostrophe between letters, no sign or quotation mark without its narrow no-break space."""
    found = {
        name: [text[max(0, m.start() - 20) : m.end() + 20] for m in list(FAULTS[fault].finditer(text))[:3]]
        for name, text in texts.items()
    }
    assert {name: said for name, said in found.items() if said} == {}
