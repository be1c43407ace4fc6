"""Tables → families of themes and sub-themes, where the chain found some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from pipeline.french import typeset
from pipeline.identifiers import anchor
from pipeline.report.facts.frames import Row, Tables, rows, text, texts
from pipeline.report.facts.ideas import one_line
from pipeline.report.facts.themes import Family, Part, Theme
from pipeline.report.facts.words import capital, sort_key

_FEWEST = 2
"""A single family, or a single part, says nothing more than the whole."""


def families(tables: Tables, themes: Iterable[Theme]) -> tuple[Family, ...]:
    """Return the families of two themes at least, largest first; none when there are fewer than two of them.

    Args:
        tables: hierarchy (see `schema`); may be missing.
        themes: shown, in their order.
    """
    parent = {row["node_id"]: text(row["parent_id"]) for row in _nodes(tables, "theme")}
    named = {row["node_id"]: row["label"] for row in _nodes(tables, "family")}
    inside: defaultdict[str, list[Theme]] = defaultdict(list)
    for theme in themes:
        if (family := parent.get(theme.theme_id, "")) in named:
            inside[family].append(theme)
    found = [_family(node, named[node], group) for node, group in inside.items() if len(group) >= _FEWEST]
    ordered = sorted(found, key=lambda family: (-family.size, sort_key(family.label), family.node_id))
    return tuple(ordered) if len(inside) >= _FEWEST else ()


def _family(node: str, label: str, group: list[Theme]) -> Family:
    size = sum(theme.size for theme in group)
    ids = tuple(theme.theme_id for theme in group)
    return Family(node, anchor("famille", node), typeset(capital(one_line(label))), ids, size)


def parts(tables: Tables) -> dict[str, list[Part]]:
    """Return the sub-themes of each theme, largest first.

    Args:
        tables: hierarchy (see `schema`); may be missing.
    """
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for row in _nodes(tables, "sub_theme"):
        label = typeset(capital(one_line(row["label"])))
        found[text(row["parent_id"])].append(Part(row["node_id"], label, texts(row["ideas"])))
    return {theme: sorted(group, key=lambda part: (-len(part.ideas), part.node_id)) for theme, group in found.items()}


def within(found: Iterable[Part], members: Collection[str]) -> tuple[Part, ...]:
    """Return the parts with only the ideas that are members of the theme; none when fewer than two are left."""
    cut = [Part(part.node_id, part.label, tuple(i for i in part.ideas if i in members)) for part in found]
    kept = tuple(part for part in cut if part.ideas)
    return kept if len(kept) >= _FEWEST else ()


def _nodes(tables: Tables, level: str) -> list[Row]:
    if "hierarchy" not in tables:
        return []
    table = tables["hierarchy"]
    return list(rows(table[table["level"] == level].sort_values("node_id")))


def grouped(theme: Theme) -> list[tuple[str, tuple[str, ...]]]:
    """Return the ideas of a theme by part (title, ids); what is in no part comes last, under an empty title.

    A theme told in one is a single group under an empty title.
    """
    taken = {idea for part in theme.parts for idea in part.ideas}
    told = [(part.label, tuple(i for i in theme.ideas if i in set(part.ideas))) for part in theme.parts]
    rest = tuple(i for i in theme.ideas if i not in taken)
    return [group for group in (*told, ("", rest)) if group[1]]
