"""The whole stage on the demonstration corpus."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pipeline.assign import Result, assign
from pipeline.params import AssignParams
from pipeline.recalled import Answers, remembering
from pipeline.schema import AGENTS, ASSIGNMENTS, LABS, WAITING_LIST
from pipeline.words.seats import line_reason, seat_reason, with_reasons

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def result(tables: Tables) -> Result:
    """The composition with the default parameters."""
    return assign(tables, AssignParams(), 2020)


def test_tables_are_as_declared(result: Result) -> None:
    """The three tables pass their schema."""
    assert len(LABS.check(result.labs)) == 12
    assert len(AGENTS.check(result.agents)) == 300
    assert len(ASSIGNMENTS.check(with_reasons(result.assignments, result.labs, seat_reason))) >= 300
    WAITING_LIST.check(with_reasons(result.waiting_list, result.labs, line_reason))


def test_answers_recalled_change_nothing(result: Result, tables: Tables) -> None:
    """With the solver's answers of another run the result is the same, and nothing that was asked is asked again."""
    first = Answers({})
    with remembering(first):
        assign(tables, AssignParams(), 2020)
    again = Answers({key: first.asked[key] for key in sorted(first.asked)[::2]})
    with remembering(again):
        second = assign(tables, AssignParams(), 2020)
    assert again.asked == first.asked
    pd.testing.assert_frame_equal(second.assignments, result.assignments)
    pd.testing.assert_frame_equal(second.waiting_list, result.waiting_list)
    assert second.ledger == result.ledger


def test_everyone_is_accounted_for(result: Result, tables: Tables) -> None:
    """Each holder is placed, waits or is not concerned, with a reason; nobody is lost."""
    assert set(result.assignments["holder_id"]) == set(tables["holders"]["holder_id"])
    said = with_reasons(result.assignments, result.labs, seat_reason)["reason"]
    assert (said.str.len() > 20).all()
    ideas = set(tables["idea_holders"]["idea_id"])
    assert not any(ideas & set(re.findall(r"[\w-]+", reason)) for reason in said)


def test_no_directorate_dominates_a_minilab(result: Result, tables: Tables) -> None:
    """In each MiniLab no directorate has more than 40 % of the seats."""
    placed = result.assignments.merge(tables["holders"], on="holder_id").merge(result.labs, on="lab_id")
    placed = placed[placed["kind"] == "minilab"]
    counts = placed.groupby(["lab_id", "directorate"]).size()
    assert (counts / placed.groupby("lab_id").size() <= 0.4).all()


def test_a_community_admits_its_trade_only(result: Result, tables: Tables) -> None:
    """The kitchens' community holds the kitchens' occupations and nobody else."""
    placed = result.assignments.merge(tables["holders"], on="holder_id")
    kitchen = placed.loc[placed["lab_id"] == "lab-restauration_lycees", "occupation"]
    assert set(kitchen) == {"aide de cuisine", "chef de cuisine", "cuisinier", "magasinier", "second de cuisine"}


def test_order_of_rows_does_not_matter(result: Result, tables: Tables) -> None:
    """Shuffled tables give the same composition, seat for seat."""
    shuffled = {name: table.sample(frac=1, random_state=3) for name, table in tables.items()}
    again = assign(shuffled, AssignParams(), 2020)
    pd.testing.assert_frame_equal(again.assignments, result.assignments)
    pd.testing.assert_frame_equal(again.waiting_list, result.waiting_list)
    assert again.ledger == result.ledger


@pytest.mark.parametrize("kept", [0, 1, 5])
def test_few_ideas_are_not_a_crash(tables: Tables, kept: int) -> None:
    """With no theme, one or a few ideas, people wait with a reason, no group opens and nothing breaks."""
    few = {**tables, "idea_themes": tables["idea_themes"].head(kept)}
    few["themes"] = tables["themes"][tables["themes"]["theme_id"].isin(few["idea_themes"]["theme_id"])]
    few["idea_holders"] = tables["idea_holders"][tables["idea_holders"]["idea_id"].isin(few["idea_themes"]["idea_id"])]
    result = assign(few, AssignParams(), 2020)
    ASSIGNMENTS.check(with_reasons(result.assignments, result.labs, seat_reason))
    WAITING_LIST.check(with_reasons(result.waiting_list, result.labs, line_reason))
    LABS.check(result.labs)
    assert set(result.assignments["status"]) <= {"waiting", "not_concerned"}
