"""The view → arbitration sheets: one page a theme, what is known, the ways it may go on or end, who decides."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.french import agree, counted, number, typeset
from pipeline.report.facts.follow_up import ENDINGS, STEPS
from pipeline.report.facts.labs import Lab
from pipeline.report.facts.model import Figure, Report
from pipeline.report.facts.themes import Theme

_DIRECT = ("decide", "decline")
"""Ways of a theme that has no group: an answer, or none."""


@dataclass(frozen=True, slots=True)
class Arbitration:
    """One sheet.

    Attributes:
        number: of the theme.
        target: what the follow-up table names: the group, or the theme without one.
        label: title of the theme.
        figures: key figures.
        lines: what is known, as terms and text.
        options: word of the follow-up table, what it means; of a command, where ideas have to be sorted first.
        note: where to write down what was chosen.
    """

    number: str
    target: str
    label: str
    figures: tuple[Figure, ...]
    lines: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]
    note: str


def arbitrations(report: Report) -> tuple[Arbitration, ...]:
    """Return one sheet a theme, in the order of the report."""
    labs = {lab.theme_id: lab for lab in report.labs if lab.open}
    said = dict(report.review.groups)
    return tuple(_sheet(theme, labs.get(theme.theme_id), said.get(theme.label, "")) for theme in report.themes)


def _sheet(theme: Theme, lab: Lab | None, followed: str) -> Arbitration:
    figures = [Figure(number(theme.size), agree(theme.size, "idée"))]
    if theme.holders:
        figures.append(Figure(number(theme.holders), agree(theme.holders, "porteur")))
    if lab:
        figures.append(Figure(number(lab.placed), agree(lab.placed, "membre proposé", "membres proposés")))
    lines = (
        ("Réponse proposée", f"{theme.kind_label}. {theme.kind_reason}".rstrip(". ") + "."),
        ("Stabilité", f"{theme.found}, ce qui ne dit pas s’il est juste."),
        ("Directions", theme.spread),
        ("Mots du thème", ", ".join(theme.key_phrases)),
        ("En attente", counted(lab.waiting, "personne") if lab and lab.waiting else ""),
        ("Suites notées", followed),
    )
    words = (*ENDINGS, *_DIRECT) if lab else (*_DIRECT, "transmis")
    target = lab.lab_id if lab else theme.theme_id
    return Arbitration(
        theme.mark.number,
        target,
        theme.label,
        tuple(figures),
        tuple((term, typeset(text)) for term, text in lines if text),
        _SORTING if theme.nameless else tuple((word, STEPS[word]) for word in words),
        typeset(f"À décider : minilabs review, le mot en regard, puis {target}." if theme.nameless else _noted(target)),
    )


def _noted(target: str) -> str:
    return (
        f"À reporter dans la feuille « Suivi » du classeur : {target}, le mot en regard de la suite choisie, la date,"
        " qui décide."
    )


_SORTING = (
    ("scinder", "Le scinder : les idées d’un même sujet forment un thème, qui prend un titre"),
    ("renommer", "Le renommer : un titre dit honnêtement ce que ses idées ont en commun"),
    ("écarter", "Le dissoudre : chaque idée rejoint son second thème, ou reste à part"),
)
"""What people may decide of a theme that has no title of its own."""
