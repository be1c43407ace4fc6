"""Report: tables of the chain → one view (`facts.model`, built by `view.whole`), laid out as documents and exports.

- `facts`: the frozen values that every document shows; small tables kept beside the chain (follow-up, progress, work)
- `withheld`: what may be said of holders in all documents together, and the arithmetic of small counts
- `drawing`: colours, fonts, the map and the other pictures
- `view`: tables → themes, ideas, groups, findings: the one view
- `papers`: what one theme, directorate, group or holder reads
- `render`: pages, PDF, decks, workbooks, exports; `documents`: every file and who may read it
"""

from pipeline.report.facts.model import Report
from pipeline.report.view.whole import build

__all__ = ["Report", "build"]
