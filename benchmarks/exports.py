"""How exports of awkward shapes are read: `python -m benchmarks.exports [FOLDER...]`.

Prints, for each kind of trouble, how many of the small cases of the tests come out right at the first try. With folders
(one export each), prints what was understood of each: to be looked at.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from pipeline.errors import MinilabsError
from pipeline.ingest import Ingested, SourceFile, ingest
from pipeline.messages import sentence
from pipeline.params import IngestParams
from tests.ingest.kinds import shapes
from tests.ingest.test_kinds import wrongs

PARAMS = IngestParams(language_model=False)


def kinds() -> None:
    """Print how many cases of each kind are right, and what is wrong with the others."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for shape in shapes():
        total[shape.kind] += 1
        try:
            wrong = wrongs(shape)
        except Exception as why:  # noqa: BLE001 - a crash is what is measured
            wrong = [f"{type(why).__name__}: {why}"]
        right[shape.kind] += not wrong
        if wrong:
            print(f"{shape.kind} {shape.name}: {wrong[0][:150]}")
    print("\nkind  right  cases")
    for kind in sorted(total):
        print(f"{kind:<6}{right[kind]:>5}{total[kind]:>7}")
    print(f"{'all':<6}{right.total():>5}{total.total():>7}")


def look(folder: Path) -> None:
    """Print what is understood of an export."""
    files = [
        SourceFile(p.relative_to(folder).as_posix(), p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file()
    ]
    start = time.perf_counter()
    try:
        result = ingest(files, PARAMS)
    except MinilabsError as why:
        print(f"\n{folder.name}: refused ({why.code}): {sentence(why)}")
        return
    print(f"\n{folder.name}: {time.perf_counter() - start:.1f} s")
    show(result)


def show(result: Ingested) -> None:
    """Print the columns, the account and the first ideas."""
    for file in result.report["files"]:
        print("  ", file["file"], file["sheet"], file["used_as"], file["columns"])
    print("  ", *result.report["sentences"][:-1], sep="\n   ")
    for idea in result.ideas.head(2).astype(str).to_dict("records"):
        said = idea["description"][:120].replace("\n", " / ")
        print("   >", idea["idea_id"], "|", idea["title"][:60], "|", said, "|", idea["category"])
    print("   holders:", result.holders.drop(columns="holder_id").to_dict("records")[:2])


def main(folders: list[str]) -> None:
    """Print the figures by kind, or what is understood of folders."""
    if not folders:
        kinds()
    for folder in folders:
        look(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
