"""Every library that is installed with MiniLabs has a licence that goes with EUPL-1.2."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement

from tests.conftest import ROOT

ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General|Unlicense|CC0|0BSD|"
    r"Public Domain|HPND|ZPL|EUPL|BlueOak|Zlib|CNRI",
    re.IGNORECASE,
)
TOLD_ELSEWHERE = {
    "graspologic-native": "MIT, in its repository; its wheel states none",
}
"""Packages whose metadata is silent, with what their own files say."""
BESIDE = {
    "asyncssh": "EPL-2.0 or GPL-2.0+",
    "grandalf": "EPL-1.0 or GPL-2.0",
    "pygit2": "GPL-2.0 with linking exception",
}
"""Parts of DVC, a program that MiniLabs starts nowhere and imports nowhere; each is in the EUPL's own list."""


def _licence(name: str) -> str:
    metadata = distribution(name).metadata
    classifiers = [c for c in metadata.get_all("Classifier", []) if c.startswith("License")]
    texts = [metadata[name][:200] for name in ("License-Expression", "License") if name in metadata] + classifiers
    return " | ".join(text for text in texts if text)


def _closure(names: list[str]) -> set[str]:
    todo, seen = list(names), set[str]()
    while todo:
        requirement = Requirement(todo.pop())
        if requirement.name.lower() in seen:
            continue
        try:
            requires = distribution(requirement.name).requires or []
        except PackageNotFoundError:
            continue
        seen.add(requirement.name.lower())
        extras = requirement.extras or {""}
        parsed = [Requirement(r) for r in requires]
        todo += [
            str(r).partition(";")[0]
            for r in parsed
            if not r.marker or any(r.marker.evaluate({"extra": e}) for e in extras)
        ]
    return seen


def test_licences_are_compatible() -> None:
    """No dependency, direct or not, is under a licence that MiniLabs could not be distributed with."""
    installed = _closure(["minilabs[dask,encoders,notebooks]"]) - {"minilabs", *BESIDE}
    licences = {name: _licence(name) or TOLD_ELSEWHERE.get(name, "") for name in sorted(installed)}
    assert len(licences) > 50
    assert {name: text for name, text in licences.items() if not ALLOWED.search(text)} == {}


def test_direct_dependencies_are_listed() -> None:
    """LICENSES.md names every direct dependency."""
    text = (ROOT / "LICENSES.md").read_text(encoding="utf-8").lower()
    direct = {Requirement(r).name.lower() for r in distribution("minilabs").requires or [] if "test" not in r}
    assert [name for name in sorted(direct) if f"`{name}`" not in text] == []


def test_every_library_is_pinned() -> None:
    """constraints.txt gives a version to each library of the closure, tests' included."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in lines if "==" in line}
    installed = _closure(["minilabs[dask,encoders,notebooks,test]"]) - {"minilabs"}
    assert {name for name in installed if re.sub(r"[-_.]+", "-", name) not in pinned} == set()
