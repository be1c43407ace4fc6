"""People whom an export names though they hold no idea → their names: a text that writes one is masked all the same.

They stand in tables that are joined or set aside (who commented, who answered) and in columns that are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.ingest.cells.fields import plain
from pipeline.ingest.cells.headings import hints
from pipeline.ingest.cells.names import Written, is_nobody, people_in
from pipeline.ingest.columns.mapping import Mapped
from pipeline.ingest.columns.settling import PEOPLE
from pipeline.ingest.masking.labelled import is_labels
from pipeline.ingest.masking.lexicon import lexicon
from pipeline.ingest.masking.persons import Word, words_of
from pipeline.ingest.rows.said import PeopleColumns

Name = tuple[str, str]
"""Family name, given name."""
_ROLES = re.compile(
    r"\b(?:(?:emett|moderat|instruct|redact|evaluat|utilisat|contribut|interlocut|direct)(?:eur|rice)s?"
    r"|(?:expert|correspondant|referent|repondant|encadrant|participant|commentat|deposant|porteu|agent)\w{0,4}"
    r"|valideu(?:r|se)|rapporteu(?:r|se)|responsable|superieur|tuteur|tutrice|jury|parrain|marraine|signataire|chef"
    r"|destinataire|suivi|traite|saisi|modifie|auteur|moderator|reviewer|author|user|assignee|owner|editor"
    r"|respondent|commenter|sender|manager)\b"
)
"""Words of a header that announce somebody."""
_GIVEN, _FAMILY = frozenset({"prenom", "first", "given"}), frozenset({"nom", "last", "family", "surname"})
_HALVES = _GIVEN | _FAMILY | {"name", "usage", "famille"}
_MOST_WORDS, _LONGEST = 5, 120
_NAMED = 0.5


def names_beside(tables: Iterable[Mapped]) -> frozenset[Name]:
    """Return (family name, given name) of those whom the tables name elsewhere than as holders."""
    named = (table for table in tables if not is_labels(table))
    return frozenset(name for table in named for name in (*_of_people(table), *_of_columns(table)) if name[0])


def _of_people(table: Mapped) -> Iterator[Name]:
    """Yield the people of a table that is joined or set aside, in the columns known to hold them."""
    if table.kind in {"comments", "none"} and PEOPLE & table.fields.keys():
        columns = PeopleColumns.of(table)
        for _, cells in table.grid.records():
            yield from ((person.family_name, person.given_name) for person in columns.of_row(cells))


def _of_columns(table: Mapped) -> Iterator[Name]:
    """Yield the people whom columns left out name: whole names, or the two halves of one side by side."""
    place = table.grid.columns.index
    pairs = [(place(family), place(given)) for family, given in halves(table.unused)]
    places = [place(column) for column in _whole(table)]
    if not places and not pairs:
        return
    for _, cells in table.grid.records():
        yield from ((cells[f].strip(), cells[g].strip()) for f, g in pairs if not is_nobody(cells[f]))
        yield from ((p.family_name, p.given_name) for i in places for p in _named(cells[i]))


def _whole(table: Mapped) -> list[str]:
    """Return the columns left out whose cells name people, those apart that hold one half of a name."""
    apart = {column for pair in halves(table.unused) for column in pair}
    return [c for c in table.unused if c not in apart and _are_people(c, table.grid.samples.get(c, ()))]


def halves(columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns (family name, given name) whose headers say the two halves of one person's name."""
    words = {column: frozenset(plain(column).split()) for column in columns}
    for given in (c for c in columns if words[c] & _GIVEN):
        rest = words[given] - _HALVES
        family = next((c for c in columns if words[c] & _FAMILY - _GIVEN and words[c] - _HALVES == rest), None)
        if family and family != given:
            yield family, given


def _are_people(column: str, cells: Sequence[str]) -> bool:
    """Tell whether cells name people: most are written as names, with given names or under a header that says so."""
    filled = [cell for cell in cells if not is_nobody(cell)]
    named = [cell for cell in filled if list(_named(cell))]
    if not filled or len(named) < _NAMED * len(filled):
        return False
    return _announced(column) or sum(map(_has_given, named)) >= _NAMED * len(filled)


def _announced(column: str) -> bool:
    return bool(_ROLES.search(plain(column))) or any(hint.field in PEOPLE for hint in hints(column))


def _named(cell: str) -> Iterator[Written]:
    """Yield the people of a cell, nobody when anything in it is not written as a name: a place, a sentence."""
    if len(cell) > _LONGEST or is_nobody(cell):
        return
    found = people_in(cell)
    if all(_is_name(words_of(f"{person.family_name} {person.given_name}")) for person in found):
        yield from found


def _is_name(words: Sequence[Word]) -> bool:
    lex = lexicon()
    return len(words) <= _MOST_WORDS and all(
        word.plain in lex.particle or (word.capital and word.plain not in lex.place and word.plain not in lex.not_name)
        for word in words
    )


def _has_given(cell: str) -> bool:
    """Tell whether a name of several words holds a given name."""
    words = words_of(cell)
    return len(words) > 1 and any(part in lexicon().given for word in words for part in word.parts)
