"""Report: tables of the chain → one view (`model`, built by `view`), laid out as documents and exports.

`themes`, `ideas`, `labs`, `breakdowns`, `trust` build the parts; `findings` and `asks` write the first screen;
`suppression` and `profiles` keep small counts out; `look`, `map_drawing`, `html` and `pdf` lay out; `exports` writes
the public tables.
"""

from pipeline.report.model import Report
from pipeline.report.view import build

__all__ = ["Report", "build"]
