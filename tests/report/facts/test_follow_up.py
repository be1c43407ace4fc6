"""Follow-up: read, checked line by line, put in words, and brought back from the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.french import fold
from pipeline.messages import sentence
from pipeline.params import Params, ReportParams
from pipeline.report import Report, build
from pipeline.report.facts.follow_up import (
    DECIDED,
    ENDINGS,
    STEPS,
    Step,
    called,
    histories,
    last_steps,
    read_follow_up,
    said,
    told,
    without_names,
    without_places,
)
from pipeline.report.papers.arbitration import arbitrations
from pipeline.report.render.html import overall
from pipeline.shells.life.follow_up import bring_back
from pipeline.shells.report import run
from pipeline.store import save
from pipeline.workspace import Workspace
from tests.report.conftest import Tables

HEAD = "target,step,date,who,comment\n"


def ids(*known: str) -> dict[str, tuple[str, ...]]:
    """Return names that are only ids."""
    return {fold(one): (one,) for one in known}


def test_titles_stand_for_numbers() -> None:
    """A title may be written: one that a theme shares with its group means the group; of two themes, it is told."""
    ideas = pd.DataFrame({"idea_id": ["i1"]})
    themes = pd.DataFrame({"theme_id": ["T01", "T02", "T03"], "label": ["Énergie", "Forêt", "forêt"]})
    labs = pd.DataFrame({"lab_id": ["lab-T01"], "theme_id": ["T01"], "label": ["Énergie"]})
    known = called(ideas, themes, labs)
    table = HEAD + "énergie,poursuivi,2020-06-01,,\nt02,presente,2020-03-01,,\nI1,lue,2020-01-01,,\n"
    assert [step.target for step in read_follow_up(table.encode(), "x", known)] == ["i1", "T02", "lab-T01"]
    with pytest.raises(MinilabsError, match="follow_up_several") as caught:
        read_follow_up((HEAD + "FORÊT,presente,2020-03-01,,\n").encode(), "x", known)
    assert "T02, T03" in sentence(caught.value)


def test_the_last_step_counts() -> None:
    """An idea shows its own last step, or its group's when that is later, with who took it."""
    table = HEAD + (
        "i1,minilab,2020-01-10,,\ni1,décidé,2020-03-01,M. Untel,essai à Metz\nlab,présenté,2020-02-01,,\n"
        "i2,concours,2019-12-01,,\n"
    )
    last = last_steps(read_follow_up(table.encode(), "x", ids("i1", "i2", "lab")), {"i1": ["lab"], "i2": ["lab"]})
    assert said(last["i1"]) == "Décision prise le 1er\u00a0mars 2020 (M. Untel)\u202f: essai à Metz."
    due = replace(last["i2"], comment="échéance : 30 juin 2022")
    assert said(due).endswith(", réponse attendue avant le 30 juin 2022.")
    assert said(last["i2"]) == "Présentée à la direction le 1er\u00a0février 2020."


def test_a_step_says_its_date_once_and_alike_steps_are_one() -> None:
    """A due date ends the sentence after the comment, without a second colon; two alike steps are told once."""
    step = Step("i1", "decide", "2021-10-04", "service", "deux jours – échéance : 31 janvier 2022")
    assert fold(said(step)) == fold(
        "Décision prise le 4 octobre 2021 (service) : deux jours, échéance le 31 janvier 2022."
    )
    bare = replace(step, comment="échéance : 31 janvier 2022")
    assert fold(said(bare)) == fold("Décision prise le 4 octobre 2021 (service), échéance le 31 janvier 2022.")
    assert told([bare, bare, step]) == f"{said(bare)} {said(step)}"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["i1", "t1", "lab"]),
            st.sampled_from(sorted(STEPS)),
            st.dates(date(2020, 1, 1), date(2020, 1, 9)),
        ),
        max_size=6,
    )
)
def test_what_is_decided_of_an_idea_stands(lines: list[tuple[str, str, date]]) -> None:
    """No later end of its group or answer to its theme takes the place of an idea's own decision; else the latest."""
    steps = sorted((Step(target, step, day.isoformat(), "", "") for target, step, day in lines), key=lambda s: s.day)
    last = last_steps(steps, {"i1": ["t1", "lab"]}).get("i1")
    own = [step for step in steps if step.target == "i1"]
    if own and own[-1].step in DECIDED:
        assert last == own[-1]
    else:
        assert (last.day if last else None) == max((step.day for step in steps), default=None)


def test_who_answers_about_an_idea_tells_no_holder_s_directorate() -> None:
    """For everyone: a step of one idea names nobody, nor does a comment name a directorate; a theme's step does."""
    steps = (
        Step("i1", "decide", "2020-01-01", "Direction A", "suivi par la direction a"),
        Step("i2", "realise", "2020-01-01", "Service des lycées", "chariots livrés"),
        Step("t1", "decide", "2020-01-01", "Direction A", ""),
    )
    public = without_places(steps, ["i1", "i2"], ["Direction A", ""])
    assert [(step.who, step.comment) for step in public] == [("", ""), ("", "chariots livrés"), ("Direction A", "")]
    assert [step.who for step in steps] == ["Direction A", "Service des lycées", "Direction A"]


def test_an_answer_to_a_theme_answers_its_ideas() -> None:
    """A step of a theme without a group is that of its ideas, unless they have a later one of their own."""
    table = HEAD + "t1,decide,2020-03-01,,\ni2,presente,2020-02-01,,\ni3,realise,2020-04-01,,\n"
    steps = read_follow_up(table.encode(), "x", ids("i1", "i2", "i3", "t1"))
    last = last_steps(steps, {idea: ["t1"] for idea in ("i1", "i2", "i3")})
    assert {idea: last[idea].step for idea in ("i1", "i2", "i3")} == {"i1": "decide", "i2": "decide", "i3": "realise"}


def test_a_table_saved_by_a_french_spreadsheet_is_read() -> None:
    """Semicolons, Windows' letters and dates shown as day, month, year, as Excel saves them again."""
    table = "Target;Étape;Date;Qui;Commentaire\r\ni1;Réalisé;10/01/2020;;à l’été\r\n"
    (step,) = read_follow_up(table.encode("cp1252"), "suites.csv", ids("i1"))
    assert (step.step, step.day, step.comment) == ("realise", "2020-01-10", "à l’été")


def test_all_wrong_lines_are_told() -> None:
    """An unknown idea, an unknown step and a wrong date are three sentences with their lines."""
    table = HEAD + "i9,minilab,2020-01-10,,\ni1,peut-être,2020-01-10,,\ni1,minilab,en janvier,,\n"
    with pytest.raises(SeveralErrors) as caught:
        read_follow_up(table.encode(), "suites.csv", ids("i1"))
    lines = sentence(caught.value).splitlines()[1:]
    assert [f"ligne {n}" in line for n, line in zip((2, 3, 4), lines, strict=True)] == [True] * 3


def test_an_empty_file_is_no_follow_up() -> None:
    """A missing or empty table means that nothing is recorded yet."""
    assert read_follow_up(b"", "x", ids()) == ()


def test_the_workbook_brings_the_table_back(tmp_path: Path, tables: Tables) -> None:
    """A line typed in the workbook's sheet becomes the idea's outcome and counts among the answers."""
    workspace = Workspace(tmp_path)
    for name, frame in tables.items():
        save(workspace, "agents" if name == "holders" else name, frame)
    run(workspace, Params(), _silent)
    book = load_workbook(tmp_path / "reports/classeur.xlsx")
    book["Suivi"].append(["G1ID-002", "réalisé", "2020-05-04", "Référente suivi", "chariots livrés"])
    book.save(tmp_path / "complete.xlsx")
    assert bring_back(workspace, Params(), tmp_path / "complete.xlsx") == 1
    run(workspace, Params(), _silent)
    page = workspace.path("reports/rapport.html").read_text(encoding="utf-8")
    assert "Réalisée le 4\u00a0mai 2020\u202f: chariots livrés." in page
    assert "Idées dont la suite est décidée" in page


def _silent(done: int, total: int) -> None:
    assert 0 < done <= total


def test_what_is_pending_is_said_once(report: Report, tables: Tables) -> None:
    """Without any outcome one sentence says so; with some, another; an idea without outcome has no line of its own."""
    assert overall(report).count("Aucune suite n’est encore enregistrée") == 1
    some = build(tables, ReportParams(), outcomes={report.ideas[0].idea_id: "Décidée."})
    page = overall(some)
    assert page.count('class="detail suite"') == 1
    assert "attend encore la sienne" in page
    every = build(tables, ReportParams(), outcomes={idea.idea_id: "Décidée." for idea in report.ideas})
    assert every.pending == ""


def test_a_holder_reads_every_step() -> None:
    """An idea's steps and those of its theme and group are told from the first to the last; a former table is read."""
    table = HEAD + (
        "lab-T03,poursuivi,2020-06-01,Direction générale,\ni1,lue,2020-01-05,DIMAP,\nT03,presente,2020-03-01,,\n"
        "i1,minilab,2020-02-01,,\ni2,concours,2019-12-01,,\n"
    )
    steps = read_follow_up(table.encode(), "x", ids("i1", "i2", "T03", "lab-T03"))
    found = histories(steps, {"i1": ["T03", "lab-T03"], "i3": ["T04"]})
    assert [step.step for step in found["i1"]] == ["lue", "minilab", "presente", "poursuivi"]
    assert told(found["i1"]).startswith("Lue par l’équipe le 5\u00a0janvier 2020 (DIMAP). ")
    assert told(found["i1"]).endswith("Groupe de travail poursuivi le 1er\u00a0juin 2020 (Direction générale).")
    assert "i3" not in found


def test_a_person_s_name_stays_private() -> None:
    """Who took a step is told unless it holds the name of someone of the contest, accents and case aside."""
    table = HEAD + "i1,lue,2020-01-05,Mme LEVEQUE,\ni1,decide,2020-01-06,Direction des Lycées,\n"
    steps = without_names(read_follow_up(table.encode(), "x", ids("i1")), ["Lévêque", "Lyc"])
    assert [step.who for step in steps] == ["", "Direction des Lycées"]


def test_a_group_ends_on_the_arbitration_sheet_and_in_the_review(report: Report, tables: Tables) -> None:
    """Each theme has a sheet with its ways to end, in the words of the follow-up table; one noted is in the review."""
    sheets = arbitrations(report)
    assert [sheet.label for sheet in sheets] == [theme.label for theme in report.themes]
    opened = {lab.theme_id: lab.lab_id for lab in report.labs if lab.open}
    for sheet, theme in zip(sheets, report.themes, strict=True):
        assert sheet.target == opened.get(theme.theme_id, theme.theme_id)
        assert {word for word, _ in sheet.options} <= STEPS.keys()
        assert set(ENDINGS) <= {word for word, _ in sheet.options} or theme.theme_id not in opened
    ended = build(tables, ReportParams(), outcomes={sheets[0].target: "Groupe de travail clos le 3 mars 2020."})
    assert ended.review.groups == ((report.themes[0].label, "Groupe de travail clos le 3 mars 2020."),)
    assert "Groupe de travail clos le 3 mars 2020." in overall(ended)
    assert ("Suites notées", "Groupe de travail clos le 3 mars 2020.") in arbitrations(ended)[0].lines
