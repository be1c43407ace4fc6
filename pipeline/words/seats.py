"""Why a person sits, waits or is not concerned: facts of the assignments and of the lines in, French sentences out.

The one place where these sentences are made. What is public names no idea; the team's documents say which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.french import agree, counted, enumeration, number, percent, typeset

PRIVATE = "private"
"""Attribute of a column that is shown nowhere: it has a name for people, never a value."""

NAMES = {
    "directorate": "de",
    "site_type": "de type",
    "department": "du département",
    "occupation": "du métier",
    PRIVATE: "d'un même profil",
}
"""Column of a cap → the words before its value."""

_SCALE = 1000
_NOBODY = frozenset({"seated", "holders_seated"})

Row = Mapping[str, Any]
"""A row of `schema.ASSIGNMENTS`, `schema.WAITING_LIST` or `schema.LABS`."""

CAUSES = {
    "unavailable": "S'est déclarée indisponible.",
    "no_theme": "Aucune de ses idées n'entre dans un thème.",
    "near": "Ses idées ne sont que rapprochées d'un thème : aucun groupe ne porte sur elles.",
    "direction": "Le thème de ses idées recevra la réponse d'une direction, sans groupe.",
    "undecided": "La suite à donner au thème de ses idées n'est pas encore décidée.",
    "nameless": "Ses idées sont dans un ensemble que des personnes doivent encore départager.",
    "closed": "Le groupe qui traite de son sujet n'a pas lieu.",
    "banned": "L'équipe d'animation a décidé d'une exclusion de ce groupe.",
    "facilitates": "Anime le groupe qui traite de son sujet.",
    "slots": "Le groupe qui traite de son sujet se réunit quand la personne n'est pas disponible.",
    "trade": "Le groupe qui traite de son sujet réunit un autre métier que le sien.",
    "weak": "Ses idées sont trop éloignées du sujet des groupes.",
    "no_group": "Aucun groupe ouvert ne peut l'accueillir.",
}
"""Why a person is not concerned, by code (see `assign.result.not_concerned`)."""


@dataclass(frozen=True, slots=True)
class Group:
    """What sentences say of a group: its title, people placed, seats."""

    label: str
    placed: int
    maximum: int


def groups_of(labs: pd.DataFrame) -> dict[str, Group]:
    """Return what sentences need of each row of `schema.LABS`, by lab_id."""
    found = zip(labs["lab_id"], labs["label"], labs["placed"], labs["maximum"], strict=True)
    return {str(lab): Group(str(label), int(placed), int(most)) for lab, label, placed, most in found}


def with_reasons(
    frame: pd.DataFrame, labs: pd.DataFrame, say: Callable[[Row, Mapping[str, Group]], str]
) -> pd.DataFrame:
    """Return `frame` with the public reason of each of its rows, by `say` (`seat_reason`, `line_reason`)."""
    groups = groups_of(labs)
    return frame.assign(reason=pd.Series([say(row, groups) for row in _rows(frame)], index=frame.index, dtype=object))


def _rows(frame: pd.DataFrame) -> Iterable[dict[str, Any]]:
    columns = list(map(str, frame.columns))
    return (dict(zip(columns, row, strict=True)) for row in frame.itertuples(index=False, name=None))


def seat_reason(row: Row, groups: Mapping[str, Group]) -> str:
    """Return the public reason of a row of assignments: no idea is named."""
    if row["status"] == "not_concerned":
        return typeset(" ".join(CAUSES[cause] for cause in row["causes"]))
    if row["status"] == "facilitator":
        return typeset("Anime ce groupe, sans en être membre.")
    if row["status"] == "waiting":
        return typeset(f"En attente d'une place. {_first(row, groups)}")
    affinity = f"Affinité : {percent(row['affinity'])}."
    return typeset(" ".join(filter(None, [*_own(row, None), affinity, *_after(row), _first(row, groups)])))


def team_reason(row: Row, groups: Mapping[str, Group], name: Callable[[str], str]) -> str:
    """Return why a person has the seat as the team reads it: ideas as `name` writes them, no figure of the solver."""
    first = ""
    if row["first_lab"] in groups:
        first = f"Son premier groupe aurait été « {groups[row['first_lab']].label} »."
    return typeset(" ".join(filter(None, [*_own(row, name), *_after(row), first])))


def _own(row: Row, name: Callable[[str], str] | None) -> list[str]:
    """What links the person to the group: a decision, ideas, a wish, or people to stay with."""
    decided = {"fixed": "Place décidée par l'équipe d'animation.", "announced": "Place déjà annoncée."}
    near = list(row["near_ideas"])
    on = [idea for idea in row["ideas"] if idea not in near]
    said = [decided.get(row["reason_code"], "")]
    said += [_ideas(on, name, "porte sur ce sujet", "portent sur ce sujet")] if on else []
    said += [_ideas(near, name, *_CLOSE)] if near and not (on and name is None) else []
    said += [f"C'est son vœu n° {row['wish']}."] if row["wish"] else []
    if not any(said):
        said.append("Place sans lien avec une idée : volontaire, ou pour rester avec une autre personne.")
    return said


_CLOSE = ("est rapprochée de ce thème, lien à vérifier", "sont rapprochées de ce thème, liens à vérifier")


def _ideas(ideas: list[str], name: Callable[[str], str] | None, one: str, several: str) -> str:
    named = "" if name is None else f" {enumeration(map(name, ideas))}"
    return f"{agree(len(ideas), 'Son idée', 'Ses idées')}{named} {agree(len(ideas), one, several)}."


def _after(row: Row) -> list[str]:
    """Return what made the seat possible."""
    return [
        "La venue de volontaires a permis cette place." if row["helped"] else "",
        "Place tirée au sort entre les volontaires, plus nombreux que les places." if row["drawn"] else "",
    ]


def _first(row: Row, groups: Mapping[str, Group]) -> str:
    group = groups.get(row["first_lab"])
    return f"Son premier groupe serait « {group.label} » : {why_not(row, group)}" if group else ""


def line_reason(row: Row, groups: Mapping[str, Group]) -> str:
    """Return the public reason of a row of the waiting list: why not in this group, and when its turn comes."""
    group = groups[row["lab_id"]]
    return typeset(f"« {group.label} » : {why_not(row, group)} {_turn(row)}".strip())


def team_line_reason(row: Row) -> str:
    """Return why a person waits for a group and when their turn comes, without the solver's figures."""
    bound = _bound(row)
    return typeset(f"{bound[0].upper()}{bound[1:]}. {_turn(row)}".strip() if bound else _turn(row))


def _turn(row: Row) -> str:
    if row["enters"] == "depends":
        whose = of(row["enters_by"], row["enters_value"])
        who = f"une personne {whose}" if whose else "certaines personnes, et non d'autres,"
        leaves = "laisse sa place" if whose else "laissent leur place"
        return f"Son tour dépend de qui part : ce serait le sien si {who} {leaves}."
    if row["enters"] == "always":
        before = row["place_in_line"] - 1
        return "Première personne à entrer si une place s'y libère." if not before else f"{_before(before)}."
    return "Une seule place libérée n'y suffirait pas." if row["enters"] == "never" else ""


def _before(count: int) -> str:
    return f"{counted(count, 'personne')} {agree(count, 'entrerait', 'entreraient')} avant si une place s'y libère"


def of(attribute: str, value: str) -> str:
    """Return whose share a cap limits, in words."""
    if attribute == PRIVATE:
        return NAMES[PRIVATE]
    return f"{NAMES[attribute]} « {value} »" if attribute else ""


def why_not(row: Row, group: Group) -> str:
    """Return why a seat of `group` was not given, from the facts of `schema` (columns `cost` to `families`)."""
    if row["cost"] == "unknown":
        return _shown(row, group)
    if row["cost"] == "rule":
        return f"aucune composition permise ne l'y place ; {_bound(row) or _several(row)}."
    bound = _bound(row)
    return f"{_COSTS[row['cost']](row)}{f' ; {bound}' if bound else ''}."


def _bound(row: Row) -> str:
    """Return the rule that stands in the way."""
    said = {
        "cap": f"la part des personnes {of(row['bound_by'], row['bound_value'])} y est limitée à"
        f" {percent(row['bound_share'])}",
        "maximum": f"il est complet ({counted(row['bound_count'], 'place')})",
        "minimum": f"il ne s'ouvre pas à moins de {counted(row['bound_count'], 'personne')}",
        "at_least": f"au moins {row['bound_count']} « {row['bound_value']} » y sont demandés",
        "alone": f"personne n'y doit être seul {of(row['bound_by'], row['bound_value'])}",
        "slots": "aucun de ses créneaux ne conviendrait à tous",
        "announced": "des places déjà annoncées passent avant",
    }
    return said.get(row["bound"], "")


_FAMILIES = {
    "maximum": "le nombre de places",
    "minimum": "le minimum d'un groupe",
    "cap": "la part limitée d'un même ensemble de personnes",
    "at_least": "le nombre demandé de certaines personnes",
    "alone": "la règle que personne ne soit seul de son ensemble",
}


def _several(row: Row) -> str:
    families = [_FAMILIES[family] for family in row["families"]]
    if not families:
        return "des décisions sur des personnes s'y opposent"
    return f"il faudrait changer {enumeration(families)}"


def _shown(row: Row, group: Group) -> str:
    """Return the limit that the group shows; the seat itself was not computed."""
    if row["bound"] == "minimum":
        return f"il ne s'ouvre pas : {counted(row['bound_count'], 'personne')} au moins sont nécessaires."
    if row["bound"]:
        return f"{_bound(row)}."
    taken = f"{counted(group.placed, 'place prise', 'places prises')} sur {group.maximum}"
    return f"{taken} ; ce que coûterait cette place n'a pas été calculé."


def _seats(row: Row) -> str:
    return f"l'y placer laisserait {counted(row['loss'], 'personne')} de plus sans place"


def _volunteers(row: Row) -> str:
    return f"l'y placer laisserait {counted(row['loss'], 'volontaire')} de plus sans place"


def _lottery(_: Row) -> str:
    return "entre volontaires, le tirage au sort donne la place à d'autres"


def _floor(row: Row) -> str:
    floor = percent(row["floor"] / _SCALE)
    if row["own_floor"]:
        return f"son affinité y est plus faible que la plus basse acceptée ({floor})"
    return (
        f"l'y placer obligerait une autre personne à un groupe plus éloigné de ses idées (moins de {floor} d'affinité)"
    )


def _total(row: Row) -> str:
    points = f"{number(row['loss'] / 10, 1)} {agree(row['loss'] // 10, 'point')}"
    return f"l'y placer coûterait {points} d'affinité au total{_changes(row)}"


def _distance(row: Row) -> str:
    return f"à affinité égale, l'y placer coûterait {number(row['loss'])} km de trajet au total{_changes(row)}"


def _equal(row: Row) -> str:
    return f"à égalité, le sort a décidé{_changes(row)}"


_COSTS: dict[str, Callable[[Row], str]] = {
    **dict.fromkeys(_NOBODY, _seats),
    "volunteers_seated": _volunteers,
    "lottery": _lottery,
    "worst_affinity": _floor,
    "total_affinity": _total,
    "distance": _distance,
    "equal": _equal,
}


def _changes(row: Row) -> str:
    moved, lost = row["moved"], row["lost"]
    move = agree(moved, "autre personne changerait de groupe", "autres personnes changeraient de groupe")
    lose = agree(lost, "autre personne perdrait sa place", "autres personnes perdraient leur place")
    said = [f"{number(count)} {verb}" for count, verb in ((moved, move), (lost, lose)) if count]
    return f" ({enumeration(said)})" if said else ""
