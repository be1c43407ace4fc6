"""spaCy's networks, so that a text gets the same bytes alone or in any batch: batches are then free to be large.

A product of matrices takes other ways, and rounds otherwise, for other numbers of rows. Here every product has
`_ROWS` rows, filled with zeros: the row of a word is then worked out in one way only. All else in these networks is
done word by word.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from thinc.api import NumpyOps

_ROWS = 64


class SteadyOps(NumpyOps):  # type: ignore[misc] # thinc has no types
    """NumPy's operations, with products by blocks of `_ROWS` rows."""

    def gemm(
        self,
        x: Any,  # noqa: ANN401 - the arrays of thinc
        y: Any,  # noqa: ANN401
        out: Any = None,  # noqa: ANN401
        trans1: bool = False,  # noqa: FBT001, FBT002 - thinc's own signature
        trans2: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:  # noqa: ANN401
        """Return the product of two matrices; each row depends on the same row of `x` only."""
        left = np.ascontiguousarray(x.T if trans1 else x)
        blocks = -(-len(left) // _ROWS)
        padded = np.zeros((blocks * _ROWS, left.shape[1]), dtype=left.dtype)
        padded[: len(left)] = left
        found = np.empty((len(padded), len(y) if trans2 else y.shape[1]), dtype=left.dtype)
        for start in range(0, len(padded), _ROWS):
            part = slice(start, start + _ROWS)
            super().gemm(padded[part], y, out=found[part], trans2=trans2)
        rows = found[: len(left)]
        if out is None:
            return rows
        out[:] = rows
        return out


def steady(nlp: Any) -> Any:  # noqa: ANN401 - spaCy's Language
    """Return the pipeline with its networks on `SteadyOps`, and the French lemmatizer's lists of words as sets.

    The recogniser of names keeps its own: it reads one text at a time.

    The lemmatizer looks for each new word in lists of up to 66,000: half of the time of a parse.
    """
    operations = SteadyOps()
    for name, pipe in nlp.pipeline:
        if name == "ner":
            continue
        for layer in pipe.model.walk() if getattr(pipe, "model", None) else ():
            layer.ops = operations
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for kind in list(index):
        index[kind] = frozenset(index[kind])
    return nlp
