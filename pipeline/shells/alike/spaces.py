"""Spaces kept on disk, by what they are made of: another table, word, model or version makes another."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy import sparse

from pipeline.hashes import code_hash, file_hash, versions
from pipeline.params import Params
from pipeline.review.learning.space import Space
from pipeline.review.replaying.state import Words
from pipeline.stages import BY_NAME
from pipeline.store import DAMAGED, write_bytes
from pipeline.workspace import Workspace, table_path

_FOLDER = ".minilabs/space"
_KEPT = 3
"""Spaces on disk: before an act, after it, and the one before."""

_TABLES = ("ideas", "vectors", "tokens", "word_vectors")


def key_of(workspace: Workspace, params: Params, words: Mapping[str, tuple[Words, ...]]) -> str:
    """Return the hash of all that a space depends on."""
    stage = BY_NAME["review"]
    made_of = {
        "tables": [file_hash(workspace.path(table_path(name))) for name in _TABLES],
        "words": [[theme, *([one.title, one.text] for one in said)] for theme, said in words.items()],
        "model": file_hash(workspace.path(f"models/{params.review.model}")) if params.review.model else "",
        "encoder": [params.embed.encoder, params.embed.prompt, _own(workspace, params.embed.encoder)],
        "code": [code_hash(path) for path in stage.sources],
        "libraries": versions(stage.shaped_by(params)),
    }
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


def _own(workspace: Workspace, encoder: str) -> str:
    """Return the hash of an encoder that is a folder of the workspace; empty for another."""
    folder = workspace.root / encoder
    return file_hash(folder) if folder.is_dir() else ""


def recalled(workspace: Workspace, key: str) -> Space | None:
    """Return the space of that key; None when it is not kept, or damaged: it can always be made again."""
    path = workspace.path(f"{_FOLDER}/{key}.npz")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as saved:
            return _unpacked({name: saved[name] for name in saved.files})
    except (*DAMAGED, EOFError, zipfile.BadZipFile):
        return None


def remember(workspace: Workspace, key: str, space: Space) -> None:
    """Keep a space, and of the others the latest only.

    Raises:
        MinilabsError: `base.disk`.
    """
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **_packed(space))
    path = workspace.path(f"{_FOLDER}/{key}.npz")
    write_bytes(path, buffer.getvalue(), private=True)
    others = sorted((other for other in path.parent.glob("*.npz") if other != path), key=_written)
    for old in others[: max(0, len(others) - _KEPT + 1)]:
        old.unlink(missing_ok=True)


def _written(path: Path) -> float:
    return path.stat().st_mtime


def _packed(space: Space) -> dict[str, np.ndarray]:
    graph = space.graph.tocsr()
    names = json.dumps([list(space.ids), list(space.guided), list(space.known)])
    packed = {
        "names": np.frombuffer(names.encode(), dtype=np.uint8),
        "rows": space.rows,
        "weights": graph.data,
        "indices": graph.indices,
        "starts": graph.indptr,
        "guided": np.array(list(space.guided.values()), dtype=np.float64),
        "known": np.array(list(space.known.values()), dtype=np.float64),
    }
    return packed if space.square is None else packed | {"square": space.square}


def _unpacked(packed: Mapping[str, np.ndarray]) -> Space:
    ids, guided, known = json.loads(bytes(packed["names"]))
    parts = packed["weights"], packed["indices"], packed["starts"]
    return Space(
        tuple(ids),
        packed["rows"],
        packed.get("square"),
        sparse.csr_matrix(parts, shape=(len(ids), len(ids))),
        dict(zip(guided, packed["guided"], strict=True)),
        dict(zip(known, packed["known"], strict=True)),
    )
