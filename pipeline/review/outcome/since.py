"""Since people last decided: themes kept, changed, new and gone; ideas that moved, and why.

What this search found is compared with what people had seen of the last one; decisions, which apply to both, only say
what became of a theme afterwards. Texts name themes by their titles, since a number says nothing to a reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.french import agree, counted, enumeration, typeset
from pipeline.review.replaying.state import Remembered, State
from pipeline.schema import CHANGES

Row = tuple[str, str, str, str]

_ALMOST = 0.9
"""Overlap (Jaccard) from which a theme is said to be as it was."""


@dataclass(frozen=True, slots=True)
class _Both:
    """Two searches.

    Attributes:
        found: lasting theme id → ideas found in it this time.
        known: themes as they were.
        titles: lasting theme id → the title that this search gives it.
        state: after decisions.
        former: idea → themes it was in.
    """

    found: Mapping[str, frozenset[str]]
    known: Mapping[str, Remembered]
    titles: Mapping[str, str]
    state: State
    former: Mapping[str, set[str]]

    def title(self, theme: str) -> str:
        """Return the title of a theme as people see it now, else as they saw it, between guillemets."""
        if theme in self.state.themes:
            return f"« {self.state.themes[theme].label} »"
        seen = self.known[theme].label if theme in self.known else self.titles.get(theme, theme)
        return f"« {seen} »"


def changes(
    found: Mapping[str, frozenset[str]],
    remembered: Mapping[str, Remembered],
    state: State,
    titles: Mapping[str, str],
) -> pd.DataFrame:
    """Return what changed since people last saw the candidates (schema `changes`); nothing when they never did.

    Args:
        found: lasting theme id → ideas found in it this time.
        remembered: themes as they were.
        state: after decisions: an idea that a person placed has not moved for the reader.
        titles: lasting theme id → the title that this search gives it.
    """
    if not remembered:
        return CHANGES.empty()
    former: dict[str, set[str]] = {}
    for theme, was in remembered.items():
        for idea in was.members:
            former.setdefault(idea, set()).add(theme)
    both = _Both(found, remembered, titles, state, former)
    rows = [_kept(theme, both) if theme in remembered else _new(theme, both) for theme in sorted(found)]
    rows += [_gone(theme, both) for theme in sorted(remembered) if theme not in found]
    rows += _moved(both)
    return CHANGES.check(pd.DataFrame(rows, columns=CHANGES.arrow.names))


def _kept(theme: str, both: _Both) -> Row:
    now, was = both.found[theme], both.known[theme].members
    same = len(now & was) >= _ALMOST * len(now | was)
    text = f"{both.title(theme)} : {counted(len(now), 'idée')}{_difference(theme, both)}."
    return (
        "theme",
        theme,
        "kept" if same else "changed",
        typeset(text + _retitled(theme, both) + _decided(theme, both)),
    )


def _difference(theme: str, both: _Both) -> str:
    came, left = both.found[theme] - both.known[theme].members, both.known[theme].members - both.found[theme]
    elsewhere = len(came & set(both.former))
    which = "" if elsewhere == len(came) else f" dont {elsewhere}"
    said = []
    if came:
        said.append(f"{len(came)} de plus" + (f"{which} d'un autre thème" if elsewhere else ""))
    if left:
        said.append(f"{len(left)} de moins")
    return f" ({', '.join(said)})" if said else ""


def _retitled(theme: str, both: _Both) -> str:
    """Return the former title, unless a person gave the theme its title, or the search found the same one."""
    now, was, seen = both.titles[theme], both.known[theme].label, both.state.themes.get(theme)
    return f" Son titre était « {was} »." if now != was and seen and seen.label == now else ""


def _decided(theme: str, both: _Both) -> str:
    """Return what decisions made of the theme afterwards; empty when it is as found."""
    gone, into = both.state.gone.get(theme), both.state.current(theme)
    if theme in both.state.pinned:
        return " Figé par une décision, il garde les siennes."
    if gone is None:
        return ""
    return f" Une décision le réunit à {both.title(into)}." if into != theme else " Une décision l'écarte."


def _new(theme: str, both: _Both) -> Row:
    now = both.found[theme]
    known = len(now & set(both.former))
    some = f"dont {known} {agree(known, 'était', 'étaient')} dans un autre thème"
    rest = f", {'toutes venues d’un autre thème' if known == len(now) else some}" if known else ""
    return ("theme", theme, "new", typeset(f"{both.title(theme)} : {counted(len(now), 'idée')}{rest}."))


def _gone(theme: str, both: _Both) -> Row:
    """Say where most of its ideas are now, which is what whoever knew the theme looks for."""
    members = both.known[theme].members
    homes = [place.home for idea in sorted(members) if (place := both.state.places.get(idea))]
    text = f"{both.title(theme)} n'a pas été retrouvé"
    if theme in both.state.themes:
        text += " ; une décision le garde."
    elif homes:
        main = max(sorted(set(homes), key=str), key=homes.count)
        count = homes.count(main)
        where = f"dans {both.title(main)}" if main else "parmi les signaux faibles"
        text += f". De ses {counted(len(members), 'idée')}, {count} {agree(count, 'est', 'sont')} {where}."
    else:
        text += ", ni aucune de ses idées."
    return ("theme", theme, "gone", typeset(text))


def _moved(both: _Both) -> list[Row]:
    now = {idea: theme for theme, ideas in both.found.items() for idea in ideas}
    rows = []
    for idea, place in sorted(both.state.places.items()):
        before = both.former.get(idea, set())
        seen = before | {both.state.current(theme) for theme in before}
        if before and place.by is None and not {now.get(idea), place.home} & seen:
            rows.append(("idea", idea, "moved", typeset(_move(before, now.get(idea), place.home, both))))
    return rows


def _move(before: set[str], now: str | None, home: str | None, both: _Both) -> str:
    lost = before.isdisjoint(both.found)
    why = "l'ancien thème n'a pas été retrouvé" if lost else "les idées qui lui ressemblent ont changé"
    if home != now and (now is None or both.state.current(now) != home):
        why += ", et vos décisions l'y attirent"
    target = f"au thème {both.title(home)}" if home else "aux signaux faibles"
    return f"Du thème {enumeration([both.title(theme) for theme in sorted(before)], 'ou')} {target} : {why}."
