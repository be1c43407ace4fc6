"""Files that people give or edit: their bytes, or one sentence when they cannot be read."""

from __future__ import annotations

import errno
from pathlib import Path

from pipeline.errors import MinilabsError

_WHY = {
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EISDIR: "c'est un dossier",
    errno.EINVAL: "son nom n'est pas valable",
}
_SHOWN = 200


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
    except (ValueError, OSError) as why:
        raise not_read(path, name, why) from why


def not_read(path: Path, name: str, why: Exception) -> MinilabsError:
    """Return the error that says why a file could not be read."""
    number = why.errno or 0 if isinstance(why, OSError) else errno.EINVAL  # a NUL in the name
    if number == errno.EACCES and path.is_dir():  # as Windows says it
        number = errno.EISDIR
    shown = name.encode(errors="replace").decode()[:_SHOWN]
    return MinilabsError("base.not_read", path=shown, why=_WHY.get(number, "l'accès est refusé"))
