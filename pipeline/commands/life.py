"""From the call to the end: `minilabs register` and what comes after the composition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import located, say


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command("call", help="Écrit l’appel aux agents : page, texte par groupe, questions du formulaire.")(call)
    app.command("answers", help="Écrit un classeur par direction, ou reprend ceux qui reviennent remplis.")(answers)
    app.command("sessions", help="Écrit les feuilles de présence et la participation ; reprend celles qui reviennent.")(
        meetings
    )
    app.command("bilan", help="Écrit le bilan du concours, de l’appel aux suites : page, PDF, diaporama, chiffres.")(
        review
    )
    app.command("demo", help="Joue la suite fictive du corpus d’exemple, dans un dossier à part.")(demo)
    app.command("close", help="Ferme le concours : fiche pour le registre, archive sans personne, effacement.")(close)
    app.command("register", help="Reprend les inscriptions d’un outil de formulaire ; chaque ligne est comptée.")(
        registrations
    )


def call(workspace: WorkspaceOption = HERE) -> None:
    """Write what to publish to open the groups to every agent."""
    from pipeline.run import locked
    from pipeline.shells.life.calling import call as write
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        paths, notes = write(place, place.params())
    for path in paths:
        say(f"  {workspace / path}")
    for note in notes:
        say(located(note, workspace))


def answers(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="CLASSEURS", help="Classeurs remplis ; sans eux, ils sont écrits.")
    ] = None,
    yes: Annotated[bool, typer.Option("--oui", help="Enregistre ; sans cette option, montre seulement.")] = False,
    day: Annotated[
        str, typer.Option("--jour", metavar="AAAA-MM-JJ", help="Date des réponses ; par défaut, ce jour.")
    ] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Hand out what directorates are asked, or take their answers back."""
    from datetime import UTC, datetime

    from pipeline.run import locked
    from pipeline.shells.life.answering import hand_out, take_back, told
    from pipeline.shells.report import check_day
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    today = day or datetime.now(UTC).date().isoformat()
    check_day(today)
    with locked(place):
        if files:
            lines = told(take_back(place, place.params(), files, today, confirmed=yes), confirmed=yes)
        else:
            lines = hand_out(place, place.params(), today)
    say("\n".join(lines))


def meetings(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FEUILLES", help="Feuilles remplies ; sans elles, elles sont écrites."),
    ] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Hand attendance sheets out or take them back, and write who took part and what groups made."""
    from pipeline.run import locked
    from pipeline.shells.life.meeting import hand_out, take_back
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        lines = take_back(place, files) if files else hand_out(place)
    say("\n".join(lines))


def review(
    day: Annotated[str, typer.Option("--jour", metavar="AAAA-MM-JJ", help="Date du bilan ; par défaut, ce jour.")] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write the full review, for everyone, and say what is missing in it."""
    from datetime import UTC, datetime

    from pipeline.run import locked
    from pipeline.shells.life.bilan import run as write
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        lines = write(place, place.params(), day or datetime.now(UTC).date().isoformat())
    say(located("\n".join(lines), workspace))


def demo(workspace: WorkspaceOption = HERE) -> None:
    """Play the sample's second act: registrations, sessions, answers, ends, review."""
    from pipeline.shells.life.second_act import play
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    for line in play(place, place.params()):
        say(line)


def close(
    yes: Annotated[bool, typer.Option("--oui", help="Archive et efface vraiment ; sans elle, montre.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Say what is held; archive what may stay, remove the rest and prove it."""
    from pipeline.run import locked
    from pipeline.shells.persons.closing import close as end
    from pipeline.shells.persons.closing import told
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        done = end(place, place.params(), confirmed=yes)
    say("\n".join(told(done, confirmed=yes)))


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
    from pipeline.shells.life.registering import register as take
    from pipeline.shells.life.registering import told
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    with locked(place):
        done = take(place, place.params(), file)
    say("\n".join(told(done)))
