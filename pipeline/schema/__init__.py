"""The tables between stages: columns, types and keys, declared once and checked on entry and exit of each stage.

- `table`: what a table is;
- `ideas`, `themes`, `groups`: the tables, in the order in which stages make them.
"""

from pipeline.schema.groups import AGENTS, ASSIGNMENTS, LABS, WAITING_LIST
from pipeline.schema.ideas import (
    AWARDED,
    CONTENT,
    HOLDERS,
    IDEA_HOLDERS,
    IDEAS,
    IDENTITIES,
    TOKENS,
    VECTORS,
    WORD_VECTORS,
    Token,
    named,
    nameless_id,
)
from pipeline.schema.table import Table, to_pandas
from pipeline.schema.themes import (
    CHANGES,
    CLAIMS,
    CONFLICTS,
    HIERARCHY,
    IDEA_THEMES,
    MAP,
    NEAR_DUPLICATES,
    PROPOSALS,
    READINGS,
    THEMES,
    WORDS_READ,
    second_given,
)

TABLES = {
    table.name: table
    for table in (
        IDEAS, HOLDERS, IDENTITIES, IDEA_HOLDERS, VECTORS, TOKENS, WORD_VECTORS, THEMES, IDEA_THEMES, HIERARCHY, MAP,
        NEAR_DUPLICATES, CLAIMS, PROPOSALS, READINGS, WORDS_READ, CONFLICTS, CHANGES, AGENTS, LABS, ASSIGNMENTS,
        WAITING_LIST,
    )
}  # fmt: skip

__all__ = [
    "AGENTS", "ASSIGNMENTS", "AWARDED", "CHANGES", "CLAIMS", "CONFLICTS", "CONTENT", "HIERARCHY", "HOLDERS", "IDEAS",
    "IDEA_HOLDERS", "IDEA_THEMES", "IDENTITIES", "LABS", "MAP", "NEAR_DUPLICATES", "PROPOSALS", "READINGS",
    "TABLES", "THEMES", "TOKENS", "VECTORS", "WAITING_LIST", "WORDS_READ", "WORD_VECTORS", "Table", "Token",
    "named",
    "nameless_id", "second_given", "to_pandas",
]  # fmt: skip
