"""People decide, the program remembers.

`decisions` reads the append-only file; `state` is what decisions act upon, `actions` one function for each act,
`engine` replays them, `settle` sees to pairs and pinned themes, `problems` says in French what no longer applies;
`tables` leads from the candidate tables to the state and back,
`branches` leads the hierarchy; `stage` puts it together.
"""

from pipeline.review.stage import Reviewed, review

__all__ = ["Reviewed", "review"]
