"""Cluster: the tables of ingest and embed → candidate themes, the theme of each idea, the map, near-duplicates."""

from __future__ import annotations

from pipeline.cluster import cluster
from pipeline.french import count_or_none, counted, percent
from pipeline.params import NO_LIST, Params
from pipeline.shells.given import load_given
from pipeline.stages import Figures, Progress
from pipeline.store import load, save
from pipeline.workspace import Workspace

_TABLES = {
    "ideas": "ingest", "holders": "ingest", "idea_holders": "ingest",
    "vectors": "embed", "tokens": "embed", "word_vectors": "embed",
}  # fmt: skip
_TEXTS = ("ideas", "vectors", "tokens", "word_vectors")


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write the tables of the stage; return what the summary shows."""
    progress(0, 1)
    tables = {name: load(workspace, name, stage=stage) for name, stage in _TABLES.items()}
    start = load_given(workspace, params, {name: tables[name] for name in _TEXTS})
    found = cluster(tables, params.cluster, params.seed, progress, start)
    save(workspace, "candidate_themes", found.themes, "themes")
    save(workspace, "candidate_idea_themes", found.idea_themes, "idea_themes")
    save(workspace, "candidate_hierarchy", found.hierarchy, "hierarchy")
    save(workspace, "map", found.map)
    save(workspace, "near_duplicates", found.near_duplicates)
    save(workspace, "claims", found.claims)
    if found.themes.empty:
        return {"thèmes": "aucun : trop peu d’idées"}
    weak = int(found.idea_themes["weak_signal"].sum())
    listed = int((found.themes["origin"] == "list").sum())
    said = {"dont de la liste de départ": counted(listed, "thème")} if params.cluster.grille != NO_LIST else {}
    return {
        "thèmes proposés": counted(len(found.themes), "thème"),
        **said,
        "stabilité moyenne": percent(float(found.themes["stability"].mean())),
        "signaux faibles": count_or_none(weak, "idée"),
        "quasi-doublons": count_or_none(len(found.near_duplicates), "paire"),
    }
