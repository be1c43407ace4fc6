"""Personal data that has a form: e-mails, telephones, social security numbers, addresses, plates, personal links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.ingest.masking.spans import Span

_HINT = re.compile(r"[0-9@]|\bat[)\]]|arobase|https?:|www\.|[a-z]/", re.IGNORECASE)  # most texts hold none of it
_GAP = r"[ \u00a0\u202f.\-/_·]?"
_AT, _DOT = r"(?:\s?@\s?|\s?[(\[]at[)\]]\s?|\s+arobase\s+)", r"(?:\.|\s\.\s|\s?[(\[](?:dot|point)[)\]]\s?|\s+point\s+)"
_EMAIL = re.compile(
    rf"(?<![\w+'’-])[\w+'’-]++(?:{_DOT}[\w+'’-]++){{0,8}}{_AT}[\w-]++(?:{_DOT}[\w-]++){{1,8}}"
    r"|(?<![\w.+'’-])[\w.+'’-]*\w@[\w-]+",
    re.IGNORECASE,
)
_PHONE = re.compile(
    rf"(?<![\w.,]\d)(?<!\w)(?:\(?(?:\+|00){_GAP}33\)?{_GAP}(?:\(0\){_GAP})?[1-9]|\(0[1-9]\)|0[1-9])"
    rf"(?:{_GAP}\d{{2}}){{4}}(?!\d)"
)
_SPELT = re.compile(r"(?<!\w)0[ .]?[1-9](?:[ .]?\d){8}(?!\d)")
_CALLED = re.compile(
    r"(?:t[ée]l|portable|mobile|fax|num[ée]ro|appel|joindre|joignable|\b0[67]\b)[^\d\n]{0,25}$", re.IGNORECASE
)
_ABROAD = re.compile(rf"(?<![\w+])(?:\+|00)(?!33)[1-9]\d{{0,2}}{_GAP}(?:\(0\))?(?:{_GAP}\d){{6,12}}(?!\d)")
_SEP = r"[\s.\-/]?"
_NIR = re.compile(
    rf"(?<!\d)[12]{_SEP}\d{{2}}{_SEP}(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d){_SEP}(?:\d{{2}}|2[abAB]){_SEP}\d{{3}}{_SEP}\d{{3}}"
    rf"(?:{_SEP}\d{{2}})?(?!\d)"
)
_NIR_IN_GROUPS = re.compile(r"(?<!\d)[12]([ .-])\d\d\1\d\d\1(?:\d\d|2[abAB])\1\d{3}\1\d{3}(?:\1\d\d)?(?!\d)")
_AROUND = 60
"""Characters looked at before a form that words must announce."""
_WAY = (
    r"rue|avenue|av\.|boulevard|bd|place|impasse|all[ée]e|chemin|route|quai|cours|square|ruelle|sentier|faubourg"
    r"|lotissement|r[ée]sidence|passage|voie|mont[ée]e"
)
_ADDRESS = re.compile(
    rf"(?<!\w)\d{{1,4}}(?:\s?(?:bis|ter|quater|[a-dA-D]))?,?\s(?:{_WAY})\s(?:[\wÀ-ÿ'’-]++[ ]?){{1,6}}?"
    r"(?=,|\.|;|\)|\n|$|\s[àa]\s|\s-\s|\s?\d{5})(?:,?\s?\d{5}\s[A-ZÀ-Ý][\wÀ-ÿ'’-]*(?:[ -][A-ZÀ-Ý][\wÀ-ÿ'’-]*)*)?",
    re.IGNORECASE,
)
_ESTATE = re.compile(
    r"(?<!\w)(?:(?i:r[ée]sidence|lotissement|lieu-dit|hameau)|BP\s?\d+|CS\s?\d+|appt\.?\s?\d+|appartement\s\d+)\b[^.;\n]{0,60}?"
    r"\d{5}\s[A-ZÀ-Ý][\wÀ-ÿ'’-]*(?:[ -][A-ZÀ-Ý][\wÀ-ÿ'’-]*)*"
)
_NUMBERED = re.compile(
    r"\b(?:salle|bureau|porte|lot|ligne|bus|étage|bâtiment|lycée|quai|page|poste)s?\s+$", re.IGNORECASE
)
_PLATE = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}(?![\w-])")
_OLD_PLATE = re.compile(r"(?<![\w-])\d{1,4} [A-HJ-NP-TV-Z]{2,3} (?:\d{2}|2[AB])(?![\w-])")
_LOOSE_PLATE = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}[-– ]?\d{3}[-– ]?[A-HJ-NP-TV-Z]{2}(?![\w-])", re.IGNORECASE)
_OLDER_PLATE = re.compile(r"(?<![\w-])\d{1,4}[- ]?[A-HJ-NP-TV-Z]{2,3}[- ]?(?:\d{2}|2[AB])(?![\w-])", re.IGNORECASE)
_VEHICLE = re.compile(
    r"\b(?:plaque|immatricul\w*|v[ée]hicule|voiture|scooter|moto|fourgon|camion|utilitaire|kangoo|berlingo|clio)\w*"
    r"[^.\n]{0,30}$",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"»)]+|(?<![\w@.-])(?:[a-z0-9-]++\.)+[a-z]{2,}/[^\s<>\"»)]+", re.IGNORECASE
)
_IDENTIFIES = re.compile(
    r"linkedin\.[a-z]+/in/|facebook\.|twitter\.|x\.com/|instagram\.|tiktok\."
    r"|/~|/(?:users?|profils?|profiles?|people|personal|perso|membres?|members?|agents?|annuaire)/"
    r"|[?&](?:id|user|uid|token|key|login|mail|email|nom|name|agent|matricule|pwd|password|code|share)="
    r"|/(?:d|s|j|f|e|u|file|share|meet|join)/[\w-]{6,}|%40|@|[0-9a-f]{16,}|/d/|/u/\d",
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
    return not _NUMBERED.search(place.string[max(0, place.start() - _AROUND) : place.start()])


def _nir(number: re.Match[str]) -> bool:
    # Without its key it has 13 digits, as a bar code: the spaces tell. A wrong key is masked too: people mistype.
    return len(re.sub(r"\W", "", number[0])) == 15 or " " in number[0]  # noqa: PLR2004


def _called(number: re.Match[str]) -> bool:
    return bool(_CALLED.search(number.string[max(0, number.start() - _AROUND) : number.start()]))


def _vehicle(plate: re.Match[str]) -> bool:
    return bool(_VEHICLE.search(plate.string[max(0, plate.start() - _AROUND) : plate.start()]))


_Rule = tuple[re.Pattern[str], str, str, Callable[[re.Match[str]], bool]]
_RULES: tuple[tuple[re.Pattern[str], tuple[_Rule, ...]], ...] = (
    (re.compile(r"@|\bat[)\]]|arobase", re.IGNORECASE), ((_EMAIL, "email", "forme d’adresse électronique", _any),)),
    (
        re.compile(r"[0-9]"),
        (
            (_PHONE, "telephone", "forme de téléphone français", _any),
            (_SPELT, "telephone", "chiffres d’un téléphone", _called),
            (_ABROAD, "telephone", "forme de téléphone étranger", _any),
            (_NIR, "nir", "forme de numéro de sécurité sociale", _nir),
            (_NIR_IN_GROUPS, "nir", "forme de numéro de sécurité sociale", _any),
            (_ADDRESS, "adresse", "numéro et voie", _address),
            (_ESTATE, "adresse", "résidence ou boîte postale, code postal et ville", _any),
            (_PLATE, "plaque", "forme d’immatriculation", _any),
            (_OLD_PLATE, "plaque", "forme d’immatriculation ancienne", _any),
            (_LOOSE_PLATE, "plaque", "forme d’immatriculation, près d’un véhicule", _vehicle),
            (_OLDER_PLATE, "plaque", "forme d’immatriculation ancienne, près d’un véhicule", _vehicle),
        ),
    ),
    (
        re.compile(r"https?:|www\.|\.[a-z]+/", re.IGNORECASE),
        ((_URL, "url", "lien vers un compte ou un fichier personnel", _personal_link),),
    ),
)
"""What a text must hold for the rules to be tried, and the rules."""
