"""Frames a person can search, sort and page through, without a network."""

from __future__ import annotations

from typing import Any

import itables
import pandas as pd
from IPython.display import HTML

from pipeline.french import number, typeset
from pipeline.notebook.labels import CODED, CODES, COLUMNS

_MOST_ROWS = 5000
_WHOLE = frozenset({"Idée", "Idée A", "Idée B", "Agent", "N° de thème", "Groupe", "Colonne", "Fichier"})
"""Headings of columns whose cells stay on one line."""
_FRENCH: dict[str, Any] = {
    "search": "Chercher :",
    "lengthMenu": "_MENU_ lignes",
    "info": "_START_ à _END_ sur _TOTAL_",
    "infoEmpty": "Aucune ligne",
    "infoFiltered": "(choisies parmi _MAX_)",
    "zeroRecords": "Aucune ligne ne contient ces mots.",
    "emptyTable": "Aucune ligne.",
    "decimal": ",",
    "thousands": "\u202f",
}


def prepare() -> None:
    """Load what tables need into the notebook, once, from the library itself: no network."""
    itables.init_notebook_mode(all_interactive=False, connected=False)


def browse(frame: pd.DataFrame, *columns: str, caption: str = "", rows: int = 10) -> HTML:
    """Return a frame as a table to search, sort and page through, headings and codes in French.

    Cells are shown as text, never as HTML: what people wrote cannot act in the page.

    Args:
        frame: a table of the chain, or any frame.
        columns: shown, in this order; all without.
        caption: what the table is, in a sentence.
        rows: shown at once.
    """
    shown = french(frame[list(columns)] if columns else frame)
    cut = f" Les {number(_MOST_ROWS)} premières lignes sur {number(len(shown))}." if len(shown) > _MOST_ROWS else ""
    return HTML(  # type: ignore[no-untyped-call] # IPython is partly typed
        itables.to_html_datatable(
            shown.head(_MOST_ROWS),
            caption=typeset(caption + cut) or None,
            connected=False,
            showIndex=False,
            maxBytes=0,
            allow_html=False,
            pageLength=rows,
            lengthMenu=[10, 25, 100],
            language=_FRENCH,
            classes="display compact",
            style="width:100%;table-layout:auto",
            columnDefs=[
                {"className": "dt-left dt-nowrap", "targets": [n for n, name in enumerate(shown) if name in _WHOLE]},
                {"className": "dt-left", "targets": "_all"},
            ],
        )
    )


def french(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame as people read it: French headings, codes in words, lists joined, yes and no, rounded reals."""
    said = {}
    for name in frame.columns:
        cells = frame[name].map(lambda code: CODES.get(code, code)) if name in CODED else frame[name].map(_cell)
        said[COLUMNS.get(str(name), str(name))] = cells
    return pd.DataFrame(said, index=frame.index, dtype=object)


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell is any value
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str):
        return " ".join(value.split())
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN
        return ""
    return number(value, 2) if isinstance(value, float) else value
