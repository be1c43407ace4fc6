"""Search for themes again with other parameters or another encoder, in seconds: what stays, what moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score

from pipeline.cluster import FEWEST, consensus_themes, group
from pipeline.cluster.grouping import corpus, membership, neighbours, stability, views
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.views import Views
from pipeline.cluster.grouping.weak import isolated
from pipeline.embed.encoders import Encoder
from pipeline.errors import MinilabsError
from pipeline.params import ClusterParams
from pipeline.schema import CONTENT

MEMBERS = 64
"""Partitions of a quick search: an eighth of the default, and nearly the same themes."""


@dataclass(frozen=True, slots=True)
class Prompted:
    """An encoder that places a text before each idea.

    Attributes:
        encoder: the encoder itself.
        prompt: the text before.
    """

    encoder: Encoder
    prompt: str

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one row per text."""
        return self.encoder.encode([self.prompt + text for text in texts])


@dataclass(frozen=True, slots=True)
class Ground:
    """What every search starts from, computed once.

    Attributes:
        texts: distinct texts.
        seen: the ways to compare them.
        near: their nearest candidates.
    """

    texts: Corpus
    seen: Views
    near: Neighbours


@dataclass(frozen=True, slots=True)
class Trial:
    """One search.

    Attributes:
        themes: theme number (1 the largest) by idea_id.
        weak: ideas that no theme holds.
        stability: mean over themes, 0 to 1; None when not measured.
    """

    themes: pd.Series[int]
    weak: int
    stability: float | None


def ground(tables: Mapping[str, pd.DataFrame]) -> Ground:
    """Return what searches start from, out of the tables `ideas`, `vectors`, `tokens` and `word_vectors`.

    Raises:
        MinilabsError: `notebook.too_few`.
    """
    texts = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    if len(texts) < FEWEST:
        raise MinilabsError("notebook.too_few", count=len(texts), fewest=FEWEST)
    seen = views.build(texts)
    return Ground(texts, seen, neighbours.find(seen))


def encoded_by(tables: Mapping[str, pd.DataFrame], encoder: Encoder) -> dict[str, pd.DataFrame]:
    """Return the tables with vectors by another encoder; words and their grammar stay as they are.

    Raises:
        MinilabsError: the encoder cannot be loaded.
    """
    vectors, words = tables["vectors"], tables["word_vectors"]
    texts = tables["ideas"].set_index("idea_id")["text"].loc[vectors["idea_id"]].str.lower()
    kept = tables["tokens"][tables["tokens"]["pos"].isin(CONTENT) & ~tables["tokens"]["stop"]]
    content = kept.sort_values("position").groupby("idea_id")["form"].agg(lambda forms: " ".join(forms).lower())
    content = content.reindex(vectors["idea_id"]).fillna("")
    whole, bare = encoder.encode(list(texts)), encoder.encode(list(content))
    return {
        **tables,
        "vectors": vectors.assign(vector=list(whole), content=list(bare)),
        "word_vectors": words.assign(encoded=list(encoder.encode(list(words["lemma"])))),
    }


def search(base: Ground, params: ClusterParams, seed: int, draws: int = 0) -> Trial:
    """Return the themes that a quick search finds (`MEMBERS` partitions), themes given beforehand left aside.

    Args:
        base: see `ground`.
        params: section `cluster`; its number of partitions is not used.
        seed: of every draw.
        draws: that measure stability; 0: not measured.
    """
    grouped = group(base.near, base.seen, params, seed, MEMBERS)
    held = membership.measure(grouped.members, grouped.labels, params.weak_below, isolated(base.near, base.texts.about))
    mean = None
    if draws:
        again = partial(_again, params)
        mean = float(stability.measure(base.near, grouped.labels, again, draws, seed).overlap.mean())
    themes = {idea: int(grouped.labels[row]) + 1 for row, ids in enumerate(base.texts.ids) for idea in ids}
    weak = sum(len(base.texts.ids[row]) for row in np.flatnonzero(held.weak))
    return Trial(pd.Series(themes, dtype="int64").sort_index(), weak, mean)


def _again(params: ClusterParams, part: Neighbours, _kept: np.ndarray, draw: int) -> np.ndarray:
    """Return the themes of a draw of texts, as the stage does when it measures stability."""
    return consensus_themes(part, params, draw, MEMBERS // 2).labels


def likeness(one: pd.Series[Any], other: pd.Series[Any]) -> float:
    """Return how far two groupings agree on the ideas they share: adjusted mutual information, 0 by chance, 1 alike."""
    both = one.index.intersection(other.index)
    return float(adjusted_mutual_info_score(one[both].to_numpy(), other[both].to_numpy()))


def compared(trials: Mapping[str, Trial], reference: pd.Series[str]) -> pd.DataFrame:
    """Return trials side by side: Réglage, Thèmes, Plus grand, Signaux faibles, stability, likeness (0 to 1).

    Args:
        trials: by name.
        reference: theme by idea_id that trials are compared with.
    """
    rows = [
        (
            name,
            trial.themes.nunique(),
            int(trial.themes.value_counts().max()),
            trial.weak,
            trial.stability,
            likeness(reference, trial.themes),
        )
        for name, trial in trials.items()
    ]
    columns = ["Réglage", "Thèmes", "Plus grand", "Signaux faibles", "stability", "likeness"]
    return pd.DataFrame(rows, columns=columns).astype({"stability": float})
