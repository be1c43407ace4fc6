"""The figures of quality.json, with and without a person's coding."""

from __future__ import annotations

import json

import pandas as pd

from pipeline.evaluate import evaluate
from pipeline.evaluate.coding import COLUMNS

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
        }
    ),
    "labs": pd.DataFrame({"kind": ["minilab"]}),
    "assignments": pd.DataFrame({"status": ["placed", "waiting"]}),
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
