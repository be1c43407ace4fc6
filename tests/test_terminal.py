"""No control character of a name, a title, a number, a column or a file reaches a terminal, whatever the command."""

from __future__ import annotations

import ast
import csv
import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from typer.testing import CliRunner

import pipeline
from pipeline.cli import main
from pipeline.commands.app import app
from pipeline.commands.printed import say, shown
from pipeline.commands.screen import Screen
from pipeline.initialise import initialise

EVIL = "\x1b]0;a\x07\x1b[2J\x1b[31m\x9b8m\u202e\r\x08"
HEAD = ["N°", f"Titre{EVIL}", f"Texte{EVIL}", "Nom", "Prénom", "Direction", f"Notes{EVIL}"]
SUBJECTS = ("vélos pour les trajets", "papier des imprimantes", "repas de la cantine", "salle de réunion")
DOORS = {"printed.py", "screen.py"}
"""Where commands print."""


def test_commands_print_through_one_door() -> None:
    """No command prints by itself: lines go through `say`, tables through `Screen`, questions through `answered`."""
    forbidden = re.compile(r"(?:typer|click)\.(?:echo|secho|prompt|confirm)|print|sys\.(?:stdout|stderr)\.\w+|Console")
    folder = Path(pipeline.__file__).parent
    found = [
        f"{path.name}:{node.lineno}"
        for place in ("commands", "shells")
        for path in sorted((folder / place).rglob("*.py"))
        if path.name not in DOORS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and forbidden.fullmatch(ast.unparse(node.func))
    ]
    assert found == []


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_nothing_but_letters_is_shown(text: str) -> None:
    """What is shown of any text has no control character but line ends and tabs, and no mark that turns a line."""
    assert not bad(shown(text))
    assert shown(shown(text)) == shown(text)


def bad(text: str) -> set[str]:
    """Return the characters of a text that may do something to a terminal."""
    turning = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
    return {c for c in text if (unicodedata.category(c) == "Cc" and c not in "\n\t") or c in turning}


def test_lines_and_tables_are_shown_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a control character nor the markup of a console in a title does anything."""
    say(f"Idée{EVIL} un", bold=True)
    table = Table(f"Titre{EVIL}")
    table.add_row(f"[red]Vélos[/blue] :smile:{EVIL}")
    Screen().print(f"[bold]{EVIL}fin", table)
    out = capsys.readouterr().out
    assert not bad(out)
    assert "[red]Vélos[/blue] :smile:" in out


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace run on an export with control characters in its names, titles, numbers and columns."""
    folder = tmp_path_factory.mktemp("hostile")
    initialise(folder)
    text = io.StringIO()
    rows = [
        [f"{n}", f"Idée {n} : {SUBJECTS[n % 4]}", f"Des {SUBJECTS[n % 4]}, pour la {n}e fois, " + "et encore " * 20,
         f"Durand{n}", "Anne", f"Direction {n % 3}", "x"]
        for n in range(24)
    ]  # fmt: skip
    rows[5] = [f"{cell}{EVIL}" for cell in rows[5]]  # more of them, and the file would be no table
    csv.writer(text, delimiter=";").writerows([HEAD, *rows])
    (folder / "data/raw/export.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    done = CliRunner().invoke(app, ["run", "--workspace", str(folder)])
    assert done.exit_code == 0, done.output
    assert not bad(done.output)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        "ingest", "ingest --propose", "audit-privacy", "forget A001", "suggest", "proposals", "preview", "call",
        "answers", "sessions", "review list", "review check", "review doubts", "review since", "reader",
        "reader preview", "why 0", f"why {EVIL}", f"forget {EVIL}", f"review rename T01 {EVIL} --oui --qui {EVIL}",
        f"follow-up {EVIL}",
    ],
)  # fmt: skip
def test_no_command_lets_one_through(
    hostile: Path, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command that prints what the export or people wrote, or refuses it, does it without any of them."""
    monkeypatch.setattr("sys.argv", ["minilabs", *words.split(" "), "--workspace", str(hostile)])
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr()
    assert end.value.code in (0, None, 2)
    assert said.out + said.err
    assert not bad(said.out + said.err)
