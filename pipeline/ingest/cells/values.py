"""Dates and numbers as the French and their spreadsheets write them → ISO dates and integers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from pipeline.french import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev feb february", "mars mar march", "avril avr apr april",
            "mai may", "juin jun june", "juillet juil jul july", "aout aug august",
            "septembre sept sep september", "octobre oct october", "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_FRENCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ t,].*)?")
_LONG = re.compile(r"(?:[a-z]+\.? )?(\d{1,2})(?:er)?[ -]([a-z]+)\.?[ -](\d{4}|\d{2})(?:[ ,].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_EPOCH = date(1899, 12, 30)  # Excel and LibreOffice count days from here
_MONTHS_A_YEAR = 12
_PIVOT = 70
_PLACEHOLDERS = frozenset({"1980-01-01", "1970-01-01", "1900-01-01", "1900-01-00", "1899-12-30", "2000-01-01"})
_MARKED = re.compile(r"[+-]?\d+([.,])\d.*")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")
_NAMES = ("name", "nom", "title", "titre", "label", "libelle", "libellé", "text", "value")
_HALVES = (frozenset({"firstName", "lastName"}), frozenset({"first_name", "last_name"}))
"""Of the name of a person, the given name first when sorted."""
_JSON = ("{", "[")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


def iso_date(text: str, *, month_first: bool = False) -> str | None:
    """Return the ISO date of a cell, "" when the cell is empty, None when it is no date.

    Read: 2020-03-12, 12/03/2020 (day first), 12.03.20, 12 mars 2020, jeudi 1er mars 2020, 20200312, 43902 (serial of
    a spreadsheet), each with or without a time.

    Args:
        text: of the cell.
        month_first: 03/12/2020 is the 12th of March (see `is_month_first`).
    """
    written = re.sub(r"\s+", " ", fold(text)).strip()
    if not written:
        return ""
    if found := _ISO.fullmatch(written) or _COMPACT.fullmatch(written):
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    if found := _FRENCH.fullmatch(written):
        day, month = (found[2], found[1]) if month_first else (found[1], found[2])
        return _valid(_year(found[3]), int(month), int(day))
    if (found := _LONG.fullmatch(written)) and found[2] in _MONTHS:
        return _valid(_year(found[3]), _MONTHS[found[2]], int(found[1]))
    if found := _SERIAL.fullmatch(written):
        return (_EPOCH + timedelta(days=int(found[1]))).isoformat()
    return None


def placeholder(cells: Iterable[str]) -> str:
    """Return the date that a tool writes in every row in place of one, "" when the cells are anything else."""
    days = {day for cell in cells if (day := iso_date(cell)) != ""}
    return next(iter(days)) or "" if len(days) == 1 and days <= _PLACEHOLDERS else ""


def opened_cells(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells of a row with those in JSON opened: the French of several texts, the items of a list."""
    if not any(cell[:1] in _JSON and cell for cell in cells):
        return cells
    return [_opened(cell) if cell[:1] in _JSON else cell for cell in cells]


def _opened(cell: str) -> str:
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    said = _said(found)
    return cell if said is None else said


def _said(found: object) -> str | None:
    """Return what a person reads of a value: the French of several texts, the name of a thing, the items of a list."""
    if isinstance(found, str | int | float):
        return str(found)
    if isinstance(found, list):
        items = [_said(item) for item in found]
        return None if None in items else ", ".join(item for item in items if item)
    return _called(found) if isinstance(found, dict) else None


def _called(found: Mapping[str, object]) -> str | None:
    """Return what a thing is called: its text in French, else its name."""
    if said := {key: value for key, value in found.items() if _LANGUAGE.fullmatch(key) and isinstance(value, str)}:
        return _in_french(said)
    return _name(found)


def _name(found: Mapping[str, object]) -> str | None:
    """Return the halves of a name, or the one name that a thing bears."""
    halves = [str(found[key]) for pair in _HALVES if pair <= found.keys() for key in sorted(pair) if found[key]]
    name = next((key for key in _NAMES if found.get(key)), "")
    return " ".join(halves) or (_said(found[name]) if name else None)


def _in_french(said: Mapping[str, str]) -> str:
    """Return the French of a text said in several languages, else its English, else what there is."""
    wanted = sorted(said, key=lambda key: (not key.startswith("fr"), not key.startswith("en"), not said[key]))
    return next((said[key] for key in wanted if said[key].strip()), "")


def is_month_first(cells: Iterable[str]) -> bool:
    """Tell whether a column writes the month before the day: some second number is over 12, and no first one."""
    found = [match for cell in cells if (match := _FRENCH.fullmatch(cell.strip()))]
    return any(int(m[2]) > _MONTHS_A_YEAR for m in found) and not any(int(m[1]) > _MONTHS_A_YEAR for m in found)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > len("20"):
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def thousands_mark(cells: Iterable[str]) -> str:
    """Return the mark that parts thousands in a column ("1,234"), "" when its marks are decimal ("12,0") or absent."""
    marked = [found for cell in cells if (found := _MARKED.fullmatch(cell.strip()))]
    marks = {found[1] for found in marked}
    return marks.pop() if len(marks) == 1 and all(_THOUSANDS.fullmatch(found[0]) for found in marked) else ""


def integer(text: str, thousands: str = "") -> int | None:
    """Return the whole number of a cell ("1 234", "1 234,0", "12 votes"), None when it holds none.

    Args:
        text: of the cell.
        thousands: see `thousands_mark`.

    Raises:
        ValueError: the cell holds something that is no number.
    """
    written = re.sub(r"[\s\u00a0\u202f']", "", text)
    written = written.replace(thousands, "") if thousands else written
    if written in {"", "-", "–", "n/a", "NA"}:
        return None
    found = re.fullmatch(r"([+-]?\d{1,15})(?:[.,]\d{1,300})?(?:[a-zA-Zéè]+)?", written)
    if not found:
        raise ValueError(text)
    return round(float(re.sub(r"[a-zA-Zéè]+$", "", written).replace(",", ".")))
