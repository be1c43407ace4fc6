"""Each rule about rows does what its sentence says, and row order changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.rows.records import Person, Row
from pipeline.ingest.rows.slips import ASIDE, EMPTY, MERGED
from pipeline.ingest.tables.ideas import Judged, judge
from pipeline.ingest.tables.ids import with_id
from pipeline.ingest.tables.similar import similar_pairs

LONG = "Installer un composteur derrière la cuisine et former deux agents par site à son entretien courant"


def row(number: int, idea_id: str, title: str, text: str = LONG, **more: object) -> Row:
    """Return a row."""
    parts = (("description", text),) if text else ()
    return replace(Row("x.csv", number, idea_id, title, parts, "", "", ""), **more)  # type: ignore[arg-type]


def actions(result: Judged) -> list[tuple[int, str]]:
    """Return (row, action) for each event."""
    return [(event.number, event.action) for event in result.events]


@pytest.mark.parametrize("word", ["test", "Essai", "AZERTY", "ceci est un test", "xxx", "Test 2", "blabla", "toto"])
def test_trials_are_set_aside(word: str) -> None:
    """A trial is set aside with the reason; an idea about trials is kept."""
    judged = judge([row(2, "1", word, ""), row(3, "2", word, LONG)], [])
    assert judged.aside == {"1": "ligne d’essai"}


def test_empty_rows() -> None:
    """A row without anything is counted; a numbered idea without words is set aside."""
    judged = judge([with_id(r) for r in (row(2, "", "", ""), row(3, "7", "", ""))], [])
    assert actions(judged) == [(2, EMPTY), (3, ASIDE)]
    assert judged.aside == {"7": "ni titre ni texte"}


@pytest.mark.parametrize(("status", "kept"), [("Primée", 0), ("primée (2e prix)", 0), ("Non primée", 1), ("", 1)])
def test_awarded(status: str, kept: int) -> None:
    """Awarded ideas are set aside, whatever the case and what follows; "non primée" is not awarded."""
    judged = judge([row(2, "1", "Titre", status=status)], ["primée"])
    assert len(judged.rows) - len(judged.aside) == kept


def test_one_row_per_person_is_one_idea() -> None:
    """Rows of one number and one text are one idea with the people of all."""
    people = [Person(family_name=name) for name in ("Ravaudet", "Obernesser")]
    judged = judge([row(i, "1", "Titre", people=(p,)) for i, p in enumerate(people, start=2)], [])
    assert [person.family_name for person in judged.rows[0].people] == ["Ravaudet", "Obernesser"]
    assert actions(judged) == [(3, MERGED)]


def test_versions() -> None:
    """Of two versions under one number the later one is kept."""
    judged = judge(
        [
            row(2, "1", "Titre", LONG + " et plus", submitted_on="2020-02-01"),
            row(3, "1", "Titre", submitted_on="2020-01-01"),
        ],
        [],
    )
    assert judged.rows[0].body == LONG + " et plus"
    assert actions(judged) == [(3, MERGED)]


def test_two_ideas_under_one_number() -> None:
    """Two different ideas under one number are both kept, the second under a number that says so."""
    judged = judge([row(2, "1", "Vélos", "Acheter des vélos"), row(3, "1", "Soupe", "Servir de la soupe chaude")], [])
    assert sorted(r.idea_id for r in judged.rows) == ["1", "1-bis"]


def test_same_text_under_two_numbers() -> None:
    """The first filed of two equal texts is kept, with the people of both."""
    one = row(2, "2", "Titre", submitted_on="2020-01-01", people=(Person(family_name="Ravaudet"),))
    two = row(3, "1", "TITRE !", submitted_on="2020-02-01", people=(Person(family_name="Obernesser"),))
    judged = judge([one, two], [])
    assert judged.aside == {"1": "même texte que 2"}
    assert len(next(r for r in judged.rows if r.idea_id == "2").people) == 2


def test_near_duplicates_are_pointed_at() -> None:
    """Texts that share most of their words are both kept, and listed as a pair."""
    judged = judge([row(2, "1", "Titre"), row(3, "2", "Titre", LONG + " svp")], [])
    assert not judged.aside
    assert [(pair.idea_a, pair.idea_b) for pair in judged.near] == [("1", "2")]


def test_similar_pairs_ignore_others() -> None:
    """Short texts and different texts make no pair."""
    texts = ["trop court", "trop court", LONG, LONG[::-1]]
    assert similar_pairs(["1", "2", "3", "4"], texts.__getitem__) == []


ROWS = st.lists(
    st.tuples(
        st.sampled_from("123"), st.sampled_from(["Vélos", "Soupe", "test", ""]), st.sampled_from([LONG, "Autre", ""])
    ),
    min_size=1,
    max_size=7,
)


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_row_order_changes_nothing(content: list[tuple[str, str, str]], random: object) -> None:
    """Whatever the order of the rows, the same ideas come out, and each row is accounted for at most once as merged."""
    rows = [row(i, *cells) for i, cells in enumerate(content, start=2)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = judge(rows, []), judge(shuffled, [])
    told = [(r.idea_id, r.title, r.body) for r in first.rows]
    assert told == [(r.idea_id, r.title, r.body) for r in second.rows]
    assert first.aside == second.aside
    merged = [event.number for event in first.events if event.action == MERGED]
    assert len(merged) == len(set(merged)) == len(rows) - len(first.rows)
