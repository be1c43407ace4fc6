"""Tables and the view → what one directorate may count: themes as it sees them, its seats, its agents' ideas."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.french import agree, counted, typeset
from pipeline.report.facts.frames import Tables
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.labs import NOBODY, Lab
from pipeline.report.facts.model import Report
from pipeline.report.facts.themes import Theme
from pipeline.report.facts.words import sort_key
from pipeline.report.withheld.crosstabs import Crosstab, crosstab
from pipeline.report.withheld.disclosure import Disclosure


@dataclass(frozen=True, slots=True)
class Line:
    """A theme as one directorate sees it.

    Attributes:
        label: of the theme.
        anchor: of the theme: its sheet bears that name.
        kind: the form of answer proposed.
        ideas: of the whole contest.
        group: "25 membres", "non ouvert", or empty without a working group.
        agents: of the directorate, who hold ideas of the theme; None when withheld.
        seated: of the directorate, members of the group; None when withheld.
        nameless: no title holds the theme together.
    """

    label: str
    anchor: str
    kind: str
    ideas: int
    group: str
    agents: int | None
    seated: int | None
    nameless: bool = False


@dataclass(frozen=True)
class Counts:
    """Who holds what, counted once for all files.

    Attributes:
        names: of the directorates, sorted.
        active: agents who filed an idea.
        ideas: ids of the analysed ideas of each directorate.
        known: what may be said of holders.
        seats: working group × directorate.
        sites: directorate × kind of site.
        departments: directorate × department.
        threshold: a count below it is withheld.
    """

    names: tuple[str, ...]
    active: pd.DataFrame
    ideas: dict[str, frozenset[str]]
    known: Disclosure
    seats: Crosstab
    sites: Crosstab
    departments: Crosstab
    threshold: int


def counts(report: Report, tables: Tables, known: Disclosure, threshold: int) -> Counts:
    """Return what the files of directorates count.

    Args:
        report: the overall view.
        tables: idea_holders, holders, assignments (see `schema`).
        known: what may be said of holders.
        threshold: a count of agents below it is never shown, nor to be worked out.
    """
    holders = tables["holders"][tables["holders"]["directorate"] != ""]
    held = tables["idea_holders"].merge(holders, on="holder_id")
    analysed = held[held["idea_id"].isin({idea.idea_id for idea in report.ideas})]
    active = held.drop_duplicates("holder_id")
    seats = tables["assignments"][tables["assignments"]["status"].isin(["placed", "volunteer"])]
    seated = seats.merge(holders, on="holder_id")
    names = sorted(active["directorate"].unique(), key=sort_key)
    labs, told = [lab.lab_id for lab in report.labs], known.told
    return Counts(
        tuple(names),
        active,
        {str(d): frozenset(group["idea_id"]) for d, group in analysed.groupby("directorate")},
        known,
        crosstab(seated, "lab_id", "directorate", labs, threshold, told=told["directorate"], mixed=labs),
        known.sites,
        crosstab(active, "directorate", "department", names, threshold, told=told["department"]),
        threshold,
    )


def lines_of(name: str, report: Report, found: Counts, *, detailed: bool) -> tuple[Line, ...]:
    """Return all themes with their groups as a directorate sees them, those its agents feed most first."""
    labs = {lab.theme_id: lab for lab in report.labs}
    own = found.ideas.get(name, frozenset())
    listed = detailed and len(own) >= found.threshold

    def line(theme: Theme) -> Line:
        lab = labs.get(theme.theme_id)
        agents = found.known.by_theme.cell(theme.theme_id, name) if detailed else None
        if agents is None and listed and not own & set(theme.ideas):
            agents = 0  # the list of ideas below says so: nothing is hidden
        seated = found.seats.cell(lab.lab_id, name) if detailed and lab else None
        group = _group(lab, found.threshold)
        return Line(
            theme.label, theme.anchor, theme.kind_label, theme.size, group, agents, seated, nameless=theme.nameless
        )

    return tuple(sorted(map(line, report.themes), key=lambda line: -(line.agents or 0)))


def _group(lab: Lab | None, threshold: int) -> str:
    if lab is None:
        return ""
    if lab.placed == 0:
        if not lab.waiting:
            return NOBODY[0].lower() + NOBODY[1:]
        wait = f" : {counted(lab.waiting, 'agent')} {agree(lab.waiting, 'attend', 'attendent')}"
        return typeset(f"non ouvert{wait if lab.waiting >= threshold else ', des agents attendent'}")
    return counted(lab.placed, "membre") if lab.placed >= threshold else "en constitution"


def groups_of(name: str, report: Report, found: Counts) -> tuple[tuple[str, tuple[Idea, ...]], ...]:
    """Return the ideas by theme where enough agents and ideas share it; no list, the last one included, is short."""
    own, ideas = found.ideas.get(name, frozenset()), report.idea
    if len(own) < found.threshold:
        return ()
    listed = {
        theme.label: tuple(i for i in theme.ideas if i in own)
        for theme in report.themes
        if found.known.by_theme.cell(theme.theme_id, name) is not None
    }
    groups = _none_short({label: ids for label, ids in listed.items() if len(ids) >= found.threshold}, own, found)
    return tuple((label, tuple(ideas[i] for i in ids)) for label, ids in groups)


def _none_short(
    listed: dict[str, tuple[str, ...]], own: frozenset[str], found: Counts
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lists and what no list has; the smallest ones join it until it is not short either."""
    shown = list(listed.items())
    rest = own - {i for _, ids in shown for i in ids}
    while shown and 0 < len(rest) < found.threshold:
        smallest = min(shown, key=lambda group: len(group[1]))
        shown.remove(smallest)
        rest |= set(smallest[1])
    others = [("Autres sujets" if shown else "Toutes les idées", tuple(sorted(rest)))] if rest else []
    return [*shown, *others]
