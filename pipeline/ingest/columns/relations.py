"""Tables that say something of another's ideas (opinions, answers, comments) → set aside, or joined to their texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.french import fold
from pipeline.ingest.cells.cleaning import clean, one_line
from pipeline.ingest.cells.fields import HOLDER_FIELDS, plain
from pipeline.ingest.columns.mapping import Mapped
from pipeline.params import SourceParams

_NUMBERS = r"(?:ids?|identifiant|numero|n|no|num|number|code|ref|reference)"
_THINGS = (
    r"(?:idea|idee|proposal|proposition|contribution|projet|project|dossier|fiche|input|post|initiative|commentable"
    r"|parent)"
)
_REFERENCE = re.compile(rf"(?:{_THINGS} {_NUMBERS}|{_NUMBERS} {_THINGS})")
_COMMENTS = re.compile(
    r"\b(?:avis|commentaires?|comments?|reponses?|answers?|opinions?|annotations?|messages?|reactions?|echanges?"
    r"|messagerie|expertises?|instructions?)\b"
)
_MOST = 0.8


def set_comments_apart(tables: Sequence[Mapped], decided: Mapping[str, SourceParams]) -> list[Mapped]:
    """Return the tables with those that comment on another's ideas set aside with the reason, or joined when asked.

    Such a table has no title of its own and refers to the other's numbers, or has its own numbers beside them.

    Args:
        tables: of the export.
        decided: what the user says about each file.
    """
    ideas = [table for table in tables if table.kind == "ideas"]
    if len(ideas) == 1:
        return list(tables)
    numbers = {table.grid.name: _numbers(table, table.fields.get("idea_id", ())) for table in ideas}
    found = []
    for table in tables:
        main = _main(table, ideas, numbers) if table.kind == "ideas" else None
        asked = decided.get(table.grid.file, SourceParams()).join
        found.append(_apart(table, main, join=asked) if main else table)
    return found


def _apart(table: Mapped, main: Mapped, *, join: bool) -> Mapped:
    if join:
        reference = _references(table)[:1] or table.fields.get("idea_id", ())
        kept = {"title", "part", "benefits", *HOLDER_FIELDS}
        fields = {name: columns for name, columns in table.fields.items() if name in kept}
        return replace(table, kind="comments", fields={**fields, "idea_id": reference}, questions=())
    how = "pour l’y joindre, mettez « join » à « true » pour ce fichier dans « params.yaml »"
    why = f"commente les idées de « {main.grid.sheet or main.grid.file} » ; {how}"
    return replace(table, kind="none", why=why)


def _main(table: Mapped, ideas: Sequence[Mapped], numbers: Mapping[str, frozenset[str]]) -> Mapped | None:
    """Return the table whose ideas a table comments on, None when it has ideas of its own."""
    others = [other for other in ideas if other is not table and other.has("title")]
    for other in others:
        if table.grid.columns == other.grid.columns:
            continue
        if _refers(table, numbers[other.grid.name]):
            return other
        if _COMMENTS.search(fold(table.grid.name)) and not _COMMENTS.search(fold(other.grid.name)) and not _own(table):
            return other
    return None


def _own(table: Mapped) -> bool:
    """Tell whether a table has titles, named so."""
    return table.has("title") and "title" not in table.guessed


def _refers(table: Mapped, ids: frozenset[str]) -> bool:
    """Tell whether a table names another's ideas: without title by its number, else by a number beside its own."""
    own = table.fields.get("idea_id", ())
    columns = [c for c in _references(table) if c not in own] or ([] if _own(table) else _references(table))
    return any(_within(_numbers(table, (column,)), ids) for column in columns)


def _references(table: Mapped) -> tuple[str, ...]:
    """Return the columns whose name says the number of an idea, those beside the table's own number first."""
    own = table.fields.get("idea_id", ())
    found = [column for column in table.grid.columns if _REFERENCE.fullmatch(plain(column))]
    return tuple(sorted(found, key=lambda column: column in own))


def _within(numbers: frozenset[str], ids: frozenset[str]) -> bool:
    return bool(numbers) and len(numbers & ids) >= _MOST * len(numbers)


def _numbers(table: Mapped, columns: Iterable[str]) -> frozenset[str]:
    return frozenset(one_line(cell) for column in columns for cell in table.grid.column(column) if cell.strip())


def comments_of(tables: Iterable[Mapped]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return number of an idea → (heading, text) of what the tables to be joined say of it."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table in tables:
        if table.kind == "comments":
            for idea, heading, text in _said(table):
                found[idea].append((heading, text))
    return {idea: tuple(said) for idea, said in found.items()}


def _said(table: Mapped) -> Iterator[tuple[str, str, str]]:
    (number,) = table.places("idea_id")
    texts = [i for name in ("title", "part", "benefits") for i in table.places(name)]
    for _, cells in table.grid.records():
        for i in sorted(texts):
            if text := clean(cells[i]):
                yield one_line(cells[number]), one_line(table.grid.columns[i]), text
