"""What the report stage wrote: a table of documents, links to open them, the privacy check before sending."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import is_example, open_sheet
from pipeline.french import counted, number, typeset
from pipeline.shells.persons.privacy import Search, everyone
from pipeline.shells.persons.scanning import text_of
from pipeline.workspace import Workspace

_FOR = {
    "themes": ("une fiche par thème", "les directions, l’intranet"),
    "directions": ("un dossier par direction", "la direction concernée, elle seule"),
    "private/kits": (
        "un kit par groupe : MiniLab ou communauté de métier",
        "l’animateur du groupe : il nomme les membres",
    ),
    "private/reponses": ("une réponse par porteur", "le porteur : elle le nomme"),
    "private": (
        "la page d’exploration complète et le publipostage",
        "l’équipe seule : ils décrivent ou nomment chacun",
    ),
    "export": ("les tableaux d’échange", "d’autres programmes"),
    "metrics": ("les mesures de qualité", "les analystes"),
    "": ("le rapport d’ensemble et le classeur", "la direction générale, les analystes"),
}


_READ = (".html", ".xlsx", ".csv", ".json")


def written(workspace: Workspace) -> pd.DataFrame:
    """Return what is below `reports/`, folder by folder: Dossier, Contenu, Fichiers, Taille, Pour qui."""
    root = workspace.path("reports")
    rows = []
    for folder, (what, whom) in _FOR.items():
        files = [path for path in (root / folder).glob("*") if path.is_file()]
        if files:
            size = _size(sum(path.stat().st_size for path in files))
            rows.append((f"reports/{folder}".rstrip("/"), what, number(len(files)), size, whom))
    return pd.DataFrame(rows, columns=["Dossier", "Contenu", "Fichiers", "Taille", "Pour qui"])


def _size(octets: int) -> str:
    small = octets < 100_000  # noqa: PLR2004 - one decimal of a megabyte
    return f"{number(octets / 1e3)}\u00a0ko" if small else f"{number(octets / 1e6, 1)}\u00a0Mo"


def links(workspace: Workspace, folder: Path | str = "", kind: str = "html") -> HTML:
    """Return links that open the documents of a folder of `reports/` (themes, directions, private/kits).

    Args:
        workspace: where.
        folder: below `reports/`; the overall report without.
        kind: html (told by the title of the page) or pdf (by the name of the file).
    """
    place = workspace.path(f"reports/{folder}")
    base = f"../reports/{folder}".rstrip("/")
    items = "".join(
        f'<li><a href="{html.escape(f"{base}/{path.name}")}" target="_blank">{html.escape(_titled(path))}</a></li>'
        for path in sorted(place.glob(f"*.{kind}"), key=_by_number)
    )
    return HTML(f"<ul>{items}</ul>" if items else "<p>Aucun document.</p>")  # type: ignore[no-untyped-call] # IPython is partly typed


def _by_number(path: Path) -> list[tuple[str, int]]:
    """Sort lab-T02 before lab-T10."""
    return [(word, int(part or 0)) for word, part in re.findall(r"(\D*)(\d*)", path.stem)]


def _titled(path: Path) -> str:
    """Return what a page says it is, without the contest and the organisation that all share."""
    if path.suffix != ".html":
        return path.name
    found = re.search(r"<title>([^<]*)</title>", path.read_text(encoding="utf-8"))
    return html.unescape(found[1]).partition(" – ")[0] if found else path.name


def to_fill(workspace: Workspace) -> pd.DataFrame:
    """Return the tables that people fill in: Tableau, À quoi il sert, Lignes, Par quelle commande.

    Lines are those that are data: a commented example is not one.
    """
    rows = []
    for name, (what, command) in _FILLED.items():
        sheet = open_sheet(content_of(workspace.path(name), name), name, {})
        lines = sum(any(map(str.strip, cells)) and not is_example(cells) for cells in sheet.records)
        rows.append((name, what, number(lines), command))
    return pd.DataFrame(rows, columns=["Tableau", "À quoi il sert", "Lignes", "Par quelle commande"])


_FILLED = {
    "data/review/people.csv": ("vœux, volontaires, qui ne peut pas venir", "minilabs assign"),
    "data/review/labs.csv": ("taille, lieu et créneaux de chaque groupe", "minilabs assign"),
    "data/review/seances.csv": ("dates et lieux des séances", "minilabs call, minilabs sessions"),
    "data/private/inscriptions.csv": ("qui s’est inscrit ; ce tableau nomme", "minilabs register FICHIER"),
    "data/review/presences.csv": ("qui est venu, par numéro", "minilabs sessions FEUILLES"),
    "data/review/comptes_rendus.csv": ("décidé, avancé, suite, par séance", "minilabs sessions"),
    "data/review/livrables.csv": ("ce que chaque groupe a fait", "minilabs sessions"),
    "data/review/answers.csv": ("ce que répondent les directions", "minilabs answers CLASSEURS"),
    "data/review/follow_up.csv": ("où en est chaque idée, thème ou groupe", "minilabs follow-up CLASSEUR"),
}


def letters(texts: Iterable[str]) -> HTML:
    """Return letters to read, one under the other, as text: what people wrote cannot act."""
    look = "border:1px solid #8886;border-radius:4px;padding:12px 16px;margin:0 0 12px;max-width:42em"
    items = (f'<div style="{look};white-space:pre-line">{html.escape(text)}</div>' for text in texts)
    return HTML("".join(items))  # type: ignore[no-untyped-call] # IPython is partly typed


def search(workspace: Workspace, identities: pd.DataFrame) -> pd.DataFrame:
    """Return where pages, sheets and tables to be sent name people: Fichier, Ce qui dépasse, Combien, Agent.

    Printed documents are not read again: they are made from the same view as the pages. `minilabs audit-privacy` reads
    everything, and takes minutes.

    Args:
        workspace: whose `reports/` is looked into, documents that name people on purpose (`private`) left aside.
        identities: table of the people looked for.
    """
    root, find = workspace.path("reports"), Search(everyone(identities))
    rows = [
        (f"reports/{name}", found.what, found.count, ", ".join(found.holder_ids[:5]))
        for path in sorted(root.rglob("*"))
        if path.suffix in _READ and not (name := path.relative_to(root).as_posix()).startswith("private/")
        for found in find.occurrences(name, text_of(path))
    ]
    return pd.DataFrame(rows, columns=["Fichier", "Ce qui dépasse", "Combien", "Agent"])


def checked(found: pd.DataFrame) -> str:
    """Return in one sentence whether documents can be sent."""
    if found.empty:
        return "Rien ne dépasse : aucun document à envoyer ne nomme quelqu’un."
    paths = counted(found["Fichier"].nunique(), "fichier")
    return typeset(f"N’envoyez rien encore : {paths} à corriger (ci-dessous).")
