"""The first session of a working group: an agenda that this very group can follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.french import typeset

_TABLE = 6
"""Members from which a group works at several tables."""


class Seated(Protocol):
    """What the agenda needs to know of a member."""

    @property
    def directorate(self) -> str:
        """The directorate, or empty."""
        ...

    @property
    def site(self) -> str:
        """Where the person works, or empty."""
        ...


def agenda(members: Sequence[Seated], *, opposed: bool) -> tuple[tuple[str, str, str], ...]:
    """Return the steps as (start, name, what to do).

    Args:
        members: who sits in the group.
        opposed: whether the kit found ideas that contradict each other.
    """
    near = "Le groupe réunit les cartes qui vont ensemble"
    steps = (
        ("0 h 00", "Accueil", "Chacun se présente : son métier, son site et, s’il en a déposé une, son idée."),
        ("0 h 20", "Lire", "Les cartes d’idées sont posées sur la table ; chacun lit et marque ce qui lui parle."),
        ("0 h 40", "Rapprocher", f"{near} et confronte celles qui s’opposent." if opposed else f"{near}."),
        ("1 h 10", "Choisir", "Chacun place trois gommettes ; le groupe retient une ou deux pistes."),
        ("1 h 25", "Construire", _tables(members)),
        ("1 h 50", "Décider de la suite", "Qui fait quoi avant la prochaine séance, et à qui le groupe en parle."),
    )
    return tuple((at, what, typeset(how)) for at, what, how in steps)


def _tables(members: Sequence[Seated]) -> str:
    """Return who works with whom: only mixes that the group allows are asked for."""
    if len(members) < _TABLE:
        return "Tous ensemble : remplir le canevas."
    if len({member.directorate for member in members if member.directorate}) > 1:
        return "Par trois ou quatre, de plusieurs directions à chaque table : remplir le canevas."
    if len({member.site for member in members if member.site}) > 1:
        return "Par trois ou quatre, de plusieurs lieux à chaque table : remplir le canevas."
    return "Par trois ou quatre : remplir le canevas."
