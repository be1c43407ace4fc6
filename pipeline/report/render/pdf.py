"""Documents as PDF: a view as JSON in, a tagged PDF/UA-1 and PDF/A-2a file out, through Typst and embedded fonts."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst

from pipeline.recalled import recalled
from pipeline.report.drawing import map_drawing
from pipeline.report.drawing.look import Font, Look
from pipeline.report.drawing.pictures import canvas
from pipeline.report.drawing.printable import plain
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Picture, Report
from pipeline.report.facts.tallies import Breakdown
from pipeline.report.facts.themes import Theme
from pipeline.report.facts.words import HEADS
from pipeline.report.papers import deciding
from pipeline.report.papers.arbitration import Arbitration
from pipeline.report.papers.dossiers import Dossier
from pipeline.report.papers.letters import Letter
from pipeline.report.papers.limits import LISTED, PAGE, PRINTED, first, first_of_groups, trimmed
from pipeline.report.papers.sheets import ThemeSheet, method_lines, sheet_figures, theme_lines
from pipeline.report.view import claims, findings
from pipeline.report.view.hierarchy import grouped

STANDARDS = ["ua-1", "a-2a"]
_ROWS_TOLD = 40


def overall(report: Report, look: Look | None = None) -> bytes:
    """Return the overall report as PDF."""
    look = look or Look()
    drawing = map_drawing.draw(report, trimmed(report).idea if len(report.ideas) > PAGE else None)
    weak, weak_left = first(report.weak, LISTED, "autre idée", "autres idées")
    near, near_left = first(report.near_pairs, LISTED, "autre paire", "autres paires")
    content = {
        **publisher(report),
        "report": {**_shallow(report), "themes": [_row(theme) for theme in report.themes], "review": _review(report)},
        "largest": findings.largest(report.themes),
        "families": _families(report),
        "kinds": _kinds(report),
        "map_alt": drawing.alternative if drawing else "",
        "weak": [named(idea) for idea in weak],
        "pictures": [{"title": p.title, "note": p.note, "alt": _alternative(p)} for p in report.pictures],
        "near": [[named(report.idea[a]), named(report.idea[b])] for a, b in near],
        "others": {"weak": weak_left, "near": near_left},
        **_listed(report),
    }
    shown = map_drawing.static(drawing, look.light) if drawing else None
    drawn = [canvas.printed(picture.drawn, look.light) for picture in report.pictures]
    return document("rapport.typ", content, look, shown, drawn, day=report.last_day)


def _kinds(report: Report) -> list[dict[str, Any]]:
    present = findings.kinds_present(report.themes)
    return [{"label": label, "themes": [_theme(theme, report) for theme in themes]} for label, themes in present]


def _listed(report: Report) -> dict[str, Any]:
    """Return the annex, or where the list is when it is too long to print."""
    if len(report.ideas) > PRINTED:
        return {"annex": [], "annex_note": "La liste complète est dans le classeur."}
    return {"annex": _annex(report), "annex_note": ""}


def theme_sheet(sheet: ThemeSheet, report: Report, look: Look | None = None) -> bytes:
    """Return one theme's sheet as PDF."""
    ideas, others = first(sheet.ideas, PRINTED, "autre idée", "autres idées")
    whole = map_drawing.draw(report)
    drawing = map_drawing.part(whole, sheet.theme) if whole else None
    content = {
        **publisher(report),
        "theme": {"label": deciding.finding(sheet.theme), **said(sheet.theme)},
        "asks": deciding.to_decide(sheet.theme, sheet.lab, report),
        "map_alt": drawing.alternative if drawing else "",
        "figures": sheet_figures(sheet),
        "lines": method_lines(sheet.theme, report),
        "breakdowns": [_breakdown(part) for part in sheet.breakdowns],
        "count": len(sheet.ideas),
        "groups": _by_part(sheet.theme, {idea.idea_id: idea for idea in ideas}),
        "others": others,
    }
    look = look or Look()
    shown = map_drawing.static(drawing, look.light) if drawing else None
    return document("theme.typ", content, look, shown, day=report.last_day)


def directorate_file(dossier: Dossier, report: Report, look: Look | None = None) -> bytes:
    """Return one directorate's file as PDF."""
    groups, others = first_of_groups(dossier.groups, PRINTED)
    content = {
        **publisher(report),
        "dossier": {
            **plain(replace(dossier, breakdowns=(), groups=())),
            "counted": dossier.counted,
            "seats_counted": dossier.seats_counted,
            "breakdowns": [_breakdown(part) for part in dossier.breakdowns],
            "groups": [{"label": label, "ideas": [full(i) for i in ideas]} for label, ideas in groups],
        },
        "others": others,
        "headline": report.headline,
        "findings": report.findings,
    }
    return document("direction.typ", content, look or Look(), day=report.last_day)


def arbitration(sheets: tuple[Arbitration, ...], report: Report, look: Look | None = None) -> bytes:
    """Return the arbitration sheets as one PDF, a page a theme."""
    return document("arbitrage.typ", {**publisher(report), "sheets": sheets}, look or Look(), day=report.last_day)


def letter(reply: Letter, report: Report, look: Look | None = None) -> bytes:
    """Return one reply as PDF (private: it carries a name)."""
    return document(
        "reponse.typ", {**publisher(report), "work": "", "letter": reply}, look or Look(), day=report.last_day
    )


def publisher(report: Report) -> dict[str, Any]:
    """Return what every document says of its contest."""
    kept = ("organisation", "title", "contact", "period", "pending")
    return {name: getattr(report, name) for name in kept} | {"work": report.work.said}


def full(idea: Idea) -> dict[str, str]:
    """Return an idea with its text."""
    return {
        "title": idea.short,
        "idea_id": idea.idea_id,
        "description": idea.description,
        "benefits": idea.benefits,
        "outcome": idea.outcome,
    }


def document(
    template: str,
    content: dict[str, Any],
    look: Look,
    drawing: str | None = None,
    drawings: Sequence[str] = (),
    *,
    day: str = "",
) -> bytes:
    """Return a template compiled with the content, which it reads as `data`.

    Args:
        template: a file of `typst/`.
        content: values of a view; texts are made printable here.
        look: colours of the light scheme.
        drawing: an SVG made by us, read as `data.map`.
        drawings: others, read as `data.drawings`.
        day: ISO date of the data, written as the document's own (no clock: equal content → equal bytes).

    Raises:
        typst.TypstError: when the template or a standard is not respected: a defect of ours.
    """
    values = {
        **plain(content),
        "look": plain(look.light),
        "mention": plain(look.mention),
        "map": drawing,
        "drawings": list(drawings),
    }
    values["logo"] = _logo(look)
    values["fonts"] = {"text": _family(look.text_fonts), "title": _family(look.title_fonts)}
    sources = {"main.typ": _source(template), "base.typ": _source("base.typ")}
    data, own = json.dumps(values, ensure_ascii=False), (*look.text_fonts, *look.title_fonts)

    def compiled() -> bytes:
        return bytes(
            typst.compile(  # type: ignore[call-overload] # files by name are taken too, the stubs do not say so
                sources,
                sys_inputs={"data": data},
                font_paths=_fonts(*own),
                pdf_standards=STANDARDS,
                timestamp=_seconds(day),
                format="pdf",
            )
        )

    fonts = [font.content for font in own]
    return recalled([template.encode(), *sources.values(), data.encode(), day.encode(), *fonts], compiled)


def _logo(look: Look) -> dict[str, Any] | None:
    if look.logo is None:
        return None
    return {"content": list(look.logo.content), "format": look.logo.form, "text": plain(look.logo.text)}


def _seconds(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else 0


@cache
def _source(name: str) -> bytes:
    return (files("pipeline.report") / "typst" / name).read_bytes()


def _family(fonts: tuple[Font, ...]) -> list[str]:
    return [fonts[0].family] if fonts else []


@cache
def _fonts(*own: Font) -> typst.Fonts:
    """Return our fonts and the organisation's, found once: half of the time of a letter."""
    with as_file(files("pipeline.report") / "fonts") as folder:
        paths = [str(folder), *([_written(*own).name] if own else [])]
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


@cache
def _written(*own: Font) -> tempfile.TemporaryDirectory[str]:
    """Return a folder with the fonts, there until the process ends: Typst reads a font when it first needs it."""
    folder = tempfile.TemporaryDirectory()
    for place, font in enumerate(own):
        Path(folder.name, f"{place}.ttf").write_bytes(font.content)
    return folder


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
        "twice",
        "labs",
        "trust",
    )
    return {name: getattr(report, name) for name in kept}


def _review(report: Report) -> dict[str, Any]:
    return {**plain(report.review), "breakdowns": [_breakdown(part) for part in report.review.breakdowns]}


def _breakdown(part: Breakdown) -> dict[str, Any]:
    return {
        **plain(part),
        "head": HEADS[part.key],
        "largest": max([count.value or 0 for count in part.counts] + [1]),
    }


def _row(theme: Theme) -> dict[str, Any]:
    """Return what the table of themes says of one."""
    kept = ("theme_id", "mark", "label", "size", "draws", "certainty", "kind_label")
    named = {name: getattr(theme, name) for name in kept}
    return named | {"parts": [{"label": part.label, "size": len(part.ideas)} for part in theme.parts]}


def _families(report: Report) -> list[dict[str, Any]]:
    """Return titles of families with the ids of their themes; the others last, under an empty title."""
    told = [{"label": family.label, "size": family.size, "themes": family.themes} for family in report.families]
    inside = {theme_id for family in report.families for theme_id in family.themes}
    rest = [theme for theme in report.themes if theme.theme_id not in inside]
    others = {"label": "Autres thèmes" if told else "", "size": sum(theme.size for theme in rest)}
    return [*told, others | {"themes": [theme.theme_id for theme in rest]}] if rest else told


def _by_part(theme: Theme, ideas: dict[str, Idea]) -> list[dict[str, Any]]:
    groups = [(label, [ideas[i] for i in ids if i in ideas]) for label, ids in grouped(theme)]
    told = len(groups) > 1
    return [
        {"label": (label or "Autres idées du thème") if told else "", "ideas": [full(idea) for idea in inside]}
        for label, inside in groups
        if inside
    ]


def _theme(theme: Theme, report: Report) -> dict[str, Any]:
    parts = ", ".join(f"{part.label} ({len(part.ideas)})" for part in theme.parts)
    return {
        "mark": theme.mark,
        "label": theme.label,
        **said(theme),
        "lines": [*theme_lines(theme, report), *([("Sous-thèmes", parts)] if parts else [])],
        "typical": [named(report.idea[i]) for i in theme.typical],
    }


def _alternative(picture: Picture) -> str:
    """Return the title and the table of a picture in words: a PDF has no table beside it."""
    rows = " ; ".join(" ".join(cell for cell in row if cell) for row in picture.rows[:_ROWS_TOLD])
    return f"{picture.title}. {rows}."


def said(theme: Theme) -> dict[str, Any]:
    """Return what a theme is about: a person's words, and claims with the numbers of the ideas behind them."""
    quoted = [{"text": claim.text, "source": claims.source(claim)} for claim in theme.claims]
    return {"summary": theme.summary, "claims": quoted, "reach": claims.reach(theme)}


def named(idea: Idea) -> dict[str, str]:
    """Return the title and number of an idea."""
    return {"title": idea.short, "idea_id": idea.idea_id}


def _annex(report: Report) -> list[dict[str, Any]]:
    groups = [(theme.label, theme.ideas) for theme in report.themes]
    groups += [("Signaux faibles", tuple(idea.idea_id for idea in report.weak))] if report.weak else []
    return [{"label": label, "ideas": [named(report.idea[i]) for i in ids]} for label, ids in groups]
