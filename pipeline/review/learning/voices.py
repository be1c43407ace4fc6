"""What a second reader and likeness alone say of an idea beside what people decided: where they differ, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.french import enumeration, typeset
from pipeline.review.entering.wording import title
from pipeline.review.replaying.state import State


@dataclass(frozen=True, slots=True)
class Voices:
    """What is said of one idea by who is not a person.

    Attributes:
        reader: theme where the second reader puts it, None for none of them.
        alone: theme that its text alone, compared with those of the others, would give it; None for none.
        hesitant: the reader's two readings differ.
    """

    reader: str | None
    alone: str | None
    hesitant: bool


def voices(readings: pd.DataFrame, lasting: Mapping[str, str]) -> dict[str, Voices]:
    """Return idea → what is said of it.

    Args:
        readings: schema `readings`.
        lasting: identifier of a theme in it → the one that people see.
    """

    def named(cell: object) -> str | None:
        return None if not isinstance(cell, str) else lasting.get(cell, cell)

    rows = zip(*(readings[name] for name in ("idea_id", "theme_id", "alone", "hesitant")), strict=True)
    return {str(idea): Voices(named(theme), named(alone), bool(hesitant)) for idea, theme, alone, hesitant in rows}


def apart(state: State, idea: str, said: Mapping[str, Voices]) -> int:
    """Return how many answers there are beyond one: reader, likeness alone, where it is now; a reader's doubt adds one.

    A voice for a theme that people closed no longer counts.
    """
    if idea not in said:
        return 0
    return len({*_homes(state, idea, said[idea]).values()}) - 1 + said[idea].hesitant


def themes_said(state: State, idea: str, said: Mapping[str, Voices]) -> list[str]:
    """Return the themes in which some voice puts an idea, each once: the reader's, likeness', where it is now."""
    homes = _homes(state, idea, said[idea]).values() if idea in said else ()
    return list(dict.fromkeys(theme for theme in homes if theme is not None))


def sentence(state: State, idea: str, said: Mapping[str, Voices]) -> str:
    """Return who says what of an idea on which voices differ, in French; empty where they agree."""
    if not apart(state, idea, said):
        return ""
    homes = _homes(state, idea, said[idea])
    told = [_SAID[who].format(place=_in(state, home)) for who, home in homes.items() if who != _NOW]
    if said[idea].hesitant:
        told.append("les deux lectures du lecteur diffèrent")
    if homes[_NOW] not in [home for who, home in homes.items() if who != _NOW]:
        told.append(_SAID[_NOW].format(place=_in(state, homes[_NOW])))
    return typeset(f"À départager : {enumeration(told)}.")


_READER, _ALONE, _NOW = "reader", "alone", "now"
_SAID = {
    _READER: "le lecteur la met {place}",
    _ALONE: "son texte, comparé aux autres, la mettrait {place}",
    _NOW: "elle est rangée {place}",
}


def _homes(state: State, idea: str, voice: Voices) -> dict[str, str | None]:
    """Return who → theme, where the idea is last."""
    said = {_READER: voice.reader, _ALONE: voice.alone}
    now = {who: None if theme is None else state.current(theme) for who, theme in said.items()}
    kept = {who: theme for who, theme in now.items() if theme is None or theme in state.themes}
    return {**kept, _NOW: state.places[idea].home}


def _in(state: State, theme: str | None) -> str:
    return "nulle part" if theme is None else f"dans « {title(state, theme)} »"
