"""Trying, recording, going on: what the panel does between two decisions."""

from __future__ import annotations

from pipeline.notebook.panel.trial import QUESTIONS, asking, onward, reading, record, trial
from pipeline.notebook.panel.view import ALL, ASKED, PAGE, View
from pipeline.review.replaying.decisions import new_theme_id
from pipeline.shells.deciding.desk import Desk, open_desk
from tests.notebooks.panel.test_lists import decided

ONE = View(shown=ALL, ideas=("I01",), theme="T01")


def test_a_trial_tells_and_records_nothing(desk: Desk) -> None:
    """The effect is that of the decision recorded, before it is."""
    tried = trial(desk, ONE.drafting("assign:T02"))
    assert tried is not None
    assert tried.ready
    assert tried.change is not None
    assert [(move.idea, move.was, move.now) for move in tried.change.named] == [("I01", "T01", "T02")]
    assert open_desk(desk.workspace).decisions == ()
    after, _ = record(desk, tried.acts, "ab", "")
    homes = {move.idea: move.now for move in (*tried.change.named, *tried.change.followers)}
    assert {idea: after.now.state.places[idea].home for idea in homes} == homes


def test_no_draft_no_trial(desk: Desk) -> None:
    """While something is missing there is nothing to try."""
    assert trial(desk, ONE) is None
    assert trial(desk, ONE.drafting("assign")) is None


def test_what_would_not_apply_is_refused_in_words(desk: Desk) -> None:
    """A theme that is gone, an idea that is unknown: the sentence says what it would need, nothing can be recorded."""
    tried = trial(desk, ONE.drafting("assign").filling("T99"))
    assert tried is not None
    assert not tried.ready
    assert "T99" in tried.problems[0]
    lost = trial(desk, View(theme="T99", scope="theme").drafting("define").filling("Sport"))
    assert lost is not None
    assert lost.ready


def test_pinning_lists_the_ideas_of_the_theme(desk: Desk) -> None:
    """What is pinned is what was seen."""
    tried = trial(desk, View(theme="T03", scope="theme").drafting("pin"))
    assert tried is not None
    assert tried.acts[0].value == "I09|I10|I11"


def test_a_record_is_signed_and_numbered(desk: Desk) -> None:
    """Who, when, why; the number is said, since it is what takes the decision back."""
    tried = trial(desk, View(ideas=("I01", "I05")).drafting("weak"))
    assert tried is not None
    after, said = record(desk, tried.acts, " MD ", " hors sujet ")
    assert [(one.who, one.reason) for one in after.decisions] == [("MD", "hors sujet")] * 2
    assert all(one.when for one in after.decisions)
    assert said == "2\u00a0décisions enregistrées (n° 1 à 2)."


def test_decisions_of_other_doors_are_seen(desk: Desk) -> None:
    """The file is read again at each record: someone may decide in a terminal meanwhile."""
    decided(desk, ("weak", "I05", ""))
    tried = trial(desk, ONE.drafting("weak"))
    assert tried is not None
    after, said = record(desk, tried.acts, "ab", "")
    assert [one.target for one in after.decisions] == ["I05", "I01"]
    assert "n° 2" in said


def test_a_split_and_its_title_are_recorded_together(desk: Desk) -> None:
    """The new theme has its title at once."""
    tried = trial(desk, View(ideas=("I01", "I02"), theme="T01", scope="theme").drafting("split").filling("Vélo"))
    assert tried is not None
    assert tried.ready, tried.problems
    after, _ = record(desk, tried.acts, "ab", "")
    assert after.now.state.themes[new_theme_id(after.decisions[0])].label == "Vélo"


def test_answering_goes_to_the_next_question_then_to_new_ones(desk: Desk) -> None:
    """Questions keep their order while they last; decided ones leave."""
    view = View(queue=("I02", "I03", "I05"), ideas=("I02",))
    after = decided(desk, ("assign", "I02", "T02"))
    second = onward(after, view, ["I02", "I03", "I05"])
    assert (second.queue, second.ideas, second.act) == (("I03", "I05"), ("I03",), "")
    last = onward(after, View(queue=("I02",), ideas=("I02",)), ["I02"])
    assert len(last.queue) == QUESTIONS
    assert "I02" not in last.queue
    assert last.shown == ASKED


def test_deciding_in_a_list_goes_to_the_idea_that_followed(desk: Desk) -> None:
    """Although the decided one has left the list; at its end one starts again from the first left."""
    after = decided(desk, ("assign", "I02", "T02"))
    before = ["I01", "I02", "I03", "I04"]
    assert onward(after, View(shown="T01", ideas=("I02",)), before).ideas == ("I03",)
    assert onward(after, View(shown="T01", ideas=("I04",)), before).ideas == ("I01",)
    assert onward(after, View(shown="T01", ideas=tuple(before)), before).ideas == ()


def test_a_page_is_read_to_its_end_then_the_next_one_comes(desk: Desk) -> None:
    """Exceptions moved, one is back on what is left of the page; confirmed, on another page; at last on none."""
    view = reading(desk, View())
    first = view.page
    assert (view.shown, view.ideas) == (PAGE, ())
    moved = trial(desk, view.choosing(first[:1], None).drafting("weak"))
    assert moved is not None
    desk, _ = record(desk, moved.acts, "ab", "")
    rest = onward(desk, view.choosing(first[:1], None), first)
    assert (rest.page, rest.ideas, rest.act) == (first, (), "")
    pages = 0
    while rest.page:
        confirmed = trial(desk, rest.drafting(f"page:{rest.page_theme}"))
        assert confirmed is not None
        assert confirmed.ready, confirmed.problems
        desk, _ = record(desk, confirmed.acts, "ab", "")
        assert len({one.when for one in desk.decisions[-len(confirmed.acts) :]}) == 1
        rest, pages = onward(desk, rest, rest.page), pages + 1
    assert pages > 1
    assert all(place.by is not None for place in desk.now.state.places.values())
    assert desk.now.state.places[first[0]].home is None
    assert all(desk.now.state.places[idea].home == view.page_theme for idea in first[1:])


def test_a_closed_theme_is_left(desk: Desk) -> None:
    """After a merge one decides on the theme that remains, after a rejection on none."""
    view = View(shown="T01", theme="T01", scope="theme", act="merge", value="T02")
    merged = onward(decided(desk, ("merge", "T01", "T02")), view, [])
    assert (merged.shown, merged.theme, merged.act) == (ASKED, "T02", "")
    rejected = onward(decided(desk, ("reject", "T03", "")), View(shown=ALL, theme="T03", scope="theme"), [])
    assert (rejected.shown, rejected.theme) == (ALL, "")


def test_questions_are_those_of_the_desk(desk: Desk) -> None:
    """The same as « minilabs suggest » gives, the first one chosen with its theme."""
    view = asking(desk, View())
    assert list(view.queue) == [question.idea for question in desk.questions(QUESTIONS)]
    assert view.theme == desk.now.state.places[view.queue[0]].theme
