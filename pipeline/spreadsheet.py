"""CSV that people save from a spreadsheet: bytes in, text and its separator out."""

from __future__ import annotations


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, or cp1252 as a French spreadsheet saves it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator(text: str) -> str:
    """Return what separates the cells of the first line: comma, semicolon or tab."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)
