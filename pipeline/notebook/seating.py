"""The composition of the groups in words: goals, reasons, ways out, what a trial would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.assign.inputs.problem import SCALE
from pipeline.assign.whatif import Difference
from pipeline.errors import MinilabsError
from pipeline.french import number, typeset
from pipeline.notebook.labels import CODES

Ledger = Mapping[str, Any]
"""Content of `data/interim/ledger.json`."""

_GOALS = {
    "announced": "garder ce qui a été annoncé",
    "seated": "le plus de personnes avec une place",
    "worst_affinity": "la plus faible affinité, la plus haute possible",
    "total_affinity": "la plus grande somme d’affinités",
    "distance": "le moins de kilomètres",
    "tie": "entre compositions égales, un tirage qui ne dépend que des numéros",
}
_THOUSANDTHS = ("worst_affinity", "total_affinity")


def goals(ledger: Ledger) -> pd.DataFrame:
    """Return the goals in their order: N°, But, Valeur, Au mieux, Prouvé."""
    rows = [
        (rank, _GOALS.get(goal["name"], goal["name"]), _value(goal, "value"), _value(goal, "bound"),
         "oui" if goal["proven"] else "non")
        for rank, goal in enumerate(ledger.get("goals", []), start=1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["N°", "But", "Valeur", "Au mieux", "Prouvé"])


def _value(goal: Mapping[str, Any], key: str) -> str:
    value = goal.get(key)
    if value is None or goal["name"] == "tie":
        return "–"
    return number(value / SCALE, 2) if goal["name"] in _THOUSANDTHS else number(value)


_SHOWN = {"holder_id", "lab_id", "status", "place_in_line", "affinity", "rank", "reason"}
"""Columns that people read; the others are the facts that the reason is made from."""


def told(rows: pd.DataFrame, labs: pd.DataFrame) -> pd.DataFrame:
    """Return assignments or the waiting list as people read them: titles of groups, statuses in words."""
    titles = dict(zip(labs["lab_id"], labs["label"], strict=True))
    said = rows.assign(lab_id=rows["lab_id"].map(lambda lab: titles.get(lab, "")))
    said = said[[column for column in said.columns if column in _SHOWN]]
    if "status" in said:
        return said.assign(status=said["status"].map(lambda code: CODES.get(code, code)))
    return said.sort_values(["lab_id", "place_in_line"])


def ways_out(ledger: Ledger) -> pd.DataFrame:
    """Return what would have to change for more people to have a seat: Option, Personnes, Il faudrait."""
    rows = [
        (rank, way["seats"], typeset(" ; ".join(way["changes"])))
        for rank, way in enumerate(ledger.get("alternatives", []), start=1)
    ]
    return pd.DataFrame(rows, columns=["Option", "Personnes en plus", "Il faudrait"])


def most_awaited(waiting_list: pd.DataFrame, labs: pd.DataFrame) -> dict[str, Any]:
    """Return the group (a row of `labs`) that most people wait for; the largest one when nobody waits.

    Raises:
        MinilabsError: `notebook.no_group` when there is no group at all.
    """
    if labs.empty:
        raise MinilabsError("notebook.no_group")
    counts = labs["lab_id"].map(waiting_list["lab_id"].value_counts()).fillna(0)
    ordered = labs.assign(waited=counts).sort_values(["waited", "placed", "lab_id"], ascending=[False, False, True])
    return dict(ordered.iloc[0])


def effects(difference: Difference) -> pd.DataFrame:
    """Return what each goal becomes: Mesure, Avant, Après; then the rules that would have to give."""
    rows = [(name, before, after) for name, (before, after) in difference.figures.items()]
    rows += [("il faudrait", "", rule) for rule in difference.gave]
    return pd.DataFrame(rows, columns=["Mesure", "Avant", "Après"])


def moves(difference: Difference) -> pd.DataFrame:
    """Return who would change seats: Agent, De, Vers."""
    rows = [(person, former or "sans place", now or "sans place") for person, former, now in difference.moved]
    return pd.DataFrame(rows, columns=["Agent", "De", "Vers"])
