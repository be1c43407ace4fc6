"""The export of a contest, however untidy → ideas, holders, identities, links, and an account of every row.

- `cells`: one cell: what a header, a name, a date or a text says
- `reading`: files → grids of cells
- `columns`: which column holds what
- `rows`: cells → ideas and people as each row tells them
- `tables`: repeated, empty and trial rows; the same person written in several ways; numbers that last
- `masking`: personal data in texts
- `told`: what people decided, what the analyst is told
- `stage`: all in order; `erasing`: an export without a person
"""

from pipeline.ingest.reading.grid import SourceFile
from pipeline.ingest.stage import Ingested, ingest, names_apart, spellings
from pipeline.ingest.told.decisions import Decisions

__all__ = ["Decisions", "Ingested", "SourceFile", "ingest", "names_apart", "spellings"]
