"""A title moves no idea; attracting is an act of its own, told before it is recorded."""

from __future__ import annotations

import pytest

from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.initialise import initialise
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import replay
from pipeline.review.replaying.state import Words
from pipeline.review.stage import words_of
from pipeline.shells.deciding.desk import Desk, open_desk
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.review.candidates import CANDIDATES
from tests.review.test_desk import minilabs
from tests.review.test_stage import fill

START = state_of(*CANDIDATES)
ABOUT = ("Installer un garage à vélos", "Servir un repas végétarien à la cantine", "Réparer l’imprimante du bureau")


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace whose twelve texts, of three subjects, are encoded for good."""
    root = tmp_path_factory.mktemp("contest")
    initialise(root)
    workspace = fill(Workspace(root))
    written = [f"{ABOUT[number % 3]}, site numéro {number}" for number in range(12)]
    ideas = load(workspace, "ideas").assign(text=written, title=written, analysed=True)
    save(workspace, "ideas", ideas)
    made = embed(ideas, OfflineEncoder(), FrenchParser())
    for name in ("vectors", "tokens", "word_vectors"):
        save(workspace, name, getattr(made, name))
    return workspace


def _acts(*rows: tuple[str, str, str]) -> list[Decision]:
    return [Decision(0, "2024-03-01", "ab", *row) for row in rows]


def _homes(desk: Desk) -> dict[str, str | None]:
    return {idea: place.home for idea, place in desk.now.state.places.items()}


def test_a_title_or_a_description_moves_nothing(encoded: Workspace) -> None:
    """Whatever was decided before, naming themes after what others speak of leaves every idea where it is."""
    taught = _acts(("assign", "I01", "T02"), ("weak", "I06", ""), ("define", "Imprimantes", "Réparer"))
    words = _acts(
        *(("rename", f"T{n:02}", about) for n, about in enumerate(ABOUT, start=1)), ("describe", "T02", ABOUT[0])
    )
    desk = open_desk(encoded)
    moved, problems = desk.tried([*taught, *words])
    assert problems == []
    assert moved == desk.tried(taught)[0]
    assert desk.tried(words)[0].followers == ()


def test_attracting_moves_ideas_and_says_how_many(encoded: Workspace) -> None:
    """Renamed, then let attract, a theme takes the ideas that are like its words; the sentence counts them."""
    desk = open_desk(encoded)
    acts = desk.resolved(_acts(("rename", "T02", "Garage à vélos"), ("attract", "T02", "")))
    assert acts[1].value == "Garage à vélos"
    change, _ = desk.tried(acts)
    came = {move.idea for move in change.followers if move.now == "T02"}
    assert came
    assert all((int(idea[1:]) - 1) % 3 == 0 for idea in came)
    assert str(change).startswith(f"«\u202fGarage à vélos\u202f» attirerait {len(came)}\u00a0idée")


def test_defining_says_how_many_it_would_attract(encoded: Workspace) -> None:
    """The command line counts the ideas before it asks, and « n » records nothing."""
    said = minilabs(encoded.root, "review", "add", "define", "Repas végétarien à la cantine", answer="n\n")
    assert "«\u202fRepas végétarien à la cantine\u202f» attirerait" in said.stdout
    assert "[O/n]" in said.stdout
    assert open_desk(encoded).decisions == ()


def test_words_are_those_of_the_act() -> None:
    """A title given later changes nothing of what attracts; the act again does."""
    acts = [
        Decision(1, "2024-03-01", "ab", "attract", "T01", "Vélo | garages"),
        Decision(2, "2024-03-01", "ab", "rename", "T01", "Sport"),
    ]
    assert words_of(replay(START, acts).state) == {"T01": (Words("Vélo", "garages"),)}
    again = [*acts, Decision(3, "2024-03-01", "ab", "attract", "T01", "")]
    assert words_of(replay(START, again).state) == {"T01": (Words("Sport"),)}


def test_words_follow_merges_and_go_with_their_theme() -> None:
    """What attracted ideas to a theme attracts them to the one it joins; a theme set aside attracts none."""
    attract = Decision(1, "2024-03-01", "ab", "attract", "T01", "Vélo")
    merged = Decision(2, "2024-03-01", "ab", "merge", "T01", "T02")
    assert words_of(replay(START, [attract, merged]).state) == {"T02": (Words("Vélo"),)}
    rejected = Decision(2, "2024-03-01", "ab", "reject", "T01")
    assert words_of(replay(START, [attract, rejected]).state) == {}
