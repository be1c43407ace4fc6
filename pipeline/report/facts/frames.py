"""Reading cells of a frame as plain values: missing ones become None or empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

Tables = Mapping[str, pd.DataFrame]
"""Frames by table name (see `schema`)."""
Row = Mapping[str, Any]


def rows(frame: pd.DataFrame) -> Iterator[Row]:
    """Yield each row as a mapping with missing cells as None."""
    for record in frame.to_dict("records"):
        yield {str(key): None if _missing(value) else value for key, value in record.items()}


def _missing(value: object) -> bool:
    return not isinstance(value, (list, str)) and bool(pd.isna(value))  # type: ignore[call-overload]


def text(value: object) -> str:
    """Return the value as text, empty for a missing one."""
    return "" if value is None else str(value)


def texts(values: Iterable[object] | None) -> tuple[str, ...]:
    """Return a list cell as a tuple of texts."""
    return tuple(str(value) for value in values or ())
