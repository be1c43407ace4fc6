"""How well personal data is masked, and what a large export costs: `python benchmarks/ingest.py [ROWS...]`.

Without ROWS prints recall and precision by kind on the labelled sentences of the tests and on the sample; with ROWS,
the time and the peak of memory for CSV files of that many rows made from the sample with words changed.
"""

from __future__ import annotations

import csv
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.ingest import SourceFile, ingest
from pipeline.ingest.masking.find import finder
from pipeline.ingest.masking.measure import Quality, measure
from pipeline.ingest.masking.spans import Span
from pipeline.initialise import initialise
from pipeline.params import IngestParams

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data/sample"
LABELLED = ROOT / "tests/ingest/labelled_sentences.txt"
_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
_HEADER = ["N°", "Date de dépôt", "Intitulé", "Constat", "Proposition", "Statut", "Votes", "Porteur", "Direction"]


def sentences() -> Iterator[tuple[str, list[Span]]]:
    """Yield the labelled sentences, unmarked, with their spans."""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, spans, position = "", [], 0
            for mark in _MARK.finditer(line):
                text += line[position : mark.start()]
                spans.append(Span(len(text), len(text) + len(mark[2]), mark[1], ""))
                text, position = text + mark[2], mark.end()
            yield text + line[position:], spans


def show(title: str, quality: Mapping[str, Mapping[str, object]]) -> None:
    """Print a table of recall and precision."""
    print(f"\n{title}\n{'kind':<12}{'labelled':>9}{'covered':>9}{'recall':>9}{'found':>9}{'right':>9}{'precision':>11}")
    for kind, f in quality.items():
        cells = (f["labelled"], f["covered"], f["recall"], f["found"], f["right"], f["precision"])
        print(f"{kind:<12}{cells[0]!s:>9}{cells[1]!s:>9}{cells[2]!s:>9}{cells[3]!s:>9}{cells[4]!s:>9}{cells[5]!s:>11}")


def figures(quality: Mapping[str, Quality]) -> dict[str, dict[str, object]]:
    """Return the figures of each kind, shares rounded."""
    return {
        kind: {
            "labelled": q.labelled, "covered": q.covered, "found": q.found, "right": q.right,
            "recall": None if q.recall is None else round(q.recall, 3),
            "precision": None if q.precision is None else round(q.precision, 3),
        }
        for kind, q in quality.items()
    }  # fmt: skip


def masking() -> None:
    """Print the quality of masking: sentences with and without the language model, odd and even ones; the sample."""
    every = list(sentences())
    texts = [text for text, _ in every]
    for title, use_model in (("labelled sentences, rules and language model", True), ("rules only", False)):
        found = finder([], texts, use_model=use_model).find(texts)
        pairs = [(truth, spans) for (_, truth), spans in zip(every, found, strict=True)]
        show(f"{title} ({len(every)} sentences)", figures(measure(pairs)))
        if use_model:
            show("of these, the half never looked at while writing the rules", figures(measure(pairs[1::2])))
    files = [SourceFile(path.name, path.read_bytes()) for path in sorted(SAMPLE.iterdir())]
    start = time.process_time()
    report = ingest(files, IngestParams()).report
    show("sample, pii.csv", report["masking"]["quality"])
    print(f"\nsample ingested in {time.process_time() - start:.1f} s of processor (language model already loaded)")


def write_large(path: Path, rows: int) -> None:
    """Write a CSV of that many rows: ideas of the sample with a quarter of their words changed."""
    draw = random.Random(1)  # noqa: S311 - test data
    with (SAMPLE / "ideas.csv").open(encoding="utf-8") as file:
        ideas = list(csv.DictReader(file))
    with (SAMPLE / "holders.csv").open(encoding="utf-8") as file:
        holders = list(csv.DictReader(file))
    words = sorted({word for idea in ideas for word in re.findall(r"[a-zà-ÿ]+", idea["description"])})
    with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADER)
        for number in range(rows):
            idea, holder = draw.choice(ideas), draw.choice(holders)
            text = idea["description"].split()
            for _ in range(max(3, len(text) // 4)):
                text[draw.randrange(len(text))] = draw.choice(words)
            cells = [f"X{number:06d}", idea["date_depot"], idea["titre"], " ".join(draw.sample(words, 12))]
            who = f"{holder['nom'].upper()} {holder['prenom']}"
            writer.writerow([*cells, " ".join(text), idea["statut"], idea["votes"], who, holder["direction"]])


_ONE = """
import resource, sys, time
from pathlib import Path
from pipeline.initialise import initialise
from pipeline.shells.ingest import run
from pipeline.workspace import Workspace
place = Workspace(Path(sys.argv[1]))
start, wall = time.process_time(), time.perf_counter()
told = run(place, place.params(), lambda done, total: None)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{time.process_time() - start:.0f} s of processor, {time.perf_counter() - wall:.0f} s, peak {peak:.0f} MB", told)
"""


def large(rows: int) -> None:
    """Print what ingesting that many rows costs, from file to tables, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "contest"
        initialise(place)
        export = place / "data/raw/export.csv"
        write_large(export, rows)
        print(f"\n{rows} rows, {export.stat().st_size / 1e6:.0f} MB:", flush=True)
        subprocess.run([sys.executable, "-c", _ONE, str(place)], check=True)


def main(arguments: list[str]) -> None:
    """Print the tables."""
    if not arguments:
        masking()
    for rows in map(int, arguments):
        large(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
