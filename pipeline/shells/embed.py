"""Embed: the analysed ideas → vectors, words and word vectors; texts met before are taken from the cache."""

from __future__ import annotations

from pipeline.embed import embed
from pipeline.engine.opening import opened
from pipeline.french import counted
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.shells.alike.remembered import remembered
from pipeline.shells.made import represented
from pipeline.stages import Figures
from pipeline.store import load, save
from pipeline.workspace import Workspace


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write the tables of the stage; return what the summary shows."""
    progress(0, 4)
    if params.engine.scheduler and not params.embed.served:
        with opened(params.engine) as engine:
            count = represented(workspace, params, engine, progress)
        return _figures(count, params)
    ideas = load(workspace, "ideas", stage="ingest")
    with remembered(workspace, params) as readers:
        result = embed(ideas, readers.encoder, readers.parser, progress, readers.offline)
    for name in ("vectors", "tokens", "word_vectors"):
        save(workspace, name, getattr(result, name))
    progress(4, 4)
    return _figures(len(result.vectors), params)


def _figures(count: int, params: Params) -> Figures:
    return {"idées représentées": counted(count, "idée"), "modèle": params.embed.encoder}
