"""Why a decision no longer applies and what it would need, in French."""

from __future__ import annotations

from pipeline.french import enumeration, typeset
from pipeline.review.replaying.state import State


def unknown_idea(idea: str) -> str:
    """Return the sentence for an idea that is not analysed in this run."""
    return typeset(
        f"L'idée {idea} n'est pas parmi les idées analysées. Il faudrait qu'elle revienne dans l'export,"
        " ou annuler la décision."
    )


def missing_ideas(ideas: list[str]) -> str:
    """Return the sentence for a list of which some ideas are not there; the others were taken into account."""
    return typeset(
        f"Idées de la liste qui ne sont pas parmi les idées analysées : {enumeration(ideas)}. Le reste de la décision"
        " est appliqué. Il faudrait que ces idées reviennent dans l'export, ou une nouvelle décision."
    )


def missing_theme(state: State, theme: str) -> str:
    """Return the sentence for a theme that this run does not have, with the theme its ideas are in now."""
    gone, remembered = state.gone.get(theme), state.remembered.get(theme)
    if gone and gone.into is not None:
        kept = state.current(theme)
        return typeset(
            f"Le thème {theme} a été réuni au thème {kept} par la décision {gone.seq}. Il faudrait viser {kept},"
            f" ou annuler la décision {gone.seq}."
        )
    if gone:
        return typeset(
            f"Le thème {theme} a été écarté par la décision {gone.seq}. Il faudrait annuler la décision {gone.seq},"
            " ou choisir un autre thème."
        )
    if remembered is None:
        return typeset(f"Le thème {theme} n'existe pas. Il faudrait choisir un thème de la liste, ou le définir.")
    return typeset(
        f"Le thème {theme} (« {remembered.label} ») n'a pas été retrouvé par la dernière recherche de thèmes."
        f"{_now_in(state, remembered.members)} Il faudrait viser un autre thème, ou le définir de nouveau."
    )


def nameless(theme: str, label: str) -> str:
    """Return the sentence for an answer chosen for a theme that has no title of its own yet."""
    return typeset(
        f"Le thème {theme} (« {label} ») n'a pas encore de titre qui dise son sujet : personne ne peut y être envoyé."
        " Il faudrait d'abord le renommer, le scinder ou l'écarter."
    )


def pinned(state: State, theme: str) -> str:
    """Return the sentence for a merge into a theme that stays as it is."""
    seq = state.pinned[theme].seq
    return typeset(
        f"Le thème {theme} (« {state.themes[theme].label} ») est figé par la décision {seq} : aucun autre ne peut le"
        f" rejoindre. Il faudrait annuler la décision {seq}, ou réunir les deux dans l'autre sens."
    )


def _now_in(state: State, members: frozenset[str]) -> str:
    homes = [place.home for idea in sorted(members) if (place := state.places.get(idea)) and place.home]
    if not homes:
        return ""
    main = max(sorted(set(homes)), key=homes.count)
    return f" Ses idées sont maintenant surtout dans {main} ({homes.count(main)} sur {len(members)})."


def two_seconds(idea: str, first: str, second: str) -> str:
    """Return the sentence for a third theme given to an idea."""
    return typeset(
        f"L'idée {idea} a déjà deux thèmes décidés ({first} et {second}). Il faudrait d'abord la retirer de l'un d'eux."
    )


def nothing_to_undo(seq: str) -> str:
    """Return the sentence for an `undo` whose decision is not before it in the file."""
    return typeset(f"Aucune décision {seq} n'est enregistrée avant celle-ci. Il faudrait indiquer un numéro existant.")


def not_together(first: str, theme: str, second: str, other: str) -> str:
    """Return the sentence for two ideas wanted together that people placed in two themes."""
    return typeset(
        f"Les idées {first} et {second} doivent être ensemble, mais d'autres décisions les placent dans {theme} et"
        f" {other}. Il faudrait annuler l'une de ces décisions."
    )


def not_apart(first: str, second: str, theme: str) -> str:
    """Return the sentence for two ideas wanted apart that people placed in one theme."""
    return typeset(
        f"Les idées {first} et {second} doivent être séparées, mais d'autres décisions les placent ensemble dans"
        f" {theme}. Il faudrait annuler l'une de ces décisions."
    )
