"""What a column holds, judged by its cells: for headers that say nothing, or several things."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.french import fold
from pipeline.ingest.cells.names import given_names
from pipeline.ingest.cells.values import iso_date

_SAMPLE = 400
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
_ID = re.compile(r"(?=.*\d)[\w./#-]{1,20}")
_STATUS = re.compile(r"(?:non )?(?:prime|laureat|retenu|selectionn|gagnant|soumis|publi|valid|brouillon)\w*.*|oui|non")
_COUNT = re.compile(r"[+-]?[\d\s.,\u00a0\u202f]+(?:[a-zA-Zéè]+)?")
_LONG_TEXT, _TITLE = 60, 8
_WORDS, _NAMES = 5.0, 40
_UNIT = re.compile(r"(?:direction|delegation|secretariat general|cabinet|pole|dga?\b|mission|service)\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_BESIDE = re.compile(r"\s*[(\[<@]|\s-\s")
_SENTENCE = re.compile(r"\w{3}[.!?…]\s*\Z")
_INSIDE = frozenset(
    (
        "de",
        "du",
        "des",
        "d",
        "le",
        "la",
        "et",
        "and",
        "avec",
        "ou",
        "von",
        "van",
        "der",
        "den",
        "ben",
        "el",
        "al",
        "da",
        "dos",
        "di",
        "m",
        "mme",
    )
)
"""Words in lower case among names."""
_TOO_LONG, _SHORT_NAME = 120, 3
_MOST = 0.8
_HALF = 0.5
_CLEAR = ("email", "submitted_on", "person", "part", "title", "idea_id")


def looks_like(field: str, cells: Sequence[str]) -> float:
    """Return how well cells fit a field, 0 to 1; 0 for fields that content cannot tell."""
    filled = [cell.strip() for cell in cells if cell.strip()][:_SAMPLE]
    test = _TESTS.get(field)
    return test(filled) if test and filled else 0.0


def may_hold(field: str, cells: Sequence[str]) -> bool:
    """Tell whether nothing speaks against a field: half of the cells fit it, or content cannot tell."""
    return field not in _TESTS or not any(map(str.strip, cells)) or looks_like(field, cells) >= _HALF


def guess(cells: Sequence[str]) -> str | None:
    """Return the field that cells most clearly hold, None when nothing is clear."""
    scores = {field: looks_like(field, cells) for field in _CLEAR}
    best = max(scores, key=lambda field: scores[field])
    return best if scores[best] >= _MOST else None


def is_text(cells: Sequence[str], words: float = _WORDS) -> bool:
    """Tell whether cells hold what people wrote: several words on average, rarely the same, neither names nor dates."""
    filled = [cell.strip() for cell in cells if cell.strip()][:_SAMPLE]
    if not filled or sum(len(cell.split()) for cell in filled) < words * len(filled):
        return False
    return _distinct(filled) >= _HALF and max(_person(filled) * (_median(filled) < _NAMES), _date(filled)) < _HALF


def are_words(cells: Sequence[str]) -> bool:
    """Tell whether cells are short words that differ, as titles of one word do: no number, date, state or name."""
    filled = [cell.strip() for cell in cells if cell.strip()][:_SAMPLE]
    if not filled or _median(filled) > _LONG_TEXT:
        return False
    odd = max(_share(filled, _COUNT.fullmatch), _date(filled), _person(filled), _share(filled, _EMAIL.fullmatch))
    return _distinct(filled) >= _HALF and odd < _HALF and _share(filled, lambda c: bool(_LETTERS.search(c))) >= _MOST


def is_unit(cells: Sequence[str]) -> bool:
    """Tell whether cells are called as directorates are."""
    filled = [cell.strip() for cell in cells if cell.strip()][:_SAMPLE]
    return bool(filled) and _share(filled, lambda c: len(c) < _TOO_LONG and _UNIT.match(fold(c))) >= _MOST


def _median(cells: list[str]) -> int:
    return sorted(len(cell) for cell in cells)[len(cells) // 2]


def _share(cells: list[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells)


def _distinct(cells: list[str]) -> float:
    return len(set(cells)) / len(cells)


def _person(cells: list[str]) -> float:
    return _share(cells, _is_named)


def _is_named(cell: str) -> bool:
    """Tell whether a cell names people: a given name in it, and no more words in lower case than a name may have."""
    words = _LETTERS.findall(cell)
    sized = 2 <= len(words) <= 12 and len(cell) < _TOO_LONG  # noqa: PLR2004
    if not sized or _SENTENCE.search(cell) or not any(fold(w) in given_names() for w in words):
        return False
    name = _LETTERS.findall(_BESIDE.split(cell)[0])
    lower = [word for word in name if word.islower() and fold(word) not in _INSIDE]
    return not lower or len(name) <= 2 or (len(lower) == len(name) <= _SHORT_NAME)  # noqa: PLR2004


def _family(cells: list[str]) -> float:
    return _share(cells, lambda c: len(c.split()) == 1 and c[0].isupper() and c.replace("-", "").isalpha())


def _id(cells: list[str]) -> float:
    return _share(cells, _ID.fullmatch) * (0.6 + 0.4 * _distinct(cells))  # a table of links repeats them


def _holder_id(cells: list[str]) -> float:
    return _share(cells, _ID.fullmatch)


def _site_type(cells: list[str]) -> float:
    return _share(cells, lambda cell: cell[0].isupper() or cell.islower()) * (_distinct(cells) < _HALF)


def _date(cells: list[str]) -> float:
    return _share(cells, lambda cell: iso_date(cell) and not cell.isdigit())


def _part(cells: list[str]) -> float:
    return _share(cells, lambda cell: len(cell) >= _LONG_TEXT and " " in cell)


def _title(cells: list[str]) -> float:
    def short(cell: str) -> bool:
        return _TITLE <= len(cell) < 2 * _LONG_TEXT and " " in cell and "\n" not in cell

    return _share(cells, short) * _distinct(cells) * (1 - _person(cells)) * (1 - _date(cells))


_TESTS: dict[str, Callable[[list[str]], float]] = {
    "email": lambda cells: _share(cells, _EMAIL.fullmatch),
    "submitted_on": _date,
    "person": _person,
    "family_name": _family,
    "part": _part,
    "title": _title,
    "idea_id": _id,
    "holder_id": _holder_id,
    "given_name": lambda cells: _share(cells, lambda cell: len(cell.split()) <= 3 and "@" not in cell),  # noqa: PLR2004
    "site_type": _site_type,
    "votes": lambda cells: _share(
        cells, lambda cell: re.fullmatch(r"[+-]?[\d\s.,\u00a0\u202f]+(?:[a-zA-Zéè]+)?", cell)
    ),
    "status": lambda cells: _share(cells, lambda c: _STATUS.fullmatch(fold(c))),
}
