"""The figures of quality: tables of the chain in, one JSON-ready dictionary out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.evaluate.agreement import Agreement, agreement, secondary_recall
from pipeline.evaluate.coders import compare_coders
from pipeline.words.kinds import COMMUNITY, MINILAB

Quality = dict[str, Any]


def evaluate(tables: dict[str, pd.DataFrame], coding: pd.DataFrame, outside: list[str]) -> Quality:
    """Return the quality figures, all between 0 and 1 unless they are counts.

    Keys: `ideas` (read, analysed, themes), `stability_mean`, `weak_signals` (count, share, outside_recall: share of the
    ideas the person put in no theme that are weak signals), `minilabs` (count, placed, waiting), `agreement` (None
    without a coding; see `agreement.Agreement`), `reader` (None without a second reader), `themes` (a dictionary by
    theme_id: label, size, stability...).

    Args:
        tables: ideas, readings, themes, idea_themes, labs, assignments (see `schema`).
        coding: see `coding.read_coding`; may have no row.
        outside: values of the coding that mean "no theme".
    """
    themes, idea_themes = tables["themes"], tables["idea_themes"]
    weak = idea_themes["weak_signal"].astype(bool)
    noise = coding.loc[coding["theme"].isin(outside), "idea_id"]
    return {
        "ideas": {
            "read": len(tables["ideas"]),
            "analysed": int(tables["ideas"]["analysed"].sum()),
            "themes": len(themes),
        },
        "stability_mean": _mean(themes["stability"]),
        "weak_signals": {
            "count": int(weak.sum()),
            "share": _rounded(weak.mean()) if len(weak) else 0.0,
            "outside_recall": _rounded(weak[idea_themes["idea_id"].isin(noise)].mean()) if len(noise) else None,
        },
        "minilabs": _minilabs(tables["labs"], tables["assignments"]),
        "agreement": _agreement(idea_themes, coding, outside),
        "reader": _reader(tables["readings"], idea_themes),
        "themes": {
            row["theme_id"]: {"label": row["label"], "size": int(row["size"]), "stability": _rounded(row["stability"])}
            for row in themes.to_dict("records")
        },
    }


def _reader(readings: pd.DataFrame, idea_themes: pd.DataFrame) -> Quality | None:
    """Return what a second reader read and how far people agree with it on the ideas they decided; None without one."""
    if readings.empty:
        return None
    decided = idea_themes.loc[(idea_themes["decided_by"] == "analyst") & ~idea_themes["weak_signal"].astype(bool)]
    read = readings.set_index("idea_id")["theme_id"].dropna()
    both = compare_coders(decided.set_index("idea_id")["theme_id"], read)
    return {
        "model": str(readings["model"].iloc[0]),
        "day": str(readings["day"].iloc[0]),
        "ideas": len(readings),
        "hesitant": int(readings["hesitant"].astype(bool).sum()),
        "decided": both.ideas if both else 0,
        "kappa": _rounded(both.kappa) if both else None,
        "alpha": _rounded(both.alpha) if both else None,
    }


_HEADLINES = {
    "ideas": ("read", "analysed", "themes"),
    "weak_signals": ("share",),
    "minilabs": ("count", "communities", "placed", "waiting"),
    "agreement": ("ami", "v_measure", "accuracy", "majority"),
}


def headlines(quality: Quality) -> Quality:
    """Return the dozen figures that one compares from a run to another, under their names in `quality`."""
    there = {group: names for group, names in _HEADLINES.items() if quality[group]}
    return {
        "stability_mean": quality["stability_mean"],
        **{group: {name: quality[group][name] for name in names} for group, names in there.items()},
    }


def _agreement(idea_themes: pd.DataFrame, coding: pd.DataFrame, outside: list[str]) -> Quality | None:
    counted = coding[~coding["theme"].isin(outside)].set_index("idea_id")
    found = idea_themes.set_index("idea_id")["theme_id"]
    result = agreement(found, counted["theme"])
    if result is None:
        return None
    matched = {row["theme"]: row["theme_id"] for row in result.themes.to_dict("records") if row["theme_id"]}
    second = secondary_recall(idea_themes, counted["theme_secondary"], matched)
    return {**_figures(result), "secondary_recall": _rounded(second), "per_theme": _per_theme(result)}


def _figures(result: Agreement) -> Quality:
    reals = {name: _rounded(getattr(result, name)) for name in ("v_measure", "ari", "ami", "accuracy", "majority")}
    return {"ideas": result.ideas, **reals}


def _per_theme(result: Agreement) -> Quality:
    return {
        row["theme"]: {
            "size": int(row["size"]),
            "matched_theme": row["theme_id"] or None,
            "precision": _rounded(row["precision"]),
            "recall": _rounded(row["recall"]),
        }
        for row in result.themes.to_dict("records")
    }


def _minilabs(labs: pd.DataFrame, assignments: pd.DataFrame) -> Quality:
    statuses = assignments["status"].value_counts()
    return {
        "count": int((labs["kind"] == MINILAB).sum()),
        "communities": int((labs["kind"] == COMMUNITY).sum()),
        "placed": int(statuses.get("placed", 0)),
        "waiting": int(statuses.get("waiting", 0)),
    }


def _mean(column: pd.Series[float]) -> float | None:
    return _rounded(column.mean()) if column.notna().any() else None


def _rounded(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), 4)
