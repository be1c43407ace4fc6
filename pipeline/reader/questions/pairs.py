"""Pairs: of ideas that look alike, which make the same proposal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.french import fold
from pipeline.reader.model import TEXT, VERDICTS, WHOLE, Answer, Item, Question, Settings, Text, digest, listing, shape
from pipeline.reader.questions.answers import listed, whole
from pipeline.reader.questions.batches import batches, shortened, tokens
from pipeline.reader.questions.instructions import Instructions

_ANSWER, _LONGEST = 25, 400
SCHEMA = shape(paires=listing(paire=WHOLE, verdict={**TEXT, "enum": list(VERDICTS)}))
_FOLDED = {fold(verdict): verdict for verdict in VERDICTS}

Pair = tuple[Text, Text]


def key_of(pair: Pair, settings: Settings, instructions: Instructions) -> str:
    """Return the key under which the verdict on a pair is kept, whichever comes first."""
    return digest("pairs", settings.model, instructions.mark("pairs"), sorted(text.mark for text in pair))


def questions(pairs: Sequence[Pair], settings: Settings, instructions: Instructions) -> list[Question]:
    """Return the questions about pairs, in the order of their ideas."""
    instruction = instructions.fill("pairs")
    lines = [((one, other), _line(0, one, other)) for one, other in sorted(pairs, key=_names)]
    return [
        Question(
            "pairs",
            instruction,
            "\n".join(_line(rank, *pair) for rank, pair in enumerate(group, start=1)),
            tuple(
                Item(key_of(pair, settings, instructions), str(rank), (pair[0].idea, pair[1].idea))
                for rank, pair in enumerate(group, start=1)
            ),
            SCHEMA,
        )
        for group in batches(lines, settings.context - tokens(instruction), _ANSWER)
    ]


def _names(pair: Pair) -> tuple[str, str]:
    return pair[0].idea, pair[1].idea


def _line(rank: int, one: Text, other: Text) -> str:
    texts = {"a": shortened(one.text, _LONGEST), "b": shortened(other.text, _LONGEST)}
    return json.dumps({"paire": rank, **texts}, ensure_ascii=False)


def checked(question: Question, found: Mapping[str, Any] | None) -> dict[str, Answer]:
    """Return key → verdict on each pair asked about, the first one given; pairs that were not asked count for none."""
    given: dict[str, Answer] = {}
    for row in listed(found, "paires"):
        rank = whole(row.get("paire"), len(question.items))
        verdict = _FOLDED.get(fold(str(row.get("verdict", "")).strip())[:40])
        if rank and verdict and str(rank) not in given:
            given[str(rank)] = {"verdict": verdict}
    return {item.key: given.get(item.name) for item in question.items}
