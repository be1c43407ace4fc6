"""What holders answer to their letter, end to end: table out, filled in, back in two formats, acts, run, letters."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.errors import SeveralErrors
from pipeline.files.csv_file import csv_bytes
from pipeline.life.replies import HEADS
from pipeline.messages import sentence
from pipeline.store import load
from pipeline.workspace import Workspace
from tests.test_afternoon import Afternoon

TABLE = "reports/suites/porteurs.xlsx"
OTHER = "la paie et les congés d'été"
Lines = list[list[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered and what came of it.

    Attributes:
        asked: lines of the table handed out, its header first.
        confirmed: idea whose holder says yes.
        moved: idea → theme that its holder names.
        discussed: idea whose holder names no theme of ours.
        before: place of each idea.
        after: the same after the run.
        letters: holder → text, before and after.
        printed: name of a letter → its PDF, before and after.
        told: holder → what tables say of their seats, lines and themes' sizes, before and after.
        preview: what the command shows before anything is recorded.
    """

    asked: Lines
    confirmed: str
    moved: tuple[str, str]
    discussed: str
    before: pd.DataFrame
    after: pd.DataFrame
    letters: tuple[dict[str, str], dict[str, str]]
    printed: tuple[dict[str, bytes], dict[str, bytes]]
    told: tuple[dict[str, object], dict[str, object]]
    preview: str
    workspace: Workspace


def typed(workspace: Workspace, *words: str) -> str:
    """Type a command; return what it answers, with ordinary spaces."""
    result = CliRunner().invoke(app, [*words, "--workspace", str(workspace.root)], input="n\n")
    assert result.exit_code == 0, (words, result.output, result.exception)
    return " ".join(result.output.split())


def lines_of(path: Path) -> Lines:
    """Return the cells of the table handed out."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def as_workbook(path: Path, lines: Sequence[Sequence[str]]) -> Path:
    """Save a table as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append(list(line))
    book.save(path)
    return path


def as_old_csv(path: Path, lines: Sequence[Sequence[str]]) -> Path:
    """Save a table as a French spreadsheet saves its CSV: semicolons, Windows' encoding, narrow spaces lost."""
    text = csv_bytes(lines, ";").decode("utf-8-sig").replace("\u202f", "\u00a0")
    path.write_bytes(text.encode("cp1252"))
    return path


def letters_of(workspace: Workspace) -> dict[str, str]:
    """Return the text of each holder's letters."""
    content = workspace.path("reports/private/publipostage.xlsx").read_bytes()
    frame = pd.read_excel(io.BytesIO(content), dtype=str, keep_default_na=False)
    return {str(holder): "\n".join(own) for holder, own in frame.groupby("Agent")["Texte"]}


def printed_of(workspace: Workspace) -> dict[str, bytes]:
    """Return the PDF of each letter."""
    return {path.name: path.read_bytes() for path in workspace.path("reports/private/reponses").glob("*.pdf")}


def facts_of(workspace: Workspace) -> dict[str, object]:
    """Return what letters are made from, by holder: seats and lines, who decided on their ideas, sizes of themes."""
    placed = load(workspace, "idea_themes", stage="review").set_index("idea_id")
    sizes = placed.loc[~placed["weak_signal"], "theme_id"].value_counts()
    near = {idea: tuple(row) for idea, row in placed["neighbours"].items()}
    links = load(workspace, "idea_holders", stage="ingest")
    found: dict[str, object] = {}
    seats = {name: load(workspace, name, stage="assign") for name in ("assignments", "waiting_list", "labs")}
    labs = seats["labs"].set_index("lab_id")[["placed", "maximum"]]
    for holder, ideas in links.groupby("holder_id")["idea_id"]:
        own = placed.loc[[idea for idea in ideas if idea in placed.index]]
        at = [seats[name][seats[name]["holder_id"] == holder] for name in ("assignments", "waiting_list")]
        told = at[0][["lab_id", "status"]].merge(labs, left_on="lab_id", right_index=True, how="left")["lab_id"]
        line = at[1][["lab_id", "place_in_line", "enters", "enters_by", "bound", "bound_by"]]
        themes = [(t, sizes.get(t, 0), by, weak) for t, by, weak in own[_OF_IDEA].itertuples(index=False, name=None)]
        found[str(holder)] = repr(
            (list(told), line.to_numpy().tolist(), themes, [near[i] for i in own.index if own["weak_signal"][i]])
        )
    return found


_OF_IDEA = ["theme_id", "decided_by", "weak_signal"]


def copied(afternoon: Afternoon, folder: Path) -> Workspace:
    """Return a copy of the afternoon's workspace."""
    shutil.copytree(afternoon.workspace.root, folder / "contest")
    return Workspace(folder / "contest")


@pytest.fixture(scope="module")
def told(afternoon: Afternoon, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return the replies: a yes, a no with another theme, a no with a subject that is not ours, then a run."""
    workspace = copied(afternoon, tmp_path_factory.mktemp("replies"))
    typed(workspace, "review", "replies")
    asked = lines_of(workspace.path(TABLE))
    before = load(workspace, "idea_themes", stage="review").set_index("idea_id")
    former, papers, facts = letters_of(workspace), printed_of(workspace), facts_of(workspace)
    yes, no, other = asked[1], next(line for line in asked[2:] if line[2] != asked[1][2]), asked[-1]
    yes[3], no[3:5], other[3:6] = "Oui", ["non", yes[2]], ["NON", OTHER, "pas du tout"]
    back = as_old_csv(workspace.root.parent / "retours.csv", asked)
    preview = typed(workspace, "review", "replies", str(back), "--qui", "ab")
    assert "Rien n’a été enregistré" in preview
    count = len(afternoon_decisions(workspace))
    typed(workspace, "review", "replies", str(back), "--qui", "ab", "--oui")
    assert len(afternoon_decisions(workspace)) == count + 3
    typed(workspace, "run")
    after = load(workspace, "idea_themes", stage="review").set_index("idea_id")
    home = str(before["theme_id"][yes[0]])
    return Told(
        asked,
        yes[0],
        (no[0], home),
        other[0],
        before,
        after,
        (former, letters_of(workspace)),
        (papers, printed_of(workspace)),
        (facts, facts_of(workspace)),
        preview,
        workspace,
    )


def afternoon_decisions(workspace: Workspace) -> list[str]:
    """Return the lines of the decisions file."""
    return workspace.given(workspace.params().review.decisions).read_text(encoding="utf-8").splitlines()


def test_the_table_asks_what_letters_ask(told: Told) -> None:
    """A line an idea of which some letter asks whether it was understood, under the title that the letter gives."""
    assert tuple(told.asked[0]) == HEADS
    said = "\n".join(told.letters[0].values())
    assert all(f"N°\u00a0{line[0]}, sujet proposé «\u202f{line[2]}\u202f»" in said for line in told.asked[1:])
    assert said.count(", sujet proposé «") >= len(told.asked) - 1 > 20


def test_replies_become_decisions_once_confirmed(told: Told) -> None:
    """A yes stands as a person's decision, a no is where its holder says, one without a theme of ours is discussed."""
    moved, home = told.moved
    assert told.after["theme_id"][told.confirmed] == told.before["theme_id"][told.confirmed] == home
    assert told.after["theme_id"][moved] == home != told.before["theme_id"][moved]
    assert set(told.after["decided_by"][[told.confirmed, moved]]) == {"analyst"}
    kept = "\n".join(afternoon_decisions(told.workspace))
    assert "le porteur confirme" in kept
    assert OTHER in kept.replace("’", "'")
    assert "3 décisions dans cette table" in told.preview
    assert all(idea in told.preview for idea in (told.confirmed, moved, told.discussed))


def test_letters_change_for_who_answered(told: Told) -> None:
    """The holder of a moved idea reads its new theme and that a person decided it, and is not asked again."""
    moved, home = told.moved
    links = load(told.workspace, "idea_holders", stage="ingest")
    label = load(told.workspace, "themes", stage="review").set_index("theme_id")["label"][home]
    for idea in (moved, told.confirmed):
        for holder in links.loc[links["idea_id"] == idea, "holder_id"]:
            was, now = (each[holder] for each in told.letters)
            assert f"N°\u00a0{idea}, sujet proposé" in was
            assert f"N°\u00a0{idea}, sujet proposé" not in now
            assert label in now
            assert "par une personne de l’équipe" in now


def test_a_workbook_says_what_a_csv_says(told: Told) -> None:
    """Come back as xlsx, the same answers show the same acts, and nothing is recorded without a yes."""
    count = len(afternoon_decisions(told.workspace))
    for name, saved in (("deux.xlsx", as_workbook), ("trois.csv", as_old_csv)):
        path = saved(told.workspace.root.parent / name, told.asked)
        said = typed(told.workspace, "review", "replies", str(path), "--qui", "ab")
        assert "3 décisions dans cette table" in said
        assert "Rien n’a été enregistré" in said
    assert len(afternoon_decisions(told.workspace)) == count


def test_blank_and_nonsense_are_told(told: Told) -> None:
    """A table without an answer says so; a word that is no answer, or a number that is none, is told by its line."""
    blank = [told.asked[0], *([*line[:3], "", "", ""] for line in told.asked[1:])]
    place = told.workspace.root.parent
    said = typed(told.workspace, "review", "replies", str(as_workbook(place / "vide.xlsx", blank)), "--qui", "ab")
    assert "Aucune réponse de porteur" in said
    wrong = [list(line) for line in blank]
    wrong[1][3], wrong[2][0], wrong[2][3] = "peut-être", "X-999", "oui"
    for name, saved in (("faux.xlsx", as_workbook), ("faux.csv", as_old_csv)):
        words = ["review", "replies", str(saved(place / name, wrong)), "--oui"]
        result = CliRunner().invoke(app, [*words, "--workspace", str(told.workspace.root)])
        assert isinstance(result.exception, SeveralErrors)
        one, two = map(sentence, result.exception.errors)
        assert "ligne 2" in one
        assert "peut-être" in one
        assert "ligne 3" in two
        assert "X-999" in two


def test_decisions_leave_the_other_letters_alone(told: Told) -> None:
    """Letters change for those whose ideas, themes' sizes, seats or lines changed; the others keep every byte."""
    was, now = told.letters
    assert set(was) == set(now)
    same = {holder for holder, facts in told.told[0].items() if told.told[1][holder] == facts}
    assert {holder for holder in same if was[holder] != now[holder]} == set()
    assert len(same) > len(was) / 3
    before, after = told.printed
    assert set(before) == set(after)
    kept = {name for name in before if name.split("-")[1].removesuffix(".pdf") in same}
    assert len(kept) >= len(same)
    assert {name for name in kept if before[name] != after[name]} == set()
