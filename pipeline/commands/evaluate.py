"""`minilabs evaluate`: the stage, a second person's coding, and the intruder test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import say


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command("evaluate", help="Mesure la qualité, et l’accord avec le codage d’une personne.")(evaluate)


def evaluate(
    workspace: WorkspaceOption = HERE,
    coding: Annotated[
        Path | None,
        typer.Option("--coding", help="Codage d’une seconde personne (CSV) : accord et désaccords.", metavar="FICHIER"),
    ] = None,
    intruders: Annotated[
        Path | None,
        typer.Option(
            "--intruders",
            help="Test de l’intrus : crée la feuille à remplir ; si elle existe, compte les bonnes réponses.",
            metavar="FICHIER",
        ),
    ] = None,
) -> None:
    """Run the stage, or what the options ask for instead."""
    from pipeline.stages import BY_NAME

    if coding is None and intruders is None:
        from pipeline.commands.display import show

        show(workspace, [BY_NAME["evaluate"]], force=True)
    if coding is not None:
        _second_coding(workspace, coding)
    if intruders is not None:
        _intruders(workspace, intruders)


def _second_coding(folder: Path, path: Path) -> None:
    from pipeline.shells.evaluate import compare_with

    for line in compare_with(folder, path):
        say(line)


def _intruders(folder: Path, path: Path) -> None:
    from pipeline.shells.evaluate import ask_intruders, score_intruders

    for line in score_intruders(folder, path) if path.exists() else ask_intruders(folder, path):
        say(line)
