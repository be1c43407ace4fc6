"""Spans found and spans labelled by a person → recall and precision by kind."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files

from pipeline.ingest.masking.spans import LABELS, Span


@dataclass(frozen=True, slots=True)
class Quality:
    """How well one kind of personal data is found.

    Attributes:
        labelled: spans a person marked.
        covered: of these, wholly masked (under any kind).
        found: spans masked under this kind.
        right: of these, touching a span a person marked.
    """

    labelled: int
    covered: int
    found: int
    right: int

    def figures(self) -> dict[str, int | float | None]:
        """Return the counts, and the shares with three decimals."""
        shares = {"recall": self.recall, "precision": self.precision}
        return {**asdict(self), **{name: None if s is None else round(s, 3) for name, s in shares.items()}}

    @property
    def recall(self) -> float | None:
        """Share of labelled spans that are wholly masked; None without any."""
        return self.covered / self.labelled if self.labelled else None

    @property
    def precision(self) -> float | None:
        """Share of masked spans that had to be; None without any."""
        return self.right / self.found if self.found else None


def reference() -> dict[str, dict[str, Quality]]:
    """Return the quality on the labelled sentences of the tests, by set and kind, as last measured (`measured.csv`).

    A test proves that the file says what the program does.
    """
    text = files("pipeline.ingest.masking").joinpath("measured.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, Quality]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        counts = (int(row[name]) for name in ("labelled", "covered", "found", "right"))
        found.setdefault(row["set"], {})[row["kind"]] = Quality(*counts)
    return found


def measure(texts: Iterable[tuple[Sequence[Span], Sequence[Span]]]) -> dict[str, Quality]:
    """Return kind → quality, and "total".

    Args:
        texts: for each text, the spans labelled and the spans found.
    """
    tally = Tally()
    for truth, spans in texts:
        tally.add(truth, spans)
    return tally.result()


class Tally:
    """Counts labelled and found spans, text after text."""

    def __init__(self) -> None:
        """Start from nothing."""
        self._labelled, self._covered = Counter[str](), Counter[str]()
        self._found, self._right = Counter[str](), Counter[str]()

    def add(self, truth: Sequence[Span], spans: Sequence[Span]) -> None:
        """Count the spans labelled and found in a text."""
        for span in truth:
            self._labelled[span.kind] += 1
            self._covered[span.kind] += _is_covered(span, spans)
        for span in spans:
            self._found[span.kind] += 1
            self._right[span.kind] += any(t.start < span.end and span.start < t.end for t in truth)

    def result(self) -> dict[str, Quality]:
        """Return kind → quality, and "total"."""
        labelled, covered, found, right = self._labelled, self._covered, self._found, self._right
        kinds = {k: Quality(labelled[k], covered[k], found[k], right[k]) for k in LABELS if labelled[k] or found[k]}
        return {**kinds, "total": Quality(labelled.total(), covered.total(), found.total(), right.total())}


def _is_covered(span: Span, by: Sequence[Span]) -> bool:
    masked = {i for other in by for i in range(other.start, other.end)}
    return all(i in masked for i in range(span.start, span.end))
