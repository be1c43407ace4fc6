"""From one contest to the next, on workspaces in real folders: `minilabs learn`, then `minilabs review reuse`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.errors import MinilabsError
from pipeline.initialise import initialise
from pipeline.review.replaying.decisions import Decision
from pipeline.shells.alike.knowledge import FOLDER
from pipeline.shells.deciding.desk import open_desk
from pipeline.shells.deciding.learning import keep, reusable
from pipeline.store import load, save, write_text
from pipeline.workspace import Workspace
from tests.review.test_desk import minilabs
from tests.review.test_stage import fill


def _act(action: str, target: str, value: str = "") -> Decision:
    return Decision(0, "2024-03-01", "ab", action, target, value)


def _workspace(root: Path) -> Workspace:
    """Return a workspace whose texts are encoded for good: models refuse anything else."""
    initialise(root)
    workspace = fill(Workspace(root))
    about = ("Nettoyer les locaux du bâtiment", "Venir au travail à vélo", "Acheter des produits ensemble")
    written = [f"{about[number % 3]} numéro {number}" for number in range(12)]
    ideas = load(workspace, "ideas").assign(text=written, title=written, analysed=True)
    save(workspace, "ideas", ideas)
    made = embed(ideas, OfflineEncoder(), FrenchParser())
    for name in ("vectors", "tokens", "word_vectors"):
        save(workspace, name, getattr(made, name))
    return workspace


@pytest.fixture
def former(tmp_path: Path) -> Workspace:
    """Return last year's contest: a theme that people named, one they only filled, one too small."""
    workspace = _workspace(tmp_path / "avant")
    open_desk(workspace).record(
        [
            _act("rename", "T01", "Propreté"),
            _act("describe", "T01", "Locaux et produits"),
            *(_act("assign", f"I{number:02}", "T01") for number in range(1, 7)),
            _act("assign", "I07", "T02"),
            *(_act("assign", f"I{number:02}", "T03") for number in (9, 10)),
            *(_act("weak", f"I{number:02}") for number in (8, 11, 12)),
            _act("rename", "T03", "Trop petit"),
        ]
    )
    return workspace


def test_only_what_people_named_is_kept(former: Workspace) -> None:
    """Words that came from ideas stay out, as does a theme that is nearly one idea."""
    kept = keep(open_desk(former), "avant")
    assert [(theme.title, theme.description) for theme in kept.knowledge.themes] == [("Propreté", "Locaux et produits")]
    assert kept.left_out == {
        "Titre de T02": "sans titre donné par une personne",
        "Trop petit": "moins de 5 idées",
    }
    assert kept.folder == former.path(f"{FOLDER}/avant")


def test_no_word_of_an_idea_is_in_the_model(former: Workspace) -> None:
    """No file of the model holds an idea's id, title or text."""
    folder = keep(open_desk(former), "avant").folder
    content = b"".join(path.read_bytes() for path in sorted(folder.iterdir())).decode("utf-8", errors="replace")
    ideas = load(former, "ideas")
    for column in ("idea_id", "title", "text"):
        assert not [cell for cell in ideas[column] if len(cell) > 2 and cell in content]


def test_nothing_decided_is_nothing_to_keep(tmp_path: Path) -> None:
    """Without a theme that people named, one sentence says so and no file is made."""
    workspace = _workspace(tmp_path / "w")
    with pytest.raises(MinilabsError, match="nothing_learnt"):
        keep(open_desk(workspace), "avant")
    assert not workspace.path(f"{FOLDER}/avant").exists()
    with pytest.raises(MinilabsError, match="model_name"):
        keep(open_desk(workspace), "../ailleurs")


def test_next_contest_takes_themes_up(former: Workspace, tmp_path: Path) -> None:
    """Copied and named in the parameters, a model offers its themes; once defined they are not offered again."""
    folder = keep(open_desk(former), "avant").folder
    now = _workspace(tmp_path / "maintenant")
    with pytest.raises(MinilabsError, match="no_model"):
        reusable(open_desk(now))
    shutil.copytree(folder, now.path(f"{FOLDER}/avant"))
    params = (now.root / "params.yaml").read_text(encoding="utf-8")
    write_text(now.root / "params.yaml", params.replace("  model: ''", "  model: avant"))
    done = minilabs(now.root, "review", "reuse", "--qui", "cd", "--oui")
    assert done.returncode == 0, done.stderr
    assert "Propreté" in done.stdout
    desk = open_desk(now)
    assert [(act.action, act.target, act.value) for act in desk.decisions] == [
        ("define", "Propreté", "Locaux et produits")
    ]
    assert desk.space is not None
    assert len(desk.space.known) == 1
    assert reusable(desk) == []


def test_a_model_changes_nothing_until_people_take_it_up(former: Workspace, tmp_path: Path) -> None:
    """Named in the parameters only, a model moves no idea."""
    folder = keep(open_desk(former), "avant").folder
    now = _workspace(tmp_path / "maintenant")
    before = open_desk(now).now.state
    shutil.copytree(folder, now.path(f"{FOLDER}/avant"))
    params = (now.root / "params.yaml").read_text(encoding="utf-8")
    write_text(now.root / "params.yaml", params.replace("  model: ''", "  model: avant"))
    assert open_desk(now).now.state == before


def test_learn_says_where_the_model_is(former: Workspace) -> None:
    """The command names the folder, what was left out, and what to do next year."""
    done = minilabs(former.root, "learn", "avant")
    assert done.returncode == 0, done.stderr
    assert "Modèle écrit" in done.stdout
    assert "sans titre donné par une personne" in done.stdout
    assert "params.yaml" in done.stdout
