"""The French model: loaded once, without what it does not need, and cutting texts into the same words."""

from __future__ import annotations

import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.fr import tokenizer_exceptions
from spacy.lang.fr.punctuation import ELISION, HYPHENS

from pipeline.french_model import factored

_HEADS = [re.sub(r"[\[\]?:()|]", "", head) for head in tokenizer_exceptions._hyphen_prefix]
_COMPOUNDS = "(?iu)" + "|".join(f"(?:{one})" for one in tokenizer_exceptions._regular_exp)
_AS_THEY_COME = re.compile(_COMPOUNDS)
_FACTORED = re.compile(factored(_COMPOUNDS))


@given(
    st.sampled_from(_HEADS),
    st.sampled_from([*HYPHENS, "", "_"]),
    st.text(st.sampled_from("aéÀßzЖωIj" + HYPHENS + ELISION + "9 ."), max_size=6),
    st.booleans(),
)
def test_compounds_put_together_match_the_same_words(head: str, hyphen: str, tail: str, large: bool) -> None:  # noqa: FBT001
    """A word is a compound for the shorter pattern if and only if it is for spaCy's own."""
    word = (head.upper() if large else head) + hyphen + tail
    assert bool(_FACTORED.match(word)) == bool(_AS_THEY_COME.match(word))


def test_the_shorter_pattern_is_short() -> None:
    """Most compounds go on alike: the pattern shrinks more than tenfold."""
    assert len(factored(_COMPOUNDS)) * 10 < len(_COMPOUNDS)


def test_a_pattern_of_another_shape_is_left_alone() -> None:
    """Only alternatives that stand whole between start and end are put together."""
    shapes = ("a|b", "(?iu)(?:^a$)|b", "(?iu)(?:^a)b(c$)")
    assert [factored(one) for one in shapes] == list(shapes)


def test_loading_the_model_leaves_torch_aside_and_reachable() -> None:
    """The model loads without torch; what needs torch afterwards still finds it."""
    asked = (
        "import re, sys; usual = re.compile\n"
        "from pipeline.french_model import french_model\n"
        "french_model(); print('torch' in sys.modules, re.compile is usual)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
