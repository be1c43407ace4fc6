"""Texts of themes, whoever gave them: encoded as ideas are, remembered, and added to the tables of `embed`."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.embed import embed
from pipeline.embed.encoders import FaintEncoder, RecordedEncoder
from pipeline.params import Params
from pipeline.shells.alike.remembered import remembered
from pipeline.workspace import Workspace

_WRITTEN = ["idea_id", "text", "title", "description", "benefits"]


def as_ideas(texts: Mapping[str, str]) -> pd.DataFrame:
    """Return texts (theme id → text) as the embed stage takes ideas."""
    parts = {"title": list(texts.values()), "description": "", "benefits": "", "analysed": True}
    return pd.DataFrame({"idea_id": list(texts), "text": list(texts.values()), **parts})


def with_texts(
    workspace: Workspace, params: Params, tables: Mapping[str, pd.DataFrame], texts: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Return `ideas`, `vectors`, `tokens` and `word_vectors` with a row for each of `texts` (theme id → text)."""
    added = as_ideas(texts)
    with remembered(workspace, params) as readers:
        encoder = readers.encoder
        faint = FaintEncoder(encoder) if isinstance(encoder, RecordedEncoder) else encoder
        made = embed(added, faint, readers.parser, offline=readers.offline)
    words = pd.concat([tables["word_vectors"], made.word_vectors]).drop_duplicates("lemma")
    return {
        "ideas": pd.concat([tables["ideas"][_WRITTEN], added[_WRITTEN]]),
        "vectors": pd.concat([tables["vectors"], made.vectors]),
        "tokens": pd.concat([tables["tokens"], made.tokens]),
        "word_vectors": words,
    }
