"""`minilabs init`: an empty workspace for a new contest."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.printed import located, say
from pipeline.french import typeset


class Contest(StrEnum):
    """Whose ideas they are."""

    AGENTS = "agents"
    CITIZENS = "citoyens"


_SAID = {
    Contest.AGENTS: "Concours d'agents : les thèmes partent d'une liste de sujets, « data/review/grille.csv », que vous"
    " pouvez adapter dans un tableur. Pour un concours de citoyens, mettez « grille: aucune » dans « params.yaml ».",
    Contest.CITIZENS: "Concours de citoyens : les thèmes viennent des idées seules. Pour partir d'une liste de sujets,"
    " mettez « grille: data/review/grille.csv » dans « params.yaml ».",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command("init", help="Crée l’espace de travail d’un nouveau concours.")(init)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Dossier à créer (ou vide).")],
    concours: Annotated[
        Contest, typer.Option("--concours", help="Qui a déposé les idées : des agents, ou des citoyens.")
    ] = Contest.AGENTS,
) -> None:
    """Make the folder and say what to do next."""
    from pipeline.initialise import initialise

    initialise(folder, staff=concours is Contest.AGENTS)
    say(f"Espace de travail créé : {folder}")
    say(typeset(_SAID[concours]))
    say(f"1. Déposez l’export du concours dans {folder / 'data' / 'raw'}")
    say(located("2. Lancez « minilabs run ».", folder))
