"""Replies to holders: a template that the DIMAP edits and the view → one letter a holder, or one an idea.

A template is a text in sections, each opened by its name in square brackets on a line of its own. `objet`, `ouverture`
and `cloture` frame the letter; between them each idea takes the section of its answer. Fields are names in braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import agree, in_letters, long_date, number, typeset
from pipeline.kinds import ANSWER, GROUPS
from pipeline.report.frames import Row, Tables, rows
from pipeline.report.model import Idea, Lab, Report, one_line
from pipeline.report.words import KINDS, anchor, capital

FRAME = ("objet", "ouverture", "cloture")
ANSWERS = {
    "primee": "Idée primée",
    **KINDS,
    "sans_groupe": "Groupe pas encore ouvert",
    "signal_faible": "Signal faible",
}
"""Section of an answer → its name."""
SAME = "meme_theme"
"""Section of an idea whose theme the letter has just answered; without it, the answer is said again in full."""
SECTIONS = (*FRAME, *ANSWERS, SAME)
FIELDS = {
    "prenom": "prénom du porteur",
    "nom": "nom du porteur",
    "concours": "titre du concours",
    "organisation": "organisation qui publie",
    "contact": "à qui écrire",
    "vos_idees": "« votre idée », « vos deux idées »…",
    "titre": "titre de l’idée",
    "numero": "numéro de l’idée",
    "date": "date de dépôt",
    "theme": "thème de l’idée",
    "voisines": "nombre d’idées du thème",
    "autres": "« douze autres idées », « aucune autre idée »…",
    "place": "place proposée à la personne, une phrase",
    "suite": "ce qu’est devenue l’idée, une phrase",
}
"""Field → what it stands for."""
_OF_IDEA = {"titre", "numero", "date", "theme", "voisines", "autres", "suite"}
_OF_A_THEME = set(ANSWERS) - {"primee", "signal_faible"}
_NOWHERE = ("", "")
_FIELD = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Letter:
    """One reply, ready to send.

    Attributes:
        holder_id: to whom.
        family_name: of the holder.
        given_name: of the holder.
        email: of the holder.
        subject: of the message.
        paragraphs: of the letter.
        ideas: ids of the ideas answered.
        answers: their sections.
    """

    holder_id: str
    family_name: str
    given_name: str
    email: str
    subject: str
    paragraphs: tuple[str, ...]
    ideas: tuple[str, ...]
    answers: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its file, without the person's name."""
        return anchor("reponse", "-".join([self.holder_id, *self.ideas[: 1 if len(self.ideas) == 1 else 0]]))


def read_template(text: str, name: str) -> dict[str, str]:
    """Return the sections of a template.

    Args:
        text: of the file.
        name: of the file, for errors.

    Raises:
        MinilabsError: `report.letter_section`, `report.letter_missing`, `report.letter_field`, `report.letter_place`;
            all lines at once.
    """
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
    missing = [section for section in (*FRAME, *ANSWERS) if not "".join(sections.get(section, [])).strip()]
    errors += [MinilabsError("report.letter_missing", path=name, section=section) for section in missing]
    raise_all(errors)
    return {section: "\n".join(lines).strip() for section, lines in sections.items()}


def _error(code: str, name: str, line: int, value: str, allowed: Iterable[str]) -> MinilabsError:
    return MinilabsError(code, path=name, line=line, value=value[:40], allowed=", ".join(allowed))


def _field_errors(content: str, section: str, name: str, line: int) -> list[MinilabsError]:
    if section not in SECTIONS:
        return []  # the section itself is told; its fields can wait
    allowed = [field for field in FIELDS if section not in FRAME or field not in _OF_IDEA | {"place"}]
    return [
        _error("report.letter_field", name, line, field, allowed)
        for field in _FIELD.findall(content)
        if field not in allowed
    ]


def letters(
    report: Report, tables: Tables, identities: pd.DataFrame, template: Mapping[str, str], *, per_idea: bool
) -> tuple[Letter, ...]:
    """Return the replies, by holder, then by idea.

    Args:
        report: the overall view.
        tables: ideas, idea_holders, assignments, waiting_list.
        identities: names and addresses.
        template: see `read_template`.
        per_idea: one letter an idea instead of one a holder.
    """
    awarded = {r["idea_id"]: r for r in rows(tables["ideas"][~tables["ideas"]["analysed"]])}
    places = _places(report, tables)
    held = tables["idea_holders"].merge(identities, on="holder_id").sort_values(["holder_id", "idea_id"])
    written = []
    for _, group in held.groupby("holder_id", sort=True):
        person = next(rows(group))
        filed = [i for i in group["idea_id"] if i in report.idea or i in awarded]
        shared = _shared(person, report)
        seat = places.get(person["holder_id"], _NOWHERE)
        batches = [[i] for i in filed] if per_idea else [filed] if filed else []
        written += [_letter(person, ideas, report, awarded, template, shared, seat) for ideas in batches]
    return tuple(written)


def _shared(person: Row, report: Report) -> dict[str, str]:
    return {
        "prenom": person["given_name"],
        "nom": person["family_name"],
        "concours": report.title,
        "organisation": report.organisation,
        "contact": report.contact or "l’équipe du concours",
    }


def _letter(
    person: Row,
    ideas: list[str],
    report: Report,
    awarded: Mapping[str, Row],
    template: Mapping[str, str],
    shared: dict[str, str],
    seat: tuple[str, str],
) -> Letter:
    answers = [_answer(report.idea.get(i), report) for i in ideas]
    middle: list[str] = []
    told: set[tuple[str, str]] = set()
    for idea, answer in zip(ideas, answers, strict=True):
        subject = (answer, report.idea[idea].theme_id if idea in report.idea else "")
        again = SAME in template and answer in _OF_A_THEME and subject in told
        told.add(subject)
        # A person's seat is said once: after the idea it comes from, or after the first.
        place = {"place": seat[1] if idea == _seated_for(ideas, report, seat[0]) else ""}
        middle.append(_fill(template[SAME if again else answer], shared | place | _of_idea(idea, report, awarded)))
    shared = shared | {"vos_idees": _yours(len(ideas))}
    texts = [_fill(template["ouverture"], shared), *middle, _fill(template["cloture"], shared)]
    return Letter(
        holder_id=person["holder_id"],
        family_name=person["family_name"],
        given_name=person["given_name"],
        email=person["email"],
        subject=_fill(template["objet"], shared),
        paragraphs=tuple(p.strip() for text in texts for p in re.split(r"\n\s*\n", text) if p.strip()),
        ideas=tuple(ideas),
        answers=tuple(answers),
    )


def _yours(count: int) -> str:
    return "votre idée" if count == 1 else f"vos {in_letters(count)} idées"


def _others(count: int) -> str:
    if count < 1:
        return "aucune autre idée pour l’instant"
    return f"{in_letters(count, feminine=True)} {agree(count, 'autre idée')}"


def _seated_for(ideas: list[str], report: Report, theme_id: str) -> str:
    own = [i for i in ideas if i in report.idea and report.idea[i].theme_id == theme_id]
    return (own or ideas)[0]


def _answer(idea: Idea | None, report: Report) -> str:
    if idea is None:
        return "primee"
    if idea.weak:
        return "signal_faible"
    kind = report.theme[idea.theme_id].kind
    if kind in GROUPS:
        return kind if any(lab.open for lab in report.labs if lab.theme_id == idea.theme_id) else "sans_groupe"
    return ANSWER


def _of_idea(idea_id: str, report: Report, awarded: Mapping[str, Row]) -> dict[str, str]:
    idea = report.idea.get(idea_id)
    if idea is None:
        row = awarded[idea_id]
        day = long_date(row["submitted_on"]) if row["submitted_on"] else ""
        return dict.fromkeys(_OF_IDEA, "") | {"titre": one_line(row["title"]), "numero": idea_id, "date": day}
    theme = report.theme.get(idea.theme_id)
    return {
        "titre": idea.short,
        "numero": idea_id,
        "date": idea.submitted,
        "theme": theme.label if theme else "",
        "voisines": number(theme.size) if theme else "",
        "autres": _others(theme.size - 1) if theme else "",
        "suite": idea.outcome,
    }


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its fields filled in, in one pass: braces inside a value are left alone."""
    framed = typeset(text)
    return re.sub(r"[ \t]+\n", "\n", _FIELD.sub(lambda match: values[match[1]], framed))


def _places(report: Report, tables: Tables) -> dict[str, tuple[str, str]]:
    """Return theme and sentence of each person's seat, or of the place in line."""
    labs = {lab.lab_id: lab for lab in report.labs}
    said: dict[str, tuple[str, str]] = {}
    for row in rows(tables["waiting_list"]):
        said.setdefault(row["holder_id"], _waiting(labs.get(row["lab_id"]), row["place_in_line"]))
    for row in rows(tables["assignments"]):
        if row["status"] in {"placed", "volunteer"} and row["lab_id"] in labs:
            lab = labs[row["lab_id"]]
            said[row["holder_id"]] = lab.theme_id, typeset(f"Une place vous est proposée dans {_named(lab)}.")
    return said


def _waiting(lab: Lab | None, place: int) -> tuple[str, str]:
    if lab is None:
        return _NOWHERE
    full = "est complet" if lab.kind_label == "MiniLab" else "est complète"
    return lab.theme_id, typeset(
        f"{capital(_named(lab))} {full} ; vous êtes en position {place} sur la liste d’attente."
    )


def _named(lab: Lab) -> str:
    article = "le" if lab.kind_label == "MiniLab" else "la"
    return f"{article} {lab.kind_label if article == 'le' else lab.kind_label.lower()} « {lab.label} »"
