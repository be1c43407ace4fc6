"""Embed: the analysed ideas → vectors, words and word vectors; texts met before are taken from the cache."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.embed import embed
from pipeline.embed.encoders import OFFLINE, OfflineEncoder, load_encoder
from pipeline.embed.memory import Memory, RememberingEncoder, RememberingParser
from pipeline.embed.parse import FrenchParser
from pipeline.french import counted
from pipeline.params import Params
from pipeline.stages import Figures, Progress
from pipeline.store import load, save, write_bytes
from pipeline.workspace import Workspace

_FORMAT = "1"
"""Changed when what is remembered changes: an older cache is then ignored."""


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write the tables of the stage; return what the summary shows."""
    progress(0, 4)
    ideas = load(workspace, "ideas", stage="ingest")
    section = params.embed
    memories = {
        name: _read(workspace, name)
        for name in (_encoder_name(section.encoder, section.prompt), _encoder_name(OFFLINE, ""), "words", "lexicon")
    }
    known = {name: len(memory) for name, memory in memories.items()}
    encoder = RememberingEncoder(
        load_encoder(section.encoder, section.prompt, workspace.root),
        memories[_encoder_name(section.encoder, section.prompt)],
    )
    offline = RememberingEncoder(OfflineEncoder(), memories[_encoder_name(OFFLINE, "")])
    parser = RememberingParser(FrenchParser(), memories["words"], memories["lexicon"])
    result = embed(ideas, encoder, parser, progress, offline)
    for name in ("vectors", "tokens", "word_vectors"):
        save(workspace, name, getattr(result, name))
    for name, memory in memories.items():
        if len(memory) > known[name]:
            _write(workspace, name, memory)
    progress(4, 4)
    return {"idées représentées": counted(len(result.vectors), "idée"), "modèle": section.encoder}


def _encoder_name(encoder: str, prompt: str) -> str:
    return "vectors-" + hashlib.sha256(f"{encoder}\n{prompt}".encode()).hexdigest()[:12]


def _path(name: str) -> str:
    return f".minilabs/embed/{_FORMAT}/{name}.parquet"


def _read(workspace: Workspace, name: str) -> Memory:
    """Return what is remembered; nothing when the file is absent or damaged, for a cache can always be made again."""
    try:
        table = pq.read_table(workspace.path(_path(name)))
        return dict(zip(table["key"].to_pylist(), table["value"].to_pylist(), strict=True))
    except (OSError, KeyError, pa.ArrowInvalid):
        return {}


def _write(workspace: Workspace, name: str, memory: Memory) -> None:
    sink = pa.BufferOutputStream()
    keys = sorted(memory)
    table = pa.table({"key": keys, "value": pa.array([memory[k] for k in keys], type=pa.large_binary())})
    pq.write_table(table, sink, compression="zstd")
    write_bytes(workspace.path(_path(name)), sink.getvalue().to_pybytes(), private=True)
