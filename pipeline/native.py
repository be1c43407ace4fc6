"""Old and binary workbooks (xls, xlsb) → JSON, in a process of its own: a reader that crashes takes only itself along.

Run by path (`python -I native.py < workbook`), so that nothing of the pipeline is loaded: standard output has the list
of `[name, visible, rows]`; the exit code is 3 for a password, 4 for a damaged file.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta

PASSWORD, DAMAGED = 3, 4
MOST_MEMORY = 4_000_000_000


def main() -> int:
    """Read a workbook from standard input; return the exit code."""
    import python_calamine as calamine  # noqa: PLC0415 - after the limits

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        visible = {m.name: m.visible == calamine.SheetVisibleEnum.Visible for m in book.sheets_metadata}
        # whole, so that rows and columns keep their place in the sheet
        read = [
            [name, visible.get(name, True), book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            for name in book.sheet_names
        ]
    except calamine.PasswordError:
        return PASSWORD
    except (calamine.CalamineError, OSError):
        return DAMAGED
    json.dump(read, sys.stdout, default=_told)
    return 0


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
