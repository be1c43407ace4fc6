"""What the line of a group is: facts of `schema.LABS` in, a French sentence out, with what would lift it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil

from pipeline.french import agree, counted, number, percent, typeset
from pipeline.words.seats import Row
from pipeline.words.seats import of as whose

_COLUMNS = {
    "directorate": "part_max_direction", "site_type": "part_max_site", "department": "part_max_departement",
    "occupation": "part_max_metier",
}  # fmt: skip


def line_state(row: Row) -> str:
    """Return what a line is: seats taken, people waiting, the rule that binds, what would lift it, what to change.

    Args:
        row: of `schema.LABS`; empty when nobody waits.
    """
    waiting, placed = row["waiting"], row["placed"]
    if not waiting:
        return ""
    taken = f"{counted(placed, 'place prise', 'places prises')} sur {row['maximum']}"
    wait = f"{counted(waiting, 'personne')} {agree(waiting, 'attend', 'attendent')}"
    return typeset(f"« {row['label']} » : {taken}, {wait}. {_LIFTS.get(row['bound'], _no_rule)(row)}")


def _cap_lift(row: Row) -> str:
    of, column = whose(row["bound_by"], row["bound_value"]), _COLUMNS[row["bound_by"]]
    rule = f"La part des personnes {of} y est limitée à {percent(row['bound_share'])}"
    change = f"ou relever cette part (labs.csv, colonne « {column} »)"
    if not row["placed"]:
        return f"{rule}, ce qui ne laisse pas assez de monde pour l'ouvrir : inviter d'autres agents, {change}."
    if row["placed"] >= row["maximum"]:
        return (
            f"Il est complet. {rule} : ajouter des places (colonne « maximum ») et inviter d'autres agents, {change}."
        )
    share, count = Fraction(str(row["bound_share"])), row["bound_count"]
    more = max(1, ceil((count + 1) / share) - row["bound_size"] - 1)
    others = agree(more, "autre agent permettrait", "autres agents permettraient")
    reached = f"et atteinte ({count} sur {row['bound_size']})"
    return f"{rule} {reached} : {number(more)} {others} d'en accueillir une de plus ; {change}."


def _full(row: Row) -> str:
    return f"Il est complet : ajouter des places (labs.csv, colonne « maximum », {row['maximum']} aujourd'hui)."


def _closed(row: Row) -> str:
    least = counted(row["bound_count"], "personne")
    return (
        f"Il ne s'ouvre pas à moins de {least} : inviter d'autres agents, ou abaisser le minimum (labs.csv, colonne"
        " « minimum »)."
    )


def _asked(row: Row) -> str:
    return (
        f"Au moins {row['bound_count']} « {row['bound_value']} » y sont demandés : en inviter, ou en demander moins"
        " (labs.csv, colonne « au_moins »)."
    )


def _told(_: Row) -> str:
    return "Des places déjà annoncées passent avant : « minilabs assign --take-back » en reprend."


def _alone(row: Row) -> str:
    of = whose(row["bound_by"], row["bound_value"])
    return f"Personne n'y doit être seul {of} : en inviter d'autres, ou lever cette règle (labs.csv, « jamais_seul »)."


def _slots(_: Row) -> str:
    return "Aucun de ses créneaux ne conviendrait à tous : en proposer d'autres (labs.csv)."


def _no_rule(_: Row) -> str:
    return "Aucune règle ne suffit à l'expliquer seule : la raison de chacun est dans la liste d'attente."


_LIFTS: dict[str, Callable[[Row], str]] = {
    "cap": _cap_lift, "maximum": _full, "minimum": _closed, "at_least": _asked, "announced": _told,
    "alone": _alone, "slots": _slots,
}  # fmt: skip
