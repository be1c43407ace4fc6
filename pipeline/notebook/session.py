"""`start`: the contest around the notebook, offline tables and charts, errors as one French sentence."""

from __future__ import annotations

import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

from IPython import get_ipython

from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.notebook import charts, tables
from pipeline.notebook.contest import Contest

_PARAMS = "params.yaml"


def start(folder: Path | str = ".") -> Contest:
    """Return the contest whose folder holds `folder` (the notebook's own folder, as Jupyter starts it).

    From then on, in a notebook: a `MinilabsError` shows as its French sentence, without a traceback; frames given to
    `browse` and charts show offline.

    Raises:
        MinilabsError: `notebook.no_workspace`, or what reading `params.yaml` raises.
    """
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((MinilabsError,), _say)
        warnings.filterwarnings("ignore", category=FutureWarning)  # of libraries: nothing a reader can act upon
        charts.prepare()
        tables.prepare()
    return Contest.at(_root(Path(folder).resolve()))


def _root(folder: Path) -> Path:
    for candidate in (folder, *folder.parents):
        if (candidate / _PARAMS).is_file():
            return candidate
    raise MinilabsError("notebook.no_workspace", path=folder)


def _say(
    shell: Any,  # noqa: ANN401 - IPython is not typed
    kind: type[MinilabsError],
    error: MinilabsError,
    _trace: TracebackType,
    tb_offset: int | None = None,  # noqa: ARG001 - IPython passes it by name
) -> list[str]:
    """Show the sentence in the place of the traceback; the cell counts as failed, so that « run all » stops there."""
    said = sentence(error).splitlines()
    shell._showtraceback(kind, said[0], said)  # noqa: SLF001 - how IPython lets a handler show what it made
    return said
