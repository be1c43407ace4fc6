"""Who sits where: agents, groups, seats and those who wait."""

from __future__ import annotations

from pipeline.schema.ideas import HOLDERS
from pipeline.schema.table import FLAG, INT, REAL, TEXT, TEXTS, Table

_WHY_NOT = {
    "cost": TEXT,  # why a seat was not given: see `assign.explain.Cost`; `unknown`: not computed; empty: no question
    "loss": INT,
    "floor": INT,
    "own_floor": FLAG,
    "moved": INT,
    "lost": INT,
    "bound": TEXT,  # the rule that binds: cap, maximum, minimum, at_least, announced; empty: no single one
    "bound_by": TEXT,  # of a cap: its column, value, members seated, size of the group, share
    "bound_value": TEXT,
    "bound_count": INT,
    "bound_size": INT,
    "bound_share": REAL,
    "families": TEXTS,  # rules that would have to give together
}
"""Facts of a seat that was not given; sentences are made from them at the edge (see `seat_words`)."""
AGENTS = Table(
    "agents", HOLDERS.key, HOLDERS.columns
)  # holders as people corrected them, and volunteers without an idea
LABS = Table(
    "labs",
    ("lab_id",),
    {
        "lab_id": TEXT,
        "theme_id": TEXT,
        "label": TEXT,
        "kind": TEXT,  # minilab or communaute_metier
        "minimum": INT,
        "maximum": INT,
        "placed": INT,
        "waiting": INT,  # people who have no seat and could join
        **{name: kind for name, kind in _WHY_NOT.items() if name.startswith("bound")},  # why most of them wait
        "slot?": TEXT,  # day or time when it meets, of those written for it
    },
)
ASSIGNMENTS = Table(
    "assignments",
    ("holder_id", "lab_id"),
    {
        "holder_id": TEXT,
        "lab_id": TEXT,  # empty for a person without a seat
        "status": TEXT,  # placed, waiting, volunteer, not_concerned, facilitator
        "affinity": REAL,  # 0 to 1
        "rank?": INT,  # 1: the person's first lab
        "reason_code": TEXT,  # seat: fixed, announced, ideas, wish, volunteer, together; else waiting or a cause
        "causes": TEXTS,  # why a person is not concerned
        "ideas": TEXTS,  # of the person, in the lab's theme
        "near_ideas": TEXTS,  # those of them whose link is to be checked: weak, silent (see `affinity`)
        "wish": INT,  # rank of the wish; 0: none
        "helped": FLAG,  # the seat is there thanks to volunteers
        "drawn": FLAG,  # by lot, the group being full, among more volunteers than its seats
        "first_lab": TEXT,  # the person's own best, where it is another: what follows is why not
        **_WHY_NOT,
        "reason": TEXT,
    },
)
WAITING_LIST = Table(
    "waiting_list",
    ("holder_id", "lab_id"),
    {
        "holder_id": TEXT,
        "lab_id": TEXT,
        "place_in_line": INT,
        "affinity": REAL,
        "rank": INT,  # 1: the person's own best
        "wish?": INT,  # rank of the wish that asks for this group; 0: none
        "enters": TEXT,  # always, depends (on who leaves), never; empty: nobody sits in the group
        "lets_in": INT,  # members whose departure lets the person in next
        "enters_by": TEXT,  # where these are the members of one value of an attribute: the attribute
        "enters_value": TEXT,
        **_WHY_NOT,
        "reason": TEXT,
    },
)
