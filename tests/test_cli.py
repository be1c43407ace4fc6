"""The command line, as a person types it, in a real process."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.commands.printed import command, located
from pipeline.french import typeset

HEAVY = {"pandas", "numpy", "pyarrow", "sklearn", "spacy", "torch", "altair", "typst", "umap", "pydantic", "yaml"}


def minilabs(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in its own process and return what it said."""
    command = [sys.executable, "-m", "pipeline", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_help_is_french() -> None:
    """Help speaks French, Typer's own words included."""
    result = minilabs("--help")
    assert result.returncode == 0
    assert "Usage :" in result.stdout
    for english in ("Show this message", "Install completion", "Show completion", "Commands", "Usage:"):
        assert english not in result.stdout


def test_help_loads_nothing_heavy() -> None:
    """Asking for help imports none of the libraries that make a start slow."""
    code = "import sys, pipeline.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY & set(loaded) == set()


def test_each_command_has_french_help() -> None:
    """Every command says in French what it does."""
    for name in (
        "run",
        "init",
        "ingest",
        "forget",
        "audit-privacy",
        "embed",
        "cluster",
        "review",
        "assign",
        "evaluate",
        "report",
    ):
        result = minilabs(name, "--help")
        assert result.returncode == 0, name
        assert "Show this message" not in result.stdout


@pytest.mark.parametrize("command", [(), ("report",), ("assign",), ("ingest",), ("tour",)])
def test_types_are_shown_in_french(command: tuple[str, ...]) -> None:
    """Help shows no English type, and none for a switch."""
    shown = minilabs(*command, "--help").stdout
    assert not re.findall(r"<(?:bool|path|str|int|float|file|directory)(?: range)?>", shown)
    assert not command or "<chemin>" in shown


def test_a_user_error_is_one_french_sentence(tmp_path: Path) -> None:
    """A folder that is no workspace gives one line on stderr and exit code 2."""
    result = minilabs("run", "--workspace", str(tmp_path))
    assert result.returncode == 2
    assert result.stdout == ""
    assert "params.yaml" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [["--option-inconnue"], ["commande-inconnue"], ["init"]])
def test_wrong_words(words: list[str]) -> None:
    """A wrong option or command is refused in French with exit code 2."""
    result = minilabs(*words)
    assert result.returncode == 2
    assert "No such" not in result.stderr
    assert "Missing" not in result.stderr


def test_an_unforeseen_error_tells_no_data(tmp_path: Path) -> None:
    """A fault of ours names its kind and place only, never the values it met."""
    code = (
        "import pipeline.commands.start as s, pipeline.cli as c, pipeline.initialise as i, sys\n"
        "def boom(folder, **_): raise RuntimeError('Jean Dupont')\n"
        "i.initialise = boom; sys.argv = ['minilabs', 'init', 'x']; c.main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 1
    assert "RuntimeError" in result.stderr
    assert "Dupont" not in result.stderr


def test_init_then_run_without_an_export(tmp_path: Path) -> None:
    """A new workspace can be made anywhere; running it empty says what is missing."""
    assert minilabs("init", str(tmp_path / "c")).returncode == 0
    result = minilabs("run", "--workspace", str(tmp_path / "c"))
    assert result.returncode == 2
    assert "data/raw" in result.stderr.replace("\\", "/")


@pytest.mark.parametrize(
    "words",
    [
        "suggest --n beaucoup",
        "suggest --n 0",
        "preview --nombre 99",
        "run --force=3",
        "review undo hier",
        "init ailleurs --concours tous",
        "assign --tri",
        "why",
    ],
)
def test_refused_values_are_told_in_french(words: str) -> None:
    """Every kind of wrong value gets one French line, without a word of the libraries that noticed it."""
    result = minilabs(*words.split())
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert not re.search(r"\b(?:Input|should|not|value|does|Value|error|Invalid)\b", result.stderr)


def test_commands_to_type_work_where_they_are_read(tmp_path: Path) -> None:
    """What init, an error and a later step say to type names the workspace when it is not the current folder."""
    place = tmp_path / "concours 2026"
    assert f'« minilabs run --workspace "{place}" »' in plain(minilabs("init", str(place)).stdout)
    told = plain(minilabs("suggest", "-w", str(place)).stderr)
    assert re.findall(r"« (minilabs [^»]+) »", told)
    assert all(f'--workspace "{place}"' in typed for typed in re.findall(r"« (minilabs [^»]+) »", told))


def test_commands_are_short_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the workspace itself nothing is added; only commands of the program that take a workspace are completed."""
    monkeypatch.chdir(tmp_path)
    assert located("Lancez « minilabs run ».", Path()) == typeset("Lancez « minilabs run ».")
    assert command("review place T01 A1", tmp_path) == "minilabs review place T01 A1"
    text = "« minilabs init ici », « pip install minilabs », « minilabs reader ask »"
    assert plain(located(text, Path("ailleurs"))) == text.replace("reader ask", "reader ask --workspace ailleurs")


def plain(text: str) -> str:
    """Return a text with ordinary spaces only."""
    return text.replace("\u202f", " ")
