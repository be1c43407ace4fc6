"""The wheel: built from the tree, installed elsewhere, it holds all it needs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the tools of this environment (offline) and return its path."""
    tree = tmp_path_factory.mktemp("tree")  # not the checkout: setuptools would pick up what an earlier build left
    shutil.copytree(ROOT / "pipeline", tree / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "notebooks", tree / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "LICENSES.md"):
        shutil.copy(ROOT / name, tree / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tree), str(tree)]
    subprocess.run(command, check=True, capture_output=True)
    return next(tree.glob("*.whl"))


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    """Every file of `pipeline/` is in the wheel, with templates, fonts and notebooks; tests and data are not."""
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = ["git", "ls-files", "pipeline", "notebooks"]
    tracked = subprocess.run(files, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    shipped = {re.sub(r"^notebooks/", "pipeline/notebook/guides/", path) for path in tracked}
    assert inside == shipped


def test_the_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked in an empty folder, the command makes a workspace there, without the sources beside it."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = f"import sys; sys.path.insert(0, {str(site)!r}); sys.argv = ['minilabs', 'init', 'contest']; "
    code += "import pipeline.cli as c; assert c.__file__.startswith(sys.path[0]), c.__file__; c.main()"
    result = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "contest" / "params.yaml").is_file()
