"""A deck as an editable presentation (pptx): native titles, lists and tables, pictures with an alternative text.

The same deck gives the same bytes: dates are the data's own.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import vl_convert
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Pt

from pipeline.french import typeset
from pipeline.report.drawing.look import Look
from pipeline.report.papers.decks import Deck, Drawn, Slide

_WIDE, _HIGH, _SIDE, _TOP = 12192000, 6858000, 640000, 1420000
_TITLE_ONLY, _FEW = 5, 5
_FAMILY, _SIZE = re.compile(r'font-family="[^"]*"'), re.compile(r'font-size="([\d.]+)"')
_EPOCH = (1980, 1, 1, 0, 0, 0)


def written(deck: Deck, look: Look, *, day: str, organisation: str) -> bytes:
    """Return the deck as a pptx file.

    Args:
        deck: what to show.
        look: colours of the light scheme.
        day: ISO date of the data, written as the file's own; empty: none.
        organisation: author of the file.
    """
    file = Presentation()
    file.slide_width, file.slide_height = Emu(_WIDE), Emu(_HIGH)
    _cover(file, deck, look)
    for slide in deck.slides:
        _stamp(_slide(file, slide, look), deck.stamp, look)
    told = file.core_properties
    told.title, told.author, told.last_modified_by, told.language = deck.title, organisation, organisation, "fr-FR"
    told.created = told.modified = datetime.fromisoformat(day or "1980-01-01")
    out = io.BytesIO()
    file.save(out)
    return _timeless(out.getvalue())


def _timeless(content: bytes) -> bytes:
    """Return the archive with no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cover(file: Any, deck: Deck, look: Look) -> None:  # noqa: ANN401 - python-pptx has no types
    slide = file.slides.add_slide(file.slide_layouts[_TITLE_ONLY])
    band = slide.shapes.add_shape(1, 0, 0, Emu(_WIDE), Emu(170000))
    band.fill.solid()
    band.fill.fore_color.rgb = _colour(look.light.accent)
    band.line.fill.background()
    _decorative(band)
    _title(slide, deck.title, look, top=2000000, height=1900000, size=38)
    _paragraphs(slide, (deck.subtitle,), look, top=4100000, height=1200000, size=18, bullets=False)


def _slide(file: Any, shown: Slide, look: Look) -> Any:  # noqa: ANN401
    slide = file.slides.add_slide(file.slide_layouts[_TITLE_ONLY])
    _title(slide, shown.title, look, top=360000, height=980000, size=28)
    top = _TOP
    if shown.figures:
        top = _figures(slide, shown, look, top)
    room = _HIGH - top - (840000 if shown.note else 380000)
    if shown.picture:
        _picture(slide, shown.picture, top, room)
    if shown.table:
        _table(slide, shown.table, look, top)
    if shown.lines:
        size = 20 if len(shown.lines) <= _FEW else 17
        _paragraphs(slide, shown.lines, look, top=top, height=room, size=size, bullets=True)
    if shown.note:
        _paragraphs(slide, (shown.note,), look, top=_HIGH - 780000, height=500000, size=12, bullets=False)
    return slide


def _stamp(slide: Any, said: str, look: Look) -> None:  # noqa: ANN401
    """Write the state of the work at the foot of a slide, on the right: slides are shown and copied one by one."""
    box = slide.shapes.add_textbox(Emu(_SIDE), Emu(_HIGH - 330000), Emu(_WIDE - 2 * _SIDE), Emu(280000))
    box.name = "État du travail"
    _fill(box.text_frame.paragraphs[0], said, look.light.soft, size=11)
    box.text_frame.paragraphs[0].alignment = 3


def _title(slide: Any, said: str, look: Look, *, top: int, height: int, size: int) -> None:  # noqa: ANN401
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = Emu(_SIDE), Emu(top), Emu(_WIDE - 2 * _SIDE), Emu(height)
    shape.text_frame.word_wrap = True
    _fill(shape.text_frame.paragraphs[0], said, look.light.accent, size=size, bold=True)
    shape.text_frame.paragraphs[0].alignment = 1


def _paragraphs(
    slide: Any,  # noqa: ANN401
    lines: tuple[str, ...],
    look: Look,
    *,
    top: int,
    height: int,
    size: int,
    bullets: bool,
) -> None:
    box = slide.shapes.add_textbox(Emu(_SIDE), Emu(top), Emu(_WIDE - 2 * _SIDE), Emu(height))
    box.text_frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = box.text_frame.paragraphs[0] if place == 0 else box.text_frame.add_paragraph()
        _fill(paragraph, f"• {line}" if bullets else line, look.light.ink, size=size)
        paragraph.space_after = Pt(9)


def _figures(slide: Any, shown: Slide, look: Look, top: int) -> int:  # noqa: ANN401
    wide = (_WIDE - 2 * _SIDE) // len(shown.figures)
    for place, figure in enumerate(shown.figures):
        box = slide.shapes.add_textbox(Emu(_SIDE + place * wide), Emu(top), Emu(wide - 120000), Emu(1300000))
        box.text_frame.word_wrap = True
        _fill(box.text_frame.paragraphs[0], figure.value, look.light.accent, size=36, bold=True)
        _fill(box.text_frame.add_paragraph(), figure.label, look.light.soft, size=15)
    return top + 1600000


def _table(slide: Any, rows: tuple[tuple[str, ...], ...], look: Look, top: int) -> None:  # noqa: ANN401
    wide = _WIDE - 2 * _SIDE
    frame = slide.shapes.add_table(len(rows), len(rows[0]), Emu(_SIDE), Emu(top), Emu(wide), Emu(400000 * len(rows)))
    frame.name = "Tableau"
    _describe(frame, f"Tableau : {', '.join(rows[0])}.")
    rest = int(wide * 0.6 / max(len(rows[0]) - 1, 1))
    for place, column in enumerate(frame.table.columns):
        column.width = Emu(wide - rest * (len(rows[0]) - 1)) if place == 0 else Emu(rest)
    for row, cells in enumerate(rows):
        for column, said in enumerate(cells):
            cell = frame.table.cell(row, column)
            cell.fill.solid()
            cell.fill.fore_color.rgb = _colour(_ground(row, look))
            colour = look.light.on_accent if row == 0 else look.light.ink
            _fill(cell.text_frame.paragraphs[0], said, colour, size=14, bold=row == 0 or column == 0)


def _ground(row: int, look: Look) -> str:
    """Return the colour behind a row: the head apart, others in turn."""
    return look.light.accent if row == 0 else look.light.band if row % 2 else look.light.paper


def _picture(slide: Any, drawn: Drawn, top: int, room: int) -> None:  # noqa: ANN401
    picture = slide.shapes.add_picture(io.BytesIO(_png(drawn.svg)), Emu(_SIDE), Emu(top))
    share = min(room / picture.height, (_WIDE - 2 * _SIDE) / picture.width)
    picture.width, picture.height = Emu(int(picture.width * share)), Emu(int(picture.height * share))
    picture.left = Emu((_WIDE - picture.width) // 2)
    _describe(picture, drawn.alternative)


def _png(svg: str) -> bytes:
    """Return a drawing as pixels.

    The outlines of Source Sans are not drawn by the rasteriser, which finds the font: DejaVu, a little smaller, is.
    """
    _with_our_fonts()
    plain = _FAMILY.sub('font-family="DejaVu Sans"', svg)
    return bytes(vl_convert.svg_to_png(_SIZE.sub(lambda m: f'font-size="{0.88 * float(m[1]):g}"', plain), scale=1.6))


@cache
def _with_our_fonts() -> None:
    with as_file(files("pipeline.report") / "fonts") as folder:
        vl_convert.register_font_directory(str(folder))


def _fill(paragraph: Any, said: str, colour: str, *, size: int, bold: bool = False) -> None:  # noqa: ANN401
    run = paragraph.add_run()
    run.text = typeset(" ".join(said.split("\n")))
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Calibri"
    run.font.language_id = 1036
    run.font.color.rgb = _colour(colour)


def _describe(shape: Any, said: str) -> None:  # noqa: ANN401
    shape._element.xpath(".//p:cNvPr")[0].set("descr", typeset(said))  # noqa: SLF001 - python-pptx has no other way


def _decorative(shape: Any) -> None:  # noqa: ANN401
    shape.name = "Bandeau"
    _describe(shape, "")


def _colour(value: str) -> RGBColor:
    red, green, blue = (int(value.removeprefix("#")[place : place + 2], 16) for place in (0, 2, 4))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call] # python-pptx has no types
