"""The call: composed groups → a page, a text a group and the questions for a form tool, below `reports/appel`."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.assign.inputs.lab_rules import LAB_COLUMNS
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import read_sheet, split
from pipeline.french import enumeration, fold, typeset
from pipeline.identifiers import anchor
from pipeline.life.call import Offer, audience, dates, form, page, registration_sheet, text
from pipeline.life.forms import key
from pipeline.life.sessions import Session, read_sessions
from pipeline.params import Params
from pipeline.report import Report
from pipeline.report.papers.questions import proposals, question
from pipeline.shells.life.registering import groups_of
from pipeline.shells.report import Material, gathered
from pipeline.store import load, write_bytes, write_text
from pipeline.workspace import Workspace

FOLDER = "reports/appel"
SESSIONS = "data/review/seances.csv"
SHEET = f"{FOLDER}/inscriptions.xlsx"
_PHRASES = 4


def call(workspace: Workspace, params: Params) -> tuple[list[str], list[str]]:
    """Write the call; return the paths of its files, from the root, and what to see to before it is published.

    Raises:
        MinilabsError: no composition yet; `life.session_*` for the table of sessions. Nothing is then written.
    """
    material = gathered(workspace, params)
    offered = _offers(workspace, material)
    agents = load(workspace, "agents", stage="assign")
    directorates = sorted({str(name) for name in agents["directorate"] if name}, key=fold)
    days = _days(workspace, params)
    contents = {
        "appel.html": page(params.report.title, params.report.contact, offered),
        "appel.txt": "\n\n".join(map(text, offered)),
        "formulaire.txt": form(offered, days, directorates),
        **{f"{anchor('groupe', offer.lab_id)}.txt": text(offer) for offer in offered},
    }
    folder = workspace.path(FOLDER)
    for old in sorted(folder.glob("groupe-*.txt")) if folder.is_dir() else []:
        if old.name not in contents:
            old.unlink()
    for name, content in contents.items():
        write_text(workspace.path(f"{FOLDER}/{name}"), content)
    write_bytes(workspace.path(SHEET), registration_sheet(offered, days, directorates))
    return [*(f"{FOLDER}/{name}" for name in contents), SHEET], _before(material.report)


def _before(report: Report) -> list[str]:
    """Return what a person has to see to before agents read the call."""
    mixed = [f"« {theme.label} »" for theme in report.themes if theme.nameless]
    told = []
    if mixed:
        told.append(f"Pas proposé aux agents, à scinder, à renommer ou à écarter d'abord : {enumeration(mixed)}.")
    if not report.work.validated:
        told.append(f"{report.work.said} : relisez les groupes avant de publier, puis « minilabs validate ».")
    return [typeset(said) for said in told]


def sessions(workspace: Workspace, labs: pd.DataFrame) -> tuple[Session, ...]:
    """Return the sessions of the groups; none where the table is not there.

    Raises:
        MinilabsError: see `life.sessions.read_sessions`.
    """
    return read_sessions(
        content_of(workspace.path(SESSIONS), SESSIONS), SESSIONS, finder(labs), ", ".join(labs["lab_id"])
    )


def finder(labs: pd.DataFrame) -> Callable[[str], str]:
    """Return what finds a group by any of its names; nothing for none."""
    groups = groups_of(labs)
    return lambda name: groups.get(key(name), "")


def offers(workspace: Workspace, params: Params) -> list[Offer]:
    """Return the groups as they are offered, by number; those that people closed, or have to divide, left out."""
    return _offers(workspace, gathered(workspace, params))


def _offers(workspace: Workspace, material: Material) -> list[Offer]:
    report, labs = material.report, material.tables["labs"]
    met, themes = sessions(workspace, labs), material.tables["themes"].set_index("theme_id")
    found, asked = [], proposals(report, material.tables["idea_themes"])
    for row in labs.to_dict("records"):
        if row["theme_id"] not in report.theme or not row["maximum"]:
            continue
        theme = report.theme[row["theme_id"]]
        if theme.nameless:
            continue
        trade = themes["trade"].get(row["theme_id"]) if "trade" in themes else None
        slot = row.get("slot")
        found.append(
            Offer(
                lab_id=row["lab_id"],
                subject=theme.label,
                about=theme.summary or typeset(f"{enumeration(theme.key_phrases[:_PHRASES])}."),
                question=question([report.idea[i] for i in theme.ideas], asked).text,
                audience=audience(row["kind"], list(trade) if trade is not None else []),
                dates=dates(row["lab_id"], slot if isinstance(slot, str) else "", met),
                left=max(0, int(row["maximum"]) - int(row["placed"])),
            )
        )
    return found


def _days(workspace: Workspace, params: Params) -> list[str]:
    """Return the days to choose from: those written for the groups."""
    content = content_of(workspace.given(params.assign.labs), params.assign.labs)
    slots = [
        slot for row in read_sheet(content, params.assign.labs, LAB_COLUMNS) for slot in split(row.cells["creneaux"])
    ]
    return list(dict.fromkeys(slots))
