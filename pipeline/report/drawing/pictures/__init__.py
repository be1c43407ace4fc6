"""Pictures of the overall report: each with its finding as title, a table that says the same, an alternative in words.

They are drawn once, in SVG whose colours are names (`var(--accent)`): a page gives them its own, `printed` those of
paper. `flow` (from ideas received to answers), `deposits` (over time), `origins_map` (themes × directorates),
`bridges` (ideas that touch two themes); `canvas` holds the strokes.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.report.drawing.pictures.bridges import bridges
from pipeline.report.drawing.pictures.deposits import deposits
from pipeline.report.drawing.pictures.flow import Stream, flow
from pipeline.report.drawing.pictures.origins_map import origins_map
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Picture
from pipeline.report.facts.themes import Theme
from pipeline.report.withheld.disclosure import Disclosure

__all__ = ["Stream", "pictures"]


def pictures(
    themes: tuple[Theme, ...],
    ideas: tuple[Idea, ...],
    days: Sequence[str],
    stream: Stream,
    known: Disclosure,
    threshold: int,
) -> tuple[Picture, ...]:
    """Return the pictures that have something to show.

    Args:
        themes: largest first.
        ideas: analysed ones.
        days: ISO dates of all ideas received.
        stream: how many ideas are received, analysed, answered.
        known: what may be said of holders.
        threshold: fewest agents told apart.
    """
    made = (
        flow(themes, stream),
        deposits(days),
        origins_map(themes, known, threshold),
        bridges(themes, ideas),
    )
    return tuple(picture for picture in made if picture is not None)
