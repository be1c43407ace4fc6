"""Each notebook, executed on a real kernel from a clean start, in a workspace with the sample's results."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pipeline.notebook import Contest, guides

NAMES = sorted(path.name for path in guides.originals() if path.suffix == ".ipynb")

_ADDRESS = re.compile(r"""(?:src|href)=["']https?://(?!www\.w3\.org)|import\(['"]https?://""")


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of the kernel's transport, in an event loop of its own
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_from_top_to_bottom(name: str, results: Contest) -> None:
    """Every cell succeeds; what it shows needs no network, names nobody, and stays of a size that can be opened."""
    path = results.workspace.path(f"notebooks/{name}")
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call] # nbformat is partly typed
    NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [cell.source for cell in notebook.cells if cell.cell_type == "code" and cell.execution_count is None] == []
    assert any("text/html" in output.get("data", {}) for output in outputs)
    text = json.dumps([*outputs], ensure_ascii=False)
    assert _ADDRESS.search(text) is None
    assert len(text) < 3_000_000
    assert _named(results, outputs) == []


def _named(results: Contest, outputs: list[nbformat.NotebookNode]) -> list[str]:
    """Return full names and addresses of the sample's people that the outputs show."""
    shown = " ".join(
        str(output.get("text", "")) + " ".join(map(str, output.get("data", {}).values())) for output in outputs
    )
    people = results.table("identities")
    secrets = [*people["email"], *(people["given_name"] + " " + people["family_name"])]
    return [secret for secret in secrets if secret and secret in shown]


def test_an_error_is_one_french_sentence(results: Contest, tmp_path: Path) -> None:
    """Where results are missing, a cell shows what to do in French, without a traceback, and counts as failed."""
    lost = tmp_path / "concours"
    (lost / "notebooks").mkdir(parents=True)
    (lost / "params.yaml").write_bytes(results.workspace.path("params.yaml").read_bytes())
    cells = ["from pipeline.notebook import start", "concours = start()", "concours.table('themes')"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])  # type: ignore[no-untyped-call] # nbformat is partly typed
    resources = {"metadata": {"path": lost / "notebooks"}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources, allow_errors=True).execute()
    (shown,) = notebook.cells[2].outputs
    assert shown.output_type == "error"
    assert len(shown.traceback) == 1
    assert "minilabs review" in shown.traceback[0]
    assert "manque" in shown.traceback[0]
