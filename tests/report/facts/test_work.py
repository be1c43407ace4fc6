"""The state of the work: what is stamped, when a validation stands, and that every document carries it."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from pipeline.errors import MinilabsError
from pipeline.french import typeset
from pipeline.params import ReportParams
from pipeline.report import build
from pipeline.report.drawing.look import Look
from pipeline.report.facts.work import Validation, Work, fingerprint, read_validations, work
from pipeline.report.papers.decks import of_management
from pipeline.report.render.analysts import analysts_workbook
from pipeline.report.render.slides import written
from pipeline.schema import WORDS_READ
from tests.report.conftest import Tables


def test_the_stamp_says_how_far_people_have_read(tables: Tables) -> None:
    """Nothing decided, some decisions, a validation, and a validation of what is no longer there."""
    stands = Validation("2020-03-01", "DIMAP", fingerprint(tables))
    before = Validation("2020-02-01", "DIMAP", "autre")
    assert work(tables, 0, []).said == "Thèmes et groupes proposés par un programme, que personne n’a encore relus"
    said = WORDS_READ.check(pd.DataFrame([(1, "question", "Comment ?", [], "m-7b")], columns=WORDS_READ.arrow.names))
    read = {**tables, "themes": tables["themes"].assign(origin="reader"), "words_read": said}
    told = (
        "Thèmes et groupes proposés par un programme et un second lecteur (m-7b, un modèle de langue), que personne n’a"
        " encore relus"
    )
    assert work(read, 0, []).said == told
    assert work(tables, 3, []).said == typeset("Proposition relue en partie par l’équipe (3\u00a0décisions)")
    assert work(tables, 3, [before, stands]) == Work(3, "2020-03-01")
    assert work(tables, 3, [stands]).said == "Proposition relue et validée par l’équipe le 1er\u00a0mars 2020"
    assert (
        work(tables, 3, [stands, before]).said
        == "Proposition modifiée depuis sa validation par l’équipe, le 1er\u00a0février 2020"
    )


def test_workbook_and_decks_are_stamped(tables: Tables) -> None:
    """The workbook says it on its first sheet and under every page printed; a deck on its cover and every slide."""
    report = build(tables, ReportParams(), done=Work(3))
    book = load_workbook(io.BytesIO(analysts_workbook(report, tables, {}, [])))
    assert report.work.said in {row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert {sheet.oddFooter.center.text for sheet in book.worksheets} == {report.work.said}
    file = Presentation(io.BytesIO(written(of_management(report, Look()), Look(), day="", organisation="")))
    for slide in file.slides:
        assert any(report.work.said in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_validation_stands_for_what_was_seen(tables: Tables) -> None:
    """Row order changes nothing; another title, another theme of an idea or another seat ends a validation."""
    seen = fingerprint(tables)
    assert fingerprint({name: frame.iloc[::-1] for name, frame in tables.items()}) == seen
    for name, column in (("themes", "label"), ("idea_themes", "theme_id"), ("assignments", "lab_id")):
        frame = tables[name]
        changed = frame.assign(**{column: frame[column].where(frame.index != 0, "autre")})
        assert fingerprint(tables | {name: changed}) != seen


def test_lines_that_are_no_validation_are_told() -> None:
    """A spreadsheet's semicolons and encoding are read; a wrong day or a missing cell is told with its line."""
    content = "date;who;state\n2020-03-01;Direction générale déléguée;abc\n".encode("cp1252")
    assert read_validations(content, "x") == (Validation("2020-03-01", "Direction générale déléguée", "abc"),)
    assert read_validations(b"", "x") == ()
    for wrong in (b"date,who,state\nhier,A,abc\n", b"date,who,state\n2020-03-01,A\n"):
        with pytest.raises(MinilabsError) as caught:
            read_validations(wrong, "x")
        assert caught.value.facts["line"] == 2
