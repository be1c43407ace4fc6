"""Small exports of the kinds that went wrong load at the first try, or are refused with the right sentence."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest import Ingested, ingest
from pipeline.messages import sentence
from pipeline.params import IngestParams
from tests.ingest.kinds import Shape, shapes

SHAPES = shapes()
PARAMS = IngestParams(language_model=False)


def wrongs(shape: Shape) -> list[str]:
    """Return what is not right about a shape, nothing when all is."""
    try:
        result = ingest(shape.files, PARAMS)
    except MinilabsError as why:
        return [] if why.code == shape.refused else [sentence(why)]
    if shape.refused:
        return [f"{shape.refused} was expected"]
    return [*_about_ideas(shape, result), *_about_people(shape, result), *_about_words(shape, result)]


def _about_ideas(shape: Shape, result: Ingested) -> list[str]:
    ideas = result.ideas
    # numbers as people count: 2 before 10
    ordered = ideas.sort_values("idea_id", key=lambda ids: ids.str.zfill(9), kind="stable")
    found = []
    if shape.ideas is not None and int(ideas["analysed"].sum()) != shape.ideas:
        found.append(f"{int(ideas['analysed'].sum())} ideas, not {shape.ideas}")
    if shape.ids and {*map(str, shape.ids)} != set(ideas["idea_id"]):
        found.append(f"ids {sorted(ideas['idea_id'])}")
    if [*ordered["title"]][: len(shape.titles)] != [*shape.titles]:
        found.append(f"titles {tuple(ordered['title'])}")
    for words, said in zip(shape.texts, ordered["description"], strict=False):
        found += [] if words in said else [f"{words!r} not in {said!r}"]
    for column, cells in shape.values.items():
        told = ordered[column].astype(object).where(ordered[column].notna(), None)
        found += [] if sorted(map(str, told)) == sorted(map(str, cells)) else [f"{column} {list(told)}"]
    return found


def _about_people(shape: Shape, result: Ingested) -> list[str]:
    found = []
    names = {f"{row.family_name}|{row.given_name}" for row in result.identities.itertuples()}
    if shape.people is not None and names != set(shape.people):
        found.append(f"people {sorted(names)}")
    directorates = Counter(result.holders["directorate"])
    if shape.directorates is not None and directorates != Counter(shape.directorates):
        found.append(f"directorates {dict(directorates)}")
    if shape.places is not None and set(result.holders["place"]) != {*map(str, shape.places)}:
        found.append(f"places {sorted(set(result.holders['place']))}")
    return found


def _about_words(shape: Shape, result: Ingested) -> list[str]:
    said = " ".join(result.report["sentences"]).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")
    words = " ".join([*result.ideas["title"], *result.ideas["description"]])
    missing = [f"{told!r} not told: {said}" for told in shape.told if told not in said]
    return missing + [f"{word!r} is in the texts" for word in shape.unsaid if word in words]


def test_enough_shapes() -> None:
    """There are at least 60 shapes, each under a name of its own."""
    assert len({(shape.kind, shape.name) for shape in SHAPES}) == len(SHAPES) >= 60


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.kind}-{shape.name}")
def test_is_right_at_the_first_try(shape: Shape) -> None:
    """What comes out is what the case says, or the refusal is the right one."""
    assert wrongs(shape) == []
