"""Texts read part by part, and the stage on drawn texts: in a workspace, what is written is the same for any part."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import MinilabsError
from pipeline.french import counted
from pipeline.pace import silent
from pipeline.params import ClusterParams, EngineParams, Params
from pipeline.schema import HOLDERS, IDEA_HOLDERS, IDEAS
from pipeline.shells import cluster as shell
from pipeline.shells import parts
from pipeline.store import load, load_parts, save
from pipeline.workspace import Workspace, table_path
from tests.cluster.conftest import Tables


@pytest.fixture(scope="module")
def workspace(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace with the tables of 90 ideas, and one more that is not analysed."""
    here = Workspace(tmp_path_factory.mktemp("parts"))
    aside = pd.DataFrame({"idea_id": ["ZZ"], "title": "", "description": "", "benefits": "", "text": "hors concours"})
    empty = {"submitted_on": None, "status": "", "votes": None, "category": "", "reason_excluded": ""}
    ideas = pd.concat([tables["ideas"], aside.assign(analysed=False)], ignore_index=True).assign(**empty)
    ideas["analysed"] = ideas["analysed"].astype(bool)
    save(here, "ideas", IDEAS.check(ideas))
    for name in ("vectors", "tokens", "word_vectors"):
        save(here, name, tables[name])
    save(here, "holders", HOLDERS.empty())
    save(here, "idea_holders", IDEA_HOLDERS.empty())
    return here


@pytest.mark.parametrize("size", [1, 7, 89, 500])
def test_parts_hold_every_row_once(workspace: Workspace, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the size of a part, each holds whole ideas, and all together the tables."""
    monkeypatch.setattr(parts, "_TOKENS", 50)
    found = list(parts.texts_by_part(workspace, size))
    ideas = load(workspace, "ideas")
    for name, whole in (("ideas", ideas[ideas["analysed"]]), *((n, load(workspace, n)) for n in ("vectors", "tokens"))):
        got = pd.concat([one[name] for one in found], ignore_index=True)
        pd.testing.assert_frame_equal(got, whole.reset_index(drop=True))
    for one in found:
        assert set(one["ideas"]["idea_id"]) == set(one["vectors"]["idea_id"]) == set(one["tokens"]["idea_id"])


def test_a_damaged_or_absent_table_is_told(workspace: Workspace, tmp_path: Path) -> None:
    """Reading by part refuses what reading at once refuses."""
    empty = Workspace(tmp_path)
    with pytest.raises(MinilabsError) as absent:
        next(load_parts(empty, "ideas", 10, "ingest"))
    assert absent.value.code == "base.missing_table"
    content = bytearray(workspace.path(table_path("vectors")).read_bytes())
    content[len(content) // 2] ^= 255
    empty.path(table_path("vectors")).parent.mkdir(parents=True)
    empty.path(table_path("vectors")).write_bytes(content)
    with pytest.raises(MinilabsError) as damaged:
        list(load_parts(empty, "vectors", 10, "embed"))
    assert damaged.value.code == "base.damaged_table"


_ALONE = EngineParams()


def _run(
    workspace: Workspace, sample: int | None, engine: EngineParams = _ALONE
) -> tuple[dict[str, bytes], dict[str, str]]:
    section = ClusterParams(members=16, draws=2).model_copy(update={"sample": sample})
    figures = shell.run(workspace, Params(cluster=section, engine=engine), silent)
    names = ("candidate_themes", "candidate_idea_themes", "candidate_hierarchy", "map")
    return {name: workspace.path(table_path(name)).read_bytes() for name in names}, figures


def test_the_stage_on_drawn_texts(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every analysed idea has a theme and a place, placed by two workers as here; a draw of all is none."""
    made, figures = _run(workspace, 60)
    assert figures["thèmes cherchés sur"] == counted(60, "idée")
    rows = load(workspace, "candidate_idea_themes", "idea_themes")
    assert list(rows["idea_id"]) == sorted(load(workspace, "vectors")["idea_id"])
    assert list(load(workspace, "map")["idea_id"]) == list(rows["idea_id"])
    monkeypatch.setattr(parts.texts_by_part, "__defaults__", (11,))
    assert _run(workspace, 60, EngineParams(scheduler="local", workers=2))[0] == made
    assert _run(workspace, 90) == _run(workspace, None)
