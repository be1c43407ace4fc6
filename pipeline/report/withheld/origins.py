"""Where agents come from, for the sheet of a theme and the file of a directorate: tables that leave no small count."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.french import typeset
from pipeline.report.facts.ideas import one_line
from pipeline.report.facts.tallies import Breakdown, Count
from pipeline.report.facts.words import capital, department, sort_key
from pipeline.report.withheld.crosstabs import Crosstab
from pipeline.report.withheld.disclosure import Disclosure
from pipeline.report.withheld.suppression import jointly_safe

OTHERS = "Autres, sans détail"
"""The last line of a table: agents whose number of each is withheld; theirs together follows from the total."""


def of_theme(theme_id: str, known: Disclosure, threshold: int) -> tuple[Breakdown, ...]:
    """Return the agents of a theme by directorate and by kind of site, as its ideas show them."""
    here = known.true[known.true["theme_id"] == theme_id]
    if len(here) < threshold:
        return ()
    by_directorate = known.agents(theme_id, "directorate")
    by_site = known.agents(theme_id, "site_type")
    if not _safe(here, known.true, "directorate", "site_type", set(by_directorate), set(by_site), threshold):
        by_site = {}
    parts = (
        _breakdown("directorate", "Agents par direction", by_directorate, len(here), threshold),
        _breakdown("site_type", "Agents par type de site", by_site, len(here), threshold),
    )
    return tuple(part for part in parts if part.counts)


def of_directorate(
    name: str, active: pd.DataFrame, sites: Crosstab, departments: Crosstab, threshold: int
) -> tuple[Breakdown, ...]:
    """Return the agents of a directorate by kind of site and by department.

    Args:
        name: of the directorate.
        active: agents who filed an idea.
        sites: directorate × kind of site.
        departments: directorate × department.
        threshold: a count below it is withheld.
    """
    here = active[active["directorate"] == name]
    by_site, by_department = _shown(sites, name), _shown(departments, name)
    if not _safe(here, active, "site_type", "department", set(by_site), set(by_department), threshold):
        by_department = {}
    parts = (
        _breakdown("site_type", "Vos agents par type de site", by_site, len(here), threshold),
        _breakdown("department", "Vos agents par département", by_department, len(here), threshold),
    )
    return tuple(part for part in parts if part.counts)


def why_withheld(threshold: int) -> str:
    """Return the note under a table where something is withheld."""
    return typeset(
        f"n. c. : non communiqué. Aucun nombre d’agents inférieur à {threshold} n’est donné, ni aucun nombre qui"
        " permettrait de le retrouver par soustraction ; « n. c. » peut aussi vouloir dire zéro."
    )


def _shown(table: Crosstab, row: str) -> dict[str, int]:
    cells = ((str(column), table.cell(row, str(column))) for column in table.counts.columns)
    return {column: value for column, value in cells if value is not None}


def _safe(
    here: pd.DataFrame, everyone: pd.DataFrame, row: str, column: str, rows: set[str], columns: set[str], threshold: int
) -> bool:
    """Tell whether two tables of the same people can be printed side by side (see `suppression.jointly_safe`)."""
    if not rows or not columns:
        return True
    possible = pd.crosstab(everyone[row], everyone[column])
    counts = pd.crosstab(here[row], here[column]).reindex_like(possible).fillna(0)
    return jointly_safe(
        np.asarray(counts, dtype=np.int64),
        np.array([name in rows for name in possible.index]),
        np.array([name in columns for name in possible.columns]),
        np.asarray(possible) > 0,
        threshold,
    )


def _breakdown(key: str, title: str, given: Mapping[str, int], total: int, threshold: int) -> Breakdown:
    """Return the lines given; what is withheld, zeros included, is one line: what the total leaves."""
    if total < threshold or not given:
        return Breakdown(key, title, 0, (), "")
    naming = department if key == "department" else capital
    counts = sorted(
        (Count(naming(one_line(label)), value) for label, value in given.items()),
        key=lambda count: (-(count.value or 0), sort_key(count.label)),
    )
    rest = total - sum(given.values())
    if not rest:
        return Breakdown(key, title, total, tuple(counts), "")
    return Breakdown(key, title, total, (*counts, Count(OTHERS, rest)), _why_together(threshold))


def _why_together(threshold: int) -> str:
    """Return why some agents are counted together: their number hides nothing, it follows from the total."""
    return typeset(
        f"Aucun nombre d’agents inférieur à {threshold} n’est détaillé, ni aucun nombre qui permettrait de le retrouver"
        " par soustraction : ces agents sont comptés ensemble."
    )
