"""Report: tables of the chain → one view (`model`, built by `view`), laid out as documents and exports.

- `themes`, `hierarchy`, `ideas`, `labs`, `breakdowns`, `trust`: parts of the view; `findings`, `asks`: its first screen
- `deciding`, `sheets`, `dossiers`, `kits`, `letters`: what one theme, directorate, group or holder reads;
  `questions`, `tensions`, `sessions`: parts of a kit; `follow_up`: what became of ideas
- `disclosure`: what may be said of holders in all documents together; `suppression`, `crosstabs`: the arithmetic;
  `profiles`, `origins`, `reasons`: descriptions, tables and sentences that keep to it
- `look`, `own_look`, `own_fonts`, `map_drawing`, `filters`, `html`, `printable`, `pdf`, `workbook`, `analysts`: layout;
  `limits`: how much of a very large contest they list; `claims`, `words`: wording
- `documents`: every file and who may read it; `exports`: the public tables
"""

from pipeline.report.facts.model import Report
from pipeline.report.view.whole import build

__all__ = ["Report", "build"]
