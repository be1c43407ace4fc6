"""Agreement of two coders, and the score of the intruder test → the French lines a person reads."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.evaluate.coders import TwoCoders
from pipeline.evaluate.intruders import Score, verdict
from pipeline.french import counted, enumeration, number, opening, percent, typeset

_PAIRS = 12
"""Pairs of themes shown, the most useful to settle first."""
_TITLES = 2
"""Ideas of a pair shown with their titles."""
_ENOUGH = 30
"""Ideas coded by both under which figures of agreement say little."""
_RELIABLE, _TENTATIVE = 0.8, 0.667
"""Krippendorff's thresholds for alpha (2004, p. 241): conclusions, tentative conclusions."""


def coders(result: TwoCoders, beside: str, labels: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
    """Return what to tell of two codings.

    Args:
        result: their agreement.
        beside: what the second one is compared with, as in "le premier codage".
        labels: title by theme_id, for a coding that names themes by their identifiers.
        titles: of the ideas, by idea_id.
    """
    apart = int(result.disagreements["count"].sum())
    same = result.ideas - apart
    figures = {"AMI": result.ami, "kappa de Cohen": result.kappa, "alpha de Krippendorff": result.alpha}
    told = ", ".join(f"{name} {number(value, 2)}" for name, value in figures.items())
    both = f"{counted(result.ideas, 'idée')} dans {beside} et dans le second codage"
    lines = [
        f"{both} ; même thème pour {number(same)} ({percent(same / result.ideas)}).",
        f"Accord (1 : parfait, 0 : hasard) : {told}.",
        _reading(result),
        *_renamed(result.renamed, labels),
        *_disagreements(result, labels, titles),
    ]
    return [typeset(line) for line in lines]


def _reading(result: TwoCoders) -> str:
    if result.ideas < _ENOUGH:
        return f"Trop peu d’idées pour conclure : il en faut au moins {_ENOUGH} dans les deux codages."
    if round(result.alpha, 2) >= _RELIABLE:
        return "Codage fiable : l’alpha atteint 0,80 (Krippendorff, 2004)."
    if result.alpha >= _TENTATIVE:
        return "Codage à confirmer : entre 0,67 et 0,80, l’alpha ne permet que des conclusions provisoires."
    return "Codage fragile : sous 0,67, l’alpha dit que les deux personnes ne lisent pas les thèmes de même."


def _renamed(renamed: Mapping[str, str], labels: Mapping[str, str]) -> list[str]:
    """Return which themes of the second coding were taken for which of the first, where their names differ."""
    pairs = [f"« {second} » pour « {_name(first, labels)} »" for second, first in sorted(renamed.items())]
    return [f"Thèmes rapprochés d’après leurs idées : {enumeration(pairs)}."] if pairs else []


def _disagreements(result: TwoCoders, labels: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
    table = result.disagreements.to_dict("records")
    if not table:
        return ["Aucun désaccord."]
    apart = sum(row["count"] for row in table)
    lines = [f"{opening(apart, 'idée', feminine=True)} à trancher, les désaccords les plus fréquents d’abord :"]
    for row in table[:_PAIRS]:
        first, second = (_name(row[key], labels) for key in ("first", "second"))
        lines.append(f"  « {first} » ou « {second} » ? {counted(row['count'], 'idée')} :")
        lines += [f"    {idea} {titles.get(idea, '')}".rstrip() for idea in row["ideas"].split()[:_TITLES]]
        lines += [f"    puis {' '.join(rest)}" for rest in [row["ideas"].split()[_TITLES:]] if rest]
    left = table[_PAIRS:]
    if left:
        ideas = " ".join(row["ideas"] for row in left)
        lines.append(f"  Et {counted(len(left), 'autre désaccord', 'autres désaccords')} : {ideas}")
    return lines


def _name(theme: str, labels: Mapping[str, str]) -> str:
    return labels.get(theme, theme.replace("_", " "))


def score(result: Score, labels: Mapping[str, str]) -> list[str]:
    """Return what to tell of a filled sheet: right answers, questions left, themes that were missed.

    Args:
        result: see `intruders.score`.
        labels: title by theme_id.
    """
    if not result.answered:
        return [verdict(result)]
    right = counted(result.right, "bonne réponse", "bonnes réponses")
    lines = [
        f"{right} sur {number(result.answered)} ({percent(result.share)} ; au hasard : {percent(1 / 3)}).",
        verdict(result),
    ]
    missed = [
        f"« {labels.get(theme, theme)} » ({number(right)} sur {number(asked)})"
        for theme, (right, asked) in sorted(result.by_theme.items(), key=lambda item: (item[1][0] / item[1][1], item))
        if right < asked
    ]
    if missed:
        lines.append(f"Titres à revoir d’abord : {enumeration(missed)}.")
    if result.asked > result.answered:
        left = result.asked - result.answered
        lines.append(f"{counted(left, 'question')} sans réponse.")
    return [typeset(line) for line in lines]
