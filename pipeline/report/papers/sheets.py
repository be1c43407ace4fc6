"""Tables and the view → one sheet a theme (*fiche thème*), and with them the files of directorates."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.french import agree, counted, enumeration, number, typeset
from pipeline.identifiers import anchor
from pipeline.report.facts.frames import Tables
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.labs import Lab
from pipeline.report.facts.model import Figure, Report
from pipeline.report.facts.tallies import Breakdown
from pipeline.report.facts.themes import Theme
from pipeline.report.papers.dossier_facts import counts
from pipeline.report.papers.dossiers import Dossier, dossiers
from pipeline.report.withheld import origins
from pipeline.report.withheld.disclosure import disclosure


@dataclass(frozen=True, slots=True)
class ThemeSheet:
    """What anyone may read of one theme."""

    theme: Theme
    lab: Lab | None
    ideas: tuple[Idea, ...]
    breakdowns: tuple[Breakdown, ...]

    @property
    def name(self) -> str:
        """The name of its files."""
        return anchor("theme", self.theme.theme_id)


@dataclass(frozen=True, slots=True)
class Sheets:
    """All sheets of themes and files of directorates."""

    themes: tuple[ThemeSheet, ...]
    directorates: tuple[Dossier, ...]


def sheets(report: Report, tables: Tables, threshold: int) -> Sheets:
    """Return the sheets of a contest.

    Args:
        report: the overall view.
        tables: themes, idea_themes, idea_holders, holders, assignments (see `schema`).
        threshold: a count of agents below it is never shown, nor to be worked out.
    """
    known = disclosure(tables, threshold)
    labs, ideas = {lab.theme_id: lab for lab in report.labs}, report.idea
    themed = (
        ThemeSheet(
            theme,
            labs.get(theme.theme_id),
            tuple(ideas[i] for i in theme.ideas),
            origins.of_theme(theme.theme_id, known, threshold),
        )
        for theme in report.themes
    )
    return Sheets(tuple(themed), dossiers(report, counts(report, tables, known, threshold)))


def theme_lines(theme: Theme, report: Report) -> list[tuple[str, str]]:
    """Return what is known of a theme as terms and their text."""
    holders = f", portées par {counted(theme.holders, 'agent')}" if theme.holders else ""
    lines = [
        ("Idées", f"{number(theme.size)}{holders}"),
        ("Stabilité", theme.found),
        ("Ce qui le fonde", theme.rests_on),
        ("Directions", theme.spread),
        ("Réponse proposée", f"{theme.kind_label}. {theme.kind_reason}".rstrip(". ") + "."),
        ("Mots du thème", ", ".join(theme.key_phrases)),
        ("Thème voisin", nearest(theme, report)),
    ]
    return [line for line in lines if line[1]]


def method_lines(theme: Theme, report: Report) -> list[tuple[str, str]]:
    """Return how a theme was found: what the lines of a theme say once its finding and its answer are told."""
    told = {"Idées", "Réponse proposée"}
    return [line for line in theme_lines(theme, report) if line[0] not in told]


def nearest(theme: Theme, report: Report) -> str:
    """Return the theme it may be mistaken for and what sets both apart; empty when that is not known."""
    other = report.theme.get(theme.nearest_id)
    if other is None or not theme.difference:
        return ""
    words = enumeration(f"« {phrase} »" for phrase in theme.difference)
    return typeset(f"« {other.label} », dont il se distingue par {words}.")


def sheet_figures(sheet: ThemeSheet) -> tuple[Figure, ...]:
    """Return the key figures of a theme's sheet."""
    theme, lab = sheet.theme, sheet.lab
    figures = [Figure(number(theme.size), agree(theme.size, "idée"))]
    if theme.holders:
        figures.append(Figure(number(theme.holders), agree(theme.holders, "porteur")))
    if lab and lab.open:
        figures.append(Figure(number(lab.placed), f"{agree(lab.placed, 'membre proposé')} ({lab.kind_label})"))
    return tuple(figures)
