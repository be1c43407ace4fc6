"""Families, themes and sub-themes → the rows of the table `hierarchy`: a title, key phrases and ideas for each node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.naming import named as naming
from pipeline.cluster.naming import telling
from pipeline.cluster.naming.named import Naming
from pipeline.french import fold, typeset

FAMILY, THEME, SUB_THEME = "family", "theme", "sub_theme"
_WORDS = 3
"""Phrases that stand for a title that is missing."""
_PHRASES = 5
Named = tuple[str, list[str]]
Row = tuple[str, str, str | None, str, list[str], int, list[str]]


@dataclass(frozen=True, slots=True)
class Branching:
    """What fits into what.

    Attributes:
        labels: theme of each text.
        family: of each theme; each theme its own when there is no family.
        part: sub-theme of each text within its theme, -1 in an undivided theme.
    """

    labels: np.ndarray
    family: np.ndarray
    part: np.ndarray

    @property
    def families(self) -> bool:
        """Whether themes are gathered in families."""
        return int(self.family.max()) + 1 < len(self.family)

    def finest(self) -> tuple[np.ndarray, list[tuple[int, int]]]:
        """Return the node without children that each text is in, and what each of these is: theme, part (or -1)."""
        pairs = list(zip(self.labels.tolist(), self.part.tolist(), strict=True))
        nodes = sorted(set(pairs))
        place = {node: number for number, node in enumerate(nodes)}
        return np.array([place[pair] for pair in pairs]), nodes


@dataclass(frozen=True, slots=True)
class Told:
    """What is already said of themes.

    Attributes:
        ids: identifiers.
        titles: of the themes.
        phrases: key phrases.
        source: what other names are made from.
    """

    ids: list[str]
    titles: list[str]
    phrases: list[list[str]]
    source: Naming


def rows(branching: Branching, told: Told, strength: np.ndarray, weak: np.ndarray) -> list[Row]:
    """Return one row per node: identifier, level, parent, title, key phrases, number of ideas, ideas.

    Ideas are in order of `strength` (of their place in their theme), those of a family theme by theme; those that no
    theme holds (`weak`) are left out.
    """
    texts = told.source.texts
    order = np.argsort(-strength, kind="stable")
    kept = order[~weak[order]]
    inside = [_ideas(texts, kept[branching.labels[kept] == theme]) for theme in range(len(told.ids))]
    taken = {fold(title) for title in told.titles}
    above = _families(branching, told, strength, taken) if branching.families else {}
    parent = {theme: node for node, (_, themes) in above.items() for theme in themes}
    families = [
        _row(node, FAMILY, None, named, [idea for theme in themes for idea in inside[theme]])
        for node, (named, themes) in above.items()
    ]
    themes = [
        _row(name, THEME, parent.get(theme), (told.titles[theme], told.phrases[theme]), inside[theme])
        for theme, name in enumerate(told.ids)
    ]
    parts = _part_rows(branching, told, kept, _sub_themes(branching, told, strength, taken))
    return [row for row in (*families, *themes, *parts) if row[5]]


def _part_rows(
    branching: Branching, told: Told, kept: np.ndarray, named: Mapping[tuple[int, int], Named]
) -> Iterator[Row]:
    """Yield the rows of the sub-themes, of the texts `kept` that each holds."""
    for (theme, part), words in named.items():
        here = kept[(branching.labels[kept] == theme) & (branching.part[kept] == part)]
        ideas = _ideas(told.source.texts, here)
        yield _row(f"{told.ids[theme]}.{part + 1}", SUB_THEME, told.ids[theme], words, ideas)


def _row(node: str, level: str, parent: str | None, named: Named, ideas: list[str]) -> Row:
    title, said = named
    return node, level, parent, title, said[:_PHRASES], len(ideas), ideas


def _ideas(texts: Corpus, rows: np.ndarray) -> list[str]:
    return [idea for row in rows for idea in texts.ids[row]]


def _families(
    branching: Branching, told: Told, strength: np.ndarray, taken: set[str]
) -> dict[str, tuple[Named, list[int]]]:
    """Return identifier → (title and key phrases, themes) of each family; one of a single theme has its words.

    A family is named after what all its themes share, else by its number.
    """
    of_text = branching.family[branching.labels]
    found: dict[str, tuple[Named, list[int]]] = {}
    for family in range(int(branching.family.max()) + 1):
        themes = np.flatnonzero(branching.family == family).tolist()
        alone = (told.titles[themes[0]], told.phrases[themes[0]])
        parts = tuple(branching.labels == theme for theme in themes)
        named = _named(told, of_text, family, strength, taken, parts) if len(themes) > 1 else alone
        found[f"F{family + 1}"] = (named[0] or f"Famille {family + 1}", named[1]), themes
    return found


def _sub_themes(
    branching: Branching, told: Told, strength: np.ndarray, taken: set[str]
) -> Mapping[tuple[int, int], Named]:
    finest, nodes = branching.finest()
    divided = {number: node for number, node in enumerate(nodes) if node[1] >= 0}
    named = {node: _named(told, finest, number, strength, taken) for number, node in divided.items()}
    return {node: (title or _part(node[1] + 1, said), said) for node, (title, said) in named.items()}


def _part(number: int, said: list[str]) -> str:
    """Return how to call a part without an honest title: its number, and the words that its ideas use most."""
    return typeset(f"Partie {number} : {', '.join(said[:_WORDS])}") if said else f"Partie {number}"


def _named(
    told: Told,
    labels: np.ndarray,
    node: int,
    strength: np.ndarray,
    taken: set[str],
    parts: tuple[np.ndarray, ...] = (),
) -> Named:
    """Return the title ("" without an honest one) and the key phrases of a node; no other carries it from then on."""
    found = naming.name(told.source, labels, node, strength, frozenset(taken), parts)
    taken.add(fold(found.title))
    return found.title, telling.key_phrases(found.ranked, _PHRASES)
