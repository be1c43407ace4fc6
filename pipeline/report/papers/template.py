"""The template of replies, which the DIMAP edits: text in sections → checked sections, and their fields filled in.

A section is opened by its name in square brackets on a line of its own. `objet`, `ouverture` and `cloture` frame the
letter; between them each idea takes the section of its answer. Fields are names in braces. A section that a template
does not have yet is taken from ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import typeset
from pipeline.words.kinds import KINDS

OVER = "groupe_termine"
"""Section of an idea whose group is over."""
FRAME = ("objet", "ouverture", "cloture")
ANSWERS = {
    "primee": "Idée primée",
    "mise_de_cote": "Idée non analysée",
    **{code: names.title for code, names in KINDS.items()},
    "sans_groupe": "Groupe pas encore ouvert",
    OVER: "Groupe terminé",
    "a_departager": "Idée à départager",
    "signal_faible": "Signal faible",
}
"""Section of an answer → its name."""
SAME = "meme_theme"
"""Section of an idea whose theme the letter has just answered; without it, the answer is said again in full."""
SECTIONS = (*FRAME, *ANSWERS, SAME)
_ALWAYS = {*FRAME, "primee", "minilab", "communaute_metier", "reponse_direction", "sans_groupe", "signal_faible"}
"""Sections of the first version, which every template has; what was added since is taken from ours where it lacks."""
FIELDS = {
    "prenom": "prénom du porteur",
    "nom": "nom du porteur",
    "concours": "titre du concours",
    "organisation": "organisation qui publie",
    "contact": "à qui écrire, ou un blanc à remplir",
    "vos_idees": "« votre idée », « vos deux idées »…",
    "retour": "la question « est-ce bien le sujet de votre idée ? » et ses lignes à cocher",
    "titre": "titre de l’idée",
    "numero": "numéro de l’idée",
    "date": "date de dépôt",
    "motif": "pourquoi l’idée n’a pas été analysée",
    "theme": "thème de l’idée",
    "voisines": "nombre d’idées du thème",
    "autres": "« douze autres idées », « aucune autre idée »…",
    "comprise": "ce qui la rapproche du thème, une phrase",
    "lecture": "qui a décidé ou relu ce rapprochement, une phrase",
    "proches": "idées dont un signal faible est le plus proche, une phrase",
    "metier": "métiers qu’une communauté réunit, une phrase",
    "place": "place proposée à la personne, ou sa position en liste d’attente, une phrase",
    "calendrier": "ce qui vient ensuite et quand, une phrase",
    "suite": "ce qu’est devenue l’idée, une phrase",
}
"""Field → what it stands for."""
OF_IDEA = {
    "titre", "numero", "date", "motif", "theme", "voisines", "autres", "comprise", "lecture", "proches", "calendrier",
    "metier", "suite",
}  # fmt: skip
_FIELD = re.compile(r"\{([^{}\n]*)\}")


def read_template(text: str, name: str) -> dict[str, str]:
    """Return the sections of a template, those it does not have yet taken from ours.

    Args:
        text: of the file.
        name: of the file, for errors.

    Raises:
        MinilabsError: `report.letter_section`, `report.letter_missing`, `report.letter_field`; all lines at once.
    """
    given = _read(text, name)
    missing = ANSWERS.keys() - _ALWAYS - given.keys()
    return given | {section: _ours()[section] for section in sorted(missing)} if missing else given


@cache
def _ours() -> dict[str, str]:
    text = (files("pipeline.report") / "letters.txt").read_text(encoding="utf-8")
    return _read(text, "letters.txt")


def _read(text: str, name: str) -> dict[str, str]:
    sections: dict[str, list[str]] = {}
    errors, current = [], ""
    for line, content in enumerate(text.splitlines(), 1):
        opened = re.fullmatch(r"\s*\[([^\]]*)\]\s*", content)
        if opened:
            current = opened[1].strip()
            sections[current] = []
            if current not in SECTIONS:
                errors.append(_error("report.letter_section", name, line, current, SECTIONS))
        elif current:
            sections[current].append(content)
            errors += _field_errors(content, current, name, line)
    needed = [section for section in (*FRAME, *ANSWERS) if section in _ALWAYS or section in sections]
    missing = [section for section in needed if not "".join(sections.get(section, [])).strip()]
    errors += [MinilabsError("report.letter_missing", path=name, section=section) for section in missing]
    raise_all(errors)
    return {section: "\n".join(lines).strip() for section, lines in sections.items()}


def _error(code: str, name: str, line: int, value: str, allowed: Iterable[str]) -> MinilabsError:
    return MinilabsError(code, path=name, line=line, value=value[:40], allowed=", ".join(allowed))


def _field_errors(content: str, section: str, name: str, line: int) -> list[MinilabsError]:
    if section not in SECTIONS:
        return []  # the section itself is told; its fields can wait
    allowed = [field for field in FIELDS if section not in FRAME or field not in OF_IDEA | {"place"}]
    return [
        _error("report.letter_field", name, line, field, allowed)
        for field in _FIELD.findall(content)
        if field not in allowed
    ]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its fields filled in, in one pass: braces inside a value are left alone."""
    framed = re.sub(rf"{_BLANKS}(?<=[ \t])(?=\{{|$)", " ", typeset(text), flags=re.MULTILINE)
    filled = _EMPTY_FIELD.sub(lambda match: "" if not values[match[1]] else match[0], framed)
    return re.sub(rf"{_BLANKS}\n", "\n", _FIELD.sub(lambda match: values[match[1]], filled)).strip()


_BLANKS = r"(?<![ \t])[ \t]*+"  # from where they begin: a long run is read once
_EMPTY_FIELD = re.compile(_BLANKS + r"\{([^{}\n]*)\}")
