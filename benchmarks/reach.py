"""Which lines each test of a package reaches, by itself and by the fixtures that it asks for, and how long it takes."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest


@dataclass(frozen=True, slots=True)
class Reached:
    """What tests reach.

    Attributes:
        lines: module → line → tests.
        seconds: test → seconds of processor, those of its fixtures among them.
        cover: in words, how much of the package.
    """

    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]
    cover: str


class Reach:
    """Counts from the moment it is made, imports among it, until `learn` has run the tests in a process apart."""

    def __init__(self, root: Path, package: str) -> None:
        """Start to count the lines of `pipeline`; totals are of one package."""
        self._root, self._folder = root, root / "pipeline" / package
        source = [str(root / "pipeline")]
        self._cover = coverage.Coverage(data_file=None, branch=True, source=source, config_file=False, messages=False)
        self._cover.start()
        self._here = ""
        self._seconds: dict[str, float] = defaultdict(float)
        self._asked: dict[str, list[str]] = {}
        self.counting = False

    def learn(self, run: Callable[[], bool], kept: Path | None = None) -> Reached | None:
        """Return what the tests that `run` starts reach, or what is kept of an earlier time; None if one fails."""
        with tempfile.TemporaryDirectory() as folder:
            file = kept or Path(folder) / "reached.json"
            if file.exists():
                self._cover.stop()
                return _read(file)
            child = os.fork()
            if not child:
                with contextlib.suppress(BaseException):
                    silence()
                    os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
                    self.counting = True
                    if run():
                        file.write_text(json.dumps(self._found()), encoding="utf-8")
                os._exit(0)
            self._cover.stop()
            os.waitpid(child, 0)
            return _read(file) if file.exists() else None

    @contextlib.contextmanager
    def _charged(self, name: str) -> Generator[None]:
        """Charge to a name the lines and the time of what runs, and not to the one before."""
        before, self._here = self._here, name
        self._cover.switch_context(name)
        start = sum(os.times()[:4])
        yield
        spent = sum(os.times()[:4]) - start
        self._seconds[name] += spent
        self._seconds[before] -= spent
        self._here = before
        self._cover.switch_context(before)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Charge what runs to the test, its parameters left out."""
        if not self.counting:
            return (yield)
        name = item.nodeid.partition("[")[0]
        self._asked[name] = [f"fixture {one}" for one in getattr(item, "fixturenames", [])]
        with self._charged(name):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        """Charge what a fixture runs to all tests that ask for it, not to the first."""
        if not self.counting:
            return (yield)
        with self._charged(f"fixture {fixturedef.argname}"):
            return (yield)

    def _found(self) -> dict[str, Any]:
        self._cover.stop()
        data = self._cover.get_data()
        asking = defaultdict(set)
        for test, names in self._asked.items():
            for name in names:
                asking[name].add(test)
        lines = {}
        for file in sorted(data.measured_files()):
            lines[str(Path(file).relative_to(self._root))] = {
                line: sorted(set().union(*({one} if one in self._asked else asking[one] for one in contexts)))
                for line, contexts in data.contexts_by_lineno(file).items()
            }
        seconds = {
            test: max(0.0, self._seconds[test]) + sum(max(0.0, self._seconds[one]) for one in names)
            for test, names in self._asked.items()
        }
        return {"lines": lines, "seconds": seconds, "cover": self._covered()}

    def _covered(self) -> str:
        statements = missed = branches = taken = 0
        for path in sorted(self._folder.rglob("*.py")):
            numbers = self._cover._analyze(str(path)).numbers  # noqa: SLF001 - reports only write files
            statements, missed = statements + numbers.n_statements, missed + numbers.n_missing
            branches, taken = branches + numbers.n_branches, taken + numbers.n_executed_branches
        lines = f"{statements - missed} lines of {statements} ({1 - missed / max(1, statements):.1%})"
        return f"{lines}, {taken} branches of {branches} ({taken / max(1, branches):.1%})"


def _read(file: Path) -> Reached:
    found = json.loads(file.read_text(encoding="utf-8"))
    lines = {name: {int(at): tests for at, tests in by.items()} for name, by in found["lines"].items()}
    return Reached(lines, found["seconds"], found["cover"])


def silence() -> None:
    """Let what this process says go nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
