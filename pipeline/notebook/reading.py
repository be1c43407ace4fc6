"""First reading aids: search, a fair handful, the longest, the most voted, and ideas that say nearly the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from pipeline.french import fold


def search(ideas: pd.DataFrame, words: str) -> pd.DataFrame:
    """Return the ideas whose text has every one of `words`, in any order; accents, case and endings do not matter.

    A word is looked for at the beginning of words: "chariot" finds "chariots".
    """
    wanted = [re.compile(rf"\b{re.escape(word)}") for word in fold(words).split()]
    texts = ideas["text"].map(fold)
    kept = texts.map(lambda text: bool(wanted) and all(word.search(text) for word in wanted))
    return ideas[kept.astype(bool)]


def handful(ideas: pd.DataFrame, seed: int, count: int = 10) -> pd.DataFrame:
    """Return ideas drawn at random; the draw depends on `seed` and on the ids, not on the order of the rows."""
    ordered = ideas.sort_values("idea_id", kind="stable")
    return ordered.sample(min(count, len(ordered)), random_state=seed)


def longest(ideas: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Return the ideas with most words, the longest first, with their number of `words`."""
    counted = ideas.assign(words=[len(text.split()) for text in ideas["text"]])
    return counted.sort_values(["words", "idea_id"], ascending=[False, True]).head(count)


def most_voted(ideas: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Return the ideas with most votes, the most voted first; none when the export has no votes."""
    voted = ideas[ideas["votes"].notna()]
    return voted.sort_values(["votes", "idea_id"], ascending=[False, True]).head(count)


def pairs_to_read(near_duplicates: pd.DataFrame, ideas: pd.DataFrame) -> pd.DataFrame:
    """Return pairs to compare, in the order to read them: idea_a, title_a, idea_b, title_b.

    The score only orders them and is not shown: a high one does not say that two ideas resemble each other.
    """
    titles = dict(zip(ideas["idea_id"], ideas["title"], strict=True))
    pairs = near_duplicates.sort_values(["score", "idea_a", "idea_b"], ascending=[False, True, True])
    return pairs.assign(title_a=pairs["idea_a"].map(titles), title_b=pairs["idea_b"].map(titles))[
        ["idea_a", "title_a", "idea_b", "title_b"]
    ]


def between_two(ideas: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Return the ideas that touch two themes, the most shared first: their columns, and `second`, its title.

    Args:
        ideas: see `Contest.read_ideas`; weak signals are in no theme, and left out.
        titles: of the themes, by theme_id.
    """
    shared = ideas[ideas["theme_id_2"].notna() & ~ideas["weak_signal"].astype(bool)]
    gap = shared["membership"] - shared["membership_2"]
    told = shared.assign(second=shared["theme_id_2"].map(titles), gap=gap)
    return told.sort_values(["gap", "idea_id"]).drop(columns="gap")


def side_by_side(ideas: pd.DataFrame, *idea_ids: str) -> pd.DataFrame:
    """Return the full texts of a few ideas, a column each, to compare them."""
    texts = ideas.set_index("idea_id")["text"]
    return pd.DataFrame({idea: [texts[idea]] for idea in idea_ids if idea in texts.index})
