"""What decisions act upon: themes and the place of each idea, immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.review.replaying.natures import Held
from pipeline.words.kinds import Kind


@dataclass(frozen=True, slots=True)
class Words:
    """What attracts ideas to a theme: a text that they are compared with.

    Attributes:
        title: of the theme when a person wanted ideas attracted, or what they wrote instead.
        description: the rest, may be empty.
    """

    title: str
    description: str = ""

    @property
    def text(self) -> str:
        """Both as one text."""
        return ". ".join(filter(None, (self.title, self.description)))


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme under review.

    Attributes:
        label: title.
        summary: sentence that describes it.
        kind: a key of `kinds.KINDS`, or empty.
        kind_reason: why that kind.
        suggested: the kind that its holders call for, with the facts; None until they are looked at.
        nameless: why no title is its own yet (`kinds.NAMELESS`), which withholds its kind; empty once it has one.
        decided: a person chose the kind.
        parts: candidate themes whose ideas it holds: itself, then those merged into it.
        source: for a theme that a person made, "split" or "define"; empty for one that was found.
        words: what attracts ideas to it, because a person asked; a title or a description alone attracts none.
    """

    label: str
    summary: str = ""
    kind: str = ""
    kind_reason: str = ""
    suggested: Kind | None = None
    nameless: str = ""
    decided: bool = False
    parts: tuple[str, ...] = ()
    source: str = ""
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an idea is.

    Attributes:
        theme: its theme; of a weak signal, the nearest one.
        membership: 0 to 1.
        second: second theme, or None.
        membership_2: of the second theme.
        weak: fits nowhere.
        by: number of the decision that put it there, None when the pipeline did.
        second_by: the same for the second theme.
    """

    theme: str | None
    membership: float
    second: str | None = None
    membership_2: float | None = None
    weak: bool = False
    by: int | None = None
    second_by: int | None = None

    @property
    def home(self) -> str | None:
        """The theme the idea counts in: None for a weak signal."""
        return None if self.weak else self.theme


@dataclass(frozen=True, slots=True)
class Gone:
    """What became of a theme that a decision closed.

    Attributes:
        seq: the decision.
        into: the theme it was merged into, or None when it was rejected.
    """

    seq: int
    into: str | None


@dataclass(frozen=True, slots=True)
class Pinned:
    """A theme that stays as it is.

    Attributes:
        seq: the decision.
        ideas: it stays with.
    """

    seq: int
    ideas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ideas that a person wants in the same theme, or in two.

    Attributes:
        seq: the decision.
        first: an idea.
        second: the other.
        together: same theme, or two.
    """

    seq: int
    first: str
    second: str
    together: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """A theme as it was when people last decided.

    Attributes:
        label: its title then.
        members: its ideas then.
    """

    label: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class State:
    """Everything decisions read and change.

    Attributes:
        themes: theme id → theme.
        places: idea id → place, one for each analysed idea.
        found: idea id → where the pipeline found it, themes closed since followed: what would be believed had nobody
            placed that idea. Learning measures what people say against it.
        gone: theme id → what became of it.
        banned: idea id → themes that a person took it out of.
        pairs: wanted together or apart, settled after all decisions.
        pinned: theme id → since when, and with which ideas, it stays as it is.
        discussed: ideas that a person wants to talk over.
        remembered: theme id → how it was when people last decided.
        held: who holds the ideas; None: not looked at, kinds stay as they were found.
    """

    themes: Mapping[str, Theme]
    places: Mapping[str, Place]
    found: Mapping[str, Place]
    gone: Mapping[str, Gone] = field(default_factory=dict)
    banned: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    pinned: Mapping[str, Pinned] = field(default_factory=dict)
    discussed: frozenset[str] = frozenset()
    remembered: Mapping[str, Remembered] = field(default_factory=dict)
    held: Held | None = field(default=None, compare=False)

    def with_place(self, idea: str, place: Place) -> State:
        """Return the state with `idea` at `place`."""
        return replace(self, places={**self.places, idea: place})

    def with_places(self, places: Mapping[str, Place]) -> State:
        """Return the state with several ideas placed."""
        return replace(self, places={**self.places, **places})

    def with_theme(self, theme_id: str, theme: Theme) -> State:
        """Return the state with `theme_id` added or changed."""
        return replace(self, themes={**self.themes, theme_id: theme})

    def members(self, theme_id: str) -> list[str]:
        """Return the ideas whose main theme it is, weak signals left out, in order of id."""
        return sorted(idea for idea, place in self.places.items() if place.home == theme_id)

    def current(self, theme_id: str) -> str:
        """Return the theme that `theme_id` is now part of, merges followed."""
        seen = theme_id
        while (gone := self.gone.get(seen)) and gone.into is not None:
            seen = gone.into
        return seen
