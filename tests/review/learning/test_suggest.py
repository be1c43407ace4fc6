"""Which ideas to decide next, and what a decision would do."""

from __future__ import annotations

import itertools

from pipeline.review.entering.effect import effect
from pipeline.review.learning.learn import believe
from pipeline.review.learning.suggest import Question, suggest
from pipeline.review.outcome.tables import state_of
from pipeline.review.stage import decide
from tests.review.candidates import tables
from tests.review.learning.test_learn import IDS, PER_THEME, TRUTH, _acts, _space


def _questions(count: int, *rows: tuple[str, str, str]) -> tuple[Question, ...]:
    places = [
        (idea, ("T01", "T02", "T03")[truth], 0.3 if number % PER_THEME == 0 else 0.9, None)
        for number, (idea, truth) in enumerate(zip(IDS, TRUTH, strict=True))
    ]
    state = decide(state_of(*tables(places)), _acts(*rows), _space()).state
    believed = believe(state, _space())
    assert believed is not None
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
