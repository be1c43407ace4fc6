"""Personal data that has a form: e-mails, telephones, social security numbers, addresses, plates, personal links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.ingest.masking.spans import Span

_GAP = r"[ \u00a0\u202f.\-/]?"
_EMAIL = re.compile(
    r"[\w.+'’-]*\w\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\]|\bpoint\b)\s?[\w-]+)*"
    r"\.?(?:fr|com|org|net|eu|gouv|info|biz|de|be|ch|lu)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    rf"(?<![\w.,]\d)(?<!\w)(?:(?:\+|00){_GAP}33{_GAP}(?:\(0\){_GAP})?|0)[1-9](?:{_GAP}\d{{2}}){{4}}(?!\d)"
)
_ABROAD = re.compile(rf"(?<![\w+])(?:\+|00)(?!33)[1-9]\d{{0,2}}{_GAP}(?:\(0\))?(?:{_GAP}\d){{6,12}}(?!\d)")
_NIR = re.compile(
    r"(?<!\d)[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-4]\d|50)\s?(?:\d{2}|2[abAB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?!\d)"
)
_WAY = (
    r"rue|avenue|av\.|boulevard|bd|place|impasse|all[ée]e|chemin|route|quai|cours|square|ruelle|sentier|faubourg"
    r"|lotissement|r[ée]sidence|passage|voie|mont[ée]e"
)
_ADDRESS = re.compile(
    rf"(?<!\w)\d{{1,4}}(?:\s?(?:bis|ter|quater|[a-dA-D]))?,?\s(?:{_WAY})\s(?:[\wÀ-ÿ'’-]+[ ]?){{1,6}}?"
    r"(?=,|\.|;|\)|\n|$|\s[àa]\s|\s-\s|\s?\d{5})(?:,?\s?\d{5}\s[A-ZÀ-Ý][\wÀ-ÿ'’-]*(?:[ -][A-ZÀ-Ý][\wÀ-ÿ'’-]*)*)?",
    re.IGNORECASE,
)
_PLATE = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}(?![\w-])")
_OLD_PLATE = re.compile(r"(?<![\w-])\d{1,4} [A-HJ-NP-TV-Z]{2,3} (?:\d{2}|2[AB])(?![\w-])")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"»)]+", re.IGNORECASE)
_IDENTIFIES = re.compile(
    r"linkedin\.[a-z]+/in/|facebook\.|twitter\.|x\.com/|instagram\.|tiktok\.|/~|/users?/|/profile?|/people/|/personal/"
    r"|[?&](?:id|user|uid|token|key|login|mail|email|nom|name|agent|matricule)=|%40|@|[0-9a-f]{16,}|/d/|/u/\d",
    re.IGNORECASE,
)


def pattern_spans(text: str) -> Iterator[Span]:
    """Yield the spans of `text` that have the form of personal data."""
    for expression, kind, why, accepts in _RULES:
        for match in expression.finditer(text):
            if accepts(match[0]):
                yield Span(match.start(), match.end(), kind, why)


def _any(_: str) -> bool:
    return True


def _personal_link(url: str) -> bool:
    return bool(_IDENTIFIES.search(url))


def _nir(number: str) -> bool:
    digits = re.sub(r"\s", "", number).upper()
    if len(digits) < 15:  # noqa: PLR2004 - without its key
        return True
    body = int(digits[:13].replace("2A", "19").replace("2B", "18"))
    return 97 - body % 97 == int(digits[13:])


_RULES: tuple[tuple[re.Pattern[str], str, str, Callable[[str], bool]], ...] = (
    (_EMAIL, "email", "forme d’adresse électronique", _any),
    (_PHONE, "telephone", "forme de téléphone français", _any),
    (_ABROAD, "telephone", "forme de téléphone étranger", _any),
    (_NIR, "nir", "forme et clé de numéro de sécurité sociale", _nir),
    (_ADDRESS, "adresse", "numéro et voie", _any),
    (_PLATE, "plaque", "forme d’immatriculation", _any),
    (_OLD_PLATE, "plaque", "forme d’immatriculation ancienne", _any),
    (_URL, "url", "lien vers un compte ou un fichier personnel", _personal_link),
)
