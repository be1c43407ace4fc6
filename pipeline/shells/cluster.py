"""Cluster: the tables of ingest and embed → candidate themes, the theme of each idea, the map, near-duplicates."""

from __future__ import annotations

import pandas as pd

from pipeline.cluster import cluster
from pipeline.cluster.guided import represented
from pipeline.french import count_or_none, counted, percent
from pipeline.params import Params
from pipeline.stages import Figures, Progress
from pipeline.store import load, save
from pipeline.workspace import Workspace

_TABLES = {
    "ideas": "ingest", "holders": "ingest", "idea_holders": "ingest",
    "vectors": "embed", "tokens": "embed", "word_vectors": "embed",
}  # fmt: skip


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write the tables of the stage; return what the summary shows."""
    progress(0, 1)
    tables = {name: load(workspace, name, stage=stage) for name, stage in _TABLES.items()}
    if params.cluster.guided:
        tables |= _given(workspace, params, tables["word_vectors"])
    found = cluster(tables, params.cluster, params.seed, progress)
    save(workspace, "candidate_themes", found.themes, "themes")
    save(workspace, "candidate_idea_themes", found.idea_themes, "idea_themes")
    save(workspace, "candidate_hierarchy", found.hierarchy, "hierarchy")
    save(workspace, "map", found.map)
    save(workspace, "near_duplicates", found.near_duplicates)
    save(workspace, "claims", found.claims)
    if found.themes.empty:
        return {"thèmes": "aucun : trop peu d’idées"}
    weak = int(found.idea_themes["weak_signal"].sum())
    return {
        "thèmes proposés": counted(len(found.themes), "thème"),
        "stabilité moyenne": percent(float(found.themes["stability"].mean())),
        "signaux faibles": count_or_none(weak, "idée"),
        "quasi-doublons": count_or_none(len(found.near_duplicates), "paire"),
    }


def _given(workspace: Workspace, params: Params, known: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the table `guided` of the themes that the parameters give, and the word vectors with theirs."""
    from pipeline.embed import embed  # noqa: PLC0415 - the encoder is loaded for given themes only
    from pipeline.embed.encoders import load_encoder  # noqa: PLC0415
    from pipeline.embed.parse import FrenchParser  # noqa: PLC0415

    themes = {f"G{place:02d}": theme for place, theme in enumerate(params.cluster.guided, start=1)}
    texts = {name: f"{theme.title}. {theme.description}".strip(". ") for name, theme in themes.items()}
    texts |= {f"{name} titre": theme.title for name, theme in themes.items()}
    rows = pd.DataFrame({"idea_id": list(texts), "text": list(texts.values()), "analysed": True})
    encoder = load_encoder(params.embed.encoder, params.embed.prompt, workspace.root)
    made = embed(rows, encoder, FrenchParser())
    words = pd.concat([known, made.word_vectors]).drop_duplicates("lemma")
    return {
        "guided": represented({n: t.title for n, t in themes.items()}, made.vectors, made.tokens),
        "word_vectors": words,
    }
