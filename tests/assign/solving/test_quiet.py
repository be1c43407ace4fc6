"""What C code prints while a solver runs: dropped, and nothing else with it."""

from __future__ import annotations

import subprocess
import sys

_SAID = """
import ctypes, subprocess, threading
from pipeline.assign.solving.highs import quiet

def say(words):
    ctypes.CDLL(None).puts(words.encode())

def beside():
    with quiet():
        inside.set()
        go_on.wait()

inside, go_on = threading.Event(), threading.Event()
say("before")
with quiet():
    say("from the solver")
    other = threading.Thread(target=beside)
    other.start()
    inside.wait()
    print("progress", flush=True)
    subprocess.run(["echo", "another process"])
go_on.set()
other.join()
say("after")
"""


def test_only_the_lines_of_the_solver_are_dropped() -> None:
    """Lines of C code inside are gone; Python's, another process's and those after are all there, threads or not."""
    said = subprocess.run([sys.executable, "-c", _SAID], check=True, capture_output=True, text=True).stdout.split("\n")
    assert sorted(filter(None, said)) == ["after", "another process", "before", "progress"]
