"""Which ideas to decide next, and what a decision would do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from pipeline.french import typeset
from pipeline.review.entering.effect import Effect, Move, effect
from pipeline.review.learning.learn import Learned, believe
from pipeline.review.learning.space import build
from pipeline.review.learning.suggest import Question, hesitation, suggest
from pipeline.review.learning.voices import Voices, apart, sentence
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.state import Place, State, Theme
from pipeline.review.stage import decide
from tests.review.candidates import tables
from tests.review.learning.test_learn import IDS, PER_THEME, TRUTH, _acts, _space


def _believed(*rows: tuple[str, str, str]) -> tuple[State, Learned]:
    places = [
        (idea, ("T01", "T02", "T03")[truth], 0.3 if number % PER_THEME == 0 else 0.9, None)
        for number, (idea, truth) in enumerate(zip(IDS, TRUTH, strict=True))
    ]
    state = decide(state_of(*tables(places)), _acts(*rows), _space()).state
    believed = believe(state, _space())
    assert believed is not None
    return state, believed


def _questions(count: int, *rows: tuple[str, str, str]) -> tuple[Question, ...]:
    state, believed = _believed(*rows)
    return suggest(state, believed, _space(), count)


def test_doubtful_ideas_are_asked_first() -> None:
    """The three ideas that are barely in their theme are the three asked."""
    assert {question.idea for question in _questions(3)} == {IDS[0], IDS[PER_THEME], IDS[2 * PER_THEME]}


def test_decided_ideas_are_not_asked_again() -> None:
    """What a person said is settled."""
    assert IDS[0] not in {question.idea for question in _questions(10, ("assign", IDS[0], "T02"))}


def test_no_more_questions_than_ideas() -> None:
    """Asking for more than there is gives each idea once, similar ones next to each other."""
    asked = [question.idea for question in _questions(100)]
    assert sorted(asked) == IDS
    kinds = [TRUTH[IDS.index(idea)] for idea in asked]
    assert sum(a != b for a, b in itertools.pairwise(kinds)) < 8


def test_reason_names_the_two_best_themes() -> None:
    """A question says between which titles it hesitates, in French."""
    (question,) = _questions(1)
    assert len(question.themes) == 2
    assert question.reason.startswith("Hésite entre «\u202fTitre de ")


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((0.88, 0.01), "Plutôt «\u202fA\u202f» (88\u202f%) que «\u202fB\u202f» (1\u202f%)"),
        ((0.43, 0.43), "Hésite entre «\u202fA\u202f» (43\u202f%) et «\u202fB\u202f» (43\u202f%)"),
        ((0.3,), "Pas sûre d’être dans «\u202fA\u202f» (30\u202f%)"),
    ],
)
def test_it_hesitates_only_between_likely_themes(shares: tuple[float, ...], said: str) -> None:
    """An idea that is nearly surely in one theme is not said to hesitate with another at one per cent."""
    assert typeset(hesitation(["A", "B"][: len(shares)], np.array(shares))) == said


def test_effect_counts_named_ideas_and_followers_apart() -> None:
    """The sentence tells the ideas one acts on from those that would follow."""
    places = [(idea, ("T01", "T01", "T03")[truth], 0.5, None) for idea, truth in zip(IDS, TRUTH, strict=True)]
    before = state_of(*tables(places))
    acts = _acts(("split", "T01", "|".join(IDS[PER_THEME : PER_THEME + 5])))
    change = effect(before, decide(before, acts, _space()).state, acts)
    assert len(change.named) == 5
    assert len(change.followers) >= 5
    assert str(change) == f"5\u00a0idées changeraient de thème, {len(change.followers)}\u00a0autres idées suivraient."
    assert str(effect(before, before, acts)) == "Aucune idée ne changerait de thème."


def test_what_moves_is_told_in_words() -> None:
    """Ideas that people name, and those that follow them: each, both or none."""
    one, two = Move("G1", "T1", "T2"), Move("G2", "T1", "T2")
    told = [
        str(Effect(named, others)) for named, others in (((one,), ()), ((), (one, two)), ((one,), (two,)), ((), ()))
    ]
    assert [line.replace("\xa0", " ") for line in told] == [
        "1 idée changerait de thème, aucune autre ne suivrait.",
        "2 idées changeraient de thème.",
        "1 idée changerait de thème, 1 autre idée suivrait.",
        "Aucune idée ne changerait de thème.",
    ]


def _said(idea: str, reader: str | None, alone: str | None, *, hesitant: bool = False) -> dict[str, Voices]:
    return {idea: Voices(reader, alone, hesitant)}


def test_ideas_on_which_voices_differ_are_asked_first() -> None:
    """The idea that the reader and its text put in two themes comes before doubtful ones, and the sentence says it."""
    state, believed = _believed()
    sure = IDS[1]
    said = _said(sure, "T01", "T02") | _said(IDS[2], "T01", "T01")
    first, *others = suggest(state, believed, _space(), 4, said)
    assert (first.idea, first.themes) == (sure, ("T01", "T02"))
    one, other = (state.themes[theme].label for theme in ("T01", "T02"))
    told = f"le lecteur la met dans « {one} » et son texte, comparé aux autres, la mettrait dans « {other} »"
    assert first.apart == typeset(f"À départager : {told}.")
    assert {question.idea for question in others} == {IDS[0], IDS[PER_THEME], IDS[2 * PER_THEME]}
    assert [question.apart for question in others] == ["", "", ""]


def test_a_person_who_moved_the_theme_is_a_third_voice() -> None:
    """Where decisions put an idea elsewhere than both, the sentence has it; a theme that was merged is its new one."""
    state, _ = _believed()
    idea = IDS[0]
    moved = state.with_place(idea, Place("T03", 0.8))
    assert apart(moved, idea, _said(idea, "T01", "T02")) == 2
    assert "elle est rangée dans" in sentence(moved, idea, _said(idea, "T01", "T02"))
    assert apart(moved, idea, _said(idea, "T03", "T03")) == 0
    assert sentence(moved, idea, _said(idea, "T03", "T03")) == ""
    assert sentence(moved, idea, _said(idea, "T03", "T03", hesitant=True)).endswith(
        "deux lectures du lecteur diffèrent."
    )
    merged = decide(state, _acts(("merge", "T02", "T01")), _space()).state
    assert apart(merged, idea, _said(idea, "T01", "T02")) == 0
    closed = decide(state, _acts(("reject", "T02", "")), _space()).state
    assert apart(closed.with_place(idea, Place("T01", 0.8)), idea, _said(idea, "T01", "T02")) == 0
    assert "nulle part" in sentence(moved, idea, _said(idea, None, "T03"))


def _with_shares(*rows: tuple[float, ...]) -> tuple[State, Learned]:
    """Return three ideas with so much in each theme."""
    themes = tuple(f"T{n:02d}" for n in range(1, len(rows[0]) + 1))
    state = State({t: Theme(f"Titre de {t}") for t in themes}, {i: Place("T01", 0.5) for i in IDS[:3]}, {})
    shares = np.array(rows)
    return state, Learned(state, themes, shares, shares.max(axis=1))


_APART = build(IDS[:3], np.eye(3))


def test_an_idea_between_two_themes_comes_before_one_between_none() -> None:
    """Half and half is more doubtful than .6 against .2 and .2, whatever the rest adds up to."""
    state, learned = _with_shares((0.6, 0.2, 0.2), (0.5, 0.5, 0.0), (0.9, 0.05, 0.05))
    assert [question.idea for question in suggest(state, learned, _APART, 2)] == [IDS[1], IDS[0]]


def test_with_one_theme_the_least_sure_is_asked() -> None:
    """There is nothing to hesitate with: what counts is how surely an idea is in the only theme."""
    state, learned = _with_shares((0.9,), (0.2,), (0.5,))
    (question,) = suggest(state, learned, _APART, 1)
    assert (question.idea, question.themes) == (IDS[1], ("T01",))


def test_the_theme_of_another_voice_is_asked_about() -> None:
    """Where the reader names the third likeliest theme, the question is between the first and that one."""
    state, learned = _with_shares((0.6, 0.3, 0.1), (0.9, 0.1, 0.0), (0.9, 0.1, 0.0))
    (question,) = suggest(state, learned, _APART, 1, _said(IDS[0], "T03", "T01"))
    assert question.themes == ("T01", "T03")
