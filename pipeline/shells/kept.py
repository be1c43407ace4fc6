"""What stages recall from one run to the next: answers in one file, documents where they stand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import MinilabsError
from pipeline.hashes import code_hash, versions
from pipeline.recalled import Answers, remembering
from pipeline.store import DAMAGED, read_json, write_bytes
from pipeline.workspace import Workspace


def read_answers(workspace: Workspace, path: str) -> dict[str, bytes]:
    """Return what is kept; nothing when the file is absent or damaged, for it can always be made again."""
    try:
        table = pq.read_table(workspace.path(path), page_checksum_verification=True)
        return dict(zip(table["key"].to_pylist(), table["value"].to_pylist(), strict=True))
    except DAMAGED:
        return {}


def write_answers(workspace: Workspace, path: str, answers: Mapping[str, bytes]) -> None:
    """Keep `answers`.

    Raises:
        MinilabsError: `base.disk`.
    """
    sink = pa.BufferOutputStream()
    keys = sorted(answers)
    table = pa.table({"key": keys, "value": pa.array([answers[k] for k in keys], type=pa.large_binary())})
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
    write_bytes(workspace.path(path), sink.getvalue().to_pybytes(), private=True)


def made_with(libraries: tuple[str, ...], *given: str) -> str:
    """Return a short hash of the versions of libraries and of what else is given: another version, another memory."""
    content = json.dumps([versions(libraries), *given])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@contextmanager
def answers_kept(workspace: Workspace, name: str, libraries: tuple[str, ...]) -> Iterator[None]:
    """Recall in the block what the block asked the time before; what it asks now is kept when all went well.

    Args:
        workspace: where it is kept.
        name: of the block.
        libraries: whose other version would answer otherwise.

    Raises:
        MinilabsError: `base.disk`.
    """
    path = f".minilabs/solved/{made_with(libraries, name)}.parquet"
    known = read_answers(workspace, path)
    answers = Answers(known)
    with remembering(answers):
        yield
    if answers.asked != known:
        write_answers(workspace, path, answers.asked)


class Documents:
    """A memory whose answers are the documents of the run before, where they stand, whole and unchanged."""

    _INDEX = ".minilabs/documents.json"

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._made_with = made_with(("typst",), code_hash("pipeline/report/fonts"))
        self._known = self._index()
        self._hashes: dict[str, str] = {}

    def get(self, key: str) -> bytes | None:
        """Return the document made from the same question, or None when it was not, or was changed or removed."""
        path, expected = self._known.get(key, ("", ""))
        try:
            content = self._workspace.path(path).read_bytes() if path else b""
        except (OSError, MinilabsError):
            return None
        if not path or _hash(content) != expected:
            return None
        self._hashes[key] = expected
        return content

    def put(self, key: str, answer: bytes) -> None:
        """Note a document that was just made."""
        self._hashes[key] = _hash(answer)

    def write(self, written: Iterable[tuple[str, bytes]]) -> None:
        """Note where documents now stand; those of the run before that still stand elsewhere stay known.

        Raises:
            MinilabsError: `base.disk`.
        """
        places = {_hash(content): path for path, content in written}
        now = set(places.values())
        before = {key: known for key, known in self._known.items() if known[0] not in now and self._stands(known[0])}
        index = before | {key: (places[made], made) for key, made in sorted(self._hashes.items()) if made in places}
        if index != self._known:
            content = json.dumps({"made_with": self._made_with, "documents": dict(sorted(index.items()))}).encode()
            write_bytes(self._workspace.path(self._INDEX), content, private=True)

    def _stands(self, path: str) -> bool:
        try:
            return self._workspace.path(path).is_file()
        except (OSError, MinilabsError):
            return False

    def _index(self) -> dict[str, tuple[str, str]]:
        """Return key → (path, hash); nothing when the file is absent, damaged or of other versions."""
        try:
            found = read_json(self._workspace.path(self._INDEX))
            known = found["documents"] if found["made_with"] == self._made_with else {}
            return {str(key): (str(path), str(made)) for key, (path, made) in known.items()}
        except (MinilabsError, AttributeError, KeyError, TypeError, ValueError):
            return {}


def holds(path: Path, content: bytes) -> bool:
    """Return whether a file of its own holds `content` already."""
    try:
        return not path.is_symlink() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
