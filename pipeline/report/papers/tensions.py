"""Ideas that contradict each other on one object (« ouvrir », « fermer » one room): none rather than a false one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.french import fold, typeset
from pipeline.report.facts.ideas import Idea

_OPPOSITES = (
    ("plus de", "plus d(?:e|u|es)|davantage d(?:e|u|es)", "moins de", "moins d(?:e|u|es)"),
    ("ouvrir", "ouvr(?:ir|ons|ez|e)", "fermer", "ferm(?:er|ons|ez|e)"),
    ("autoriser", "autoris(?:er|ons|ez|e)", "interdire", "interdi(?:re|sons|t)"),
    ("centraliser", "centralis(?:er|ons|e)", "décentraliser", "decentralis(?:er|ons|e)"),
    ("créer", "cre(?:er|ons|e)", "supprimer", "supprim(?:er|ons|e)"),
    ("garder", "gard(?:er|ons|e)|mainten(?:ir|ons)|conserv(?:er|ons|e)", "supprimer", "supprim(?:er|ons|e)"),
    ("ajouter", "ajout(?:er|ons|e)", "enlever", "enlev(?:er|ons|e)|retir(?:er|ons|e)"),
    ("acheter", "achet(?:er|ons)", "réparer", "repar(?:er|ons)"),
    ("acheter", "achet(?:er|ons)", "fabriquer", "fabriqu(?:er|ons)"),
    ("augmenter", "augment(?:er|ons|e)", "réduire", "redui(?:re|sons)|diminu(?:er|ons|e)"),
    ("allonger", "allong(?:er|ons|e)", "raccourcir", "raccourc(?:ir|issons)"),
)  # fmt: skip
"""Acts that undo each other: as shown, then the forms a text uses (without accents)."""
_LINK = r"(?:(?:le|la|les|l|un|une|des|du|de|d|nos|notre|ces|ce|cette|leurs?|chaque|tous|toutes|aux?)\b[\s’']*){0,3}"
_OBJECT = r"(\w{4,})"
_NEGATED = re.compile(r"(?:\bne pas|\bn’|\bsans|\bau lieu d[e’]|\bplutot que d?[e’]?|\beviter d[e’]|\bpas)\W*$")
_READ, _PAIRS, _BEFORE = 4000, 6, 20
_PLURAL = re.compile(r"(?:s|x|aux)$")


@dataclass(frozen=True, slots=True)
class Tension:
    """Two ideas, and what each says of one object."""

    first: Idea
    second: Idea
    why: str


def tensions(ideas: Sequence[Idea]) -> tuple[Tension, ...]:
    """Return the pairs of ideas that would do opposite things to one object; an idea that says both is left out."""
    said = {idea.idea_id: _acts(idea) for idea in ideas}
    found = []
    for one, other in combinations([idea for idea in ideas if said[idea.idea_id]], 2):
        why = _opposed(said[one.idea_id], said[other.idea_id])
        if why:
            found.append(Tension(one, other, why))
    return tuple(found[:_PAIRS])


def _acts(idea: Idea) -> dict[tuple[int, int], frozenset[str]]:
    """Return the objects of each act that an idea calls for: (opposition, side) → objects, without accents."""
    plain = fold(f"{idea.title}. {idea.description}"[:_READ]).replace("'", "’")
    acts = {}
    for place, (_, one, _, other) in enumerate(_OPPOSITES):
        for side, forms in enumerate((one, other)):
            if objects := frozenset(_objects(plain, forms)):
                acts[place, side] = objects
    return acts


def _objects(plain: str, forms: str) -> list[str]:
    found = re.finditer(rf"\b(?:{forms})\b[\s’']*{_LINK}{_OBJECT}", plain)
    called_for = (match for match in found if not _NEGATED.search(plain[: match.start()][-_BEFORE:]))
    return [_PLURAL.sub("", match[1]) for match in called_for]


def _opposed(one: dict[tuple[int, int], frozenset[str]], other: dict[tuple[int, int], frozenset[str]]) -> str:
    for place, (left, _, right, _) in enumerate(_OPPOSITES):
        for side, words in ((0, (left, right)), (1, (right, left))):
            both = one.get((place, side), frozenset()) & other.get((place, 1 - side), frozenset())
            undone = one.get((place, 1 - side), frozenset()) | other.get((place, side), frozenset())
            if both - undone:
                return typeset(
                    f"Sur « {min(both - undone)} », la première dit « {words[0]} », la seconde « {words[1]} »."
                )
    return ""
