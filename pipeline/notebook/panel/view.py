"""What the analyst is looking at: a frozen view, and one method per thing that a person does; no widget here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Scope = Literal["ideas", "theme", "log"]
"""What one decides on: the chosen ideas, the theme, or a decision already recorded."""

ASKED, PAGE, ALL, UNDECIDED = "?asked", "?page", "?all", "?undecided"
DECIDED, WEAK, DISCUSSED = "?decided", "?weak", "?discussed"
"""Lists that are no theme; a theme's list is called by its id."""


@dataclass(frozen=True, slots=True)
class View:
    """One moment of the review.

    Attributes:
        shown: which list of ideas, `ASKED`... or a theme id.
        words: that the ideas shown contain.
        ideas: chosen.
        theme: that decisions on a theme are about; empty when there is none.
        scope: what one decides on.
        act: key of the chosen entry of the menu, empty when none is.
        value: what the entry needs beside: a theme, an idea, a text.
        more: a second text, for the entries that take two.
        queue: ideas asked about, in reading order.
        page: ideas read together.
        page_theme: where the program puts them.
    """

    shown: str = ASKED
    words: str = ""
    ideas: tuple[str, ...] = ()
    theme: str = ""
    scope: Scope = "ideas"
    act: str = ""
    value: str = ""
    more: str = ""
    queue: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    page_theme: str = ""

    def showing(self, key: str) -> View:
        """Return the view with another list; a theme's list makes it the theme to decide on."""
        theme = self.theme if key.startswith("?") else key
        return replace(self.dropped(), shown=key, words="", ideas=(), theme=theme)

    def searching(self, words: str) -> View:
        """Return the view of what contains `words`: in the list shown, in all ideas when it was questions or a page."""
        shown = ALL if words.strip() and self.shown in (ASKED, PAGE) else self.shown
        return replace(self.dropped(), shown=shown, words=words, ideas=())

    def choosing(self, ideas: Sequence[str], theme: str | None) -> View:
        """Return the view with these ideas chosen; `theme`, where the first of them is, is the one to decide on."""
        return replace(self.dropped(), ideas=tuple(ideas), theme=theme or self.theme)

    def about(self, theme: str) -> View:
        """Return the view with another theme to decide on."""
        return replace(self.dropped(), theme=theme)

    def looking(self, scope: Scope) -> View:
        """Return the view with another menu."""
        return replace(self.dropped(), scope=scope)

    def drafting(self, act: str) -> View:
        """Return the view with an entry of the menu chosen; nothing is recorded."""
        return self if act == self.act else replace(self, act=act, value="", more="")

    def filling(self, value: str, more: str = "") -> View:
        """Return the view with what the entry needs beside."""
        return replace(self, value=value, more=more)

    def dropped(self) -> View:
        """Return the view without draft."""
        return replace(self, act="", value="", more="")

    def left(self) -> View:
        """Return the view without draft; when there was none, on a page, without choice: the page is read again."""
        return replace(self, ideas=()) if self.shown == PAGE and not self.act else self.dropped()

    def asking(self, queue: Sequence[str]) -> View:
        """Return the view of new questions, the first one chosen; the list without choice when there is none."""
        return replace(self.dropped(), shown=ASKED, words="", ideas=tuple(queue[:1]), queue=tuple(queue))

    def reading(self, ideas: Sequence[str], theme: str) -> View:
        """Return the view of a page to read, nothing chosen: what is chosen on it are the exceptions."""
        about = theme or self.theme
        return replace(
            self.dropped(), shown=PAGE, words="", ideas=(), scope="ideas", theme=about, page=tuple(ideas),
            page_theme=theme,
        )  # fmt: skip

    def moved(self, listed: Sequence[str], step: int = 1) -> View:
        """Return the view with the idea `step` further in the list chosen; the same one at its ends."""
        if not listed:
            return replace(self.dropped(), ideas=())
        at = listed.index(self.ideas[0]) if self.ideas and self.ideas[0] in listed else -step
        place = min(max(at + step, 0), len(listed) - 1)
        return replace(self.dropped(), ideas=(listed[place],))
