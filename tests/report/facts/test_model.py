"""The view's small rules: titles on one line, long texts, what is still pending."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import Report
from pipeline.report.facts.ideas import LONG_LINES, LONG_TEXT, LONG_TITLE, Held, one_line


@given(st.text(max_size=400))
def test_a_title_fits_on_a_line(title: str) -> None:
    """Whatever is typed: one line, cut with an ellipsis, without marks that turn it around."""
    said = one_line(title)
    assert len(said) <= LONG_TITLE
    assert "\n" not in said
    assert not set(said) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
    assert one_line(said) == said


def test_long_texts_scroll(report: Report) -> None:
    """A text of thousands of characters, or of many lines, is long; an ordinary one is not."""
    idea = report.ideas[0]
    assert not replace(idea, description="court", benefits="").long
    assert replace(idea, description="x" * (LONG_TEXT + 1)).long
    assert replace(idea, description="x\n" * (LONG_LINES + 1)).long


def test_attributes_are_said_once(report: Report) -> None:
    """Two holders of one directorate say it once; what is withheld is not said at all."""
    idea = replace(report.ideas[0], held=(Held("D", "S", ""), Held("D", "", "P")))
    assert (idea.directorates, idea.sites, idea.departments) == (("D",), ("S",), ("P",))


def test_pending_is_said_once(report: Report) -> None:
    """None, some, all outcomes known: each its own sentence, the last one none."""
    some = replace(report, ideas=(replace(report.ideas[0], outcome="Réalisée."), *report.ideas[1:]))
    every = replace(report, ideas=tuple(replace(idea, outcome="Réalisée.") for idea in report.ideas))
    assert report.pending.startswith("Aucune suite")
    assert some.pending.startswith("Une idée sous laquelle")
    assert every.pending == ""


def test_waiting_twice_is_said_where_lines_are_summed(report: Report) -> None:
    """The column of people in line sums to more than those who wait: the note says why; otherwise there is none."""
    lines = sum(lab.waiting for lab in report.labs)
    assert replace(report, waiting=lines).twice == ""
    assert replace(report, waiting=lines - 1).twice == "Une personne peut attendre dans deux groupes."
