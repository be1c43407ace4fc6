"""Tables and the view → one sheet a theme (*fiche thème*) and one file a directorate (*dossier direction*)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.french import agree, counted, number, typeset
from pipeline.report.crosstabs import Crosstab, crosstab
from pipeline.report.frames import Tables
from pipeline.report.model import Ask, Breakdown, Count, Figure, Idea, Lab, Report, Theme
from pipeline.report.words import anchor, capital, department, sort_key

_WEAK = ""


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
class Line:
    """A theme or a working group as one directorate sees it; `agents` is None when it is withheld."""

    label: str
    detail: str
    total: int
    agents: int | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one directorate may read of its agents' part.

    Attributes:
        directorate: its name.
        headline: the finding.
        detailed: False when too few agents took part for any detail.
        figures: key figures.
        asks: what is expected of the directorate.
        themes: all themes.
        labs: all working groups.
        breakdowns: its agents by kind of site and department.
        groups: its agents' ideas: by theme where enough agents share it, the others together.
        note: what is withheld and why.
    """

    directorate: str
    headline: str
    detailed: bool
    figures: tuple[Figure, ...]
    asks: tuple[Ask, ...]
    themes: tuple[Line, ...]
    labs: tuple[Line, ...]
    breakdowns: tuple[Breakdown, ...]
    groups: tuple[tuple[str, tuple[Idea, ...]], ...]
    note: str

    @property
    def themes_counted(self) -> bool:
        """Whether the number of its agents is given for some theme."""
        return any(line.agents is not None for line in self.themes)

    @property
    def labs_counted(self) -> bool:
        """Whether the number of its agents is given for some working group."""
        return any(line.agents is not None for line in self.labs)

    @property
    def name(self) -> str:
        """The name of its files."""
        return anchor("direction", "-".join(sort_key(self.directorate)[0].replace("'", " ").split()))


@dataclass(frozen=True, slots=True)
class Sheets:
    """All sheets of themes and files of directorates."""

    themes: tuple[ThemeSheet, ...]
    directorates: tuple[Dossier, ...]


def sheets(report: Report, tables: Tables, threshold: int) -> Sheets:
    """Return the sheets of a contest.

    Args:
        report: the overall view.
        tables: idea_themes, idea_holders, holders, assignments (see `schema`).
        threshold: a count of agents below it is never shown, nor to be worked out.
    """
    counts = _Counts.of(report, tables, threshold)
    labs = {lab.theme_id: lab for lab in report.labs}
    return Sheets(
        tuple(_theme_sheet(theme, report, labs, counts) for theme in report.themes),
        tuple(_dossier(name, report, counts) for name in counts.names),
    )


@dataclass(frozen=True)
class _Counts:
    """Who holds what, counted once for all sheets."""

    names: tuple[str, ...]
    agents: dict[str, int]
    ideas: dict[str, frozenset[str]]
    told: frozenset[str]
    by_theme: Crosstab
    sites_of_theme: Crosstab
    by_lab: Crosstab
    sites: Crosstab
    departments: Crosstab
    threshold: int

    @classmethod
    def of(cls, report: Report, tables: Tables, threshold: int) -> _Counts:
        holders = tables["holders"][tables["holders"]["directorate"] != ""]
        held = tables["idea_holders"].merge(holders, on="holder_id")
        analysed = held[held["idea_id"].isin({idea.idea_id for idea in report.ideas})]
        themed = analysed.assign(theme_id=analysed["idea_id"].map(_theme_of(report)))
        active = held.drop_duplicates("holder_id")
        seats = tables["assignments"][tables["assignments"]["status"].isin(["placed", "volunteer"])]
        seated = seats.merge(holders, on="holder_id")
        themes = [*(theme.theme_id for theme in report.themes), _WEAK]
        names = sorted(active["directorate"].unique(), key=sort_key)

        def cross(frame: pd.DataFrame, row: str, column: str, rows: list[str]) -> Crosstab:
            return crosstab(frame, row, column, rows, threshold)

        return cls(
            tuple(names),
            {str(d): len(group) for d, group in active.groupby("directorate")},
            {str(d): frozenset(group["idea_id"]) for d, group in analysed.groupby("directorate")},
            _told(report),
            cross(themed, "theme_id", "directorate", themes),
            cross(themed, "theme_id", "site_type", themes),
            cross(seated, "lab_id", "directorate", [lab.lab_id for lab in report.labs]),
            cross(active, "directorate", "site_type", names),
            cross(active, "directorate", "department", names),
            threshold,
        )


def _told(report: Report) -> frozenset[str]:
    """Return the directorates whose number of agents the overall report gives: only they have a detailed file."""
    parts = [part for part in report.review.breakdowns if part.key == "directorate"]
    return frozenset(count.label for part in parts for count in part.counts if count.value is not None)


def _theme_of(report: Report) -> dict[str, str]:
    return {idea.idea_id: _WEAK if idea.weak else idea.theme_id for idea in report.ideas}


def _theme_sheet(theme: Theme, report: Report, labs: dict[str, Lab], counts: _Counts) -> ThemeSheet:
    parts = (
        _row(counts.by_theme, theme.theme_id, "Agents par direction", counts.threshold),
        _row(counts.sites_of_theme, theme.theme_id, "Agents par type de site", counts.threshold),
    )
    ideas = report.idea
    return ThemeSheet(
        theme, labs.get(theme.theme_id), tuple(ideas[i] for i in theme.ideas), tuple(p for p in parts if p.counts)
    )


def theme_lines(theme: Theme, report: Report) -> list[tuple[str, str]]:
    """Return what is known of a theme as terms and their text."""
    nearest = report.theme.get(theme.nearest_id)
    holders = f", portées par {counted(theme.holders, 'agent')}" if theme.holders else ""
    sure = f"{capital(theme.certainty)}, {theme.found[:1].lower()}{theme.found[1:]}" if theme.certainty else theme.found
    lines = [
        ("Idées", f"{number(theme.size)}{holders}"),
        ("Solidité", sure),
        ("Directions", theme.spread),
        ("Réponse proposée", f"{theme.kind_label}. {theme.kind_reason}".rstrip(". ") + "."),
        ("Mots du thème", ", ".join(theme.key_phrases)),
        ("À distinguer de", f"{nearest.label}. {theme.difference}" if nearest and theme.difference else ""),
    ]
    return [line for line in lines if line[1]]


def sheet_figures(sheet: ThemeSheet) -> tuple[Figure, ...]:
    """Return the key figures of a theme's sheet."""
    theme, lab = sheet.theme, sheet.lab
    figures = [Figure(number(theme.size), agree(theme.size, "idée"))]
    if theme.holders:
        figures.append(Figure(number(theme.holders), agree(theme.holders, "porteur")))
    if theme.draws:
        figures.append(Figure(f"{theme.draws[0]}\u00a0sur\u00a0{theme.draws[1]}", "tirages où le thème est retrouvé"))
    if lab:
        figures.append(Figure(number(lab.placed), f"membres proposés ({lab.kind_label})"))
    return tuple(figures)


def _row(table: Crosstab, row: str, title: str, threshold: int) -> Breakdown:
    """Return what may be shown of one row; what is withheld, zeros included, is one line without a figure."""
    total = int(np.asarray(table.counts.loc[row]).sum()) if row in table.counts.index else 0
    naming = department if table.counts.columns.name == "department" else capital
    shown = [Count(naming(str(c)), value) for c in table.counts.columns if (value := table.cell(row, c)) is not None]
    shown.sort(key=lambda count: (-(count.value or 0), sort_key(count.label)))
    if total < threshold or not shown:
        return Breakdown("", title, 0, (), "")
    rest = total - sum(count.value or 0 for count in shown)
    others = [Count("Autres, non communiqués", None)] if rest else []
    note = _why(threshold) if rest else ""
    return Breakdown(str(table.counts.columns.name), title, total, (*shown, *others), note)


def _why(threshold: int) -> str:
    return typeset(
        f"n. c. : non communiqué. Aucun nombre d’agents inférieur à {threshold} n’est donné, ni aucun nombre qui"
        " permettrait de le retrouver par soustraction ; « n. c. » peut aussi vouloir dire zéro."
    )


def _dossier(name: str, report: Report, counts: _Counts) -> Dossier:
    agents, ideas = counts.agents[name], len(counts.ideas.get(name, ()))
    label = capital(name)
    detailed = label in counts.told
    lines = tuple(
        Line(t.label, t.kind_label, t.size, counts.by_theme.cell(t.theme_id, name) if detailed else None)
        for t in report.themes
    )
    labs = tuple(
        Line(lab.label, lab.kind_label, lab.placed, counts.by_lab.cell(lab.lab_id, name) if detailed else None)
        for lab in report.labs
    )
    parts = (
        _row(counts.sites, name, "Vos agents par type de site", counts.threshold),
        _row(counts.departments, name, "Vos agents par département", counts.threshold),
    )
    return Dossier(
        directorate=label,
        headline=typeset(_headline(label, agents, ideas, counts.threshold) if detailed else _modest(label)),
        detailed=detailed,
        figures=_figures(report, agents, ideas, counts.threshold) if detailed else (),
        asks=_expected(report, lines, detailed=detailed),
        themes=lines,
        labs=labs,
        breakdowns=tuple(part for part in parts if part.counts),
        groups=_groups(name, report, counts) if detailed else (),
        note=_why(counts.threshold) if detailed else "",
    )


def _modest(name: str) -> str:
    return f"{name} : ce que proposent les agents de la collectivité"


def _headline(name: str, agents: int, ideas: int, threshold: int) -> str:
    what = counted(ideas, "idée") if ideas >= threshold else "des idées"
    return f"{name} : {counted(agents, 'agent')} {agree(agents, 'a porté', 'ont porté')} {what}"


def _figures(report: Report, agents: int, ideas: int, threshold: int) -> tuple[Figure, ...]:
    own = [Figure(number(ideas), "idées analysées, portées ou coportées par vos agents")] if ideas >= threshold else []
    return (
        Figure(number(agents), agree(agents, "agent mobilisé", "agents mobilisés")),
        *own,
        Figure(number(len(report.ideas)), "idées analysées dans toute la collectivité"),
    )


def _expected(report: Report, lines: tuple[Line, ...], *, detailed: bool) -> tuple[Ask, ...]:
    first = [line for line in sorted(lines, key=lambda line: -(line.agents or 0)) if line.agents][:3]
    read = (
        "Commencer par " + ", ".join(f"« {line.label} » ({counted(line.agents or 0, 'agent')})" for line in first) + "."
        if first
        else "Elles sont reproduites telles que vos agents les ont écrites."
    )
    alone = [theme for theme in report.themes if theme.kind == "reponse_direction"]
    asked = [
        Ask("Lire les idées de vos agents", read, "idees") if detailed else None,
        Ask(
            "Rendre la participation possible",
            "Les membres des groupes de travail ont besoin de temps et de l’accord de leur encadrement.",
            "groupes",
        )
        if report.labs
        else None,
        Ask(
            "Dire ce qui relève de votre seule décision",
            f"{counted(len(alone), 'thème')} {agree(len(alone), 'appelle', 'appellent')} la réponse d’une seule"
            " direction."
            if alone
            else "Une idée isolée peut recevoir une réponse directe, sans attendre un groupe de travail.",
            "themes",
        ),
        Ask(
            "Désigner un interlocuteur",
            "Il suit les groupes de travail qui vous concernent et prépare les arbitrages.",
            "groupes",
        ),
    ]
    return tuple(Ask(ask.title, typeset(ask.text), ask.anchor) for ask in asked if ask is not None)


def _groups(name: str, report: Report, counts: _Counts) -> tuple[tuple[str, tuple[Idea, ...]], ...]:
    """Return the ideas by theme where enough agents and ideas share it; no list, the last one included, is short."""
    own, ideas = counts.ideas.get(name, frozenset()), report.idea
    if len(own) < counts.threshold:
        return ()
    listed = {
        theme.label: tuple(i for i in theme.ideas if i in own)
        for theme in report.themes
        if counts.by_theme.cell(theme.theme_id, name) is not None
    }
    shown = [(label, ids) for label, ids in listed.items() if len(ids) >= counts.threshold]
    rest = own - {i for _, ids in shown for i in ids}
    while shown and 0 < len(rest) < counts.threshold:
        smallest = min(shown, key=lambda group: len(group[1]))
        shown.remove(smallest)
        rest |= set(smallest[1])
    others = [("Autres sujets" if shown else "Toutes les idées", tuple(sorted(rest)))] if rest else []
    return tuple((label, tuple(ideas[i] for i in ids)) for label, ids in [*shown, *others])
