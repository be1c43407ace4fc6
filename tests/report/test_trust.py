"""What the reader should know before relying on the result."""

from __future__ import annotations

from pipeline.report.trust import trust
from pipeline.schema import CONFLICTS


def test_a_former_contest_is_said() -> None:
    """When a model of a former contest is taken up, the report names it; it says nothing of it otherwise."""
    told = trust((), {"former_contest": "concours-2024"}, {}, CONFLICTS.empty(), {}).sentences
    assert any("«\u202fconcours-2024\u202f», appris d’un concours précédent" in sentence for sentence in told)
    assert not any("concours précédent" in sentence for sentence in trust((), {}, {}, CONFLICTS.empty(), {}).sentences)
