"""The `minilabs` command: one line of French for each error, exit code 2; details with MINILABS_DEBUG=1."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipeline.commands.french_typer import french_error  # first: it has to come before typer

# isort: split
import typer
from typer.exceptions import TyperException

from pipeline.commands.app import app
from pipeline.commands.printed import located, shown
from pipeline.errors import MinilabsError, StagesStopped
from pipeline.messages import sentence

_USAGE, _INTERRUPTED, _FAULT = 2, 130, 1
_STOPPED = "Interrompu."


def main() -> None:
    """Run the command line; the process exits with 0, 2 (the user can mend it), 130 (interrupted) or 1 (ours)."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # a Windows console may be cp1252
    try:
        status = typer.main.get_command(app).main(prog_name="minilabs", standalone_mode=False)
        if status == _INTERRUPTED:
            sys.stderr.write(f"{_STOPPED}\n")
        sys.exit(status)
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("MINILABS_DEBUG"):
            raise
        text, status = _told(error)
        sys.stderr.write(shown(text) + "\n" if text else "")
        sys.exit(status)


def _told(error: BaseException) -> tuple[str, int]:
    match error:
        case MinilabsError():
            return located(sentence(error), error.folder or Path()), _USAGE
        case StagesStopped():
            kept = "Les étapes terminées sont gardées : relancez la même commande pour reprendre."
            return f"{_STOPPED} {kept}", _INTERRUPTED
        case typer.Abort():
            return "Question restée sans réponse : rien n’a été fait.", _INTERRUPTED
        case KeyboardInterrupt():
            return _STOPPED, _INTERRUPTED
        case TyperException() if hasattr(error, "format_message"):
            message = error.format_message()
            return french_error(message) if message else "", _USAGE
    # The message of an unforeseen error may quote a cell: only its kind and place are shown.
    where = f"{type(error).__name__}{_place(error)}"
    return f"Erreur imprévue ({where}). Relancez avec MINILABS_DEBUG=1 pour le détail, et signalez-la.", _FAULT


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f", {Path(trace.tb_frame.f_code.co_filename).name} ligne {trace.tb_lineno}" if trace else ""


if __name__ == "__main__":
    main()
