"""`minilabs review merge`, `git` and `merge-driver`: the decisions of two people made one, by hand or by git."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import say
from pipeline.commands.review import group


def register(_app: typer.Typer) -> None:
    """Add the commands of this file below `minilabs review`."""
    group.command("merge", help="Réunit les décisions de deux personnes et liste leurs désaccords.")(merge)
    group.command("git", help="Apprend à git à réunir les décisions de deux personnes (une fois par copie du dépôt).")(
        git
    )
    group.command("merge-driver", hidden=True, help="Appelée par git.")(merge_driver)


def merge(
    ours: Annotated[Path, typer.Argument(metavar="A", help="Fichier complété.")],
    theirs: Annotated[Path, typer.Argument(metavar="B", help="Fichier de l’autre personne.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Complete the first file with the second."""
    from pipeline.french import counted
    from pipeline.shells.deciding.sharing import merge_files
    from pipeline.workspace import Workspace

    joined, added = merge_files(Workspace(workspace), ours, theirs)
    say(f"{ours} : {counted(len(joined.decisions), 'décision')}, dont {added} ajoutées.")
    for contradiction in joined.contradictions:
        say(str(contradiction))


def git(workspace: WorkspaceOption = HERE) -> None:
    """Set git up for the workspace."""
    from pipeline.shells.deciding.sharing import set_git_up
    from pipeline.workspace import Workspace

    set_git_up(Workspace(workspace))
    say("git réunira les décisions de deux personnes ; en cas de désaccord, il s’arrête et les montre.")


def merge_driver(
    base: Annotated[Path, typer.Argument(metavar="%O", help="Version commune.")],
    ours: Annotated[Path, typer.Argument(metavar="%A", help="Notre version, remplacée.")],
    theirs: Annotated[Path, typer.Argument(metavar="%B", help="L’autre version.")],
) -> None:
    """Write both as one in place of ours; exit with 1 when people disagree, so that git stops."""
    from pipeline.french import counted, typeset
    from pipeline.shells.deciding.sharing import merge_for_git

    joined = merge_for_git(base, ours, theirs)
    if not joined.contradictions:
        return
    say(typeset(f"{counted(len(joined.contradictions), 'désaccord')} entre les deux fichiers :"), err=True)
    for contradiction in joined.contradictions:
        say(f"  {contradiction}", err=True)
    say(
        "Le fichier réunit toutes les décisions. Si les dernières conviennent : git add, puis git commit ;"
        " sinon, annulez-en d’abord (minilabs review undo NUMÉRO).",
        err=True,
    )
    raise typer.Exit(1)
