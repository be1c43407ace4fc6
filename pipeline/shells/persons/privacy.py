"""Proving where identities are and are not in a workspace."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

import pandas as pd

from pipeline.errors import MinilabsError
from pipeline.french import fold
from pipeline.ingest import names_apart
from pipeline.ingest.erasing import Erased
from pipeline.ingest.masking.known import known_names, known_spans
from pipeline.ingest.masking.lexicon import lexicon
from pipeline.params import Params
from pipeline.registered import registered_identities
from pipeline.shells.ingest import source_files
from pipeline.shells.persons.scanning import caches, text_of, workspace_files
from pipeline.store import load
from pipeline.workspace import Workspace, table_path

MAY_NAME = ("data/private", "data/raw", "reports/private")
"""Where identities belong: the private files, the export itself, and the documents that name people."""
BESIDE = "sans idée"
"""In place of the number of a person who has none."""
_LOCAL, _DOMAIN = re.compile(r"[\w.+'-]+$"), re.compile(r"@[\w-]+(?:\.[\w-]+)+")
_LONGEST = 64
"""Characters before the @ of an address, at the most (RFC 5321)."""
_RARE = 5


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Identities in one file.

    Attributes:
        path: from the root.
        what: "nom" or "adresse électronique", or "nom de fichier".
        count: how many times.
        holder_ids: of whom.
    """

    path: str
    what: str
    count: int
    holder_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found.

    Attributes:
        files: read.
        identities: looked for.
        allowed: files that may name people, and do.
        leaks: occurrences elsewhere.
    """

    files: int
    identities: int
    allowed: int
    leaks: list[Occurrence]


def everyone(identities: pd.DataFrame) -> list[Erased]:
    """Return the people of the identities table."""
    columns = ("holder_id", "family_name", "given_name", "email")
    return [Erased(*map(str, row)) for row in zip(*(identities[c] for c in columns), strict=True)]


def _addresses(text: str) -> Iterator[str]:
    """Yield the e-mail addresses of a text, looked for around each @: a page may hold millions of letters in a row."""
    for mark in re.finditer("@", text):
        local = _LOCAL.search(text[max(0, mark.start() - _LONGEST) : mark.start()])
        domain = _DOMAIN.match(text, mark.start())
        if local and domain:
            yield local[0] + domain[0]


class Search:
    """Looks for people in texts: whole names in either order, e-mails, rare family names alone."""

    def __init__(self, people: Iterable[Erased], common: frozenset[str] = frozenset()) -> None:
        """Take the people, and words (folded) that are no family name when they stand alone."""
        lex = lexicon()
        listed = list(people)
        short = {fold(p.family_name) for p in listed if len(p.family_name) < _RARE}
        plain = common | lex.given | lex.towns | lex.not_name | lex.ambiguous | short
        self._names = known_names(((p.family_name, p.given_name) for p in listed), plain)
        self._emails = {fold(p.email): p.holder_id for p in listed if p.email}
        self._by_family: dict[str, list[str]] = {}
        for p in listed:
            self._by_family.setdefault(fold(p.family_name), []).append(p.holder_id)

    def __call__(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (what, holder_id) for each occurrence."""
        for address in _addresses(text):
            if (holder := self._emails.get(fold(address.strip(".")))) is not None:
                yield "adresse électronique", holder
        for span in known_spans(text, self._names):
            found = fold(text[span.start : span.end])
            owners = [h for family, ids in self._by_family.items() if family and family in found for h in ids]
            yield "nom", owners[0] if owners else "?"

    def occurrences(self, name: str, text: str) -> Iterator[Occurrence]:
        """Yield what a file's name and text hold, by kind."""
        counts: Counter[str] = Counter()
        who: dict[str, set[str]] = {}
        in_name = (("nom de fichier", holder) for _, holder in self(re.sub(r"[/_.-]", " ", name)))
        for what, holder in [*self(text), *in_name]:
            counts[what] += 1
            who.setdefault(what, set()).add(holder)
        for what, count in sorted(counts.items()):
            yield Occurrence(name, what, count, tuple(sorted(who[what])))


def audit(workspace: Workspace, params: Params) -> Audit:
    """Return where the workspace names holders outside the places meant for it.

    Raises:
        MinilabsError: `base.*` when a table is damaged.
    """
    people, search = searching(workspace, params)
    places = {*MAY_NAME, workspace.inside(params.ingest.source) or "."} - {"."}
    files, allowed, leaks = 0, 0, []
    root = workspace.root.resolve()
    apart = (path for place in caches(root) if not place.is_relative_to(root) for path in workspace_files(place))
    for path in [*workspace_files(root), *apart]:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        found = list(search.occurrences(name, text_of(path)))
        files += 1
        if any(PurePath(name).is_relative_to(place) for place in places):
            allowed += bool(found)
        else:
            leaks += found
    return Audit(files, len(people), allowed, leaks)


def searching(workspace: Workspace, params: Params) -> tuple[list[Erased], Search]:
    """Return the people of the workspace, those who registered or are named beside too, and what looks for them.

    Raises:
        MinilabsError: `base.*` when a table is damaged.
    """
    people = everyone(pd.concat([load(workspace, "identities"), registered_identities(workspace)]))
    people += _beside(workspace, params)
    return people, Search(people, common_words(workspace))


def _beside(workspace: Workspace, params: Params) -> list[Erased]:
    """Return those whom the export names though they hold no idea; nobody where the export is no longer there."""
    try:
        files = source_files(workspace.given(params.ingest.source), params.ingest.source)
        found = names_apart(files, params.ingest)
    except MinilabsError:
        return []
    return [Erased(BESIDE, family, given, "") for family, given in sorted(found)]


def common_words(workspace: Workspace) -> frozenset[str]:
    """Return the words that the ideas write in lower case: a family name among them proves nothing alone."""
    if not workspace.path(table_path("ideas")).is_file():
        return frozenset()
    words = re.findall(r"(?<![\w-])[a-zà-öø-ÿœæ]{3,}(?![\w-])", " ".join(load(workspace, "ideas")["text"]))
    return frozenset(map(fold, words))
