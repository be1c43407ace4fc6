"""Whatever people give is read, or refused in one sentence: the smallest inputs that were not, and random changes."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError
from pipeline.files.given_file import content_of
from pipeline.hashes import file_hash
from pipeline.ingest.cells.values import integer
from pipeline.messages import sentence
from pipeline.params import parse
from pipeline.report.drawing.own_look import read_look
from pipeline.shells.ingest import source_files
from tests.readers import READERS, mutated

_NINES = b"9" * 5000
_DECISIONS = b"seq,when,who,action,target,value,reason\n"
_FACTS = READERS["model, facts"].sample


def told(name: str, content: bytes) -> str:
    """Return the code of the refusal of a reader, empty when it reads; its sentence exists."""
    refused: MinilabsError | None = None
    try:
        READERS[name].read(content)
    except MinilabsError as why:
        refused = why
    assert refused is None or sentence(refused)
    return refused.code if refused else ""


@pytest.mark.parametrize("name", READERS)
def test_the_sample_is_read(name: str) -> None:
    """The file from which random ones are made is taken: the changes are what is tried."""
    assert told(name, READERS[name].sample) == ("report.look_logo" if name == "apparence.yaml" else "")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("params.yaml", "report:\n  title: Été\n".encode("cp1252"), ""),
        ("params.yaml", "report:\n  title: Été\n".encode("utf-16"), ""),
        ("params.yaml", b"seed: 1\0", "base.no_text"),
        ("params.yaml", b"seed: 2020-02-30", "params.value"),
        ("params.yaml", b"report: {calendar: {tous: 2020-02-30}}", ""),
        ("params.yaml", b"[" * 3000, "base.yaml"),
        ("params.yaml", b"seed: 1\nseed: 2", "base.yaml_twice"),
        ("params.yaml", b"report: {title: a, title: b}", "base.yaml_twice"),
        ("params.yaml", b"seed: " + _NINES, "base.yaml"),
        ("params.yaml", b"- seed", "base.yaml"),
        ("params.yaml", b'report: {title: "\\ud800"}', "base.yaml"),
        ("params.yaml", b"ingest: {files: {a.csv: {columns: [1]}}}", "params.value"),
        ("params.yaml", b"ingest: {files: {a.csv: {colonnes: 1}}}", "params.unknown"),
        ("params.yaml", b"ingest: {files: 3}", "params.value"),
        ("params.yaml", b"? {a: 1}\n: 2", "base.yaml"),
        ("apparence.yaml", b"mention: 2020-02-30", ""),
        ("apparence.yaml", b"accent: [", "base.yaml"),
        ("follow_up.csv", b"target,step,date\rG1,decide,2020-01-10\r", ""),
        ("progress.csv", b"date,step,count\n2020-01-01,A\r,1\n", "base.several"),
        ("progress.csv", b"date,step,count\n2020-01-01,A," + _NINES, "report.progress_line"),
        ("private/masking.csv", "idée;début;fin;décision\nG1;²;3;masquer\n".encode(), ""),
        ("private/masking.csv", b"x;y\n1;2\n", "sheet.columns"),
        ("private/persons.csv", b"a;b\n1;2\n", "sheet.columns"),
        ("masking.csv", "idea_id,field,start,end,decision,kind\nG1,t,²,3,mask,nom\n".encode(), "ingest.decision"),
        ("coding.csv", b"idea_id,theme\nG1,a,b\n", "sheet.cells"),
        ("coding.csv", b'idea_id,theme\nG1,"a\n', "sheet.quote"),
        ("people.csv", b"agent_id,max_minilabs\nA1," + _NINES, ""),
        ("labs.csv", b"minilab,au_moins\nL1," + _NINES + b" a\n", ""),
        ("acts.csv", b"action,target\nundo," + _NINES, "review.line"),
        ("decisions.csv", _DECISIONS + _NINES + b",2024-03-01,a,pin,T1,,", "review.line"),
        ("export.csv", b"id;titre;votes\nG1;Un v\xc3\xa9lo;12345678901234567890\n", ""),
        ("export.csv", b"id;titre;votes\nG1;Un v\xc3\xa9lo;" + _NINES + b"\n", ""),
        ("export.csv", b"id;titre\nG1;" + b"[" * 3000, ""),
        ("model, facts", b"[]", "review.model_damaged"),
        ("model, facts", _FACTS.replace(b'"ideas": 3', b'"ideas": Infinity'), "review.model_damaged"),
        ("model, numbers", b"", "review.model_damaged"),
        ("model, numbers", b"PK\x05\x06" + b"\0" * 18, "review.model_damaged"),
        ("model, numbers", READERS["model, numbers"].sample[:-60], "review.model_damaged"),
        ("state.json", b"[]", ""),
        ("state.json", b'{"ingest": 1, "embed": {"key": 1}}', ""),
        ("state.json", b"[" * 3000, ""),
        ("table", b"PAR1", "base.damaged_table"),
        ("export.zip", READERS["export.zip"].sample[4:], "ingest.archive"),
        ("returned workbook", b"PK\x03\x04", "review.workbook"),
        ("returned workbook", READERS["returned workbook"].sample[:-40], "review.workbook"),
    ],
)  # fmt: skip
def test_the_smallest_inputs(name: str, content: bytes, code: str) -> None:
    """What ended in an unforeseen error is understood, or refused in a sentence."""
    assert told(name, content) == code


@pytest.mark.parametrize("name", ["export.zip", "export.xlsx", "model, numbers"])
def test_one_wrong_byte_of_what_is_packed(name: str) -> None:
    """A byte flipped anywhere in an archive, a workbook or a model is refused, or is read."""
    whole = READERS[name].sample
    for place in range(0, len(whole), 1 + len(whole) // 80):
        told(name, whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])


def test_one_wrong_byte_of_a_table_changes_nothing_in_silence() -> None:
    """A table with a byte flipped is refused, or says what it said: its pages carry a checksum."""
    reader, whole = READERS["table"], READERS["table"].sample
    held = reader.read(whole)
    assert isinstance(held, pd.DataFrame)
    told = held.to_dict()
    for place in range(len(whole)):
        with suppress(MinilabsError):
            read = reader.read(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
            assert isinstance(read, pd.DataFrame)
            assert read.to_dict() == told, place


@pytest.mark.parametrize("name", [name for name, reader in READERS.items() if not reader.costs])
@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_random_changes(name: str, seed: int) -> None:
    """A file changed at random is read or refused, never an unforeseen error (`benchmarks/fuzz.py` goes on)."""
    told(name, mutated(READERS[name].sample, random.Random(seed)))  # noqa: S311 - no secret


def test_a_votes_figure_too_long_is_no_number() -> None:
    """Twenty digits are told as unreadable, rather than lost in a table of 64 bits."""
    assert integer("1 234 votes") == 1234
    for written in ("12345678901234567890", "9" * 5000):
        with pytest.raises(ValueError, match="9"):
            integer(written)


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0", b"<svg", b"\xff\xd8\xff\xe0", b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"],
)
def test_a_logo_that_does_not_print_is_refused(content: bytes) -> None:
    """A truncated picture is found when the look is read, not when the documents are printed."""
    with pytest.raises(MinilabsError, match="look_logo"):
        read_look("logo: l\nlogo_texte: La Région\n", "apparence.yaml", {"l": content})


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder in place of a file, a name too long and a name that cannot be are told; what is absent is empty."""
    assert content_of(tmp_path / "absent.csv", "absent.csv") == b""
    for path in (tmp_path, tmp_path / ("a" * 5000), tmp_path / "a\0b"):
        with pytest.raises(MinilabsError, match=r"base\.not_read"):
            content_of(path, "f.csv")


def test_a_file_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    """A name whose bytes are no UTF-8 is refused, before it breaks what is written about it."""
    (tmp_path / "export\udce9.csv").write_bytes(b"id;titre\n")
    assert file_hash(tmp_path) == file_hash(tmp_path) != file_hash(tmp_path / "absent")
    with pytest.raises(MinilabsError) as caught:
        source_files(tmp_path, "data/raw")
    assert sentence(caught.value).encode()
    with pytest.raises(MinilabsError, match=r"base\.not_read"):
        file_hash(tmp_path / ("a" * 5000))


def test_former_dates_of_parameters_stay_texts() -> None:
    """A date typed without quotes is the text that was typed."""
    assert parse("report: {calendar: {tous: 2024-03-01}}").report.calendar["tous"] == "2024-03-01"
