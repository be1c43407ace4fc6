"""The organisation's font files → the fonts of its documents, one family a use, read as Typst reads them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from pipeline.errors import MinilabsError
from pipeline.report.drawing.look import Font

_BOLD = 600
"""From this weight a font can carry what is set in bold."""


def read_fonts(
    names: tuple[str, ...], contents: Mapping[str, bytes], path: str, key: str, *, bold: bool
) -> tuple[tuple[Font, ...], list[MinilabsError]]:
    """Return the fonts that `names` designate, and what is wrong with them.

    Args:
        names: files, from the workspace.
        contents: of those files; absent or empty when there is none.
        path: of the look's file, for errors.
        key: of the look's file that names them, for errors.
        bold: whether the family needs a bold: otherwise what is set in bold would not show.

    Errors: `report.look_font` (missing, or no TrueType nor OpenType font), `_family` (several), `_bold`.
    """
    found = {name: font_of(contents.get(name, b"")) for name in names}
    if lost := [name for name in names if found[name] is None]:
        return (), [MinilabsError("report.look_font", path=path, key=key, font=name) for name in lost]
    fonts = tuple(font for name in names if (font := found[name]))
    wrong = _unfit(fonts, path, key, bold=bold)
    return (() if wrong else fonts), wrong


def _unfit(fonts: tuple[Font, ...], path: str, key: str, *, bold: bool) -> list[MinilabsError]:
    """Return why fonts do not make one family, or one that can be set in bold where it has to."""
    families = sorted({font.family for font in fonts})
    if len(families) > 1:
        return [MinilabsError("report.look_family", path=path, key=key, families=", ".join(families))]
    if fonts and bold and not any(font.weight >= _BOLD for font in fonts):
        return [MinilabsError("report.look_bold", path=path, key=key, family=families[0])]
    return []


def font_of(content: bytes) -> Font | None:
    """Return the font that a file holds, or None when it holds none that both pages and print can use."""
    if not content:
        return None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "font.ttf").write_bytes(content)
        read = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]).fonts()
    return Font(content, read[0].family, read[0].weight, read[0].style) if read else None
