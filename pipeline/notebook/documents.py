"""What the report stage wrote: a table of documents, links to open them, the privacy check before sending."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from pipeline.french import counted, number, typeset
from pipeline.shells.privacy import Search, everyone
from pipeline.shells.scanning import text_of
from pipeline.workspace import Workspace

_FOR = {
    "themes": ("une fiche par thème", "les directions, l’intranet"),
    "directions": ("un dossier par direction", "la direction concernée, elle seule"),
    "private/kits": ("un kit par MiniLab", "l’animateur du groupe : il nomme les membres"),
    "private/reponses": ("une réponse par porteur", "le porteur : elle le nomme"),
    "private": ("l’exploration complète, le publipostage", "l’équipe seule : ils décrivent ou nomment chacun"),
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
            size = sum(path.stat().st_size for path in files) / 1e6
            rows.append((f"reports/{folder}".rstrip("/"), what, number(len(files)), f"{number(size, 1)} Mo", whom))
    return pd.DataFrame(rows, columns=["Dossier", "Contenu", "Fichiers", "Taille", "Pour qui"])


def links(workspace: Workspace, folder: Path | str = "", kind: str = "html") -> HTML:
    """Return links that open the documents of a folder of `reports/` (themes, directions, private/kits).

    Args:
        workspace: where.
        folder: below `reports/`; the overall report without.
        kind: html or pdf.
    """
    place = workspace.path(f"reports/{folder}")
    paths = sorted(path.relative_to(place).as_posix() for path in place.glob(f"*.{kind}"))
    base = f"../reports/{folder}".rstrip("/")
    items = "".join(
        f'<li><a href="{html.escape(f"{base}/{path}")}" target="_blank">{html.escape(path)}</a></li>' for path in paths
    )
    return HTML(f"<ul>{items}</ul>" if items else "<p>Aucun document.</p>")  # type: ignore[no-untyped-call] # IPython is partly typed


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
