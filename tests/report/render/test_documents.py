"""Every file has its place and its readers; a name is enough to make one alone."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.errors import MinilabsError
from pipeline.report import Report
from pipeline.report.drawing.look import Look
from pipeline.report.papers.letters import Letter
from pipeline.report.papers.sheets import sheets
from pipeline.report.render.documents import MOST_LETTERS, Document, chosen, exploration, private, public
from tests.report.conftest import Tables


@pytest.fixture(scope="module")
def listed(report: Report, tables: Tables, people: pd.DataFrame) -> list[Document]:
    """Return every document of the sample, unmade."""
    one_by_one = sheets(report, tables, 5)
    return [
        *public(report, one_by_one, Look()),
        *private(report, tables, people, (), Look()),
        exploration(report, Look()),
    ]


def test_each_file_has_its_own_path(listed: list[Document]) -> None:
    """No document writes over another."""
    assert len({document.path for document in listed}) == len(listed)


def test_what_describes_people_is_private(listed: list[Document]) -> None:
    """What is under `private` has owner-only permissions, and nothing else has."""
    assert all(document.private == document.path.startswith("private/") for document in listed)


@pytest.mark.parametrize(
    "asked", ["direction:finances", "Direction: FINANCES ", "theme:menage_lycees", "minilab:ménage"]
)
def test_part_of_a_name_is_enough(asked: str, listed: list[Document]) -> None:
    """Accents, case and spaces do not matter."""
    found = chosen(listed, asked)
    assert found
    assert {document.kind for document in found} == {asked.partition(":")[0].strip().lower()}


def test_a_whole_name_is_that_document_alone(listed: list[Document]) -> None:
    """A title, a number as pages show it or as files have it name one document, though longer names hold them."""
    for document in listed:
        if document.kind in {"theme", "minilab"}:
            for name in document.key.split(" · "):
                assert {found.key for found in chosen(listed, f"{document.kind}:{name}")} == {document.key}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("truc", "report.only_kind"),
        ("theme:", "report.only_kind"),
        ("theme:zzz", "report.only_none"),
        ("direction:direction", "report.only_several"),
    ],
)
def test_what_names_nothing_is_told(asked: str, code: str, listed: list[Document]) -> None:
    """An unknown kind or name is an error with what is possible."""
    with pytest.raises(MinilabsError) as caught:
        chosen(listed, asked)
    assert caught.value.code == code


def test_thousands_of_replies_are_a_workbook_only(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Beyond a couple of thousand letters, only the mail merge is written."""
    many = [Letter(f"H{n}", "", "", "", "", (), (), ()) for n in range(MOST_LETTERS + 1)]
    replies = [d for d in private(report, tables, people, many, Look()) if d.kind == "reponse"]
    assert [document.path for document in replies] == ["private/publipostage.xlsx"]
