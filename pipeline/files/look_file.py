"""The file of the organisation's look, as far as other files are concerned: the logo and fonts that it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.files.yaml_file import read_yaml


def asked_look(text: str, name: str) -> Mapping[str, Any]:
    """Return key → value as written.

    Raises:
        MinilabsError: see `read_yaml`.
    """
    return {str(key): value for key, value in read_yaml(text, name).items()}


def paths_of(asked: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the files a key names: one, a list, or none."""
    value = asked.get(key) or ()
    return tuple(str(path) for path in value) if isinstance(value, (list, tuple)) else (str(value),)


def named_files(text: str, name: str) -> tuple[str, ...]:
    """Return the paths of the logo and fonts as written in the file.

    Raises:
        MinilabsError: see `read_yaml`.
    """
    asked = asked_look(text, name)
    return tuple(path for key in ("logo", "police_texte", "police_titres") for path in paths_of(asked, key))
