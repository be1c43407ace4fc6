"""Files inside an archive are read like those of a folder."""

from __future__ import annotations

import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest import SourceFile
from pipeline.ingest.reading.archive import is_archive, members
from tests.ingest.more_awkward import archive


def test_members() -> None:
    """Each file comes with the archive's name before its own; hidden files and those of macOS do not come."""
    packed = archive({"a/idees.csv": b"titre\nx", ".cache": b"", "__MACOSX/._b": b"", "~$c.xlsx": b""})
    found = list(members(SourceFile("export.zip", packed)))
    assert [(file.name, file.content) for file in found] == [("export.zip/a/idees.csv", b"titre\nx")]
    assert found[0].head(5) == b"titre"


def test_a_member_is_read_more_than_once() -> None:
    """Each reading starts from the beginning."""
    (file,) = members(SourceFile("export.zip", archive({"a.csv": b"abc"})))
    with file.open() as one, file.open() as other:
        assert one.read(2) + other.read() == b"ababc"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04 rien", "ingest.archive"), (archive({"a": b"x"}, encrypted=True), "ingest.password")],
)
def test_refusals(content: bytes, code: str) -> None:
    """A damaged archive and a protected one are refused by name."""
    with pytest.raises(MinilabsError) as why:
        list(members(SourceFile("export.zip", content)))
    assert why.value.code == code


def test_names() -> None:
    """Only zip files are archives."""
    assert is_archive("Export.ZIP")
    assert not is_archive("export.xlsx")
