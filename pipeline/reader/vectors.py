"""Vectors that a server gave, of one text and one model each: checked, kept line by line, replayed without network."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import MinilabsError
from pipeline.reader.model import digest
from pipeline.reader.questions.batches import shortened, tokens

MOST = 64
"""Texts of one call: servers refuse more than a few dozen to a few hundred."""
_LEAST_LENGTH = 1e-12


@dataclass(frozen=True, slots=True)
class Kept:
    """One vector.

    Attributes:
        key: of the model and the text.
        model: that gave it, by the name it was asked under.
        ideas: whose text it is; none for a word or the title of a theme.
        values: of unit length, half precision: 5e-4 of a likeness at the most.
    """

    key: str
    model: str
    ideas: tuple[str, ...]
    values: np.ndarray

    @property
    def line(self) -> str:
        """The vector as it is kept."""
        packed = base64.b64encode(self.values.astype("<f2").tobytes()).decode("ascii")
        return json.dumps({"key": self.key, "model": self.model, "ideas": list(self.ideas), "vector": packed}) + "\n"


def key_of(text: str, model: str) -> str:
    """Return the key under which the vector of a text is kept."""
    return digest("vector", model, text)


def read(content: bytes, name: str) -> tuple[Kept, ...]:
    """Return the vectors of a file, each key once; a last line without its end, cut by a kill, is passed over.

    Args:
        content: UTF-8, one JSON object a line.
        name: of the file, for errors.

    Raises:
        MinilabsError: `reader.record`: the first line that is no vector.
    """
    found: dict[str, Kept] = {}
    for rank, line in enumerate(content.split(b"\n")[:-1], start=1):
        if line.strip():
            one = _kept(line, name, rank)
            found.setdefault(one.key, one)
    return tuple(found.values())


def _kept(line: bytes, name: str, rank: int) -> Kept:
    try:
        row = json.loads(line)
        packed = base64.b64decode(row["vector"], validate=True)
        values = np.frombuffer(packed, dtype="<f2").astype(np.float32)
        one = Kept(str(row["key"]), str(row["model"]), tuple(map(str, row["ideas"])), values)
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error) as why:
        raise MinilabsError("reader.record", path=name, line=rank) from why
    if not len(values) or not np.isfinite(values).all():
        raise MinilabsError("reader.record", path=name, line=rank)
    return one


def of_model(kept: Iterable[Kept], model: str) -> dict[str, np.ndarray]:
    """Return key → vector for one model, all of one dimension."""
    return {one.key: one.values for one in kept if one.model == model}


def without(kept: Iterable[Kept], ideas: Collection[str]) -> list[Kept]:
    """Return the vectors without those of the texts of some ideas alone; the others no longer name them."""
    gone = frozenset(ideas)
    left = [(one, tuple(idea for idea in one.ideas if idea not in gone)) for one in kept]
    return [one if still == one.ideas else replace(one, ideas=still) for one, still in left if still or not one.ideas]


def batches(texts: Mapping[str, tuple[str, ...]], room: int) -> list[dict[str, tuple[str, ...]]]:
    """Return the texts (text → ideas) in calls of at most `MOST` texts and `room` tokens; empty texts are left out."""
    groups: list[dict[str, tuple[str, ...]]] = []
    left = 0
    for text, ideas in texts.items():
        cost = min(tokens(text), room)
        if not text.strip():
            continue
        if not groups or len(groups[-1]) >= MOST or cost > left:
            groups.append({})
            left = room
        groups[-1][text] = ideas
        left -= cost
    return groups


def sent(texts: Iterable[str], room: int) -> list[str]:
    """Return what is sent of texts: those longer than the model reads are cut at a word."""
    return [shortened(text, room) for text in texts]


def checked(
    rows: Sequence[Sequence[float]], texts: Mapping[str, tuple[str, ...]], model: str, size: int | None
) -> list[Kept]:
    """Return the vectors of a call, at unit length.

    Args:
        rows: what the server gave, in the order of `texts`.
        texts: text → ideas.
        model: that was asked.
        size: dimension of the vectors there are already, None for the first ones.

    Raises:
        MinilabsError: `reader.vectors`: of several dimensions, not of the one known, not finite, or of no length.
    """
    sizes = {len(row) for row in rows}
    if len(sizes) != 1 or not (wanted := size or max(sizes)) or sizes != {wanted}:
        told = f"leur dimension n'est pas celle attendue ({', '.join(map(str, sorted(sizes)))} pour {size or 'une'})"
        raise MinilabsError("reader.vectors", model=model, why=told)
    found = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(found, axis=1)
    if not np.isfinite(found).all() or lengths.min() < _LEAST_LENGTH or not np.isfinite(lengths).all():
        raise MinilabsError("reader.vectors", model=model, why="certains ne sont pas des nombres, ou sont nuls")
    unit = (found / lengths[:, None]).astype("<f2").astype(np.float32)
    return [Kept(key_of(t, model), model, ideas, row) for (t, ideas), row in zip(texts.items(), unit, strict=True)]
