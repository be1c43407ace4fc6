"""What the review stage learns on, remembered on disk: built once for the same ideas and the same words of themes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipeline.params import Params
from pipeline.review.learning.space import Space
from pipeline.review.replaying.state import Words
from pipeline.shells.alike.knowledge import load_knowledge
from pipeline.shells.alike.spaces import key_of, recalled, remember
from pipeline.shells.together import load_together
from pipeline.workspace import Workspace

Attracting = Mapping[str, tuple[Words, ...]]
"""Theme id → what attracts ideas to it."""


def load_space(workspace: Workspace, params: Params, words: Attracting) -> Space | None:
    """Return the space of the analysed ideas and of the themes that attract ideas; None under two ideas.

    Raises:
        MinilabsError: a missing or damaged table of `ingest` or `embed`.
    """
    return Spaces(workspace, params).of(words)


@dataclass(frozen=True)
class Spaces:
    """Spaces of one workspace, each built once: trying an act, recording it and trying the next are then instant.

    Attributes:
        workspace: whose tables are read once; a new `Spaces` reads them again.
        params: of the workspace.
    """

    workspace: Workspace
    params: Params
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    _built: dict[tuple[object, ...], Space | None] = field(default_factory=dict)

    def of(self, words: Attracting) -> Space | None:
        """Return what `load_space` returns; only words that attract ideas make another space.

        Raises:
            MinilabsError: see `load_space`.
        """
        key = tuple((theme, *(one.text for one in said)) for theme, said in sorted(words.items()))
        if key not in self._built:
            self._built[key] = self._remembered(words)
        return self._built[key]

    def _remembered(self, words: Attracting) -> Space | None:
        """Return the space that the disk has for these words and tables, else a new one, which it then has."""
        knowledge = load_knowledge(self.workspace, self.params)
        key = key_of(self.workspace, self.params, words)
        if (known := recalled(self.workspace, key)) is not None:
            return known
        from pipeline.shells.alike.comparing import TABLES, space_with  # noqa: PLC0415 - two seconds, only for what is new

        if not self._tables:
            self._tables.update(load_together(self.workspace, TABLES))
        built = space_with(self.workspace, self.params, self._tables, words, knowledge)
        if built is not None:
            remember(self.workspace, key, built)
        return built
