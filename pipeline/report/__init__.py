"""Report: tables of the chain → one view (`model`, built by `view`), laid out as documents and exports.

- `themes`, `ideas`, `labs`, `breakdowns`, `trust`: the parts of the view; `findings`, `asks`: its first screen
- `sheets`, `kits`, `letters`: what one theme, directorate, group or holder reads; `follow_up`: what became of ideas
- `suppression`, `crosstabs`, `profiles`: small counts kept out
- `look`, `own_look`, `map_drawing`, `html`, `printable`, `pdf`, `workbook`, `analysts`: layout
- `documents`: every file and who may read it; `exports`: the public tables
"""

from pipeline.report.model import Report
from pipeline.report.view import build

__all__ = ["Report", "build"]
