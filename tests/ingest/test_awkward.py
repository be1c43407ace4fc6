"""Awkward exports load to the same ideas and the same people, or are refused with the right sentence."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest import Ingested, ingest
from pipeline.messages import sentence
from pipeline.params import IngestParams
from tests.ingest.make_awkward import Case, cases, reference
from tests.ingest.more_awkward import more_cases

PARAMS = IngestParams(language_model=False)
CASES = [*cases(), *more_cases()]
LOADED = [case for case in CASES if not case.refused]
REFUSED = [case for case in CASES if case.refused]


@pytest.fixture(scope="module")
def expected() -> Ingested:
    """Return what the sample's own three tables give."""
    return ingest(reference(), PARAMS)


def named_links(result: Ingested) -> set[tuple[str, str, str]]:
    """Return (idea, e-mail or name, role) for each link, names without case."""
    people = {
        row["holder_id"]: f"{row['given_name']} {row['family_name']}".casefold()
        for row in result.identities.to_dict("records")
    }
    return {(row["idea_id"], people[row["holder_id"]], row["role"]) for row in result.idea_holders.to_dict("records")}


def test_enough_troubles() -> None:
    """There are at least 60 different troubles."""
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", LOADED, ids=lambda case: case.name)
def test_loads_to_the_same_ideas(case: Case, expected: Ingested) -> None:
    """The ideas are the sample's, cell by cell, and so are the links where the export tells who holds what."""
    result = ingest(case.files, PARAMS)
    pd.testing.assert_frame_equal(result.ideas[list(case.columns)], expected.ideas[list(case.columns)])
    if case.links:
        assert named_links(result) == named_links(expected)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_is_refused_with_its_sentence(case: Case) -> None:
    """The refusal is one French sentence that names the file and says what to do."""
    with pytest.raises(MinilabsError) as why:
        ingest(case.files, PARAMS)
    assert why.value.code == case.refused
    said = sentence(why.value)
    assert "{" not in said
    assert case.files[0].name in said
    assert "\n" not in said


@pytest.mark.parametrize("case", LOADED, ids=lambda case: case.name)
def test_every_row_is_accounted_for(case: Case) -> None:
    """Rows kept as they were and rows with an event make up all the rows of the tables of ideas."""
    report = ingest(case.files, PARAMS).report
    rows = {(f["file"], f["sheet"]): f["rows"] for f in report["files"] if f["used_as"] == "ideas"}
    touched = {(entry["table"], entry["row"]) for entry in report["accounting"]}
    unchanged = sum(_length(ranges) for ranges in report["unchanged"].values())
    counts = report["counts"]
    told = counts["kept"] + sum(counts["set_aside"].values()) + counts["merged"] + counts["without_content"]
    assert counts["rows"] == told
    assert report["counts"]["rows"] == sum(rows.values()) == len(touched) + unchanged


def _length(ranges: str) -> int:
    bounds = [part.split("-") for part in ranges.split(", ")]
    return sum(int(bound[-1]) - int(bound[0]) + 1 for bound in bounds)
