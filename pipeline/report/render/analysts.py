"""The analysts' workbook and the mail-merge workbook, as tables with French heads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.report.facts.follow_up import STEPS, Step
from pipeline.report.facts.frames import Tables, rows
from pipeline.report.facts.measures import named
from pipeline.report.facts.model import Report
from pipeline.report.papers.letters import Letter
from pipeline.report.papers.template import ANSWERS
from pipeline.report.render.workbook import DATES, Sheet, workbook
from pipeline.report.view.claims import about

FOLLOW_UP = "Suivi"
FOLLOW_UP_HEADS = ("Idée, thème ou groupe", "Étape", "Date", "Par qui", "Commentaire")


def analysts_workbook(report: Report, tables: Tables, quality: Mapping[str, Any], steps: Iterable[Step]) -> bytes:
    """Return ideas, themes, assignments, waiting list, quality and follow-up as one workbook, without names.

    Args:
        report: the overall view.
        tables: assignments, waiting_list.
        quality: of `quality.json`.
        steps: of the follow-up table.
    """
    groups = {lab.lab_id: f"{lab.label} ({lab.lab_id})" for lab in report.labs}
    days = dict(tables["ideas"][["idea_id", "submitted_on"]].itertuples(index=False, name=None))
    sheets: dict[str, Sheet] = {
        "À lire": _cover(report),
        "Idées": _ideas(report, days),
        "Thèmes": _themes(report),
        "Affectations": _rows(tables, "assignments", _ASSIGNMENTS, groups),
        "Liste d’attente": _rows(tables, "waiting_list", _WAITING, groups),
        "Qualité": (("Mesure", "Valeur"), [(named(path), value) for path, value in _flat(quality)]),
        FOLLOW_UP: (FOLLOW_UP_HEADS, [(s.target, s.step, _day(s.day), s.who, s.comment) for s in steps]),
    }
    choices = {(FOLLOW_UP, "Étape"): tuple(STEPS), (FOLLOW_UP, "Date"): DATES}
    return workbook(sheets, f"{report.title} – classeur", choices, stamp=report.work.said)


def merge_workbook(letters: Iterable[Letter]) -> bytes:
    """Return the mail-merge workbook: one row a letter, with names and addresses (private)."""
    heads = ("Agent", "Prénom", "Nom", "Courriel", "Idées", "Réponse", "Objet", "Texte")
    lines = [
        (
            letter.holder_id, letter.given_name, letter.family_name, letter.email, ", ".join(letter.ideas),
            ", ".join(dict.fromkeys(ANSWERS[answer] for answer in letter.answers)), letter.subject,
            "\n\n".join(letter.paragraphs),
        )
        for letter in letters
    ]  # fmt: skip
    return workbook({"Réponses": (heads, lines)}, "Réponses aux porteurs")


def _cover(report: Report) -> Sheet:
    """Return what the workbook is of, and how far people have read it."""
    told = {
        "Concours": report.title, "Organisation": report.organisation, "Période": report.period,
        "État du travail": report.work.said, "À qui écrire": report.contact,
    }  # fmt: skip
    return ("Ce classeur", ""), [(head, value) for head, value in told.items() if value]


_ASSIGNMENTS = {
    "holder_id": "Agent", "lab_id": "Groupe", "status": "Situation", "affinity": "Affinité", "rank": "Rang",
    "reason": "Raison",
}  # fmt: skip
_WAITING = {
    "holder_id": "Agent", "lab_id": "Groupe", "place_in_line": "Position", "affinity": "Affinité", "reason": "Raison",
}  # fmt: skip


_SITUATIONS = {
    "placed": "placé", "waiting": "en attente", "volunteer": "placé, volontaire", "not_concerned": "sans groupe",
    "facilitator": "anime le groupe",
}  # fmt: skip


def _rows(tables: Tables, name: str, heads: Mapping[str, str], groups: Mapping[str, str]) -> Sheet:
    """Return a table with French heads, groups by name and situations in words."""
    told = {"lab_id": groups, "status": _SITUATIONS}
    lines = [[told.get(column, {}).get(row[column], row[column]) for column in heads] for row in rows(tables[name])]
    return tuple(heads.values()), lines


def _day(written: object) -> object:
    """Return an ISO date as a date, anything else as it is."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return written


def _ideas(report: Report, days: Mapping[str, object]) -> Sheet:
    heads = (
        "Numéro", "Titre", "Description", "Bénéfices", "Déposée le", "Votes", "Thème", "Second thème", "Signal faible",
        "Rattachement", "Pourquoi", "Presque identiques", "Suite",
    )  # fmt: skip
    labels = {theme.theme_id: theme.label for theme in report.themes}
    lines = [
        (
            i.idea_id, i.title, i.description, i.benefits, _day(days.get(i.idea_id)), i.votes,
            labels.get(i.theme_id, ""), labels.get(i.second_id, ""), i.weak, i.placement, i.why,
            ", ".join(i.near), i.outcome,
        )
        for i in report.ideas
    ]  # fmt: skip
    return heads, lines


def _themes(report: Report) -> Sheet:
    heads = (
        "Numéro", "Thème", "Résumé", "Mots du thème", "Réponse proposée", "Raison", "Idées", "Stabilité",
        "Ce qui le fonde", "Directions", "Ce qui le distingue",
    )  # fmt: skip
    lines = [
        (
            t.theme_id, t.label, about(t), ", ".join(t.key_phrases), t.kind_label, t.kind_reason,
            t.size, t.found, t.rests_on, t.spread, ", ".join(t.difference),
        )
        for t in report.themes
    ]  # fmt: skip
    return heads, lines


def _flat(value: object, path: str = "") -> Iterable[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(item, f"{path} / {key}" if path else str(key))
    elif isinstance(value, list):
        for place, item in enumerate(value, 1):
            yield from _flat(item, f"{path} / {place}")
    else:
        yield path, value
