"""The review panel of notebook 3: themes and ideas side by side, one keyboard or one mouse, the desk behind.

`view` is what the analyst looks at, `lists` what is listed, `menu` what can be decided and what can be taken
back together, `trial` what a draft would change and its recording, `told` the words, `widgets` the screen, `look` its
style and what keeps the notebook's own keys away.
"""

from __future__ import annotations

from typing import Any

from IPython.display import HTML, display

from pipeline.notebook.panel.look import KEYS
from pipeline.notebook.panel.widgets import Panel
from pipeline.shells.deciding.desk import Desk

__all__ = ["Panel", "panneau"]


def panneau(bureau: Desk, qui: str = "") -> Any:  # noqa: ANN401 - a widget, which is not typed
    """Return the review panel of a desk, to be left at the end of a cell; decisions are signed `qui`."""
    display(HTML(KEYS))  # type: ignore[no-untyped-call] # IPython is partly typed
    return Panel(bureau, qui).root
