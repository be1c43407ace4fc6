"""Why a person sits where they sit, in French: what the solver knows, never a guess."""

from __future__ import annotations

import numpy as np

from pipeline.assign.assemble import Case
from pipeline.assign.problem import SCALE, Flags
from pipeline.french import counted, enumeration, percent, typeset

NOT_CONCERNED = typeset(
    "Aucune de ses idées n'entre dans un thème qui donne lieu à un MiniLab ou à une communauté de métier."
)


def placed_reason(case: Case, chosen: Flags, row: int, rank: int) -> str:
    """Return why the person of the possible seat `row` sits there."""
    ideas, affinity = case.affinities["ideas"].iloc[row], case.affinities["affinity"].iloc[row] / SCALE
    own = f"{'Son idée' if len(ideas) == 1 else 'Ses idées'} {enumeration(ideas)}"
    kind = "porte" if len(ideas) == 1 else "portent"
    text = f"{own} {kind} sur ce sujet (affinité {percent(affinity)})."
    if rank > 1:
        text += " " + _first_instead(case, chosen, row)
    return typeset(text)


def _first_instead(case: Case, chosen: Flags, row: int) -> str:
    pairs = case.problem.pairs
    own = np.flatnonzero(pairs.person == pairs.person[row])
    better = own[pairs.affinity[own] > pairs.affinity[row]]
    if not len(better):
        return "Un autre MiniLab lui convient autant."
    first = int(better[np.argmax(pairs.affinity[better])])
    return f"C'est son choix suivant : {_closed_door(case, chosen, first)}."


def waiting_reason(case: Case, chosen: Flags, holder: str) -> str:
    """Return why a person who could sit somewhere has no seat."""
    rows = np.flatnonzero((case.affinities["holder_id"] == holder).to_numpy())
    order = rows[np.argsort(-case.problem.pairs.affinity[rows], kind="stable")]
    return typeset("En attente : " + " ; ".join(_closed_door(case, chosen, int(row)) for row in order) + ".")


def _closed_door(case: Case, chosen: Flags, row: int) -> str:
    """Say which rule of the lab of possible seat `row` is met to its limit."""
    problem, index = case.problem, int(case.problem.pairs.lab[row])
    lab, size = problem.labs[index], int(problem.sizes(chosen)[index])
    name = f"« {lab.label} »"
    if lab.closed:
        return f"{name} n'a pas lieu"
    if size == 0:
        return f"{name} ne peut pas s'ouvrir avec {counted(lab.minimum, 'personne')} au moins"
    if size >= lab.maximum:
        return f"{name} est complet ({counted(lab.maximum, 'place')})"
    for cap in problem.caps:
        if cap.lab == index and problem.pairs.person[row] in cap.members:
            inside = problem.count(chosen, index, cap.members) + 1
            if inside * cap.share.denominator > cap.share.numerator * (size + 1):
                return f"{name} a déjà le plus grand nombre permis de personnes de « {cap.value} »"
    return f"une place dans {name} en coûterait une à d'autres"
