"""Tour: the view of the report → editable decks below `reports/tournee/`, when asked for."""

from __future__ import annotations

from pipeline.errors import MinilabsError
from pipeline.french import fold
from pipeline.params import Params
from pipeline.report.papers.contents import TOUR
from pipeline.report.papers.decks import of_directorate, of_management
from pipeline.report.papers.sheets import sheets
from pipeline.report.render.slides import written
from pipeline.shells.report import gathered, list_documents, look_of
from pipeline.store import write_bytes
from pipeline.workspace import Workspace


def run(workspace: Workspace, params: Params, only: str = "") -> list[str]:
    """Write the decks, or those of the directorates that `only` names, list them in the index; return their paths.

    Raises:
        MinilabsError: `report.only_none`, or see `shells.report.run`.
    """
    material, look = gathered(workspace, params), look_of(workspace, params)
    report = material.report
    dossiers = sheets(report, material.tables, params.report.threshold).directorates
    picked = [dossier for dossier in dossiers if fold(only.strip()) in fold(dossier.directorate)]
    if not picked:
        known = " ; ".join(dossier.directorate for dossier in dossiers)
        raise MinilabsError("report.only_none", value=only.strip()[:60], known=known or "aucune")
    decks = [of_directorate(dossier, report, look) for dossier in picked]
    decks += [] if only.strip() else [of_management(report, look)]
    made = [(deck, written(deck, look, day=report.last_day, organisation=report.organisation)) for deck in decks]
    workspace.path(f"reports/{TOUR}").mkdir(parents=True, exist_ok=True)
    for deck, content in made:
        write_bytes(workspace.path(f"reports/{TOUR}{deck.name}.pptx"), content)
    list_documents(workspace, params, material)
    return [f"{TOUR}{deck.name}.pptx" for deck in decks]
