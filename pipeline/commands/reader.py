"""`minilabs reader`: where things stand, what would be sent, the asking, and forgetting it all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.french_typer import FrenchTyper
from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import agreed, answered, located, say

group = FrenchTyper(
    name="reader",
    help="Un second lecteur : un modèle de langue de votre organisation, qui propose à côté des personnes.",
    no_args_is_help=False,
    invoke_without_command=True,
)
WhoOption = Annotated[str, typer.Option("--qui", help="Qui consent à l’envoi : initiales ou nom.", metavar="NOM")]
YesOption = Annotated[bool, typer.Option("--oui", help="Consent à l’envoi des textes masqués, sans poser la question.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    group.callback()(status)
    group.command("preview", help="Montre ce qui serait envoyé : appels, jetons, durée, prix, textes.")(preview)
    group.command("ask", help="Interroge le lecteur ; la seule commande du lecteur qui envoie quelque chose.")(ask)
    group.command("forget", help="Efface les lectures : la proposition redevient celle du programme seul.")(forget)
    app.add_typer(group)


def status(context: typer.Context, workspace: WorkspaceOption = HERE) -> None:
    """Say where things stand, unless a command follows."""
    if context.invoked_subcommand is not None:
        return
    from pipeline.shells.reading.reader_told import status as told
    from pipeline.workspace import Workspace

    _print(told(Workspace(workspace)), workspace)


def preview(
    workspace: WorkspaceOption = HERE,
    texts: Annotated[bool, typer.Option("--textes", help="Montre aussi chaque question en entier.")] = False,
) -> None:
    """Show what would be sent now."""
    from pipeline.shells.reading.reader_told import preview as told
    from pipeline.workspace import Workspace

    _print(told(Workspace(workspace), whole=texts), workspace)


def ask(who: WhoOption = "", yes: YesOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Ask what remains to be read, after consent."""
    from datetime import UTC, datetime

    from pipeline.commands.display import advancing, bars
    from pipeline.run import locked
    from pipeline.shells.reading.asking import ask as asking
    from pipeline.shells.reading.asking import connect
    from pipeline.shells.reading.consenting import consent, consented
    from pipeline.shells.reading.reader_told import consent_asked, desk_of, outcome
    from pipeline.workspace import Workspace

    place, now = Workspace(workspace), datetime.now(UTC).astimezone()
    desk = desk_of(place)
    server = connect(desk.params)
    if not consented(place, desk.params):
        _print(consent_asked(desk), workspace)
        if not yes:
            yes = agreed("Envoyer ?", default=False)
            who = who or (answered("Qui consent :") if yes else "")
        if not yes:
            say("Rien n’a été envoyé.")
            raise typer.Exit
        consent(place, desk.params, who, now.isoformat(timespec="seconds"))
    with locked(place), server, bars() as shown:
        asked = asking(desk, server, advancing(shown, "Lecture par le second lecteur"), now.date().isoformat())
    _print(outcome(asked), workspace)


def forget(
    yes: Annotated[bool, typer.Option("--oui", help="Efface sans poser la question.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Drop the record, after a question."""
    from pipeline.french import counted
    from pipeline.run import locked
    from pipeline.shells.reading.reader import forget as dropped
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    if not yes and not agreed("Effacer toutes les lectures ?", default=False):
        say("Rien n’a été effacé.")
        raise typer.Exit
    with locked(place):
        count = dropped(place, place.params())
    done = f"{counted(count, 'lecture')} : effacé. « minilabs run » revient à la proposition du programme seul."
    say(located(done, workspace))


def _print(lines: Sequence[str], folder: Path) -> None:
    from pipeline.commands.screen import Screen

    shown = (located(line, folder) for line in lines)
    Screen(soft_wrap=False).print(*shown, sep="\n")
