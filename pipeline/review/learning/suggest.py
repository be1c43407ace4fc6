"""Which ideas to decide next: those whose answer would help most, in an order that reads well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.french import agree, counted, percent, typeset
from pipeline.review.entering.wording import title
from pipeline.review.learning.learn import Learned
from pipeline.review.learning.space import Space
from pipeline.review.learning.voices import Voices, apart, sentence, themes_said
from pipeline.review.replaying.state import State


@dataclass(frozen=True, slots=True)
class Question:
    """An idea to decide.

    Attributes:
        idea: its id.
        themes: the two likeliest themes, best first (one when there is only one).
        reason: why it is asked, in French.
        apart: who says what of it where a second reader, likeness alone and people differ, in French; or empty.
    """

    idea: str
    themes: tuple[str, ...]
    reason: str
    apart: str = ""


_NOBODY: Mapping[str, Voices] = {}


def suggest(
    state: State, learned: Learned, space: Space, count: int, said: Mapping[str, Voices] = _NOBODY
) -> tuple[Question, ...]:
    """Return the `count` undecided ideas to ask about: those on which voices differ, then the others.

    Among each, similar ones next to each other: uncertain between two themes, and far from what is already asked, for
    five alike would teach little more than one (margin with diversity; on the benchmark, expected error reduction ties
    with it and density weighting is behind).

    Args:
        state: of the review.
        learned: what is believed.
        space: of the ideas.
        count: of ideas.
        said: idea → what a second reader and likeness alone say of it.
    """
    doubt, undecided = 1 - _margin(learned.shares), _undecided(state, space)
    differ = np.array([apart(state, idea, said) > 0 for idea in space.ids], dtype=bool)
    rows: list[int] = []
    for group in (undecided & differ, undecided & ~differ):
        wanted = min(count - len(rows), int(group.sum()))
        rows += _reading_order(space, _spread(space, np.where(group, doubt, -1.0), wanted))
    return asked(state, learned, space, [space.ids[row] for row in rows], said)


def asked(
    state: State, learned: Learned, space: Space, ideas: Sequence[str], said: Mapping[str, Voices] = _NOBODY
) -> tuple[Question, ...]:
    """Return what would be asked of `ideas`, in their order; those that the space does not hold are left out."""
    row_of = {idea: row for row, idea in enumerate(space.ids)}
    undecided = _undecided(state, space)
    return tuple(_question(row_of[idea], state, learned, space, undecided, said) for idea in ideas if idea in row_of)


def _undecided(state: State, space: Space) -> np.ndarray:
    return np.array([state.places[idea].by is None for idea in space.ids], dtype=bool)


def _margin(shares: np.ndarray) -> np.ndarray:
    if shares.shape[1] == 1:
        return np.asarray(shares[:, 0])
    ordered = np.sort(shares, axis=1)
    return np.asarray(ordered[:, -1] - ordered[:, -2])


def _spread(space: Space, doubt: np.ndarray, count: int) -> list[int]:
    chosen: list[int] = []
    left = np.round(doubt, 6)
    for _ in range(count):
        row = int(left.argmax())
        chosen.append(row)
        likeness = np.clip(space.kernel(np.array([row]))[:, 0], 0, 1)
        left = np.where(left > 0, left * (1 - likeness), left)
        left[row] = -1.0
    return chosen


def _reading_order(space: Space, rows: list[int]) -> list[int]:
    """Start from the first, then always go to the most alike of those left."""
    left, ordered = list(rows[1:]), list(rows[:1])
    while left:
        likeness = space.kernel(np.array([ordered[-1]]))[:, 0]
        ordered.append(left.pop(int(np.argmax(likeness[left]))))
    return ordered


def _question(
    row: int, state: State, learned: Learned, space: Space, undecided: np.ndarray, said: Mapping[str, Voices]
) -> Question:
    """Return the question: between the two likeliest themes, or between the likeliest and that of another voice."""
    idea, best = space.ids[row], np.argsort(-learned.shares[row], kind="stable")[:2]
    themes = [learned.themes[place] for place in best]
    apart, others = sentence(state, idea, said), [t for t in themes_said(state, idea, said) if t != themes[0]]
    close = int(undecided[space.graph[[row]].indices].sum())
    depending = f"{counted(close, 'idée proche')} à décider en {agree(close, 'dépend', 'dépendent')}" if close else ""
    if apart:
        reason = f"{depending}." if depending else ""
        return Question(idea, (themes[0], *(others or themes[1:])[:1]), typeset(reason), apart)
    hesitates = hesitation([title(state, theme) for theme in themes], learned.shares[row, best])
    return Question(idea, tuple(themes), typeset(f"{hesitates}{' ; ' * bool(depending)}{depending}."))


def hesitation(titles: Sequence[str], shares: np.ndarray) -> str:
    """Return what the program thinks; it hesitates only where the second theme has a quarter of the first's chances."""
    said = [f"« {name} » ({percent(float(share))})" for name, share in zip(titles, shares, strict=True)]
    if len(said) == 1:
        return f"Pas sûre d’être dans {said[0]}"
    sure = 4 * float(shares[1]) < float(shares[0])
    return f"Plutôt {said[0]} que {said[1]}" if sure else f"Hésite entre {said[0]} et {said[1]}"
