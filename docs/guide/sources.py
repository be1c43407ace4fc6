"""The pages of the guide: where each stands, and what it is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import jupytext
import typer

from pipeline.commands.app import app

ROOT = Path(__file__).parents[2]

SHELVES: dict[str, tuple[str, ...]] = {
    "Commencer": ("README.fr.md", "notebooks/README.md"),
    "Carnet par carnet": (
        "notebooks/1_decouvrir_les_idees.py",
        "notebooks/2_explorer_les_themes.py",
        "notebooks/3_decider.py",
        "notebooks/4_composer_les_minilabs.py",
        "notebooks/5_publier.py",
        "notebooks/6_un_nouveau_concours.py",
    ),
    "Comprendre": ("notebooks/methode.md", "notebooks/grille.md", "notebooks/lecteur.md", "docs/mesures.md"),
    "À plusieurs, en sûreté": ("docs/deux_analystes.md", "docs/menaces.md"),
    "Référence": ("commandes", "params.yaml", "docs/chemin.md"),
    "En anglais": ("README.md", "CONTRIBUTING.md", "LICENSES.md", "CHANGELOG.md"),
}
"""Title of a shelf → its pages, each by the file of the repository that it is made from; `commandes` has none."""
FIRST, ENGLISH = "README.fr.md", "En anglais"


@dataclass(frozen=True)
class Source:
    """A page to be: the file it is made from, the shelf it stands on, its Markdown."""

    path: str
    shelf: str
    text: str

    @property
    def name(self) -> str:
        """The page's file in the guide."""
        if self.path == FIRST:
            return "index.html"
        path = PurePosixPath(self.path)
        return f"{'carnets' if self.path == 'notebooks/README.md' else path.stem.lower()}.html"

    @property
    def language(self) -> str:
        """The language it is written in."""
        return "en" if self.shelf == ENGLISH else "fr"


def sources() -> list[Source]:
    """Return every page of the guide, in the order in which it is read."""
    return [Source(path, shelf, _markdown(path)) for shelf, paths in SHELVES.items() for path in paths]


def _markdown(path: str) -> str:
    match PurePosixPath(path).suffix:
        case ".py":
            cells = jupytext.read(ROOT / path, fmt="py:percent").cells
            return "\n\n".join(c.source if c.cell_type == "markdown" else _code(c.source, "python") for c in cells)
        case ".yaml":
            return f"# Les réglages (`{path}`)\n\n{_code((ROOT / path).read_text(encoding='utf-8'), 'yaml')}"
        case ".md":
            return (ROOT / path).read_text(encoding="utf-8")
    return "\n\n".join(_commands())


def _code(text: str, language: str) -> str:
    return f"```{language}\n{text.strip()}\n```"


def _commands() -> Iterator[str]:
    """Yield the page of the commands: each with its help, its arguments and its options."""
    yield "# Les commandes"
    yield "`minilabs --help` en donne la liste ; `minilabs` suivi d’un nom et de `--help`, ce que dit cette page."
    yield from _command("minilabs", typer.main.get_command(app))


def _command(name: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - typer keeps these types to itself
    if name != "minilabs":
        yield f"## `{name}`"
        yield command.help or ""
        given = [f"| `{each.metavar or ', '.join(each.opts)}` | {each.help or ''} |" for each in command.params]
        if given:
            yield "\n".join(["| à donner | ce que c’est |", "|---|---|", *given])
    for each, inner in getattr(command, "commands", {}).items():
        if not inner.hidden:
            yield from _command(f"{name} {each}", inner)
