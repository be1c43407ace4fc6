"""What the panel lists: which ideas a view shows, in which order, under which words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.french import fold, typeset
from pipeline.notebook.panel.view import ALL, ASKED, DECIDED, DISCUSSED, PAGE, UNDECIDED, WEAK, View
from pipeline.review.entering.wording import title
from pipeline.review.replaying.state import Place, State
from pipeline.shells.deciding.desk import Desk

MOST = 400
"""Ideas listed at once: a longer list is narrowed by a theme or a search."""

_LISTS: dict[str, tuple[str, Callable[[State, str], bool]]] = {
    ALL: ("Toutes les idées", lambda _state, _idea: True),
    UNDECIDED: ("Pas encore décidées", lambda state, idea: state.places[idea].by is None),
    DECIDED: ("Déjà décidées", lambda state, idea: state.places[idea].by is not None),
    WEAK: ("Signaux faibles", lambda state, idea: state.places[idea].home is None),
    DISCUSSED: ("À discuter", lambda state, idea: idea in state.discussed),
}


@dataclass(frozen=True, slots=True)
class Texts:
    """What people wrote, by idea id.

    Attributes:
        titles: of the ideas.
        bodies: paragraphs below the title.
        folded: all of it without accents and case, to be searched.
    """

    titles: Mapping[str, str]
    bodies: Mapping[str, tuple[str, ...]]
    folded: Mapping[str, str]

    @classmethod
    def of(cls, ideas: pd.DataFrame) -> Texts:
        """Return the texts of the table `ideas`."""
        ids = [str(idea) for idea in ideas["idea_id"]]
        titles = dict(zip(ids, map(str, ideas["title"]), strict=True))
        parts = zip(ideas["description"], ideas["benefits"], strict=True)
        bodies = {
            idea: tuple(line for part in pair for line in str(part).splitlines() if line.strip())
            for idea, pair in zip(ids, parts, strict=True)
        }
        folded = {idea: fold(" ".join((idea, titles[idea], *bodies[idea]))) for idea in ids}
        return cls(titles, bodies, folded)


def choices(desk: Desk, view: View) -> list[tuple[str, str]]:
    """Return what can be shown, as (words with a count, key): the lists, then the themes, largest first."""
    state = desk.now.state
    counts = {key: sum(test(state, idea) for idea in state.places) for key, (_, test) in _LISTS.items()}
    read = _counted("Lire une page", len(view.page)) if view.page else "Lire une page"
    lists = [(_counted("À décider d’abord", len(view.queue)), ASKED), (read, PAGE)]
    lists += [(_counted(said, counts[key]), key) for key, (said, _) in _LISTS.items()]
    return lists + [(_counted(label, size), theme) for label, theme, size in themes(desk)]


def _counted(said: str, count: int) -> str:
    return f"{said} ({count})"


def themes(desk: Desk) -> list[tuple[str, str, int]]:
    """Return (title, id, number of ideas) of each theme, the largest first."""
    state = desk.now.state
    homes = [place.home for place in state.places.values()]
    found = [(title(state, key), key, homes.count(key)) for key in state.themes]
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))


def listed(desk: Desk, view: View, texts: Texts) -> list[str]:
    """Return the ideas that the view shows: questions and the page in their order, others the surest first."""
    state = desk.now.state
    ideas = _of_list(state, view)
    wanted = [re.compile(rf"\b{re.escape(word)}") for word in fold(view.words).split()]
    return [idea for idea in ideas if all(word.search(texts.folded[idea]) for word in wanted)]


def _of_list(state: State, view: View) -> list[str]:
    if view.shown in (ASKED, PAGE):
        return [idea for idea in (view.queue if view.shown == ASKED else view.page) if idea in state.places]
    if view.shown in _LISTS:
        test = _LISTS[view.shown][1]
        return sorted(idea for idea in state.places if test(state, idea))
    return sorted(state.members(view.shown), key=lambda idea: (-state.places[idea].membership, idea))


def unread(desk: Desk, view: View) -> list[str]:
    """Return the ideas of the page that nobody has decided."""
    places = desk.now.state.places
    return [idea for idea in view.page if idea in places and places[idea].by is None]


def rows(desk: Desk, view: View, texts: Texts, ideas: Sequence[str]) -> list[tuple[str, str]]:
    """Return (words, id) for each idea: a mark when it is decided, its number, its title, its theme where they mix."""
    state = desk.now.state
    home = view.page_theme if view.shown == PAGE else view.shown
    return [(_row(state, texts, idea, home), idea) for idea in ideas[:MOST]]


def _row(state: State, texts: Texts, idea: str, home: str) -> str:
    place = state.places[idea]
    mark = "✓" if place.by is not None else "○"
    theme = f" → {theme_said(state, place)}" if place.home != home else ""
    return f"{mark} {idea} {texts.titles.get(idea, '')}{theme}"


def extent(count: int, view: View) -> str:
    """Return how many ideas are listed, and what to do when they are none or too many."""
    if count > MOST:
        return typeset(f"Idées ({MOST} sur {count} : choisissez un thème, ou cherchez)")
    if view.words and not count and view.shown != ALL:
        return typeset("Idées (0 : montrez « Toutes les idées » pour chercher partout)")
    return f"Idées ({count})"


def theme_said(state: State, place: Place) -> str:
    """Return the title of the theme where an idea is, « signal faible » when it fits nowhere."""
    return title(state, place.home)


def neighbours(desk: Desk, idea: str, count: int = 20) -> list[str]:
    """Return the ideas most alike, the nearest first; none when there is nothing to compare."""
    space = desk.space
    if space is None or idea not in space.ids:
        return []
    row = space.ids.index(idea)
    likeness = space.kernel(np.array([row]))[:, 0]
    order = sorted(range(len(space.ids)), key=lambda place: (-likeness[place], place))
    return [space.ids[place] for place in order if place != row][:count]
