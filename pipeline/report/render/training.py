"""The techniques of creativity as a page and as a file to print, for facilitators who are being trained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.french import counted, typeset
from pipeline.report.drawing.look import Look
from pipeline.report.drawing.printable import plain
from pipeline.report.facts.model import Report
from pipeline.report.papers.techniques import MOMENTS, Technique
from pipeline.report.render.html import page
from pipeline.report.render.pdf import document, publisher

FICTIONAL = "Les exemples citent des idées tirées du concours fictif d’exemple"
ELSEWHERE = "leurs numéros ne sont pas ceux de votre concours"


def on_page(techniques: tuple[Technique, ...], report: Report, look: Look, *, ours: bool) -> str:
    """Return the techniques as a page.

    Args:
        techniques: sheets.
        report: the overall view, for who publishes.
        look: of the organisation.
        ours: the sheets are the program's, their examples those of a fictional contest.
    """
    return page(
        "techniques.html.j2", look, report=report, techniques=techniques, **_said(techniques, report, ours=ours)
    )


def printed(techniques: tuple[Technique, ...], report: Report, look: Look, *, ours: bool) -> bytes:
    """Return the techniques as PDF, a page each; see `on_page`."""
    sheets = [plain(replace(sheet, moment=MOMENTS[sheet.moment])) for sheet in techniques]
    content = {**publisher(report), "work": "", "techniques": sheets, **_said(techniques, report, ours=ours)}
    return document("techniques.typ", content, look, day=report.last_day)


def _said(techniques: tuple[Technique, ...], report: Report, *, ours: bool) -> dict[str, Any]:
    sheets = counted(len(techniques), "fiche")
    return {
        "lead": typeset(
            f"{sheets} pour animer : quand s’en servir, combien de temps, comment s’y prendre, quels pièges."
        ),
        "note": typeset(_where(techniques, report)) if ours else "",
        "moments": {key: typeset(title) for key, title in MOMENTS.items()},
    }


def _where(techniques: tuple[Technique, ...], report: Report) -> str:
    """Return where the examples come from; when this run is not that contest, that their numbers are not its own."""
    cited = (idea for sheet in techniques for idea in sheet.ideas)
    here = any(number in report.idea and typeset(report.idea[number].title) == title for number, title in cited)
    return f"{FICTIONAL}." if here else f"{FICTIONAL} ; {ELSEWHERE}."
