"""Techniques of creativity for facilitators who are being trained: a YAML file that people may replace → sheets.

Each says when to use it, how long, how to set it up, what it needs, its traps, and one worked example. The examples of
ours are made of ideas of the fictional contest in `data/sample`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.yaml_file import read_yaml
from pipeline.french import typeset
from pipeline.identifiers import slug

MOMENTS = {
    "comprendre": "Comprendre le problème",
    "chercher": "Chercher des idées",
    "choisir": "Choisir",
    "construire": "Construire la suite",
}
"""Moment of a session → its title, in the order of a session."""
_TEXTS = ("moment", "quand", "duree", "personnes")
_LISTS = ("materiel", "deroule", "pieges")
KEYS = (*_TEXTS, *_LISTS, "exemple", "source")
"""Of a sheet; `source` may be missing."""
_EXAMPLE = "« idees », une liste de « numero » et « titre », et « texte »"


@dataclass(frozen=True, slots=True)
class Technique:
    """One sheet.

    Attributes:
        name: of the technique.
        source: who made it, or empty.
        moment: a key of `MOMENTS`.
        when: to use it.
        length: how long it takes.
        people: for how many.
        material: what it needs.
        steps: how it goes.
        traps: what goes wrong.
        ideas: (number, title) of those that the example is made of.
        example: what happened with them.
    """

    name: str
    source: str
    moment: str
    when: str
    length: str
    people: str
    material: tuple[str, ...]
    steps: tuple[str, ...]
    traps: tuple[str, ...]
    ideas: tuple[tuple[str, str], ...]
    example: str

    @property
    def anchor(self) -> str:
        """The name of its place on the page."""
        return f"t-{slug(self.name)}"


def read_techniques(text: str, path: str) -> tuple[Technique, ...]:
    """Return the sheets of a file, by moment of a session, then in its order.

    Args:
        text: YAML, name of a technique → `KEYS`.
        path: named in errors.

    Raises:
        MinilabsError: `base.yaml`; `report.technique` for every key that is missing, unknown or not of its form.
    """
    found, errors = [], []
    for name, sheet in read_yaml(text, path).items():
        wrong = _errors(str(name), sheet, path)
        errors += wrong
        if not wrong:
            found.append(_technique(str(name), sheet))
    raise_all(errors)
    order = list(MOMENTS)
    return tuple(sorted(found, key=lambda technique: order.index(technique.moment)))


def _technique(name: str, sheet: Mapping[str, Any]) -> Technique:
    listed = {key: tuple(typeset(str(item)) for item in sheet[key]) for key in _LISTS}
    ideas = tuple((str(idea["numero"]), typeset(str(idea["titre"]))) for idea in sheet["exemple"]["idees"])
    return Technique(
        name=typeset(name),
        source=typeset(str(sheet.get("source") or "")),
        moment=sheet["moment"],
        when=typeset(sheet["quand"].strip()),
        length=typeset(sheet["duree"]),
        people=typeset(sheet["personnes"]),
        material=listed["materiel"],
        steps=listed["deroule"],
        traps=listed["pieges"],
        ideas=ideas,
        example=typeset(sheet["exemple"]["texte"].strip()),
    )


def _errors(name: str, sheet: object, path: str) -> list[MinilabsError]:
    """Return what a sheet lacks or says in another form than expected."""
    if not isinstance(sheet, Mapping):
        return [_wrong(path, name, "", ", ".join(KEYS))]
    unknown = [_wrong(path, name, str(key), ", ".join(KEYS)) for key in sheet if key not in KEYS]
    wrong = [_wrong(path, name, key, said) for key, (fits, said) in _FORMS.items() if not fits(sheet.get(key))]
    return [*unknown, *wrong]


def _wrong(path: str, name: str, key: str, expected: str) -> MinilabsError:
    return MinilabsError("report.technique", path=path, name=name[:40], key=key[:40] or "(vide)", expected=expected)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _is_example(value: object) -> bool:
    if not isinstance(value, Mapping) or not _is_text(value.get("texte")):
        return False
    ideas = value.get("idees")
    return isinstance(ideas, list) and all(
        isinstance(idea, Mapping) and _is_text(idea.get("numero")) and _is_text(idea.get("titre")) for idea in ideas
    )


_FORMS: dict[str, tuple[Callable[[object], bool], str]] = {
    "moment": (lambda value: isinstance(value, str) and value in MOMENTS, ", ".join(MOMENTS)),
    **{key: (_is_text, "un texte") for key in _TEXTS if key != "moment"},
    **dict.fromkeys(_LISTS, (_is_list, "une liste de textes")),
    "exemple": (_is_example, _EXAMPLE),
    "source": (lambda value: value is None or _is_text(value), "un texte"),
}
"""Key → whether a value is of its form, and the form in words."""
