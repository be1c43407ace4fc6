"""What people decided, on disk: the decisions file, completed by one writer at a time, and themes as they saw them."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import printable
from pipeline.params import Params
from pipeline.review.outcome.identity import identity_bytes, read_identity, remember
from pipeline.review.replaying.decisions import COLUMNS, Decision, decision_bytes, read_decisions
from pipeline.review.replaying.natures import Held, held
from pipeline.review.replaying.state import Remembered
from pipeline.review.stage import recognised
from pipeline.store import load, write_bytes
from pipeline.workspace import Workspace

_PATIENCE = 20  # seconds: another writer holds the file for milliseconds


def load_decisions(path: Path, name: str) -> tuple[Decision, ...]:
    """Return the decisions of a file; none when it does not exist.

    Raises:
        MinilabsError: see `review.decisions.read_decisions`.
    """
    return read_decisions(content_of(path, name), name)


def signature(who: str) -> str:
    """Return who decides: `who`, else the name of the session.

    Raises:
        MinilabsError: `review.no_name` when the session has none.
    """
    try:
        return who.strip() or getpass.getuser()
    except (OSError, KeyError, ImportError) as why:  # by system and version of Python
        raise MinilabsError("review.no_name") from why


def signed(action: str, target: str, value: str = "", reason: str = "", who: str = "") -> Decision:
    """Return an act, dated now and signed (the session's name without `who`); nothing is recorded.

    Raises:
        MinilabsError: see `signature`.
    """
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return Decision(0, now, signature(who), action.strip(), target.strip(), value.strip(), reason.strip())


def load_identity(workspace: Workspace, params: Params) -> dict[str, Remembered]:
    """Return themes as people last saw them; none when there is no file.

    Raises:
        MinilabsError: see `review.identity.read_identity`.
    """
    path = workspace.given(params.review.identity)
    return read_identity(content_of(path, params.review.identity), params.review.identity)


def load_held(workspace: Workspace, params: Params) -> Held:
    """Return who holds the ideas: what the kinds of themes are suggested from.

    Raises:
        MinilabsError: a missing or damaged table.
    """
    return held(
        load(workspace, "holders", stage="ingest"), load(workspace, "idea_holders", stage="ingest"), params.seed
    )


def accept(workspace: Workspace, params: Params) -> int:
    """Remember the themes as they are now, under the ids people see; return how many.

    Raises:
        MinilabsError: a missing table, or `base.disk`.
    """
    themes = load(workspace, "candidate_themes", "themes", stage="cluster")
    idea_themes = load(workspace, "candidate_idea_themes", "idea_themes", stage="cluster")
    known = load_identity(workspace, params)
    themes, idea_themes = recognised(themes, idea_themes, known)
    content = identity_bytes(remember(themes, idea_themes, known))
    path = workspace.given(params.review.identity)
    if content_of(path, params.review.identity) != content:
        write_bytes(path, content)
    return len(themes)


def record(workspace: Workspace, name: str, acts: Sequence[Decision]) -> tuple[Decision, ...]:
    """Add acts at the end of the decisions file and return them with their numbers.

    Lines that are there stay as they are. The new file replaces the old one in one move, under a lock: a writer killed
    at any moment leaves the old file or the new one, never half a line, and two writers never take the same number.

    Args:
        workspace: holds the lock.
        name: of the file, from the root of the workspace.
        acts: their `seq` is replaced.

    Raises:
        MinilabsError: `review.busy`, what reading the file raises, or `base.disk`.
    """
    path = workspace.given(name)
    with alone(workspace, name):
        content = content_of(path, name)
        known = read_decisions(content, name)
        start = max((decision.seq for decision in known), default=0) + 1
        added = tuple(replace(_one_line(act), seq=start + i) for i, act in enumerate(acts))
        head = content if _is_ours(content) else decision_bytes(known)
        head += b"" if head.endswith(b"\n") else b"\n"
        write_bytes(path, head + decision_bytes(added, header=False))
    return added


def _is_ours(content: bytes) -> bool:
    """Say whether lines can be added as they are: not to a file that a spreadsheet saved in its own way."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    first = content.partition(b"\n")[0].rstrip(b"\r").replace(b'"', b"")
    return first == csv_bytes([COLUMNS]).strip().replace(b'"', b"")


def _one_line(act: Decision) -> Decision:
    """A cell holds no line break: one decision, one line, so that git shows and joins files line by line."""
    cells = (act.who, act.target, act.value, act.reason)
    who, target, value, reason = (" ".join(printable(" ".join(text.split())).split()) for text in cells)
    return replace(act, who=who, target=target, value=value, reason=reason)


@contextmanager
def alone(workspace: Workspace, name: str) -> Iterator[None]:
    """Keep other writers of decisions out: what is read inside is what will be replaced.

    Raises:
        MinilabsError: `review.busy` or `base.disk`.
    """
    try:
        path = workspace.path(".minilabs/decisions.lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(timeout=_PATIENCE)
    except Timeout as why:
        raise MinilabsError("review.busy", path=name) from why
    except OSError as why:
        raise MinilabsError("base.disk", path=name, why="l'accès est refusé") from why
    try:
        yield
    finally:
        lock.release()
