"""Where everything lives below one folder: the only module that knows paths."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import MinilabsError
from pipeline.params import Params, read


@dataclass(frozen=True, slots=True)
class Workspace:
    """A contest's folder.

    Attributes:
        root: every path below is inside it.
    """

    root: Path

    def path(self, relative: str) -> Path:
        """Return the path of a file named from the root ("data/interim/ideas.parquet").

        Raises:
            MinilabsError: `workspace.outside` when the name leads out of the workspace.
        """
        path = (self.root / relative).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise MinilabsError("workspace.outside", path=relative)
        return path

    def given(self, relative: str) -> Path:
        """Return the path of a file the user names in `params.yaml`: absolute, or from the root."""
        return self.root / relative

    def inside(self, given: str) -> str | None:
        """Return how a path that the user names is called from the root ("data/raw"); None outside the workspace.

        "./data/raw", "data/raw/" and the absolute path are one place.
        """
        path, root = self.given(given).resolve(), self.root.resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else None

    def params(self) -> Params:
        """Return the validated parameters.

        Raises:
            MinilabsError: see `params.read`.
        """
        return read(self.root / "params.yaml")


def table_path(name: str) -> str:
    """Return where the table `name` lives, from the root."""
    folder = "private" if name == "identities" else "interim"
    return f"data/{folder}/{name}.parquet"
