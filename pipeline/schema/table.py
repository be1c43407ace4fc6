"""One table: columns, types and key, checked on entry and exit of each stage."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import pyarrow as pa

from pipeline.errors import MinilabsError

TEXT, TEXTS, INT, REAL, FLAG = pa.string(), pa.list_(pa.string()), pa.int64(), pa.float64(), pa.bool_()
VECTOR = pa.list_(pa.float32())


@dataclass(frozen=True)
class Table:
    """One table of the pipeline.

    Attributes:
        name: as in the architecture page and in file names.
        key: columns that together name a row.
        columns: column → Arrow type; a name ending in `?` may hold empty cells.
        private: holds identities: owner-only permissions, never in git or in a cache.
    """

    name: str
    key: tuple[str, ...]
    columns: dict[str, pa.DataType]
    private: bool = False

    @cached_property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, nullability included."""
        return pa.schema([pa.field(c.rstrip("?"), t, nullable=c.endswith("?")) for c, t in self.columns.items()])

    @property
    def version(self) -> str:
        """What tells the table from one of another program: a hash of its columns, types and key."""
        fields = [f"{field.name} {field.type} {field.nullable}" for field in self.arrow]
        return hashlib.sha256("\n".join([self.name, *self.key, *fields]).encode()).hexdigest()[:12]

    def to_arrow(self, frame: pd.DataFrame) -> pa.Table:
        """Return `frame` with the declared columns only, in declared order and types, rows sorted by key.

        A column that may hold empty cells may be absent: all its cells are then empty.

        Raises:
            MinilabsError: `schema.columns`, `schema.type`, `schema.empty_cell` or `schema.key`.
        """
        names = self.arrow.names
        optional = [c for c in names if c not in frame.columns and f"{c}?" in self.columns]
        frame = frame.assign(**dict.fromkeys(optional)) if optional else frame
        missing = [c for c in names if c not in frame.columns]
        if missing:
            raise MinilabsError(
                "schema.columns",
                table=self.name,
                missing=", ".join(missing),
                present=", ".join(map(str, frame.columns)),
            )
        ordered = frame[names].sort_values(list(self.key), kind="stable").reset_index(drop=True)
        extra = int(ordered.duplicated(list(self.key)).sum())
        if extra:
            raise MinilabsError("schema.key", table=self.name, key=" + ".join(self.key), count=extra)
        return pa.Table.from_arrays([self._column(ordered, field) for field in self.arrow], schema=self.arrow)

    def _column(self, frame: pd.DataFrame, field: pa.Field) -> pa.Array:
        try:
            column = pa.Array.from_pandas(frame[field.name], type=field.type)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as why:
            raise MinilabsError("schema.type", table=self.name, column=field.name, expected=str(field.type)) from why
        if column.null_count and not field.nullable:
            raise MinilabsError("schema.empty_cell", table=self.name, column=field.name, count=column.null_count)
        return column

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` as it would be read back from disk: declared columns, types and row order.

        Raises:
            MinilabsError: see `to_arrow`.
        """
        return to_pandas(self.to_arrow(frame))

    def empty(self) -> pd.DataFrame:
        """Return the table with its columns and no row."""
        return to_pandas(self.arrow.empty_table())


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Return the frame of an Arrow table: nullable integers, strings as `str`, lists as Python lists."""
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}.get)
    for field in table.schema:
        if field.type == TEXTS:
            cells = [list(cell) if cell is not None else [] for cell in frame[field.name]]
            frame[field.name] = pd.Series(
                cells, index=frame.index, dtype=object
            )  # a column without cells stays one of lists
        if not field.nullable and field.type in (INT, FLAG):
            frame[field.name] = frame[field.name].astype("int64" if field.type == INT else "bool")
    return frame
