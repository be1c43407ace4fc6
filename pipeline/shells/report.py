"""Report: tables and figures of the chain → documents as HTML, PDF and workbook, and the public exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any

import pandas as pd

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.encoding import given_text
from pipeline.files.given_file import content_of
from pipeline.files.look_file import named_files
from pipeline.french import number
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.recalled import remembering
from pipeline.registered import with_registered
from pipeline.report import Report, build
from pipeline.report.drawing.look import Look
from pipeline.report.drawing.own_look import read_look
from pipeline.report.facts.follow_up import (
    Step,
    called,
    groups_of_ideas,
    last_steps,
    outcomes,
    read_follow_up,
    without_names,
    without_places,
)
from pipeline.report.facts.model import UNRESTRICTED
from pipeline.report.facts.progress import COLUMNS, Noted, note, read_progress
from pipeline.report.facts.work import COLUMNS as VALIDATED
from pipeline.report.facts.work import Validation, Work, fingerprint, read_validations, work
from pipeline.report.papers.contents import BILAN, TOUR, Filed, named
from pipeline.report.papers.letters import Letter, letters
from pipeline.report.papers.places import ends
from pipeline.report.papers.sheets import sheets
from pipeline.report.papers.techniques import Technique, read_techniques
from pipeline.report.papers.template import read_template
from pipeline.report.render.analysts import analysts_workbook
from pipeline.report.render.documents import (
    REPLIES,
    Document,
    animation,
    arbitrage,
    chosen,
    contents,
    exploration,
    private,
    public,
)
from pipeline.report.render.exports import FULL, NAMES, exports
from pipeline.review.replaying.engine import in_force
from pipeline.schema import named as with_names
from pipeline.shells.deciding.decisions_file import load_decisions
from pipeline.shells.kept import Documents, holds
from pipeline.shells.together import load_together
from pipeline.stages import DETAILS, Figures
from pipeline.store import load, read_json, write_bytes, write_csv, write_json
from pipeline.workspace import Workspace

_TABLES = {
    "ideas": "ingest", "agents": "assign", "idea_holders": "ingest", "themes": "review", "idea_themes": "review",
    "hierarchy": "review", "map": "cluster", "near_duplicates": "cluster", "conflicts": "review", "labs": "assign",
    "claims": "cluster", "proposals": "cluster", "words_read": "cluster", "assignments": "assign",
    "waiting_list": "assign",
}  # fmt: skip
_FOLDERS = ("themes", "directions", "private/kits", "private/reponses")
_FORMS = (".html", ".pdf", ".pptx", ".csv")
"""Of the review, as they are listed."""
_COUNTED = {"direction": "dossiers", "minilab": "kits", "reponse": "réponses"}


@dataclass(frozen=True)
class Material:
    """Everything read from the workspace, and the view made from it.

    `whole` gives the view with all that is known of holders but their names, for the team alone.
    """

    tables: dict[str, pd.DataFrame]
    quality: dict[str, Any]
    steps: tuple[Step, ...]
    report: Report
    whole: Callable[[], Report]


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write every document below `reports/`; return what the summary shows.

    Raises:
        MinilabsError: `report.*` for a template, a follow-up table or a look to mend; nothing is then written.
    """
    material = gathered(workspace, params)
    documents = _documents(workspace, params, material)
    _write(workspace, documents, progress)
    _remove_old(workspace, documents)
    book = analysts_workbook(material.report, material.tables, material.quality, material.steps)
    write_bytes(workspace.path("reports/classeur.xlsx"), book)
    for name, frame in exports(material.tables, material.report.themes, params.report.threshold).items():
        write_csv(workspace.path(f"reports/export/{name}.csv"), frame)
    for name in FULL:
        write_csv(workspace.path(f"reports/private/export/{name}.csv"), material.tables[name], private=True)
    write_json(workspace.path("reports/export/quality.json"), material.quality)
    return _figures(workspace, params, material, documents)


def _figures(workspace: Workspace, params: Params, material: Material, documents: Sequence[Document]) -> Figures:
    """Return what the summary shows: how many of each, and what was missing."""
    counts = {
        label: number(sum(d.kind == kind and d.path.endswith(".pdf") for d in documents))
        for kind, label in _COUNTED.items()
    }
    shown = {"thèmes": number(len(material.report.themes)), "idées": number(len(material.report.ideas)), **counts}
    if len(with_names(material.tables["holders"])) and identities(workspace).empty:
        shown["sans les tables privées"] = "ni lettres, ni noms dans les kits"
    missing = [name for name in ("contact", "calendar") if not getattr(params.report, name)]
    if params.report.calendar and "lettre" not in params.report.calendar:
        missing.append("calendar : lettre")
    told = ", ".join(f"« {name} »" for name in missing)
    return shown | ({"à compléter dans params.yaml (report)": told} if missing else {})


def run_only(workspace: Workspace, params: Params, progress: Progress, only: str) -> list[str]:
    """Write the documents that `only` names and return their paths below `reports/`.

    Raises:
        MinilabsError: `report.only_kind`, `report.only_none`, or see `run`.
    """
    picked = chosen(_documents(workspace, params, gathered(workspace, params)), only)
    _write(workspace, picked, progress)
    return [document.path for document in picked]


def preview(workspace: Workspace, params: Params, count: int) -> list[str]:
    """Return a few letters as text, drawn with the workspace's seed, without names or addresses.

    Raises:
        MinilabsError: see `run`.
    """
    nobody = identities(workspace).assign(given_name="[Prénom]", family_name="[Nom]", email="")
    written = letters_of(workspace, params, gathered(workspace, params), nobody)
    places = pd.Series(range(len(written))).sample(min(count, len(written)), random_state=params.seed)
    return ["\n\n".join([written[place].subject, *written[place].paragraphs]) for place in places]


def note_review(workspace: Workspace, params: Params, day: str) -> int:
    """Note today's figures of the review under the date `day` and return how many.

    Raises:
        MinilabsError: `report.day`, or see `run`.
    """
    check_day(day)
    lines = note(_noted(workspace, params), day, gathered(workspace, params).report.review.steps)
    write_bytes(workspace.given(params.report.progress), csv_bytes([COLUMNS, *lines]))
    return sum(line[0] == day for line in lines)


def gathered(workspace: Workspace, params: Params) -> Material:
    """Return everything that the documents are made from."""
    tables = load_together(workspace, _TABLES)
    tables["holders"] = tables.pop("agents")  # as people corrected them, volunteers without an idea included
    quality = _json(workspace, DETAILS)
    known = called(tables["ideas"], tables["themes"], tables["labs"])
    steps = read_follow_up(_bytes(workspace, params.report.follow_up), params.report.follow_up, known)
    nameless, groups = without_names(steps, _names(workspace)), groups_of_ideas(tables)
    public_ = without_places(nameless, tables["ideas"]["idea_id"], tables["holders"]["directorate"].unique())
    made = partial(
        build,
        tables,
        quality=quality,
        ingest=_json(workspace, "data/interim/ingest_report.json"),
        outcomes=outcomes(public_, groups),
        reached={idea: step.step for idea, step in last_steps(steps, groups).items()} if steps else None,
        noted=_noted(workspace, params),
        done=_work(workspace, params, tables),
    )
    everything = params.report.model_copy(update={"threshold": UNRESTRICTED})
    whole = partial(made, everything, outcomes=outcomes(nameless, groups))
    return Material(tables, quality, steps, made(params.report), whole)


def _work(workspace: Workspace, params: Params, tables: dict[str, pd.DataFrame]) -> Work:
    stand = in_force(load_decisions(workspace.given(params.review.decisions), params.review.decisions))
    lost = set(tables["conflicts"]["seq"])
    applied = sum(decision.seq not in lost for decision in stand)
    return work(tables, applied, _validations(workspace, params))


def _validations(workspace: Workspace, params: Params) -> tuple[Validation, ...]:
    return read_validations(_bytes(workspace, params.report.validation), params.report.validation)


def validate(workspace: Workspace, params: Params, day: str, who: str) -> str:
    """Record that the themes, ideas and seats as they are now are validated; return the stamp they take.

    Raises:
        MinilabsError: `report.day`, or a missing table.
    """
    check_day(day)
    wanted = ("ideas", "themes", "idea_themes", "assignments")
    tables = load_together(workspace, {name: _TABLES[name] for name in wanted})
    lines = [*_validations(workspace, params), Validation(day, who, fingerprint(tables))]
    content = csv_bytes([VALIDATED, *((line.day, line.who, line.state) for line in lines)])
    write_bytes(workspace.given(params.report.validation), content)
    return work(tables, 0, lines).said


def check_day(day: str) -> None:
    """Refuse what is no date.

    Raises:
        MinilabsError: `report.day`.
    """
    try:
        date.fromisoformat(day)
    except ValueError as why:
        raise MinilabsError("report.day", value=day[:20]) from why


def _noted(workspace: Workspace, params: Params) -> Noted:
    return read_progress(_bytes(workspace, params.report.progress), params.report.progress)


def _documents(workspace: Workspace, params: Params, material: Material) -> list[Document]:
    look, people, named_file = look_of(workspace, params), identities(workspace), params.report.techniques
    replies = letters_of(workspace, params, material, people)
    own = read_techniques(given_text(_bytes(workspace, named_file), named_file), named_file)
    one_by_one = sheets(material.report, material.tables, params.report.threshold)
    documents = [
        *public(material.report, one_by_one, look),
        exploration(material.whole(), look),
        *arbitrage(material.report, look),
        *animation(own or _our_techniques(), material.report, look, ours=not own),
        *private(material.report, material.tables, people, replies, look, ends(material.report, material.steps)),
    ]
    return [contents(documents, _beside(workspace), material.report, look), *documents]


def _beside(workspace: Workspace) -> list[Filed]:
    """Return the files beside the documents, as the page of contents lists them."""
    decks = sorted(workspace.path(f"reports/{TOUR}").glob("*.pptx"))
    review = sorted(workspace.path(f"reports/{BILAN}").glob("bilan.*"), key=lambda path: _FORMS.index(path.suffix))
    return [
        *(Filed(f"{BILAN}{path.name}", "bilan", "Bilan du concours") for path in review),
        *(Filed(f"{TOUR}{path.name}", "tournee", named(path.stem)) for path in decks),
        *(Filed(f"export/{name}.csv", "export", title) for name, title in NAMES.items()),
        Filed("export/quality.json", "export", "Mesures de qualité"),
        *(Filed(f"private/export/{name}.csv", "equipe", f"{NAMES[name]}, en entier") for name in FULL),
        Filed("classeur.xlsx", "equipe", "Classeur de l’analyse"),
        Filed(REPLIES, "reponse", "Lettres, une par porteur"),
    ]


def list_documents(workspace: Workspace, params: Params, material: Material) -> None:
    """Write the page of contents again: another command has written a document."""
    page = _documents(workspace, params, material)[0]
    content = page.make()
    write_bytes(workspace.path(f"reports/{page.path}"), content.encode() if isinstance(content, str) else content)


def letters_of(workspace: Workspace, params: Params, material: Material, people: pd.DataFrame) -> tuple[Letter, ...]:
    """Return the replies to holders, as the template of the workspace words them."""
    given = _bytes(workspace, params.report.letters) or (files("pipeline.report") / "letters.txt").read_bytes()
    template = read_template(given_text(given, params.report.letters), params.report.letters)
    per_idea = params.report.letter_per == "idée"
    calendar = {str(answer): said for answer, said in params.report.calendar.items()}
    steps = without_names(material.steps, _names(workspace))
    return letters(
        material.report, material.tables, people, template, per_idea=per_idea, calendar=calendar, steps=steps
    )


def _our_techniques() -> tuple[Technique, ...]:
    name = "techniques.yaml"
    return read_techniques((files("pipeline.report") / name).read_text(encoding="utf-8"), name)


def _names(workspace: Workspace) -> list[str]:
    people = identities(workspace)
    return [str(name) for column in ("family_name", "email") for name in people[column].dropna()]


def identities(workspace: Workspace) -> pd.DataFrame:
    """Return names and addresses, of those who registered too."""
    return with_registered(workspace, load(workspace, "identities"))


def look_of(workspace: Workspace, params: Params) -> Look:
    """Return the appearance that the organisation gives its documents."""
    name = params.report.look
    text = given_text(_bytes(workspace, name), name)
    return read_look(text, name, {path: _bytes(workspace, path) for path in named_files(text, name)})


def _bytes(workspace: Workspace, name: str) -> bytes:
    return content_of(workspace.given(name), name) if name else b""


def _write(workspace: Workspace, documents: Iterable[Document], progress: Progress) -> None:
    """Make everything, then write it: a failure while making leaves the former documents whole.

    What a document is made from is remembered: one that did not change is neither made nor written again.
    """
    listed, memory = list(documents), Documents(workspace)
    made = []
    with remembering(memory):
        for done, document in enumerate(listed, 1):
            content = document.make()
            made.append((document, content.encode() if isinstance(content, str) else content))
            progress(done, len(listed))
    for folder in _FOLDERS:
        workspace.path(f"reports/{folder}").mkdir(parents=True, exist_ok=True)
    workspace.path("reports/private").chmod(0o700)
    for document, content in made:
        path = workspace.path(f"reports/{document.path}")
        if not holds(path, content):
            write_bytes(path, content, private=document.private)
    memory.write((f"reports/{document.path}", content) for document, content in made)


def _remove_old(workspace: Workspace, documents: Iterable[Document]) -> None:
    """Remove documents of a former run about themes, groups or people that are no longer there."""
    current = {document.path for document in documents}
    for folder in _FOLDERS:
        for path in sorted(workspace.path(f"reports/{folder}").iterdir()):
            if path.suffix in {".html", ".pdf"} and f"{folder}/{path.name}" not in current:
                path.unlink()


def _json(workspace: Workspace, path: str) -> dict[str, Any]:
    """Return a file of figures; empty when the stage before has not written it (the report says less)."""
    file = workspace.path(path)
    content = read_json(file) if file.is_file() else {}
    return content if isinstance(content, dict) else {}
