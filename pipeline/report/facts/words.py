"""Values of the tables → words for people: kinds, certainty, membership, transversality."""

from __future__ import annotations

from pipeline.french import counted, fold, number, typeset
from pipeline.words import kinds

KINDS: dict[str, str] = {code: names.title for code, names in kinds.KINDS.items()}
"""Kind of a theme → its name."""

TO_CHOOSE = "À choisir"
"""Instead of the name of a kind, for a theme that has none yet."""

BLANK = "………………………………………"
"""Stands for a contact or a date that nobody has given: seen, and to be filled in."""

HEADS = {"directorate": "Direction", "site_type": "Type de site", "department": "Département"}
"""Column of `holders` → head of a table."""

DEPARTMENTS = {
    "08": "Ardennes", "10": "Aube", "51": "Marne", "52": "Haute-Marne", "54": "Meurthe-et-Moselle", "55": "Meuse",
    "57": "Moselle", "67": "Bas-Rhin", "68": "Haut-Rhin", "88": "Vosges",
}  # fmt: skip
"""Numbers that the contest's region uses → names; any other value is shown as it is."""

_OFTEN, _SOMETIMES = 0.75, 0.5
FIRM = 0.6
"""Membership from which a place is called « net »."""
DOUBTFUL = "hésitant"
"""What a place is called that holds less, or that another theme could claim."""


def department(value: str) -> str:
    """Return "Moselle (57)" for a known number, else the value."""
    name = DEPARTMENTS.get(value.strip())
    return f"{name} ({value.strip()})" if name else typeset(value)


def capital(text: str) -> str:
    """Return the text with its first letter in upper case, in French typography."""
    return typeset(text[:1].upper() + text[1:])


def uncapital(text: str) -> str:
    """Return text as it goes on after a colon: without its first capital, unless the word has others (MiniLab, DGS)."""
    first = text.partition(" ")[0]
    return text if any(map(str.isupper, first[1:])) else text[:1].lower() + text[1:]


def found_again(draws: tuple[int, int] | None) -> str:
    """Return how often a theme came back, in words."""
    if draws is None:
        return "Stabilité non mesurée"
    if draws[0] == draws[1]:
        return typeset(f"Retrouvé à chaque calcul ({number(draws[0])} sur {number(draws[1])})")
    return typeset(f"Retrouvé dans {counted(draws[0], 'calcul')} sur {number(draws[1])}")


def certainty(draws: tuple[int, int] | None) -> str:
    """Return "souvent" (found again three times in four), "parfois" (one in two) or "rarement"; empty when unknown.

    Being found again says nothing of being right: a wrong theme may be found at every draw.
    """
    if draws is None or draws[1] == 0:
        return ""
    share = draws[0] / draws[1]
    return "souvent" if share >= _OFTEN else "parfois" if share >= _SOMETIMES else "rarement"


def spread(value: float | None, chance: tuple[float | None, float | None]) -> str:
    """Return transversality in words, compared with the interval of what chance gives for a theme of that size.

    Its own figure is not told: with the counts of a small theme it would say those that are kept back; nor the
    interval, which says nothing without it.

    Args:
        value: 0 (one directorate) to 1 (all alike).
        chance: between which nine draws in ten fall.
    """
    low, high = chance
    if value is None or low is None or high is None:
        return ""
    if value < low:
        said = "Porté surtout par quelques directions, plus que le hasard ne l’explique"
    elif value > high:
        said = "Partagé par de nombreuses directions, plus que le hasard ne l’explique"
    else:
        said = "Réparti entre les directions comme l’ensemble du concours"
    return typeset(f"{said}.")


def firmness(membership: float, second: float = 0.0) -> str:
    """Return a membership in a word: it orders ideas and is no chance. Another theme that holds as much leaves a doubt.

    Two words, for a third one between them did not hold: on the hospital's contest "fairly" was right for 43 and 52 %
    of ideas, "hesitant" for 48 and 43 % (`benchmarks/shown.py`). No chance: on seven corpora its calibration error is
    .15, and .147 by a curve fitted on the others: what counts as right hangs on how fine a reader's themes are, which
    nothing tells before the first decision (`benchmarks/calibration.py`). After decisions it is calibrated on those of
    the same contest only: not shown as a chance either.
    """
    return "net" if membership >= FIRM and membership > second else DOUBTFUL


def sort_key(text: str) -> tuple[str, str]:
    """Return the key that sorts French text: accents and case only break ties."""
    return fold(text), text
