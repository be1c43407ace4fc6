"""What each column can be → the columns of each field, what was guessed, and what only a person can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.ingest.cells.fields import FIELDS, HOLDER_FIELDS, MULTIPLE, Hint, numbered, plain
from pipeline.ingest.columns.claims import Claims
from pipeline.ingest.columns.content import are_words, looks_like, may_hold
from pipeline.ingest.reading.grid import Grid

Fields = Mapping[str, tuple[str, ...]]
PEOPLE = frozenset({"family_name", "given_name", "person", "email"})
ASKED = frozenset({"title", "part"})
"""What the main job needs: only about these a first run stops."""
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide.

    Attributes:
        columns: concerned.
        fields: they could hold.
    """

    columns: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Which columns hold which field, what is open, and what was assumed."""

    fields: Fields
    questions: tuple[Question, ...]
    assumed: Mapping[str, str]


class Settling:
    """Gives each field its columns; what several columns or fields claim is guessed, or asked where a text hangs."""

    def __init__(self, grid: Grid, claimed: Claims, given: Fields) -> None:
        """Take what each column can be, and what the user decided."""
        self._grid, self._claims = grid, claimed
        self._fields = dict(given)
        self._given = frozenset(given)
        self._questions: list[Question] = []
        self._assumed: dict[str, str] = {}

    def result(self) -> Settled:
        """Return the fields, those with one claimant first."""
        single = {column: found[0] for column, found in self._claims.items() if len(found) == 1}
        claimants: dict[str, list[str]] = {}
        for column, hint in single.items():
            claimants.setdefault(hint.field, []).append(column)
        for name in (name for name in FIELDS if name in claimants):
            self._settle(name, claimants[name], single)
        self._fields = _whole_people(self._fields)
        for column, suggested in self._claims.items():
            if len(suggested) > 1:
                self._settle_open(column, [hint.field for hint in suggested if hint.field not in self._fields])
        return Settled(self._fields, tuple(self._questions), self._assumed)

    def _settle(self, name: str, columns: list[str], single: Mapping[str, Hint]) -> None:
        if name in MULTIPLE:
            self._fields[name] = (*self._fields.get(name, ()), *columns)
        elif name not in self._given:
            each = _one_each(name, columns)
            best = each or tuple(_strongest(self._grid, columns, single))
            self._fields[name] = best
            if len(best) > 1 and not each:
                self._choose(name, best)
            elif name == "votes" and len(columns) > 1:
                self._assumed[best[0]] = name  # which of several counts was taken

    def _choose(self, name: str, columns: tuple[str, ...]) -> None:
        """Take the column that fits best; of two texts only a person can tell which is the title."""
        if name in ASKED:
            self._questions.append(Question(columns, (name,)))
            self._fields[name] = columns[:1]
            return
        best = max(columns, key=lambda column: (_rank(name, column), looks_like(name, self._grid.samples[column])))
        self._fields[name] = (best,)
        self._assumed[best] = name

    def _settle_open(self, column: str, left: list[str]) -> None:
        """Take a column that can be several things for the one still free, or for what its cells are."""
        cells = self._grid.samples[column]
        if not left or not cells:
            return
        if len(left) == 1:
            if may_hold(left[0], cells) or (left[0] == "title" and are_words(cells)):
                self._fields[left[0]] = (column,)
        elif "given_name" in self._fields and "family_name" in left:
            self._fields["family_name"] = (column,)
        elif ASKED & {*left} and PEOPLE & {*left}:
            self._questions.append(Question((column,), tuple(left)))
        else:
            best = max(left, key=lambda name: (looks_like(name, cells), name == "place"))
            self._fields[best] = (*self._fields.get(best, ()), column)
            self._assumed[column] = best


def _rank(name: str, column: str) -> int:
    """Return how a header ranks among those that claim one field: a total counts more than what it adds up."""
    return int(name == "votes" and "total" in plain(column))


def _one_each(field: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a field about people when each is of another one ("Nom 1", "Nom 2"), in their order."""
    ranks = {numbered(column)[1]: column for column in columns}
    if field not in HOLDER_FIELDS or len(columns) < _SEVERAL or len(ranks) < len(columns):
        return ()
    return tuple(ranks[rank] for rank in sorted(ranks))


def _whole_people(fields: Fields) -> dict[str, tuple[str, ...]]:
    """Return the fields with second columns about people only where a second name stands ("E-mail 2" is no person)."""
    most = max((len(fields.get(name, ())) for name in ("family_name", "holder_id")), default=1) or 1
    own = {*HOLDER_FIELDS} - {"person", *MULTIPLE}
    return {field: columns[:most] if field in own else tuple(columns) for field, columns in fields.items()}


def _strongest(grid: Grid, columns: list[str], hint: Mapping[str, Hint]) -> list[str]:
    """Return the columns with the best claim, those without a cell or repeating another left out."""
    top = max(hint[column].strength for column in columns)
    best = [column for column in columns if hint[column].strength == top and grid.samples[column]]
    kept: dict[bytes | str, str] = {}
    for column in best:
        kept.setdefault(_digest(grid.column(column)) if len(best) > 1 else column, column)
    return list(kept.values()) or columns[:1]


def _digest(cells: Iterable[str]) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for cell in cells:
        found.update(f"{cell}\0".encode(errors="replace"))
    return found.digest()
