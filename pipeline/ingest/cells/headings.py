"""What a header means: its head noun rather than the longest known word inside it.

"Auteur de la proposition" is an author, "comment-id" the number of a comment, "category/name/fr" a category in French.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline.french import fold
from pipeline.ingest.cells.fields import HOLDER_FIELDS, Hint, plain, synonyms

_NEVER = re.compile(
    r"\b(?:naissance|embauche|cloture|jury|comite|instructeur|expert|moderation|moderateur|moderator|answered|answer"
    r"|telephone|tel|portable|mobile|phone|age|sexe|genre|civilite|fin|modification|updated|url|lien|link|ip|latitude"
    r"|longitude|rgpd|consentement|followers|attachments|locale|langue|comments|nombre commentaires|nb commentaires"
    r"|reponse officielle|official response|mot passe|password)\b"
)
_LANGUAGE = re.compile(
    r"(?P<base>.*\w)\s*[/_.\[(](?P<code>fr|en|de|es|it|nl|pt|ca|eu|lb|pl|ar|ro)(?:[-_][a-z]{2})?[\])]?",
    re.IGNORECASE | re.DOTALL,
)
_LINKED = re.compile(r"\b(?:de|du|des|sur|pour|par|en|votre|mon|le|la|les)\b|\b[dl]['’]", re.IGNORECASE)
_THINGS = frozenset(
    ("idea", "idee", "proposal", "proposition", "propositions", "contribution", "contributions", "projet", "project",
     "dossier", "fiche", "input", "post", "submission", "soumission", "reponse", "response", "initiative",
     "participation")
)  # fmt: skip
"""What an idea is called: beside another known word, it only says whose number, date or author is meant."""
_PEOPLE = frozenset(
    ("author", "user", "holder", "agent", "participant", "owner", "creator", "auteur", "porteur", "deposant",
     "contributeur", "utilisateur")
)  # fmt: skip
_TOPICS = frozenset({"category", "categorie", "theme", "thematique", "topic", "tag"})
_NUMBERS = frozenset({"id", "ids", "identifiant", "numero", "n", "no", "num", "number", "code", "ref", "reference"})
_NAMES = frozenset({"nom", "libelle", "intitule", "name", "title"})
_LAST = {
    "id": "", "name": "", "title": "", "email": "email", "mail": "email", "body": "part", "text": "part",
    "content": "part", "description": "part", "date": "submitted_on", "at": "submitted_on", "status": "status",
    "state": "status", "number": "", "firstname": "given_name", "lastname": "family_name",
}  # fmt: skip
"""English heads, which stand last, with what they are of a person or an idea; the empty ones depend on which."""
_OWNED = {
    ("people", "number"): "holder_id", ("people", "name"): "person", ("things", "number"): "idea_id",
    ("things", "name"): "title", ("topics", "name"): "category",
}  # fmt: skip
_LONGEST = 150
_SHORTEST = 5
_USUAL = 3


@cache
def hints(header: str) -> tuple[Hint, ...]:
    """Return the fields a header suggests, most likely first; empty when it suggests none."""
    base = without_language(header)[0]
    name = plain(base)
    exact = synonyms().get(name) or synonyms().get(plain(re.sub(r"\([^()\n]*\)", "", base)))
    if exact or not name or len(header) > _LONGEST:
        return exact or ()
    if is_aside(header):
        return ()
    words = name.split()
    if owned := _of_person(words):
        return owned
    if len(words) > 1 and words[-1] in _LAST and not _LINKED.search(fold(base)):
        return _of_last(words)
    return _of_first(words)


def _of_person(words: Sequence[str]) -> tuple[Hint, ...]:
    """Return what a header means that begins with a word for people: "porteur direction"."""
    if words[0] not in _PEOPLE:
        return ()
    owned = [hint for hint in synonyms().get(" ".join(words[1:]), ()) if hint.field in HOLDER_FIELDS]
    return tuple(Hint(hint.field, 1) for hint in owned[:1])


def is_aside(header: str) -> bool:
    """Tell whether a header names what is not of the idea nor of who had it: a jury's comment, an address of a page."""
    name = plain(without_language(header)[0])
    return name not in synonyms() and bool(_NEVER.search(name))


def without_language(header: str) -> tuple[str, str]:
    """Return a header without its language, and that: "title/fr" → "title", "fr"."""
    found = _LANGUAGE.fullmatch(header.strip())
    return (found["base"], found["code"].lower()) if found else (header, "")


def other_languages(headers: Iterable[str]) -> frozenset[str]:
    """Return the headers that say in another language what one in French (failing that English, or the first) says."""
    by_base: dict[str, list[tuple[bool, bool, int, str]]] = defaultdict(list)
    for place, header in enumerate(headers):
        base, code = without_language(header)
        if code:
            by_base[plain(base)].append((code != "fr", code != "en", place, header))
    return frozenset(header for group in by_base.values() for *_, header in sorted(group)[1:])


def _of_last(words: Sequence[str]) -> tuple[Hint, ...]:
    """Return what an English header means, its head last: "author name", "proposal id"; "comment id" is nothing."""
    *owner, head = words
    whose = _owner(owner)
    if not whose:
        return ()
    if head == "name" and owner[-1] in {"first", "last"}:
        return (Hint("given_name" if owner[-1] == "first" else "family_name", 1),)
    kind = "number" if head in _NUMBERS else "name"
    field = _LAST[head] or _OWNED.get((whose, kind), "")
    return (Hint(field, 1),) if field and (whose != "topics" or field == "category") else ()


def _owner(words: Iterable[str]) -> str:
    told = set(words)
    for name, known in (("people", _PEOPLE), ("topics", _TOPICS), ("things", _THINGS)):
        if told & known:
            return name
    return ""


def _of_first(words: Sequence[str]) -> tuple[Hint, ...]:
    """Return what a French header means, its head first; what an idea is called comes last whatever its place."""
    if words[0] in _NUMBERS and len(words) > 1:
        field = _OWNED.get((_owner(words[1:]), "number"), "")
        return (Hint(field, 1),) if field else ()
    found = _ranked(words)
    if not found:
        return ()
    phrase = min(found, key=lambda each: each[0])[1]
    usual = [hint for hint in synonyms()[phrase] if hint.strength == _USUAL or " ".join(words).startswith(phrase)]
    return tuple(Hint(hint.field, hint.strength - _USUAL + 1) for hint in usual)


def _ranked(words: Sequence[str]) -> list[tuple[bool, str]]:
    """Return the known phrases of a header; after a word for a name ("nom"), whose name it is tells least."""
    found = list(_known(words))
    if words[0] in _NAMES and len(found) > 1 and found[0][1] == words[0]:
        return [(phrase in _THINGS | _PEOPLE, phrase) for _, phrase in found[1:]] + found[:1]
    return found


def _known(words: Sequence[str]) -> Iterable[tuple[bool, str]]:
    """Yield the known phrases in a header in their order, and whether each only names an idea."""
    start = 0
    while start < len(words):
        ends = range(len(words), start, -1)
        phrase = next((p for end in ends if (p := " ".join(words[start:end])) in synonyms()), "")
        if phrase and (start == 0 or len(phrase) >= _SHORTEST):
            yield phrase in _THINGS, phrase
        start += max(1, len(phrase.split()))
