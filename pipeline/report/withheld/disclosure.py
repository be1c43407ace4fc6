"""What all documents together may say of who holds the ideas of a theme: small groups of agents are never told apart.

Each holder of an idea of a theme is described by directorate, then kind of site, then department, as far as the rule of
small counts allows; the next attribute is cut where it would set fewer agents than the threshold apart. Whatever a
reader filters, counts or subtracts is then a union of groups of the threshold at least, and the tables of themes show
the very cells that the descriptions show. Since the file of a directorate lists the ideas of its agents, a description
holds no more than what enough agents of the whole contest share, the directorate known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.report.facts.frames import Tables
from pipeline.report.facts.model import UNRESTRICTED
from pipeline.report.withheld.crosstabs import Crosstab, crosstab
from pipeline.report.withheld.suppression import OWN, TWO, hidden_line

LEVELS = ("directorate", "site_type", "department")
"""Attributes of holders, in the order in which they are told."""
WEAK = ""
"""Where the weak signals are, as if they were a theme."""
_RARE = "\1"
"""Stands for a value that too few agents of the contest share; never told."""
_ELSEWHERE = "\2"
"""The row of those whom former cuts already left out: withheld, but part of what a reader may subtract from."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What may be said of the holders of a contest.

    Attributes:
        by_theme: agents of each theme (`WEAK` for weak signals) and directorate, with its mask.
        told: attribute → values of which the number of agents is given.
        sites: agents of the contest by directorate and kind of site, with its mask.
        true: holder_id, theme_id and the attributes, one row for each holder of a theme.
        shown: the same rows with attributes as they may be shown, empty when withheld.
    """

    by_theme: Crosstab
    told: dict[str, frozenset[str]]
    sites: Crosstab
    true: pd.DataFrame
    shown: pd.DataFrame

    def agents(self, theme_id: str, level: str) -> dict[str, int]:
        """Return the agents of a theme by value of an attribute, of those values that may be told.

        A value is given only when the descriptions of ideas show it for all of its agents in the theme: comparing both
        teaches nothing.
        """
        here = self.true["theme_id"] == theme_id
        true, shown = self.true.loc[here, level], self.shown.loc[here, level]
        sizes, seen = true[true != ""].value_counts(), shown[shown != ""].value_counts()
        whole = {str(v): int(sizes[v]) for v in seen.index if seen[v] == sizes[v]}
        partly = [v for v in sizes.index if v not in whole]
        if len(partly) == 1 and whole:
            whole.pop(min(whole, key=lambda value: (whole[value], value)))
        return whole


def disclosure(tables: Tables, threshold: int) -> Disclosure:
    """Return what may be said of the holders.

    Args:
        tables: ideas, idea_themes, idea_holders, holders.
        threshold: fewer agents than this are never told apart.
    """
    active = tables["holders"][tables["holders"]["holder_id"].isin(tables["idea_holders"]["holder_id"])]
    told = {level: told_values(active[level], threshold) for level in LEVELS}
    true = _held(tables)
    sites, common = _common(active, told, threshold)
    tellable = true.assign(**{level: _told_of(true, common[level], level) for level in common})
    shown = true.copy()
    seated = _seated(tables) if threshold > UNRESTRICTED else frozenset()
    for depth, level in enumerate(LEVELS):
        shown[level] = _cut(tellable, shown, LEVELS[:depth], level, told[level], threshold, seated)
    themes = sorted(tables["themes"]["theme_id"])
    by_theme = _counted(true, [*themes, WEAK], "directorate", told["directorate"], threshold, seated)
    return Disclosure(by_theme, told, sites, true, shown)


def _seated(tables: Tables) -> frozenset[str]:
    """Return the themes with an open group: the public list of its members tells who most of their holders are."""
    if "labs" not in tables:
        return frozenset()
    labs = tables["labs"]
    return frozenset(labs.loc[labs["placed"] > 0, "theme_id"])


def _common(
    active: pd.DataFrame, told: dict[str, frozenset[str]], threshold: int
) -> tuple[Crosstab, dict[str, frozenset[str]]]:
    """Return the agents by directorate and kind of site, and the agents whose site, then department, enough share."""
    known = active[active["directorate"] != ""]
    names = sorted(known["directorate"].unique())
    sites = crosstab(known, "directorate", "site_type", names, threshold, told=told["site_type"])
    both = known.assign(both=known["directorate"] + _RARE + known["site_type"])
    places = crosstab(both, "both", "department", sorted(both["both"].unique()), threshold, told=told["department"])
    shared = _where(both, sites, "directorate", "site_type")
    return sites, {"site_type": shared, "department": shared & _where(both, places, "both", "department")}


def _where(agents: pd.DataFrame, table: Crosstab, row: str, column: str) -> frozenset[str]:
    cells = agents[["holder_id", row, column]].itertuples(index=False, name=None)
    return frozenset(holder for holder, name, value in cells if table.cell(name, value) is not None)


def _told_of(true: pd.DataFrame, common: frozenset[str], level: str) -> pd.Series[str]:
    """Return an attribute of each row, or what stands for a rare one."""
    return true[level].where(true["holder_id"].isin(common) | (true[level] == ""), _RARE)


def told_values(column: pd.Series[str], threshold: int) -> frozenset[str]:
    """Return the values of a column whose counts may be given, its total being known."""
    sizes = column.value_counts().sort_index()
    mask = hidden_line(np.asarray(sizes, dtype=np.int64), threshold)
    return frozenset(str(value) for value, withheld in zip(sizes.index, mask, strict=True) if value and not withheld)


def _held(tables: Tables) -> pd.DataFrame:
    """Return one row for each holder of each theme, with the attributes of the holder."""
    placed = tables["idea_themes"]
    known = ~placed["weak_signal"].astype(bool) & placed["theme_id"].isin(tables["themes"]["theme_id"])
    groups = pd.DataFrame({"idea_id": placed["idea_id"], "theme_id": placed["theme_id"].where(known, WEAK)})
    held = tables["idea_holders"].merge(groups, on="idea_id").merge(tables["holders"], on="holder_id")
    kept = held[["holder_id", "theme_id", *LEVELS]].drop_duplicates(["holder_id", "theme_id"])
    return kept.sort_values(["theme_id", "holder_id"], ignore_index=True)


def _cut(
    true: pd.DataFrame,
    shown: pd.DataFrame,
    above: tuple[str, ...],
    level: str,
    told: frozenset[str],
    threshold: int,
    seated: frozenset[str],
) -> pd.Series[str]:
    """Return an attribute as it may be shown, given what is shown of those before it."""
    said = pd.Series("", index=true.index)
    for values, rows in _classes(shown, above):
        others = _elsewhere(true, above, values).difference(rows)
        here = true.loc[rows.union(others), ["holder_id", "theme_id", level]]
        here.loc[others, "theme_id"] = _ELSEWHERE
        table = _counted(here, sorted(here["theme_id"].unique()), level, told, threshold, seated)
        cells = zip(here.loc[rows, "theme_id"], here.loc[rows, level], strict=True)
        shown_here = [value if table.cell(theme, value) is not None else "" for theme, value in cells]
        said.update(pd.Series(shown_here, index=rows, dtype=said.dtype))
    return said


def _classes(shown: pd.DataFrame, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], pd.Index]]:
    """Yield the values shown so far and the rows that show them."""
    if not above:
        yield (), shown.index
        return
    for values, rows in shown.groupby(list(above)).groups.items():
        yield tuple(map(str, values)) if isinstance(values, tuple) else (str(values),), rows


def _elsewhere(true: pd.DataFrame, above: tuple[str, ...], values: tuple[str, ...]) -> pd.Index:
    """Return the rows that have the values, shown or not; none where one of them is withheld."""
    same = (true[list(above)] == list(values)).all(axis=1)
    return true.index[same & ("" not in values)]


def _counted(
    pairs: pd.DataFrame,
    rows: Iterable[str],
    column: str,
    told: frozenset[str],
    threshold: int,
    seated: frozenset[str],
) -> Crosstab:
    """Return the agents by theme and value; values that are not told and those left out before are withheld.

    The file of a directorate tells in which themes it has nobody: a cell more of directorates is then hidden.
    """
    known = pairs[pairs[column] != ""]
    first = column == LEVELS[0]
    return crosstab(
        known,
        "theme_id",
        column,
        list(rows),
        threshold,
        told=told,
        apart=_ELSEWHERE,
        mixed=seated if first else (),
        cells=OWN if first else TWO,
    )
