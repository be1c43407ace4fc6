"""The notebooks as they are kept: sources and notebooks say the same, outputs stay out, the copy is complete."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest

from pipeline.errors import MinilabsError
from pipeline.french import typeset
from pipeline.notebook import guides
from pipeline.workspace import Workspace
from tests.conftest import ROOT
from tests.test_chain import contest

FOLDER = ROOT / "notebooks"
SOURCES = sorted(FOLDER.glob("*.py"))
PAGES = ("README.md", "grille.md", "lecteur.md", "methode.md")


def _by_name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("source", SOURCES, ids=_by_name)
def test_a_pair_says_the_same(source: Path) -> None:
    """The notebook holds the cells of its source, in order, and no output."""
    text, notebook = jupytext.read(source), nbformat.read(source.with_suffix(".ipynb"), as_version=4)  # type: ignore[no-untyped-call] # nbformat is partly typed
    nbformat.validate(notebook)
    assert [(c.cell_type, c.source) for c in notebook.cells] == [(c.cell_type, c.source) for c in text.cells]
    assert [c for c in notebook.cells if c.get("outputs") or c.get("execution_count")] == []


def test_every_notebook_has_its_source() -> None:
    """Six notebooks, numbered from 1, each with its source and nothing beside them but the guide pages."""
    assert [path.name[0] for path in SOURCES] == list("123456")
    names = {path.name for path in guides.originals()}
    assert names == {p.name for s in SOURCES for p in (s, s.with_suffix(".ipynb"))} | set(PAGES)


@pytest.mark.parametrize("source", SOURCES, ids=_by_name)
def test_a_notebook_defines_nothing(source: Path) -> None:
    """What is worth reusing is in the package: no function, no class in a notebook."""
    assert re.findall(r"^\s*(?:async def|def|class) .*", source.read_text(encoding="utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize("path", [*SOURCES, *(FOLDER / name for name in PAGES)], ids=_by_name)
def test_prose_is_french_typography(path: Path) -> None:
    """Apostrophes are typographic and no English quotation mark stands in a sentence."""
    text = path.read_text(encoding="utf-8")
    prose = (
        re.findall(r"^# (?!%%|---|jupyter|  )(.*)$", text, re.MULTILINE) if path.suffix == ".py" else text.splitlines()
    )
    bare = [re.sub(r"`[^`]*`|\(http[^)]*\)", "", line) for line in prose]
    assert [line for line in bare if re.search(r"(?<=[a-zà-ÿ])'(?=[a-zà-ÿ])", line)] == []
    assert [line for line in bare if re.search(r"\w[;!?»]|«\w", typeset(line).replace("?»", ""))] == []


def test_links_between_pages_lead_somewhere() -> None:
    """Every notebook and page that another names is there."""
    for path in [*SOURCES, *(FOLDER / name for name in PAGES)]:
        text = path.read_text(encoding="utf-8")
        named = re.findall(r"\]\((?!http)([^)#]+)", text) + [f"{n}.py" for n in re.findall(r"\*\*(\d_\w+)\*\*", text)]
        assert [name for name in named if not (FOLDER / name).is_file()] == [], path.name


def test_a_copy_keeps_what_someone_changed(tmp_path: Path, sample: Path) -> None:
    """Copying again restores what is missing and leaves a notebook that someone worked in."""
    workspace = contest(tmp_path / "contest", sample, 5)
    first = guides.copy(workspace)
    assert set(first.written) == {path.name for path in guides.originals()}
    changed, lost = first.folder / guides.FIRST, first.folder / "README.md"
    changed.write_text("{}", encoding="utf-8")
    lost.unlink()
    again = guides.copy(workspace)
    assert again.kept == (guides.FIRST,)
    assert again.written == ("README.md",)
    assert changed.read_text(encoding="utf-8") == "{}"


def test_no_copy_outside_a_workspace(tmp_path: Path) -> None:
    """A folder without params.yaml gets no notebook."""
    with pytest.raises(MinilabsError):
        guides.copy(Workspace(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_command_copies_and_says_where(tmp_path: Path, sample: Path) -> None:
    """`minilabs notebooks --no-open` copies and says how many files; a second time it copies nothing."""
    workspace = contest(tmp_path / "contest", sample, 5)
    command = [sys.executable, "-m", "pipeline", "notebooks", "--no-open", "--workspace", str(workspace.root)]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8") for _ in "ab"
    )
    assert f"{len(guides.originals())}\u00a0fichiers copiés" in first.stdout
    assert "0\u00a0fichier copié" in second.stdout
    assert workspace.path(f"notebooks/{guides.FIRST}").is_file()
