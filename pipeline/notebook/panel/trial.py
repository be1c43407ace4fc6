"""What a draft would change, and recording it: the desk and a view in, a trial or the desk afterwards out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.errors import MinilabsError
from pipeline.french import counted
from pipeline.messages import sentence
from pipeline.notebook.deciding import act
from pipeline.notebook.panel.lists import unread
from pipeline.notebook.panel.menu import drafted
from pipeline.notebook.panel.view import ASKED, PAGE, View
from pipeline.review.entering.effect import Effect
from pipeline.review.replaying.decisions import Decision
from pipeline.shells.deciding.desk import Desk

QUESTIONS = 10
"""Ideas asked about at once: what is read in a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft would do.

    Attributes:
        acts: its decisions, unsigned.
        change: what would move; None when the draft is refused.
        problems: why it would not apply, French sentences.
    """

    acts: tuple[Decision, ...]
    change: Effect | None
    problems: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be recorded."""
        return self.change is not None and not self.problems


def trial(desk: Desk, view: View) -> Trial | None:
    """Return what the draft of a view would change, None while there is none; nothing is recorded."""
    acts = drafted(desk, view)
    if not acts:
        return None
    try:
        acts = desk.resolved(acts)
        change, problems = desk.tried(acts)
    except MinilabsError as refused:
        return Trial(tuple(acts), None, (sentence(refused),))
    return Trial(tuple(acts), change, tuple(problems))


def record(desk: Desk, acts: Sequence[Decision], who: str, reason: str) -> tuple[Desk, str]:
    """Record acts and return the desk afterwards with a sentence that says what was done.

    Raises:
        MinilabsError: the file is busy or damaged, or the disk is full; nothing is then recorded.
    """
    signed = [act(one.action, one.target, one.value, reason.strip(), who.strip()) for one in acts]
    done = desk.record([replace(one, when=signed[0].when) for one in signed])
    numbers = f"n° {done[0].seq}" if len(done) == 1 else f"n° {done[0].seq} à {done[-1].seq}"
    said = counted(len(done), "décision enregistrée", "décisions enregistrées")
    return desk.reread(), f"{said} ({numbers})."


def onward(desk: Desk, view: View, before: Sequence[str]) -> View:
    """Return the view after a decision: the next idea of the list, new questions when all are answered.

    On a page, what is left of it; the next page when it is confirmed.

    Args:
        desk: after the decision.
        view: before it.
        before: the ideas that were listed then.
    """
    if view.scope != "ideas":
        return _still_there(desk, view.dropped())
    view = replace(view, queue=_unanswered(desk, view))
    if view.shown == PAGE:
        return replace(view.dropped(), ideas=()) if unread(desk, view) else reading(desk, view)
    if view.shown == ASKED and not view.queue:
        return asking(desk, view)
    return _to_next(desk, view, before)


def _unanswered(desk: Desk, view: View) -> tuple[str, ...]:
    places = desk.now.state.places
    return tuple(idea for idea in view.queue if idea not in view.ideas and places[idea].by is None)


def _to_next(desk: Desk, view: View, before: Sequence[str]) -> View:
    places = desk.now.state.places
    chosen = _following(view, [idea for idea in before if idea in places])
    theme = places[chosen[0]].theme if chosen else None
    return _still_there(desk, view.choosing(chosen, theme))


def _following(view: View, before: Sequence[str]) -> Sequence[str]:
    """Return the idea after the chosen ones in the list, the first left when there is none, as a list of one."""
    last = max((before.index(idea) for idea in view.ideas if idea in before), default=-1)
    return (before[last + 1 :] or [idea for idea in before if idea not in view.ideas])[:1]


def asking(desk: Desk, view: View) -> View:
    """Return the view of the questions worth asking now."""
    asked = view.asking([question.idea for question in desk.questions(QUESTIONS)])
    theme = desk.now.state.places[asked.ideas[0]].theme if asked.ideas else None
    return asked.choosing(asked.ideas, theme)


def reading(desk: Desk, view: View) -> View:
    """Return the view of the page best read now; an empty one when everything is decided."""
    page = desk.page()
    return view.reading(page.ideas if page else (), page.theme if page else "")


def _still_there(desk: Desk, view: View) -> View:
    """Return the view without the themes that a decision closed."""
    themes = desk.now.state.themes
    shown = view.shown if view.shown.startswith("?") or view.shown in themes else ASKED
    theme = desk.now.state.current(view.theme)
    return replace(view, shown=shown, theme=theme if theme in themes else "")
