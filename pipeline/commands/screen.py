"""What commands print with rich: tables, lines and progress, in words as they are."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from pipeline.commands.printed import shown


class Screen(Console):
    """A console that shows texts as they are: no control character, markup or emoji code of a title does anything."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - those of rich
        super().__init__(highlight=False, markup=False, emoji=False, **options)

    def render_str(self, text: str, **options: Any) -> Text:  # noqa: ANN401 - those of rich
        """Return a text ready to be laid out: every string of a line or of a table comes through here."""
        return super().render_str(shown(text), **options)
