"""What two people cannot both want: two acts in, whether they disagree out."""

from __future__ import annotations

from pipeline.review.replaying.decisions import Decision, new_theme_id

_TITLES = ("rename", "describe", "kind")


def against(first: Decision, second: Decision) -> bool:
    """Say whether two acts cannot both hold: on ideas, on a title, on a theme that one of them closes."""
    return (
        _apart(first, second)
        or _out(first, second)
        or _out(second, first)
        or _two_seconds(first, second)
        or _two_words(first, second)
        or _closed(first, second)
        or _closed(second, first)
        or _pair(first, second)
    )


def _pair(first: Decision, second: Decision) -> bool:
    wanted = {first.action, second.action} == {"together", "apart"}
    return wanted and {first.target, first.value} == {second.target, second.value}


def _homes(act: Decision) -> dict[str, str]:
    """Return idea → the theme where an act wants it; empty for "fits nowhere"."""
    if act.action == "assign":
        return {act.target: act.value}
    if act.action == "weak":
        return {act.target: ""}
    if act.action == "split":
        return dict.fromkeys(act.ideas, new_theme_id(act))
    return dict.fromkeys(act.ideas, act.target) if act.action == "pin" else {}


def _apart(first: Decision, second: Decision) -> bool:
    """Say whether one idea would be in two places."""
    one, other = _homes(first), _homes(second)
    return any(one[idea] != other[idea] for idea in one.keys() & other.keys())


def _out(first: Decision, second: Decision) -> bool:
    """Say whether `first` takes an idea out of a theme where `second` wants it, or gives a place to one without."""
    wanted = {second.target: second.value} if second.action == "also" else _homes(second)
    if first.action == "remove":
        return wanted.get(first.target) == first.value
    return first.action == "weak" and second.action == "also" and first.target == second.target


def _two_seconds(first: Decision, second: Decision) -> bool:
    same = first.action == second.action == "also" and first.target == second.target
    return same and first.value != second.value


def _two_words(first: Decision, second: Decision) -> bool:
    """Say whether a theme would have two titles, descriptions, kinds, or would join two others."""
    if first.action != second.action or first.value == second.value:
        return False
    if first.action == "define":
        return new_theme_id(first) == new_theme_id(second) and bool(first.value and second.value)
    return first.action in (*_TITLES, "attract", "merge") and first.target == second.target


def _closed(first: Decision, second: Decision) -> bool:
    """Say whether `first` closes, or keeps others out of, a theme that `second` acts upon."""
    if first.action == "pin":
        return second.action == "merge" and second.value == first.target
    if first.action not in ("reject", "merge"):
        return False
    made = new_theme_id(second) if second.action in ("define", "split") else None
    if made == first.target:
        return True
    if second.action in (*_TITLES, "attract", "pin") and second.target == first.target:
        return True
    return _turned(first, second) if first.action == "merge" else _uses(second, first.target)


def _turned(first: Decision, second: Decision) -> bool:
    """Say whether two themes are joined the other way round, or one that is joined is closed."""
    if second.action == "merge":
        return (second.value, second.target) == (first.target, first.value)
    return second.action == "reject" and second.target in (first.target, first.value)


def _uses(act: Decision, theme: str) -> bool:
    """Say whether an act leads into a theme, or out of it."""
    into = act.action in ("assign", "also", "merge") and act.value == theme
    return into or (act.action in ("merge", "split") and act.target == theme)
