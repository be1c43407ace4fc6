"""How long the chain takes on the sample: nothing cached, nothing changed, one parameter of the report changed.

Usage: python benchmarks/chain.py [--ideas N]
`--ideas N` repeats the sample's ideas, with distinct ids and a distinct sentence each, up to N.
Prints a table: seconds by stage and in all, each in a process of its own, imports included.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def workspace(folder: Path, ideas: int | None) -> Path:
    """Make a workspace on the sample, enlarged to `ideas` when asked, in `folder`; return it."""
    minilabs("init", str(folder))
    for source in (ROOT / "data" / "sample").glob("*.csv"):
        shutil.copy(source, folder / "data" / "raw" / source.name)
    if ideas:
        enlarge(folder / "data" / "raw" / "ideas.csv", ideas)
    return folder


def enlarge(path: Path, ideas: int) -> None:
    """Rewrite the ideas at `path` as `ideas` rows."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    many = [
        {**rows[i % len(rows)], "id": f"X{i:06d}", "description": f"{rows[i % len(rows)]['description']} Variante {i}."}
        for i in range(ideas)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(many)


def minilabs(*words: str) -> float:
    """Run the command in its own process; return the seconds it took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pipeline", *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(folder: Path) -> list[tuple[str, float]]:
    """Return (what, seconds) for the three runs and, stage by stage, for the first."""
    rows = [("whole chain, nothing cached", minilabs("run", "-w", str(folder)))]
    rows.append(("rerun, nothing changed", minilabs("run", "-w", str(folder))))
    params = folder / "params.yaml"
    text = params.read_text(encoding="utf-8").replace("title: Concours d'idées", "title: Autre titre")
    params.write_text(text, encoding="utf-8")
    rows.append(("rerun, report.title changed", minilabs("run", "-w", str(folder))))
    stages = json.loads((folder / ".minilabs" / "state.json").read_text(encoding="utf-8"))
    return rows + [(f"stage {name}, alone", minilabs(name, "-w", str(folder))) for name in stages]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ideas", type=int, default=None)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for what, seconds in measure(workspace(Path(folder) / "contest", asked.ideas)):
            print(f"{what:<32} {seconds:7.2f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(f"{'largest process':<32} {peak:7.0f} MiB")


if __name__ == "__main__":
    main()
