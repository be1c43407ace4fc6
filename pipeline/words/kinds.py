"""The answers a theme may call for, declared here once, and how each is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.french import enumeration, percent, typeset

MINILAB, COMMUNITY, ANSWER = "minilab", "communaute_metier", "reponse_direction"


@dataclass(frozen=True, slots=True)
class Form:
    """A kind: what people call it, what is said where it is proposed, and which rules its groups follow.

    Attributes:
        one: in a sentence.
        many: in a sentence, of several.
        calling: what is said of themes that call for it.
        question: asked of who decides on such a theme.
        reason: why it is proposed, without a figure.
        group: its themes become a group; the others get an answer from a directorate.
        of_trade: its groups admit one trade, have seats of their own number and no greatest share of a directorate.
    """

    one: str
    many: str
    calling: str
    question: str
    reason: str
    group: bool = True
    of_trade: bool = False

    @property
    def title(self) -> str:
        """At the head of a line."""
        return self.one[0].upper() + self.one[1:]


KINDS: dict[str, Form] = {
    MINILAB: Form(
        "MiniLab", "MiniLabs", "à travailler en MiniLab",
        question="Faut-il ouvrir un MiniLab sur ce thème ?",
        reason="Les porteurs viennent de plusieurs directions.",
    ),
    COMMUNITY: Form(
        "communauté de métier", "communautés de métiers", "pour une communauté de métier",
        question="Faut-il réunir une communauté de métier sur ce thème ?",
        reason="Un même métier, ou des métiers voisins, s’y retrouvent sur plusieurs sites.",
        of_trade=True,
    ),
    ANSWER: Form(
        "réponse d’une direction", "réponses d’une direction", "pour la réponse d’une direction",
        question="Qui répond à ce thème, et avant quelle date ?",
        reason="La plupart des porteurs relèvent d’une seule direction.",
        group=False,
    ),
}  # fmt: skip
"""Every kind, in the order in which people read them; nowhere else."""
GROUPS = tuple(kind for kind, form in KINDS.items() if form.group)
OF_TRADE = frozenset(kind for kind, form in KINDS.items() if form.of_trade)

TRADE, PLACE, SERVICE, DIRECTORATE, SPREAD, FEW, UNKNOWN, DECIDED, MIXED, UNTITLED = (
    "trade", "place", "service", "directorate", "spread", "few", "unknown", "decided", "mixed", "untitled",
)  # fmt: skip
"""Why a theme is of its kind: its holders share a trade, a place, a service, a directorate, are spread, are too few to
tell or not known at all; a person said so. Of no kind: no title says honestly what its ideas share; a person made it
and has not titled it yet."""
NAMELESS = frozenset({MIXED, UNTITLED})
"""Why a theme has no kind until a person titles it: nobody can be sent to a group that has no subject to tell."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a theme's holders are spread over one of their columns.

    Attributes:
        entropy: normalised, 0 (all the same) to 1 (as even as can be).
        chance: what as many holders drawn at random give, on the mean.
        low: the interval in which 90 % of these draws fall...
        high: ...and its upper end.
        main: the most frequent value.
        main_share: its share of the holders.
    """

    entropy: float
    chance: float
    low: float
    high: float
    main: str
    main_share: float


@dataclass(frozen=True, slots=True)
class Kind:
    """The answer a theme calls for, and the facts it rests on.

    Attributes:
        kind: a key of `KINDS`; empty when no holder is known, and for a theme without a title of its own.
        because: `TRADE`, `PLACE`...
        value: the place, the service, or the directorate most present.
        share: of the holders, in the trade or in `value`.
        trade: occupations that a trade community of this theme admits, the most frequent first.
        holders: known.
        directorates: how the holders are spread over directorates; None with fewer than three.
    """

    kind: str
    because: str
    value: str = ""
    share: float | None = None
    trade: tuple[str, ...] = ()
    holders: int = 0
    directorates: Spread | None = None


def withheld(kind: Kind, because: str) -> Kind:
    """Return the same holders without a kind: `because` is in `NAMELESS`."""
    return replace(kind, kind="", because=because, value="", share=None)


def told(kind: Kind) -> dict[str, str | float | None]:
    """Return the columns of `schema.THEMES` that say what a kind rests on."""
    return {"kind_because": kind.because, "kind_value": kind.value or None, "kind_share": kind.share}


def transversality(directorates: Spread | None) -> dict[str, float | None]:
    """Return the columns of `schema.THEMES` that say how a theme's holders are spread over directorates."""
    found = directorates
    return {
        "transversality": found.entropy if found else None,
        "transversality_chance": found.chance if found else None,
        "transversality_low": found.low if found else None,
        "transversality_high": found.high if found else None,
    }


def sentence(kind: Kind) -> str:
    """Return why a theme is of its kind, in French, with the figures it rests on."""
    return typeset(_SENTENCES[kind.because](kind))


def _of_one_trade(kind: Kind) -> str:
    same = "le même métier" if len(kind.trade) == 1 else "des métiers voisins"
    return (
        f"{percent(kind.share or 0)} des porteurs exercent {same} ({enumeration(kind.trade[:3])}), sur plusieurs sites."
    )


def _spread_over(kind: Kind) -> str:
    found = kind.directorates
    if found is None:
        return _too_few(kind)
    more, less = found.entropy > found.high, found.entropy < found.low
    level = "plus variées" if more else "moins variées" if less else "aussi variées"
    return (
        f"Les porteurs viennent de plusieurs directions, {level} que dans l’ensemble du concours ; "
        f"la plus présente ({found.main}) en réunit {percent(found.main_share)}."
    )


def _too_few(_: Kind) -> str:
    return "Trop peu de porteurs connus pour juger de la répartition entre directions."


_SENTENCES: dict[str, Callable[[Kind], str]] = {
    TRADE: _of_one_trade,
    PLACE: lambda kind: f"{percent(kind.share or 0)} des porteurs travaillent au même endroit ({kind.value}).",
    SERVICE: lambda kind: f"{percent(kind.share or 0)} des porteurs sont du même service ({kind.value}).",
    DIRECTORATE: lambda kind: (
        f"{percent(kind.share or 0)} des porteurs relèvent d’une seule direction ({kind.value}), sur peu de sites."
    ),
    SPREAD: _spread_over,
    FEW: _too_few,
    UNKNOWN: lambda _: "Aucun porteur connu : à vous de choisir la suite à donner.",
    DECIDED: lambda _: "Nature décidée par les analystes.",
    MIXED: lambda _: (
        "Ses idées parlent de sujets différents : à scinder, à renommer ou à dissoudre avant de choisir une suite."
    ),
    UNTITLED: lambda _: "Ce thème attend un titre : la suite à donner se choisira ensuite.",
}
