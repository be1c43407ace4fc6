"""One working group as every document shows it."""

from __future__ import annotations

from dataclasses import dataclass

NOBODY = "Non ouvert, faute de membres"
"""State of a group without a member for which nobody waits."""


@dataclass(frozen=True, slots=True)
class Lab:
    """One working group.

    Attributes:
        lab_id: as in the exports.
        theme_id: of its theme.
        label: its title.
        kind_label: MiniLab or Communauté de métier.
        placed: people seated.
        minimum: seats to fill at least.
        maximum: seats at the most.
        waiting: people in line.
        mixing: "12 directions, 3 types de site".
        state: "au complet", "8 places libres", "sous le minimum"...
    """

    lab_id: str
    theme_id: str
    label: str
    kind_label: str
    placed: int
    minimum: int
    maximum: int
    waiting: int
    mixing: str
    state: str

    @property
    def open(self) -> bool:
        """Whether anybody sits in it."""
        return self.placed > 0
