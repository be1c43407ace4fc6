"""Every document of a run → the shelves of the page that lists them (`index.html`): what each is for, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.french import counted, enumeration, typeset

BILAN = "bilan/"
"""Folder of the full review, written by its own command."""
TOUR = "tournee/"
"""Folder of the decks, written by their own command."""
_FORMS = {".html": "page", ".pdf": "PDF", ".xlsx": "classeur", ".csv": "CSV", ".json": "JSON", ".pptx": "diaporama"}
_SHELVES = (
    ("Pour tous", "À publier : aucun nom de porteur, aucun petit effectif.", (
        ("ensemble", "Rapport d’ensemble"), ("bilan", "Bilan"), ("theme", "Fiches des thèmes"),
        ("export", "Données à réutiliser"), ("animation", "Pour animer"),
    )),
    ("Pour une direction", "À remettre à la seule direction nommée : les idées de ses agents y sont réunies.", (
        ("direction", "Dossiers des directions"), ("tournee", "Diaporamas de la tournée"),
    )),
    ("Pour l’équipe seule", "À ne pas diffuser : ces fichiers portent des noms ou l’origine de chaque idée.", (
        ("equipe", "Pour l’analyse"), ("minilab", "Kits d’animation"), ("reponse", "Réponses aux porteurs"),
    )),
)  # fmt: skip
"""Who reads, a word for who sends, and the kinds of documents with their title."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One file to list: its path below the reports' folder, its kind (see `documents.Document`), its title."""

    path: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: its title and its forms, as (form, path)."""

    label: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one public may read, by kind of document: (title, documents)."""

    title: str
    advice: str
    parts: tuple[tuple[str, tuple[Entry, ...]], ...]


def shelves(filed: Iterable[Filed]) -> tuple[Shelf, ...]:
    """Return the files by public, then by kind; the forms of one document stand together."""
    kinds: dict[str, dict[str, list[Filed]]] = {}
    for file in filed:
        kinds.setdefault(file.kind, {}).setdefault(str(PurePosixPath(file.path).with_suffix("")), []).append(file)
    return tuple(
        Shelf(title, advice, parts)
        for title, advice, known in _SHELVES
        if (parts := tuple((name, _entries(kinds[kind].values())) for kind, name in known if kind in kinds))
    )


def summary(listed: Sequence[Shelf]) -> str:
    """Return how many documents are for whom, in a sentence."""
    sizes = [(sum(len(entries) for _, entries in shelf.parts), shelf.title) for shelf in listed]
    said = [f"{counted(size, 'document')} {title[0].lower()}{title[1:]}" for size, title in sizes]
    return typeset(f"{enumeration(said)}.") if said else ""


def named(stem: str) -> str:
    """Return the title of a deck from the name of its file."""
    return stem.removeprefix("direction-").replace("-", " ").capitalize()


def _entries(documents: Iterable[list[Filed]]) -> tuple[Entry, ...]:
    return tuple(Entry(forms[0].label, tuple((_form(file.path), file.path) for file in forms)) for forms in documents)


def _form(path: str) -> str:
    return "dossier de fichiers" if path.endswith("/") else _FORMS.get(PurePosixPath(path).suffix, "fichier")
