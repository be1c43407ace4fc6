"""How much a document lists in full: that of a very large contest must still open on an ordinary computer.

What is left out of a page or a print is in the workbook and the exports, and the document says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.french import counted
from pipeline.report.facts.model import Report

T = TypeVar("T")

PAGE = 5000
"""Ideas with their text on the overall page: 6 MB, opened in 3 s and filtered in half a second."""
SHEET = 2000
"""Ideas with their text on the page of a theme or of a directorate."""
PRINTED = 1000
"""Ideas in print: some two hundred pages."""
LISTED = 200
"""Ideas or pairs in a list of links."""
CARDS = 60
"""Ideas on cards to cut out: more do not fit on a table."""
COMPARED = 400
"""Ideas of a group compared two by two for the kit."""


def first(listed: Sequence[T], limit: int, singular: str, plural: str) -> tuple[Sequence[T], str]:
    """Return the first `limit` of a list, and a sentence on those left out (empty: none)."""
    left = len(listed) - limit
    if left <= 0:
        return listed, ""
    return listed[:limit], f"Et {counted(left, singular, plural)}, dans le classeur."


def first_of_groups(
    groups: Sequence[tuple[str, tuple[T, ...]]], limit: int
) -> tuple[tuple[tuple[str, tuple[T, ...]], ...], str]:
    """Return groups of ideas cut to `limit` in all, each by the same share, and a sentence on those left out."""
    total = sum(len(ideas) for _, ideas in groups)
    if total <= limit:
        return tuple(groups), ""
    kept = tuple((label, ideas[: _share(len(ideas), total, limit)]) for label, ideas in groups)
    left = total - sum(len(ideas) for _, ideas in kept)
    return kept, f"Et {counted(left, 'autre idée', 'autres idées')}, dans le classeur."


def trimmed(report: Report, limit: int = PAGE) -> Report:
    """Return the report with `limit` ideas or little more: the first of each theme, and those that a list names.

    Sizes, figures and sentences stay those of the whole contest. Under the limit, the report itself.
    """
    total = len(report.ideas)
    if total <= limit:
        return report
    pairs = report.near_pairs[:LISTED]
    kept = {idea.idea_id for idea in report.weak[: min(LISTED, _share(len(report.weak), total, limit))]}
    kept |= {idea_id for pair in pairs for idea_id in pair}
    for theme in report.themes:
        kept |= {*theme.ideas[: _share(len(theme.ideas), total, limit)], *theme.typical, *theme.borderline}
    return replace(
        report,
        ideas=tuple(idea for idea in report.ideas if idea.idea_id in kept),
        themes=tuple(replace(theme, ideas=tuple(i for i in theme.ideas if i in kept)) for theme in report.themes),
        near_pairs=pairs,
    )


def _share(size: int, total: int, limit: int) -> int:
    """Return the part of `limit` that goes to a group of `size`, one at least."""
    return max(1, size * limit // total)
