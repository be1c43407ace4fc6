"""The notebooks themselves: where they are shipped, and copied into a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.store import write_bytes
from pipeline.workspace import Workspace

FOLDER = "notebooks"
FIRST = "1_decouvrir_les_idees.ipynb"
_KINDS = ("*.ipynb", "*.py", "*.md")


@dataclass(frozen=True, slots=True)
class Copied:
    """What was done.

    Attributes:
        folder: where the notebooks are now.
        written: names of the files copied.
        kept: names of the files that were there and differ from the originals: someone worked in them.
    """

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]


def originals() -> list[Path]:
    """Return the notebooks, their sources and their guide pages: inside the package, or in the checkout beside it."""
    package = Path(__file__).parent / "guides"
    folder = package if package.is_dir() else Path(__file__).parents[2] / FOLDER
    return sorted(path for kind in _KINDS for path in folder.glob(kind))


def copy(workspace: Workspace) -> Copied:
    """Copy the notebooks into the workspace; a file that is already there is left as it is.

    Raises:
        MinilabsError: `base.disk`, or the folder is no workspace.
    """
    workspace.params()
    written, kept = [], []
    for original in originals():
        path, content = workspace.path(f"{FOLDER}/{original.name}"), original.read_bytes()
        if not path.is_file():
            write_bytes(path, content)
            written.append(original.name)
        elif path.read_bytes() != content:
            kept.append(original.name)
    return Copied(workspace.path(FOLDER), tuple(written), tuple(kept))
