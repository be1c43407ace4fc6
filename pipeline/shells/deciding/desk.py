"""The analyst's desk, behind the three doors (command line, workbook, notebook): see, try, record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.params import Params
from pipeline.review.entering.effect import Effect, effect
from pipeline.review.entering.typed import resolved
from pipeline.review.learning.learn import Learned, believe
from pipeline.review.learning.pages import SIZE, Page, page
from pipeline.review.learning.space import Space
from pipeline.review.learning.suggest import Question, asked, suggest
from pipeline.review.learning.voices import Voices, voices
from pipeline.review.outcome.tables import reason_for, state_of
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import Replayed, in_force, replay
from pipeline.review.replaying.state import State
from pipeline.review.stage import recognised, taught, words_of
from pipeline.shells.alike.likeness import Spaces
from pipeline.shells.deciding.decisions_file import accept, load_decisions, load_held, load_identity, record
from pipeline.shells.together import same_ideas
from pipeline.store import load
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.review.sheet.returned import Act


@dataclass(frozen=True)
class Desk:
    """Everything a person decides on, as it is now.

    Attributes:
        workspace: where it lives.
        params: of the workspace.
        ideas: schema `ideas`.
        before: the state before any decision.
        decisions: recorded so far.
        why: idea → why the pipeline put it in its theme.
        spaces: how alike ideas are, for any list of decisions.
        said: idea → what a second reader and likeness alone say of it; empty without a reader.
    """

    workspace: Workspace
    params: Params
    ideas: pd.DataFrame
    before: State
    decisions: tuple[Decision, ...]
    why: Mapping[str, str]
    spaces: Spaces = field(repr=False)
    said: Mapping[str, Voices] = field(default_factory=dict, repr=False)

    @cached_property
    def space(self) -> Space | None:
        """How alike ideas are."""
        return self.spaces.of(words_of(self._replayed.state))

    @cached_property
    def _replayed(self) -> Replayed:
        return replay(self.before, self.decisions)

    @cached_property
    def now(self) -> Replayed:
        """What the recorded decisions make of the candidates."""
        return taught(self._replayed, self.space)

    @cached_property
    def believed(self) -> Learned | None:
        """What is believed of each idea; None when there is nothing to compare."""
        return None if self.space is None else believe(self.now.state, self.space)

    def numbered(self, acts: Sequence[Decision]) -> tuple[Decision, ...]:
        """Return acts with the numbers they would have if they were recorded now."""
        start = max((decision.seq for decision in self.decisions), default=0) + 1
        return tuple(replace(act, seq=start + place) for place, act in enumerate(acts))

    def resolved(self, acts: Sequence[Decision]) -> list[Decision]:
        """Return acts as they are recorded, each read after those before it, as `review.typed` says.

        Raises:
            MinilabsError: see `review.typed.resolved`.
        """
        return resolved(self.now.state, acts)

    def tried(self, acts: Sequence[Decision]) -> tuple[Effect, list[str]]:
        """Return what acts would change, and why some would not apply; nothing is recorded."""
        added = self.numbered(acts)
        decisions = (*self.decisions, *added)
        replayed = replay(self.before, decisions)
        after = taught(replayed, self.spaces.of(words_of(replayed.state)))
        mine = {act.seq for act in added}
        problems = [conflict.problem for conflict in after.conflicts if conflict.decision.seq in mine]
        return effect(self.now.state, after.state, acts), problems

    def record(self, acts: Sequence[Decision]) -> tuple[Decision, ...]:
        """Record acts, remember the themes they were decided on, and return them with their numbers."""
        accept(self.workspace, self.params)
        return record(self.workspace, self.params.review.decisions, acts)

    def workbook(self) -> bytes:
        """Return the workbook of the desk: ideas by theme, the surest first, weak signals last."""
        from pipeline.review.sheet.workbook import to_workbook  # noqa: PLC0415 - a third of a second, for workbooks only

        state = self.now.state
        analysed = self.ideas[self.ideas["idea_id"].isin(set(state.places))]
        rows = zip(*(analysed[name] for name in ("idea_id", "title", "description", "benefits")), strict=True)
        texts = {str(idea): (str(title), "\n".join(filter(None, map(str, parts)))) for idea, title, *parts in rows}
        order = sorted(state.places, key=lambda i: (state.places[i].home or "~", -state.places[i].membership, i))
        reasons = {decision.seq: decision.reason for decision in self.decisions}
        told = {i: reason_for(p, self.before.places[i], reasons) or self.why[i] for i, p in state.places.items()}
        return to_workbook(state, texts, told, order)

    def returned(self, content: bytes, name: str) -> list[Act]:
        """Return the acts of a workbook that comes back.

        Raises:
            MinilabsError: see `review.returned.read_workbook`.
        """
        from pipeline.review.sheet.returned import read_workbook  # noqa: PLC0415 - a third of a second, for workbooks only

        acts = [act for act in in_force(self.decisions) if act.action == "discuss"]
        return read_workbook(content, name, self.now.state, {act.target: act.seq for act in acts})

    def questions(self, count: int) -> tuple[Question, ...]:
        """Return the ideas to decide next; none when there is nothing to compare."""
        if self.space is None or self.believed is None:
            return ()
        return suggest(self.now.state, self.believed, self.space, count, self.said)

    def asked(self, ideas: Sequence[str]) -> tuple[Question, ...]:
        """Return what would be asked of these ideas, in their order; none when there is nothing to compare."""
        if self.space is None or self.believed is None:
            return ()
        return asked(self.now.state, self.believed, self.space, ideas, self.said)

    def chances(self, idea: str) -> dict[str, float]:
        """Return how likely each theme is for an idea, the likeliest first; empty when there is nothing to compare."""
        if self.space is None or self.believed is None or idea not in self.space.ids:
            return {}
        shares = self.believed.shares[self.space.ids.index(idea)]
        order = np.argsort(-shares, kind="stable")
        return {self.believed.themes[place]: float(shares[place]) for place in order}

    def reread(self) -> Desk:
        """Return the desk with the decisions that the file holds now, those of other doors included.

        Raises:
            MinilabsError: a missing or damaged file.
        """
        return replace(open_desk(self.workspace), spaces=self.spaces)

    def page(self, size: int = SIZE) -> Page | None:
        """Return the ideas to read and confirm together next; None when there is nothing left to read."""
        if self.space is None or self.believed is None:
            return None
        return page(self.now.state, self.believed, self.space, size)


def open_desk(workspace: Workspace) -> Desk:
    """Return the desk of a workspace whose themes have been proposed.

    Raises:
        MinilabsError: a missing or damaged table or file.
    """
    params = workspace.params()
    themes = load(workspace, "candidate_themes", "themes", stage="cluster")
    idea_themes = load(workspace, "candidate_idea_themes", "idea_themes", stage="cluster")
    known = load_identity(workspace, params)
    candidates = themes["theme_id"].astype(str)
    themes, idea_themes = recognised(themes, idea_themes, known)
    lasting = dict(zip(candidates, themes["theme_id"].astype(str), strict=True))
    ideas = load(workspace, "ideas", stage="ingest")
    same_ideas(ideas, idea_themes)
    return Desk(
        workspace,
        params,
        ideas,
        state_of(themes, idea_themes, known, load_held(workspace, params)),
        load_decisions(workspace.given(params.review.decisions), params.review.decisions),
        dict(zip(idea_themes["idea_id"], idea_themes["why"], strict=True)),
        Spaces(workspace, params),
        voices(load(workspace, "readings", stage="cluster"), lasting),
    )
