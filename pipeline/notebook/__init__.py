"""What the notebooks stand on: an entry, like `commands`; no stage imports it.

`session` opens the contest and makes errors readable, `contest` gives its tables and runs its stages, `reading` picks
ideas to read, `explore` searches for themes again with other parameters, `tables` shows frames, `charts` draws them,
`labels` holds the French words, `privacy` looks for personal data before sending, `guides` copies the notebooks.
"""

from pipeline.notebook.contest import Contest
from pipeline.notebook.session import start
from pipeline.notebook.tables import browse

__all__ = ["Contest", "browse", "start"]
