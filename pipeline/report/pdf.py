"""Documents as PDF: a view as JSON in, a tagged PDF/UA-1 and PDF/A-2a file out, through Typst and embedded fonts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import typst

from pipeline.report import findings, map_drawing
from pipeline.report.look import Look
from pipeline.report.model import Idea, Report, Theme
from pipeline.report.printable import plain
from pipeline.report.words import capital

STANDARDS = ["ua-1", "a-2a"]
ANNEX_LIMIT = 1000


def overall(report: Report, look: Look | None = None) -> bytes:
    """Return the overall report as PDF."""
    look = look or Look()
    drawing = map_drawing.draw(report)
    content = {
        "organisation": report.organisation,
        "period": report.period,
        "report": {**_shallow(report), "themes": report.themes, "review": _review(report)},
        "largest": findings.largest(report.themes),
        "kinds": [
            {"label": label, "themes": [_theme(theme, report) for theme in themes]}
            for label, themes in findings.kinds_present(report.themes)
        ],
        "map_alt": drawing.alternative if drawing else "",
        "weak": [_idea(idea) for idea in report.weak],
        "near": [[_idea(report.idea[a]), _idea(report.idea[b])] for a, b in report.near_pairs],
        "annex": _annex(report) if len(report.ideas) <= ANNEX_LIMIT else [],
        "annex_note": "La liste complète figure dans le rapport à l’écran et dans les exports."
        if len(report.ideas) > ANNEX_LIMIT
        else "",
    }
    return document(
        "rapport.typ", content, look, map_drawing.static(drawing, look.light) if drawing else None, day=report.last_day
    )


def document(template: str, content: dict[str, Any], look: Look, drawing: str | None = None, day: str = "") -> bytes:
    """Return a template compiled with the content, which it reads as `data`.

    Args:
        template: a file of `typst/`.
        content: values of a view; texts are made printable here.
        look: colours of the light scheme.
        drawing: an SVG made by us, read as `data.map`.
        day: ISO date of the data, written as the document's own (no clock: equal content → equal bytes).

    Raises:
        typst.TypstError: when the template or a standard is not respected: a defect of ours.
    """
    values = {**plain(content), "look": plain(look.light), "map": drawing}
    sources = {"main.typ": _source(template), "base.typ": _source("base.typ")}
    compiled = typst.compile(  # type: ignore[call-overload] # files by name are taken too, the stubs do not say so
        sources,
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
        timestamp=_seconds(day),
        format="pdf",
    )
    return bytes(compiled)


def _seconds(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else 0


@cache
def _source(name: str) -> bytes:
    return (files("pipeline.report") / "typst" / name).read_bytes()


@cache
def _fonts() -> str:
    with as_file(files("pipeline.report") / "fonts") as folder:
        return str(folder)


def _shallow(report: Report) -> dict[str, Any]:
    kept = (
        "title",
        "organisation",
        "contact",
        "period",
        "headline",
        "lead",
        "figures",
        "findings",
        "asks",
        "titles",
        "labs",
        "trust",
    )
    return {name: getattr(report, name) for name in kept}


def _review(report: Report) -> dict[str, Any]:
    parts = [
        {
            **plain(part),
            "head": part.title.partition(" par ")[2].capitalize(),
            "largest": max([count.value or 0 for count in part.counts] + [1]),
        }
        for part in report.review.breakdowns
    ]
    return {**plain(report.review), "breakdowns": parts}


def _theme(theme: Theme, report: Report) -> dict[str, Any]:
    nearest = report.theme.get(theme.nearest_id)
    holders = f", portées par {theme.holders} agents" if theme.holders else ""
    lines = [
        ("Idées", f"{theme.size}{holders}"),
        ("Solidité", f"{capital(theme.certainty)}, {theme.found.lower()}" if theme.certainty else theme.found),
        ("Directions", theme.spread),
        (theme.kind_label, theme.kind_reason),
        ("Mots du thème", ", ".join(theme.key_phrases)),
        ("À distinguer de", f"{nearest.label}. {theme.difference}" if nearest and theme.difference else ""),
    ]
    return {
        "mark": theme.mark,
        "label": theme.label,
        "summary": theme.summary,
        "lines": [line for line in lines if line[1]],
        "typical": [_idea(report.idea[i]) for i in theme.typical],
    }


def _idea(idea: Idea) -> dict[str, str]:
    return {"title": idea.short, "idea_id": idea.idea_id}


def _annex(report: Report) -> list[dict[str, Any]]:
    groups = [(theme.label, theme.ideas) for theme in report.themes]
    groups += [("Signaux faibles", tuple(idea.idea_id for idea in report.weak))] if report.weak else []
    return [{"label": label, "ideas": [_idea(report.idea[i]) for i in ids]} for label, ids in groups]
