"""`minilabs assign`: the stage, what-if trials, drop-outs and the announced composition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import located, say

if TYPE_CHECKING:
    from pipeline.assign.whatif import Difference
    from pipeline.workspace import Workspace

_HELP = "Propose qui siège dans quel MiniLab, avec une raison par personne."


def register(app: typer.Typer) -> None:
    """Add the command of this file to `app`."""
    app.command("assign", help=_HELP)(assign)


def assign(
    workspace: WorkspaceOption = HERE,
    trials: Annotated[
        list[str] | None,
        typer.Option(
            "--try", help="Montre ce que changerait une décision, sans rien écrire : « fixer A017 dans lab-T03 »."
        ),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", help="Retire un agent qui renonce et le remplace en dérangeant le moins de monde."),
    ] = None,
    announce: Annotated[
        bool, typer.Option("--announce", help="Note la composition comme annoncée : ces places seront tenues.")
    ] = False,
    take_back: Annotated[
        list[str] | None,
        typer.Option(
            "--take-back",
            help="Reprend une annonce (un agent, un groupe, ou « tout ») : dit qui prévenir ; avec --yes, l’écrit.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Avec --take-back : reprend vraiment l’annonce.")] = False,
    pictures: Annotated[
        str, typer.Option("--pictures", help="Dessine la composition (SVG) dans ce dossier.", metavar="DOSSIER")
    ] = "",
) -> None:
    """Compose the groups; or try, replace, announce or draw."""
    from pipeline.commands.display import show
    from pipeline.run import locked
    from pipeline.shells import seats
    from pipeline.stages import BY_NAME
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    if trials:
        _print(seats.trial(place, trials), "Rien n’a été écrit.")
        return
    if announce:
        with locked(place):
            said = seats.announce(place)
        for line in said:
            say(line)
        return
    if take_back:
        _take_back(place, take_back, confirmed=yes)
        if not yes:
            return
    if pictures:
        for path in seats.draw(place, pictures):
            say(path)
        return
    if drop:
        with locked(place):
            found = seats.drop(place, drop)
        _print(found, "Les fichiers des décisions ont été complétés.")
    show(workspace, [BY_NAME["assign"]], force=True)
    for line in seats.advice(place):
        say(located(line, workspace))


def _take_back(place: Workspace, named: list[str], *, confirmed: bool) -> None:
    from pipeline.french import counted, enumeration, typeset
    from pipeline.run import locked
    from pipeline.shells import seats

    with locked(place):
        told, found = seats.take_back(place, named, confirmed=confirmed)
    say(typeset(f"{counted(len(told), 'place annoncée')} à reprendre : {enumeration(told)}."))
    _print(found, "Annonce reprise." if confirmed else "Rien n’a été écrit : ajoutez --yes pour reprendre l’annonce.")


def _print(found: Difference, end: str) -> None:
    from rich.table import Table

    from pipeline.commands.screen import Screen

    console = Screen()
    figures = Table("", "Avant", "Après", box=None, pad_edge=False, header_style="bold")
    for name, (before, after) in found.figures.items():
        figures.add_row(name, before, after)
    console.print(figures)
    moves = Table("Agent", "De", "Vers", box=None, pad_edge=False, header_style="bold")
    for person, former, now in found.moved:
        moves.add_row(person, former or "sans place", now or "sans place")
    console.print(moves if found.moved else "Personne ne change de groupe.")
    for change in found.gave:
        console.print(f"Il faudrait {change}.")
    console.print(end)
