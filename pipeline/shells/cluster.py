"""Cluster: the tables of ingest and embed → candidate themes, the theme of each idea, the map, near-duplicates."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.cluster import Tables, cluster
from pipeline.cluster.compared import WITH, WITHOUT, compared
from pipeline.cluster.grouping.given import Given
from pipeline.cluster.sampled import find
from pipeline.engine.opening import opened
from pipeline.french import count_or_none, counted, number, percent
from pipeline.pace import Progress
from pipeline.params import NO_LIST, Params
from pipeline.shells.alike.given import load_given
from pipeline.shells.parts import drawn, texts_of
from pipeline.shells.placing import with_others
from pipeline.shells.reading.read_in import heard, with_readings
from pipeline.shells.reading.reader import load_replay
from pipeline.shells.together import load_together
from pipeline.stages import Figures
from pipeline.store import load, save
from pipeline.words.proposals import proposals, short
from pipeline.workspace import Workspace

_TABLES = {
    "ideas": "ingest", "holders": "ingest", "idea_holders": "ingest",
    "vectors": "embed", "tokens": "embed", "word_vectors": "embed",
}  # fmt: skip
_SUITS = 0.5
"""Part of the ideas that the list draws under which it suits the contest little: so it is of two of the benchmark's six
consultations of citizens (.28 and .40), of neither of the two staff contests."""
_SUITS_LITTLE = "elle convient mal à ce concours"
_TEXTS = ("ideas", "vectors", "tokens", "word_vectors")


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write the tables of the stage; return what the summary shows."""
    progress(0, 1)
    ids = drawn(workspace, params.cluster.sample, params.seed) if params.cluster.sample else None
    tables = _tables(workspace, ids)
    texts = {name: tables[name] for name in _TEXTS}
    replay = load_replay(workspace, params, tables["ideas"])
    read = replay.readings() if replay else None
    told = heard(read, workspace, params, texts) if read else None
    start = told.given if told else None if read else load_given(workspace, params, texts)
    alone = told.alone if told else {}
    if ids is None:
        found = cluster(tables, params.cluster, params.seed, progress, start)
        found, by_reader = with_readings(found, replay, alone)
    else:
        first = find(tables, params.cluster, params.seed, progress, start)
        found, by_reader = with_readings(first.tables, replay, alone)
        with opened(params.engine) as engine:
            found = with_others(workspace, params, first, found, ids, engine)
    beside = _beside(workspace, params, tables, found, start)
    _save(workspace, found, {**by_reader, "proposals": beside})
    searched = None if ids is None else len(tables["vectors"])
    return _figures(found, searched, start, beside, None if read is None else len(read.places))


def _figures(
    found: Tables, searched: int | None, start: Given | None, beside: pd.DataFrame, read: int | None
) -> Figures:
    """Return what the summary shows: `searched` ideas of those drawn, `read` by a reader; None: all, no reader."""
    if found.themes.empty:
        return {"thèmes": "aucun : trop peu d’idées"}
    return {
        **({} if searched is None else {"thèmes cherchés sur": counted(searched, "idée")}),
        "thèmes proposés": counted(len(found.themes), "thème"),
        **_listed(start, found.themes),
        **_choice(beside),
        **({} if read is None else {"idées lues par le lecteur": number(read)}),
        **_stability(found.themes["stability"]),
        "signaux faibles": count_or_none(int(found.idea_themes["weak_signal"].sum()), "idée"),
        "quasi-doublons": count_or_none(len(found.near_duplicates), "paire"),
    }


def _save(workspace: Workspace, found: Tables, beside: Mapping[str, pd.DataFrame]) -> None:
    save(workspace, "candidate_themes", found.themes, "themes")
    save(workspace, "candidate_idea_themes", found.idea_themes, "idea_themes")
    save(workspace, "candidate_hierarchy", found.hierarchy, "hierarchy")
    save(workspace, "map", found.map)
    save(workspace, "near_duplicates", found.near_duplicates)
    save(workspace, "claims", found.claims)
    for name, table in beside.items():
        save(workspace, name, table)


def _tables(workspace: Workspace, drawn_: frozenset[str] | None) -> dict[str, pd.DataFrame]:
    """Return the tables that the themes are searched in: of all ideas, or of those drawn."""
    if drawn_ is None:
        return load_together(workspace, _TABLES)
    apart = texts_of(workspace, drawn_)
    return apart | {name: load(workspace, name, stage=stage) for name, stage in _TABLES.items() if name not in apart}


def _beside(
    workspace: Workspace, params: Params, tables: Mapping[str, pd.DataFrame], found: Tables, start: Given | None
) -> pd.DataFrame:
    """Return the proposal beside the one that does without the list: searched only when the list suits little."""
    if start is None or "list" not in start.origins or start.read or start.fit >= _SUITS:
        return compared({}, 0)
    alone = params.model_copy(update={"cluster": params.cluster.model_copy(update={"grille": NO_LIST})})
    given = load_given(workspace, alone, {name: tables[name] for name in _TEXTS})
    without = cluster(tables, alone.cluster, alone.seed, start=given)
    return compared({WITH: found, WITHOUT: without}, start.fit)


def _choice(beside: pd.DataFrame) -> Figures:
    """Return what the summary says of the proposal that does without the list, when there is one to choose."""
    choice = proposals(beside)
    return {} if choice is None else {"sans elle": f"{short(choice)} (à comparer : « minilabs proposals »)"}


def _stability(overlaps: pd.Series[float]) -> dict[str, str]:
    """Return the mean stability of the themes that were found; nothing when all of them were read."""
    return {} if overlaps.isna().all() else {"stabilité moyenne": percent(float(overlaps.mean()))}


def _listed(start: Given | None, themes: pd.DataFrame) -> Figures:
    """Return what is said of the starting list: themes that come from it, and whether it suits this contest."""
    if start is None or "list" not in start.origins:
        return {}
    suits = percent(start.fit) if start.fit >= _SUITS else f"{percent(start.fit)} : {_SUITS_LITTLE}"
    listed = int((themes["origin"] == "list").sum())
    return {"dont de la liste de départ": counted(listed, "thème"), "idées que la liste attire": suits}
