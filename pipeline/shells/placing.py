"""The texts that were not drawn, placed part by part from those that were; new subjects among the far ones."""

from __future__ import annotations

from pipeline.cluster.placed import Part, place
from pipeline.cluster.sampled import Sampled, joined, subjects
from pipeline.cluster.tables import Tables
from pipeline.engine.here import Engine
from pipeline.params import Params
from pipeline.shells.parts import drawn, texts_of, texts_where
from pipeline.store import load
from pipeline.workspace import Workspace


def with_others(
    workspace: Workspace, params: Params, first: Sampled, found: Tables, ids: frozenset[str], engine: Engine
) -> Tables:
    """Return the tables of all texts.

    Args:
        workspace: with the tables of ingest and embed.
        params: with the section `cluster`.
        first: what the drawn texts gave.
        found: its tables, with what was read in them since.
        ids: the drawn ideas.
        engine: that places the parts.

    Raises:
        MinilabsError: see `store.load`.
    """
    if first.reference is None:
        return found
    parts = list(engine.map(place, texts_where(workspace, lambda idea: idea not in ids), first.reference))
    far = frozenset(first.far).union(*(part.far for part in parts))
    new, others = _new(workspace, params, first, far, engine) if far else (None, [])
    return joined(found, parts, new.tables if new else None, others)


def _new(
    workspace: Workspace, params: Params, first: Sampled, far: frozenset[str], engine: Engine
) -> tuple[Sampled | None, list[Part]]:
    """Return the subjects that far ideas share, and the far ideas that were not drawn for that, placed."""
    count = params.cluster.sample or len(far)
    again = drawn(workspace, count, params.seed, far) or far
    people = {name: load(workspace, name, stage="ingest") for name in ("holders", "idea_holders")}
    new = subjects(texts_of(workspace, again) | people, params.cluster, params.seed, first)
    if new is None or new.reference is None:
        return None, []
    return new, list(engine.map(place, texts_where(workspace, (far - again).__contains__), new.reference))
