"""What the report stage wrote: a table of documents, links to open them, the privacy check before sending."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from pipeline.french import counted, number, typeset
from pipeline.shells.privacy import Audit
from pipeline.workspace import Workspace

_FOR = {
    "themes": ("une fiche par thème", "les directions, l’intranet"),
    "directions": ("un dossier par direction", "la direction concernée, elle seule"),
    "private/kits": ("un kit par MiniLab", "l’animateur du groupe : il nomme les membres"),
    "private/reponses": ("une réponse par porteur", "le porteur : elle le nomme"),
    "private": ("le publipostage", "qui envoie les réponses : il nomme tout le monde"),
    "export": ("les tableaux d’échange", "d’autres programmes"),
    "metrics": ("les mesures de qualité", "les analystes"),
    "": ("le rapport d’ensemble et le classeur", "la direction générale, les analystes"),
}


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


def checked(found: Audit) -> str:
    """Return in one sentence whether documents can be sent."""
    people = counted(found.identities, "identité cherchée", "identités cherchées")
    what = f"{people} dans {counted(found.files, 'fichier')}"
    if not found.leaks:
        return typeset(f"Rien ne dépasse : {what}, aucune hors des documents qui en portent. Vous pouvez envoyer.")
    paths = len({leak.path for leak in found.leaks})
    return typeset(f"N’envoyez rien encore : {what}, {counted(paths, 'fichier')} à corriger (ci-dessous).")


def leaks(found: Audit) -> pd.DataFrame:
    """Return where people are named out of place: Fichier, Ce qui dépasse, Combien, Agent."""
    rows = [(leak.path, leak.what, leak.count, ", ".join(leak.holder_ids[:5])) for leak in found.leaks]
    return pd.DataFrame(rows, columns=["Fichier", "Ce qui dépasse", "Combien", "Agent"])
