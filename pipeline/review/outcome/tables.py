"""From the candidate tables to the state that decisions act upon, and back to the tables of the next stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import pandas as pd

from pipeline.french import typeset
from pipeline.review.replaying.engine import Conflict
from pipeline.review.replaying.natures import Held
from pipeline.review.replaying.state import Place, Remembered, State, Theme
from pipeline.schema import CONFLICTS, IDEA_THEMES, THEMES
from pipeline.words.kinds import DECIDED, NAMELESS, told, transversality

_TYPICAL, _PHRASES = 5, 8


def state_of(
    themes: pd.DataFrame,
    idea_themes: pd.DataFrame,
    remembered: Mapping[str, Remembered] | None = None,
    held: Held | None = None,
) -> State:
    """Return the state before any decision.

    Args:
        themes: candidate themes (schema `themes`).
        idea_themes: candidate places (schema `idea_themes`).
        remembered: themes as they were when people last decided.
        held: who holds the ideas.
    """
    found = {
        row["theme_id"]: Theme(
            row["label"],
            row["summary"],
            row["kind"],
            row["kind_reason"],
            nameless=row["kind_because"] if row["kind_because"] in NAMELESS else "",
            parts=(row["theme_id"],),
        )
        for row in _records(themes)
    }
    places = {
        row["idea_id"]: Place(
            _text(row["theme_id"]),
            float(row["membership"]),
            _text(row["theme_id_2"]),
            _real(row["membership_2"]),
            bool(row["weak_signal"]),
        )
        for row in _records(idea_themes)
    }
    return State(found, places, places, remembered=remembered or {}, held=held)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def _text(cell: Any) -> str | None:  # noqa: ANN401 - a cell: text or a missing value
    return None if cell is None or pd.isna(cell) else str(cell)


def _real(cell: Any) -> float | None:  # noqa: ANN401 - a cell: real or a missing value
    return None if cell is None or pd.isna(cell) else float(cell)


def idea_themes_of(before: State, state: State, idea_themes: pd.DataFrame, reasons: dict[int, str]) -> pd.DataFrame:
    """Return the table of places after decisions (schema `idea_themes`).

    Args:
        before: the state before decisions.
        state: after.
        idea_themes: candidate places: `why`, `shared` and `neighbours` come from here.
        reasons: number of a decision → the reason its author gave.
    """
    rows = []
    for row in _records(idea_themes):
        idea = row["idea_id"]
        place, former = state.places[idea], before.places[idea]
        row |= {
            "theme_id": place.theme,
            "membership": place.membership,
            "theme_id_2": place.second,
            "membership_2": place.membership_2,
            "weak_signal": place.weak,
            "decided_by": _decided_by(place, former, row["decided_by"]),
        }
        if (why := reason_for(place, former, reasons)) is not None:
            row["why"] = why
        row["shared"] = row["shared"] if _same_theme(place, former, state) else []
        rows.append(row)
    return IDEA_THEMES.check(pd.DataFrame(rows, columns=IDEA_THEMES.arrow.names))


def _same_theme(place: Place, former: Place, state: State) -> bool:
    """Return whether an idea is still among the ideas of its found theme, merged into another or not."""
    if place.weak or place.theme is None:
        return False
    theme = state.themes.get(place.theme)
    return theme is not None and former.theme in {place.theme, *theme.parts}


def _decided_by(place: Place, former: Place, proposed: str) -> str:
    """Return who put an idea where it is: a person, who proposed it there, or the pipeline, which learnt to move it."""
    if place.by is not None or place.second_by is not None:
        return "analyst"
    return proposed if (place.theme, place.weak) == (former.theme, former.weak) else "pipeline"


def reason_for(place: Place, former: Place, reasons: Mapping[int, str]) -> str | None:
    """Return why an idea is where decisions left it, None when they changed nothing for it.

    Args:
        place: of the idea now.
        former: before any decision.
        reasons: number of a decision → the reason its author gave.
    """
    seq = place.by if place.by is not None else place.second_by
    if seq is not None:
        said = reasons.get(seq, "")
        return typeset(f"Décidé par les analystes (décision {seq}){' : ' + said if said else '.'}")
    if place.theme != former.theme or place.weak != former.weak:
        return typeset("Suit ce que les analystes ont décidé de son ancien thème ou d'idées proches.")
    return None


def themes_of(before: State, state: State, themes: pd.DataFrame) -> pd.DataFrame:
    """Return the table of themes after decisions (schema `themes`).

    A theme that decisions left alone keeps its row. Of the others, sizes and lists of ideas are computed again, and
    what was measured on the found theme (stability) is left empty: it is no longer the same theme.
    """
    found = {row["theme_id"]: row for row in _records(themes)}
    rows = [_theme_row(before, state, theme_id, found) for theme_id in state.themes]
    return THEMES.check(
        pd.DataFrame(rows, columns=THEMES.arrow.names).astype(dict.fromkeys(("found_in", "draws", "holders"), "Int64"))
    )


def _theme_row(before: State, state: State, theme_id: str, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    theme, members = state.themes[theme_id], state.members(theme_id)
    row = {**found.get(theme_id, _blank(theme_id))}
    row |= {"label": theme.label, "summary": theme.summary, **_kind(theme)}
    if row["nearest_theme"] is not None and row["nearest_theme"] not in state.themes:
        row |= {"nearest_theme": None, "difference": []}
    if theme_id in before.themes and members == before.members(theme_id):
        return row
    kept = [found[part] for part in theme.parts if part in found]
    ranked = _ranked(state, members, _all(kept, "typical"))
    inside = set(members)
    return row | {
        "size": len(members),
        "key_phrases": _interleaved(part["key_phrases"] for part in kept)[:_PHRASES],
        "typical": ranked[: max(_TYPICAL, len(row["typical"]))],
        "borderline": [i for i in _all(kept, "borderline") if i in inside and state.places[i].by is None],
        "stability": None,
        "found_in": None,
        "draws": None,
        **transversality(theme.suggested.directorates if theme.suggested else None),
        "found_by_words": None,
        "found_by_meaning": None,
        "sensitivity": None,
    }


def _all(parts: Iterable[dict[str, Any]], column: str) -> list[str]:
    return [idea for part in parts for idea in part[column]]


def _kind(theme: Theme) -> dict[str, Any]:
    """Return the kind and the facts it rests on; those of the found theme stay where nobody looked at its holders."""
    said: dict[str, Any] = {"kind": theme.kind, "kind_reason": theme.kind_reason}
    if theme.decided:
        said |= {"kind_because": DECIDED, "kind_value": None, "kind_share": None}
    if theme.suggested is None:
        return said
    facts = theme.suggested
    said |= {"trade": list(facts.trade), "holders": facts.holders}
    return said if theme.decided else said | told(facts)


def _blank(theme_id: str) -> dict[str, Any]:
    blank: dict[str, Any] = dict.fromkeys(THEMES.arrow.names)
    lists: dict[str, Any] = {"key_phrases": [], "typical": [], "borderline": [], "difference": []}
    return blank | lists | {"theme_id": theme_id, "size": 0, "origin": "decided"}


def _ranked(state: State, members: list[str], typical: list[str]) -> list[str]:
    rank = {idea: position for position, idea in enumerate(dict.fromkeys(typical))}
    return sorted(members, key=lambda idea: (rank.get(idea, len(rank)), -state.places[idea].membership, idea))


def _interleaved(lists: Iterable[Sequence[str]]) -> list[str]:
    columns = list(lists)
    longest = max(map(len, columns), default=0)
    return list(dict.fromkeys(column[i] for i in range(longest) for column in columns if i < len(column)))


def conflicts_of(conflicts: Iterable[Conflict]) -> pd.DataFrame:
    """Return the table of decisions that do not apply (schema `conflicts`)."""
    rows: dict[int, list[Any]] = {}
    for conflict in conflicts:
        act = conflict.decision
        row = rows.setdefault(act.seq, [act.seq, act.action, act.target, act.value, conflict.problem])
        if row[-1] != conflict.problem:
            row[-1] += " " + conflict.problem
    return CONFLICTS.check(pd.DataFrame(rows.values(), columns=CONFLICTS.arrow.names).astype({"seq": "int64"}))
