"""What a letter asks back: is this the subject of your idea? A line an idea, to tick and send, quoted by its number.

The answers come back as a table: see `life.replies`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pipeline.french import long_date, typeset
from pipeline.report.facts.frames import Row
from pipeline.report.facts.model import Report
from pipeline.report.facts.words import BLANK

BOX = "[\u00a0\u00a0]"


@dataclass(frozen=True, slots=True)
class Asked:
    """One idea that a program put in a theme, of which its holder may say yes or no.

    Attributes:
        idea_id: to quote.
        title: of the idea.
        theme: title of the theme.
    """

    idea_id: str
    title: str
    theme: str


class Known(Protocol):
    """What is known when letters are written."""

    @property
    def report(self) -> Report:
        """The view."""
        ...

    @property
    def placed(self) -> Mapping[str, Row]:
        """Rows of `idea_themes`, by idea."""
        ...

    @property
    def answered(self) -> frozenset[str]:
        """Ideas, themes and groups that were answered."""
        ...


def asked_of(ideas: Iterable[str], known: Known) -> tuple[Asked, ...]:
    """Return the ideas to ask about: placed by a program, neither validated, decided by a person, nor answered yet."""
    if known.report.work.validated:
        return ()
    found = []
    for idea in (known.report.idea[name] for name in ideas):
        theme = known.report.theme.get(idea.theme_id or "")
        settled = known.placed[idea.idea_id]["decided_by"] == "analyst" or idea.idea_id in known.answered
        if theme and not settled:
            found.append(Asked(idea.idea_id, idea.short, theme.label))
    return tuple(found)


def slip(asked: tuple[Asked, ...], contact: str) -> str:
    """Return the question and a line an idea to tick, each a paragraph; nothing when nothing is asked."""
    if not asked:
        return ""
    one = len(asked) == 1
    what = f"de votre idée n° {asked[0].idea_id}" if one else "de chacune de ces idées"
    own = ("cette ligne, cochée", "son") if one else ("ces lignes, cochées", "leur")
    how = f"Renvoyez {own[0]}, à {contact or BLANK}, ou écrivez-y un mot qui cite {own[1]} numéro."
    lines = [f"N° {a.idea_id}, sujet proposé « {a.theme} » : {BOX} oui {BOX} non, plutôt : {BLANK}" for a in asked]
    return "\n\n".join(typeset(part) for part in (f"Est-ce bien le sujet {what} ? {how}", *lines))


def dated(calendar: Mapping[str, str]) -> str:
    """Return the day of the letters, as `calendar` gives it under `lettre`; a blank without it."""
    day = calendar.get("lettre", "").strip()
    if not day:
        return typeset(f"Date : {BLANK}")
    with suppress(ValueError):
        day = long_date(date.fromisoformat(day).isoformat())
    return typeset(f"Le {day}" if day[0].isdigit() else day)
