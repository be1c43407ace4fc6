"""What is found and decided: themes, the theme of each idea, the map, what a reader and the analysts said."""

from __future__ import annotations

import pandas as pd

from pipeline.schema.table import FLAG, INT, REAL, TEXT, TEXTS, Table

THEMES = Table(
    "themes",
    ("theme_id",),
    {
        "theme_id": TEXT,
        "label": TEXT,
        "summary": TEXT,
        "key_phrases": TEXTS,
        "kind": TEXT,  # a key of `kinds.KINDS`; empty when no holder is known or no title is its own
        "kind_reason": TEXT,
        "kind_because?": TEXT,  # trade, place, service... decided, mixed, untitled: see `kinds`
        "kind_value?": TEXT,  # the place, the service, or the directorate most present
        "kind_share?": REAL,  # of the holders, in the trade or in `kind_value`
        "trade?": TEXTS,  # occupations that a trade community of this theme admits, the most frequent first
        "holders?": INT,  # people known to hold its ideas
        "size": INT,  # ideas, weak signals left out
        "stability?": REAL,  # mean Jaccard with the best match over resampled runs, 0 to 1
        "found_in?": INT,  # runs in which the theme was found again...
        "draws?": INT,  # ...out of how many
        "transversality?": REAL,  # normalised entropy of holders over directorates, 0 to 1
        "transversality_chance?": REAL,  # what chance gives for this size...
        "transversality_low?": REAL,  # ...and the interval in which nine draws in ten fall
        "transversality_high?": REAL,
        "found_by_words?": REAL,  # overlap with the theme found from the words alone, 0 to 1
        "found_by_meaning?": REAL,  # likewise from the vectors of sentences alone
        "sensitivity?": TEXT,  # both in words
        "typical": TEXTS,  # idea ids, most typical first
        "borderline": TEXTS,  # idea ids that could sit elsewhere
        "nearest_theme?": TEXT,
        "difference": TEXTS,  # phrases that set it apart from its nearest theme
        "origin?": TEXT,  # list (the starting list), given (the parameters), found, reader, or decided (by people)
    },
)
IDEA_THEMES = Table(
    "idea_themes",
    ("idea_id",),
    {
        "idea_id": TEXT,
        "theme_id?": TEXT,  # for a weak signal: the nearest theme, as a suggestion
        "membership": REAL,
        "theme_id_2?": TEXT,
        "membership_2?": REAL,
        "weak_signal": FLAG,
        "decided_by": TEXT,  # pipeline, reader or analyst
        "why": TEXT,  # phrases and neighbours that put it there, in words
        "shared": TEXTS,  # key phrases of its theme by which its text says that it is about it; none: to be checked
        "neighbours": TEXTS,  # idea ids, nearest first
    },
)
HIERARCHY = Table(
    "hierarchy",
    ("node_id",),
    {
        "node_id": TEXT,  # F1... for a family, the theme_id of a theme, T01.1... for a sub-theme
        "level": TEXT,  # family, theme, sub_theme
        "parent_id?": TEXT,  # family of a theme (none when themes are few), theme of a sub-theme
        "label": TEXT,
        "key_phrases": TEXTS,
        "size": INT,  # ideas, weak signals left out
        "ideas": TEXTS,  # idea ids, the firmest in their theme first
    },
)
MAP = Table("map", ("idea_id",), {"idea_id": TEXT, "x": REAL, "y": REAL})
NEAR_DUPLICATES = Table("near_duplicates", ("idea_a", "idea_b"), {"idea_a": TEXT, "idea_b": TEXT, "score": REAL})
CLAIMS = Table(
    "claims",
    ("idea_id",),
    {
        "idea_id": TEXT,
        "text": TEXT,  # a sentence of it
        "ideas": TEXTS,  # ideas of its theme with the same words, or that a reader says propose the same
        "read?": FLAG,  # a reader says so
    },
)
READINGS = Table(
    "readings",
    ("idea_id",),
    {
        "idea_id": TEXT,
        "theme_id?": TEXT,  # as the search proposed it; none: the reader found no subject
        "sure": TEXT,  # as the reader says: sûr, probable, douteux
        "hesitant": FLAG,  # its two readings differ
        "alone?": TEXT,  # theme that its text alone, compared with what was read of the others, would give; none: none
        "quote": TEXT,  # the idea's own words
        "model": TEXT,
        "day": TEXT,  # ISO, of the last reading; empty when it was not noted
    },
)
WORDS_READ = Table(
    "words_read",
    ("rank",),
    {
        "rank": INT,
        "kind": TEXT,  # question, or tension
        "text": TEXT,  # the question of a first session; what two ideas contradict each other on
        "ideas": TEXTS,  # those that the question was read from; the two ideas
        "model": TEXT,
    },
)
PROPOSALS = Table(
    "proposals",
    ("proposal",),
    {
        "proposal": TEXT,  # list: from the starting list; none: without it; no row unless the list suits little
        "themes": INT,
        "listed": INT,  # themes that come from the list
        "largest": INT,  # ideas of the largest theme
        "drawn?": REAL,  # part of the ideas that the list draws
        "weak_signals": INT,
        "stability?": REAL,
        "titles": TEXTS,
    },
)
CONFLICTS = Table("conflicts", ("seq",), {"seq": INT, "action": TEXT, "target": TEXT, "value": TEXT, "problem": TEXT})
CHANGES = Table(
    "changes",
    ("what", "id"),
    {"what": TEXT, "id": TEXT, "change": TEXT, "text": TEXT},  # theme (kept, changed, new, gone) or idea (moved)
)


def second_given(idea_themes: pd.DataFrame) -> pd.Series[bool]:
    """Return whether the second theme of each row of `IDEA_THEMES` is one that a person gave.

    The program's own lead to no seat and are not shown: on the hospital's contest 7 and 10 % of them are what a reader
    says, on six consultations .03 to .24, where a theme drawn by lot would be right for .03 to .07
    (`benchmarks/shown.py`); one idea in six there, one in four of the sample, has its first theme in it.
    """
    return (idea_themes["decided_by"] == "analyst") & (idea_themes["membership_2"] >= 1)
