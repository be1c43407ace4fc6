"""The decisions of two people made one: files given by name, or by git while it merges."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipeline.errors import MinilabsError
from pipeline.files.encoding import given_text
from pipeline.files.given_file import content_of
from pipeline.initialise import GITATTRIBUTES
from pipeline.review.entering.join import Joined, join
from pipeline.review.replaying.decisions import Decision, decision_bytes, read_decisions
from pipeline.shells.deciding.decisions_file import alone
from pipeline.store import write_bytes, write_text
from pipeline.workspace import Workspace

_DRIVER = "merge.minilabs"


def merge_files(workspace: Workspace, ours: Path, theirs: Path) -> tuple[Joined, int]:
    """Complete the file `ours` with `theirs`; return both as one and how many decisions that added.

    Raises:
        MinilabsError: a file that is missing or cannot be read; nothing is then written.
    """
    second = _read(theirs)
    with alone(workspace, str(ours)):
        first = _read(ours)
        joined = join(first, second)
        write_bytes(ours, decision_bytes(joined.decisions))
    return joined, len(joined.decisions) - len(first)


def merge_for_git(base: Path, ours: Path, theirs: Path) -> Joined:
    """Write both files as one in place of `ours`, a copy that git made; `base` only tells that they share a past.

    Raises:
        MinilabsError: a file that cannot be read; git then keeps both and says that they conflict.
    """
    _read(base)
    joined = join(_read(ours), _read(theirs))
    write_bytes(ours, decision_bytes(joined.decisions))
    return joined


def _read(path: Path) -> tuple[Decision, ...]:
    if not path.exists():
        raise MinilabsError("review.no_file", path=path)
    return read_decisions(content_of(path, str(path)), str(path))


def set_git_up(workspace: Workspace) -> None:
    """Tell git, in this clone, how decisions are merged, and in which file (`.gitattributes`, which is shared).

    Raises:
        MinilabsError: `review.no_git`, or `base.disk`.
    """
    driver = f'"{sys.executable}" -m pipeline review merge-driver %O %A %B'
    for key, value in (("name", "Décisions des analystes (MiniLabs)"), ("driver", driver)):
        command = ["git", "-C", str(workspace.root), "config", "--local", f"{_DRIVER}.{key}", value]
        try:
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words, no shell
        except (subprocess.CalledProcessError, OSError) as why:
            raise MinilabsError("review.no_git", path=workspace.root) from why
    path = workspace.path(".gitattributes")
    known = given_text(content_of(path, path.name), path.name)
    if GITATTRIBUTES.splitlines()[-1] not in known.splitlines():
        write_text(path, (known.rstrip("\n") + "\n" if known else "") + GITATTRIBUTES)
