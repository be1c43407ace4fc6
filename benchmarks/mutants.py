"""Breaks modules in small ways, one at a time, and tells which breakages no test notices.

    python benchmarks/mutants.py review assign                         # every module of two packages
    python benchmarks/mutants.py report/disclosure report/suppression  # of these modules, wherever their folder is
    python benchmarks/mutants.py --sample 40 --seed 2 review           # more, and others
    python benchmarks/mutants.py ingest/header ingest/people --tests tests/ingest/cells/test_header.py

Run from the root of the sources, which are left alone. The tests are imported once and run once, to learn which of them
reach which line. For each breakage the process then parts in two: the child takes the broken functions in the place of
the true ones, runs the tests that reach the line, those of the module's own file first, then the quickest, as many as
the time allows, and ends at the first that fails. A breakage that changes nothing a person could see is told in
`mutants_equal.txt`, with the reason. Prints each breakage that is not killed by a failing test; how much of the package
its tests reach; and for each module breakages, those killed, explained and unnoticed, with the share killed of those
not explained.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mutations import Mutation, count, mutations
from reach import Reach, silence
from swap import swap

_ROOT = Path(__file__).parents[1]
_EQUAL = Path(__file__).with_name("mutants_equal.txt")
_SECONDS = 10.0
"""Of processor that one breakage may take, as its tests took when nothing was broken."""
_SLACK, _TIMES, _LONGEST = 3, 3, 600
"""A breakage is late when its tests take so many seconds and so many times longer; or never end."""


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    mutation: Mutation
    tests: list[str]
    seconds: int


@dataclass(frozen=True, slots=True)
class _Running:
    job: _Job
    until: float
    folder: str


class Breaker:
    """A plugin of pytest that runs the tests once, then again for each breakage."""

    def __init__(self, names: list[str], args: argparse.Namespace) -> None:
        """Take the modules to break: PACKAGE or PACKAGE/MODULE, all of one package."""
        self.package = names[0].partition("/")[0]
        self._paths = [path for name in names for path in _modules(name)]
        self._args = args
        self.reach = Reach(_ROOT, self.package)
        self._failed = False
        self.outcomes: list[tuple[Path, Mutation, str]] = []

    @staticmethod
    def pytest_configure() -> None:
        """Let hypothesis look for an example that fails, not for the smallest one."""
        from hypothesis import Phase, settings  # noqa: PLC0415 - once pytest is there to rewrite it

        settings.register_profile("brief", phases=[Phase.explicit, Phase.generate], database=None, deadline=None)
        settings.load_profile("brief")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn what the tests reach, then show them each breakage."""
        found = self.reach.learn(lambda: self._run(session, session.items), self._args.keep)
        if found is None:
            pytest.exit(f"the tests of {self.package} do not pass as they are", returncode=1)
        print(f"{self.package}: {len(found.seconds)} tests reach {found.cover}", flush=True)
        jobs = (job for path in self._paths for job in self._jobs(path, found.lines, found.seconds))
        for job, outcome in self._shown(session, jobs):
            self.outcomes.append((job.path, job.mutation, outcome))
            if outcome != "killed":
                print(_told(job.path, job.mutation, outcome), flush=True)
        return True

    def _run(self, session: pytest.Session, items: list[pytest.Item]) -> bool:
        """Run tests; tell whether all pass, and stop at the first that does not."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return False
        return True

    def _jobs(self, path: Path, lines: dict[str, dict[int, list[str]]], seconds: dict[str, float]) -> Iterator[_Job]:
        source = path.read_text(encoding="utf-8")
        rng, among = random.Random(f"{self._args.seed} {path.stem}"), count(source)  # noqa: S311 - no secret
        wanted = None if self._args.again is None else self._args.again.read_text(encoding="utf-8").splitlines()
        ranks = range(among) if wanted else rng.sample(range(among), min(self._args.sample, among))
        for mutation in mutations(source, set(ranks)):
            if wanted and "\t".join(_key(path, mutation)) not in wanted:
                continue
            tests = _chosen(path, lines.get(str(path.relative_to(_ROOT)), {}), seconds, mutation)
            yield _Job(path, mutation, tests, int(_SLACK + _TIMES * sum(seconds[test] for test in tests)))

    def _shown(self, session: pytest.Session, jobs: Iterator[_Job]) -> Iterator[tuple[_Job, str]]:
        """Yield each breakage with what became of it: killed, late, unnoticed or unreached."""
        running = dict[int, _Running]()
        for job in jobs:
            if not job.tests:
                yield job, "unreached"
                continue
            while len(running) >= self._args.jobs:
                yield from _ended(running)
            folder = tempfile.mkdtemp()
            running[self._start(session, job, folder)] = _Running(job, time.monotonic() + _LONGEST, folder)
        while running:
            yield from _ended(running)

    def _start(self, session: pytest.Session, job: _Job, folder: str) -> int:
        """Part in two: return the number of the child, which ends with 0 when its tests notice nothing."""
        child = os.fork()
        if child:
            return child
        code = 1
        with contextlib.suppress(BaseException):
            os.setpgid(0, 0)
            silence()
            resource.setrlimit(resource.RLIMIT_CPU, (job.seconds, job.seconds + 5))
            os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
            if not swap(_ROOT, job.path, job.mutation):
                os._exit(2)
            wanted = {test: rank for rank, test in enumerate(job.tests)}
            items = [item for item in session.items if _name(item) in wanted]
            code = 0 if self._run(session, sorted(items, key=lambda item: wanted[_name(item)])) else 1
        os._exit(code)


def _name(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _far(path: Path, test: str) -> int:
    """Return how many rooms lie between a module and the file of a test: 0 for its own."""
    own = path.relative_to(_ROOT).with_suffix("").parts[1:]
    file = tuple(part.removeprefix("test_") for part in Path(test.partition("::")[0]).with_suffix("").parts[1:])
    return len(own) - sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(own, file, strict=False)))


def _chosen(path: Path, by_line: dict[int, list[str]], seconds: dict[str, float], mutation: Mutation) -> list[str]:
    """Return the tests of a breakage, the nearest, then the quickest first, as many as the time allows."""
    if mutation.inside is None:
        found = sorted({test for tests in by_line.values() for test in tests})
    else:
        before = [at for at in by_line if mutation.inside < at <= mutation.line and by_line[at]]
        found = by_line[max(before)] if before else []
    total, chosen = 0.0, list[str]()
    for test in sorted(found, key=lambda one: (_far(path, one), seconds[one], one)):
        total += seconds[test]
        if chosen and total > _SECONDS:
            break
        chosen.append(test)
    return chosen


def _ended(running: dict[int, _Running]) -> Iterator[tuple[_Job, str]]:
    """Yield the breakages whose process ended, after a short wait."""
    time.sleep(0.02)
    for child, one in list(running.items()):
        done, status = os.waitpid(child, os.WNOHANG)
        if not done and time.monotonic() > one.until:
            os.killpg(child, signal.SIGKILL)
            done, status = os.waitpid(child, 0)
        if done:
            del running[child]
            shutil.rmtree(one.folder, ignore_errors=True)
            code = os.waitstatus_to_exitcode(status)
            yield one.job, "late" if code < 0 else ("unnoticed", "killed", "impossible")[code]


def _modules(name: str) -> list[Path]:
    """Return the modules of a package, or those of one name in it."""
    package, _, stem = name.partition("/")
    found = sorted((_ROOT / "pipeline" / package).rglob("*.py"))
    return [p for p in found if not stem or stem in (p.stem, p.parent.name)] or sys.exit(f"no module {name}")


def _key(path: Path, mutation: Mutation) -> tuple[str, str, str, str]:
    """Return module's stem, line as written, part changed and what stands in its place."""
    written = path.read_text(encoding="utf-8").splitlines()[mutation.line - 1].strip()
    return path.stem, written, " ".join(mutation.before.split()), " ".join(mutation.after.split())


def _explained() -> dict[tuple[str, ...], str]:
    """Return the reasons of breakages that change nothing."""
    rows = (line.split("\t") for line in _EQUAL.read_text(encoding="utf-8").splitlines())
    return {tuple(row[:4]): row[4] for row in rows}


def _told(path: Path, mutation: Mutation, outcome: str) -> str:
    key = _key(path, mutation)
    reason = _explained().get(key, "")
    told = f"  {outcome} {path.relative_to(_ROOT)}:{mutation.line}\n" + "\t".join(key)
    return told + (f"\n\t({reason})" if reason else "")


def _table(outcomes: list[tuple[Path, Mutation, str]]) -> None:
    explained, counts = _explained(), dict[str, list[int]]()
    for path, mutation, outcome in outcomes:
        equal = _key(path, mutation) in explained
        row = counts.setdefault(str(path.relative_to(_ROOT)), [0, 0, 0])
        row[0 if outcome in ("killed", "late") else 1 if equal else 2] += outcome != "impossible"
    print(f"\n{'module':<40} breakages  killed  explained  unnoticed  score")
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    for name, (killed, equal, unnoticed) in [*sorted(counts.items()), ("all", total)]:
        score = killed / max(1, killed + unnoticed)
        print(f"{name:<40} {killed + equal + unnoticed:>9} {killed:>7} {equal:>10} {unnoticed:>10} {score:>6.2f}")


def main() -> None:
    """Print the breakages and their table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", metavar="PACKAGE[/MODULE]")
    parser.add_argument("--sample", type=int, default=15, help="breakages of a module (default: 15)")
    parser.add_argument("--again", type=Path, help="what a former run printed: only the breakages it names")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="file where what tests reach is kept for the next time")
    parser.add_argument("--tests", nargs="*", default=[], help="files of tests (default: the folder of the package's)")
    args = parser.parse_args()
    package = args.names[0].partition("/")[0]
    names = [name for name in args.names if name.partition("/")[0] == package]
    if len(names) < len(args.names):
        sys.exit("one package at a time")
    breaker = Breaker(names, args)
    options = ["-q", "-s", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
    code = pytest.main([*options, *(args.tests or [f"tests/{package}"])], plugins=[breaker, breaker.reach])
    if not breaker.outcomes:
        sys.exit(int(code) or 1)
    _table(breaker.outcomes)


if __name__ == "__main__":
    main()
