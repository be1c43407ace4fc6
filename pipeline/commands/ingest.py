"""`minilabs ingest` with its proposal of columns; `forget` and `audit-privacy`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import HERE, WorkspaceOption
from pipeline.commands.printed import located, say

_SHOWN = 5
_FIRST = (
    "Avant d'effacer : « {name} » ne peut pas être réécrit par le programme. Enregistrez-le au format xlsx dans un"
    " tableur (une archive : décompressez-la), mettez le résultat à sa place et lancez « minilabs run » ; sinon,"
    " ôtez-en la personne à la main."
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    app.command(
        "ingest", help="Lit l’export du concours, sépare les personnes des textes, masque les données personnelles."
    )(ingest)
    app.command("forget", help="Efface une personne de tout l’espace de travail (droit à l’effacement).")(forget)
    app.command("audit-privacy", help="Vérifie qu’aucune identité ne figure là où elle ne doit pas être.")(
        audit_privacy
    )


def ingest(
    workspace: WorkspaceOption = HERE,
    propose: Annotated[
        bool,
        typer.Option("--propose", help="Écrit dans params.yaml ce que contient chaque colonne, à corriger au besoin."),
    ] = False,
) -> None:
    """Run the stage, or write the proposed mapping of columns."""
    from pipeline.commands.display import show
    from pipeline.stages import BY_NAME

    if propose:
        _propose(workspace)
    else:
        show(workspace, [BY_NAME["ingest"]], force=True)
        _tell(workspace)


def _tell(folder: WorkspaceOption) -> None:
    """Print the account of the export, and what is left for the analyst to do."""
    from pipeline.commands.screen import Screen
    from pipeline.shells.ingest import told
    from pipeline.workspace import Workspace

    account, tasks = told(Workspace(folder))
    console = Screen(soft_wrap=False)
    console.print("", *(located(line, folder) for line in account), sep="\n")
    if tasks:
        console.print("", "À faire :", *(located(f"– {task}", folder) for task in tasks), sep="\n")


def _propose(folder: WorkspaceOption) -> None:
    from pipeline.french import counted
    from pipeline.shells.proposal import write_proposal
    from pipeline.workspace import Workspace

    place = Workspace(folder)
    block, questions = write_proposal(place, place.params())
    say(block)
    say(f"Écrit dans {folder / 'params.yaml'}, section « ingest ».")
    if questions:
        say(f"{counted(questions, 'question')} à trancher : remplacez chaque « ? » par un des choix indiqués.")
    say(located("Vérifiez, corrigez, puis lancez « minilabs ingest ».", folder))


def forget(
    holder: Annotated[str, typer.Option("--holder", help="Numéro de la personne (table holders).", metavar="NUMÉRO")],
    workspace: WorkspaceOption = HERE,
    yes: Annotated[bool, typer.Option("--yes", help="Efface vraiment (sans elle : dit ce qui serait fait).")] = False,
) -> None:
    """Remove a person, then say what remains."""
    from datetime import UTC, datetime

    from pipeline.run import locked
    from pipeline.shells.persons.forgetting import forget as erase
    from pipeline.shells.persons.forgetting import not_written, to_forget
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    if not yes:
        ideas = to_forget(place, holder)
        say(f"Rien n’est encore effacé. {holder} disparaîtrait de l’export, des tables, des rapports et des caches")
        say(f"de l’espace de travail « {workspace.resolve().name} » ; ses idées ({ideas}) resteraient, sans porteur.")
        say("Les rapports seraient à refaire. Pour effacer vraiment : la même commande avec --yes.")
        for name in not_written(place, place.params()):
            say(located(_FIRST.format(name=name), workspace))
        return
    with locked(place):
        done = erase(place, place.params(), holder, datetime.now(UTC).date())
    say(f"{holder} est effacé. Ses idées ({done.ideas}) restent, sans porteur.")
    say(f"Fichiers de l’export réécrits : {', '.join(done.rewritten) or 'aucun'}.")
    say(f"Résultats et caches supprimés : {', '.join(done.removed) or 'aucun'}.")
    say(f"Nomment encore cette personne, à corriger à la main : {', '.join(done.remaining) or 'aucun fichier'}.")
    say("Un nouvel export la ferait revenir, sauf si la plateforme y numérote les personnes.")
    say("Hors de portée : l’historique git, les sauvegardes, et les documents déjà envoyés.")
    say(located("Lancez « minilabs run » pour tout refaire sans elle.", workspace))


def audit_privacy(workspace: WorkspaceOption = HERE) -> None:
    """Look for every identity in every file of the workspace; exit code 2 when one is out of place."""
    from pipeline.errors import MinilabsError
    from pipeline.french import counted
    from pipeline.shells.persons.privacy import audit
    from pipeline.workspace import Workspace

    place = Workspace(workspace)
    found = audit(place, place.params())
    say(f"Identités cherchées : {found.identities}, dans {counted(found.files, 'fichier')}.")
    for leak in found.leaks:
        people = ", ".join(leak.holder_ids[:_SHOWN]) + ("…" if len(leak.holder_ids) > _SHOWN else "")
        say(f"  {leak.path} : {leak.what}, {leak.count} fois ({people})")
    if found.leaks:
        raise MinilabsError("privacy.leaks", count=len({leak.path for leak in found.leaks}))
    say(f"Aucune hors des endroits prévus ({counted(found.allowed, 'fichier')} où elles ont leur place).")
