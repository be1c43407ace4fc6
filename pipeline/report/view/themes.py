"""Tables → the themes a document shows, largest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pipeline.french import typeset
from pipeline.identifiers import anchor
from pipeline.report.facts.frames import Row, Tables, rows, text, texts
from pipeline.report.facts.ideas import Idea, one_line
from pipeline.report.facts.themes import Mark, Part, Theme
from pipeline.report.facts.words import (
    KINDS,
    TO_CHOOSE,
    capital,
    certainty,
    found_again,
    sort_key,
    spread,
)
from pipeline.report.view import claims
from pipeline.report.view.hierarchy import parts, within
from pipeline.report.view.reasons import ONE_SIDED, kind_reason, one_sided
from pipeline.report.withheld.disclosure import Disclosure
from pipeline.words.kinds import MINILAB, NAMELESS

COLOURS, SHAPES = 8, 4


ORIGINS = {
    "list": "Sujet de la liste de départ : ses mots ont attiré ces idées.",
    "given": "Sujet donné dans les paramètres : ses mots ont attiré ces idées.",
    "found": "Trouvé d'après les idées.",
    "decided": "Ouvert par les analystes.",
}
"""Where a theme comes from, see `schema.THEMES`."""


def themes(tables: Tables, known: Disclosure, threshold: int) -> tuple[Theme, ...]:
    """Return the themes, largest first, then by title; those without a title of their own come last.

    Args:
        tables: themes, ideas, idea_themes, idea_holders, hierarchy (may be missing).
        known: what may be said of holders.
        threshold: under it, the number of agents of a theme is not given.
    """
    members, agents, sub_themes = _members(tables), _agents(tables), parts(tables)
    quoted = claims.claims(tables)
    ordered = sorted(
        (row for row in rows(tables["themes"]) if members[row["theme_id"]]),
        key=lambda row: (_nameless(row), -len(members[row["theme_id"]]), sort_key(row["label"]), row["theme_id"]),
    )
    found, nameless = [], {row["theme_id"] for row in ordered if _nameless(row)}
    for place, row in enumerate(ordered):
        inside, held = members[row["theme_id"]], agents.get(row["theme_id"], 0)
        theme = _theme(row, place, inside, within(sub_themes.get(row["theme_id"], ()), set(inside)))
        near = "" if theme.nearest_id in nameless else theme.nearest_id
        reason = capital(kind_reason(row, held, known, threshold))
        summary = "" if claims.is_quoted(theme.summary, quoted) else theme.summary
        said = () if theme.nameless else claims.of_theme(quoted, inside)  # sentences of different subjects
        theme = replace(theme, summary=summary, claims=said, kind_reason=reason, nearest_id=near)
        found.append(
            _with_holders(theme, row, held, alike=one_sided(row["theme_id"], known, threshold))
            if held >= threshold
            else theme
        )
    return tuple(found)


def with_doubts(themes: Iterable[Theme], ideas: Iterable[Idea]) -> tuple[Theme, ...]:
    """Return the themes with the ideas whose place is in doubt; no other is said to belong elsewhere."""
    doubtful = {idea.idea_id for idea in ideas if idea.doubtful}
    return tuple(
        replace(
            theme,
            doubtful=tuple(i for i in theme.ideas if i in doubtful),
            borderline=tuple(i for i in theme.borderline if i in doubtful),
        )
        for theme in themes
    )


def _with_holders(theme: Theme, row: Row, held: int, *, alike: bool) -> Theme:
    """Return a theme with how many agents hold its ideas, enough to be told, and how they are spread.

    `alike`: most are of one directorate; a MiniLab then says what can be done.
    """
    chance = row.get("transversality_low"), row.get("transversality_high")
    said = spread(row["transversality"], chance) if held else ""
    more = ONE_SIDED if alike and theme.kind == MINILAB else ""
    return replace(theme, holders=held, spread=typeset(f"{said} {more}".strip()))


def mark(place: int, number: str) -> Mark:
    """Return the mark of the theme at `place` (from 0): neighbours differ in colour and in shape."""
    return Mark(number, place % COLOURS + 1, (place + place // COLOURS) % SHAPES + 1)


def _theme(row: Row, place: int, members: list[str], sub_themes: tuple[Part, ...]) -> Theme:
    draws = (int(row["found_in"]), int(row["draws"])) if row["found_in"] is not None and row["draws"] else None
    return Theme(
        theme_id=row["theme_id"],
        anchor=anchor("theme", row["theme_id"]),
        mark=mark(place, row["theme_id"]),
        label=typeset(capital(one_line(row["label"]))) or "(sans titre)",
        summary=typeset(row["summary"]),
        claims=(),
        key_phrases=texts(row["key_phrases"]),
        kind=row["kind"],
        kind_label=KINDS.get(text(row["kind"]), TO_CHOOSE),
        kind_reason="",
        size=len(members),
        holders=None,
        found=found_again(draws),
        draws=draws,
        certainty=certainty(draws),
        spread="",
        rests_on=_rests_on(row),
        difference=texts(row["difference"]),
        nearest_id=text(row["nearest_theme"]),
        typical=tuple(i for i in texts(row["typical"]) if i in members),
        borderline=tuple(i for i in texts(row["borderline"]) if i in members and i not in texts(row["typical"])),
        ideas=tuple(dict.fromkeys([*(i for i in texts(row["typical"]) if i in members), *members])),
        parts=sub_themes,
        nameless=_nameless(row),
    )


def _nameless(row: Row) -> bool:
    return text(row.get("kind_because")) in NAMELESS


def _rests_on(row: Row) -> str:
    """Return where a theme comes from and what it rests on, as sentences."""
    said = ORIGINS.get(text(row.get("origin")), ""), text(row.get("sensitivity"))
    return typeset(" ".join(filter(None, said)))


def _members(tables: Tables) -> defaultdict[str, list[str]]:
    table = tables["idea_themes"]
    inside = table[~table["weak_signal"].astype(bool) & table["theme_id"].notna()].sort_values("idea_id")
    members: defaultdict[str, list[str]] = defaultdict(list)
    for idea, theme in inside[["idea_id", "theme_id"]].itertuples(index=False, name=None):
        members[theme].append(idea)
    return members


def _agents(tables: Tables) -> dict[str, int]:
    table = tables["idea_themes"]
    inside = table[~table["weak_signal"].astype(bool)].merge(tables["idea_holders"], on="idea_id")
    counted = inside.groupby("theme_id")["holder_id"].nunique()
    return {str(theme): int(count) for theme, count in counted.items()}
