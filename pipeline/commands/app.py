"""The typer application: the groups of commands put together."""

from __future__ import annotations

import typer

import pipeline
from pipeline.commands import chain, start

app = typer.Typer(
    name="minilabs",
    help="MiniLabs : de l’export d’un concours d’idées à des groupes de travail constitués, expliqués et documentés.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,  # local variables hold personal data
    rich_markup_mode="rich",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"minilabs {pipeline.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False,
        "--version",
        callback=_version,
        is_eager=True,
        help="Affiche la version.",
    ),
) -> None:
    """Options valables pour toutes les commandes."""


start.register(app)
chain.register(app)
