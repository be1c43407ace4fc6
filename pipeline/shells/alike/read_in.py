"""Readings of a second reader → themes given to the search; ideas that it left open placed from those it read."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.cluster.grouping.given import Given, Read
from pipeline.params import Params
from pipeline.reader.entering import READER, firmness, theme_id
from pipeline.reader.readings import Readings
from pipeline.review.learning.learn import believe
from pipeline.review.learning.space import Space
from pipeline.review.replaying.state import Place, State, Theme, Words
from pipeline.shells.alike.comparing import space_with
from pipeline.workspace import Workspace


def given_by(read: Readings, workspace: Workspace, params: Params, tables: Mapping[str, pd.DataFrame]) -> Given | None:
    """Return the subjects read as given themes; None with too few ideas to compare.

    What the reader left open, or did not read, is placed by the review's learner from what it read.
    """
    ids = tuple(theme_id(rank) for rank in range(1, len(read.book) + 1))
    words = {name: (Words(subject.title, subject.definition),) for name, subject in zip(ids, read.book, strict=True)}
    space = space_with(workspace, params, tables, words)
    if space is None:
        return None
    shares = pd.DataFrame(_learnt(read, ids, space), index=list(space.ids), columns=list(ids))
    places: dict[str, Read] = {}
    for idea, place in read.places.items():
        firm, beside = firmness(place)
        row = np.zeros(len(ids))
        if place.subject:
            row[place.subject - 1] = firm
        shares.loc[idea] = row
        second = place.second - 1 if place.second else None
        places[idea] = Read(place.subject - 1 if place.subject else None, firm, second, beside)
    return Given(ids, tuple(subject.title for subject in read.book), (READER,) * len(ids), shares, places)


def _learnt(read: Readings, ids: tuple[str, ...], space: Space) -> np.ndarray:
    """Return idea × theme beliefs, what the reader read taken as answers."""
    found = {idea: Place(None, 0.0) for idea in space.ids}
    told = {
        idea: Place(ids[place.subject - 1] if place.subject else None, 1.0, weak=not place.subject, by=1)
        for idea, place in read.places.items()
        if not place.hesitant
    }
    themes = {name: Theme(subject.title, subject.definition) for name, subject in zip(ids, read.book, strict=True)}
    believed = believe(State(themes, {**found, **told}, found), space)
    if believed is None:
        return np.zeros((len(space.ids), len(ids)))
    columns = [believed.themes.index(name) for name in ids]
    return np.asarray(believed.shares[:, columns])
