"""How far to trust the result, in plain words: stability, agreement with a person's coding, preparation of the data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.french import agree, counted, enumeration, long_date, number, percent, typeset
from pipeline.report.facts.frames import Row, rows, text
from pipeline.report.facts.tallies import Agreement, Trust
from pipeline.report.facts.themes import Theme
from pipeline.report.facts.words import capital
from pipeline.report.facts.work import Work
from pipeline.words.actions import FRENCH
from pipeline.words.proposals import proposals

Json = Mapping[str, Any]
_UNREAD = Work()


def trust(
    themes: tuple[Theme, ...],
    quality: Json,
    ingest: Json,
    conflicts: pd.DataFrame,
    labels: Mapping[str, str],
    done: Work = _UNREAD,
    beside: pd.DataFrame | None = None,
) -> Trust:
    """Return what the reader should know before relying on the result.

    Args:
        themes: with their draws.
        quality: of `quality.json`; every key may be missing.
        ingest: of `ingest_report.json`; every key may be missing.
        conflicts: decisions that no longer apply.
        labels: title by theme_id or by theme of the coding.
        done: state of the work.
        beside: the table `proposals`.
    """
    return Trust(
        sentences=tuple(map(typeset, _sentences(themes, quality, done))),
        agreement=_agreement(quality.get("agreement"), labels),
        preparation=tuple(map(typeset, _preparation(ingest))),
        conflicts=tuple(typeset(_conflict(row)) for row in rows(conflicts)),
        proposals=None if beside is None else proposals(beside),
    )


def _conflict(row: Row) -> str:
    act = FRENCH.get(row["action"], row["action"])
    return f"Décision n° {row['seq']} ({act} {row['target']}) : {text(row['problem'])}"


def _principle(done: Work) -> str:
    corrected = f", puis corrigés par des personnes ({counted(done.decisions, 'décision')})" if done.decisions else ""
    read = "" if done.decisions or done.validated else " ; personne ne les a encore relus"
    return f"Les regroupements sont proposés par un calcul{corrected}{read} : ils aident à lire, ils ne décident pas."


def _sentences(themes: tuple[Theme, ...], quality: Json, done: Work) -> list[str]:
    said = [_principle(done)]
    draws = next((theme.draws[1] for theme in themes if theme.draws), None)
    if draws:
        said.append(
            f"Pour mesurer leur stabilité, le calcul a été refait {number(draws)} fois sur des idées tirées au sort."
            " Être retrouvé à chaque calcul ne veut pas dire être juste : seule la lecture des idées le dit."
        )
    if any(theme.rests_on for theme in themes):
        said.append(
            "Chaque thème a aussi été cherché de deux autres façons, à partir des mots des idées seuls, puis à partir"
            " du sens de leurs phrases seul : sa fiche dit ce qui le fonde."
        )
    if any(theme.spread for theme in themes):
        said.append(
            "Le mélange des directions d’un thème est comparé à celui de groupes aussi nombreux, tirés au sort parmi"
            " tous les porteurs : il n’est dit plus ou moins grand que hors de ce que donnent neuf tirages sur dix."
        )
    if quality.get("former_contest"):
        said.append(
            f"Le modèle « {quality['former_contest']} », appris d'un concours précédent, a été repris : les idées sont"
            " aussi rapprochées des thèmes de même titre d'après ce que ses décisions avaient appris."
        )
    if quality.get("reader"):
        said.append(_second_reader(quality["reader"]))
    weak = quality.get("weak_signals") or {}
    if weak.get("count"):
        said.append(
            f"{counted(weak['count'], 'idée')} ({percent(weak.get('share', 0.0))}) ne se"
            f" {agree(weak['count'], 'rattache', 'rattachent')} à aucun thème."
        )
    return said


def _second_reader(read: Json) -> str:
    """Return who read beside people, when, how many ideas, and how far people agree with it."""
    when = f" le {long_date(read['day'])}" if read["day"] else ""
    said = f"Un modèle de langue ({read['model']}) a lu {counted(read['ideas'], 'idée')}{when} et proposé leur thème"
    if read["hesitant"]:
        said += f" ; ses deux lectures diffèrent pour {number(read['hesitant'])}"
    if read["kappa"] is None:
        return f"{said}. Aucune de ses propositions n’a encore été comparée à une décision."
    return (
        f"{said}. Sur {counted(read['decided'], 'idée décidée', 'idées décidées')} par des personnes, son accord avec"
        f" elles au-delà du hasard est de {number(read['kappa'], 2)} (kappa de Cohen) et {number(read['alpha'], 2)}"
        " (alpha de Krippendorff)."
    )


def _agreement(found: Json | None, labels: Mapping[str, str]) -> Agreement | None:
    if not found:
        return None
    right = found.get("accuracy")
    ideas = found.get("ideas", 0)
    said = f"Une personne a classé {counted(ideas, 'idée')} de son côté."
    if right is not None:
        said += f" Son classement et la proposition s’accordent pour {percent(right)} d’entre elles."
    indices = [f"{name} {number(found[key], 2)}" for key, name in _INDICES.items() if found.get(key) is not None]
    measured = f"Indices d’accord, de 0 (hasard) à 1 : {', '.join(indices)}." if indices else ""
    per_theme = found.get("per_theme") or {}
    return Agreement(
        typeset(said),
        typeset(measured),
        tuple(_line(theme, figures, labels) for theme, figures in sorted(per_theme.items())),
    )


_INDICES = {"v_measure": "mesure V", "ari": "Rand ajusté", "ami": "information mutuelle ajustée"}


def _line(theme: str, figures: Json, labels: Mapping[str, str]) -> tuple[str, str, str, str]:
    matched = figures.get("matched_theme")
    name = typeset(labels.get(theme, capital(theme.replace("_", " "))))
    if not matched:
        return name, "Non retrouvé", "–", "–"
    return name, labels.get(matched, matched), percent(figures["precision"]), percent(figures["recall"])


_SHOWN_ROWS = 60
"""Rows told one by one; the ingest report holds them all."""


def _preparation(ingest: Json) -> list[str]:
    """Return what became of the export: the account of ingest, then the rows that were not kept as they were."""
    accounting = sorted(ingest.get("accounting") or [], key=lambda event: (event.get("idea_id") or "", event["table"]))
    said = list(ingest.get("readers") or _counted(ingest))
    same: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for event in accounting[:_SHOWN_ROWS]:
        same[event["action"], event["why"]].append(_row(event))
    said += [f"{capital(action)} ({why}) : {_rows(rows)}." for (action, why), rows in same.items()]
    left = len(accounting) - _SHOWN_ROWS
    if left > 0:
        rest = counted(left, "autre ligne figure", "autres lignes figurent")
        said.append(f"{rest} dans le compte rendu de lecture.")
    return said


def _row(event: Json) -> str:
    """Name a row: by its idea where it has one, else by its table; its number changes with the order of the rows."""
    return event.get("idea_id") or f"« {event['table']} »"


def _rows(names: Sequence[str]) -> str:
    """Return rows by name, those of one table that no idea names counted."""
    return enumeration(
        f"{counted(n, 'ligne')} de {name}" if name.startswith("«") else name for name, n in Counter(names).items()
    )


def _counted(ingest: Json) -> list[str]:
    aside = (ingest.get("counts") or {}).get("set_aside") or {}
    return [
        f"{counted(count, 'idée mise', 'idées mises')} de côté : {reason}." for reason, count in sorted(aside.items())
    ]
