"""Themes found on drawn texts, and what becomes of the tables once every other text is placed.

`find` searches the drawn texts, `placed.place` places the others part by part, `subjects` looks for new subjects among
those that few drawn ones resemble, `joined` puts all together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.cluster import FEWEST, Progress, search, steps
from pipeline.cluster.grouping import corpus, placing
from pipeline.cluster.grouping.given import Given
from pipeline.cluster.grouping.partition import SMALLEST
from pipeline.cluster.grouping.stability import FOUND
from pipeline.cluster.placed import Part, Reference, reference
from pipeline.cluster.tables import Tables, describe, nothing
from pipeline.params import ClusterParams
from pipeline.schema import HIERARCHY


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the drawn texts give.

    Attributes:
        tables: of the drawn texts.
        reference: that places the others; None when there are too few to group.
        far: drawn ideas that few others resemble.
    """

    tables: Tables
    reference: Reference | None
    far: tuple[str, ...]


def find(
    tables: Mapping[str, pd.DataFrame],
    params: ClusterParams,
    seed: int,
    progress: Progress | None = None,
    start: Given | None = None,
) -> Sampled:
    """Return the themes of drawn texts, and what places the others; see `cluster`."""
    texts = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    if len(texts) < FEWEST:
        return Sampled(nothing(texts), None, ())
    found = search(texts, params, seed, progress, start)
    described = describe(found, tables["holders"], tables["idea_holders"], params, seed)
    if progress:
        progress(steps(len(texts), params), steps(len(texts), params))
    far = tuple(sorted(idea for row in np.flatnonzero(found.held.alone) for idea in texts.ids[row]))
    return Sampled(described.tables, reference(found, described, params.weak_below), far)


def subjects(tables: Mapping[str, pd.DataFrame], params: ClusterParams, seed: int, before: Sampled) -> Sampled | None:
    """Return the subjects that far ideas share; None when they share none.

    A group of them is a subject when it is found again (`stability.FOUND`), and when its texts are as near to one
    another as the drawn ones usually are. Its number follows those of the themes there are.

    Args:
        tables: of far ideas (drawn among them when they are many).
        params: section `cluster`.
        seed: of every draw.
        before: what the first drawn texts gave.
    """
    texts = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    if before.reference is None or len(texts) < FEWEST:
        return None
    free = params.model_copy(update={"n_themes": None, "min_themes": 1, "method": "consensus"})
    found = search(texts, free, seed)
    dense = placing.dense(texts, found.labels, before.reference.drawn)
    again = {place for place in range(int(found.labels.max()) + 1) if found.stable.overlap[place] >= FOUND}
    described = describe(found, tables["holders"], tables["idea_holders"], free, seed)
    kept = {found.theme_id(place) for place in dense & again}
    sizes = dict(zip(described.tables.themes["theme_id"], described.tables.themes["size"], strict=True))
    kept = {theme for theme in kept if sizes[theme] >= SMALLEST}
    if not kept:
        return None
    names = _names(described.tables.themes, kept, before.tables.themes)
    by = reference(found, described, params.weak_below)
    tellings = tuple(replace(one, theme_id=names.get(one.theme_id, "")) for one in by.themes)
    parts = tuple(_renamed(part, names) for part in by.parts)
    return Sampled(_among(described.tables, names), replace(by, themes=tellings, parts=parts), ())


def _names(themes: pd.DataFrame, kept: set[str], before: pd.DataFrame) -> dict[str, str]:
    """Return theme → its number after those there are."""
    used = [int(str(name)[1:]) for name in before["theme_id"] if str(name).startswith("T") and str(name)[1:].isdigit()]
    last = max(used, default=0)
    order = [str(theme) for theme in themes["theme_id"] if theme in kept]
    return {theme: f"T{last + rank:02d}" for rank, theme in enumerate(order, 1)}


def _renamed(node: str, names: Mapping[str, str]) -> str:
    theme, dot, part = node.partition(".")
    return f"{names[theme]}{dot}{part}" if theme in names else ""


def _among(tables: Tables, names: Mapping[str, str]) -> Tables:
    """Return the tables with the themes of `names` only, under their new names, without families."""
    themes = tables.themes[tables.themes["theme_id"].isin(names)]
    nearest = themes["nearest_theme"].map(names).astype(object)
    nodes = tables.hierarchy[tables.hierarchy["level"] != "family"]
    nodes = nodes.assign(node_id=[_renamed(str(node), names) for node in nodes["node_id"]])
    above = [_renamed(str(up), names) if low == "sub_theme" else None
             for up, low in zip(nodes["parent_id"], nodes["level"], strict=True)]  # fmt: skip
    rows = tables.idea_themes
    seconds = rows["theme_id_2"].map(names).astype(object)
    rows = rows.assign(
        theme_id=rows["theme_id"].map(names).astype(object),
        theme_id_2=seconds.where(seconds.notna(), None),
        membership_2=rows["membership_2"].where(seconds.notna(), None),
    )
    return replace(
        tables,
        themes=themes.assign(
            theme_id=themes["theme_id"].map(names), nearest_theme=nearest.where(nearest.notna(), None)
        ),
        idea_themes=rows,
        hierarchy=nodes.assign(parent_id=pd.Series(above, index=nodes.index, dtype=object))[nodes["node_id"] != ""],
        claims=tables.claims[tables.claims["idea_id"].isin(set(rows.loc[_held(rows), "idea_id"]))],
    )


def _held(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["theme_id"].notna() & (rows["theme_id"] != "") & ~rows["weak_signal"].astype(bool)


def joined(first: Tables, parts: Sequence[Part], new: Tables | None = None, others: Sequence[Part] = ()) -> Tables:
    """Return the tables of all texts.

    Args:
        first: of the drawn texts.
        parts: of the others.
        new: of far texts, when they share subjects; an idea that one of these holds is there.
        others: of the far texts that were not drawn again.
    """
    rows = pd.concat([first.idea_themes, *(part.idea_themes for part in parts)], ignore_index=True)
    inside = _parts_of(first.hierarchy, parts)
    themes, nodes, claims = first.themes, first.hierarchy, first.claims
    if new is not None:
        far = pd.concat([new.idea_themes, *(part.idea_themes for part in others)], ignore_index=True)
        far = far[_held(far)]
        moved = set(far["idea_id"])
        rows = pd.concat([rows[~rows["idea_id"].isin(moved)], far], ignore_index=True)
        inside = {idea: part for idea, part in inside.items() if idea not in moved}
        inside |= {idea: part for idea, part in _parts_of(new.hierarchy, others).items() if idea in moved}
        themes = pd.concat([themes, new.themes.astype(themes.dtypes.to_dict())], ignore_index=True)
        nodes = pd.concat([nodes, new.hierarchy], ignore_index=True)
        claims = pd.concat([claims[~claims["idea_id"].isin(moved)], new.claims], ignore_index=True)
    rows = rows.sort_values("idea_id", kind="stable", ignore_index=True)
    held = rows[_held(rows)]
    return replace(
        first,
        themes=themes.assign(size=themes["theme_id"].map(held["theme_id"].value_counts()).fillna(0).astype("int64")),
        idea_themes=rows,
        hierarchy=_filled(nodes, held, inside),
        map=pd.concat([first.map, *(part.map for part in parts)], ignore_index=True).sort_values(
            "idea_id", kind="stable", ignore_index=True
        ),
        claims=claims,
    )


def _parts_of(nodes: pd.DataFrame, parts: Iterable[Part]) -> dict[str, str]:
    """Return idea → its sub-theme."""
    below = nodes[nodes["level"] == "sub_theme"]
    drawn = {idea: str(node) for node, ideas in zip(below["node_id"], below["ideas"], strict=True) for idea in ideas}
    return drawn | {idea: node for part in parts for idea, node in part.parts.items() if node}


def _filled(nodes: pd.DataFrame, held: pd.DataFrame, inside: Mapping[str, str]) -> pd.DataFrame:
    """Return the hierarchy with all ideas, the firmest in their theme first."""
    order = held.sort_values(["membership", "idea_id"], ascending=[False, True], kind="stable")
    themes: dict[str, list[str]] = {}
    for idea, theme in zip(order["idea_id"], order["theme_id"], strict=True):
        themes.setdefault(str(theme), []).append(str(idea))
        if part := inside.get(str(idea)):
            themes.setdefault(part, []).append(str(idea))
    for family in nodes.loc[nodes["level"] == "family", "node_id"]:
        below = nodes.loc[(nodes["level"] == "theme") & (nodes["parent_id"] == family), "node_id"]
        themes[str(family)] = [idea for theme in below for idea in themes.get(str(theme), [])]
    ideas = [themes.get(str(node), []) for node in nodes["node_id"]]
    filled = nodes.assign(ideas=pd.Series(ideas, index=nodes.index, dtype=object), size=[len(own) for own in ideas])
    return pd.DataFrame(filled[filled["size"] > 0], columns=list(HIERARCHY.arrow.names)).reset_index(drop=True)
