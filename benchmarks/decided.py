"""What people decide reaches the groups: the sample without a decision, then with its author's coding as decisions.

`python benchmarks/decided.py [WORKSPACE]`: a workspace whose themes have been searched on `data/sample` (the repository
after `minilabs run`, by default); it is copied, and nothing is written there. The coding is recorded as an analyst
would: `define` each of the author's themes, `reject` the found ones, `assign` each idea (`weak` outside any theme).
Prints who is placed, waiting, not concerned and for which reason, and the kinds beside the author's. Targets: 210
placed without a decision (236 were while a theme without a title of its own was offered as a group: 25 sat in it, 23
people now wait for somebody to sort its ideas); with them 260 placed, 40 outside groups at the most, 11 of 12 kinds.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pipeline.review.replaying.decisions import Decision, decision_bytes, new_theme_id
from pipeline.shells import assign, review
from pipeline.store import load, write_bytes
from pipeline.workspace import Workspace

OUTSIDE = "hors_theme"


def coded(workspace: Workspace) -> tuple[list[Decision], dict[str, str]]:
    """Return the author's coding as decisions, and theme → its kind."""
    sample = workspace.path("data/sample")
    themes = [row for row in _rows(sample / "themes.csv") if row["theme"] != OUTSIDE]
    acts = [("define", row["libelle"], row["description"]) for row in themes]
    ids = {row["theme"]: new_theme_id(_decision(1, act)) for row, act in zip(themes, acts, strict=True)}
    acts += [("reject", str(theme), "") for theme in load(workspace, "candidate_themes", "themes")["theme_id"]]
    known = set(load(workspace, "candidate_idea_themes", "idea_themes")["idea_id"])
    gold = [row for row in _rows(sample / "gold.csv") if row["idea_id"] in known]
    acts += [
        ("weak", row["idea_id"], "") if row["theme"] == OUTSIDE else ("assign", row["idea_id"], ids[row["theme"]])
        for row in gold
    ]
    return [_decision(seq, act) for seq, act in enumerate(acts, 1)], {ids[t["theme"]]: t["kind"] for t in themes}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _decision(seq: int, act: tuple[str, str, str]) -> Decision:
    return Decision(seq, "2024-03-01", "auteur", *act)


def compose(workspace: Workspace) -> None:
    """Run what follows decisions, and print who is where."""
    params = workspace.params()
    review.run(workspace, params, lambda _done, _total: None)
    assign.run(workspace, params, lambda _done, _total: None)
    people = load(workspace, "assignments").drop_duplicates("holder_id")
    print(dict(Counter(people["status"])))
    outside = people[people["status"] == "not_concerned"]
    for reason, count in Counter(outside["reason"]).most_common():
        print(f"  {count:3}  {reason}")


def main(source: Path) -> None:
    """Print both figures for the workspace at `source`."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        for name in ("data/interim", "data/sample"):
            shutil.copytree(source / name, workspace.path(name))
        shutil.copy(source / "params.yaml", workspace.path("params.yaml"))
        print("Sample, no decision:")
        compose(workspace)
        decisions, kinds = coded(workspace)
        write_bytes(workspace.path("data/review/decisions.csv"), decision_bytes(decisions))
        print(f"\nThe author's coding, {len(decisions)} decisions:")
        compose(workspace)
        rows = load(workspace, "themes").to_dict("records")
        right = sum(row["kind"] == kinds.get(row["theme_id"]) for row in rows)
        print(f"Kinds as the author's: {right} of {len(kinds)}")
        for row in rows:
            print(f"  {row['kind']:18} {kinds.get(row['theme_id'], '-'):18} {row['holders']:3}  {row['label']}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
