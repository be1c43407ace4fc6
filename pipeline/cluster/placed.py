"""Texts that were not drawn → their rows of the tables: theme, membership, reasons, place on the map.

`Reference` is all that this takes from the drawn ones: it goes to whoever places a part, here or on another machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.cluster.grouping import corpus, placing
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.placing import Drawn, Placed
from pipeline.cluster.naming import notions, phrases, reasons
from pipeline.cluster.naming.telling import Phrase
from pipeline.cluster.tables import Described, Found
from pipeline.schema import IDEA_THEMES, MAP, WORD_VECTORS

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a theme from the others, for texts that were not drawn.

    Attributes:
        theme_id: identifier.
        ranked: phrases that two texts drawn or more hold, best first.
        about: notions that its texts mean, best first.
        own: its key phrases, those that it has for its own.
    """

    theme_id: str
    ranked: tuple[Phrase, ...]
    about: tuple[Phrase, ...]
    own: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The drawn texts, as others are placed by them.

    Attributes:
        drawn: what they say of any other.
        ids: an idea of each.
        called: what a reason calls it.
        parts: the sub-theme of each, "" where there is none.
        points: text × 2, where each is on the map.
        themes: what tells each theme.
        weak_below: membership under which a text is a weak signal.
    """

    drawn: Drawn
    ids: tuple[str, ...]
    called: tuple[str, ...]
    parts: tuple[str, ...]
    points: np.ndarray
    themes: tuple[Telling, ...]
    weak_below: float


@dataclass(frozen=True, slots=True)
class Part:
    """What placing a part of the texts gives.

    Attributes:
        idea_themes: rows of the table.
        map: rows of the table.
        parts: idea → sub-theme, of those that are in one.
        far: ideas that few of the drawn ones resemble.
    """

    idea_themes: pd.DataFrame
    map: pd.DataFrame
    parts: Mapping[str, str]
    far: tuple[str, ...]


def reference(found: Found, described: Described, weak_below: float) -> Reference:
    """Return what places the other texts, from the themes of the drawn ones."""
    texts, hierarchy = found.texts, described.tables.hierarchy
    below = hierarchy[hierarchy["level"] == "sub_theme"]
    part_of = {idea: str(node) for node, ideas in zip(below["node_id"], below["ideas"], strict=True) for idea in ideas}
    return Reference(
        drawn=placing.learn(texts, found.held, len(found.given)),
        ids=tuple(ids[0] for ids in texts.ids),
        called=tuple(reasons.called(texts, row) for row in range(len(texts))),
        parts=tuple(part_of.get(ids[0], "") for ids in texts.ids),
        points=described.placed,
        themes=tuple(_telling(found, described, theme) for theme in range(len(described.told))),
        weak_below=weak_below,
    )


def _telling(found: Found, described: Described, theme: int) -> Telling:
    told = described.told[theme]
    ranked = [phrase for phrase in told.said.ranked if len(phrase.texts) > 1]
    own = [p for p in ranked if p.surface in told.phrases and reasons.owns(described.book, p)]
    return Telling(found.theme_id(theme), *(_without_texts(some) for some in (ranked, told.said.about, own)))


def _without_texts(some: list[Phrase]) -> tuple[Phrase, ...]:
    return tuple(replace(phrase, texts=frozenset()) for phrase in some)


def place(tables: Mapping[str, pd.DataFrame], by: Reference) -> Part:
    """Return the rows of some ideas that were not drawn; those of an idea depend on its text alone.

    Args:
        tables: their rows of `ideas`, `vectors` and `tokens`.
        by: the drawn ones.
    """
    texts = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], WORD_VECTORS.empty())
    found = placing.place(texts, by.drawn, by.weak_below)
    points = np.round(np.einsum("ij,ijk->ik", found.weight, by.points[found.index]), 4)
    rows: list[Row] = []
    parts: dict[str, str] = {}
    for row, ids in enumerate(texts.ids):
        told = _row(texts, found, row, by)
        rows += [(idea, *told) for idea in ids]
        if part := _part(found, row, by):
            parts |= dict.fromkeys(ids, part)
    far = tuple(sorted(idea for row in np.flatnonzero(found.held.alone) for idea in texts.ids[row]))
    spots = sorted((idea, *spot) for ids, spot in zip(texts.ids, points.tolist(), strict=True) for idea in ids)
    return Part(
        pd.DataFrame(sorted(rows, key=lambda row: str(row[0])), columns=list(IDEA_THEMES.arrow.names)),
        pd.DataFrame(spots, columns=list(MAP.arrow.names)),
        parts,
        far,
    )


def _row(texts: Corpus, found: Placed, row: int, by: Reference) -> Row:
    """Return what the table `idea_themes` says of a text, but its idea."""
    held, theme = found.held, int(found.held.theme[row])
    telling, second, weak = by.themes[theme], int(held.second[row]), bool(held.weak[row])
    other = by.themes[second].theme_id if second >= 0 else ""
    beside = (other, float(held.second_share[row])) if other else (None, None)
    keys = frozenset(map(phrases.key_of, phrases.noun_phrases(texts.words[row])))
    firm = not weak and float(held.share[row]) >= reasons.FIRM
    title = texts.shown[row].split("\n")[0]
    own = reasons.enough([phrase for phrase in telling.own if phrase.key in keys], title) if firm else []
    near = [int(other) for other in found.index[row, : reasons.NEAREST]]
    why = reasons.why(replace(_ground(texts, row, near, theme, keys, by), weak=weak, alone=bool(held.alone[row])))
    placed = telling.theme_id, float(held.share[row]), *beside
    return (*placed, weak, "pipeline", why, own, [by.ids[other] for other in near])


def _ground(
    texts: Corpus, row: int, near: list[int], theme: int, keys: frozenset[phrases.Key], by: Reference
) -> reasons.Ground:
    meant = notions.meant(texts.main[row], set(texts.notions[row]))
    about = [p for p in by.themes[theme].about if any(notions.stands_for(p, name) for name in meant)]
    held = [phrase for phrase in by.themes[theme].ranked if phrase.key in keys]
    there = [other for other in near if by.drawn.labels[other] == theme]
    closest = by.called[(there or near)[0]]
    return replace(reasons.rests(about, held), same=len(there), near=len(near), closest=closest)


def _part(found: Placed, row: int, by: Reference) -> str:
    """Return the sub-theme of the nearest drawn text that is in one of the same theme; "" without one."""
    theme = found.held.theme[row]
    inside = (by.parts[other] for other in found.index[row] if by.drawn.labels[other] == theme)
    return "" if found.held.weak[row] else next(filter(None, inside), "")
