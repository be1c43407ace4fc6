"""The analyst's desk and its first door, the command line, on a small workspace in a real folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands import display
from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.errors import MinilabsError, StagesStopped
from pipeline.initialise import initialise
from pipeline.review.replaying.decisions import Decision
from pipeline.shells.deciding.decisions_file import load_identity
from pipeline.shells.deciding.desk import open_desk
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.review.test_stage import fill


def minilabs(root: Path, *words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in its own process, answer its question and return what it said."""
    command = [sys.executable, "-m", "pipeline", *words, "--workspace", str(root)]
    return subprocess.run(command, input=answer, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace whose themes have been proposed."""
    root = tmp_path / "contest"
    initialise(root)
    return fill(Workspace(root))


def _act(action: str, target: str, value: str = "") -> Decision:
    return Decision(0, "2024-03-01", "ab", action, target, value)


def test_trying_records_nothing(workspace: Workspace) -> None:
    """The effect of an act is known before it is recorded."""
    desk = open_desk(workspace)
    change, problems = desk.tried([_act("assign", "I01", "T02")])
    assert [move.idea for move in change.named] == ["I01"]
    assert problems == []
    assert open_desk(workspace).decisions == ()


def test_themes_are_named_by_their_titles_too(workspace: Workspace) -> None:
    """People write titles, without minding case and accents; ids are recorded."""
    desk = open_desk(workspace)
    told = desk.resolved([_act("assign", "I01", "titre de t02"), _act("pin", "t03"), _act("attract", "T02")])
    assert [act.value for act in told] == ["T02", "I09|I10|I11", "Titre de T02"]
    with pytest.raises(MinilabsError, match="unknown_theme"):
        desk.resolved([_act("assign", "I01", "Tout autre chose")])


def test_recording_remembers_the_themes_seen(workspace: Workspace) -> None:
    """Deciding is the explicit act that freezes theme ids."""
    assert load_identity(workspace, workspace.params()) == {}
    (decision,) = open_desk(workspace).record([_act("assign", "I01", "T02")])
    assert decision.seq == 1
    assert set(load_identity(workspace, workspace.params())) == {"T01", "T02", "T03"}
    assert open_desk(workspace).now.state.places["I01"].home == "T02"


def test_act_that_would_not_apply_is_told(workspace: Workspace) -> None:
    """A problem is known before recording."""
    _, problems = open_desk(workspace).tried([_act("assign", "I99", "T02")])
    assert len(problems) == 1
    assert "I99" in problems[0]


def test_command_line_decides_and_takes_back(workspace: Workspace) -> None:
    """Add, list, undo: each says what it did; a refused act records nothing and exits with 2."""
    added = minilabs(workspace.root, "review", "add", "assign", "I01", "T02", "--qui", "ab", "--oui")
    assert added.returncode == 0, added.stderr
    assert "1\u00a0idée changerait de thème" in added.stdout
    refused = minilabs(workspace.root, "review", "add", "assign", "I99", "T02", "--oui")
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert minilabs(workspace.root, "review", "undo", "1", "--oui").returncode == 0
    assert "annulée" in minilabs(workspace.root, "review", "list").stdout
    assert open_desk(workspace).now.state.places["I01"].home == "T01"


def test_command_line_suggests_and_runs_the_stage(workspace: Workspace) -> None:
    """`suggest` gives ideas and a command to type; `review` alone replays; conflicts say all is well."""
    asked = minilabs(workspace.root, "suggest", "--n", "2")
    assert asked.stdout.count("minilabs review add ranger") == 2
    assert minilabs(workspace.root, "review").returncode == 0
    assert "s’appliquent" in minilabs(workspace.root, "review", "conflicts").stdout


def test_batch_and_merge(workspace: Workspace, tmp_path: Path) -> None:
    """Acts of a file are recorded at once or not at all; two people's files become one, disagreements told."""
    acts = tmp_path / "acts.csv"
    acts.write_text("action;target;value\nassign;I01;T02\nvanish;I02;\n", encoding="utf-8")
    refused = minilabs(workspace.root, "review", "batch", str(acts), "--oui")
    assert refused.returncode == 2
    assert "ligne 3" in refused.stderr
    acts.write_text("action;target;value\nassign;I01;T02\nweak;I02;\n", encoding="utf-8")
    assert minilabs(workspace.root, "review", "batch", str(acts), "--qui", "ab", "--oui").returncode == 0
    other = tmp_path / "other.csv"
    other.write_text("seq,when,who,action,target,value,reason\n1,2024-01-01,cd,assign,I01,T03,\n", encoding="utf-8")
    ours = workspace.root / "data/review/decisions.csv"
    merged = minilabs(workspace.root, "review", "merge", str(ours), str(other))
    assert "Désaccord" in merged.stdout
    assert [d.who for d in open_desk(workspace).decisions] == ["cd", "ab", "ab"]


def test_guided_theme_is_compared_with_ideas_by_its_words(workspace: Workspace) -> None:
    """A theme defined by a title and a sentence is encoded as ideas are, by the real offline encoder."""
    ids = [f"I{number:02}" for number in range(1, 13)]
    about = ["Installer un garage à vélos", "Servir un repas végétarien à la cantine"]
    written = [f"{about[number % 2]} au lycée numéro {number}" for number in range(12)]
    ideas = load(workspace, "ideas").assign(text=written, title=written)
    made = embed(ideas.assign(analysed=True), OfflineEncoder(), FrenchParser())
    save(workspace, "ideas", ideas)
    for name in ("vectors", "tokens", "word_vectors"):
        save(workspace, name, getattr(made, name))
    desk = open_desk(workspace)
    desk.record([_act("define", "Vélo", "Venir travailler à vélo, parkings et garages à vélos"), _act("reject", "T01"),
                 _act("reject", "T02"), _act("reject", "T03")])  # fmt: skip
    state = open_desk(workspace).now
    space = open_desk(workspace).space
    assert space is not None
    (near,) = space.guided.values()
    bikes = [number % 2 == 0 for number in range(12)]
    assert near[bikes].min() > near[[not bike for bike in bikes]].max()
    assert len(state.state.themes) == 1
    assert ids == list(space.ids)


def test_workbook_door(workspace: Workspace, tmp_path: Path) -> None:
    """Export, fill in, import: the decision is recorded; once stale, the same file is refused."""
    path = tmp_path / "revue.xlsx"
    assert minilabs(workspace.root, "review", "export", str(path)).returncode == 0
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["Idées"].iter_rows() if row[0].value == "I01")
    row[3].value = "T02 – Titre de T02"
    book.save(path)
    imported = minilabs(workspace.root, "review", "import", str(path), "--qui", "ab", "--oui")
    assert "I01 rangée dans «\u202fTitre de T02\u202f»" in imported.stdout
    assert "rien à enregistrer" in minilabs(workspace.root, "review", "import", str(path), "--oui").stdout
    open_desk(workspace).record([_act("assign", "I01", "T03")])
    refused = minilabs(workspace.root, "review", "import", str(path), "--oui")
    assert refused.returncode == 2
    assert "cellule D" in refused.stderr
    assert len(open_desk(workspace).decisions) == 2


@pytest.mark.parametrize(
    ("answer", "count", "said"),
    [
        ("n\n", 0, "Rien n’a été enregistré"),
        ("peut-être\nOUI\n", 1, "Répondez « o »"),
        ("\n", 1, "Décision 1 enregistrée\u202f: I01 rangée"),
        ("", 0, ""),
    ],
)
def test_the_question_is_asked_in_french(workspace: Workspace, answer: str, count: int, said: str) -> None:
    """« o », « oui » or Enter records; « n » does not; anything else is asked again; no answer records nothing."""
    result = minilabs(workspace.root, "review", "add", "assign", "I01", "T02", answer=answer)
    assert "[O/n]" in result.stdout
    assert said in result.stdout
    assert len(open_desk(workspace).decisions) == count


def test_changes_since_people_decided_are_told(workspace: Workspace) -> None:
    """Nothing to compare before any decision; afterwards, themes kept and new are named with their titles."""
    assert minilabs(workspace.root, "review").returncode == 0
    assert "Rien à comparer" in minilabs(workspace.root, "review", "changes").stdout
    open_desk(workspace).record([_act("assign", "I01", "T02")])
    moved = load(workspace, "candidate_idea_themes", "idea_themes")
    moved["theme_id"] = moved["theme_id"].where(~moved["idea_id"].isin(["I03"]), "T02")
    save(workspace, "candidate_idea_themes", moved, "idea_themes")
    assert minilabs(workspace.root, "review").returncode == 0
    said = minilabs(workspace.root, "review", "changes").stdout
    assert "Idées déplacées\u202f: 1" in said
    assert "Du thème «\u202fTitre de T01\u202f» au thème «\u202fTitre de T02\u202f»" in said
    assert "    I03" in said
    assert "T02 «\u202fTitre de T02\u202f»\u202f: 5" in said


def test_a_page_is_confirmed_in_one_gesture(workspace: Workspace) -> None:
    """`suggest --page` gives the command that puts all its ideas in their theme, each a decision of its own."""
    said = minilabs(workspace.root, "suggest", "--page").stdout
    command = said.splitlines()[-1].split()
    assert command[:3] == ["minilabs", "review", "place"]
    theme, *ideas = command[3:-2]
    assert command[-2:] == ["--workspace", str(workspace.root)]
    assert minilabs(workspace.root, *command[1:], "--qui", "ab", "--oui").returncode == 0
    decisions = open_desk(workspace).decisions
    assert {(act.action, act.target, act.value) for act in decisions} == {("assign", idea, theme) for idea in ideas}
    assert len(decisions) == len(ideas)


def test_a_question_without_an_answer_speaks_of_no_run(workspace: Workspace) -> None:
    """The input ends at the question: nothing is recorded, and nothing is said of stages."""
    told = minilabs(workspace.root, "review", "add", "ranger", "I01", "T02", "--qui", "ab")
    assert told.returncode == 130
    assert told.stderr.strip() == "Question restée sans réponse : rien n’a été fait."
    assert open_desk(workspace).decisions == ()


def test_a_run_that_is_stopped_says_what_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Ctrl-C inside stages is told apart: what has ended is kept."""
    initialise(tmp_path / "contest")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(display, "run", stop)
    with pytest.raises(StagesStopped):
        display.show(tmp_path / "contest", [], force=False)
