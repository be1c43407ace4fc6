"""The block of `params.yaml` that says which column holds what: shown, and decided in a few words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pipeline.errors import MinilabsError
from pipeline.params import parse
from pipeline.store import write_text
from pipeline.workspace import Workspace

_PARAMS = "params.yaml"


def proposed(workspace: Workspace) -> str:
    """Return the lines of `params.yaml` that `minilabs ingest --propose` wrote; empty when it was not asked."""
    lines = workspace.path(_PARAMS).read_text(encoding="utf-8").splitlines()
    start = next((row for row, line in enumerate(lines) if line.startswith("  files:")), len(lines))
    inside = lines[start + 1 :]
    end = next((row for row, line in enumerate(inside) if not line.startswith("    ")), len(inside))
    return "\n".join(lines[start : start + 1] + inside[:end])


def decide(workspace: Workspace, fields: Mapping[str, str]) -> None:
    """Write what columns hold in place of what was proposed; every other line stays.

    Args:
        workspace: where `params.yaml` is.
        fields: column → field, or "ignore".

    Raises:
        MinilabsError: `notebook.no_column`, or what `params.yaml` has become is refused (nothing is then written).
    """
    path = workspace.path(_PARAMS)
    text = path.read_text(encoding="utf-8")
    for column, field in fields.items():
        line = re.compile(rf"^(\s+{re.escape(json.dumps(column, ensure_ascii=False))}: ).*$", re.MULTILINE)
        if not line.search(text):
            raise MinilabsError("notebook.no_column", column=column)
        text = line.sub(rf"\g<1>{field}", text)
    parse(text)
    write_text(path, text)
