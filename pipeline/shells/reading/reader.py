"""The second reader's record in a workspace: what it was given to read, what it read, replayed without any network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.cluster.grouping import partition
from pipeline.files.encoding import given_text
from pipeline.files.given_file import content_of
from pipeline.params import Params
from pipeline.reader.model import Settings, Text
from pipeline.reader.questions.instructions import Instructions
from pipeline.reader.readings import Readings, readings
from pipeline.reader.record import Record, read
from pipeline.shells.alike.served import forget_vectors
from pipeline.store import write_bytes
from pipeline.workspace import Workspace

RECORD, OWN = "lectures.jsonl", "consignes"
_PAIRS = 40
"""Pairs of ideas that look most alike, of which a reader says whether they make the same proposal."""
_AROUND = 2
"""Subjects more or less than the usual number of themes that a reader may find."""


@dataclass(frozen=True, slots=True)
class Replay:
    """A record and what it is about, read from disk once.

    Attributes:
        texts: the ideas there are.
        record: what was read of them.
        settings: the reader.
        instructions: in force.
    """

    texts: tuple[Text, ...]
    record: Record
    settings: Settings
    instructions: Instructions

    def readings(self, near: pd.DataFrame | None = None) -> Readings | None:
        """Return what the record says, None when it holds no codebook for these ideas.

        Args:
            near: schema `near_duplicates`, for the verdicts on pairs; None: no verdict.
        """
        pairs = () if near is None else pairs_of(near)
        return readings(self.record, self.texts, pairs, self.settings, self.instructions)


def settings_of(params: Params, ideas: int) -> Settings:
    """Return what changes an answer; subjects are wanted in about the number of themes that is usual for `ideas`."""
    section, wanted = params.reader, params.cluster
    usual = partition.number_of_themes(
        max(ideas, 1), partition.Wanted(wanted.n_themes, wanted.min_themes, wanted.max_themes)
    )
    around = 0 if wanted.n_themes else _AROUND
    return Settings(section.model, section.context, max(2, usual - around), max(2, usual + around))


def texts_of(ideas: pd.DataFrame) -> tuple[Text, ...]:
    """Return the analysed ideas as a reader sees them: numbers and masked texts, nothing of who wrote them."""
    kept_ideas = ideas[ideas["analysed"]].sort_values("idea_id", kind="stable")
    parts = zip(*(kept_ideas[name] for name in ("idea_id", "title", "description", "benefits")), strict=True)
    return tuple(Text(str(idea), "\n".join(str(text) for text in texts if text)) for idea, *texts in parts)


def load_record(workspace: Workspace, params: Params) -> Record:
    """Return the readings there are; none without a file.

    Raises:
        MinilabsError: `reader.record`.
    """
    path = place_of(workspace, params, RECORD)
    name = f"{params.reader.folder}/{RECORD}"
    return read(content_of(path, name), name)


def instructions_of(workspace: Workspace, params: Params) -> Instructions:
    """Return the instructions in force: those of the workspace's folder in place of those shipped.

    Raises:
        MinilabsError: `reader.instruction`.
    """
    folder = place_of(workspace, params, OWN)
    own = (
        {path.name: given_text(content_of(path, path.name), path.name) for path in sorted(folder.glob("*.txt"))}
        if folder.is_dir()
        else {}
    )
    return Instructions(own)


def pairs_of(near: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return the pairs to look at: the most alike first."""
    ordered = near.sort_values(["score", "idea_a", "idea_b"], ascending=[False, True, True], kind="stable")
    return tuple(zip(ordered["idea_a"].astype(str), ordered["idea_b"].astype(str), strict=True))[:_PAIRS]


def load_replay(workspace: Workspace, params: Params, ideas: pd.DataFrame) -> Replay | None:
    """Return the record to replay; None without a reader that proposes, or without a record.

    Args:
        workspace: where.
        params: its parameters.
        ideas: schema `ideas`.

    Raises:
        MinilabsError: `reader.record`, `reader.instruction`.
    """
    if not params.reader.model or not params.reader.proposes or not place_of(workspace, params, RECORD).is_file():
        return None
    texts = texts_of(ideas)
    record, instructions = load_record(workspace, params), instructions_of(workspace, params)
    return Replay(texts, record, settings_of(params, len(texts)), instructions)


def forget(workspace: Workspace, params: Params, ideas: Sequence[str] | None = None) -> int:
    """Drop the readings of some ideas and the vectors of their texts, or all; return how many readings were dropped.

    Raises:
        MinilabsError: `reader.record`, `base.disk`.
    """
    forget_vectors(workspace, params, ideas)
    path = place_of(workspace, params, RECORD)
    if not path.is_file():
        return 0
    if ideas is None:
        count = path.read_bytes().count(b"\n")
        path.unlink()
        return count
    record = load_record(workspace, params)
    left = record.without(ideas)
    content = "".join(entry.line for entry in left.entries).encode()
    if content != path.read_bytes():
        write_bytes(path, content)
    return len(record.entries) - len(left.entries)


def place_of(workspace: Workspace, params: Params, name: str) -> Path:
    """Return where a file of the reader lies."""
    return workspace.given(f"{params.reader.folder}/{name}")
