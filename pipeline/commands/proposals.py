"""`minilabs proposals`: what the starting list proposes, beside what the ideas alone propose."""

from __future__ import annotations

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import say


def register(app: typer.Typer) -> None:
    """Add the command of this file to `app`."""
    app.command("proposals", help="Compare la proposition partie de la liste à celle qui s’en passe.")(proposals)


def proposals(workspace: WorkspaceOption = HERE) -> None:
    """Print both proposals side by side, or that there is nothing to choose."""
    from pipeline.store import load
    from pipeline.words.proposals import proposals as said
    from pipeline.words.proposals import told
    from pipeline.workspace import Workspace

    for line in told(said(load(Workspace(workspace), "proposals", stage="cluster"))):
        say(line)
