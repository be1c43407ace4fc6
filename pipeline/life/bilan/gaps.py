"""What the review lacks: a sentence for whoever reads it, and for whoever makes it, what fills the gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.french import counted, enumeration, in_letters, typeset
from pipeline.life.bilan.model import LACKING, Bilan

_NAMED = 5
"""Groups named in a sentence; beyond, the table shows them."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is not known yet.

    Attributes:
        part: anchor of the section that lacks it.
        said: for documents: no file, no command.
        filled: for the team: what to do, with which file and command.
    """

    part: str
    said: str
    filled: str


def gaps(facts: Bilan) -> tuple[Gap, ...]:
    """Return what is missing, in the order of the sections."""
    listed = (*_ideas(facts), *_people(facts), *_groups(facts), *_answers(facts))
    return tuple(Gap(gap.part, typeset(gap.said), typeset(gap.filled)) for gap in listed)


def _ideas(facts: Bilan) -> Iterator[Gap]:
    if not facts.outcomes:
        yield Gap(
            "idees",
            "Aucune suite n’est encore enregistrée.",
            "Reprenez les réponses des directions (« minilabs answers »), les fiches d’arbitrage"
            " (« data/review/follow_up.csv ») ou le classeur (« minilabs follow-up »).",
        )


def _people(facts: Bilan) -> Iterator[Gap]:
    if not facts.registered:
        yield Gap(
            "agents",
            "Les inscriptions après l’appel ne sont pas encore connues.",
            "Publiez l’appel (« minilabs call »), puis reprenez l’export du formulaire (« minilabs register »).",
        )
    if not any(group.held for group in facts.groups):
        yield Gap(
            "agents",
            "Les présences aux séances ne sont pas encore notées.",
            "Reprenez les feuilles de présence remplies (« minilabs sessions »).",
        )


def _groups(facts: Bilan) -> Iterator[Gap]:
    if facts.groups and not facts.value("Séances prévues"):
        filled = "Remplissez « data/review/seances.csv », puis « minilabs sessions »."
        yield Gap("groupes", "Aucune séance n’a encore de date.", filled)
    if facts.groups and not facts.value("Livrables"):
        yield Gap("groupes", "Aucun livrable n’est encore noté.", "Remplissez « data/review/livrables.csv ».")
    if left := [f"« {group.label} »" for group in facts.groups if not group.end]:
        of_whom = "d’un groupe" if len(left) == 1 else f"de {in_letters(len(left))}\u00a0groupes"
        named = f" : {enumeration(left)}" if len(left) <= _NAMED else ""
        yield Gap(
            "groupes",
            f"La fin {of_whom} reste à décider{named}.",
            "Notez-la dans « data/review/follow_up.csv », étape poursuivi, panel, transmis ou clos (fiches"
            " « reports/private/arbitrage.pdf »).",
        )


def _answers(facts: Bilan) -> Iterator[Gap]:
    if left := facts.value(LACKING):
        awaited = counted(left, "réponse est encore attendue", "réponses sont encore attendues")
        filled = "Remettez les classeurs de « reports/suites », puis reprenez-les (« minilabs answers »)."
        yield Gap("directions", f"{awaited} des directions.", filled)
