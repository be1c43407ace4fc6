"""The decisions file on disk: completed, never damaged."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.replaying.decisions import Decision
from pipeline.shells.deciding.decisions_file import load_decisions, record
from pipeline.workspace import Workspace

NAME = "data/review/decisions.csv"


def _act(idea: str) -> Decision:
    return Decision(0, "2024-03-01", "ab", "weak", idea)


def _write_many(root: str, who: str, count: int) -> None:
    for number in range(count):
        record(Workspace(Path(root)), NAME, [_act(f"{who}{number}")])


def test_former_lines_stay_to_the_byte(tmp_path: Path) -> None:
    """A new decision is added after the lines that are there, one without a line end included."""
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b'seq,when,who,action,target,value,reason\n7, 2024-03-01 ,ab,weak,I01,,""')
    former = path.read_bytes()
    (added,) = record(Workspace(tmp_path), NAME, [_act("I02")])
    assert added.seq == 8
    assert path.read_bytes().startswith(former + b"\n")
    assert [d.target for d in load_decisions(path, NAME)] == ["I01", "I02"]


def test_file_saved_by_a_spreadsheet_is_completed(tmp_path: Path) -> None:
    """Semicolons and cp1252 are written again in our way, content kept."""
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes("seq;when;who;action;target;value;reason\n1;2024-03-01;é;weak;I01;;\n".encode("cp1252"))
    record(Workspace(tmp_path), NAME, [_act("I02")])
    assert [(d.who, d.target) for d in load_decisions(path, NAME)] == [("é", "I01"), ("ab", "I02")]


def test_cells_hold_no_line_break(tmp_path: Path) -> None:
    """One decision is one line, whatever its author pasted."""
    record(
        Workspace(tmp_path), NAME, [Decision(0, "2024-03-01", "ab", "rename", "T01", "Titre\nen deux", "vu\r\nhier")]
    )
    assert len((tmp_path / NAME).read_bytes().splitlines()) == 2


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Two processes that write at once get different numbers, and all decisions are there."""
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write_many, args=(str(tmp_path), who, 12)) for who in "XY"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    decisions = load_decisions(tmp_path / NAME, NAME)
    assert [d.seq for d in decisions] == list(range(1, 25))
    assert len({d.target for d in decisions}) == 24


def test_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    """Killed at any moment, a writer leaves a file that reads, and the next one can write."""
    context = multiprocessing.get_context("fork")
    for attempt in range(6):
        writer = context.Process(target=_write_many, args=(str(tmp_path), f"K{attempt}-", 10_000))
        writer.start()
        time.sleep(0.03 + 0.017 * attempt)
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        known = load_decisions(tmp_path / NAME, NAME)
        assert [d.seq for d in known] == list(range(1, len(known) + 1))
    assert record(Workspace(tmp_path), NAME, [_act("I01")])[0].seq == len(known) + 1


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.tuples(texts, texts, texts), max_size=3), max_size=4))
def test_no_sequence_damages_the_file(tmp_path_factory: object, batches: list[list[tuple[str, str, str]]]) -> None:
    """Whatever people type and in whatever batches, the file reads back as what was recorded."""
    root = tmp_path_factory.mktemp("file")  # type: ignore[attr-defined]
    recorded: list[Decision] = []
    for batch in batches:
        acts = [Decision(0, "2024-03-01", "ab", "rename", f"T{t}", f"a{v}", r) for t, v, r in batch]
        recorded += record(Workspace(root), NAME, acts)
    assert load_decisions(root / NAME, NAME) == tuple(recorded)
