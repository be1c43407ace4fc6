"""The views that themes come from → what the review stage learns on, guided themes' texts beside the ideas.

Here is what takes seconds to load and to compute: `likeness` comes here only for a space it does not remember.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.cluster.grouping import corpus, neighbours, views
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.views import Views
from pipeline.params import Params
from pipeline.review.learning.knowledge import Knowledge
from pipeline.review.learning.space import DENSE, Space, build
from pipeline.review.replaying.state import Words
from pipeline.shells.together import load_together
from pipeline.workspace import Workspace

TABLES = {"ideas": "ingest", "vectors": "embed", "tokens": "embed", "word_vectors": "embed"}
PORTABLE = ("text", "content", "words", "subjects")
"""Views whose columns mean the same in any corpus; the letters' are made anew from each."""

MARK = "\ue000"
"""Before the text of a guided theme, which could be word for word that of an idea: a private character no text has."""


def space_with(
    workspace: Workspace,
    params: Params,
    tables: Mapping[str, pd.DataFrame],
    words: Mapping[str, tuple[Words, ...]],
    knowledge: Knowledge | None = None,
    examples: Mapping[str, str] | None = None,
) -> Space | None:
    """Return what `likeness.load_space` returns, from tables that are loaded.

    The one way by which words attract ideas: of a starting list, of the parameters, of decisions, of a former contest.
    `examples` (id → text) stand in it as ideas do.
    """
    if len(tables["vectors"]) < 2:  # noqa: PLR2004 - likeness is between two
        return None
    texts = {theme: ". ".join(one.text for one in said) for theme, said in words.items()}
    added = texts | dict(examples or {})
    if added:
        from pipeline.shells.alike.guided import with_texts  # noqa: PLC0415 - the encoder takes a second to load

        tables = with_texts(workspace, params, tables, {name: MARK + text for name, text in added.items()})
    titles = {theme: said[0].title for theme, said in words.items()}
    return space_of(corpus.build(*tables.values()), tuple(texts), Head(knowledge, titles) if knowledge else None)


@dataclass(frozen=True, slots=True)
class Head:
    """A head start.

    Attributes:
        knowledge: of a former contest.
        titles: theme → the title that attracts ideas to it in this contest.
    """

    knowledge: Knowledge
    titles: Mapping[str, str]


def space_of(texts: Corpus, guided: tuple[str, ...], head: Head | None = None) -> Space:
    """Return the space of a corpus in which the texts with the ids `guided` are those of themes."""
    seen = views.build(texts)
    ids = sorted(set(texts.row_of) - set(guided))
    order = np.array([texts.row_of[idea] for idea in ids])
    matching = seen.matching.block(slice(None))[np.ix_(order, order)] if len(ids) <= DENSE else None
    nearness = {theme: _nearness(seen, order, texts.row_of[theme]) for theme in guided}
    known = head.knowledge.pulls(portable(seen)[order], head.titles) if head else None
    return build(ids, neighbours.joined(seen)[order], matching, nearness, known)


def portable(seen: Views) -> np.ndarray:
    """Return one row per text whose columns mean the same in any corpus, of mean length one."""
    rows = np.hstack([np.sqrt(views.WEIGHTS[name]) * seen.vectors[name] for name in PORTABLE])
    return np.asarray(rows / (np.sqrt(np.mean(np.einsum("ij,ij->i", rows, rows))) or 1.0))


def load_portable(workspace: Workspace) -> tuple[list[str], np.ndarray]:
    """Return the analysed ideas in order of id, and their `portable` rows.

    Raises:
        MinilabsError: a missing or damaged table of `ingest` or `embed`.
    """
    texts = corpus.build(*load_together(workspace, TABLES).values())
    ids = sorted(texts.row_of)
    return ids, portable(views.build(texts))[[texts.row_of[idea] for idea in ids]]


def _nearness(seen: Views, ideas: np.ndarray, theme: int) -> dict[str, np.ndarray]:
    near = {name: rows[ideas] @ rows[theme] for name, rows in seen.vectors.items()}
    return near | {"matching": seen.matching.pairs(ideas, np.full(len(ideas), theme))}
