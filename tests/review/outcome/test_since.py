"""What changed since people last decided, said by titles and by what it means for whoever knew the themes."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.outcome.identity import labels_of, members_of
from pipeline.review.outcome.since import changes
from pipeline.review.replaying.state import Gone, Place, Remembered, State, Theme

WAS = {
    "T01": Remembered("Vélo", frozenset({"I01", "I02", "I03", "I04"})),
    "T02": Remembered("Repas", frozenset({"I05", "I06"})),
}


def state(found: dict[str, frozenset[str]], **known: object) -> State:
    """Return the state of themes as found, titles of this search, nothing decided unless `known` says so."""
    places = {idea: Place(theme, 0.5) for theme, ideas in found.items() for idea in ideas}
    seen = {"T01": "Vélo", "T02": "Repas", "T03": "Sport"}
    themes = {theme: Theme(seen[theme]) for theme in found}
    return State(**{"themes": themes, "places": places, "found": places, **known})  # type: ignore[arg-type] # fields


def told(found: dict[str, frozenset[str]], after: State | None = None, **titles: str) -> dict[str, tuple[str, str]]:
    """Return id → (change, text without no-break spaces)."""
    labels = {"T01": "Vélo", "T02": "Repas", "T03": "Sport", **titles}
    table = changes(found, WAS, after or state(found), labels)
    rows = zip(table["id"], table["change"], table["text"], strict=True)
    return {key: (change, text.replace("\u00a0", " ").replace("\u202f", " ")) for key, change, text in rows}


SAME = {theme: known.members for theme, known in WAS.items()}


def test_before_any_decision_there_is_nothing_to_compare() -> None:
    """An empty table, of the right columns."""
    assert changes(SAME, {}, state(SAME), {}).empty


def test_the_same_search_says_so() -> None:
    """Every theme kept, no idea moved, no count of what did not change."""
    assert told(SAME) == {"T01": ("kept", "« Vélo » : 4 idées."), "T02": ("kept", "« Repas » : 2 idées.")}


def test_new_ideas_alone_come_from_no_other_theme() -> None:
    """Ideas of this year are more ideas, and nothing else is said of them."""
    found = SAME | {"T01": SAME["T01"] | {"N1", "N2", "N3"}}
    assert told(found)["T01"] == ("changed", "« Vélo » : 7 idées (3 de plus).")


def test_what_a_theme_gained_and_lost() -> None:
    """New ideas are told from those of another theme, which are also told one by one."""
    found = {"T01": frozenset({"I01", "I02", "I03", "I05", "N1"}), "T02": frozenset({"I06", "I04"})}
    said = told(found)
    assert said["T01"] == ("changed", "« Vélo » : 5 idées (2 de plus dont 1 d’un autre thème, 1 de moins).")
    assert said["T02"] == ("changed", "« Repas » : 2 idées (1 de plus d’un autre thème, 1 de moins).")
    assert said["I05"] == (
        "moved",
        "Du thème « Repas » au thème « Vélo » : les idées qui lui ressemblent ont changé.",
    )
    assert "N1" not in said


def test_a_theme_that_is_gone_says_where_its_ideas_are() -> None:
    """The theme that holds most of them, or the weak signals; the new theme says how many come from elsewhere."""
    found = {"T01": SAME["T01"], "T03": frozenset({"I05", "N1", "N2"})}
    after = state(found)
    after = after.with_place("I06", Place("T01", 0.1, weak=True))
    said = told(found, after)
    assert said["T02"][0] == "gone"
    assert said["T02"][1].startswith("« Repas » n’a pas été retrouvé. De ses 2 idées, 1 est ")
    assert said["T03"] == ("new", "« Sport » : 3 idées, dont 1 était dans un autre thème.")
    assert said["I05"][1].endswith("l’ancien thème n’a pas été retrouvé.")
    assert "aux signaux faibles" in said["I06"][1]


def test_a_theme_that_is_gone_with_its_ideas() -> None:
    """Ideas withdrawn from the export are in no theme."""
    assert told({"T01": SAME["T01"]})["T02"][1] == "« Repas » n’a pas été retrouvé, ni aucune de ses idées."


def test_another_title_is_told_unless_a_person_gave_it() -> None:
    """The reader looks for the title seen last time; a title that a person gave stays anyway."""
    found, after = SAME, state(SAME)
    after = after.with_theme("T01", Theme("Mobilité"))
    assert told(found, after, T01="Mobilité")["T01"][1] == "« Mobilité » : 4 idées. Son titre était « Vélo »."
    after = after.with_theme("T01", Theme("Notre titre"))
    assert told(found, after, T01="Mobilité")["T01"][1] == "« Notre titre » : 4 idées."


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"pinned": {"T02": SAME["T02"]}}, "Figé par une décision, il garde les siennes."),
        ({"gone": {"T02": Gone(3, "T01")}, "themes": {"T01": Theme("Vélo")}}, "Une décision le réunit à « Vélo »."),
        ({"gone": {"T02": Gone(3, None)}, "themes": {"T01": Theme("Vélo")}}, "Une décision l’écarte."),
    ],
)
def test_what_decisions_made_of_a_theme_is_said(known: dict[str, object], said: str) -> None:
    """A theme found again and closed by a decision is not in the reader's list: the sentence says why."""
    assert told(SAME, state(SAME, **known))["T02"][1] == f"« Repas » : 2 idées. {said}"


def test_a_pinned_theme_that_was_not_found_is_kept_by_its_decision() -> None:
    """It is still in the reader's list."""
    found = {"T01": SAME["T01"]}
    after = state(found).with_theme("T02", Theme("Repas"))
    assert told(found, after)["T02"][1] == "« Repas » n’a pas été retrouvé ; une décision le garde."


def test_an_idea_that_decisions_keep_in_place_has_not_moved() -> None:
    """Placed by a person, drawn back by what people taught, or in the theme that its own was merged into."""
    found = {"T01": SAME["T01"] | {"I05"}, "T02": frozenset({"I06"})}
    assert "I05" in told(found)
    for place in (Place("T01", 1.0, by=4), Place("T02", 0.6)):
        assert "I05" not in told(found, state(found).with_place("I05", place))
    merged = state(found, gone={"T02": Gone(3, "T01")}, themes={"T01": Theme("Vélo")})
    assert "I05" not in told(found, merged)


def test_an_idea_that_decisions_draw_elsewhere_says_so() -> None:
    """Neither the former theme nor the one that the search found."""
    found = {"T01": SAME["T01"] | {"I05"}, "T02": frozenset({"I06"}), "T03": frozenset({"N1"})}
    said = told(found, state(found).with_place("I05", Place("T03", 0.6)))
    assert said["I05"][1] == (
        "Du thème « Repas » au thème « Sport » : les idées qui lui ressemblent ont changé,"
        " et vos décisions l’y attirent."
    )


@given(
    st.dictionaries(st.sampled_from([f"I0{n}" for n in range(1, 7)] + ["N1"]), st.sampled_from(["T01", "T02", "T03"]))
)
def test_every_theme_is_told_once_and_every_move_is_real(homes: dict[str, str]) -> None:
    """Whatever was found: each theme of either search has one line, an idea that stayed has none."""
    found = {theme: frozenset(i for i, home in homes.items() if home == theme) for theme in set(homes.values())}
    table = changes(found, WAS, state(found), {theme: theme for theme in found})
    themes = table.loc[table["what"] == "theme", "id"]
    assert sorted(themes) == sorted({*found, *WAS})
    moved = set(table.loc[table["what"] == "idea", "id"])
    former = {idea: theme for theme, known in WAS.items() for idea in known.members}
    assert moved == {idea for idea, home in homes.items() if idea in former and former[idea] != home}


def test_titles_and_members_come_from_the_tables() -> None:
    """What the comparison reads; a theme without title in the table cannot be."""
    themes = pd.DataFrame({"theme_id": ["T01"], "label": ["Vélo"]})
    places = pd.DataFrame({"idea_id": ["I01", "I02"], "theme_id": ["T01", "T01"], "weak_signal": [False, True]})
    assert labels_of(themes) == {"T01": "Vélo"}
    assert members_of(places) == {"T01": frozenset({"I01"})}


def test_a_theme_that_lost_a_quarter_is_not_said_to_be_kept() -> None:
    """Three of four ideas left is a change; one idea more among ten is none."""
    fewer = {"T01": frozenset({"I01", "I02", "I03"}), "T02": SAME["T02"]}
    assert told(fewer)["T01"][0] == "changed"
    many = frozenset(f"I{n:02}" for n in range(10))
    table = changes(
        {"T01": many | {"I10"}}, {"T01": Remembered("Vélo", many)}, state({"T01": many | {"I10"}}), {"T01": "Vélo"}
    )
    assert set(table["change"]) == {"kept"}
