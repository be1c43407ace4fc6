"""The organisation's own look: a small file that people edit → a `Look`, its colours checked for contrast."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import typst

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.look_file import asked_look, paths_of
from pipeline.french import number
from pipeline.report.drawing.look import DARK, LIGHT, Logo, Look, Scheme, contrast
from pipeline.report.drawing.own_fonts import read_fonts

KEYS = ("accent", "accent_sombre", "police_texte", "police_titres", "logo", "logo_texte", "mention")
READABLE = 4.5
_SIGNATURES = {b"\x89PNG": ("png", "image/png"), b"\xff\xd8\xff": ("jpg", "image/jpeg")}


def read_look(text: str, name: str, contents: Mapping[str, bytes] | None = None) -> Look:
    """Return the look that a file asks for.

    Args:
        text: YAML with some of `KEYS`.
        name: of the file, for errors.
        contents: of the files it names (see `look_file.named_files`), empty for one that is not there.

    Raises:
        MinilabsError: `base.yaml`; `report.look_key`, `_colour`, `_contrast`, `_font`, `_family`, `_bold`, `_logo`,
            `_logo_text`; all at once.
    """
    contents = contents or {}
    asked = asked_look(text, name)
    errors = [
        MinilabsError("report.look_key", path=name, key=key, allowed=", ".join(KEYS))
        for key in asked
        if key not in KEYS
    ]
    schemes = {}
    for key, scheme in (("accent", LIGHT), ("accent_sombre", DARK)):
        colour = str(asked.get(key) or scheme.accent)
        errors += _colour_errors(name, key, colour, scheme)
        schemes[key] = replace(scheme, accent=colour)
    text_fonts, text_errors = read_fonts(paths_of(asked, "police_texte"), contents, name, "police_texte", bold=True)
    titles = paths_of(asked, "police_titres")
    title_fonts, title_errors = read_fonts(titles, contents, name, "police_titres", bold=False)
    drawn, logo_errors = _logo(asked, name, contents)
    raise_all([*errors, *text_errors, *title_errors, *logo_errors])
    mention = str(asked.get("mention") or "")
    return Look(schemes["accent"], schemes["accent_sombre"], text_fonts, title_fonts, drawn, mention)


def _colour_errors(name: str, key: str, colour: str, scheme: Scheme) -> list[MinilabsError]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return [MinilabsError("report.look_colour", path=name, key=key, value=colour[:30])]
    worst = min((scheme.paper, scheme.band, scheme.on_accent), key=lambda paper: contrast(colour, paper))
    ratio = contrast(colour, worst)
    if ratio >= READABLE:
        return []
    direction = "foncée" if scheme is LIGHT else "claire"
    facts = {"value": colour, "paper": worst, "ratio": number(ratio, 1), "direction": direction}
    return [MinilabsError("report.look_contrast", path=name, key=key, **facts)]


def _logo(
    asked: Mapping[str, Any], name: str, contents: Mapping[str, bytes]
) -> tuple[Logo | None, list[MinilabsError]]:
    path, text = str(asked.get("logo") or ""), str(asked.get("logo_texte") or "")
    if not path:
        return None, []
    content = contents.get(path, b"")
    found = _format(content)
    if found is None:
        return None, [MinilabsError("report.look_logo", path=name, logo=path)]
    if not text:
        return None, [MinilabsError("report.look_logo_text", path=name)]
    return Logo(content, *found, text), []


def _format(content: bytes) -> tuple[str, str] | None:
    """Return the form and the media type of a picture that can be printed whole, None for any other content."""
    named = (found for signature, found in _SIGNATURES.items() if content.startswith(signature))
    found = next(named, ("svg", "image/svg+xml") if b"<svg" in content[:2000] else None)
    return found if found and _prints(content, found[0]) else None


def _prints(content: bytes, form: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"logo.{form}").write_bytes(content)
        Path(folder, "page.typ").write_text(f'#image("logo.{form}", width: 10mm)', encoding="ascii")
        try:
            typst.compile(Path(folder, "page.typ"), format="pdf")
        except RuntimeError:  # of Typst, whatever is wrong
            return False
    return True
