"""How close a person is to a theme: themes of ideas and their holders in, an affinity for each pair out."""

from __future__ import annotations

import pandas as pd

from pipeline.assign.inputs.problem import SCALE
from pipeline.schema import second_given


def idea_memberships(idea_themes: pd.DataFrame, weak_weight: float) -> pd.DataFrame:
    """Return one row an idea and theme: idea_id, theme_id, membership (0 to 1), weak (a weak signal's), silent.

    `silent`: its own text holds no phrase of the theme, and no person said that it belongs there.

    Args:
        idea_themes: see `schema.IDEA_THEMES`; of second themes, those that a person gave count, as first ones do. A
            seat for the program's own would be on the wrong subject five times of six (`benchmarks/ripple.py`).
        weak_weight: a weak signal fits nowhere: its nearest theme counts for this share only.
    """
    silent = ~idea_themes["shared"].map(bool).astype(bool) & (idea_themes["decided_by"] != "analyst")
    known = idea_themes.assign(silent=silent)
    first = known[["idea_id", "theme_id", "membership", "weak_signal", "silent"]]
    given = known[second_given(idea_themes)]
    second = given[["idea_id", "theme_id_2", "membership_2", "weak_signal", "silent"]].set_axis(first.columns, axis=1)
    both = pd.concat([first, second], ignore_index=True).dropna(subset=["theme_id", "membership"])
    both = both[both["theme_id"] != ""].rename(columns={"weak_signal": "weak"}).astype({"weak": bool})
    weight = both["weak"].map({True: weak_weight, False: 1.0})
    return both.assign(membership=(both["membership"] * weight).clip(0.0, 1.0))


def holder_affinity(memberships: pd.DataFrame, idea_holders: pd.DataFrame) -> pd.DataFrame:
    """Return one row a holder and theme: holder_id, theme_id, affinity (0 to 1000), ideas, near, silent.

    `ideas` are ids, strongest first; `near`, those that are only close to the theme: weak signals; `silent`, the others
    of which no word and nobody says that they are about it.

    Several ideas add up without passing 1: 1 − Π(1 − membership), so that two ideas weigh more than one and none is
    lost. Rounded to thousandths, so that sums are exact and no order of rows shows.
    """
    owned = idea_holders[["idea_id", "holder_id"]].merge(memberships, on="idea_id")
    owned = owned.sort_values(
        ["holder_id", "theme_id", "membership", "idea_id"], ascending=[True, True, False, True], kind="stable"
    )
    close = owned["weak"]
    owned = owned.assign(
        near_id=owned["idea_id"].where(close, ""), silent_id=owned["idea_id"].where(owned["silent"] & ~close, "")
    )
    missing = (1.0 - owned["membership"]).groupby([owned["holder_id"], owned["theme_id"]]).prod()
    ideas = owned.groupby(["holder_id", "theme_id"])["idea_id"].agg(list)
    near, silent = (
        owned.groupby(["holder_id", "theme_id"])[name].agg(lambda ids: [i for i in ids if i])
        for name in ("near_id", "silent_id")
    )
    affinity = ((1.0 - missing) * SCALE).round().astype("int64")
    return pd.DataFrame({"affinity": affinity, "ideas": ideas, "near": near, "silent": silent}).reset_index()
