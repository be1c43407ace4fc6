"""The review as it is read → a page, a print, slides and a table."""

from __future__ import annotations

from pipeline.french import counted, typeset
from pipeline.life.bilan.model import Bilan
from pipeline.life.bilan.view import Board, Page, Part
from pipeline.report.drawing.look import Look
from pipeline.report.facts.model import Report
from pipeline.report.papers.decks import Deck, Slide
from pipeline.report.render import html, pdf
from pipeline.report.render.slides import written

_PLAIN, _WORDED, _SLIDES, _COLUMNS, _LISTED = 10, 7, 2, 4, 7
"""Rows of two columns, or of more, on a slide; slides and columns of a table, lines of a list that a room can read."""


def as_page(page: Page, report: Report, look: Look) -> str:
    """Return the review as a page: one file, no network."""
    return html.page("bilan.html.j2", look, report=report, bilan=page)


def as_pdf(page: Page, report: Report, look: Look, day: str) -> bytes:
    """Return the review in print; `day` (ISO) is the document's own."""
    content = {
        "organisation": report.organisation,
        "title": report.title,
        "contact": report.contact,
        "period": report.period,
        "work": report.work.said,
        "bilan": page,
    }
    return pdf.document("bilan.typ", content, look, day=day)


def as_slides(page: Page, report: Report, look: Look, day: str) -> bytes:
    """Return the review as an editable presentation."""
    under = (report.organisation, report.title, page.name, page.day, report.work.said)
    slides = [Slide("L’essentiel", figures=page.figures, lines=(page.lead,) if page.lead else ())]
    for part in page.parts:
        slides += _slides(part)
    missing = tuple(said for part in page.parts for said in part.missing)
    slides += [Slide("Ce qui manque encore", lines=missing)] if missing else []
    deck = Deck("bilan", page.headline, " · ".join(filter(None, under)), tuple(slides), report.work.said)
    return written(deck, look, day=day, organisation=report.organisation)


def rows_of(facts: Bilan) -> list[tuple[str, ...]]:
    """Return the figures as rows, the header first: for a spreadsheet, and for the next contest to compare."""
    head = ("partie", "chiffre", "valeur", "table", "lignes")
    figures = ((li, "" if li.value is None else str(li.value)) for li in facts.lines)
    return [head, *((li.part, li.label, value, li.table, li.rule) for li, value in figures)]


def _slides(part: Part) -> list[Slide]:
    """Return the slides of a section: its tables and deliverables; where figures come from stays in the document."""
    if part.anchor == "sources":
        return []
    found = []
    for place, board in enumerate(part.boards):
        title = part.title if place == 0 else typeset(board.caption.rstrip("."))
        found += [Slide(title, table=rows, note=note) for rows, note in _cut(board)]
    if part.items:
        lines = [typeset(f"{item.title} ({item.group})") for item in part.items]
        more = len(lines) - _LISTED
        rest = [typeset(f"et {counted(more, 'autre')}, dans le bilan")] if more > 0 else []
        found.append(Slide("Ce que les groupes ont produit", lines=(*lines[:_LISTED], *rest)))
    return found


def _cut(board: Board) -> list[tuple[tuple[tuple[str, ...], ...], str]]:
    """Return the rows and the note of each slide of a table: few rows, few columns, two slides at the most."""
    wide = len(board.heads)
    most = _WORDED if wide > _COLUMNS // 2 else _PLAIN
    kept = board.brief or (range(wide) if wide <= _COLUMNS else (0, *range(wide - _COLUMNS + 1, wide)))
    rows = [tuple(row[place] for place in kept) for row in (board.heads, *board.rows)]
    parts = [tuple(rows[start : start + most]) for start in range(1, len(rows), most)][:_SLIDES]
    more = len(board.rows) - _SLIDES * most
    note = typeset(f"Et {counted(more, 'autre ligne', 'autres lignes')}, dans le bilan.") if more > 0 else ""
    return [((rows[0], *part), note if part is parts[-1] else "") for part in parts]
