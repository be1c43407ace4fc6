"""A cell that names people → each person's family name, given name, e-mail and directorate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.french import fold
from pipeline.ingest.cells.cleaning import clean

_EMAIL = re.compile(r"<?\b([\w.+'-]{1,64}@[\w-]++(?:\.[\w-]++)++)>?")
_PARENTHESIS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BETWEEN = re.compile(r"\s*(?:[;/\n|&]|\+|(?<=\s)et(?=\s)|(?<=\s)avec(?=\s)|(?<=\s)and(?=\s))\s*", re.IGNORECASE)
_TITLE = re.compile(
    r"^(?:mme|mmes|mlle|madame|mademoiselle|monsieur|messieurs|mr|mm|m|dr|docteur)\b\.?\s+", re.IGNORECASE
)
_POSTAL = re.compile(r"\s*\(?\b\d{5}\b\)?\s*$")
_PARTICLE = re.compile(r"(?:de|du|des|le|la|d'|d’|von|van|ben|el|al|da|dos)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A person as a cell names them; fields may be empty.

    Attributes:
        family_name: as written.
        given_name: as written.
        email: as written.
        directorate: what stands in parentheses or after a dash.
    """

    family_name: str
    given_name: str
    email: str = ""
    directorate: str = ""


_NOBODY = frozenset(
    ("anonymous", "anonyme", "anonymous user", "utilisateur anonyme", "n/a", "na", "nc", "n.c.", "nr", "non renseigne",
     "non renseignee", "non communique", "inconnu", "inconnue", "unknown", "none", "null", "nan", "aucun", "aucune",
     "neant", "sans nom", "vide", "(vide)", "x", "xx", "xxx", "deleted user", "deleted participant", "supprime",
     "utilisateur supprime", "compte supprime", "participant supprime", "invite", "guest", "?")
)  # fmt: skip


def is_nobody(cell: str) -> bool:
    """Tell whether a cell about a person only says that nobody is named: "anonyme", "n/a", "-"."""
    return not re.search(r"\w|\?", cell) or fold(cell).strip(" .") in _NOBODY


@cache
def given_names() -> frozenset[str]:
    """Return common given names, without accents and case."""
    text = files("pipeline.ingest").joinpath("given_names.txt").read_text(encoding="utf-8")
    return frozenset(fold(name) for line in text.splitlines() if not line.startswith("#") for name in line.split())


@lru_cache(maxsize=20_000)
def people_in(cell: str) -> tuple[Written, ...]:
    """Return the people a cell names, in order.

    People stand apart by `;`, `/`, `&`, line breaks, "et", or commas; "DUPONT, Marie" is one person.
    """
    pieces = [piece for piece in _BETWEEN.split(clean(cell)) if piece.strip()]
    if len(pieces) == 2 and pieces[0].isupper() and not pieces[1].isupper() and _are_halves(*pieces):  # noqa: PLR2004
        return (Written(*pieces),)  # "DURAND; Anne"
    return tuple(person for piece in pieces for person in _by_comma(piece))


def _by_comma(piece: str) -> list[Written]:
    outside = _PARENTHESIS.sub(lambda m: m[0].replace(",", "\0"), piece)
    parts = [part.replace("\0", ",").strip() for part in outside.split(",") if part.strip()]
    if len(parts) == 2 and _are_halves(*parts):  # noqa: PLR2004 - "Family, Given"
        return [Written(_TITLE.sub("", parts[0]), parts[1])]
    return [person for part in parts if (person := _one(part))]


def _are_halves(family: str, given: str) -> bool:
    """Tell whether two pieces around a comma are one person: single words, or a given name after a long name."""
    if "@" in family + given or "(" in family + given or len(given.split()) != 1:
        return False
    words = _TITLE.sub("", family).split()
    return len(words) == 1 or (_known(given) and not any(_known(word) for word in words))


def _one(text: str) -> Written | None:
    email = _EMAIL.search(text)
    rest = _EMAIL.sub(" ", text)
    inside = _PARENTHESIS.search(rest)
    rest = _PARENTHESIS.sub(" ", rest)
    name, _, after = rest.partition(" - ")
    directorate = (inside[1] if inside else after).strip()
    directorate = "" if _POSTAL.fullmatch(f" {directorate}") else directorate
    where = _POSTAL.search(name)
    if where and any(map(_known, name.split())):  # "Anne 54000": where she lives, not what she is called
        name = name[: where.start()]
        family, given = ("", name.strip()) if len(name.split()) == 1 else split_name(name)
    else:
        family, given = split_name(name)
    if not (family or given or email):
        return None
    return Written(family, given, email[1] if email else "", directorate)


def split_name(name: str) -> tuple[str, str]:
    """Return (family name, given name) of a whole name written in either order.

    Words in capitals are the family name; failing that a known given name tells the order; failing that the given
    name comes first.
    """
    words = _TITLE.sub("", " ".join(name.replace(",", " ").split())).split()
    if len(words) < 2:  # noqa: PLR2004 - a single word is taken as the family name
        return (words[0] if words else "", "")
    shouted = [w.isupper() and len(w.strip(".")) > 1 for w in words]
    if any(shouted) and not all(shouted):
        return _by_capitals(words, shouted)
    if not _known(words[0]) and _known(words[-1]):
        return " ".join(words[:-1]), words[-1]
    return " ".join(words[1:]), words[0]


def _by_capitals(words: list[str], shouted: list[bool]) -> tuple[str, str]:
    family = [w for w, s in zip(words, shouted, strict=True) if s or _PARTICLE.fullmatch(w)]
    given = [w for w, s in zip(words, shouted, strict=True) if not (s or _PARTICLE.fullmatch(w))]
    return " ".join(family), " ".join(given)


def _known(word: str) -> bool:
    return any(fold(part) in given_names() for part in re.split(r"[-.]", word) if part)
