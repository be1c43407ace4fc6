"""What commands say: the commands to type next, complete wherever they are read, and questions in French."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from pipeline.files.spreadsheet import printable
from pipeline.french import fold, typeset

_QUOTED = re.compile(r"(?<=«[\u202f ])(?:minilabs (?!init\b)[^»]*?)(?=[\u202f ]»)")


def shown(text: str) -> str:
    """Return a text as a terminal may show it: no control character, whatever names, titles and paths hold."""
    return printable(text).replace("\r", "")


def say(text: object = "", *, bold: bool = False, err: bool = False) -> None:
    """Print a line: all that commands say but tables goes through here."""
    plain = shown(str(text))
    typer.echo(typer.style(plain, bold=True) if bold else plain, err=err)


def answered(question: str, default: str | None = None) -> str:
    """Return what the person types."""
    return str(typer.prompt(shown(question), default=default, show_default=False, prompt_suffix=" "))


def command(words: str, folder: Path) -> str:
    """Return "minilabs" and its words, with `--workspace` unless `folder` is the current one."""
    if folder.resolve() == Path.cwd():
        return f"minilabs {words}"
    place = f'"{folder}"' if re.search(r"[^\w./\\:~-]", str(folder)) else str(folder)
    return f"minilabs {words} --workspace {place}"


def located(text: str, folder: Path) -> str:
    """Return a text, the commands that it quotes « minilabs … » completed as `command` does."""
    return _QUOTED.sub(lambda quoted: command(quoted[0].removeprefix("minilabs "), folder), typeset(text))


def agreed(question: str, *, default: bool) -> bool:
    """Return whether the person says yes, in French (English is understood); Enter gives `default`."""
    whole = typeset(f"{question} {'[O/n]' if default else '[o/N]'}")
    while True:
        said = fold(answered(whole, default="o" if default else "n"))
        if said in _ANSWERS:
            return _ANSWERS[said]
        say("Répondez « o » pour oui ou « n » pour non.")


_ANSWERS = {"o": True, "oui": True, "y": True, "yes": True, "n": False, "non": False, "no": False}
