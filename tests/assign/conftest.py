"""The demonstration corpus with its author's themes, as the tables that assign reads."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.words.trades import trade

SAMPLE = Path(__file__).parents[2] / "data/sample"
_HOLDER_COLUMNS = {
    "agent_id": "holder_id", "direction": "directorate", "metier": "occupation", "site": "site_type", "lieu": "place",
    "departement": "department",
}  # fmt: skip


def sample_tables() -> dict[str, pd.DataFrame]:
    """Return themes, idea_themes, holders and idea_holders made from the author's coding."""
    coding = pd.read_csv(SAMPLE / "gold.csv", dtype=str, keep_default_na=False)
    themes = pd.read_csv(SAMPLE / "themes.csv", dtype=str, keep_default_na=False)
    holders = pd.read_csv(SAMPLE / "holders.csv", dtype=str, keep_default_na=False)
    owned = pd.read_csv(SAMPLE / "idea_holders.csv", dtype=str).rename(columns={"agent_id": "holder_id"})
    return {
        "themes": _themes(themes[themes["kind"] != ""], coding.merge(owned, on="idea_id"), holders),
        "idea_themes": _idea_themes(coding),
        "holders": holders.rename(columns=_HOLDER_COLUMNS)[list(_HOLDER_COLUMNS.values())],
        "idea_holders": owned,
    }


def _themes(themes: pd.DataFrame, owned: pd.DataFrame, holders: pd.DataFrame) -> pd.DataFrame:
    occupation = holders.set_index("agent_id")["metier"]
    people = {theme: set(held["holder_id"]) for theme, held in owned.groupby("theme")}
    admitted = [list(trade(occupation[sorted(people[name])], occupation, 1).occupations) for name in themes["theme"]]
    return themes.rename(columns={"theme": "theme_id", "libelle": "label"}).assign(
        trade=pd.Series(admitted, index=themes.index)
    )


def _idea_themes(coding: pd.DataFrame) -> pd.DataFrame:
    weak = coding["theme"] == "hors_theme"
    second = coding["theme_secondary"].where(coding["theme_secondary"] != "", None)
    return pd.DataFrame(
        {
            "idea_id": coding["idea_id"],
            "theme_id": coding["theme"].where(~weak, second.where(second.notna(), "environnement_ecogestes")),
            "membership": [0.8 if pd.isna(one) else 0.6 for one in second],
            "theme_id_2": second.where(~weak, None),
            "membership_2": [None if pd.isna(one) else 1.0 for one in second],
            "weak_signal": weak,
            "decided_by": ["pipeline" if pd.isna(one) else "analyst" for one in second],
            "shared": [[] if one else ["mot"] for one in weak],
        }
    )


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    """The tables of `sample_tables`, made once; no test changes them."""
    return sample_tables()
