"""The facilitation kit of a working group as a page and as a file to print (private: it carries names)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.french import agree, typeset
from pipeline.report.drawing.look import Look
from pipeline.report.drawing.printable import plain
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Figure, Report
from pipeline.report.papers.gatherings import Gathering
from pipeline.report.papers.kits import Kit, Pair
from pipeline.report.papers.limits import CARDS, PRINTED, SHEET, first, first_of_groups
from pipeline.report.papers.tensions import Tension
from pipeline.report.render.html import page
from pipeline.report.render.pdf import document, full, named, publisher, said

CARD = 480
"""Characters of an idea on its card."""


TECHNIQUES = "Des techniques pour chaque étape, leur déroulement et leurs pièges : « Techniques de créativité »."


def on_page(pack: Kit, report: Report, look: Look | None = None) -> str:
    """Return a working group's facilitation kit as a page (private: it carries names)."""
    groups, others = first_of_groups(pack.groups, SHEET)
    return page(
        "kit.html.j2",
        look or Look(),
        report=report,
        kit=pack,
        figures=_kit_figures(pack),
        groups=groups,
        others=others,
        near=_together(pack.near),
        combine=_together(pack.combine),
        known={idea.idea_id: idea for _, ideas in groups for idea in ideas},
    )


def printed(pack: Kit, report: Report, look: Look | None = None) -> bytes:
    """Return a working group's facilitation kit as PDF (private: it carries names)."""
    _, others = first(pack.ideas, PRINTED, "autre idée", "autres idées")
    content = {
        **publisher(report),
        "figures": _kit_figures(pack),
        "others": others,
        "uncut": max(0, len(pack.ideas) - CARDS),
        "kit": {
            **plain(replace(pack, ideas=(), groups=(), near=(), combine=(), confront=(), gathering=None)),
            "groups": [
                {"label": label, "ideas": [named(idea) for idea in ideas]}
                for label, ideas in first_of_groups(pack.groups, PRINTED)[0]
            ],
            "cards": [
                named(idea) | {"extract": _extract(idea), "cut": _is_cut(idea), "absent": idea.idea_id in pack.absent}
                for idea in pack.ideas[:CARDS]
            ],
            "whole": [full(idea) for idea in pack.ideas[:PRINTED] if idea not in pack.ideas[:CARDS] or _is_cut(idea)],
            "said": said(pack.theme),
            "techniques": typeset(TECHNIQUES),
            "gathering": _gathering(pack.gathering),
            "to_check": pack.to_check,
            "unborne": pack.unborne,
            "near": _gathered(pack.near),
            "combine": _gathered(pack.combine),
            "confront": [_pair(pair) for pair in pack.confront],
        },
    }
    return document("kit.typ", content, look or Look(), day=report.last_day)


def _kit_figures(pack: Kit) -> tuple[Figure, ...]:
    directorates = len({member.directorate for member in pack.members})
    return (
        Figure(str(len(pack.members)), agree(len(pack.members), "membre proposé", "membres proposés")),
        Figure(str(len(pack.ideas)), agree(len(pack.ideas), "idée")),
        Figure(str(directorates), agree(directorates, "direction représentée", "directions représentées")),
    )


def _gathering(plan: Gathering | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    held = [{"label": meeting.label, "people": meeting.people, "told": meeting.told} for meeting in plan.meetings]
    return {**plain(replace(plan, meetings=())), "meetings": plain(held)}


def _pair(pair: Tension) -> dict[str, Any]:
    return {"first": named(pair.first), "second": named(pair.second), "why": pair.why}


def _gathered(pairs: tuple[Pair, ...]) -> list[dict[str, Any]]:
    """Return each idea once, with those it is to be looked at with."""
    return [
        {"first": named(group["first"]), "others": [named(idea) for idea in group["others"]]}
        for group in _together(pairs)
    ]


def _together(pairs: tuple[Pair, ...]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for pair in pairs:
        group = found.setdefault(pair.first.idea_id, {"first": pair.first, "others": []})
        group["others"].append(pair.second)
    return list(found.values())


def _extract(idea: Idea) -> str:
    flat = _flat(idea)
    return flat if len(flat) <= CARD else flat[: CARD - 1].rsplit(" ", 1)[0] + "…"


def _is_cut(idea: Idea) -> bool:
    """Return whether a card does not hold the idea whole."""
    return len(_flat(idea)) > CARD or len(idea.title) > len(idea.short) or idea.title.count("\n") > 0


def _flat(idea: Idea) -> str:
    """Return the text of an idea as its card gives it, expected benefits included."""
    return " ".join(f"{idea.description} {f'Bénéfices attendus : {idea.benefits}' if idea.benefits else ''}".split())
