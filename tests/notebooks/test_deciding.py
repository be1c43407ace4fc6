"""Decisions in a notebook: acts, their effect as a table, what was recorded, how far two readers agree."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.errors import MinilabsError
from pipeline.notebook import deciding
from pipeline.review.learning.voices import Voices
from pipeline.review.replaying.decisions import ACTIONS, Decision
from pipeline.shells.deciding.desk import Desk


def test_an_act_is_signed_and_dated() -> None:
    """By the name given, by the session's without; the time has its zone."""
    one = deciding.act("weak", "I01", reason="hors sujet", who="MD")
    assert (one.seq, one.action, one.target, one.value, one.reason, one.who) == (
        0,
        "weak",
        "I01",
        "",
        "hors sujet",
        "MD",
    )
    assert one.when[10] == "T"
    assert one.when[-6] in "+-"
    assert deciding.act("weak", "I01").who


def test_questions_are_a_table_in_words(desk: Desk) -> None:
    """Titles of ideas and of themes, and the reason for asking."""
    asked = deciding.questions(desk, 3)
    assert list(asked.columns) == ["idea_id", "title", "Entre", "Et", "Pourquoi la demander"]
    assert len(asked) == 3
    assert asked["Entre"].str.startswith("Titre de").all()


def test_a_column_of_voices_is_there_when_voices_differ(desk: Desk) -> None:
    """A record that agrees everywhere gives no empty column; one that differs somewhere says who says what."""
    homes = {idea: place.home for idea, place in desk.now.state.places.items()}
    agreed = replace(desk, said={idea: Voices(home, home, hesitant=False) for idea, home in homes.items()})
    assert "Qui dit quoi" not in deciding.questions(agreed, 3)
    apart = replace(desk, said={idea: Voices("T02", "T03", hesitant=False) for idea in homes})
    assert deciding.questions(apart, 3)["Qui dit quoi"].str.startswith("À départager").all()


def test_the_example_is_an_act_that_applies(desk: Desk) -> None:
    """It can be tried as it is, and changes nothing on disk."""
    one = deciding.first_act(desk)
    assert one.action == "assign"
    assert one.action in ACTIONS
    deciding.tried(desk, one)
    assert desk.reread().decisions == ()


def test_an_act_is_said_in_french(desk: Desk) -> None:
    """Whichever way the act was typed, neither its English name nor the number of the theme is shown."""
    for action in ("assign", "ranger"):
        said = deciding.in_words(desk, deciding.act(action, "I01", "T02"))
        assert said == "I01 rangée dans «\u202fTitre de T02\u202f»."


def test_an_act_that_makes_no_sense_is_refused(desk: Desk) -> None:
    """Unknown action, unknown theme, unknown idea: an error that a notebook shows as a sentence."""
    for act in (("vanish", "I01", ""), ("assign", "I01", "Nulle part"), ("assign", "I99", "T01")):
        with pytest.raises(MinilabsError):
            deciding.tried(desk, deciding.act(*act))


def test_moves_say_from_where_to_where_and_why(desk: Desk) -> None:
    """The idea named first, then those that follow; titles, not numbers."""
    table = deciding.moves(desk, deciding.tried(desk, deciding.act("assign", "I01", "T02")))
    assert list(table.iloc[0]) == ["I01", "Garage à vélos", "Titre de T01", "Titre de T02", "vous la nommez"]
    merged = deciding.moves(desk, deciding.tried(desk, deciding.act("merge", "T01", "T02")))
    assert set(merged["Parce que"]) == {"elle suit, par ressemblance"}


def test_what_was_recorded_is_in_words_and_marks_what_was_undone(desk: Desk) -> None:
    """One line a decision, oldest first; one that was taken back says so."""
    desk.record([Decision(0, "2024-03-01", "ab", "weak", "I01"), Decision(0, "2024-03-02", "ab", "undo", "1")])
    table = deciding.recorded(desk.reread())
    assert list(table["Décision"]) == ["I01 n’entre nulle part", "annulation de la décision 1"]
    assert list(table["État"]) == ["annulée", ""]
    assert list(table["when"]) == ["2024-03-01", "2024-03-02"]
    assert deciding.recorded(desk).empty


def test_before_and_after_share_titles_and_leave_weak_signals_out(desk: Desk) -> None:
    """What is compared is where ideas count; without decision both are the same."""
    before, after = deciding.before_and_after(desk)
    pd.testing.assert_series_equal(before, after)
    assert "I12" not in before
    desk.record([Decision(0, "2024-03-01", "ab", "merge", "T01", "T02")])
    before, after = deciding.before_and_after(desk.reread())
    assert before["I01"] == "Titre de T01"
    assert after["I01"] == "Titre de T02"


def test_agreement_of_the_same_reading_is_perfect() -> None:
    """Whatever names each reader uses; disagreements are then none."""
    first = pd.Series({f"I{n}": "AB"[n % 2] for n in range(12)})
    measures, apart = deciding.agreement(first, first.map({"A": "vélos", "B": "repas"}))
    assert list(measures["Valeur"]) == ["12", "1,00", "1,00", "1,00"]
    assert apart.empty


def test_disagreements_are_counted_and_named() -> None:
    """The most frequent one first, with its ideas."""
    first = pd.Series({f"I{n:02}": "AB"[n % 2] for n in range(12)})
    second = first.copy()
    second[["I00", "I02"]] = "B"
    _, apart = deciding.agreement(first, second)
    assert list(apart.iloc[0][["Premier", "Second", "Combien"]]) == ["A", "B", 2]
    assert "I00" in str(apart.iloc[0]["Idées"])


def test_without_a_second_reading_the_tables_are_empty() -> None:
    """A notebook run without the file shows empty tables, not an error."""
    measures, apart = deciding.agreement(pd.Series({"I1": "A"}, dtype=str), pd.Series(dtype=str))
    assert measures.empty
    assert apart.empty
    assert list(measures.columns) == ["Mesure", "Valeur", "Ce que cela veut dire"]
