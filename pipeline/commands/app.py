"""The application: the groups of commands put together."""

from __future__ import annotations

import typer

import pipeline
from pipeline.commands import (
    assign,
    chain,
    evaluate,
    ingest,
    learning,
    life,
    notebooks,
    proposals,
    reader,
    report,
    review,
    sharing,
    start,
    why,
)
from pipeline.commands.french_typer import FrenchTyper
from pipeline.commands.printed import say

app = FrenchTyper(
    name="minilabs",
    help="MiniLabs : de l’export d’un concours d’idées à des groupes de travail constitués, expliqués et documentés.",
)


def _version(asked: bool) -> None:
    if asked:
        say(f"minilabs {pipeline.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Affiche la version."),
) -> None:
    """Options valables pour toutes les commandes."""


start.register(app)
ingest.register(app)
chain.register(app)
review.register(app)
learning.register(app)
sharing.register(app)
reader.register(app)
why.register(app)
proposals.register(app)
assign.register(app)
evaluate.register(app)
report.register(app)
life.register(app)
notebooks.register(app)
