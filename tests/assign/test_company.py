"""Nobody alone, days, balance and facilitators: what people write in their files reaches the composition."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.assign import Given, assign
from pipeline.assign.telling.result import Result
from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.params import AssignParams, Params
from tests.assign.decided import given, table

Tables = dict[str, pd.DataFrame]
ENV, SKILLS = "lab-environnement_ecogestes", "lab-partage_competences"
QUICK = AssignParams(explained=0)


def seated(result: Result, lab: str) -> list[str]:
    """Return who sits in a lab, facilitators left out."""
    rows = result.assignments
    return list(rows.loc[(rows["lab_id"] == lab) & rows["status"].isin(["placed", "volunteer"]), "holder_id"])


def said(tables: Tables, files: Given) -> str:
    """Return what is said of files that cannot be used."""
    with pytest.raises(MinilabsError) as caught:
        assign(tables, QUICK, 2020, files)
    return sentence(caught.value)


def test_nobody_is_alone_of_a_kind_of_site(tables: Tables) -> None:
    """Asked for all groups by the parameters: of each kind of site, none or two at least."""
    before = assign(tables, QUICK, 2020)
    result = assign(tables, QUICK.model_copy(update={"never_alone": ["site"]}), 2020)
    site = tables["holders"].set_index("holder_id")["site_type"]

    def lonely(one: Result) -> int:
        counts = [Counter(site[person] for person in seated(one, lab)) for lab in one.labs["lab_id"]]
        return sum(number == 1 for count in counts for number in count.values())

    assert lonely(before) > 0
    assert lonely(result) == 0


def test_a_group_meets_when_all_its_members_can(tables: Tables) -> None:
    """Of two days the group takes one; who can come on the other only has no seat there, and the day is told."""
    people = seated(assign(tables, QUICK, 2020), ENV)
    days = [
        {"agent_id": person, "disponible": "Jeudi" if n % 3 else "lundi | mardi"} for n, person in enumerate(people)
    ]
    result = assign(tables, QUICK, 2020, given(days, [{"minilab": ENV, "creneaux": "lundi | jeudi"}]))
    can = {row["agent_id"]: row["disponible"].casefold() for row in days}
    slot = str(result.labs.set_index("lab_id").loc[ENV, "slot"])
    assert slot in {"lundi", "jeudi"}
    assert all(slot in can[person] for person in seated(result, ENV) if person in can)


def test_people_fixed_on_different_days_are_told_apart(tables: Tables) -> None:
    """Two people fixed in a group that meets when only one of them can: refused by line, with their numbers."""
    files = given(
        [
            {"agent_id": who, "minilab_fixe": ENV, "disponible": day}
            for who, day in (("A001", "lundi"), ("A002", "mardi"))
        ],
        [{"minilab": ENV, "creneaux": "lundi|mardi"}],
    )
    told = said(tables, files)
    assert "ligne 2" in told
    assert "A001, A002" in told


def test_what_is_not_a_category_is_told_by_line_and_column(tables: Tables) -> None:
    """The possible ones are named."""
    told = said(tables, given([], [{"minilab": ENV, "jamais_seul": "étage"}]))
    assert re.search(r"ligne 2, colonne «\sjamais_seul\s»", told)
    assert "site" in told


def test_a_facilitator_is_no_member(tables: Tables) -> None:
    """Somebody from outside has a seat of their own: not counted, without affinity; a holder may sit elsewhere."""
    before = assign(tables, QUICK, 2020)
    member = seated(before, ENV)[0]
    people = [{"agent_id": "ANIM-1", "anime": ENV}, {"agent_id": member, "anime": ENV}]
    result = assign(tables, QUICK, 2020, given(people))
    rows = result.assignments[result.assignments["status"] == "facilitator"].set_index("holder_id")
    assert set(rows.index) == {"ANIM-1", member}
    assert set(rows["lab_id"]) == {ENV}
    assert set(rows["affinity"]) == {0.0}
    assert result.labs.set_index("lab_id").loc[ENV, "placed"] == len(seated(result, ENV))
    assert not {"ANIM-1", member} & set(seated(result, ENV))
    assert "ANIM-1" not in set(result.assignments.loc[result.assignments["status"] == "not_concerned", "holder_id"])


def test_who_facilitates_a_group_is_not_fixed_in_it(tables: Tables) -> None:
    """Both in one line are refused."""
    assert "anime" in said(tables, given([{"agent_id": "A001", "anime": ENV, "minilab_fixe": ENV}]))


def test_groups_are_balanced_on_a_private_table_that_nothing_shows(tables: Tables) -> None:
    """No value passes its share of all by more than the margin; neither the column nor the values are written."""
    holders = list(tables["holders"]["holder_id"])
    value = {person: "zebre" if n % 2 else "girafe" for n, person in enumerate(holders)}
    private = table(*({"agent_id": person, "savane": one} for person, one in value.items()))
    params = QUICK.model_copy(update={"balance_margin": 0.1})
    result = assign(tables, params, 2020, replace(given(), private=private))
    for lab in result.labs["lab_id"]:
        inside = Counter(value[person] for person in seated(result, lab))
        assert all(count <= 0.62 * inside.total() for count in inside.values())
    written = "".join(frame.to_csv() for frame in (result.agents, result.labs, result.assignments, result.waiting_list))
    assert not any(word in written + str(result.ledger) for word in ("zebre", "girafe", "savane"))


def test_a_wrong_line_of_the_private_table_is_told_without_its_content(tables: Tables) -> None:
    """Line and column, not what is in it."""
    told = said(tables, replace(given(), private=table({"agent_id": "secret-9", "genre": "F"})))
    assert re.search(r"ligne 2, colonne «\sagent_id\s»", told)
    assert "secret-9" not in told


def test_the_private_table_stays_out_of_git() -> None:
    """Its default place is one that every workspace's git leaves alone."""
    assert Path(Params().assign.balance).parts[:2] == ("data", "private")
