"""`minilabs init`: an empty workspace for a new contest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command("init", help="Crée l’espace de travail d’un nouveau concours.")(init)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Dossier à créer (ou vide).")],
) -> None:
    """Make the folder and say what to do next."""
    from pipeline.initialise import initialise

    initialise(folder)
    typer.echo(f"Espace de travail créé : {folder}")
    typer.echo(f"1. Déposez l’export du concours dans {folder / 'data' / 'raw'}")
    typer.echo(f"2. Lancez : minilabs run --workspace {folder}")
