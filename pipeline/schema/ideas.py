"""What is read: ideas, who holds them, their words and vectors."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.schema.table import FLAG, INT, TEXT, TEXTS, VECTOR, Table

AWARDED = "idée primée"
"""Why an awarded idea is not analysed."""
IDEAS = Table(
    "ideas",
    ("idea_id",),
    {
        "idea_id": TEXT,
        "submitted_on?": TEXT,  # ISO date
        "title": TEXT,  # masked, as the author wrote it
        "description": TEXT,  # masked
        "benefits": TEXT,  # masked, often empty
        "text": TEXT,  # for analysis: parts joined, normalised, masked, acronyms expanded
        "status": TEXT,
        "votes?": INT,
        "category": TEXT,
        "analysed": FLAG,
        "reason_excluded": TEXT,  # empty when analysed
    },
)
HOLDERS = Table(
    "holders",
    ("holder_id",),
    {
        "holder_id": TEXT,
        "directorate": TEXT,
        "occupation": TEXT,
        "site_type": TEXT,
        "place": TEXT,
        "department": TEXT,
        "service?": TEXT,  # inside the directorate; absent from most exports
    },
)
IDENTITIES = Table(
    "identities",
    ("holder_id",),
    {"holder_id": TEXT, "family_name": TEXT, "given_name": TEXT, "email": TEXT},
    private=True,
)
_NAMELESS = "sans-nom-"


def nameless_id(rank: int) -> str:
    """Return the number of a holder of whom the export tells a directorate or a place, and nothing that names them."""
    return f"{_NAMELESS}{rank:03d}"


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table whose holder somebody could invite: those without any name are only counted."""
    return frame[~frame["holder_id"].astype(str).str.startswith(_NAMELESS)]


IDEA_HOLDERS = Table("idea_holders", ("idea_id", "holder_id"), {"idea_id": TEXT, "holder_id": TEXT, "role": TEXT})
VECTORS = Table(
    "vectors",
    ("idea_id",),
    {
        "idea_id": TEXT,
        "vector": VECTOR,  # of the text
        "content": VECTOR,  # of its content words alone
        "subjects": VECTOR,  # how much it is about each notion of the thesaurus
        "notions": TEXTS,  # of the thesaurus that its words belong to, once per distinct term
        "main": TEXTS,  # notions it is most about, best first
    },
)
TOKENS = Table(
    "tokens",
    ("idea_id", "position"),
    {
        "idea_id": TEXT,
        "position": INT,
        "sentence": INT,
        "form": TEXT,
        "lemma": TEXT,
        "pos": TEXT,
        "stop": FLAG,
        "space": FLAG,  # followed by a space
    },
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of a text: a row of the table `tokens`, without its place.

    Attributes:
        sentence: its number in the text, from 0.
        form: as written.
        lemma: dictionary form, in lower case.
        pos: universal part of speech ("NOUN", "PUNCT"...).
        stop: a tool word, a sign or a space, never a subject.
        space: followed by a space in the text.
    """

    sentence: int
    form: str
    lemma: str
    pos: str
    stop: bool
    space: bool


CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
"""Parts of speech that carry what an idea is about."""
WORD_VECTORS = Table(
    "word_vectors",
    ("lemma",),
    {"lemma": TEXT, "vector": VECTOR, "encoded": VECTOR},  # of a general French lexicon; of the encoder
)
