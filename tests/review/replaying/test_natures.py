"""The kind of a theme follows what people decide."""

from __future__ import annotations

import pandas as pd

from pipeline.review import Reviewed, review
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.natures import held
from tests.review.candidates import tables

COOKS, OTHERS = [f"I{n:02d}" for n in range(1, 9)], [f"I{n:02d}" for n in range(9, 21)]
CANDIDATES = tables([(idea, "T01" if idea in COOKS[:4] else "T02", 0.8, None) for idea in COOKS + OTHERS])
PEOPLE = pd.DataFrame(
    [(f"A-{idea}", "Lycées", "cuisinier", f"Lycée {idea}") for idea in COOKS]
    + [(f"A-{idea}", f"Direction {n % 6}", f"métier {n}", f"Ville {n}") for n, idea in enumerate(OTHERS)],
    columns=["holder_id", "directorate", "occupation", "place"],
)
OWNED = pd.DataFrame({"idea_id": COOKS + OTHERS, "holder_id": [f"A-{idea}" for idea in COOKS + OTHERS]})


def _acts(*acts: tuple[str, str, str]) -> list[Decision]:
    return [Decision(n, "2024-03-01", "ab", *act) for n, act in enumerate(acts, start=1)]


def _reviewed(*acts: tuple[str, str, str], people: pd.DataFrame = PEOPLE) -> Reviewed:
    return review(*CANDIDATES, _acts(*acts), held=held(people, OWNED, 1))


def _row(reviewed: Reviewed, theme: str) -> dict[str, object]:
    rows = reviewed.themes.set_index("theme_id", drop=False)
    return dict(rows.loc[theme])


def test_a_theme_that_a_person_defines_gets_the_kind_its_holders_call_for() -> None:
    """Defined empty, it has none; once the cooks' ideas are in it, it is their community and names their trade."""
    define = ("define", "Cuisines", "")
    theme = new_theme_id(_acts(define)[0])
    assert _row(_reviewed(define), theme)["kind"] == ""
    row = _row(_reviewed(define, *(("assign", idea, theme) for idea in COOKS)), theme)
    assert (row["kind"], row["kind_because"], row["trade"]) == ("communaute_metier", "trade", ["cuisinier"])
    assert "cuisinier" in str(row["kind_reason"])


def test_moving_ideas_changes_the_kind_of_the_theme_they_leave() -> None:
    """With the cooks gathered, the other theme is held by everybody: a MiniLab with its figures."""
    row = _row(_reviewed(*(("assign", idea, "T01") for idea in COOKS)), "T02")
    assert (row["kind"], row["kind_because"], row["holders"]) == ("minilab", "spread", len(OTHERS))
    assert row["transversality"] is not None


def test_the_kind_a_person_chose_stays() -> None:
    """Whatever moves afterwards; the occupations that a community admits still follow its holders."""
    acts = [("kind", "T01", "communaute_metier"), *(("assign", idea, "T01") for idea in OTHERS)]
    row = _row(_reviewed(*acts), "T01")
    assert (row["kind"], row["kind_because"], row["trade"]) == ("communaute_metier", "decided", ["cuisinier"])


def test_a_theme_split_off_is_judged_by_its_own_holders() -> None:
    """The kind that a person chose for the whole is not theirs for the part."""
    split = ("split", "T02", "|".join(OTHERS))
    part = new_theme_id(_acts(split)[0])
    reviewed = _reviewed(("kind", "T02", "reponse_direction"), split, ("rename", part, "Vélos"))
    assert _row(reviewed, part)["kind"] == "minilab"
    assert _row(reviewed, "T02")["kind"] == "reponse_direction"


def test_a_theme_split_off_has_no_kind_until_it_has_a_title() -> None:
    """« Nouveau thème, issu de T02 » tells no subject: nobody is sent there, and choosing its kind says what to do."""
    split = ("split", "T02", "|".join(OTHERS))
    part = new_theme_id(_acts(split)[0])
    reviewed = _reviewed(split, ("kind", part, "minilab"))
    row = _row(reviewed, part)
    assert (row["kind"], row["kind_because"], row["holders"]) == ("", "untitled", len(OTHERS))
    assert "renommer" in str(reviewed.conflicts["problem"][0])


def test_a_theme_without_an_honest_title_has_no_kind_until_a_person_titles_it() -> None:
    """Its holders would call for one: moving ideas and the other theme change nothing, a title gives it back."""
    themes = CANDIDATES[0].assign(kind_because=["mixed", "spread"], kind=["", "minilab"])
    moved = [("assign", idea, "T01") for idea in COOKS]

    def kinds(*acts: tuple[str, str, str]) -> list[tuple[object, object]]:
        found = review(themes, CANDIDATES[1], _acts(*acts), held=held(PEOPLE, OWNED, 1)).themes
        return list(zip(found["kind"], found["kind_because"], strict=True))

    assert kinds(*moved) == [("", "mixed"), ("minilab", "spread")]
    assert kinds(*moved, ("rename", "T01", "Repas"))[0] == ("communaute_metier", "trade")
    assert kinds(*moved, ("merge", "T01", "T02")) == [("minilab", "spread")]


def test_a_theme_without_a_known_holder_is_a_question() -> None:
    """It is left without a kind, and says so."""
    row = _row(_reviewed(people=PEOPLE.head(0)), "T01")
    assert (row["kind"], row["kind_because"], row["holders"]) == ("", "unknown", 0)
    assert "Aucun porteur connu" in str(row["kind_reason"])
