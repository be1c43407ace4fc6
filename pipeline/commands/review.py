"""`minilabs review` and what is below it, `minilabs suggest`: deciding from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.french_typer import FrenchTyper
from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import say

WhoOption = Annotated[str, typer.Option("--qui", help="Qui décide ; par défaut, le nom de la session.")]
ReasonOption = Annotated[str, typer.Option("--raison", help="Pourquoi, en quelques mots.")]
YesOption = Annotated[bool, typer.Option("--oui", help="Enregistre sans demander de confirmation.")]

group = FrenchTyper(invoke_without_command=True, no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.add_typer(group, name="review", help="Rejoue les décisions des analystes ; avec un mot de plus, décide.")
    app.command("suggest", help="Dit quelles idées décider ensuite : celles dont la réponse aide le plus.")(suggest)
    for name, text, command in (
        ("add", "Ajoute une décision.", add),
        ("place", "Place plusieurs idées dans un thème, d’un seul geste.", place),
        ("batch", "Ajoute toutes les décisions d’un fichier.", batch),
        ("replies", "Écrit la table des retours des porteurs à leur lettre, ou reprend celle qui revient.", replies),
        ("list", "Liste les décisions.", listed),
        ("undo", "Annule une décision ; annuler une annulation rétablit.", undo),
        ("conflicts", "Liste les décisions qui ne s’appliquent plus et ce qu’il leur faudrait.", conflicts),
        ("changes", "Dit ce que la dernière recherche a changé depuis les dernières décisions.", changes),
        ("export", "Écrit le classeur à compléter (xlsx).", export),
        ("import", "Reprend un classeur complété : seules les cellules modifiées deviennent des décisions.", import_),
        ("accept", "Retient les thèmes actuels : retrouvés plus tard, ils garderont leur numéro.", accept),
    ):
        group.command(name, help=text)(command)


@group.callback()
def replay(ctx: typer.Context, workspace: WorkspaceOption = HERE) -> None:
    """Run the stage when nothing more is asked."""
    if ctx.invoked_subcommand is None:
        from pipeline.commands.display import show
        from pipeline.stages import BY_NAME

        show(workspace, [BY_NAME["review"]], force=True)


def add(
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="ranger, aussi, sortir, réunir, scinder, renommer, attirer…")
    ],
    target: Annotated[str, typer.Argument(metavar="CIBLE", help="L’idée, ou le thème par son numéro ou son titre.")],
    value: Annotated[str, typer.Argument(metavar="VALEUR", help="Le thème, le titre, la liste d’idées…")] = "",
    reason: ReasonOption = "",
    who: WhoOption = "",
    yes: YesOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Show the effect of one act, then record it once confirmed."""
    from pipeline.commands.deciding import decide
    from pipeline.shells.deciding.decisions_file import signed

    decide(workspace, [signed(action, target, value, reason, who)], confirmed=yes)


def batch(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="CSV : action, target, value, reason.")],
    who: WhoOption = "",
    yes: YesOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Show the effect of all acts of a file, then record them once confirmed."""
    from pipeline.commands.deciding import acts_of_file, decide

    decide(workspace, acts_of_file(file, who), confirmed=yes)


def place(
    theme: Annotated[str, typer.Argument(metavar="THÈME", help="Par son numéro ou son titre.")],
    ideas: Annotated[list[str], typer.Argument(metavar="IDÉES", help="Une ou plusieurs idées.")],
    reason: ReasonOption = "",
    who: WhoOption = "",
    yes: YesOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Put several ideas in one theme."""
    from pipeline.commands.deciding import decide
    from pipeline.shells.deciding.decisions_file import signed

    decide(workspace, [signed("assign", idea, theme, reason, who) for idea in dict.fromkeys(ideas)], confirmed=yes)


def undo(
    number: Annotated[int, typer.Argument(metavar="NUMÉRO", help="Numéro de la décision.")],
    reason: ReasonOption = "",
    who: WhoOption = "",
    yes: YesOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take one decision back."""
    from pipeline.commands.deciding import decide
    from pipeline.shells.deciding.decisions_file import signed

    decide(workspace, [signed("undo", str(number), "", reason, who)], confirmed=yes)


def replies(
    file: Annotated[
        Path | None, typer.Argument(metavar="CLASSEUR", help="La table remplie ; sans elle, elle est écrite.")
    ] = None,
    who: WhoOption = "",
    yes: YesOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Hand out the table of holders' replies, or show the acts it asks for, then record them once confirmed."""
    from pipeline.commands.deciding import decide
    from pipeline.shells.deciding.decisions_file import signed
    from pipeline.shells.life.replying import acts_of_replies, hand_out
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    if file is None:
        say(hand_out(place, place.params()))
        return
    acts = [signed(a.action, a.target, a.value, a.reason, who) for a in acts_of_replies(place, place.params(), file)]
    if acts:
        decide(workspace, acts, confirmed=yes, where="cette table")
    else:
        say("Aucune réponse de porteur dans cette table.")


def listed(workspace: WorkspaceOption = HERE) -> None:
    """Print every decision, those taken back marked."""
    from pipeline.commands.deciding import show_decisions

    show_decisions(workspace)


def conflicts(workspace: WorkspaceOption = HERE) -> None:
    """Print the decisions that do not apply."""
    from pipeline.commands.deciding import show_conflicts

    show_conflicts(workspace)


def changes(workspace: WorkspaceOption = HERE) -> None:
    """Print themes kept, changed, new and gone, and ideas that moved, with the reason."""
    from pipeline.commands.deciding import show_changes

    show_changes(workspace)


def export(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Classeur à écrire.")] = Path("revue.xlsx"),
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write the workbook."""
    from pipeline.commands.deciding import export_workbook

    export_workbook(workspace, file)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Classeur complété.")],
    who: WhoOption = "",
    yes: YesOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Show the acts of a workbook and their effect, then record them once confirmed."""
    from pipeline.commands.deciding import import_workbook

    import_workbook(workspace, file, who, confirmed=yes)


def accept(workspace: WorkspaceOption = HERE) -> None:
    """Remember the themes as they are now."""
    from pipeline.french import counted
    from pipeline.shells.deciding.decisions_file import accept as remember
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    say(f"{counted(remember(place, place.params()), 'thème retenu')}.")


def suggest(
    count: Annotated[int, typer.Option("--n", min=1, help="Combien d’idées.")] = 10,
    page: Annotated[
        bool, typer.Option("--page", help="Plutôt une page d’idées d’un même thème, à confirmer d’un seul geste.")
    ] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print the ideas to decide next, similar ones together."""
    from pipeline.commands.deciding import show_page, show_questions

    if page:
        show_page(workspace)
    else:
        show_questions(workspace, count)
