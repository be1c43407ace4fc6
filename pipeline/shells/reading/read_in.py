"""Readings of a second reader → themes given to the search, then its tables with what was read.

Ideas that it left open, or did not read, are placed from those it read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.cluster.grouping.given import Given, Read
from pipeline.cluster.tables import Tables
from pipeline.params import Params
from pipeline.reader.entering import READER, enter, firmness, theme_id
from pipeline.reader.readings import Readings
from pipeline.review.learning.learn import alone, believe
from pipeline.review.learning.space import Space
from pipeline.review.replaying.state import Place, State, Theme, Words
from pipeline.schema import READINGS, WORDS_READ
from pipeline.shells.alike.comparing import space_with
from pipeline.shells.reading.reader import Replay
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read, as the search takes it.

    Attributes:
        given: the subjects read as given themes.
        alone: idea read → the theme that its text alone, compared with those of the others, would give it; empty: none.
    """

    given: Given
    alone: Mapping[str, str]


def heard(read: Readings, workspace: Workspace, params: Params, tables: Mapping[str, pd.DataFrame]) -> Heard | None:
    """Return what was read as the search takes it; None with too few ideas to compare.

    What the reader left open, or did not read, is placed by the review's learner from what it read.
    """
    ids = tuple(theme_id(rank) for rank in range(1, len(read.book) + 1))
    words = {name: (Words(subject.title, subject.definition),) for name, subject in zip(ids, read.book, strict=True)}
    space = space_with(workspace, params, tables, words)
    if space is None:
        return None
    state = _told(read, ids, space)
    shares = pd.DataFrame(_learnt(state, ids, space), index=list(space.ids), columns=list(ids))
    places: dict[str, Read] = {}
    for idea, place in read.places.items():
        firm, beside = firmness(place)
        row = np.zeros(len(ids))
        if place.subject:
            row[place.subject - 1] = firm
        shares.loc[idea] = row
        second = place.second - 1 if place.second else None
        places[idea] = Read(place.subject - 1 if place.subject else None, firm, second, beside)
    titles = tuple(subject.title for subject in read.book)
    given = Given(ids, titles, (READER,) * len(ids), shares, places)
    return Heard(given, {idea: theme or "" for idea, theme in alone(state, space).items()})


def _told(read: Readings, ids: tuple[str, ...], space: Space) -> State:
    """Return a state in which what the reader read without hesitating is what people would have decided."""
    found = {idea: Place(None, 0.0) for idea in space.ids}
    told = {
        idea: Place(ids[place.subject - 1] if place.subject else None, 1.0, weak=not place.subject, by=1)
        for idea, place in read.places.items()
        if not place.hesitant
    }
    themes = {name: Theme(subject.title, subject.definition) for name, subject in zip(ids, read.book, strict=True)}
    return State(themes, {**found, **told}, found)


def _learnt(state: State, ids: tuple[str, ...], space: Space) -> np.ndarray:
    """Return idea × theme beliefs."""
    believed = believe(state, space)
    if believed is None:
        return np.zeros((len(space.ids), len(ids)))
    columns = [believed.themes.index(name) for name in ids]
    return np.asarray(believed.shares[:, columns])


def with_readings(
    found: Tables, replay: Replay | None, alone: Mapping[str, str]
) -> tuple[Tables, dict[str, pd.DataFrame]]:
    """Return the tables of the search with what was read (quotes, claims, verdicts on pairs), `readings`, `words_read`.

    Args:
        found: by the search.
        replay: of the record; None without one.
        alone: see `Heard`.
    """
    read = replay.readings(found.near_duplicates) if replay else None
    if replay is None or read is None or found.themes.empty:
        return found, {"readings": READINGS.empty(), "words_read": WORDS_READ.empty()}
    entered = enter(read, replay.texts, found.themes, found.idea_themes, found.near_duplicates, found.claims, alone)
    tables = replace(
        found,
        themes=entered.themes,
        idea_themes=entered.idea_themes,
        near_duplicates=entered.near_duplicates,
        claims=entered.claims,
    )
    return tables, {"readings": entered.readings, "words_read": entered.words_read}
