"""What may be in the way of deciding: each is one sentence that says what to do, and nothing is recorded."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from pipeline.errors import MinilabsError
from pipeline.initialise import initialise
from pipeline.review.entering.acts_file import read_acts
from pipeline.review.entering.typed import action_of, resolved, theme_of
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import ACTIONS, Decision
from pipeline.review.replaying.state import State
from pipeline.shells.deciding.decisions_file import signature
from pipeline.shells.deciding.desk import open_desk
from pipeline.shells.deciding.why import told
from pipeline.store import load, save
from pipeline.words.actions import FRENCH
from pipeline.words.kinds import KINDS
from pipeline.workspace import Workspace
from tests.review.candidates import CANDIDATES
from tests.review.test_stage import fill

START: State = state_of(*CANDIDATES)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace whose themes have been proposed."""
    initialise(tmp_path)
    return fill(Workspace(tmp_path))


def _act(action: str, target: str, value: str = "") -> Decision:
    return Decision(0, "2024-03-01", "ab", action, target, value)


def test_a_folder_is_no_empty_file(workspace: Workspace) -> None:
    """A folder in place of the decisions is said, instead of reading as no decision."""
    path = workspace.given(workspace.params().review.decisions)
    path.unlink(missing_ok=True)
    path.mkdir()
    with pytest.raises(MinilabsError, match=r"base\.not_read"):
        open_desk(workspace)


def test_themes_of_another_export_are_not_decided_on(workspace: Workspace) -> None:
    """After a new ingest and before `run`, the desk says what to run instead of failing on an idea it lacks."""
    ideas = load(workspace, "ideas")
    save(workspace, "ideas", ideas[ideas["idea_id"] != "I05"])
    with pytest.raises(MinilabsError, match="stale") as refused:
        open_desk(workspace)
    assert refused.value.facts["count"] == 1


def test_why_without_an_idea(workspace: Workspace) -> None:
    """A workspace where no idea is analysed says so."""
    save(workspace, "ideas", load(workspace, "ideas").iloc[:0])
    save(workspace, "idea_themes", load(workspace, "candidate_idea_themes", "idea_themes").iloc[:0])
    save(workspace, "themes", load(workspace, "candidate_themes", "themes").iloc[:0])
    save(workspace, "hierarchy", load(workspace, "candidate_hierarchy", "hierarchy"))
    with pytest.raises(MinilabsError, match="no_idea"):
        told(workspace, "I01")


def test_a_session_without_a_name_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """No account name and no `--qui`: one sentence; with a name, the session is not asked."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 54321")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert signature(" ab ") == "ab"
    with pytest.raises(MinilabsError, match="no_name"):
        signature("")


@pytest.mark.parametrize("action", ACTIONS)
def test_people_type_french_actions(action: str) -> None:
    """Each action has one French word, that is understood whatever its case and accents, and the file's word is."""
    assert action_of(FRENCH[action]) == action_of(FRENCH[action].upper()) == action_of(action) == action
    assert len(set(FRENCH.values())) == len(ACTIONS)


@pytest.mark.parametrize("kind", KINDS)
def test_people_type_french_kinds(kind: str) -> None:
    """A kind is typed as it is read, straight or curly apostrophe, or as the file has it."""
    for words in (kind, KINDS[kind].one, KINDS[kind].title.replace("’", "'")):
        (act,) = resolved(START, [_act("nature", "T01", words)])
        assert (act.action, act.value) == ("kind", kind)
    with pytest.raises(MinilabsError, match="communauté de métier"):
        resolved(START, [_act("nature", "T01", "club")])


def test_a_file_of_acts_may_be_in_french() -> None:
    """French actions in a file of acts are recorded as the file's own; an unknown one lists those there are."""
    assert read_acts("action;cible;valeur\nRéunir;T01;T02\n".encode(), "actes.csv") == [("merge", "T01", "T02", "")]
    with pytest.raises(MinilabsError) as refused:
        read_acts(b"action;cible\nenvoler;T01\n", "actes.csv")
    assert "réunir" in str(refused.value)


def test_a_title_stands_for_a_number_even_when_just_given() -> None:
    """A theme opened or renamed by one act is called by its title in the next, in one gesture."""
    typed = [
        _act("définir", "Cantine"),
        _act("renommer", "t01", "Vélo"),
        _act("ranger", "I05", "cantine"),
        _act("réunir", "vélo", "Titre de T02"),
    ]
    opened, renamed, placed, merged = resolved(START, typed)
    assert (opened.action, renamed.target, placed.value[:2]) == ("define", "T01", "D-")
    assert (merged.action, merged.target, merged.value) == ("merge", "T01", "T02")


def test_a_title_that_two_themes_have_is_asked_about() -> None:
    """Two themes of one title: the exact one is taken, else both numbers are given to choose from."""
    both = resolved(START, [_act("rename", "T01", "Un"), _act("rename", "T02", "un"), _act("kind", "Un", "minilab")])
    assert both[2].target == "T01"
    state = START.with_theme("T01", START.themes["T02"])
    with pytest.raises(MinilabsError, match="ambiguous_theme") as refused:
        theme_of(state, "titre de t02")
    assert "T01" in str(refused.value)
    assert "T02" in str(refused.value)
