"""Who sits in which MiniLab: `assemble` the problem, `goals` solve it, `check` the answer, say the `reasons`."""

from pipeline.assign.result import Result
from pipeline.assign.rules import Given
from pipeline.assign.seating import assign

__all__ = ["Given", "Result", "assign"]
