"""People decide, the program remembers.

- `replaying`: the append-only list of decisions, what they act upon, one function for each act, what follows from all
- `learning`: what decisions teach of other ideas, and which to decide next
- `outcome`: the tables and the hierarchy after decisions, ids that last, what changed since people last looked
- `entering`: decisions on their way in: typed, listed, joined, and what each would do
- `sheet`: the workbook an analyst fills in, out and back
- `stage`: all in order
"""

from pipeline.review.stage import Reviewed, review

__all__ = ["Reviewed", "review"]
