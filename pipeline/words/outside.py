"""People whom no group concerns, counted by reason: codes of `schema.ASSIGNMENTS` in, French out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from pipeline.french import enumeration, number, typeset

OUTSIDE: dict[str, str] = {
    "unavailable": "indisponibles",
    "no_theme": "sans idée dans un thème",
    "near": "dont les idées ne sont que rapprochées d'un thème",
    "direction": "dont le thème recevra la réponse d'une direction",
    "undecided": "dont le thème attend qu'on choisisse sa suite",
    "nameless": "dont les idées sont dans un ensemble que des personnes doivent encore départager",
    "closed": "dont le groupe n'a pas lieu",
    "banned": "que l'équipe d'animation a exclues du groupe",
    "facilitates": "qui animent le groupe",
    "slots": "qui ne sont libres à aucun créneau du groupe",
    "trade": "d'un autre métier que celui du groupe",
    "weak": "trop loin du sujet des groupes",
    "no_group": "volontaires qu'aucun groupe ne peut accueillir",
}
"""Code of a reason (see `seat_words.CAUSES`) → what is said of the people it is true of."""


def outside(assignments: pd.DataFrame) -> dict[str, int]:
    """Return how many people are not concerned by code of their first reason, the most frequent first."""
    rows = assignments[assignments["status"] == "not_concerned"].drop_duplicates("holder_id")
    counts = Counter(map(str, rows["reason_code"]))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def told(counts: Mapping[str, int]) -> str:
    """Return the reasons with their counts in one phrase; empty without anybody."""
    return typeset(enumeration(f"{number(count)} {OUTSIDE[code]}" for code, count in counts.items()))


def named(counts: Mapping[str, int], threshold: int) -> str:
    """Return the same for everyone to read: without counts when one of them is under `threshold`."""
    if all(count >= threshold for count in counts.values()):
        return told(counts)
    return typeset(enumeration(OUTSIDE[code] for code in counts))
