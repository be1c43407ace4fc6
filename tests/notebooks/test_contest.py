"""The contest around a notebook: its tables, its titles, a person's coding, and where it is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.notebook import Contest, start
from pipeline.store import load, save
from pipeline.workspace import Workspace


@pytest.fixture
def contest(workspace: Workspace) -> Contest:
    """Return a contest whose review stage has run."""
    for draft, table in (("candidate_themes", "themes"), ("candidate_idea_themes", "idea_themes")):
        save(workspace, table, load(workspace, draft, table))
    return Contest.at(workspace.root)


def test_ideas_come_with_the_title_of_their_theme(contest: Contest) -> None:
    """A weak signal has none, although its nearest theme is known."""
    ideas = contest.read_ideas().set_index("idea_id")
    assert ideas.loc["I01", "theme"] == "Titre de T01"
    assert ideas.loc["I12", "theme"] == ""
    assert len(ideas) == 12


def test_titles_are_by_id(contest: Contest) -> None:
    """As everything in notebooks names themes by title."""
    assert contest.titles == {f"T0{number}": f"Titre de T0{number}" for number in (1, 2, 3)}


def test_several_tables_at_once(contest: Contest) -> None:
    """By name, drafts included."""
    tables = contest.tables("ideas", "candidate_themes")
    assert list(tables) == ["ideas", "candidate_themes"]
    assert len(tables["candidate_themes"]) == 3


def test_a_missing_table_names_the_stage_to_run(contest: Contest) -> None:
    """The sentence says what to type."""
    with pytest.raises(MinilabsError) as refused:
        contest.table("assignments")
    assert "minilabs assign" in sentence(refused.value)


def test_figures_not_written_yet_are_empty(contest: Contest) -> None:
    """A notebook shows an empty table rather than an error."""
    assert contest.figures("data/interim/ledger.json") == {}


def test_a_coding_leaves_out_what_is_off_theme(contest: Contest) -> None:
    """Names that mean « none » in `evaluate: outside` are no theme; without a file there is nothing."""
    assert contest.coding("data/review/absent.csv").empty
    path = contest.workspace.path("data/review/mine.csv")
    outside = contest.params.evaluate.outside[0]
    path.write_text(f"idea_id,theme\nI01,vélos\nI02,{outside}\nI03,repas\n", encoding="utf-8")
    assert contest.coding("data/review/mine.csv").to_dict() == {"I01": "vélos", "I03": "repas"}


def test_a_stage_run_says_what_it_did(contest: Contest) -> None:
    """In French: the stage, its figures, how long; nothing to do the second time."""
    table = contest.run("review")
    assert list(table.columns) == ["Étape", "Résultat", "Temps"]
    assert table.loc[0, "Étape"] == "Décisions des analystes"
    assert contest.run("review").loc[0, "Temps"] == "déjà fait"


def test_the_contest_is_found_from_any_folder_of_it(contest: Contest) -> None:
    """A notebook is started in its own folder, below the workspace."""
    below = contest.workspace.path("notebooks/essais")
    below.mkdir(parents=True)
    assert start(below).workspace.root.resolve() == contest.workspace.root.resolve()


def test_outside_a_workspace_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    """No params.yaml above: an error, not a wrong folder."""
    with pytest.raises(MinilabsError) as refused:
        start(tmp_path)
    assert "minilabs init" in sentence(refused.value)
