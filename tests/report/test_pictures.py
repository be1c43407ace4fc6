"""Printed pages as pictures, beside those that were looked at and kept: a page that moves or empties shows."""

from __future__ import annotations

import io
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from pipeline.report import Report
from pipeline.report.papers.kits import kits
from pipeline.report.papers.letters import letters
from pipeline.report.papers.sheets import sheets
from pipeline.report.papers.template import read_template
from pipeline.report.render import kit_pages, pdf
from tests.report.conftest import Tables

GOLDEN = Path(__file__).parent / "golden"
PAGES = [("rapport", 1), ("rapport", 2), ("rapport", 3), ("theme", 1), ("direction", 1), ("direction", 2), ("kit", 1)]
PAGES += [("kit", 2), ("lettre", 1)]
_DPI = 14


def picture(content: bytes, page: int) -> Image.Image:
    """Return a page, small and grey."""
    reader = shutil.which("pdftoppm")
    assert reader, "poppler is needed to look at pages: apt-get install poppler-utils"
    asked = [reader, "-r", str(_DPI), "-f", str(page), "-l", str(page), "-gray", "-png", "-"]
    seen = subprocess.run(asked, input=content, capture_output=True, check=True)
    return Image.open(io.BytesIO(seen.stdout)).convert("L")


@pytest.fixture(scope="module")
def printed(report: Report, tables: Tables, people: pd.DataFrame) -> dict[str, bytes]:
    """Return one file of each kind."""
    made = sheets(report, tables, 5)
    largest = max(made.directorates, key=lambda dossier: sum(len(ideas) for _, ideas in dossier.groups))
    template = read_template((files("pipeline.report") / "letters.txt").read_text(encoding="utf-8"), "x")
    reply = letters(report, tables, people, template, per_idea=False)[0]
    return {
        "rapport": pdf.overall(report),
        "theme": pdf.theme_sheet(made.themes[0], report),
        "direction": pdf.directorate_file(largest, report),
        "kit": kit_pages.printed(kits(report, tables, people)[0], report),
        "lettre": pdf.letter(reply, report),
    }


@pytest.mark.parametrize(("kind", "page"), PAGES)
def test_the_page_looks_as_kept(kind: str, page: int, printed: dict[str, bytes]) -> None:
    """Made small, the page is close to the picture kept: same blocks, same places."""
    kept = Image.open(GOLDEN / f"print-{kind}-{page}.png").convert("L")
    seen = picture(printed[kind], page)
    assert seen.size == kept.size
    difference = np.abs(np.asarray(seen, dtype=float) - np.asarray(kept, dtype=float))
    assert difference.mean() < 6


@pytest.mark.parametrize("kind", ["rapport", "theme", "direction", "kit"])
def test_no_page_is_empty(kind: str, printed: dict[str, bytes]) -> None:
    """Every page carries something besides its running head."""
    reader = shutil.which("pdftotext")
    assert reader, "poppler is needed to read PDF files back: apt-get install poppler-utils"
    read = subprocess.run([reader, "-", "-"], input=printed[kind], capture_output=True, check=True)
    assert all(len(page.split()) > 15 for page in read.stdout.decode().split("\f")[:-1])
