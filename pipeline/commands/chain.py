"""`minilabs run` and one command per stage: the chain with its progress display and its French summary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import say

_HELP = {
    "embed": "Représente chaque idée par un vecteur, hors ligne par défaut.",
    "cluster": "Propose des thèmes, leurs titres, leur stabilité et les signaux faibles.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command("run", help="Exécute toute la chaîne ; ce qui est déjà fait n’est pas refait.")(run)
    app.command("keys", help="Écrit pour DVC ce dont dépend chaque étape (dvc.yaml l’appelle).", hidden=True)(keys)
    for name, text in _HELP.items():
        app.command(name, help=text)(_stage_command(name))


def run(
    workspace: WorkspaceOption = HERE,
    force: Annotated[bool, typer.Option("--force", help="Refait aussi ce qui est à jour.")] = False,
) -> None:
    """Run every stage that is not up to date, then say where the reports are."""
    from pipeline.commands.display import show
    from pipeline.stages import STAGES

    show(workspace, STAGES, force=force)
    say("")
    say("À ouvrir :")
    for report in ("index.html", "rapport.html", "rapport.pdf", "classeur.xlsx"):
        say(f"  {workspace / 'reports' / report}")


def keys(workspace: WorkspaceOption = HERE) -> None:
    """Write what each stage depends on and DVC cannot see: libraries, files that may be absent, lists given back."""
    from pipeline.run import locked, write_keys
    from pipeline.workspace import Workspace

    here = Workspace(workspace)
    with locked(here):
        write_keys(here, here.params())


def _stage_command(name: str) -> Callable[..., None]:
    def command(workspace: WorkspaceOption = HERE) -> None:
        from pipeline.commands.display import show
        from pipeline.stages import BY_NAME

        show(workspace, [BY_NAME[name]], force=True)

    command.__name__ = name
    command.__doc__ = _HELP[name]
    return command
