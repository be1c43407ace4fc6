"""Facts of two proposals, with a starting list that suits little and without it → what people read to choose."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.french import agree, counted, enumeration, number, percent, typeset

HOW = (
    "Rien n’est choisi pour vous : la proposition en cours est celle qui part de la liste. Pour l’autre, donnez à"
    " « grille » la valeur « aucune » dans « params.yaml », puis relancez « minilabs run » ; pour revenir, remettez le"
    " nom de la liste. Ce que des personnes ont décidé reste où elles l’ont mis."
)
_TITLES = 20
"""Titles that are told of each proposal."""
_SHORT = ("Thèmes", "Signaux faibles", "Stabilité moyenne")
"""Rows that a summary tells."""
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Two proposals side by side.

    Attributes:
        opening: why they are shown.
        rows: measure, with the list, without it.
        for_list: what speaks for the one that starts from the list.
        for_none: likewise without it.
        how: to go from one to the other.
    """

    opening: str
    rows: tuple[tuple[str, str, str], ...]
    for_list: str
    for_none: str
    how: str


def proposals(table: pd.DataFrame) -> Proposals | None:
    """Return what is said of the table `proposals`, None when it has no row: there is nothing to choose between."""
    by_name = {str(row["proposal"]): _named_cells(row) for row in table.to_dict("records")}
    if not by_name:
        return None
    listed, none = by_name["list"], by_name["none"]
    return Proposals(
        typeset(
            f"La liste de départ attire {percent(listed['drawn'])} des idées, moins de la moitié : elle convient mal à"
            " ce concours. Voici ce qu’elle propose, et ce que proposent les idées seules."
        ),
        tuple((name, typeset(own), typeset(other)) for name, (own, other) in _rows(listed, none)),
        typeset(_spoken(_named(int(listed["listed"])), listed, none)),
        typeset(_spoken("ses thèmes suivent les mots des idées plutôt qu’une liste", none, listed)),
        typeset(HOW),
    )


def told(choice: Proposals | None) -> list[str]:
    """Return the lines of a terminal."""
    if choice is None:
        return [typeset("Rien à comparer : aucune liste de départ, ou une liste qui convient à ce concours.")]
    lines = [choice.opening, ""]
    for place, (name, speaks) in enumerate((("Avec la liste", choice.for_list), ("Sans liste", choice.for_none)), 1):
        lines += [name, *(typeset(f"  {row[0]} : {row[place]}") for row in choice.rows)]
        lines += [typeset(f"  Ce qui parle pour elle : {speaks}"), ""]
    return [*lines, choice.how]


def short(choice: Proposals) -> str:
    """Return the figures of the proposal without the list, in one line."""
    return typeset(", ".join(f"{name.lower()} : {none}" for name, _, none in choice.rows if name in _SHORT))


def _named_cells(row: Mapping[Hashable, Any]) -> _Row:
    return {str(name): cell for name, cell in row.items()}


def _rows(listed: _Row, none: _Row) -> list[tuple[str, tuple[str, str]]]:
    both = (listed, none)
    titles = ["\u202f; ".join(list(one["titles"])[:_TITLES]) for one in both]
    return [
        (
            "Thèmes",
            (f"{number(listed['themes'])}, dont {number(listed['listed'])} de la liste", number(none["themes"])),
        ),
        ("Idées du plus grand", (number(listed["largest"]), number(none["largest"]))),
        ("Idées que la liste attire", (percent(listed["drawn"]), "–")),
        ("Signaux faibles", (number(listed["weak_signals"]), number(none["weak_signals"]))),
        ("Stabilité moyenne", (_stability(listed), _stability(none))),
        ("Titres", (titles[0], titles[1])),
    ]


def _stability(one: _Row) -> str:
    return "non mesurée" if pd.isna(one["stability"]) else percent(one["stability"])


def _named(count: int) -> str:
    if not count:
        return "aucun thème ne vient de la liste"
    return f"{counted(count, 'thème')} {agree(count, 'porte', 'portent')} le titre d’un sujet que la liste donne"


def _spoken(first: str, own: _Row, other: _Row) -> str:
    """Return what speaks for a proposal: what it is, then the measures where it is the better."""
    said = [first]
    if not pd.isna(own["stability"]) and not pd.isna(other["stability"]) and own["stability"] > other["stability"]:
        said.append(
            f"ses thèmes se retrouvent mieux d’un calcul à l’autre ({_stability(own)} contre {_stability(other)})"
        )
    if own["weak_signals"] < other["weak_signals"]:
        less = number(other["weak_signals"])
        said.append(f"moins d’idées y restent sans thème ({counted(own['weak_signals'], 'idée')} contre {less})")
    if own["largest"] < other["largest"]:
        said.append(f"son plus grand thème est moins vaste ({own['largest']} idées contre {other['largest']})")
    return f"{enumeration(said)}."
