"""Working groups as documents show them: sizes, state, provenance, people counted once."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pipeline.report import Report
from pipeline.report.view.labs import labs, people
from tests.report.conftest import Tables


def test_minilabs_come_first(report: Report) -> None:
    """MiniLabs before trade communities, each from the largest."""
    kinds = [lab.kind_label for lab in report.labs]
    assert kinds == sorted(kinds, key=lambda kind: kind != "MiniLab")
    sizes = [lab.placed for lab in report.labs if lab.kind_label == "MiniLab"]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("placed", "said"),
    [(0, "Non ouvert, faute de membres"), (4, "Il manque 2 personnes"), (30, "Au complet"), (29, "1 place libre")],
)
def test_the_state_is_said(placed: int, said: str, tables: Tables) -> None:
    """Closed since nobody wants a seat, too small, full or with seats left."""
    frame = tables["labs"].head(1).assign(placed=placed)
    alone = {"labs": frame, "waiting_list": tables["waiting_list"].head(0)}
    assert labs(tables | alone)[0].state.replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        (
            ("cap", "directorate"),
            (
                "mais une direction ne peut fournir plus de 40 % des membres et il en faut au moins 6"
                " : y inviter des agents d’ailleurs, ou y répondre sans groupe"
            ),
        ),
        (("cap", "private"), "mais les règles de composition ne le permettent pas"),
        (("", ""), "mais les règles de composition ne le permettent pas"),
    ],
)
def test_a_closed_group_for_which_people_wait_says_what_keeps_them_out(
    bound: tuple[str, str], said: str, tables: Tables
) -> None:
    """It does not lack people: how many wait, and the rule that binds where it can be told."""
    frame = tables["labs"].head(1).assign(placed=0, bound=bound[0], bound_by=bound[1], bound_share=0.4)
    line = tables["waiting_list"].head(3).assign(lab_id=frame["lab_id"].iloc[0])
    state = labs(tables | {"labs": frame, "waiting_list": line})[0].state
    assert re.sub(r"[\u00a0\u202f]", " ", state) == f"Non ouvert : 3 agents attendent, {said}"


def test_provenance_counts_directorates_and_kinds_of_site(tables: Tables, report: Report) -> None:
    """“9 directions, 3 types de site”: those of the people seated; a single directorate would place each of them."""
    seated = tables["assignments"].merge(tables["holders"], on="holder_id")
    for lab in report.labs:
        own = seated[(seated["lab_id"] == lab.lab_id) & (seated["status"] == "placed")]
        count = own["directorate"].nunique()
        assert lab.mixing.startswith(f"{count}\u00a0directions") == (count > 1)


def test_a_person_counts_once(tables: Tables) -> None:
    """Someone seated twice is one person; someone seated who waits elsewhere does not wait."""
    first = tables["assignments"].query("status == 'placed'").head(1)
    twice = pd.concat([tables["assignments"], first.assign(lab_id="lab-x")])
    waits = pd.concat(
        [tables["waiting_list"], tables["waiting_list"].head(1).assign(holder_id=first["holder_id"].iloc[0])]
    )
    assert people(tables | {"assignments": twice, "waiting_list": waits}) == people(tables)


def test_the_day_of_a_group_is_said_and_its_facilitator_is_not_counted(tables: Tables) -> None:
    """A group that meets on a day says so; a facilitator's seat changes neither its members nor the people placed."""
    lab = str(tables["labs"]["lab_id"].iloc[0])
    who = str(tables["holders"]["holder_id"].iloc[0])
    seat = tables["assignments"].head(1).assign(holder_id=who, lab_id=lab, status="facilitator")
    days = tables["labs"].assign(slot=["lundi", *[""] * (len(tables["labs"]) - 1)])
    more = {**tables, "labs": days, "assignments": pd.concat([tables["assignments"], seat], ignore_index=True)}
    said = {one.lab_id: one for one in labs(more)}
    assert "se réunit : lundi" in said[lab].state
    assert [one.mixing for one in said.values()] == [one.mixing for one in labs(tables)]
    assert people(more) == people(tables)
