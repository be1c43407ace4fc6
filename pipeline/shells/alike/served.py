"""Vectors that a server gave, in a workspace: the encoder that they make, and forgetting them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.embed.encoders import RecordedEncoder
from pipeline.files.given_file import content_of
from pipeline.params import Params
from pipeline.reader.vectors import Kept, key_of, of_model, read, without
from pipeline.store import write_bytes
from pipeline.workspace import Workspace

VECTORS = "vecteurs.jsonl"


def load_vectors(workspace: Workspace, params: Params) -> tuple[Kept, ...]:
    """Return the vectors that a server gave; none without a file.

    Raises:
        MinilabsError: `reader.record`.
    """
    return read(content_of(vectors_path(workspace, params), VECTORS), VECTORS)


def recorded(workspace: Workspace, params: Params) -> RecordedEncoder:
    """Return the encoder that these vectors make, as far as they were asked for.

    Raises:
        MinilabsError: `reader.record`.
    """
    model = params.embed.served
    known = of_model(load_vectors(workspace, params), model)
    size = len(next(iter(known.values()), ()))
    return RecordedEncoder(model, params.embed.prompt, lambda text: known.get(key_of(text, model)), size)


def forget_vectors(workspace: Workspace, params: Params, ideas: Sequence[str] | None) -> None:
    """Drop the vectors of the texts of some ideas, or all.

    Raises:
        MinilabsError: `reader.record`, `base.disk`.
    """
    path = vectors_path(workspace, params)
    if not path.is_file():
        return
    if ideas is None:
        path.unlink()
        return
    content = "".join(one.line for one in without(load_vectors(workspace, params), ideas)).encode()
    if content != path.read_bytes():
        write_bytes(path, content)


def vectors_path(workspace: Workspace, params: Params) -> Path:
    """Return where the vectors lie."""
    return workspace.given(f"{params.reader.folder}/{VECTORS}")
