"""Personal data that has a form: e-mails, telephones, social security numbers, addresses, plates, personal links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.ingest.masking.spans import Span

_HINT = re.compile(r"[0-9@]|\bat[)\]]|arobase|https?:|www\.", re.IGNORECASE)  # most texts hold none of it
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
_NUMBERED = re.compile(
    r"\b(?:salle|bureau|porte|lot|ligne|bus|étage|bâtiment|lycée|quai|page|poste)s?\s+$", re.IGNORECASE
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
    if not _HINT.search(text):
        return
    for hint, rules in _RULES:
        if hint.search(text):
            for expression, kind, why, accepts in rules:
                for match in expression.finditer(text):
                    if accepts(match):
                        yield Span(match.start(), match.end(), kind, why)


def _any(_: re.Match[str]) -> bool:
    return True


def _personal_link(link: re.Match[str]) -> bool:
    return bool(_IDENTIFIES.search(link[0]))


def _address(place: re.Match[str]) -> bool:
    return not _NUMBERED.search(place.string[: place.start()])


def _nir(number: re.Match[str]) -> bool:
    # Without its key it has 13 digits, as a bar code: the spaces tell. A wrong key is masked too: people mistype.
    return len(re.sub(r"\s", "", number[0])) == 15 or " " in number[0]  # noqa: PLR2004


_Rule = tuple[re.Pattern[str], str, str, Callable[[re.Match[str]], bool]]
_RULES: tuple[tuple[re.Pattern[str], tuple[_Rule, ...]], ...] = (
    (re.compile(r"@|\bat[)\]]|arobase", re.IGNORECASE), ((_EMAIL, "email", "forme d’adresse électronique", _any),)),
    (
        re.compile(r"[0-9]"),
        (
            (_PHONE, "telephone", "forme de téléphone français", _any),
            (_ABROAD, "telephone", "forme de téléphone étranger", _any),
            (_NIR, "nir", "forme de numéro de sécurité sociale", _nir),
            (_ADDRESS, "adresse", "numéro et voie", _address),
            (_PLATE, "plaque", "forme d’immatriculation", _any),
            (_OLD_PLATE, "plaque", "forme d’immatriculation ancienne", _any),
        ),
    ),
    (
        re.compile(r"https?:|www\.", re.IGNORECASE),
        ((_URL, "url", "lien vers un compte ou un fichier personnel", _personal_link),),
    ),
)
"""What a text must hold for the rules to be tried, and the rules."""
