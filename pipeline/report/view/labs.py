"""Tables → the working groups a document shows."""

from __future__ import annotations

import pandas as pd

from pipeline.french import agree, counted, percent, typeset
from pipeline.report.facts.frames import Row, Tables, rows, text
from pipeline.report.facts.ideas import one_line
from pipeline.report.facts.labs import NOBODY, Lab
from pipeline.report.facts.words import KINDS, capital, sort_key


def labs(tables: Tables) -> tuple[Lab, ...]:
    """Return the working groups in the order of their kinds, MiniLabs first, then most people first.

    Args:
        tables: labs, assignments, waiting_list, holders.
    """
    assigned = tables["assignments"]
    seated = assigned[assigned["status"].isin(["placed", "volunteer"])].merge(tables["holders"], on="holder_id")
    waiting = tables["waiting_list"].groupby("lab_id").size()
    built = [
        _lab(row, seated[seated["lab_id"] == row["lab_id"]], int(waiting.get(row["lab_id"], 0)))
        for row in rows(tables["labs"])
    ]
    order = {title: place for place, title in enumerate(KINDS.values())}
    return tuple(
        sorted(built, key=lambda lab: (order.get(lab.kind_label, len(order)), -lab.placed, sort_key(lab.label)))
    )


def people(tables: Tables) -> tuple[int, int]:
    """Return how many people have a seat, and how many wait without one.

    Args:
        tables: assignments, waiting_list.
    """
    assigned = tables["assignments"]
    seated = set(assigned.loc[assigned["status"].isin(["placed", "volunteer"]), "holder_id"])
    return len(seated), len(set(tables["waiting_list"]["holder_id"]) - seated)


def _lab(row: Row, seated: pd.DataFrame, waiting: int) -> Lab:
    placed, minimum, maximum = int(row["placed"]), int(row["minimum"]), int(row["maximum"])
    return Lab(
        lab_id=row["lab_id"],
        theme_id=row["theme_id"],
        label=capital(one_line(row["label"])),
        kind_label=KINDS.get(text(row["kind"]), text(row["kind"])),
        placed=placed,
        minimum=minimum,
        maximum=maximum,
        waiting=waiting,
        mixing=_mixing(seated),
        state=_state(placed, minimum, maximum, _closed(row, waiting)) + _day(text(row.get("slot"))),
    )


def _mixing(seated: pd.DataFrame) -> str:
    if seated.empty:
        return ""
    # "1 direction" would place every member: the list of members is public, and a file tells which directorate
    kinds = (("directorate", "direction", "directions"), ("site_type", "type de site", "types de site"))
    counts = [(seated.loc[seated[c] != "", c].nunique(), one, many) for c, one, many in kinds]
    return ", ".join(counted(count, one, many) for count, one, many in counts if count > 1)


def _day(slot: str) -> str:
    return f" ; se réunit : {slot}" if slot else ""


_CAPPED = {"directorate": "une direction", "site_type": "un type de site", "department": "un département"}
"""What a cap limits, in words; of any other column the rule is told without its detail."""


def _closed(row: Row, waiting: int) -> str:
    """Return why a group without a member is not open: nobody wants a seat, or a rule keeps those who wait out."""
    if not waiting:
        return NOBODY
    said = f"Non ouvert : {counted(waiting, 'agent')} {agree(waiting, 'attend', 'attendent')}"
    who = _CAPPED.get(text(row.get("bound_by"))) if row.get("bound") == "cap" else None
    if who is None:
        return typeset(f"{said}, mais les règles de composition ne le permettent pas")
    share, least = percent(row["bound_share"]), int(row["minimum"])
    return typeset(
        f"{said}, mais {who} ne peut fournir plus de {share} des membres et il en faut au moins {least} : y inviter des"
        " agents d’ailleurs, ou y répondre sans groupe"
    )


def _state(placed: int, minimum: int, maximum: int, closed: str) -> str:
    if placed == 0:
        return closed
    if placed < minimum:
        return f"Il manque {counted(minimum - placed, 'personne')}"
    if placed >= maximum:
        return "Au complet"
    return capital(counted(maximum - placed, "place libre"))
