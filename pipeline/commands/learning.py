"""`minilabs learn` and `minilabs review reuse`: from one contest to the next."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import say
from pipeline.commands.review import WhoOption, YesOption, group


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command("learn", help="Garde ce que les décisions ont appris, pour le prochain concours.")(learn)
    group.command("reuse", help="Reprend les thèmes du modèle d’un concours précédent.")(reuse)


def learn(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Nom du modèle, par exemple concours-2024.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write the model and its card, and say how to use them."""
    from pipeline.french import counted, enumeration, typeset
    from pipeline.review.learning.knowledge_file import said_left_out
    from pipeline.shells.deciding.desk import open_desk
    from pipeline.shells.deciding.learning import keep
    from pipeline.workspace import Workspace

    kept = keep(open_desk(Workspace(workspace)), name)
    themes = kept.knowledge.themes
    ideas, decided = sum(theme.ideas for theme in themes), sum(theme.decided for theme in themes)
    say(
        typeset(
            f"Modèle écrit : {kept.folder} ({counted(len(themes), 'thème')}, {counted(ideas, 'idée')}, dont {decided}"
            " placées par une personne)."
        )
    )
    if kept.left_out:
        say(typeset(f"Laissés de côté : {enumeration(said_left_out(kept.left_out))}."))
    say(typeset(f"Relisez sa carte avant de le donner : {kept.folder / 'CARTE.md'}"))
    say(typeset("Au prochain concours : copiez ce dossier dans « models », puis"))
    say(typeset(f"donnez à « model », section « review » de params.yaml, la valeur « {name} »."))


def reuse(who: WhoOption = "", yes: YesOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Show the themes of the model and, once confirmed, define them here."""
    from pipeline.commands.deciding import define_known

    define_known(workspace, who, confirmed=yes)
