"""What a person waits for on the sample, command by command, as seconds of processor: a loaded machine changes little.

Usage: python benchmarks/waits.py [--keep FOLDER]
Each line is one process of its own, imports included: seconds of processor (user and system), then seconds by the
clock. `--keep` works in a folder that stays.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook

ROOT = Path(__file__).parent.parent
_NEW = "Une borne pour recharger les vélos électriques des agents, à l'abri, près de l'entrée du siège."


def minilabs(*words: str) -> tuple[float, float]:
    """Run the command in a process of its own; return its seconds of processor and by the clock.

    Raises:
        RuntimeError: the command failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "pipeline", *words], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(" ".join(words))
    return used.ru_utime + used.ru_stime, time.perf_counter() - start


def add_idea(path: Path) -> None:
    """Add one idea to the export at `path`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, rows[0]).writerow(rows[-1] | {"id": "Z9999", "description": _NEW})


def change_cell(path: Path, title: str) -> None:
    """Give the first theme of the workbook at `path` another title, as a person would."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == title:
                    cell.value = "Un autre titre"
                    book.save(path)
                    return
    raise RuntimeError(title)


def waits(folder: Path) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield what is waited for, with its seconds of processor and by the clock."""
    place = ("-w", str(folder))
    minilabs("init", str(folder))
    for source in (ROOT / "data" / "sample").glob("*.csv"):
        shutil.copy(source, folder / "data" / "raw" / source.name)
    yield "sample, nothing cached", minilabs("run", *place)
    yield "nothing changed", minilabs("run", *place)
    themes = pd.read_parquet(folder / "data" / "interim" / "themes.parquet")
    ideas = pd.read_parquet(folder / "data" / "interim" / "idea_themes.parquet").dropna(subset=["theme_id"])
    first, idea = themes.iloc[0], str(ideas.iloc[0]["idea_id"])
    other = str(next(theme for theme in themes["theme_id"] if theme != ideas.iloc[0]["theme_id"]))
    yield "suggest", minilabs("suggest", *place)
    yield "why", minilabs("why", idea, *place)
    yield "review add (an idea moved)", minilabs("review", "add", "ranger", idea, other, "--oui", *place)
    yield "re-run after one decision", minilabs("run", *place)
    renamed = ("renommer", str(first["theme_id"]), "Mieux se déplacer")
    yield "review add (a theme renamed)", minilabs("review", "add", *renamed, "--oui", *place)
    yield "re-run after a title", minilabs("run", *place)
    yield "suggest, with decisions", minilabs("suggest", *place)
    book = folder / "revue.xlsx"
    yield "workbook export", minilabs("review", "export", str(book), *place)
    change_cell(book, str(themes.iloc[1]["label"]))
    yield "workbook import", minilabs("review", "import", str(book), "--oui", *place)
    minilabs("run", *place)
    add_idea(folder / "data" / "raw" / "ideas.csv")
    yield "one idea added", minilabs("run", *place)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, default=None)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'':<32} {'processor':>10} {'clock':>10}")
        contest = asked.keep or Path(folder) / "contest"
        for what, (used, waited) in waits(contest):
            print(f"{what:<32} {used:8.2f} s {waited:8.2f} s", flush=True)
        subprocess.run([sys.executable, str(ROOT / "benchmarks" / "panel.py"), str(contest)], check=True)


if __name__ == "__main__":
    main()
