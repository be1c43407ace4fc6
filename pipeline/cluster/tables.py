"""Themes found → the tables people read: titles, phrases, figures, reasons, the map."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.cluster import layout
from pipeline.cluster.grouping import duplicates, hierarchy
from pipeline.cluster.grouping.consensus import Members
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.given import Theme
from pipeline.cluster.grouping.membership import Membership
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.sensitivity import Sensitivity
from pipeline.cluster.grouping.stability import Stability
from pipeline.cluster.grouping.views import Views
from pipeline.cluster.naming import agreeing, nodes, phrases, reasons, sentences, telling
from pipeline.cluster.naming import named as naming
from pipeline.cluster.naming.named import Naming
from pipeline.cluster.naming.phrases import PhraseBook
from pipeline.cluster.naming.reasons import Said
from pipeline.cluster.naming.sentences import Claim
from pipeline.cluster.naming.telling import Phrase
from pipeline.french import counted, enumeration, fold, typeset
from pipeline.params import ClusterParams
from pipeline.schema import CLAIMS, HIERARCHY, IDEA_THEMES, MAP, NEAR_DUPLICATES, THEMES
from pipeline.words import kinds
from pipeline.words.answers import suggest
from pipeline.words.kinds import Kind

_THEMES, _IDEA_THEMES, _HIERARCHY, _MAP, _PAIRS, _CLAIMS = (
    list(table.arrow.names) for table in (THEMES, IDEA_THEMES, HIERARCHY, MAP, NEAR_DUPLICATES, CLAIMS)
)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything known of the themes before they are told.

    Attributes:
        texts, seen, near: the corpus, its views, its candidates.
        members, groups: partitions, and texts that stay together whatever the cut.
        labels: theme of each text.
        held: memberships.
        stable: stability.
        sensitive: how well themes are found from part of the views.
        given: number → theme given beforehand.
    """

    texts: Corpus
    seen: Views
    near: Neighbours
    members: Members
    groups: np.ndarray
    labels: np.ndarray
    held: Membership
    stable: Stability
    sensitive: Sensitivity
    given: dict[int, Theme]

    def theme_id(self, theme: int) -> str:
        """Return the identifier of the theme number `theme` (from 0)."""
        return self.given[theme].theme_id if theme in self.given else f"T{theme - len(self.given) + 1:02d}"


@dataclass(frozen=True, slots=True)
class Tables:
    """What the stage returns.

    Attributes:
        themes: candidate themes.
        idea_themes: theme of each analysed idea.
        hierarchy: families, themes, sub-themes.
        map: coordinates of each analysed idea.
        near_duplicates: pairs that propose the same thing.
        claims: sentences that stand for a part of their theme, with the ideas that say the same.
    """

    themes: pd.DataFrame
    idea_themes: pd.DataFrame
    hierarchy: pd.DataFrame
    map: pd.DataFrame
    near_duplicates: pd.DataFrame
    claims: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one theme."""

    said: Said
    phrases: list[str]
    title: str
    kind: Kind
    claims: list[Claim]

    @property
    def mixed(self) -> bool:
        """Whether no title says honestly what its ideas share."""
        return self.kind.because == kinds.MIXED


_TYPICAL = 10
"""Texts of a theme that are called typical."""
_SPEAKING = 20
"""Texts of a theme whose sentences may be quoted."""
MIXED = "Thème mêlé{number} : à scinder ou à dissoudre"
"""What a theme says that has no honest title."""
_HOW = (
    "Ses idées parlent de sujets différents{phrases}. Scindez-le en choisissant les idées d’un sujet, ou écartez-le :"
    " chacune rejoindra son second thème, ou restera un signal faible."
)
_QUOTABLE = 12
"""First phrases of a theme that a reason may quote."""


def nothing(texts: Corpus) -> Tables:
    """Return no theme, every idea a weak signal that says why: there are too few to group."""
    ids = sorted(texts.row_of)
    why = typeset(f"Trop peu d’idées pour former des thèmes : {counted(len(ids), 'idée')}.")
    alone: dict[str, object] = {"membership": 0.0, "weak_signal": True, "decided_by": "pipeline", "why": why}
    rows = [dict.fromkeys(_IDEA_THEMES) | alone | {"idea_id": i, "shared": [], "neighbours": []} for i in ids]
    labels = np.zeros(len(texts), dtype=np.int64)
    placed = layout.by_idea(texts, layout.circle(labels))
    pairs = [(a, b, 1.0) for same in texts.ids for n, a in enumerate(same) for b in same[n + 1 :]]
    return Tables(
        pd.DataFrame([], columns=_THEMES),
        pd.DataFrame(rows, columns=_IDEA_THEMES),
        pd.DataFrame([], columns=_HIERARCHY),
        pd.DataFrame(placed, columns=_MAP),
        pd.DataFrame(pairs, columns=_PAIRS),
        pd.DataFrame([], columns=_CLAIMS),
    )


@dataclass(frozen=True, slots=True)
class Described:
    """The tables of the stage, and what they are made of.

    Attributes:
        tables: of the stage.
        told: what is said of each theme.
        book: phrases of all texts.
        placed: coordinates of each text.
    """

    tables: Tables
    told: list[Told]
    book: PhraseBook
    placed: np.ndarray


def describe(
    found: Found, holders: pd.DataFrame, idea_holders: pd.DataFrame, params: ClusterParams, seed: int
) -> Described:
    """Return the tables of the stage, and what they are made of."""
    source = naming.source(found.texts, phrases.collect(found.texts), found.seen.matching)
    near = reasons.nearest(found.texts, found.near)
    told = _tell(found, source, near, holders, idea_holders, params, seed)
    placed = layout.positions(found.near, found.labels, seed)
    tables = Tables(
        _themes(found, told),
        _idea_themes(found, told, source.book, near),
        _hierarchy(found, told, source),
        pd.DataFrame(layout.by_idea(found.texts, placed), columns=_MAP),
        pd.DataFrame(duplicates.pairs(found.texts, found.near, params.duplicate_above), columns=_PAIRS),
        _claims(found, told),
    )
    return Described(tables, told, source.book, placed)


def _hierarchy(found: Found, told: list[Told], source: Naming) -> pd.DataFrame:
    branching = nodes.Branching(
        found.labels,
        hierarchy.families(found.members, found.labels),
        hierarchy.sub_themes(found.members, found.labels, found.groups),
    )
    ids = [found.theme_id(theme) for theme in range(len(told))]
    said = nodes.Told(
        ids,
        [one.title for one in told],
        [one.phrases for one in told],
        source,
    )
    rows = nodes.rows(branching, said, found.held.share, found.held.weak)
    return pd.DataFrame(rows, columns=_HIERARCHY)


def _tell(
    found: Found,
    source: Naming,
    near: list[list[int]],
    holders: pd.DataFrame,
    idea_holders: pd.DataFrame,
    params: ClusterParams,
    seed: int,
) -> list[Told]:
    doubt = agreeing.doubts(found.texts.vectors, found.held, near)
    central = found.held.affinity[np.arange(len(found.labels)), found.labels]
    taken = {fold(theme.title) for theme in found.given.values()}
    told = []
    for theme in range(int(found.labels.max()) + 1):
        named = naming.name(source, found.labels, theme, central, frozenset(taken))
        inside = np.flatnonzero((found.held.theme == theme) & ~found.held.weak)
        ideas = {idea for row in inside for idea in found.texts.ids[row]}
        theirs = set(idea_holders.loc[idea_holders["idea_id"].isin(ideas), "holder_id"])
        title = found.given[theme].title if theme in found.given else named.title or _mixed(taken)
        taken.add(fold(title))
        mixed, suggested = theme not in found.given and not named.title, suggest(holders, theirs, seed)
        told.append(
            Told(
                Said(named.ranked, named.about, named.cover[:_QUOTABLE]),
                telling.key_phrases(named.ranked, params.key_phrases),
                title,
                kinds.withheld(suggested, kinds.MIXED) if mixed else suggested,
                _claimed(found, theme, named.ranked, doubt, near),
            )
        )
    return told


def _mixed(taken: set[str]) -> str:
    """Return what a theme says that has no honest title; its key phrases tell what it mixes, its parts how to split."""
    titles = (typeset(MIXED.format(number=number)) for number in ("", *(f" {n}" for n in range(2, 100))))
    return next(title for title in titles if fold(title) not in taken)


def _how(said: list[str]) -> str:
    """Return what to do with a theme that mixes subjects, and some of them."""
    named = enumeration([f"« {phrase} »" for phrase in said[:3]])
    return typeset(_HOW.format(phrases=f", dont {named}" if named else ""))


def _claimed(found: Found, theme: int, ranked: list[Phrase], doubt: np.ndarray, near: list[list[int]]) -> list[Claim]:
    members = sentences.typical(found.held.affinity, found.labels, theme, len(found.labels))
    inside = [row for row in members if not found.held.weak[row]]
    return sentences.claims(found.texts, agreeing.speaking(members, doubt)[:_SPEAKING], inside, ranked, near)


def _claims(found: Found, told: list[Told]) -> pd.DataFrame:
    """Return the claims of all themes: the idea it is taken from, the sentence, the other ideas behind it."""
    ids = found.texts.ids
    rows = [
        (ids[claim.row][0], claim.text, [*ids[claim.row][1:], *(i for row in claim.behind for i in ids[row])], False)
        for here in told
        for claim in here.claims
    ]
    return pd.DataFrame(rows, columns=_CLAIMS)


def _themes(found: Found, told: list[Told]) -> pd.DataFrame:
    closest = _closest(found)
    rows = [_theme_row(found, told, theme, closest[theme]) for theme in range(len(told))]
    return pd.DataFrame(rows, columns=_THEMES).astype({"holders": "Int64"})


def _theme_row(found: Found, told: list[Told], theme: int, closest: int | None) -> dict[str, object]:
    here, held, texts = told[theme], found.held, found.texts
    typical = sentences.typical(held.affinity, found.labels, theme, _TYPICAL)
    edge = sentences.borderline(held.share, held.second_share, found.labels, theme, 5)
    return {
        "theme_id": found.theme_id(theme),
        "label": here.title,
        "summary": _how(here.phrases) if here.mixed else here.claims[0].text if here.claims else "",
        "key_phrases": here.phrases,
        "kind": here.kind.kind,
        "kind_reason": kinds.sentence(here.kind),
        **kinds.told(here.kind),
        "trade": list(here.kind.trade),
        "holders": here.kind.holders,
        "size": sum(len(texts.ids[row]) for row in np.flatnonzero((held.theme == theme) & ~held.weak)),
        "stability": round(float(found.stable.overlap[theme]), 4),
        "found_in": int(found.stable.found[theme]),
        "draws": found.stable.draws,
        **kinds.transversality(here.kind.directorates),
        "found_by_words": float(found.sensitive.words[theme]),
        "found_by_meaning": float(found.sensitive.meaning[theme]),
        "sensitivity": found.sensitive.said(theme),
        "typical": [texts.ids[row][0] for row in typical[:5]],
        "borderline": [texts.ids[row][0] for row in edge],
        "nearest_theme": None if closest is None else found.theme_id(closest),
        "difference": [] if closest is None else reasons.difference(here.said.ranked, here.phrases),
        "origin": found.given[theme].origin if theme in found.given else "found",
    }


def _closest(found: Found) -> list[int | None]:
    """Return the nearest theme of each: the one its texts fall with most often besides their own."""
    themes = int(found.labels.max()) + 1
    if themes == 1:
        return [None]
    mean = np.array([found.held.affinity[found.labels == theme].mean(axis=0) for theme in range(themes)])
    both = mean + mean.T
    np.fill_diagonal(both, -1)
    return [int(theme) for theme in both.argmax(axis=1)]


def _idea_themes(found: Found, told: list[Told], book: PhraseBook, near: list[list[int]]) -> pd.DataFrame:
    rows: list[tuple[object, ...]] = []
    for row, ids in enumerate(found.texts.ids):
        weak, theme = bool(found.held.weak[row]), int(found.held.theme[row])
        on = reasons.ground(found.texts, row, near[row], told[theme].said, found.labels == theme)
        why = reasons.why(replace(on, weak=weak, alone=bool(found.held.alone[row])))
        firm = not weak and float(found.held.share[row]) >= reasons.FIRM
        title = found.texts.shown[row].split("\n")[0]
        own = reasons.own_words(book, told[theme].said.ranked, told[theme].phrases, row, title) if firm else []
        beside = [found.texts.ids[other][0] for other in near[row]]
        rows += [(idea, *_placed(found, row), weak, "pipeline", why, own, beside) for idea in ids]
    return pd.DataFrame(rows, columns=_IDEA_THEMES)


def _placed(found: Found, row: int) -> tuple[object, ...]:
    held = found.held
    second = int(held.second[row])
    own = found.theme_id(int(held.theme[row])), float(held.share[row])
    return (*own, None, None) if second < 0 else (*own, found.theme_id(second), float(held.second_share[row]))
