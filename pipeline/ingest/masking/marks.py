"""What an analyst's decision covers, kept without any word of it, so that it stands when the text around is edited.

A mark holds the number of words of the piece and digests of sixteen bits, of the piece and of the words beside it: too
short to tell a name, enough to find it again in the few hundred words of one idea.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from pipeline.french import fold

AROUND = 40
"""Characters of a text that are looked at on either side of a piece."""
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"m(\d{1,6})-[0-9a-f]{4}")
_BESIDE = 2

Place = tuple[int, int]
"""First character, and after the last one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a text, by what it holds and what stands beside it.

    Attributes:
        piece: number of words and their digest; empty when it is not known.
        before: digest of the two words before.
        after: digest of the two words after.
    """

    piece: str = ""
    before: str = ""
    after: str = ""

    @property
    def words(self) -> int:
        """How many words the piece has, 0 when that is not known."""
        match = _MARK.fullmatch(self.piece)
        return int(match[1]) if match else 0


UNKNOWN = Mark()


def mark_of(idea_id: str, before: str, piece: str, after: str) -> Mark:
    """Return the mark of a piece of an idea, from the text just before and after it."""
    inside = _words(piece)
    return Mark(
        f"m{len(inside)}-{_digest(idea_id, inside)}",
        f"c{_digest(idea_id, _words(before)[-_BESIDE:])}",
        f"c{_digest(idea_id, _words(after)[:_BESIDE])}",
    )


def mark_at(idea_id: str, text: str, place: Place) -> Mark:
    """Return the mark of what stands at a place of a text."""
    start, end = place
    return mark_of(idea_id, text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])


def found(mark: Mark, idea_id: str, text: str, among: Iterable[Place] | None = None) -> list[Place]:
    """Return the places of a text that hold the piece: those with most of its neighbours, or the only one.

    Args:
        mark: of the piece, when the decision was made.
        idea_id: of the idea.
        text: as it is now.
        among: places that may be meant; without, any run of as many words.
    """
    places = _runs(text, mark.words) if among is None else among
    marks = {place: seen for place in places if (seen := mark_at(idea_id, text, place)).piece == mark.piece}
    near = {place: (seen.before == mark.before) + (seen.after == mark.after) for place, seen in marks.items()}
    most = max(near.values(), default=0)
    return [place for place, count in near.items() if count == most] if most or len(near) == 1 else []


def cuts_no_word(text: str, place: Place) -> bool:
    """Tell whether a place begins and ends between words of a text."""
    start, end = place
    inside = [text[i - 1].isalnum() and text[i].isalnum() for i in place if 0 < i < len(text)]
    return 0 <= start < end <= len(text) and not any(inside)


def _runs(text: str, size: int) -> Iterable[Place]:
    words = list(_WORD.finditer(text))
    if size:
        yield from ((words[i].start(), words[i + size - 1].end()) for i in range(len(words) - size + 1))


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _digest(idea_id: str, words: Sequence[str]) -> str:
    return blake2b("\n".join([idea_id, *words]).encode("utf-8", "surrogatepass"), digest_size=2).hexdigest()
