"""A kind of answer is declared once: what the other lists have to say of each is there, or it is missed here."""

from __future__ import annotations

from typing import get_args

import pytest

from pipeline.french import typeset
from pipeline.params.groups import Answer
from pipeline.report.papers.template import _ours
from pipeline.words.kinds import ANSWER, GROUPS, KINDS, OF_TRADE


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_told_wherever_it_is_proposed(kind: str) -> None:
    """Each has names, a question, a reason without a figure, a step in the calendar, a section in the letters."""
    form = KINDS[kind]
    assert form.one != form.many
    assert typeset(form.question).endswith("\u202f?")
    assert form.reason.endswith(".")
    assert not any(sign.isdigit() for sign in form.reason)
    assert kind in get_args(Answer)
    assert kind in _ours()


def test_one_kind_alone_is_no_group() -> None:
    """What is no group is the answer of a directorate, to whom the call for answers is sent; trades are groups."""
    assert set(KINDS) - set(GROUPS) == {ANSWER}
    assert set(GROUPS) >= OF_TRADE
