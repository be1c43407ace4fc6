"""The view of the sample against the one that was read and kept: a change of wording shows as a difference."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.report import Report

GOLDEN = Path(__file__).parent / "golden" / "view.json"


def excerpt(report: Report) -> Any:  # noqa: ANN401 - JSON
    """Return what readers meet first, and one of each repeated thing."""
    whole = asdict(report)
    kept = {key: value for key, value in whole.items() if key not in {"ideas", "themes", "labs"}}
    firsts = {key: [whole[key][0], whole[key][-1]] for key in ("ideas", "themes", "labs")}
    return json.loads(json.dumps(kept | firsts))


def test_the_view_is_the_one_kept(report: Report) -> None:
    """Headline, findings, requests, figures, tables, and the first and last theme, idea and group are as kept."""
    assert excerpt(report) == json.loads(GOLDEN.read_text(encoding="utf-8"))
