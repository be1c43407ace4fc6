"""`minilabs why`: one idea, where it is and why, what is near it."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import say


def register(app: typer.Typer) -> None:
    """Add the command of this file to `app`."""
    app.command("why", help="Dit où est une idée, pourquoi, et quelles idées en sont proches.")(why)


def why(
    idea: Annotated[str, typer.Argument(metavar="IDÉE", help="Numéro de l’idée.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print what the tables say of the idea."""
    from pipeline.shells.deciding.why import told
    from pipeline.workspace import Workspace

    for line in told(Workspace(workspace), idea.strip()):
        say(line)
