"""Who sits in which MiniLab: themes, holders and people's decisions in; seats proven best, reasons and a ledger out.

Read in this order:

- `seating`: the stage, from the tables to the result.
- `wishes`, `lab_rules`, `rules`, `contradictions`, `sheet`: what people decided in files, read and checked by line.
- `affinity`, `labs`, `places`, `seats`, `assemble`, `problem`: from themes to the problem to solve.
- `held`, `announcing`: announced seats, first of all rules of groups; the file they are in.
- `model`, `highs` (and `quiet`), `goals`: the rules as a mixed integer model, the goals one after the other.
- `flow`, `auction`, `large`: bounds by maximum flow, and the way for tens of thousands of people.
- `check`: every rule verified again, by code of its own.
- `slack`, `relax`, `arithmetic`: what would have to give, by name.
- `explain`, `line`, `result`, `ledger`: why, as facts in tables; sentences are made from them in `seat_words`.
- `whatif`, `dropouts`: trying a decision, replacing who gives up.
"""

from pipeline.assign.inputs.rules import Given
from pipeline.assign.seating import assign
from pipeline.assign.telling.result import Result

__all__ = ["Given", "Result", "assign"]
