"""The embed stage: an idea's rows depend on its text only, and nothing known is computed again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.embed import content_words, embed
from pipeline.embed.memory import Memory, RememberingEncoder, RememberingParser, recall
from pipeline.embed.parse import FrenchParser
from pipeline.schema import TOKENS, VECTORS, WORD_VECTORS, Token


class CountingEncoder:
    """Two columns from the letters of a text; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return (length, number of e)."""
        self.asked += texts
        return np.array([[len(t), t.count("e")] for t in texts], dtype=np.float32).reshape(len(texts), 2)


@pytest.fixture(scope="module")
def parser() -> FrenchParser:
    """Return the real parser, loaded once."""
    return FrenchParser()


def ideas(texts: dict[str, str]) -> pd.DataFrame:
    """Return a table of analysed ideas."""
    return pd.DataFrame({"idea_id": list(texts), "text": list(texts.values()), "analysed": [True] * len(texts)})


TEXTS = {
    "a": "Réparer les vélos. Il faut un atelier !",
    "b": "Des réunions plus courtes",
    "c": "Réparer les vélos. Il faut un atelier !",
}


def test_tables_follow_the_schema(parser: FrenchParser) -> None:
    """The three tables have the declared columns and one row per idea, token and lemma."""
    result = embed(ideas(TEXTS), CountingEncoder(), parser)
    assert list(VECTORS.check(result.vectors)["idea_id"]) == ["a", "b", "c"]
    tokens = TOKENS.check(result.tokens)
    assert list(tokens.loc[tokens["idea_id"] == "b", "form"]) == ["Des", "réunions", "plus", "courtes"]
    assert set(tokens.loc[tokens["idea_id"] == "a", "sentence"]) == {0, 1}
    assert {"réparer", "vélo", "réunion"} <= set(WORD_VECTORS.check(result.word_vectors)["lemma"])


def test_ideas_set_aside_are_left_out(parser: FrenchParser) -> None:
    """Only analysed ideas are represented."""
    table = ideas(TEXTS).assign(analysed=[True, False, True])
    assert list(embed(table, CountingEncoder(), parser).vectors["idea_id"]) == ["a", "c"]


def test_row_order_and_other_ideas_change_nothing(parser: FrenchParser) -> None:
    """The rows of an idea are the same when the table is shuffled, and when other ideas leave."""
    whole = embed(ideas(TEXTS), CountingEncoder(), parser)
    shuffled = embed(ideas(dict(reversed(TEXTS.items()))), CountingEncoder(), parser)
    pd.testing.assert_frame_equal(whole.vectors, shuffled.vectors)
    pd.testing.assert_frame_equal(whole.tokens, shuffled.tokens)
    alone = embed(ideas({"b": TEXTS["b"]}), CountingEncoder(), parser)
    assert list(alone.tokens["lemma"]) == list(whole.tokens.loc[whole.tokens["idea_id"] == "b", "lemma"])


def test_case_is_no_subject(parser: FrenchParser) -> None:
    """A text in capitals has the vector of the same text in small letters."""
    result = embed(ideas({"a": "DES VÉLOS", "b": "des vélos"}), CountingEncoder(), parser)
    assert result.vectors["vector"][0].tobytes() == result.vectors["vector"][1].tobytes()


def test_adding_an_idea_encodes_one_idea() -> None:
    """What was met is taken from the memory: only the new texts reach the encoder."""
    memory: Memory = {}
    encoder = CountingEncoder()
    remembering = RememberingEncoder(encoder, memory)
    first = remembering.encode(["un", "deux", "un"])
    assert encoder.asked == ["un", "deux"]
    again = remembering.encode(["trois", "deux"])
    assert encoder.asked == ["un", "deux", "trois"]
    assert again[1].tobytes() == first[1].tobytes()


def test_a_remembered_parse_is_the_parse(parser: FrenchParser) -> None:
    """Tokens and lexicon come back from the memory as they went in."""
    remembering = RememberingParser(parser, {}, {})
    texts = list(TEXTS.values())
    assert remembering.parse(texts) == parser.parse(texts) == remembering.parse(texts)
    assert remembering.lexicon(["vélo"]).tobytes() == parser.lexicon(["vélo"]).tobytes()


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.text(max_size=5), max_size=8), st.lists(st.text(max_size=5), max_size=8))
def test_memory_never_changes_a_result(before: list[str], now: list[str]) -> None:
    """Whatever was asked before, the answer is the same as without a memory."""

    def compute(texts: list[str]) -> list[bytes]:
        return [text.encode("utf-8", "surrogatepass")[::-1] for text in texts]

    memory: Memory = {}
    recall(before, memory, compute)
    assert recall(now, memory, compute) == compute(now)


def test_content_words_keep_their_order() -> None:
    """Tool words go, the others stay as written, in small letters."""
    tokens = [
        Token(0, "Les", "le", "DET", stop=True, space=True),
        Token(0, "Vélos", "vélo", "NOUN", stop=False, space=True),
        Token(0, "roulent", "rouler", "VERB", stop=False, space=False),
        Token(0, "!", "!", "PUNCT", stop=True, space=False),
    ]
    assert content_words(tokens) == "vélos roulent"


def test_nothing_to_represent() -> None:
    """No analysed idea gives empty tables and loads no model."""
    table = ideas(TEXTS).assign(analysed=False)
    result = embed(table, CountingEncoder(), FrenchParser())
    assert len(VECTORS.check(result.vectors)) == len(TOKENS.check(result.tokens)) == 0
