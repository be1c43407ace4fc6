"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace", "-w", help="Espace de travail : le dossier du concours.", show_default="dossier courant"
    ),
]
HERE = Path()
