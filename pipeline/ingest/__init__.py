"""The export of a contest, however untidy → ideas, holders, identities, links, and an account of every row.

- `grid`, `archive`, `encoding`, `delimited`, `workbook`, `pages`, `header`, `reading`: files → tables of cells
- `fields`, `content`, `mapping`, `understanding`: which column holds what
- `names`, `cleaning`, `values`, `columns`, `records`: cells → ideas and people as each row tells them
- `spool`: what memory need not hold
- `ids`, `rows`, `similar`: repeated, empty and trial rows
- `matching`, `people`: the same person written in several ways; the tables of people
- `bystanders`, `masking`: personal data in texts
- `analysis_text`: what the model reads of an idea
- `decisions`, `labelled`: what people decided or labelled
- `report`, `account`: what the analyst is told; `stage`: all of it in order
"""

from pipeline.ingest.reading.grid import SourceFile
from pipeline.ingest.stage import Ingested, ingest, names_apart, spellings
from pipeline.ingest.told.decisions import Decisions

__all__ = ["Decisions", "Ingested", "SourceFile", "ingest", "names_apart", "spellings"]
