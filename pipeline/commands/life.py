"""From the call to the end: `minilabs register` and what comes after the composition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command("register", help="Reprend les inscriptions d’un outil de formulaire ; chaque ligne est comptée.")(
        registrations
    )


def registrations(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FICHIER", help="Export du formulaire (CSV, Excel, LibreOffice) ; sans lui : doutes tranchés."
        ),
    ] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take registrations in, late ones and withdrawals too, and say what became of each row."""
    from pipeline.run import locked
    from pipeline.shells.registering import register as take
    from pipeline.shells.registering import told
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        done = take(place, place.params(), file)
    typer.echo("\n".join(told(done)))
