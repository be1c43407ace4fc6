"""Who sits in which MiniLab: themes, holders and people's decisions in; seats proven best, reasons and a ledger out.

- `inputs`: what people decided in files, read and checked by line; affinities, groups and places → one problem
- `solving`: the rules as a mixed integer model, its goals one after the other, bounds, a way for tens of thousands of
  people; every rule checked again by code of its own; what would have to give, by name
- `telling`: why, as facts in tables; sentences are made from them in `words.seats`; announced seats; pictures
- `seating`: the stage; `whatif`: trying a decision
"""

from pipeline.assign.inputs.rules import Given
from pipeline.assign.seating import assign
from pipeline.assign.telling.result import Result

__all__ = ["Given", "Result", "assign"]
