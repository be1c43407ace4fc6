"""Fuzzes everything that reads what people give: a fault is anything but a result or a refusal in one sentence.

    python -m benchmarks.fuzz                    # ten seconds a reader
    python -m benchmarks.fuzz 600                # ten minutes a reader
    python -m benchmarks.fuzz 600 params.yaml    # of one reader

Run from the root of the sources. With atheris installed, inputs are guided by the branches of the pipeline that they
reach, each reader in a process of its own from a file that is read, until its first fault; without, they are random
changes of such a file (`tests.readers.mutated`), from a seed that is printed. Prints, for each reader, inputs,
refusals, faults and the slowest input; each fault with the smallest input that shows it.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from tests.readers import READERS, Reader, mutated

_SECONDS = 10.0


def tried(reader: Reader, content: bytes) -> str:
    """Return "" for what is read, "refused", or the kind and place of a fault."""
    try:
        reader.read(content)
    except MinilabsError as refused:
        return "refused" if sentence(refused) else "no sentence"
    except Exception as fault:  # noqa: BLE001 - what is looked for
        last = traceback.extract_tb(fault.__traceback__)[-1]
        return f"{type(fault).__name__} {last.filename.rpartition('/')[2]}:{last.lineno}"
    return ""


def smallest(reader: Reader, content: bytes, fault: str) -> bytes:
    """Return a shorter input with the same fault: pieces are taken away as long as it shows."""
    size = max(1, len(content) // 2)
    while size:
        start = 0
        while start < len(content):
            shorter = content[:start] + content[start + size :]
            if tried(reader, shorter) == fault:
                content = shorter
            else:
                start += size
        size //= 2
    return content


def fuzzed(name: str, reader: Reader, seconds: float, seed: int) -> int:
    """Print what became of a reader's inputs; return how many kinds of faults there were."""
    rng, counts, faults = random.Random(seed), Counter[str](), dict[str, bytes]()  # noqa: S311 - no secret
    end, slowest, kept = time.monotonic() + seconds, 0.0, [reader.sample]
    while time.monotonic() < end:
        content = mutated(rng.choice(kept), rng)
        start = time.perf_counter()
        found = tried(reader, content)
        slowest = max(slowest, time.perf_counter() - start)
        counts[found if found in ("", "refused") else "fault"] += 1
        if found == "" and len(content) < 2 * len(reader.sample) + 100:
            kept = [*kept[-50:], content]
        if found not in ("", "refused") and (found not in faults or len(content) < len(faults[found])):
            faults[found] = content
    total = sum(counts.values())
    print(
        f"{name:>20} {total:8} inputs {counts['refused']:8} refused {counts['fault']:6} faults {slowest:7.2f} s at most"
    )
    for fault, content in sorted(faults.items()):
        print(f"{'':>20}   {fault}: {smallest(reader, content, fault)[:300]!r}", flush=True)
    return len(faults)


def guided(name: str, reader: Reader, seconds: float) -> None:
    """Let atheris choose the inputs of a reader; the process ends with them, at the first fault if there is one."""
    atheris = importlib.import_module("atheris")
    counts, slowest, end = Counter[str](), 0.0, time.monotonic() + seconds

    def one(content: bytes) -> None:
        nonlocal slowest
        start = time.process_time()
        found = tried(reader, content)
        slowest = max(slowest, time.process_time() - start)
        counts[found] += 1
        fault = found not in ("", "refused")
        if fault or time.monotonic() > end:
            told = f"{name:>20} {counts.total():8} inputs {counts['refused']:8} refused {slowest:7.2f} s at most"
            print(f"{told}{f' {found}: {smallest(reader, content, found)[:300]!r}' if fault else ''}", flush=True)
            shutil.rmtree(folder)
            os._exit(fault)  # atheris ends no other way

    for function in _ours():
        atheris.instrument_func(function)
    folder = Path(tempfile.mkdtemp())
    (folder / "sample").write_bytes(reader.sample)
    options = [f"-max_len={2 * len(reader.sample) + 1000}", "-verbosity=0", "-timeout=60", str(folder)]
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


def _ours() -> Iterator[FunctionType]:
    """Yield the functions of the pipeline that are loaded."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipeline."):
            yield from (
                one for one in vars(module).values() if isinstance(one, FunctionType) and one.__module__ == name
            )


def main() -> None:
    """Fuzz the readers asked for, or all."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    chosen = sys.argv[2:] or list(READERS)
    if not importlib.util.find_spec("atheris"):
        seed = random.SystemRandom().randrange(10**6)
        print(f"seed {seed}")
        kinds = sum(fuzzed(name, READERS[name], seconds, seed) for name in chosen)
        print(f"{kinds} kinds of faults")
        sys.exit(bool(kinds))
    if len(chosen) == 1:
        guided(chosen[0], READERS[chosen[0]], seconds)
    ended = [
        subprocess.run([sys.executable, "-m", "benchmarks.fuzz", str(seconds), one], check=False) for one in chosen
    ]
    sys.exit(any(one.returncode for one in ended))


if __name__ == "__main__":
    main()
