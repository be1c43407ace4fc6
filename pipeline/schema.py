"""The tables between stages: columns, types and keys, declared once and checked on entry and exit of each stage."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import pyarrow as pa

from pipeline.errors import MinilabsError

_TEXT, _TEXTS, _INT, _REAL, _FLAG = pa.string(), pa.list_(pa.string()), pa.int64(), pa.float64(), pa.bool_()
_VECTOR = pa.list_(pa.float32())


@dataclass(frozen=True)
class Table:
    """One table of the pipeline.

    Attributes:
        name: as in the architecture page and in file names.
        key: columns that together name a row.
        columns: column → Arrow type; a name ending in `?` may hold empty cells.
        private: holds identities: owner-only permissions, never in git or in a cache.
    """

    name: str
    key: tuple[str, ...]
    columns: dict[str, pa.DataType]
    private: bool = False

    @cached_property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, nullability included."""
        return pa.schema([pa.field(c.rstrip("?"), t, nullable=c.endswith("?")) for c, t in self.columns.items()])

    @property
    def version(self) -> str:
        """What tells the table from one of another program: a hash of its columns, types and key."""
        fields = [f"{field.name} {field.type} {field.nullable}" for field in self.arrow]
        return hashlib.sha256("\n".join([self.name, *self.key, *fields]).encode()).hexdigest()[:12]

    def to_arrow(self, frame: pd.DataFrame) -> pa.Table:
        """Return `frame` with the declared columns only, in declared order and types, rows sorted by key.

        A column that may hold empty cells may be absent: all its cells are then empty.

        Raises:
            MinilabsError: `schema.columns`, `schema.type`, `schema.empty_cell` or `schema.key`.
        """
        names = self.arrow.names
        optional = [c for c in names if c not in frame.columns and f"{c}?" in self.columns]
        frame = frame.assign(**dict.fromkeys(optional)) if optional else frame
        missing = [c for c in names if c not in frame.columns]
        if missing:
            raise MinilabsError(
                "schema.columns",
                table=self.name,
                missing=", ".join(missing),
                present=", ".join(map(str, frame.columns)),
            )
        ordered = frame[names].sort_values(list(self.key), kind="stable").reset_index(drop=True)
        extra = int(ordered.duplicated(list(self.key)).sum())
        if extra:
            raise MinilabsError("schema.key", table=self.name, key=" + ".join(self.key), count=extra)
        return pa.Table.from_arrays([self._column(ordered, field) for field in self.arrow], schema=self.arrow)

    def _column(self, frame: pd.DataFrame, field: pa.Field) -> pa.Array:
        try:
            column = pa.Array.from_pandas(frame[field.name], type=field.type)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as why:
            raise MinilabsError("schema.type", table=self.name, column=field.name, expected=str(field.type)) from why
        if column.null_count and not field.nullable:
            raise MinilabsError("schema.empty_cell", table=self.name, column=field.name, count=column.null_count)
        return column

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` as it would be read back from disk: declared columns, types and row order.

        Raises:
            MinilabsError: see `to_arrow`.
        """
        return to_pandas(self.to_arrow(frame))

    def empty(self) -> pd.DataFrame:
        """Return the table with its columns and no row."""
        return to_pandas(self.arrow.empty_table())


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Return the frame of an Arrow table: nullable integers, strings as `str`, lists as Python lists."""
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}.get)
    for field in table.schema:
        if field.type == _TEXTS:
            cells = [list(cell) if cell is not None else [] for cell in frame[field.name]]
            frame[field.name] = pd.Series(
                cells, index=frame.index, dtype=object
            )  # a column without cells stays one of lists
        if not field.nullable and field.type in (_INT, _FLAG):
            frame[field.name] = frame[field.name].astype("int64" if field.type == _INT else "bool")
    return frame


AWARDED = "idée primée"
"""Why an awarded idea is not analysed."""
IDEAS = Table(
    "ideas",
    ("idea_id",),
    {
        "idea_id": _TEXT,
        "submitted_on?": _TEXT,  # ISO date
        "title": _TEXT,  # masked, as the author wrote it
        "description": _TEXT,  # masked
        "benefits": _TEXT,  # masked, often empty
        "text": _TEXT,  # for analysis: parts joined, normalised, masked, acronyms expanded
        "status": _TEXT,
        "votes?": _INT,
        "category": _TEXT,
        "analysed": _FLAG,
        "reason_excluded": _TEXT,  # empty when analysed
    },
)
HOLDERS = Table(
    "holders",
    ("holder_id",),
    {
        "holder_id": _TEXT,
        "directorate": _TEXT,
        "occupation": _TEXT,
        "site_type": _TEXT,
        "place": _TEXT,
        "department": _TEXT,
        "service?": _TEXT,  # inside the directorate; absent from most exports
    },
)
IDENTITIES = Table(
    "identities",
    ("holder_id",),
    {"holder_id": _TEXT, "family_name": _TEXT, "given_name": _TEXT, "email": _TEXT},
    private=True,
)
_NAMELESS = "sans-nom-"


def nameless_id(rank: int) -> str:
    """Return the number of a holder of whom the export tells a directorate or a place, and nothing that names them."""
    return f"{_NAMELESS}{rank:03d}"


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table whose holder somebody could invite: those without any name are only counted."""
    return frame[~frame["holder_id"].astype(str).str.startswith(_NAMELESS)]


IDEA_HOLDERS = Table("idea_holders", ("idea_id", "holder_id"), {"idea_id": _TEXT, "holder_id": _TEXT, "role": _TEXT})
VECTORS = Table(
    "vectors",
    ("idea_id",),
    {
        "idea_id": _TEXT,
        "vector": _VECTOR,  # of the text
        "content": _VECTOR,  # of its content words alone
        "subjects": _VECTOR,  # how much it is about each notion of the thesaurus
        "notions": _TEXTS,  # of the thesaurus that its words belong to, once per distinct term
        "main": _TEXTS,  # notions it is most about, best first
    },
)
TOKENS = Table(
    "tokens",
    ("idea_id", "position"),
    {
        "idea_id": _TEXT,
        "position": _INT,
        "sentence": _INT,
        "form": _TEXT,
        "lemma": _TEXT,
        "pos": _TEXT,
        "stop": _FLAG,
        "space": _FLAG,  # followed by a space
    },
)
WORD_VECTORS = Table(
    "word_vectors",
    ("lemma",),
    {"lemma": _TEXT, "vector": _VECTOR, "encoded": _VECTOR},  # of a general French lexicon; of the encoder
)
THEMES = Table(
    "themes",
    ("theme_id",),
    {
        "theme_id": _TEXT,
        "label": _TEXT,
        "summary": _TEXT,
        "key_phrases": _TEXTS,
        "kind": _TEXT,  # a key of `kinds.KINDS`; empty when no holder is known or no title is its own
        "kind_reason": _TEXT,
        "kind_because?": _TEXT,  # trade, place, service... decided, mixed, untitled: see `kinds`
        "kind_value?": _TEXT,  # the place, the service, or the directorate most present
        "kind_share?": _REAL,  # of the holders, in the trade or in `kind_value`
        "trade?": _TEXTS,  # occupations that a trade community of this theme admits, the most frequent first
        "holders?": _INT,  # people known to hold its ideas
        "size": _INT,  # ideas, weak signals left out
        "stability?": _REAL,  # mean Jaccard with the best match over resampled runs, 0 to 1
        "found_in?": _INT,  # runs in which the theme was found again...
        "draws?": _INT,  # ...out of how many
        "transversality?": _REAL,  # normalised entropy of holders over directorates, 0 to 1
        "transversality_chance?": _REAL,  # what chance gives for this size...
        "transversality_low?": _REAL,  # ...and the interval in which nine draws in ten fall
        "transversality_high?": _REAL,
        "found_by_words?": _REAL,  # overlap with the theme found from the words alone, 0 to 1
        "found_by_meaning?": _REAL,  # likewise from the vectors of sentences alone
        "sensitivity?": _TEXT,  # both in words
        "typical": _TEXTS,  # idea ids, most typical first
        "borderline": _TEXTS,  # idea ids that could sit elsewhere
        "nearest_theme?": _TEXT,
        "difference": _TEXTS,  # phrases that set it apart from its nearest theme
        "origin?": _TEXT,  # list (the starting list), given (the parameters), found, reader, or decided (by people)
    },
)
IDEA_THEMES = Table(
    "idea_themes",
    ("idea_id",),
    {
        "idea_id": _TEXT,
        "theme_id?": _TEXT,  # for a weak signal: the nearest theme, as a suggestion
        "membership": _REAL,
        "theme_id_2?": _TEXT,
        "membership_2?": _REAL,
        "weak_signal": _FLAG,
        "decided_by": _TEXT,  # pipeline, reader or analyst
        "why": _TEXT,  # phrases and neighbours that put it there, in words
        "shared": _TEXTS,  # key phrases of its theme by which its text says that it is about it; none: to be checked
        "neighbours": _TEXTS,  # idea ids, nearest first
    },
)
HIERARCHY = Table(
    "hierarchy",
    ("node_id",),
    {
        "node_id": _TEXT,  # F1... for a family, the theme_id of a theme, T01.1... for a sub-theme
        "level": _TEXT,  # family, theme, sub_theme
        "parent_id?": _TEXT,  # family of a theme (none when themes are few), theme of a sub-theme
        "label": _TEXT,
        "key_phrases": _TEXTS,
        "size": _INT,  # ideas, weak signals left out
        "ideas": _TEXTS,  # idea ids, the firmest in their theme first
    },
)
MAP = Table("map", ("idea_id",), {"idea_id": _TEXT, "x": _REAL, "y": _REAL})
NEAR_DUPLICATES = Table("near_duplicates", ("idea_a", "idea_b"), {"idea_a": _TEXT, "idea_b": _TEXT, "score": _REAL})
_WHY_NOT = {
    "cost": _TEXT,  # why a seat was not given: see `assign.explain.Cost`; `unknown`: not computed; empty: no question
    "loss": _INT,
    "floor": _INT,
    "own_floor": _FLAG,
    "moved": _INT,
    "lost": _INT,
    "bound": _TEXT,  # the rule that binds: cap, maximum, minimum, at_least, announced; empty: no single one
    "bound_by": _TEXT,  # of a cap: its column, value, members seated, size of the group, share
    "bound_value": _TEXT,
    "bound_count": _INT,
    "bound_size": _INT,
    "bound_share": _REAL,
    "families": _TEXTS,  # rules that would have to give together
}
"""Facts of a seat that was not given; sentences are made from them at the edge (see `seat_words`)."""
CLAIMS = Table(
    "claims",
    ("idea_id",),
    {
        "idea_id": _TEXT,
        "text": _TEXT,  # a sentence of it
        "ideas": _TEXTS,  # ideas of its theme with the same words, or that a reader says propose the same
        "read?": _FLAG,  # a reader says so
    },
)
READINGS = Table(
    "readings",
    ("idea_id",),
    {
        "idea_id": _TEXT,
        "theme_id?": _TEXT,  # as the search proposed it; none: the reader found no subject
        "sure": _TEXT,  # as the reader says: sûr, probable, douteux
        "hesitant": _FLAG,  # its two readings differ
        "alone?": _TEXT,  # theme that its text alone, compared with what was read of the others, would give; none: none
        "quote": _TEXT,  # the idea's own words
        "model": _TEXT,
        "day": _TEXT,  # ISO, of the last reading; empty when it was not noted
    },
)
WORDS_READ = Table(
    "words_read",
    ("rank",),
    {
        "rank": _INT,
        "kind": _TEXT,  # question, or tension
        "text": _TEXT,  # the question of a first session; what two ideas contradict each other on
        "ideas": _TEXTS,  # those that the question was read from; the two ideas
        "model": _TEXT,
    },
)
PROPOSALS = Table(
    "proposals",
    ("proposal",),
    {
        "proposal": _TEXT,  # list: from the starting list; none: without it; no row unless the list suits little
        "themes": _INT,
        "listed": _INT,  # themes that come from the list
        "largest": _INT,  # ideas of the largest theme
        "drawn?": _REAL,  # part of the ideas that the list draws
        "weak_signals": _INT,
        "stability?": _REAL,
        "titles": _TEXTS,
    },
)
CONFLICTS = Table(
    "conflicts", ("seq",), {"seq": _INT, "action": _TEXT, "target": _TEXT, "value": _TEXT, "problem": _TEXT}
)
CHANGES = Table(
    "changes",
    ("what", "id"),
    {"what": _TEXT, "id": _TEXT, "change": _TEXT, "text": _TEXT},  # theme (kept, changed, new, gone) or idea (moved)
)
AGENTS = Table(
    "agents", HOLDERS.key, HOLDERS.columns
)  # holders as people corrected them, and volunteers without an idea
LABS = Table(
    "labs",
    ("lab_id",),
    {
        "lab_id": _TEXT,
        "theme_id": _TEXT,
        "label": _TEXT,
        "kind": _TEXT,  # minilab or communaute_metier
        "minimum": _INT,
        "maximum": _INT,
        "placed": _INT,
        "waiting": _INT,  # people who have no seat and could join
        **{name: kind for name, kind in _WHY_NOT.items() if name.startswith("bound")},  # why most of them wait
        "slot?": _TEXT,  # day or time when it meets, of those written for it
    },
)
ASSIGNMENTS = Table(
    "assignments",
    ("holder_id", "lab_id"),
    {
        "holder_id": _TEXT,
        "lab_id": _TEXT,  # empty for a person without a seat
        "status": _TEXT,  # placed, waiting, volunteer, not_concerned, facilitator
        "affinity": _REAL,  # 0 to 1
        "rank?": _INT,  # 1: the person's first lab
        "reason_code": _TEXT,  # seat: fixed, announced, ideas, wish, volunteer, together; else waiting or a cause
        "causes": _TEXTS,  # why a person is not concerned
        "ideas": _TEXTS,  # of the person, in the lab's theme
        "near_ideas": _TEXTS,  # those of them whose link is to be checked: weak, second themes, silent (see `affinity`)
        "wish": _INT,  # rank of the wish; 0: none
        "helped": _FLAG,  # the seat is there thanks to volunteers
        "drawn": _FLAG,  # by lot, among volunteers
        "first_lab": _TEXT,  # the person's own best, where it is another: what follows is why not
        **_WHY_NOT,
        "reason": _TEXT,
    },
)
WAITING_LIST = Table(
    "waiting_list",
    ("holder_id", "lab_id"),
    {
        "holder_id": _TEXT,
        "lab_id": _TEXT,
        "place_in_line": _INT,
        "affinity": _REAL,
        "rank": _INT,  # 1: the person's own best
        "wish?": _INT,  # rank of the wish that asks for this group; 0: none
        "enters": _TEXT,  # always, depends (on who leaves), never; empty: nobody sits in the group
        "lets_in": _INT,  # members whose departure lets the person in next
        "enters_by": _TEXT,  # where these are the members of one value of an attribute: the attribute
        "enters_value": _TEXT,
        **_WHY_NOT,
        "reason": _TEXT,
    },
)

TABLES = {
    table.name: table
    for table in (
        IDEAS, HOLDERS, IDENTITIES, IDEA_HOLDERS, VECTORS, TOKENS, WORD_VECTORS, THEMES, IDEA_THEMES, HIERARCHY, MAP,
        NEAR_DUPLICATES, CLAIMS, PROPOSALS, READINGS, WORDS_READ, CONFLICTS, CHANGES, AGENTS, LABS, ASSIGNMENTS,
        WAITING_LIST,
    )
}  # fmt: skip
