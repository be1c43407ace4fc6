"""The acts of an analyst, as people read and type them."""

from __future__ import annotations

FRENCH: dict[str, str] = {
    "assign": "ranger",
    "also": "aussi",
    "remove": "sortir",
    "weak": "isoler",
    "discuss": "discuter",
    "together": "ensemble",
    "apart": "séparer",
    "merge": "réunir",
    "split": "scinder",
    "rename": "renommer",
    "describe": "décrire",
    "kind": "nature",
    "pin": "figer",
    "reject": "écarter",
    "define": "définir",
    "attract": "attirer",
    "undo": "annuler",
}
"""Action → the word that people see and type; the file keeps the action."""
