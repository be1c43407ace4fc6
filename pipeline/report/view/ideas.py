"""Tables → the ideas a document shows."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from pipeline.french import long_date, typeset
from pipeline.identifiers import anchor
from pipeline.report.facts.frames import Row, Tables, rows, text
from pipeline.report.facts.ideas import Held, Idea
from pipeline.report.facts.words import DOUBTFUL, firmness
from pipeline.report.view.profiles import profiles
from pipeline.report.withheld.disclosure import WEAK, Disclosure
from pipeline.schema import second_given
from pipeline.words.kinds import NAMELESS


def ideas(tables: Tables, labels: dict[str, str], known: Disclosure, outcomes: dict[str, str]) -> tuple[Idea, ...]:
    """Return the analysed ideas, sorted by id.

    Args:
        tables: ideas, themes, idea_themes, idea_holders, map, near_duplicates.
        labels: theme_id → title.
        known: what may be said of holders.
        outcomes: idea_id → what became of it, a sentence.
    """
    joined = tables["ideas"][tables["ideas"]["analysed"]].merge(tables["idea_themes"], on="idea_id", how="left")
    nameless = tables["themes"].loc[tables["themes"]["kind_because"].isin(NAMELESS), "theme_id"]
    joined["theme_id_2"] = joined["theme_id_2"].mask(joined["theme_id_2"].isin(nameless) | ~second_given(joined))
    joined["learned"] = bool((tables["idea_themes"]["decided_by"] == "analyst").any())
    theme_of = {row["idea_id"]: WEAK if _is_weak(row, labels) else row["theme_id"] for row in rows(joined)}
    held = profiles(known, tables["idea_holders"], theme_of)
    near = _near(tables["near_duplicates"])
    places = _places(tables["map"])
    return tuple(
        _idea(row, labels, held.get(row["idea_id"], ()), near[row["idea_id"]], places, outcomes)
        for row in rows(joined.sort_values("idea_id"))
    )


def _idea(
    row: Row,
    labels: dict[str, str],
    held: tuple[Held, ...],
    near: list[str],
    places: dict[str, tuple[float, float]],
    outcomes: dict[str, str],
) -> Idea:
    weak = _is_weak(row, labels)
    firm = "" if weak else _firmness(row, labels)
    return Idea(
        idea_id=row["idea_id"],
        anchor=anchor("idee", row["idea_id"]),
        title=row["title"] or "(sans titre)",
        description=row["description"],
        benefits=row["benefits"],
        submitted=_date(row["submitted_on"]),
        votes=None if row["votes"] is None else int(row["votes"]),
        theme_id=text(row["theme_id"]) if row["theme_id"] in labels else "",
        second_id=text(row["theme_id_2"]) if row["theme_id_2"] in labels else "",
        weak=weak,
        placement=typeset(_placement(row, labels, firm, weak=weak)),
        why=typeset(text(row["why"])),
        near=tuple(sorted(near)),
        held=held,
        position=places.get(row["idea_id"]),
        outcome=outcomes.get(row["idea_id"], ""),
        doubtful=firm == DOUBTFUL,
    )


def _is_weak(row: Row, labels: dict[str, str]) -> bool:
    return bool(row["weak_signal"]) or row["theme_id"] not in labels


def _date(iso: object) -> str:
    try:
        return long_date(text(iso))
    except ValueError:
        return text(iso)


def _firmness(row: Row, labels: dict[str, str]) -> str:
    """Return how firm the place in a theme is, in a word; nothing where a person decided it."""
    second = labels.get(text(row["theme_id_2"]))
    if row["decided_by"] == "analyst" and (not second or row["membership"] == 1):  # else they gave the second alone
        return ""
    return firmness(row["membership"] or 0.0, 0.0 if second else row["membership_2"] or 0.0)


def _placement(row: Row, labels: dict[str, str], firm: str, *, weak: bool) -> str:
    by_person = row["decided_by"] == "analyst"
    nearest = labels.get(text(row["theme_id"]))
    if weak:
        said = "Signal faible, décidé par une personne" if by_person else "Signal faible : ne se rattache à aucun thème"
        return f"{said}. Le plus proche serait « {nearest} »." if nearest else f"{said}."
    second = labels.get(text(row["theme_id_2"]))
    also = f" Touche aussi « {second} », ajouté par une personne." if second else ""
    if not firm:
        return f"Rattachement décidé par une personne.{also}"
    if row["learned"]:
        return f"Rattachement proposé d’après les décisions : {firm}.{also}"
    return f"Rattachement proposé avant toute décision : {firm}.{also}"


def _near(pairs: pd.DataFrame) -> defaultdict[str, list[str]]:
    near: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in pairs[["idea_a", "idea_b"]].itertuples(index=False, name=None):
        near[a].append(b)
        near[b].append(a)
    return near


def _places(points: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return positions between 0 and 1, at one scale for both axes (distances keep their meaning)."""
    known = points.dropna()
    if known.empty:
        return {}
    x, y = known["x"], known["y"]
    side = max(x.max() - x.min(), y.max() - y.min()) or 1.0
    across, down = (x - x.min()) / side, (y - y.min()) / side
    return {i: (float(a), float(b)) for i, a, b in zip(known["idea_id"], across, down, strict=True)}
