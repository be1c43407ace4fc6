"""What a reader of the overall page can filter by, and how each idea answers: numbers of choices, never their text."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.identifiers import anchor
from pipeline.report.facts.ideas import Held, Idea
from pipeline.report.facts.model import Report
from pipeline.report.facts.words import sort_key

_LABELS = {
    "directorate": ("Direction", "Toutes"),
    "site": ("Type de site", "Tous"),
    "department": ("Département", "Tous"),
}
"""Field of `Held` → its name, and the word for no filter."""
_FIELDS = tuple(_LABELS)


@dataclass(frozen=True, slots=True)
class Choice:
    """One list to choose from: what it filters, its name, the word for no filter, its values in order."""

    key: str
    label: str
    everything: str
    values: tuple[str, ...]


def choices(report: Report) -> tuple[Choice, ...]:
    """Return the lists of attributes of holders that some idea shows; each key is the place in the ideas' codes."""
    found = []
    for place, field in enumerate(_FIELDS):
        values = _values(report, field)
        if values:
            found.append(Choice(str(place), *_LABELS[field], values))
    return tuple(found)


def _values(report: Report, field: str) -> tuple[str, ...]:
    shown = {getattr(held, field) for idea in report.ideas for held in idea.held}
    return tuple(sorted(shown - {""}, key=sort_key))


def codes(report: Report) -> dict[str, str]:
    """Return idea_id → its holders as numbers of choices: "0.2.5 1.-.-".

    A filter keeps an idea when one and the same holder answers every choice: what a filter counts is then made of whole
    groups of holders (see `disclosure`).
    """
    numbers = [{value: str(n) for n, value in enumerate(_values(report, field))} for field in _FIELDS]
    return {idea.idea_id: " ".join(_code(held, numbers) for held in idea.held) for idea in report.ideas}


def _code(held: Held, numbers: list[dict[str, str]]) -> str:
    return ".".join(known.get(getattr(held, field), "-") for field, known in zip(_FIELDS, numbers, strict=True))


def node(identifier: str) -> str:
    """Return the place of a family, theme or part as pages write it: no space, whatever its id."""
    return anchor("n", identifier)


def theme_choices(report: Report) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Return what to choose a theme from: (family, or empty; [(value, title, depth from 0)]).

    A value is made of the places that `places_of` gives to ideas.
    """
    listed = {theme_id for family in report.families for theme_id in family.themes}
    groups = [
        (
            family.label,
            [(node(family.node_id), f"Toute la famille « {family.label} »", 0), *_themes(report, family.themes)],
        )
        for family in report.families
    ]
    rest = [theme.theme_id for theme in report.themes if theme.theme_id not in listed]
    return [*groups, ("Autres thèmes" if groups else "", _themes(report, rest))] if rest else groups


def _themes(report: Report, ids: list[str] | tuple[str, ...]) -> list[tuple[str, str, int]]:
    found = []
    for theme in (report.theme[theme_id] for theme_id in ids):
        found.append((node(theme.theme_id), f"{theme.mark.number} {theme.label}", 0))
        found += [(node(part.node_id), part.label, 1) for part in theme.parts]
    return found


def places_of(report: Report) -> dict[str, tuple[str, ...]]:
    """Return idea_id → family, theme and part it is in, as far as each exists; nothing for a weak signal."""
    family_of = {theme_id: family.node_id for family in report.families for theme_id in family.themes}
    part_of = {i: part.node_id for theme in report.themes for part in theme.parts for i in part.ideas}

    def places(idea: Idea) -> tuple[str, ...]:
        if idea.weak:
            return ()
        found = (family_of.get(idea.theme_id, ""), idea.theme_id, part_of.get(idea.idea_id, ""))
        return tuple(node(place) for place in found if place)

    return {idea.idea_id: places(idea) for idea in report.ideas}
