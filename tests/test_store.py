"""Files are written whole or not at all, equal content gives equal bytes, tables are checked."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import schema, store
from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.messages import sentence
from pipeline.run import locked
from pipeline.workspace import Workspace, table_path

HOLDERS = pd.DataFrame(
    {
        "holder_id": ["A2", "A1"],
        "directorate": ["Lycées", "Finances"],
        "occupation": "cuisinier",
        "site_type": "lycée",
        "place": "Metz",
        "department": "57",
    }
)


def test_round_trip(tmp_path: Path) -> None:
    """A table comes back with its declared columns, types and row order."""
    store.save(Workspace(tmp_path), "holders", HOLDERS)
    back = store.load(Workspace(tmp_path), "holders")
    pd.testing.assert_frame_equal(back, schema.HOLDERS.check(HOLDERS))
    assert list(back["holder_id"]) == ["A1", "A2"]


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.permutations(range(5)))
def test_row_order_never_reaches_the_file(order: list[int]) -> None:
    """Any order of the same rows gives the same bytes."""
    frame = pd.DataFrame({"idea_id": list("abcde"), "x": range(5), "y": 0.5})
    shuffled = frame.iloc[order]
    assert schema.MAP.to_arrow(frame).equals(schema.MAP.to_arrow(shuffled))


def test_same_bytes(tmp_path: Path) -> None:
    """Saving twice writes the same file."""
    path = tmp_path / table_path("holders")
    store.save(Workspace(tmp_path), "holders", HOLDERS)
    first = path.read_bytes()
    store.save(Workspace(tmp_path), "holders", HOLDERS.iloc[::-1])
    assert path.read_bytes() == first


def test_identities_are_for_their_owner_only(tmp_path: Path) -> None:
    """The identities file can be read by its owner and nobody else."""
    frame = pd.DataFrame({"holder_id": ["A1"], "family_name": ["X"], "given_name": ["Y"], "email": ["z"]})
    store.save(Workspace(tmp_path), "identities", frame)
    path = tmp_path / table_path("identities")
    assert path.parent.name == "private"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"directorate": None}, "schema.empty_cell"),
        ({"directorate": 3}, "schema.type"),
        ({"holder_id": "A1"}, "schema.key"),
    ],
)
def test_a_bad_table_is_refused(change: dict[str, object], code: str) -> None:
    """An empty cell, another type or a repeated key names the table and the column."""
    with pytest.raises(MinilabsError) as caught:
        schema.HOLDERS.check(HOLDERS.assign(**change))  # type: ignore[arg-type] # wrong on purpose
    assert caught.value.code == code
    assert "holders" in sentence(caught.value)


def test_missing_columns_are_named() -> None:
    """A table without a declared column is refused with its name."""
    with pytest.raises(MinilabsError) as caught:
        schema.HOLDERS.check(HOLDERS.drop(columns="place"))
    assert "place" in sentence(caught.value)


def test_missing_and_damaged_tables(tmp_path: Path) -> None:
    """A table that is not there names the stage to run; a damaged one is not taken for data."""
    with pytest.raises(MinilabsError) as caught:
        store.load(Workspace(tmp_path), "holders", stage="ingest")
    assert "minilabs ingest" in sentence(caught.value)
    store.write_bytes(tmp_path / table_path("holders"), b"not parquet")
    with pytest.raises(MinilabsError) as caught:
        store.load(Workspace(tmp_path), "holders")
    assert caught.value.code == "base.damaged_table"


def test_a_refused_write_keeps_the_former_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the former file stays, no temporary file remains, and the sentence says why."""
    path = tmp_path / "a.txt"
    store.write_text(path, "before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(MinilabsError) as caught:
        store.write_text(path, "after")
    assert "le disque est plein" in sentence(caught.value)
    assert path.read_text(encoding="utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of a write leaves the folder as it was."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.write_text(tmp_path / "a.txt", "after")
    assert list(tmp_path.iterdir()) == []


def test_csv() -> None:
    """Public tables are UTF-8, quoted, with empty cells for missing values."""
    assert csv_bytes([["é", None, pd.NA, float("nan"), 3]]) == '"é","","","","3"\n'.encode()


def test_paths_stay_inside(tmp_path: Path) -> None:
    """A path that leads out of the workspace is refused."""
    with pytest.raises(MinilabsError, match="outside"):
        Workspace(tmp_path).path("../elsewhere")


def test_a_link_is_written_through(tmp_path: Path) -> None:
    """A decisions file that is a link to a shared one goes on being a link: the shared file has the new content."""
    shared, link = tmp_path / "shared/decisions.csv", tmp_path / "review/decisions.csv"
    store.write_text(shared, "before")
    link.parent.mkdir()
    link.symlink_to(shared)
    store.write_text(link, "after")
    assert link.is_symlink()
    assert shared.read_text(encoding="utf-8") == "after"
    assert [path.name for path in shared.parent.iterdir()] == ["decisions.csv"]


_KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.store import written
with written(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    """The next run removes the half-written file of a killed one, and neither a living writer's nor a person's."""
    folder = tmp_path / "data/interim"
    done = subprocess.run([sys.executable, "-c", _KILLED, str(folder / "ideas.parquet")], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [path.suffix for path in folder.iterdir()] == [".part"]
    kept = folder / ".mine.part"
    kept.write_bytes(b"a person's")
    with store.written(folder / "holders.parquet") as file, locked(Workspace(tmp_path)):
        file.write(b"whole")
    assert sorted(path.name for path in folder.iterdir()) == [".mine.part", "holders.parquet"]
    assert (folder / "holders.parquet").read_bytes() == b"whole"


def _as_before_versions(path: Path, columns: list[str]) -> None:
    table = pq.read_table(path).select(columns)
    pq.write_table(table.replace_schema_metadata(None), path)


def test_tables_of_another_version_are_recognised_or_refused(tmp_path: Path) -> None:
    """A table without a version is read when it has the columns of today; any other is refused with what to do."""
    workspace, path = Workspace(tmp_path), tmp_path / table_path("holders")
    store.save(workspace, "holders", HOLDERS)
    _as_before_versions(path, pq.read_schema(path).names)
    assert len(store.load(workspace, "holders")) == 2
    _as_before_versions(path, pq.read_schema(path).names[:-1])
    with pytest.raises(MinilabsError) as fewer:
        store.load(workspace, "holders")
    store.save(workspace, "holders", HOLDERS)
    pq.write_table(pq.read_table(path).replace_schema_metadata({b"minilabs": b"later"}), path)
    with pytest.raises(MinilabsError) as later:
        store.load(workspace, "holders")
    assert fewer.value.code == later.value.code == "base.other_version"
    assert "minilabs run" in sentence(later.value)
