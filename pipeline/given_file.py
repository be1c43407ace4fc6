"""Files that people give or edit: their bytes, or one sentence when they cannot be read."""

from __future__ import annotations

import errno
from pathlib import Path

from pipeline.errors import MinilabsError

_WHY = {errno.ENAMETOOLONG: "son nom est trop long", errno.EISDIR: "c'est un dossier"}


def content_of(path: Path, name: str) -> bytes:
    """Return what a file holds; nothing when it does not exist.

    Args:
        path: of the file.
        name: in the error.

    Raises:
        MinilabsError: `base.not_read`: a folder, a name that cannot be, a file that may not be read.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except ValueError as why:  # a NUL in the name
        raise MinilabsError("base.not_read", path=name[:_SHOWN], why="son nom n'est pas valable") from why
    except OSError as why:
        said = "c'est un dossier" if why.errno == errno.EACCES and path.is_dir() else _WHY.get(why.errno or 0)
        raise MinilabsError("base.not_read", path=name[:_SHOWN], why=said or "l'accès est refusé") from why


_SHOWN = 200
