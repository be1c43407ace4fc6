"""The organisation's own look: a small file that people edit → a `Look`, its colours checked for contrast."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import number
from pipeline.report.look import DARK, LIGHT, Logo, Look, Scheme, contrast

KEYS = ("accent", "accent_sombre", "logo", "logo_texte", "mention")
READABLE = 4.5
_SIGNATURES = {b"\x89PNG": ("png", "image/png"), b"\xff\xd8\xff": ("jpg", "image/jpeg")}


def logo_path(text: str, name: str) -> str:
    """Return the logo's path as written in the file, empty without one.

    Raises:
        MinilabsError: see `read_look`.
    """
    return str(_parsed(text, name).get("logo") or "")


def read_look(text: str, name: str, logo: bytes = b"") -> Look:
    """Return the look that a file asks for.

    Args:
        text: YAML with some of `KEYS`.
        name: of the file, for errors.
        logo: content of the logo's file, empty when it is not there.

    Raises:
        MinilabsError: `report.look_yaml`, `_key`, `_colour`, `_contrast`, `_logo`, `_logo_text`; all at once.
    """
    asked = _parsed(text, name)
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
    drawn, logo_errors = _logo(asked, name, logo)
    raise_all([*errors, *logo_errors])
    return Look(schemes["accent"], schemes["accent_sombre"], drawn, str(asked.get("mention") or ""))


def _parsed(text: str, name: str) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as why:
        raise MinilabsError("report.look_yaml", path=name) from why
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise MinilabsError("report.look_yaml", path=name)
    return {str(key): value for key, value in content.items()}


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


def _logo(asked: Mapping[str, Any], name: str, content: bytes) -> tuple[Logo | None, list[MinilabsError]]:
    path, text = str(asked.get("logo") or ""), str(asked.get("logo_texte") or "")
    if not path:
        return None, []
    found = _format(content)
    if found is None:
        return None, [MinilabsError("report.look_logo", path=name, logo=path)]
    if not text:
        return None, [MinilabsError("report.look_logo_text", path=name)]
    return Logo(content, *found, text), []


def _format(content: bytes) -> tuple[str, str] | None:
    for signature, found in _SIGNATURES.items():
        if content.startswith(signature):
            return found
    return ("svg", "image/svg+xml") if b"<svg" in content[:2000] else None
