"""Writes the workbooks of Excel 97 (.xls), which no library at hand writes: just enough for a sheet of texts."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def old_workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Return an xls of the sheets, every cell a text."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    opening = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    start = len(opening) + sum(len(_record(0x0085, bytes(6) + name)) for name in names) + len(_record(0x000A, b""))
    bounds = []
    for name, body in zip(names, bodies, strict=True):
        bounds.append(_record(0x0085, struct.pack("<IBB", start, 0, 0) + name))
        start += len(body)
    return _container(opening + b"".join(bounds) + _record(0x000A, b"") + b"".join(bodies))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _sheet(rows: Sequence[Sequence[str]]) -> bytes:
    opening = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    size = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    cells = [
        _record(0x0204, struct.pack("<HHHHB", i, j, 0, len(text), 1) + text.encode("utf-16-le"))
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
        if text
    ]
    return opening + size + b"".join(cells) + _record(0x000A, b"")


def _container(stream: bytes) -> bytes:
    """Return a compound file (MS-CFB) that holds one stream, "Workbook"."""
    data = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(data) // _SECTOR
    tables = 1
    while tables * (_SECTOR // 4) < tables + 1 + sectors:
        tables += 1
    chain = [_FAT] * tables + [_END] + [*range(tables + 2, tables + 1 + sectors), _END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * _SECTOR, b"\xff")
    listed = [*range(tables), *[_FREE] * (109 - tables)]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, tables, tables, 0, 4096, _END, 0, _END, 0, *listed,
    )  # fmt: skip
    root = _entry("Root Entry", 5, 1, _END, 0)
    book = _entry("Workbook", 2, _FREE, tables + 1, len(data))
    return header + table + root + book + bytes(2 * 128) + data


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", written, len(written), kind, 1, _FREE, _FREE, child, bytes(16), 0, 0, 0, start, size
    )
