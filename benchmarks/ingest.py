"""How well personal data is masked, and what a large export costs: `python -m benchmarks.ingest [ROWS...]`.

Without ROWS prints recall and precision by kind on the labelled sentences of the tests and on the sample; with ROWS,
the time and the peak of memory for CSV files of that many rows made from the sample with words changed. With `--write`
writes the figures of the sentences where `quality.json` takes them.
"""

from __future__ import annotations

import csv
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from pipeline.ingest import SourceFile, ingest
from pipeline.ingest.masking.measure import Quality
from pipeline.initialise import initialise
from pipeline.params import IngestParams
from tests.ingest.labelled import SETS, labelled

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data/sample"
MEASURED = ROOT / "pipeline/ingest/masking/measured.csv"
_HEADER = ["N°", "Date de dépôt", "Intitulé", "Constat", "Proposition", "Statut", "Votes", "Porteur", "Direction"]


def show(title: str, quality: Mapping[str, Mapping[str, object]]) -> None:
    """Print a table of recall and precision."""
    print(f"\n{title}\n{'kind':<12}{'labelled':>9}{'covered':>9}{'recall':>9}{'found':>9}{'right':>9}{'precision':>11}")
    for kind, f in quality.items():
        cells = (f["labelled"], f["covered"], f["recall"], f["found"], f["right"], f["precision"])
        print(f"{kind:<12}{cells[0]!s:>9}{cells[1]!s:>9}{cells[2]!s:>9}{cells[3]!s:>9}{cells[4]!s:>9}{cells[5]!s:>11}")


def figures(quality: Mapping[str, Quality]) -> dict[str, dict[str, object]]:
    """Return the figures of each kind, shares rounded."""
    return {kind: dict(found.figures()) for kind, found in quality.items()}


def masking() -> None:
    """Print the quality of masking: both sets of sentences, with and without the language model; the sample."""
    for name in SETS:
        every = labelled(name)
        count = len(every.sentences)
        show(f"{name}, rules and language model ({count} sentences)", figures(every.quality()))
        show("of these, the half that served to improve the rules", figures(every.quality(slice(0, None, 2))))
        show("of these, the half never looked at", figures(every.quality(slice(1, None, 2))))
        show("rules only", figures(every.quality(use_model=False)))
    files = [SourceFile(path.name, path.read_bytes()) for path in sorted(SAMPLE.iterdir())]
    start = time.process_time()
    report = ingest(files, IngestParams()).report
    show("sample, pii.csv", report["masking"]["quality"])
    print(f"\nsample ingested in {time.process_time() - start:.1f} s of processor (language model already loaded)")


def write_measured() -> None:
    """Write the figures that `quality.json` repeats."""
    with MEASURED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("set", "kind", "labelled", "covered", "found", "right"))
        for name in SETS:
            for kind, q in labelled(name).quality().items():
                writer.writerow((name, kind, q.labelled, q.covered, q.found, q.right))


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
    if "--write" in arguments:
        write_measured()
    if not arguments:
        masking()
    for rows in map(int, (argument for argument in arguments if argument.isdigit())):
        large(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
