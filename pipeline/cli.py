"""The `minilabs` command: one line of French for each error, exit code 2; details with MINILABS_DEBUG=1."""

from __future__ import annotations

import os
import sys

import pipeline.commands.french_help  # noqa: F401 - must come before typer is imported
from pipeline.commands.app import app
from pipeline.errors import MinilabsError
from pipeline.messages import sentence

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; the process exits with 0, 2 (the user can mend it), 130 (interrupted) or 1 (ours)."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # a Windows console may be cp1252
    try:
        app()
    except MinilabsError as error:
        if os.environ.get("MINILABS_DEBUG"):
            raise
        _say(sentence(error))
        sys.exit(2)
    except KeyboardInterrupt:
        _say("Interrompu. Les étapes terminées sont gardées : relancez la même commande pour reprendre.")
        sys.exit(_INTERRUPTED)
    except Exception as error:
        # The message of an unforeseen error may quote a cell: only its kind and place are shown.
        if os.environ.get("MINILABS_DEBUG"):
            raise
        _say(f"Erreur imprévue ({_place(error)}). Relancez avec MINILABS_DEBUG=1 pour le détail, et signalez-la.")
        sys.exit(1)


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f", {os.path.basename(trace.tb_frame.f_code.co_filename)} ligne {trace.tb_lineno}" if trace else ""  # noqa: PTH119
    return type(error).__name__ + where


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
