"""One theme as every document shows it: its mark on the map, what it says, its parts, its family."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """How a theme looks on the map: its number (that of files and commands), a colour (1 to 8) and a shape (1 to 4).

    Colour and shape are a pair of its own up to 32 themes.
    """

    number: str
    colour: int
    shape: int


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-theme: its id as in the exports, its title, its ideas."""

    node_id: str
    label: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a theme says in the words of an idea: a whole sentence, the idea it is taken from, others behind it.

    `read`: a reader says that the others propose the same; otherwise they share its words.
    """

    text: str
    idea_id: str
    behind: tuple[str, ...]
    read: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """Themes that resemble one another: id as in the exports, anchor in a page, title, theme ids, number of ideas."""

    node_id: str
    anchor: str
    label: str
    themes: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme.

    Attributes:
        theme_id: as in the exports.
        anchor: of the theme in a page.
        mark: on the map.
        label: its title.
        summary: what it is about, in a person's words; empty until somebody writes it.
        claims: what its ideas say, those with most ideas behind first.
        key_phrases: most telling first.
        kind: minilab, communaute_metier or reponse_direction; empty while none is chosen.
        kind_label: the same, for people.
        kind_reason: why this kind is suggested.
        size: number of ideas.
        holders: number of agents who filed them, or None when it is not given (small counts).
        found: "Retrouvé dans 17 calculs sur 20", or that stability was not measured.
        draws: (found in, out of), or None.
        certainty: how often it is found again: souvent, parfois, rarement; or empty.
        spread: transversality in words, empty when unknown or for few holders.
        rests_on: whether its words or its meaning alone give it, in words; empty when unknown.
        difference: phrases that set it apart from its nearest theme.
        nearest_id: that theme, or empty.
        typical: ids of its typical ideas, most typical first.
        borderline: ids of ideas that could sit elsewhere, to be read first among the doubtful ones.
        ideas: ids of all its ideas, typical first.
        parts: its sub-themes, none when it is told in one.
        doubtful: ids of its ideas whose place is called « hésitant ».
        nameless: no title says honestly what its ideas share: people have to split, title or dissolve it first.
    """

    theme_id: str
    anchor: str
    mark: Mark
    label: str
    summary: str
    claims: tuple[Claim, ...]
    key_phrases: tuple[str, ...]
    kind: str
    kind_label: str
    kind_reason: str
    size: int
    holders: int | None
    found: str
    draws: tuple[int, int] | None
    certainty: str
    spread: str
    rests_on: str
    difference: tuple[str, ...]
    nearest_id: str
    typical: tuple[str, ...]
    borderline: tuple[str, ...]
    ideas: tuple[str, ...]
    parts: tuple[Part, ...]
    doubtful: tuple[str, ...] = ()
    nameless: bool = False

    @property
    def covered(self) -> int:
        """Ideas that its claims are taken from or, as a reader says, stand for."""
        behind = {idea for claim in self.claims if claim.read for idea in claim.behind}
        return len(behind | {claim.idea_id for claim in self.claims})
