"""What commands say: the commands to type next, complete wherever they are read, and questions in French."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from pipeline.french import fold, typeset

_QUOTED = re.compile(r"(?<=«[\u202f ])(?:minilabs (?!init\b)[^»]*?)(?=[\u202f ]»)")


def command(words: str, folder: Path) -> str:
    """Return "minilabs" and its words, with `--workspace` unless `folder` is the current one."""
    if folder.resolve() == Path.cwd():
        return f"minilabs {words}"
    shown = f'"{folder}"' if re.search(r"[^\w./\\:~-]", str(folder)) else str(folder)
    return f"minilabs {words} --workspace {shown}"


def located(text: str, folder: Path) -> str:
    """Return a text, the commands that it quotes « minilabs … » completed as `command` does."""
    return _QUOTED.sub(lambda quoted: command(quoted[0].removeprefix("minilabs "), folder), typeset(text))


def agreed(question: str, *, default: bool) -> bool:
    """Return whether the person says yes, in French (English is understood); Enter gives `default`."""
    shown = typeset(f"{question} {'[O/n]' if default else '[o/N]'}")
    while True:
        said = fold(typer.prompt(shown, default="o" if default else "n", show_default=False, prompt_suffix=" "))
        if said in _ANSWERS:
            return _ANSWERS[said]
        typer.echo("Répondez « o » pour oui ou « n » pour non.")


_ANSWERS = {"o": True, "oui": True, "y": True, "yes": True, "n": False, "non": False, "no": False}
