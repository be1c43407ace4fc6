"""Decisions and themes in words, the same in the terminal, in the panel and in the tables of notebook 3."""

from __future__ import annotations

from pipeline.french import counted, typeset
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.state import State
from pipeline.words import kinds

KINDS = {code: names.one for code, names in kinds.KINDS.items()}
"""Kind of a theme → its words."""


def title(state: State, theme: str | None) -> str:
    """Return the title of a theme; « signal faible » for none, the id of one that is closed."""
    if theme is None:
        return "signal faible"
    return typeset(state.themes[theme].label) if theme in state.themes else theme


_SAID = {
    "assign": "{target} rangée dans « {value} »",
    "also": "{target} touche aussi « {value} »",
    "remove": "{target} sortie de « {value} »",
    "weak": "{target} n’entre nulle part",
    "discuss": "{target} à discuter",
    "together": "{target} et {value} à garder ensemble",
    "apart": "{target} et {value} à séparer",
    "merge": "« {target} » réuni à « {value} »",
    "split": "« {target} » scindé ({count})",
    "rename": "{target} renommé « {value} »",
    "describe": "« {target} » décrit",
    "kind": "suite de « {target} » : {value}",
    "pin": "« {target} » figé",
    "reject": "« {target} » écarté",
    "define": "thème « {target} » ouvert",
    "attract": "« {target} » attire les idées proches de ses mots",
    "undo": "annulation de la décision {target}",
}


def told(state: State, decision: Decision) -> str:
    """Return what a decision does as a short French phrase, themes by their titles."""
    target = decision.target if decision.action == "rename" else title(state, decision.target)
    value = KINDS.get(decision.value, title(state, decision.value))
    words = _SAID[decision.action].format(target=target, value=value, count=counted(len(decision.ideas), "idée"))
    return typeset(words)


def said(state: State, decision: Decision) -> str:
    """Return what a decision does, who took it, when, and why."""
    reason = f" : {decision.reason}" if decision.reason else ""
    return typeset(f"{told(state, decision)} ({decision.who}, {decision.when[:10]}){reason}")
