"""The private table: read by column for what it holds, refused by line for whom it does not know, quoted never."""

from __future__ import annotations

import pytest

from pipeline.assign.inputs.private import read_private
from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.messages import sentence


def test_each_column_is_read_by_person() -> None:
    """Whatever its name and letters; an empty cell, a column without a name or a value are left out."""
    content = "agent_id;Âge;Genre;;vide\nA1;Jeune;F;x;\nA2;;h;;\n".encode()
    assert read_private(content, "p.csv", {"A1", "A2"}) == ({"A1": "jeune"}, {"A1": "f", "A2": "h"})
    assert read_private(b"", "p.csv", {"A1"}) == ()


def test_a_column_met_twice_is_read_once() -> None:
    """Two columns of one name are no two things to balance on."""
    assert len(read_private(b"agent_id;x\nA1;oui\n", "p.csv", {"A1"})) == 1


@pytest.mark.parametrize("rows", ["A9;oui", "A1;oui\nA1;non"])
def test_a_person_unknown_or_met_twice_is_refused_by_line(rows: str) -> None:
    """The line alone is told: neither the number, nor the value."""
    with pytest.raises(MinilabsError) as caught:
        read_private(f"agent_id;x\n{rows}\n".encode(), "p.csv", {"A1"})
    assert (caught.value.code, caught.value.facts) == (
        "assign.private_person", {"path": "p.csv", "line": 1 + len(rows.splitlines())},
    )  # fmt: skip
    assert not any(word in sentence(caught.value) for word in ("A9", "oui", "non,"))


def test_every_wrong_line_is_told() -> None:
    """Two people unknown and one met twice: three lines in one go."""
    with pytest.raises(SeveralErrors) as caught:
        read_private(b"agent_id;x\nA8;a\nA1;b\nA9;c\nA1;d\n", "p.csv", {"A1"})
    assert [error.facts["line"] for error in caught.value.errors] == [2, 4, 5]
