"""`minilabs report`, a preview of the replies, and the follow-up table brought back from the workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import located, say

_RULE = f"\n\n{'―' * 40}\n\n"


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command("report", help="Écrit les rapports, dossiers, fiches, kits, réponses et exports.")(report)
    app.command("tour", help="Écrit les diaporamas de la tournée : un par direction, et la direction générale.")(tour)
    app.command("preview", help="Montre quelques réponses aux porteurs, tirées au sort, sans nom.")(preview)
    app.command("follow-up", help="Reprend la feuille « Suivi » d’un classeur dans la table des suites.")(follow_up)
    app.command("validate", help="Note que thèmes, idées et places sont validés tels qu’ils sont.")(validate)
    app.command("milestone", help="Note les chiffres du bilan à une date, pour dire ensuite ce qui a avancé.")(
        milestone
    )


def validate(
    day: Annotated[str, typer.Argument(metavar="AAAA-MM-JJ", help="Date de la validation.")],
    who: Annotated[str, typer.Option("--par", help="Qui valide (direction ou fonction).")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Record the validation; every document then says so, until themes, ideas or seats change."""
    from pipeline.run import locked
    from pipeline.shells.report import validate as record
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        said = record(place, place.params(), day, who)
    say(located(f"{said}. Relancez « minilabs report ».", workspace))


def report(
    workspace: WorkspaceOption = HERE,
    only: Annotated[
        str,
        typer.Option("--only", help="Un seul document : direction:…, theme:… ou minilab:… (une partie du nom suffit)."),
    ] = "",
) -> None:
    """Write all documents, or those that `--only` names."""
    from pipeline.commands.display import show
    from pipeline.stages import BY_NAME

    if not only:
        show(workspace, [BY_NAME["report"]], force=True)
        return
    from pipeline.run import locked
    from pipeline.shells.report import run_only
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        for path in run_only(place, place.params(), _quiet, only):
            say(f"  {workspace / 'reports' / path}")


def tour(
    workspace: WorkspaceOption = HERE,
    only: Annotated[str, typer.Option("--only", help="Une seule direction (une partie du nom suffit).")] = "",
) -> None:
    """Write the decks, editable, with what the directorates' files and the overall report say."""
    from pipeline.run import locked
    from pipeline.shells.life.tour import run as write
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        for path in write(place, place.params(), only):
            say(f"  {workspace / 'reports' / path}")


def _quiet(done: int, total: int) -> None:
    """Show nothing: a single document is there at once."""


def preview(
    workspace: WorkspaceOption = HERE,
    count: Annotated[int, typer.Option("--nombre", min=1, max=50, help="Nombre de lettres.")] = 3,
) -> None:
    """Show letters as they will be sent, with [Prénom] [Nom] for the person."""
    from pipeline.shells.report import preview as drawn
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    say(_RULE.join(drawn(place, place.params(), count)))


def follow_up(
    workbook: Annotated[Path, typer.Argument(metavar="CLASSEUR", help="Classeur complété (xlsx ou ods).")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Check the sheet and write it in place of the follow-up table; nothing is written when a line is wrong."""
    from pipeline.french import counted
    from pipeline.run import locked
    from pipeline.shells.life.follow_up import bring_back
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        count = bring_back(place, place.params(), workbook)
    said = counted(count, "suite enregistrée", "suites enregistrées")
    say(located(f"{said}. Relancez « minilabs report ».", workspace))


def milestone(
    day: Annotated[str, typer.Argument(metavar="AAAA-MM-JJ", help="Date du bilan.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Note today's figures; later reports say what changed since."""
    from pipeline.french import counted
    from pipeline.run import locked
    from pipeline.shells.report import note_review
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        count = note_review(place, place.params(), day)
    say(f"{counted(count, 'chiffre noté', 'chiffres notés')} au bilan du {day}.")
