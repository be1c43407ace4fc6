"""The instructions given to a reader: those shipped in `consignes/`, each of which a workspace may replace."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from string import Template

from pipeline.errors import MinilabsError
from pipeline.reader.model import digest

NAMES = {
    "subjects": "sujets.txt",
    "merge": "fusion.txt",
    "coding": "codage.txt",
    "pairs": "paires.txt",
    "words": "mots.txt",
}
"""Kind of question → file of its instruction."""
_HOLES = {
    "subjects": {"au_moins", "au_plus", "cadre"},
    "merge": {"au_moins", "au_plus", "cadre"},
    "coding": {"sujets"},
    "pairs": set[str](),
    "words": set[str](),
}


class Instructions:
    """The instructions in force, by kind of question."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """Take the shipped instructions, but those in `own` (file name → text).

        Raises:
            MinilabsError: `reader.instruction`: a file of another name, or a `$word` that nothing fills.
        """
        own = own or {}
        if unknown := sorted(set(own) - set(NAMES.values())):
            allowed = ", ".join(NAMES.values())
            raise MinilabsError("reader.instruction", file=unknown[0], why=f"les fichiers possibles sont : {allowed}")
        shipped = files("pipeline.reader") / "consignes"
        self._templates: dict[str, Template] = {}
        for kind, name in NAMES.items():
            text = own.get(name) or (shipped / name).read_text(encoding="utf-8")
            self._templates[kind] = _template(text.strip(), name, _HOLES[kind])

    def mark(self, kind: str) -> str:
        """Return what changes when the instruction does."""
        return digest(self._templates[kind].template)

    def fill(self, kind: str, **facts: object) -> str:
        """Return the instruction with its holes filled."""
        return self._templates[kind].substitute(facts)


def _template(text: str, name: str, holes: set[str]) -> Template:
    template = Template(text)
    if not template.is_valid():
        raise MinilabsError("reader.instruction", file=name, why="un « $ » seul doit s'écrire « $$ »")
    found = set(template.get_identifiers())
    if unknown := sorted(found - holes):
        raise MinilabsError("reader.instruction", file=name, why=f"rien ne remplit « ${unknown[0]} »")
    if missing := sorted(holes - found - {"cadre", "au_moins", "au_plus"}):
        raise MinilabsError("reader.instruction", file=name, why=f"« ${missing[0]} » doit y figurer")
    return template
