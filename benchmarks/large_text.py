"""Time of everything that reads a text, against the text's length: kinds of text that are hard on regular expressions.

    python benchmarks/large_text.py            # 10, 100 and 1,000 KB
    python benchmarks/large_text.py 10 100     # other sizes, in KB

Prints, for each kind of text and each step, the processor's seconds at each size and the exponent between the last two
(1: linear). A step stopped after a minute is shown as such.
"""

from __future__ import annotations

import math
import signal
import sys
import time
from collections.abc import Callable

from pipeline.embed.stems import stems
from pipeline.files.spreadsheet import read_sheet
from pipeline.french import fold, typeset
from pipeline.ingest.cells.cleaning import cleaned
from pipeline.ingest.cells.names import people_in
from pipeline.ingest.cells.values import integer, iso_date
from pipeline.ingest.masking.known import known_names, known_spans
from pipeline.ingest.masking.patterns import pattern_spans
from pipeline.ingest.masking.persons import person_spans
from pipeline.ingest.reading.delimited import recognise
from pipeline.ingest.reading.pages import tables_of
from pipeline.ingest.rows.analysis_text import Glossary, analysis_text, boilerplate
from pipeline.report.papers.template import fill, read_template

KINDS = (
    "\u00a0", "\u202f", " ", " \n", "\n", "<script>", "<!--", "<br", "<", "</", "< ", "<a ", "&lt;",
    "<![CDATA[", "<style>x", "_x0041_", "Ã©", "M. ", "DSI ", "Paul ", "Rose ", "J. ", "d'A", "de La ", "Paul-",
    "a'", "Paul et ", "Lycée Paul, ", "Kessler ", "a", "é", "A", "a-", "a.", "a@", "@", "a at ", "a point ",
    "a [at] b. ", "a arobase b ", "0", "01 ", "1 ", "+33 ", "12 rue a ", "12 rue ", "résidence ",
    "résidence 12345 ", "AB-", "AB-123-", "www.", "http://a", "a.b/", "tél ", "! ", "?", ":", " :", "« ", " »",
    "n° ", "1 %", "…", "(", "Bonjour ", "bonjour, ", "{", "{nom", "[", '"', '";', ",", ";", "\t", "'",
    "<table>", "<td>", "et ", "; ", "Il faut. ",
)  # fmt: skip
"""What a text repeats."""
_NAMES = known_names([("Kessler", "Paul"), ("Kessler-Moulin", "Sandrine"), ("A", "B")])
_LETTER = "[objet]\nO\n[ouverture]\n{text}\n[cloture]\nC\n[minilab]\nx\n"
_LONGEST = 60


def _template(text: str) -> object:
    return read_template(_LETTER.replace("{text}", text), "letters.txt")


STEPS: dict[str, Callable[[str], object]] = {
    "cleaned": cleaned,
    "fold": fold,
    "typeset": typeset,
    "patterns": lambda text: list(pattern_spans(text)),
    "persons": lambda text: person_spans(text, frozenset()),
    "known": lambda text: list(known_spans(text, _NAMES)),
    "boilerplate": lambda text: boilerplate([text]),
    "analysis": lambda text: analysis_text([text], {}, Glossary({"DSI": "systèmes"})),
    "stems": stems,
    "people": people_in,
    "date": iso_date,
    "number": integer,
    "delimited": lambda text: list(recognise(text).records()),
    "page": lambda text: tables_of("<table><tr><td>" + text),
    "sheet": lambda text: read_sheet(text.encode(), "t.csv", {"a": ()}),
    "template": _template,
    "letter": lambda text: fill(text, {"nom": "X"}),
}


class _TooLongError(Exception):
    pass


def _stop(*_: object) -> None:
    raise _TooLongError


def seconds(step: Callable[[str], object], text: str) -> float:
    """Return the processor's seconds that a step takes on a text, infinity beyond a minute; a refusal counts too.

    The clock on the wall would count what other programs do meanwhile, which reads as an exponent of 2 or more.
    """
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, _LONGEST)
    start = time.process_time()
    try:
        step(text)
    except _TooLongError:
        return math.inf
    except Exception:  # noqa: BLE001, S110 - what is measured is the time
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - start


def exponent(before: float, after: float, ratio: float) -> float:
    """Return the power of the length that the time grows with between two sizes."""
    return math.log(after / before) / math.log(ratio) if math.isfinite(after) and before > 0 else math.inf


def main() -> None:
    """Measure every step on every kind at every size; print those above a hundredth of a second, then the worst."""
    sizes = [int(size) for size in sys.argv[1:]] or [10, 100, 1000]
    worst: list[tuple[float, float, str, str]] = []
    for piece in KINDS:
        for name, step in STEPS.items():
            times: list[float] = []
            for size in sizes:
                times.append(seconds(step, (piece * (1000 * size // len(piece.encode()) + 1))))
                if times[-1] == math.inf:
                    break
            power = exponent(times[-2], times[-1], sizes[len(times) - 1] / sizes[len(times) - 2])
            worst.append((times[-1], power, piece, name))
            if times[-1] > 0.01:  # noqa: PLR2004 - quicker ones say nothing
                print(f"{piece!r:>20} {name:>12}", *(f"{t:9.3f}" for t in times), f"  ^{power:.2f}", flush=True)
    slow = [case for case in sorted(worst, reverse=True) if case[1] > 1.4 and case[0] > 1]  # noqa: PLR2004
    print(f"{len(worst)} measured; not linear: {len(slow)}; slowest {max(worst)[0]:.1f} s")
    for last, power, piece, name in slow:
        print(f"  {piece!r} {name}: {last:.2f} s, exponent {power:.2f}")


if __name__ == "__main__":
    main()
