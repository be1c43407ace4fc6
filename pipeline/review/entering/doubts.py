"""What a person should look at twice before recording acts: titles that two themes would share."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.french import agree, enumeration, fold, typeset
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.engine import apply_one
from pipeline.review.replaying.state import State
from pipeline.words.actions import FRENCH


def doubts(state: State, acts: Sequence[Decision]) -> tuple[str, ...]:
    """Return French sentences, none when nothing is doubtful: each act is looked at on what those before it leave."""
    found: list[str] = []
    for act in acts:
        if act.action in ("rename", "define"):
            found += _namesakes(state, act)
        if act.action != "undo":
            state, _ = apply_one(state, act)
    return tuple(dict.fromkeys(found))


def _namesakes(state: State, act: Decision) -> list[str]:
    """Return that other themes have the title that an act gives: two themes of one title look like one."""
    theme, title = (act.target, act.value) if act.action == "rename" else (new_theme_id(act), act.target)
    same = [other for other, content in state.themes.items() if other != theme and fold(content.label) == fold(title)]
    if not same:
        return []
    called = agree(len(same), "s'appelle", "s'appellent")
    return [
        typeset(
            f"Attention : {enumeration(sorted(same))} {called} déjà « {title} ». Pour n'en faire qu'un"
            f" thème, réunissez-les plutôt (« {FRENCH['merge']} »)."
        )
    ]
