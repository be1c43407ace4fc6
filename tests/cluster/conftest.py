"""A real corpus, represented once: the first ideas of the sample."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from tests.conftest import ROOT

Tables = dict[str, pd.DataFrame]


def read(folder: Path, ideas: int) -> Tables:
    """Return the tables of the first ideas of the sample, embedded."""
    raw = pd.read_csv(folder / "ideas.csv", keep_default_na=False).head(ideas)
    parts = [raw["titre"], raw["description"], raw["benefices"]]
    text = [". ".join(part for part in row if part) for row in zip(*parts, strict=True)]
    columns = {"title": raw["titre"], "description": raw["description"], "benefits": raw["benefices"]}
    table = pd.DataFrame({"idea_id": raw["id"], **columns, "text": text, "analysed": True})
    names = {
        "agent_id": "holder_id", "direction": "directorate", "metier": "occupation", "site": "site_type",
        "lieu": "place", "departement": "department",
    }  # fmt: skip
    holders = pd.read_csv(folder / "holders.csv", keep_default_na=False, dtype=str).rename(columns=names)
    links = pd.read_csv(folder / "idea_holders.csv").rename(columns=names)
    made = embed(table, OfflineEncoder(), FrenchParser())
    return {
        "ideas": table, "holders": holders, "idea_holders": links,
        "vectors": made.vectors, "tokens": made.tokens, "word_vectors": made.word_vectors,
    }  # fmt: skip


@pytest.fixture(scope="session")
def tables() -> Tables:
    """Return the tables of 90 ideas."""
    return read(ROOT / "data" / "sample", 90)


def first(tables: Tables, count: int) -> Tables:
    """Return the tables of the first `count` ideas only."""
    kept = set(sorted(tables["ideas"]["idea_id"])[:count])
    return {
        name: table[table["idea_id"].isin(kept)] if name in ("ideas", "vectors", "tokens") else table
        for name, table in tables.items()
    }
