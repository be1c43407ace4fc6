"""`minilabs notebooks`: the guides copied into the workspace, and JupyterLab opened on the first."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import say


def register(app: typer.Typer) -> None:
    """Add the command of this file to `app`."""
    app.command("notebooks", help="Copie les carnets dans l’espace de travail et ouvre JupyterLab sur le premier.")(
        notebooks
    )


def notebooks(
    workspace: WorkspaceOption = HERE,
    no_open: Annotated[bool, typer.Option("--no-open", help="Copie seulement, sans ouvrir JupyterLab.")] = False,
) -> None:
    """Copy the notebooks, leave those that someone changed, then start JupyterLab in this terminal."""
    import subprocess
    import sys
    from importlib.util import find_spec

    from pipeline.errors import MinilabsError
    from pipeline.french import counted
    from pipeline.workspace import Workspace

    if missing := [name for name in ("jupyterlab", "itables", "ipywidgets") if find_spec(name) is None]:
        raise MinilabsError("notebook.no_jupyter", missing=", ".join(missing))
    from pipeline.notebook.guides import FIRST, FOLDER, copy
    from pipeline.notebook.lab import command, environment

    place = Workspace(workspace)
    done = copy(place)
    say(f"Carnets : {workspace / FOLDER} ({counted(len(done.written), 'fichier copié', 'fichiers copiés')}).")
    if done.kept:
        say(f"Gardés tels que vous les avez laissés : {', '.join(done.kept)}.")
    if no_open:
        return
    say("JupyterLab s’ouvre dans le navigateur. Pour l’arrêter : Ctrl + C dans ce terminal.")
    words, settings = command(place, done.folder / FIRST), environment(place)
    sys.exit(subprocess.run(words, env=settings, check=False).returncode)  # noqa: S603 - our own interpreter, no shell
