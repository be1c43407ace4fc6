"""Some ideas → their rows of the tables, wherever that is done: a part needs nothing of the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from pipeline.embed import Texts, represent, words
from pipeline.embed.encoders import Encoder, OfflineEncoder, load_encoder
from pipeline.embed.parse import FrenchParser


@dataclass(frozen=True, slots=True)
class Encoding:
    """With what texts are represented.

    Attributes:
        encoder: its name or folder.
        prompt: text placed before each text.
        root: from where a folder is looked up.
    """

    encoder: str
    prompt: str
    root: str


@cache
def _encoder(encoding: Encoding) -> Encoder:
    return load_encoder(encoding.encoder, encoding.prompt, Path(encoding.root))


def texts(ideas: pd.DataFrame, encoding: Encoding) -> Texts:
    """Return the rows of `vectors` and `tokens` of some ideas, and the words whose vector is wanted."""
    return represent(ideas, _encoder(encoding), FrenchParser(), offline=OfflineEncoder())


def lexicon(lemmas: list[str], encoding: Encoding) -> pd.DataFrame:
    """Return the rows of `word_vectors` of some words."""
    return words(lemmas, _encoder(encoding), FrenchParser())
