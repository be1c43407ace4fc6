"""Why a person sits where they sit, in French: from their ideas and wishes, and from what the solver computed."""

from __future__ import annotations

from pipeline.assign.explain import Cost
from pipeline.assign.private import PRIVATE
from pipeline.assign.problem import SCALE, Lab, Problem
from pipeline.assign.relax import NAMES
from pipeline.assign.seats import Seat
from pipeline.french import agree, counted, enumeration, number, percent, typeset

NOT_CONCERNED = typeset(
    "Aucune de ses idées n'entre dans un thème qui donne lieu à un MiniLab ou à une communauté de métier."
)
UNAVAILABLE = typeset("S'est déclarée indisponible.")
NOT_ADMITTED = typeset(
    "Les groupes qui traitent de ses idées ne peuvent pas l'accueillir (métier, exclusion ou fermeture)."
)
THANKS_TO_VOLUNTEERS = typeset("La venue de volontaires d'autres directions a permis cette place.")
DRAWN = "Les volontaires étaient plus nombreux que les places : cette place a été tirée au sort."


def own_reason(seat: Seat) -> str:
    """Return what links the person to the group: a decision, ideas, a wish, or people to stay with."""
    parts = []
    if seat.fixed:
        parts.append("Place décidée par l'équipe d'animation.")
    if seat.ideas:
        own = f"{'Son idée' if len(seat.ideas) == 1 else 'Ses idées'} {enumeration(seat.ideas)}"
        parts.append(f"{own} {agree(len(seat.ideas), 'porte', 'portent')} sur ce sujet.")
    if seat.wish:
        parts.append(f"C'est son vœu n° {seat.wish}.")
    if not parts:
        parts.append("Place sans lien avec une idée : volontaire, ou pour rester avec une autre personne.")
    return typeset(f"{' '.join(parts)} Affinité : {percent(seat.affinity / SCALE)}.")


def instead(lab: Lab, cost: Cost, more: int | None) -> str:
    """Return why the person is not in `lab`.

    Args:
        lab: not given.
        cost: see `explain`.
        more: by how much it suits them more than the seat they have; None without a seat.
    """
    suits = "" if more is None else " lui convenait davantage" if more else " lui convenait autant"
    say = _COSTS[cost.kind] if more is not None else _WAITING.get(cost.kind, _COSTS[cost.kind])
    return typeset(f"« {lab.label} »{suits} : {say(cost)}")


def _rule(cost: Cost) -> str:
    if not cost.changes:
        return "aucune composition permise ne l'y place."
    return f"il aurait fallu {enumeration(cost.changes)}."


def _seats(cost: Cost) -> str:
    return f"l'y placer laisserait {counted(cost.lost, 'personne')} de plus sans place."


def _floor(cost: Cost) -> str:
    return (
        "l'y placer obligerait quelqu'un d'autre à accepter un groupe plus éloigné de ses idées"
        f" (moins de {percent(cost.points / SCALE)} d'affinité)."
    )


def _total(cost: Cost) -> str:
    points = f"{number(cost.points / 10, 1)} {agree(cost.points // 10, 'point')}"
    return f"l'y placer coûterait {points} d'affinité au total{_moves(cost)}."


def _equal(cost: Cost) -> str:
    return f"à égalité, le sort a décidé{_moves(cost)}."


def _someone_else(cost: Cost) -> str:
    weaker = ", dont l'affinité est plus forte" if cost.points else ", à égalité d'affinité et départagée par le sort"
    return f"il faudrait reprendre la place d'une autre personne{weaker}."


def _moves(cost: Cost) -> str:
    if not cost.moved:
        return ""
    verb = agree(cost.moved, "autre personne changerait", "autres personnes changeraient")
    return f" ({number(cost.moved)} {verb} de groupe)"


_COSTS = {"rule": _rule, "seats": _seats, "floor": _floor, "total": _total, "equal": _equal}
_WAITING = {"total": _someone_else, "equal": _someone_else}


def at_its_limit(problem: Problem, person: int, index: int, size: int, inside: dict[int, int]) -> str:
    """Return the state of a group a person could not join, when nothing was solved again for this seat.

    Args:
        problem: solved.
        person: index.
        index: of the lab.
        size: people seated there.
        inside: index of a cap → members seated.
    """
    lab = problem.labs[index]
    name = f"« {lab.label} »"
    if size == 0:
        return typeset(f"{name} ne s'ouvre pas : {counted(lab.minimum, 'personne')} au moins sont nécessaires.")
    if size >= lab.maximum:
        return typeset(f"{name} est complet ({counted(lab.maximum, 'place')}).")
    for row, cap in enumerate(problem.caps):
        over = (inside.get(row, 0) + 1 - cap.extra) * cap.share.denominator > cap.share.numerator * (size + 1)
        if cap.lab == index and person in cap.members and over:
            group = "d’un même profil" if cap.attribute == PRIVATE else f"{NAMES[cap.attribute]} « {cap.value} »"
            return typeset(f"{name} a déjà le plus de personnes permis {group}.")
    return typeset(f"Une place dans {name} en coûterait une à d'autres.")
