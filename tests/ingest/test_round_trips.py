"""An export written in any usual way loads to the ideas it was written from."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import SourceFile, ingest
from pipeline.params import IngestParams

PARAMS = IngestParams(language_model=False)
SUBJECTS = ("la piscine", "l'été", "le maïs", "la forêt", "l'île", "le canoë", "la façade", "où dormir")
TEXTS = (
    "Réduire les déchets dès la rentrée; prévoir ça en août, à midi.",
    "Après le départ des aînés, fermer la piscine: c'était prévisible\tdéjà.",
    'Écrire "à la main" les menus | et afficher le coût.',
    "Équiper les agents de vélos,\nun par étage.\n\nFormer deux élèves.",
    "Être plus près des élèves; goûter avec eux, même tôt.",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-15", "mac_roman", "cp850")

Ideas = list[tuple[str, str]]


@st.composite
def ideas(draw: st.DrawFn) -> Ideas:
    """Return titles, all different, and texts."""
    subjects = draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=6, unique=True))
    return [(f"À propos de {subject}", f"{draw(st.sampled_from(TEXTS))} Pour {subject}.") for subject in subjects]


def written(rows: Ideas, separator: str, end: str, quoting: Literal[0, 1]) -> str:
    """Return the ideas as delimited text, with a number each; lines inside texts end as the others."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(["numéro", "intitulé", "description"])
    writer.writerows([f"G{i}", title, text.replace("\n", end)] for i, (title, text) in enumerate(rows))
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(
    ideas(),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
@settings(max_examples=8, deadline=None, derandomize=True)
def test_any_encoding_separator_quoting_and_line_end(
    encoding: str, rows: Ideas, separator: str, end: str, quoting: Literal[0, 1]
) -> None:
    """Whatever the encoding, separator, quoting and line end, titles and texts are those that were written."""
    content = written(rows, separator, end, quoting).encode(encoding)
    found = ingest([SourceFile("export.csv", content)], PARAMS).ideas
    assert dict(zip(found["title"], found["description"], strict=True)) == {
        title: text.replace("\t", " ") for title, text in rows
    }


@given(ideas(), st.integers(1, 5))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_several_files_are_one_export(rows: Ideas, cut: int) -> None:
    """The ideas of two files, in different encodings, are those of one."""
    whole = ingest([SourceFile("a.csv", written(rows, ";", "\n", csv.QUOTE_ALL).encode())], PARAMS).ideas
    lines = written(rows, ";", "\n", csv.QUOTE_ALL)
    header, *records = list(csv.reader(io.StringIO(lines, newline=""), delimiter=";"))
    parts = [records[:cut], records[cut:]]
    files = [
        SourceFile(f"{i}.csv", _again([header, *part], separator).encode(encoding))
        for i, (part, separator, encoding) in enumerate(zip(parts, ";,", ("utf-16", "utf-8"), strict=True))
        if part
    ]
    assert ingest(files, PARAMS).ideas.equals(whole)


def _again(rows: list[list[str]], separator: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue()
