"""The private lists open in a French spreadsheet, and come back from it as decisions without any name."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.errors import SeveralErrors
from pipeline.ingest.masking.apply import MASK, RESTORE, REVIEW_COLUMNS, Added, Decision
from pipeline.ingest.tables.matching import DIFFERENT, SAME
from pipeline.ingest.told.review_lists import read_masking_list, read_persons_list, write_list

DOUBTS = ("person_a", "name_a", "person_b", "name_b", "why", "merged", "decision")


def masking(*rows: tuple[object, ...]) -> bytes:
    """Return the list of masked spans of these rows, as written for people."""
    return write_list(pd.DataFrame(rows, columns=list(REVIEW_COLUMNS)))


def row(decision: str, **more: object) -> tuple[object, ...]:
    """Return a row of the list."""
    cells = {"idea_id": "G1", "field": "titre", "start": 0, "end": 4, "kind": "nom", "span": "Léa", "context": "",
             "why": "", "decision": decision, **more}  # fmt: skip
    return tuple(cells[name] for name in REVIEW_COLUMNS)


def test_written_for_a_french_spreadsheet() -> None:
    """Semicolons, a byte order mark and French headers: it opens by itself."""
    content = masking(row(""))
    assert content.startswith("\ufeff".encode())
    assert content.decode("utf-8-sig").splitlines()[0] == (
        '"idée";"colonne";"début";"fin";"nature";"passage";"contexte";"motif";"décision"'
    )


@pytest.mark.parametrize("word", ["rétablir", "RETABLIR", " non ", "restore"])
def test_restoring(word: str) -> None:
    """A restored span is a decision by its place."""
    listed = read_masking_list(masking(row(word)), "m.csv")
    assert listed.over(()) == (Decision("G1", "titre", 0, 4, RESTORE, "nom"),)


def test_emptied_cell_takes_back() -> None:
    """An emptied cell removes an earlier decision; one about another place stays."""
    earlier = (Decision("G1", "titre", 0, 4, MASK), Decision("G2", "titre", 0, 4, MASK))
    assert read_masking_list(masking(row("")), "m.csv").over(earlier) == earlier[1:]


def test_added_line() -> None:
    """A line without place names a missed piece by its words."""
    listed = read_masking_list(masking(row("masquer", start="", end="", span="Honorine")), "m.csv")
    assert listed.added == (Added("G1", "Honorine", "nom"),)


def test_mistakes_are_told_together() -> None:
    """Unknown words and kinds are told by row, all at once."""
    with pytest.raises(SeveralErrors) as why:
        read_masking_list(masking(row("peut-être"), row("masquer", kind="animal")), "m.csv")
    assert [(e.code, e.facts["row"]) for e in why.value.errors] == [("ingest.list_word", 2), ("ingest.list_row", 3)]


@pytest.mark.parametrize(("word", "decision"), [("même personne", SAME), ("Deux personnes", DIFFERENT)])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_people(word: str, decision: str, encoding: str) -> None:
    """A confirmed or refused match comes back, whatever the spreadsheet's encoding."""
    frame = pd.DataFrame([["G1:1", "Léa Roy", "G2:1", "Léa Roi", "une lettre", False, word]], columns=list(DOUBTS))
    content = write_list(frame).decode("utf-8-sig").encode(encoding)
    assert b"non" in content
    assert read_persons_list(content, "p.csv") == {frozenset({"G1:1", "G2:1"}): decision}


def test_nothing() -> None:
    """An absent list decides nothing."""
    assert read_masking_list(b"", "m.csv").over(()) == ()
    assert read_persons_list(b"", "p.csv") == {}
