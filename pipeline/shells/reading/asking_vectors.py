"""Asking a server for vectors: the texts that the chain encodes and that no vector is kept of, then their vectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from pipeline.embed import encoded_texts
from pipeline.embed.encoders import plain
from pipeline.params import Params
from pipeline.reader.questions.batches import tokens
from pipeline.reader.vectors import batches, checked, key_of, of_model, sent
from pipeline.review.replaying.engine import replay
from pipeline.review.replaying.state import Words
from pipeline.review.stage import words_of
from pipeline.shells.alike.given import themes_given
from pipeline.shells.alike.guided import as_ideas
from pipeline.shells.alike.remembered import remembered
from pipeline.shells.alike.served import load_vectors, vectors_path
from pipeline.shells.deciding.desk import open_desk
from pipeline.shells.reading.calls import Book, Call, Purse
from pipeline.shells.reading.reader import load_replay
from pipeline.store import load
from pipeline.workspace import Workspace, table_path

if TYPE_CHECKING:
    from pipeline.reader.client import Server

Texts = Mapping[str, tuple[str, ...]]
"""Text → the ideas whose text it is."""


def missing_vectors(workspace: Workspace, params: Params) -> dict[str, tuple[str, ...]]:
    """Return the texts that the chain encodes and that no vector is kept of; none unless a server gives vectors.

    Raises:
        MinilabsError: a missing or damaged table or file.
    """
    model, prompt = params.embed.served, params.embed.prompt
    if not model:
        return {}
    ideas = load(workspace, "ideas", stage="ingest")
    titles = as_ideas({name: ". ".join(w.text for w in said) for name, said in _words(workspace, params).items()})
    with remembered(workspace, params) as readers:
        wanted = dict.fromkeys(encoded_texts(titles, readers.parser), ()) | encoded_texts(ideas, readers.parser)
    known = of_model(load_vectors(workspace, params), model)
    texts = {prompt + plain(text): whose for text, whose in wanted.items() if plain(text).strip()}
    return {text: whose for text, whose in texts.items() if key_of(text, model) not in known}


def _words(workspace: Workspace, params: Params) -> dict[str, tuple[Words, ...]]:
    """Return theme → what attracts ideas to it: of what was read or the list, and of decisions."""
    recorded = load_replay(workspace, params, load(workspace, "ideas", stage="ingest"))
    read = recorded.readings() if recorded else None
    said: dict[str, tuple[Words, ...]] = {}
    if read:
        said |= {f"R{rank}": (Words(one.title, one.definition),) for rank, one in enumerate(read.book, start=1)}
    else:
        given = themes_given(workspace, params)
        said |= {name: (Words(one.title, one.description),) for name, one in given.items()}
        said |= {f"{name} {text}": (Words(text, ""),) for name, one in given.items() for text in one.examples}
    if not workspace.path(table_path("readings")).is_file():
        return said
    desk = open_desk(workspace)
    return said | words_of(replay(desk.before, desk.decisions).state)


def ask_vectors(
    workspace: Workspace,
    params: Params,
    texts: Texts,
    server: Server,
    purse: Purse,
    progress: Callable[[int, int], None],
) -> bool:
    """Return whether the vectors of all texts are there, once they were asked for; each call is kept at once.

    Args:
        workspace: where.
        params: its parameters.
        texts: see `missing_vectors`.
        server: whom to ask.
        purse: what may be spent.
        progress: told how far the work is.

    Raises:
        MinilabsError: `reader.vectors`, or what the server comes to; what was answered before is kept.
    """
    model, room = params.embed.served, params.reader.context
    known = of_model(load_vectors(workspace, params), model)
    size = next((len(row) for row in known.values()), None)
    groups = batches(texts, room)
    calls = [
        Call(group, partial(server.vectors, sent(group, room), model), sum(tokens(text) for text in group))
        for group in groups
    ]
    done = 0
    if not groups:
        return True
    with Book(vectors_path(workspace, params)) as book:
        for group, rows in purse.at_once(calls, params.reader.parallel):
            found = checked(rows, group, model, size)
            book.add(one.line for one in found)
            size, done = len(found[0].values), done + 1
            purse.spend(sum(tokens(text) for text in group))
            progress(done, len(groups))
    return done == len(groups)
