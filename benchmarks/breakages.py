"""Makes by hand the breakages that went unnoticed once, one at a time, and tells which test of their folder fails now.

    python benchmarks/breakages.py            # all of them
    python benchmarks/breakages.py ingest     # those whose line begins so

Run from the root of the sources, which are copied to a folder of their own. `breakages.txt` has one breakage a line:
what becomes wrong, the module below `pipeline`, the text replaced (it stands there once), what takes its place, and the
tests of its folder. Prints the first test that fails for each, and how many go unnoticed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_LIST = Path(__file__).with_name("breakages.txt")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


def killed_by(root: Path, module: str, change: tuple[str, str], tests: str) -> str:
    """Return the first test that fails in a copy of the sources with a module changed, "" when all pass."""
    path = root / "pipeline" / module
    written = path.read_text(encoding="utf-8")
    if written.count(change[0]) != 1:
        sys.exit(f"{module}: « {change[0]} » stands there {written.count(change[0])} times")
    path.write_text(written.replace(*change), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-rfE", *tests.split()]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    path.write_text(written, encoding="utf-8")
    if ended.returncode not in (0, 1):
        sys.exit(ended.stdout + ended.stderr)
    found = _FAILED.search(ended.stdout)
    return found[1] if found else ""


def main() -> None:
    """Print what became of each breakage."""
    begins = sys.argv[1] if len(sys.argv) > 1 else ""
    rows = [line.split("\t") for line in _LIST.read_text(encoding="utf-8").splitlines() if line.startswith(begins)]
    unnoticed = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "sources")
        shutil.copytree(_ROOT, root, ignore=shutil.ignore_patterns(".git", ".venv", ".dvc", "reports", "__pycache__"))
        for what, module, before, after, tests in rows:
            found = killed_by(root, module, (before, after), tests)
            unnoticed += not found
            print(f"{what:<68} {found or 'UNNOTICED'}", flush=True)
    print(f"{unnoticed} of {len(rows)} unnoticed")


if __name__ == "__main__":
    main()
