"""The export of a contest, however untidy → ideas, holders, identities, links, and an account of every row.

- `encoding`, `delimited`, `reading`, `grid`: files → grids of cells
- `fields`, `mapping`: which column holds what
- `names`, `cleaning`, `values`, `records`: cells → ideas and people as each row tells them
- `tables`: people matched, tables made
- `masking`: personal data in texts
- `report`: what the analyst is told
"""

from pipeline.ingest.grid import SourceFile
from pipeline.ingest.stage import Ingested, ingest

__all__ = ["Ingested", "SourceFile", "ingest"]
