"""The figures of quality.json, with and without a person's coding."""

from __future__ import annotations

import json

import pandas as pd

from pipeline.evaluate import evaluate
from pipeline.evaluate.coding import COLUMNS
from pipeline.schema import READINGS

IDS = ["a", "b", "c", "d"]
TABLES = {
    "ideas": pd.DataFrame({"idea_id": [*IDS, "z"], "analysed": [True] * 4 + [False]}),
    "themes": pd.DataFrame(
        {"theme_id": ["T1", "T2"], "label": ["Un", "Deux"], "size": [3, 1], "stability": [0.5, None]}
    ),
    "idea_themes": pd.DataFrame(
        {
            "idea_id": IDS,
            "theme_id": ["T1", "T1", "T1", "T2"],
            "theme_id_2": None,
            "weak_signal": [False, False, True, True],
            "decided_by": "pipeline",
        }
    ),
    "labs": pd.DataFrame({"kind": ["minilab"]}),
    "assignments": pd.DataFrame({"status": ["placed", "waiting"]}),
    "readings": READINGS.empty(),
}
CODING = pd.DataFrame(
    {"idea_id": IDS, "theme": ["x", "x", "rien", "y"], "theme_secondary": ["", "y", "", ""]}, columns=list(COLUMNS)
)


def test_without_a_coding() -> None:
    """Nobody's coding is needed to say how many ideas, weak signals and seats there are, and how stable the themes."""
    quality = evaluate(TABLES, CODING.iloc[:0], ["rien"])
    assert quality["ideas"] == {"read": 5, "analysed": 4, "themes": 2}
    assert quality["weak_signals"] == {"count": 2, "share": 0.5, "outside_recall": None}
    assert quality["stability_mean"] == 0.5
    assert quality["minilabs"] == {"count": 1, "communities": 0, "placed": 1, "waiting": 1}
    assert quality["agreement"] is None


def test_with_a_coding() -> None:
    """Ideas that the person put in no theme are not counted against the themes; a third theme stays unmatched."""
    quality = evaluate(TABLES, CODING, ["rien"])
    assert quality["agreement"]["ideas"] == 3
    assert quality["agreement"]["accuracy"] == 1.0
    assert quality["weak_signals"]["outside_recall"] == 1.0
    assert quality["agreement"]["secondary_recall"] == 0.0
    merged = evaluate(TABLES | {"idea_themes": TABLES["idea_themes"].assign(theme_id="T1")}, CODING, ["rien"])
    assert merged["agreement"]["per_theme"]["y"]["matched_theme"] is None
    json.dumps(merged, allow_nan=False)


def test_a_reader_is_compared_with_what_people_decided() -> None:
    """The agreement of a reader counts the ideas that people decided, whatever the names of its themes."""
    ideas = [f"I{n}" for n in range(8)]
    decided = pd.DataFrame(
        {
            "idea_id": ideas,
            "theme_id": ["T01"] * 4 + ["T02"] * 4,
            "weak_signal": [False] * 8,
            "decided_by": ["analyst"] * 6 + ["reader"] * 2,
        }
    )
    readings = pd.DataFrame(
        {
            "idea_id": ideas,
            "theme_id": ["R02"] * 4 + ["R01"] * 4,
            "hesitant": [True] + [False] * 7,
            "model": ["un-modele"] * 8,
            "day": ["2026-01-05"] * 8,
        }
    )
    tables = {**TABLES, "idea_themes": decided, "readings": readings}
    read = evaluate(tables, CODING.iloc[:0], [])["reader"]
    assert read == {
        "model": "un-modele", "day": "2026-01-05", "ideas": 8, "hesitant": 1, "decided": 6, "kappa": 1.0, "alpha": 1.0,
    }  # fmt: skip
