"""The full review: every figure again from its table, nobody told apart, what is missing said."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from pptx import Presentation
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.french import number, typeset
from pipeline.life.attendance import Presence, Share
from pipeline.life.bilan.counting import bilan
from pipeline.life.bilan.gaps import gaps
from pipeline.life.bilan.model import (
    ANSWERED_IDEAS,
    DONE,
    LACKING,
    LATE,
    OWN,
    WAITING,
    WITH_GROUP,
    WITH_THEME,
    Asked,
    Bilan,
    Made,
    Registered,
    Year,
)
from pipeline.life.bilan.view import HIDDEN, view
from pipeline.params import ReportParams
from pipeline.registered import WRITTEN
from pipeline.report import build
from pipeline.report.facts.follow_up import ANSWERED, ENDINGS, Step
from pipeline.shells.life.answering import ANSWERS, asked_of
from pipeline.shells.life.bilan import run
from pipeline.shells.life.meeting import DELIVERABLES, NOTES, PRESENCES
from pipeline.shells.report import gathered
from pipeline.store import load, save, write_bytes, write_text
from pipeline.workspace import Workspace
from tests.life.conftest import composed
from tests.report.conftest import sample_tables
from tests.report.test_browser import NARROW, SHAPES, Scheme, opened, violations

DAY = "2021-11-15"
FOLLOW_UP, SESSIONS = "data/review/follow_up.csv", "data/review/seances.csv"


def _put(workspace: Workspace, name: str, rows: list[list[str]]) -> None:
    head = workspace.path(name).read_text(encoding="utf-8").splitlines()[0].replace('"', "").split(",")
    write_bytes(workspace.path(name), csv_bytes([head, *rows]))


def _seats(workspace: Workspace) -> dict[str, list[str]]:
    seats = load(workspace, "assignments", stage="assign")
    seated = seats[seats["status"].isin(["placed", "volunteer"])]
    return {str(lab): sorted(own["holder_id"]) for lab, own in seated.groupby("lab_id") if lab}


def _lived(workspace: Workspace) -> None:
    """Write a year: two groups meet, one makes something, most end, directorates answer in part, people register."""
    seats = _seats(workspace)
    labs = sorted(seats)
    _put(workspace, SESSIONS, [[lab, day, "9 h", "", ""] for lab in labs[:2] for day in ("2021-01-12", "2021-03-16")])
    came = [
        [lab, "2021-01-12", agent, "oui" if place % 3 else "non"]
        for lab in labs[:2]
        for place, agent in enumerate(seats[lab])
    ]
    _put(workspace, PRESENCES, came)
    _put(workspace, NOTES, [[labs[0], "16/03/2021", "Essayer", "Deux sites", "Mesurer"]])
    _put(workspace, DELIVERABLES, [[labs[0], "Guide <b>court</b>", "Quatre pages", "https://exemple.fr/guide"]])
    ends = [[lab, end, "2021-10-12", "", ""] for lab, end in zip(labs, ENDINGS, strict=False)]
    material = gathered(workspace, workspace.params())
    asked = [(name, target) for name, own in asked_of(material, workspace.params()).items() for target in own]
    said = [[target, name, "à l’étude", "", "2021-06-30", "", "2021-05-04"] for name, target in asked[:3]]
    said += [[target, name, "réalisée", "", "", "", "2021-05-04"] for name, target in asked[3:5]]
    _put(workspace, ANSWERS, said)
    steps = [[target, "realise", "2021-05-04", "", ""] for _, target in asked[3:5]]
    _put(workspace, FOLLOW_UP, [*ends, *steps])
    head = ["agent_id", "voeux", "volontaire", "indisponible", "disponible", "lieu", "direction", "metier", "site"]
    people = [[f"V{i:03d}", "", "oui", "oui" if i < 6 else "", "", "", "", "", "", ""] for i in range(20)]
    people += [[f"A{i:03d}", "", "", "", "", "", "", "", "", ""] for i in range(1, 9)]
    write_bytes(workspace.path(WRITTEN), csv_bytes([[*head, "departement"], *people]), private=True)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace after its year, its review written."""
    workspace = composed(tmp_path_factory.mktemp("year") / "concours")
    _lived(workspace)
    run(workspace, workspace.params(), DAY)
    return workspace


def _figures(workspace: Workspace) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(workspace.path("reports/bilan/bilan.csv").read_text(encoding="utf-8")))
    return {row["chiffre"]: row["valeur"] for row in rows}


def _read(workspace: Workspace, name: str) -> pd.DataFrame:
    return pd.read_csv(workspace.path(name), dtype=str, keep_default_na=False)


def test_every_figure_is_counted_again(lived: Workspace) -> None:
    """Ideas, people, groups, sessions, deliverables, ends and answers: each figure is what its own table holds."""
    workspace = lived
    tables = {n: load(workspace, n) for n in ("ideas", "idea_themes", "idea_holders", "labs", "assignments")}
    presences, answers, steps = (_read(workspace, name) for name in (PRESENCES, ANSWERS, FOLLOW_UP))
    members = {agent for own in _seats(workspace).values() for agent in own}
    present = set(presences.loc[presences["present"] == "oui", "agent_id"])
    met = set(presences["agent_id"])
    labs, clear = tables["labs"], tables["idea_themes"][~tables["idea_themes"]["weak_signal"].astype(bool)]
    opened_ = labs[labs["placed"] > 0]
    lab_of = dict(zip(opened_["theme_id"], opened_["lab_id"], strict=True))
    own, ends = dict(zip(steps["target"], steps["step"], strict=True)), steps[steps["step"].isin(ENDINGS)]
    of_ideas = {i: own.get(i, own.get(lab_of.get(t, ""), "")) for i, t in clear[["idea_id", "theme_id"]].to_numpy()}
    weak = tables["idea_themes"][tables["idea_themes"]["weak_signal"].astype(bool)]["idea_id"]
    of_ideas |= {idea: own.get(idea, "") for idea in weak}
    decided = {idea: own.get(idea, "") for idea, step in of_ideas.items() if step in ANSWERED}
    alone = {idea for idea, step in decided.items() if step in {"decide", "realise", "decline"}}
    asked = sum(map(len, asked_of(gathered(workspace, workspace.params()), workspace.params()).values()))
    wanted = {
        "Idées reçues": len(tables["ideas"]),
        "Idées analysées": int(tables["ideas"]["analysed"].sum()),
        "Idées rattachées à un thème": len(clear),
        "Idées accueillies dans un groupe de travail": int(clear["theme_id"].isin(opened_["theme_id"]).sum()),
        ANSWERED_IDEAS: sum(step in ANSWERED for step in of_ideas.values()),
        OWN: len(alone),
        DONE: sum(decided[idea] == "realise" for idea in alone),
        WITH_GROUP: len(decided) - len(alone),
        WAITING: int(tables["ideas"]["analysed"].sum()) - len(decided),
        "Agents porteurs d’une idée": tables["idea_holders"]["holder_id"].nunique(),
        "Agents inscrits après l’appel": 28,
        "dont volontaires sans idée": 20,
        "dont désistements": 6,
        "Agents membres d’un groupe": len(members),
        "Membres venus au moins une fois": len(present),
        "Membres jamais venus": len(met - present),
        "Groupes ouverts": len(opened_),
        "Groupes qui se sont réunis": 2,
        "Séances prévues": 4,
        "Séances tenues": 3,
        "Livrables": 1,
        **dict(
            zip(
                (
                    "Groupes poursuivis",
                    "Groupes gardés comme panels",
                    "Groupes dont les travaux sont transmis",
                    "Groupes clos",
                ),
                ((ends["step"] == end).sum() for end in ENDINGS),
                strict=True,
            )
        ),
        "Groupes dont la fin n’est pas décidée": len(opened_) - len(ends),
        "Réponses demandées aux directions": asked,
        "Réponses données": len(answers),
        LACKING: asked - len(answers),
        LATE: 3,
    }
    figures = _figures(workspace)
    kinds = {
        label: figures.pop(label)
        for label in list(figures)
        if label in ("dont MiniLabs", "dont communautés de métiers")
    }
    assert {label: int(value) for label, value in figures.items()} == wanted
    assert sum(map(int, kinds.values())) == len(opened_)


def test_each_form_says_the_same(lived: Workspace) -> None:
    """The page and the slides show the figures of the table; a title with marks is text; nothing names anybody."""
    workspace = lived
    page = workspace.path("reports/bilan/bilan.html").read_text(encoding="utf-8")
    deck = Presentation(io.BytesIO(workspace.path("reports/bilan/bilan.pptx").read_bytes()))
    told = "\n".join(
        "\n".join([*(s.text_frame.text for s in slide.shapes if s.has_text_frame), *_cells(slide)])
        for slide in deck.slides
    )
    for label, value in _figures(workspace).items():
        assert re.search(rf"{re.escape(label)}</th><td[^>]*>{number(int(value))}</td>", page), label
        assert label in told or label.startswith("Réponses")
    assert "Guide &lt;b&gt;court&lt;/b&gt;" in page
    assert "Depuis le" in page
    names = pd.read_csv(Path("data/sample/holders.csv"), dtype=str)
    rare = [name for name in names["nom"] if len(name) > 7]
    assert not [name for name in rare if name in page or name in told]
    assert 'href="bilan/bilan.pdf"' in workspace.path("reports/index.html").read_text(encoding="utf-8")


def test_documents_give_no_orders(lived: Workspace, workspace: Workspace) -> None:
    """Neither page nor slides, of a full year or an empty one, name a command, a folder, a table or its values."""
    run(workspace, workspace.params(), DAY)
    for place in (lived, workspace):
        page = place.path("reports/bilan/bilan.html").read_text(encoding="utf-8")
        body = page[page.index("<main") : page.index("</main>")]
        deck = Presentation(io.BytesIO(place.path("reports/bilan/bilan.pptx").read_bytes()))
        shown = [s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame]
        for text in (body, "\n".join([*shown, *(cell for slide in deck.slides for cell in _cells(slide))])):
            found = re.findall(r"minilabs [a-z]|data/|reports/|follow_up|idea_|weak_signal|« present|holder_id", text)
            assert found == []


def test_the_figures_of_the_headline(lived: Workspace) -> None:
    """Ideas decided for themselves, those that follow a group, and those that wait are told apart and add up."""
    figures = {label: int(value) for label, value in _figures(lived).items()}
    page = lived.path("reports/bilan/bilan.html").read_text(encoding="utf-8")
    heading = re.search(r"<h1>(.*?)</h1>", page)
    assert heading is not None
    numbers = list(map(int, re.findall(r"\d+", heading[1])))
    assert numbers == [figures[label] for label in (OWN, DONE, WITH_GROUP, WAITING) if figures[label]]
    assert figures[OWN] + figures[WITH_GROUP] + figures[WAITING] == figures["Idées analysées"]


def _cells(slide: object) -> list[str]:
    tables = [shape.table for shape in slide.shapes if shape.has_table]  # type: ignore[attr-defined]
    return [cell.text_frame.text for table in tables for row in table.rows for cell in row.cells]


def test_the_same_day_gives_the_same_bytes(lived: Workspace) -> None:
    """Made again for the same day, each of the four files is the same."""
    folder = lived.path("reports/bilan")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(before) == ["bilan.csv", "bilan.html", "bilan.pdf", "bilan.pptx"]
    run(lived, lived.params(), DAY)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_empty_year_says_what_fills_it(workspace: Workspace) -> None:
    """Before anything, each part says what is missing and a command that exists fills it; it is an interim review."""
    said = "\n".join(run(workspace, workspace.params(), DAY))
    assert "Bilan d’étape" in said
    named = set(re.findall(r"« minilabs ([a-z-]+) »", said.replace("\u202f", " ")))
    assert named == {"answers", "follow-up", "call", "register", "sessions"}
    known = CliRunner().invoke(app, ["--help"]).output
    assert all(command in known for command in named)


def _facts(year: Year, former: dict[str, int | None] | None = None) -> Bilan:
    return bilan(_REPORT, _TABLES, year, DAY, former)


_TABLES = sample_tables()
_REPORT = build(_TABLES, ReportParams())
_LAB, _MEMBERS = next(
    (str(lab), sorted(own["holder_id"]))
    for lab, own in _TABLES["assignments"].groupby("lab_id")
    if lab and len(own) > 9
)


def _stepped(*steps: tuple[str, str]) -> Year:
    return Year(steps=tuple(Step(target, step, DAY, "", "") for target, step in steps))


def test_whose_decision_it_is() -> None:
    """An answer on an idea is its own, one on its theme or the end of its group is not, and one only studied waits."""
    clear = _TABLES["idea_themes"][~_TABLES["idea_themes"]["weak_signal"].astype(bool)]
    labs = dict(zip(_TABLES["labs"]["theme_id"], _TABLES["labs"]["lab_id"], strict=True))
    (one, first), (two, second) = list(clear.groupby("theme_id")["idea_id"])[:2]
    lone = next(idea for idea in _TABLES["idea_themes"]["idea_id"] if idea not in {*first, *second})
    year = _stepped(
        (lone, "realise"), (str(first.iloc[0]), "decline"), (str(labs.get(one, one)), "clos"), (str(two), "decide")
    )
    told = {line.label: line.value or 0 for line in _facts(year).lines}
    assert [told[label] for label in (OWN, DONE)] == [2, 1]
    assert told.get(WITH_GROUP) == len(first) - 1
    assert told.get(WITH_THEME) == len(second)
    assert told[WAITING] == told["Idées analysées"] - len(first) - len(second) - 1
    studied = {line.label: line.value for line in _facts(_stepped((lone, "presente"))).lines}
    assert (studied[OWN], studied[WAITING]) == (0, studied["Idées analysées"])


def test_every_group_is_in_the_lead() -> None:
    """The ends told under the headline add up to the groups, one whose end is open is told and named."""
    facts = _facts(_stepped(*((lab.lab_id, "clos") for lab in [lab for lab in _REPORT.labs if lab.open][1:])))
    lead = view(facts).lead
    assert sum(map(int, re.findall(r"\d+", lead.partition(";")[2]))) == len(facts.groups)
    gap = next(gap for gap in gaps(facts) if "reste à décider" in gap.said)
    assert gap.said == typeset(f"La fin d’un groupe reste à décider : « {facts.groups[0].label} ».")
    assert "follow_up.csv" in gap.filled


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (Asked("Direction", 9, 4, 2, DAY), "5 réponses sur 9 manquent ; 2 autres ont dépassé la date annoncée"),
        (Asked("Direction", 9, 8, 1, DAY), "1 réponse sur 9 manque ; 1 autre a dépassé la date annoncée"),
        (Asked("Direction", 9, 0, 0, ""), "9 réponses sur 9 manquent"),
        (Asked("Direction", 9, 9, 2, DAY), "9 réponses demandées, toutes données ; 2 ont dépassé la date annoncée"),
        (Asked("Direction", 1, 1, 0, ""), "1 réponse demandée et donnée"),
    ],
)
def test_silence_is_not_lateness(line: Asked, title: str) -> None:
    """Missing answers are counted apart from those past the date that a directorate announced, on slides too."""
    part = next(p for p in view(replace(_facts(Year()), asked=(line,))).parts if p.anchor == "directions")
    assert part.title.replace("\u00a0", " ") == typeset(title)
    (board,) = part.boards
    assert board.rows[0][:4] == ("Direction", str(line.asked), str(line.answered), str(line.lacking))
    assert {"Demandées", "Sans réponse"} <= {board.heads[place] for place in board.brief or range(len(board.heads))}


def test_values_are_written_as_elsewhere() -> None:
    """Kinds of sites begin with a capital, directorates and deliverables have typographic apostrophes."""
    shares = (("type de site", (Share("siège", 9, 9),)), ("direction", (Share("Direction de l'Eau", 9, 9),)))
    facts = replace(_facts(Year()), shares=shares, made=(Made("Groupe", "L'essai", "Qui l'a fait", ""),))
    parts = {part.anchor: part for part in view(facts).parts}
    assert [board.rows[0][0] for board in parts["agents"].boards[1:]] == ["Siège", "Direction de l’Eau"]
    assert (parts["groupes"].items[0].title, parts["groupes"].items[0].summary) == ("L’essai", "Qui l’a fait")


def test_every_table_has_a_name() -> None:
    """A figure of the year names what it is counted from in words, the exact table only in the CSV."""
    people, met = (Registered(volunteer=True, withdrawn=False),), (Presence(_LAB, DAY, _MEMBERS[0], present=True),)
    facts = _facts(Year(registered=people, presences=met, steps=_stepped((_LAB, "clos")).steps))
    sources = next(part for part in view(facts).parts if part.anchor == "sources").boards[0]
    assert len(sources.rows) == len(facts.lines)
    assert not [row for row in sources.rows if re.search(r"_|«", row[2])]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, len(_MEMBERS)))
def test_no_small_count_of_people_is_shown(volunteers: int, withdrawn: int, present: int) -> None:
    """Of those who registered or met, neither a part nor the others are shown when they are fewer than five."""
    people = tuple(Registered(volunteer=i < volunteers, withdrawn=i < withdrawn) for i in range(12))
    met = tuple(Presence(_LAB, DAY, agent, i < present) for i, agent in enumerate(_MEMBERS))
    facts = _facts(Year(registered=people, presences=met))
    values = {line.label: line.value for line in facts.lines}
    for label, count, whole in (
        ("dont volontaires sans idée", volunteers, 12),
        ("dont désistements", withdrawn, 12),
        ("Membres venus au moins une fois", present, len(_MEMBERS)),
        ("Membres jamais venus", len(_MEMBERS) - present, len(_MEMBERS)),
    ):
        safe = all(part == 0 or part >= 5 for part in (count, whole - count))
        assert values[label] == (count if safe else None)
    page = view(facts)
    shown = [row for part in page.parts for board in part.boards for row in board.rows]
    assert (HIDDEN in {cell for row in shown for cell in row}) == (None in values.values())


def test_a_former_contest_stands_beside(workspace: Workspace) -> None:
    """Named in params.yaml, figures of a former review stand beside those of this one; a missing file is told."""
    write_text(workspace.path("data/review/avant.csv"), '"chiffre","valeur"\n"Idées reçues","180"\n"Autre","3"\n')
    params = workspace.path("params.yaml").read_text(encoding="utf-8")
    write_text(workspace.path("params.yaml"), params.replace("former: ''", "former: data/review/avant.csv"))
    run(workspace, workspace.params(), DAY)
    page = workspace.path("reports/bilan/bilan.html").read_text(encoding="utf-8")
    assert re.search(r'Idées reçues</th><td data-l="Ce concours"[^>]*>244</td><td data-l="Précédent"[^>]*>180<', page)
    workspace.path("data/review/avant.csv").unlink()
    with pytest.raises(MinilabsError, match=r"life\.no_file"):
        run(workspace, workspace.params(), DAY)


def test_a_deliverable_that_names_somebody_is_left_out(workspace: Workspace) -> None:
    """The review is for everyone: a deliverable that names a person is counted and told, its text is not shown."""
    columns = ["holder_id", "family_name", "given_name", "email"]
    save(workspace, "identities", pd.DataFrame([["A001", "Zirkelmann", "Anatole", "az@exemple.fr"]], columns=columns))
    lab = min(_seats(workspace))
    _put(workspace, DELIVERABLES, [[lab, "Guide d’Anatole Zirkelmann", "", ""], [lab, "Affiche", "", ""]])
    _put(workspace, FOLLOW_UP, [[lab, "transmis", "2021-10-12", "Anatole Zirkelmann", ""]])
    said = run(workspace, workspace.params(), DAY)
    page = workspace.path("reports/bilan/bilan.html").read_text(encoding="utf-8")
    assert "Zirkelmann" not in page
    assert "Affiche" in page
    assert _figures(workspace)["Livrables"] == "2"
    assert "nomme quelqu’un" in said[-1]


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_the_page_is_accessible(browser: Browser, lived: Workspace, width: int, scheme: Scheme) -> None:
    """No violation, no request, nothing wider than the window, light and dark."""
    path = lived.path("reports/bilan/bilan.html")
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:
        page, complaints = opened(context, path)
        assert violations(page) == []
        assert page.evaluate(NARROW)
        assert complaints == []
