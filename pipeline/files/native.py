"""Old and binary workbooks (xls, xlsb) → JSON, in a process of its own: a reader that crashes takes only itself along.

Run by path (`python -I native.py < workbook`), so that nothing of the pipeline is loaded: standard output has the list
of `[name, visible, rows]`; the exit code is 3 for a password, 4 for a file that is damaged or too large to be read.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

PASSWORD, DAMAGED = 3, 4
MOST_MEMORY = 4_000_000_000
MOST_BYTES = 400_000_000
"""Of a workbook once unpacked."""
MOST_CELLS = 20_000_000
"""Of a sheet from its first cell to its last, empty ones included: one far cell makes a table of billions."""


def main() -> int:
    """Read a workbook from standard input; return the exit code."""
    import python_calamine as calamine  # noqa: PLC0415 - after the limits

    content = sys.stdin.buffer.read()
    try:
        if _unpacked(content) > MOST_BYTES:
            return DAMAGED
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = {m.name: m.visible == calamine.SheetVisibleEnum.Visible for m in book.sheets_metadata}
        read = [[name, visible.get(name, True), _rows(book.get_sheet_by_name(name))] for name in book.sheet_names]
    except calamine.PasswordError:
        return PASSWORD
    except (calamine.CalamineError, OSError, ValueError, MemoryError, zipfile.BadZipFile):
        return DAMAGED
    json.dump(read, sys.stdout, default=_told)
    return 0


def _unpacked(content: bytes) -> int:
    """Return how many bytes a workbook announces once unpacked, none for one that is no archive."""
    if not content.startswith(b"PK"):
        return 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(info.file_size for info in archive.infolist())


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    """Return the rows of a sheet, whole: rows and columns keep their place.

    Raises:
        MemoryError: it would fill the memory with empty cells.
    """
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise MemoryError
    return sheet.to_python(skip_empty_area=False)


def _told(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    raise TypeError(cell)


def limit() -> None:
    """Hold memory within bounds where the system can."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    limit()
    sys.exit(main())
