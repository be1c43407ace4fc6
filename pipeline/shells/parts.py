"""The tables of texts read part by part: what is in memory is a part, whatever the number of ideas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from pipeline.cluster.drawing import Draw
from pipeline.store import load_parts
from pipeline.workspace import Workspace

PART = 2_000
"""Ideas of a part."""
_TOKENS = 100_000
"""Rows of tokens read at once."""
Tables = dict[str, pd.DataFrame]


@dataclass(slots=True)
class _Rows:
    """Rows of a table in the order of ideas, given as far as they are asked for."""

    coming: Iterator[pd.DataFrame]
    held: pd.DataFrame | None = None

    def upto(self, idea: str) -> pd.DataFrame:
        """Return the rows not given yet, to those of `idea` included."""
        found: list[pd.DataFrame] = []
        while True:
            rows = self.held if self.held is not None else next(self.coming, None)
            if rows is None:
                break
            over = rows["idea_id"] > idea
            found.append(rows[~over])
            self.held = rows[over] if over.any() else None
            if self.held is not None:
                break
        return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["idea_id"])


def texts_by_part(workspace: Workspace, size: int = PART) -> Iterator[Tables]:
    """Yield `ideas`, `vectors` and `tokens` of the analysed ideas, `size` ideas at a time.

    Raises:
        MinilabsError: see `store.load`.
    """
    ideas = _Rows(load_parts(workspace, "ideas", size, "ingest"))
    tokens = _Rows(load_parts(workspace, "tokens", _TOKENS, "embed"))
    for vectors in load_parts(workspace, "vectors", size, "embed"):
        last, own = str(vectors["idea_id"].iloc[-1]), set(vectors["idea_id"])
        said = ideas.upto(last)
        yield {"ideas": said[said["idea_id"].isin(own)], "vectors": vectors, "tokens": tokens.upto(last)}


def texts_where(workspace: Workspace, wanted: Callable[[str], bool]) -> Iterator[Tables]:
    """Yield the rows of the ideas that are wanted, part by part; a part without any is left out.

    Raises:
        MinilabsError: see `store.load`.
    """
    for tables in texts_by_part(workspace):
        kept = {idea for idea in tables["vectors"]["idea_id"] if wanted(idea)}
        if kept:
            yield {name: table[table["idea_id"].isin(kept)] for name, table in tables.items()}


def texts_of(workspace: Workspace, ideas: frozenset[str]) -> Tables:
    """Return `ideas`, `vectors`, `tokens` of some ideas, and `word_vectors` of their words.

    Raises:
        MinilabsError: see `store.load`.
    """
    parts = list(texts_where(workspace, ideas.__contains__))
    tables = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}
    lemmas = frozenset(tables["tokens"]["lemma"])
    words = [rows[rows["lemma"].isin(lemmas)] for rows in load_parts(workspace, "word_vectors", PART, "embed")]
    return tables | {"word_vectors": pd.concat(words, ignore_index=True)}


def drawn(workspace: Workspace, count: int, seed: int, among: frozenset[str] | None = None) -> frozenset[str] | None:
    """Return the ideas drawn among those that are analysed; None when they all are.

    Args:
        workspace: with the ideas.
        count: of the texts drawn.
        seed: of the draw.
        among: the ideas that can be drawn; all of them when None.

    Raises:
        MinilabsError: see `store.load`.
    """
    draw = Draw(count, seed)
    for ideas in load_parts(workspace, "ideas", PART, "ingest"):
        kept = ideas[ideas["analysed"] if among is None else ideas["idea_id"].isin(among)]
        draw.add(kept["idea_id"].astype(str), kept["text"].astype(str))
    ids = draw.ids()
    return None if draw.whole else ids
