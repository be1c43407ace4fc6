"""What if: sentences understood in English and French, differences shown, nothing written."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.assign import Given
from pipeline.assign.seating import Asked, ask
from pipeline.assign.whatif import Difference, difference
from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.params import AssignParams

ENV = "lab-environnement_ecogestes"
COUNTED = ("personnes placées", "personnes en attente", "personnes sans groupe possible")
LABEL = "Prise en compte de l’environnement et éco-gestes"


@pytest.fixture(scope="module")
def asked(tables: dict[str, pd.DataFrame]) -> Asked:
    """The demonstration corpus, no decision taken."""
    return ask(tables, AssignParams(), Given())


def tried(asked: Asked, *sentences: str) -> Difference:
    """Return what the sentences change."""
    return difference(asked, sentences, AssignParams(), 2020)


@pytest.mark.parametrize(
    "said", [f"fix A001 in {ENV}", "Fixer A001 dans environnement_ecogestes", f"placer A001 dans {LABEL}"]
)
def test_a_seat_can_be_tried_in_either_language(asked: Asked, said: str) -> None:
    """The person moves, by number, theme or title of the lab; at most one other pays for it in a full lab."""
    found = tried(asked, said)
    moves = {person: now for person, _, now in found.moved}
    assert moves["A001"] == LABEL
    assert len(found.moved) >= 1
    assert found.gave == ()


def test_a_trial_that_changes_nothing_says_so(asked: Asked) -> None:
    """Trying a seat that is already given moves nobody."""
    seat = next(move for move in tried(asked, f"fermer {ENV}").moved if move[1] == LABEL)
    assert tried(asked, f"fixer {seat[0]} dans {ENV}").moved == ()


@pytest.mark.parametrize(
    ("said", "name", "grows"),
    [
        (f"max {ENV} 40", "personnes placées", True),
        (f"places {ENV} = 40", "personnes en attente", False),
        (f"fermer {ENV}", "personnes placées", False),
        (f"plafond {ENV} 10 %", "personnes placées", False),
        ("cap lab-maintenance_securite_batiments 95 %", "personnes placées", True),
    ],
)
def test_figures_before_and_after(asked: Asked, said: str, name: str, grows: bool) -> None:  # noqa: FBT001 - a test's table
    """More seats or a looser share place more people; closing or a tighter share fewer."""
    before, after = (int(value) for value in tried(asked, said).figures[name])
    assert (after > before) == grows
    assert after != before


def test_closing_a_group_counts_who_leaves(asked: Asked) -> None:
    """Placed, waiting or without any possible group: closing loses nobody from the count, and names who leaves."""
    found = tried(asked, "fermer lab-assistantes")
    totals = [sum(int(found.figures[name][side]) for name in COUNTED) for side in (0, 1)]
    assert totals[0] == totals[1] == 300
    left = int(found.figures["personnes sans groupe possible"][1]) - int(found.figures[COUNTED[2]][0])
    assert left > 0
    assert len([move for move in found.moved if move[1] and not move[2]]) >= left


def test_several_decisions_together(asked: Asked) -> None:
    """Decisions add up: someone gives up, two others are kept apart, a lab needs fewer people."""
    found = tried(
        asked, "drop A017", "apart A018 A019", "min lab-maintenance_securite_batiments 3", f"ban A020 from {ENV}"
    )
    assert ("A017", "") in {(person, now) for person, _, now in found.moved}


def test_what_is_not_understood_is_said_at_once(asked: Asked) -> None:
    """Unknown words, persons and labs come in one message, with examples."""
    with pytest.raises(MinilabsError) as caught:
        tried(asked, "danser la polka", "fixer Z999 dans lab-T03", f"exclure A001 de {ENV}", "fermer nulle part")
    said = sentence(caught.value)
    assert len(said.splitlines()) == 4
    for part in ("polka", "fixer A017 dans lab-T03", "Z999", "nulle part"):
        assert part in said
