"""The readings of the sample that are kept can be replayed on its texts."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.reader.questions.answers import quote_in
from pipeline.reader.record import read

RECORD = Path(__file__).parent / "sample" / "lectures.jsonl"


def test_the_kept_readings_quote_the_sample(sample: Path) -> None:
    """Each idea was read twice, and each quote that was kept is in the idea as its author wrote it, masks apart."""
    with (sample / "ideas.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["id"]: "\n".join(row.values()) for row in csv.DictReader(file)}
    entries = read(RECORD.read_bytes(), RECORD.name).of_kind("coding")
    assert len(entries) == 2 * len({entry.ideas[0] for entry in entries})
    wrong = [
        entry.ideas[0]
        for entry in entries
        if entry.answer and entry.answer["citation"] and "[" not in entry.answer["citation"]
        if not quote_in(entry.answer["citation"], texts[entry.ideas[0]])
    ]
    assert wrong == []
