"""Every error has its French sentence, and every sentence its error."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.errors import MinilabsError, SeveralErrors, raise_all
from pipeline.messages import FRENCH, sentence

SOURCES = sorted(Path(pipeline.__file__).parent.rglob("*.py"))


def _calls() -> Iterator[tuple[str, str, set[str] | None]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "MinilabsError" and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    facts = {k.arg for k in node.keywords}
                    yield path.name, str(code.value), None if None in facts else {str(f) for f in facts}


def test_every_error_has_a_sentence_with_its_facts() -> None:
    """Each code raised in the sources is in the catalogue, and gives every fact its sentence names."""
    for where, code, facts in _calls():
        assert code in FRENCH, f"{where}: {code}"
        wanted = {name for _, name, _, _ in string.Formatter().parse(FRENCH[code]) if name}
        assert facts is None or wanted <= facts, f"{where}: {code} lacks {wanted - facts}"


def test_no_sentence_is_left_over() -> None:
    """Each sentence of the catalogue is still used by some code of the sources."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if not path.name.startswith("messages"))
    assert [code for code in FRENCH if f'"{code}"' not in text] == []


def test_several_errors_are_all_listed() -> None:
    """Errors found together are told together, a line each."""
    inner = [MinilabsError("workspace.outside", path=name) for name in ("../a", "../b")]
    with pytest.raises(SeveralErrors) as caught:
        raise_all(inner)
    lines = sentence(caught.value).splitlines()
    assert len(lines) == 3
    assert "../a" in lines[1]
    assert "../b" in lines[2]


def test_a_single_error_is_raised_as_it_is() -> None:
    """One error is not wrapped, and none raises nothing."""
    raise_all([])
    with pytest.raises(MinilabsError, match="workspace"):
        raise_all([MinilabsError("workspace.outside", path="x")])
