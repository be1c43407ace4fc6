"""A batch changes nothing: spaCy's networks give a text the same bytes alone or among others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.embed.parse import FrenchParser
from pipeline.french_model import french_model
from pipeline.french_model.steady import SteadyOps

TEXTS = [
    "Des vélos pour aller d'un site à l'autre.",
    "Non",
    "",
    "Partager les salles de réunion vides ; les réserver en ligne. Et prévenir quand elles se libèrent !",
    "Former les agents aux logiciels libres, " * 30,
    "covoiturage",
]


@pytest.fixture(scope="module")
def nlp() -> Any:  # noqa: ANN401 - the model is not typed
    """Return the model, loaded once."""
    return french_model()


@pytest.mark.parametrize("batch", [1, 2, 6])
def test_a_batch_changes_no_bit(nlp: Any, batch: int) -> None:  # noqa: ANN401
    """Whatever the batch and the order, what the networks make of a text has the bytes it has alone."""
    alone = [nlp(text).tensor.tobytes() for text in TEXTS]
    among = [document.tensor.tobytes() for document in nlp.pipe(reversed(TEXTS), batch_size=batch)]
    assert among[::-1] == alone


def test_texts_together_are_parsed_as_each_alone() -> None:
    """The tokens of a text do not depend on the texts parsed with it."""
    parser = FrenchParser()
    assert parser.parse(TEXTS) == [parser.parse([text])[0] for text in TEXTS]


@given(st.integers(1, 200), st.integers(0, 2**32 - 1))
def test_a_row_of_a_product_depends_on_its_own_row(rows: int, seed: int) -> None:
    """A product is right, and each of its rows has the bytes of the product of that row alone."""
    random = np.random.default_rng(seed)
    left = random.standard_normal((rows, 24)).astype(np.float32)
    right = random.standard_normal((40, 24)).astype(np.float32)
    whole = SteadyOps().gemm(left, right, trans2=True)
    np.testing.assert_allclose(whole, left @ right.T, rtol=1e-4, atol=1e-4)
    chosen = int(random.integers(rows))
    assert SteadyOps().gemm(left[chosen : chosen + 1], right, trans2=True).tobytes() == whole[chosen].tobytes()


def test_a_product_may_be_turned_and_written_in_place() -> None:
    """The two forms that thinc may ask for beside the plain one give the same numbers."""
    left = np.arange(12, dtype=np.float32).reshape(3, 4)
    right = np.arange(15, dtype=np.float32).reshape(3, 5)
    place = np.empty((4, 5), dtype=np.float32)
    SteadyOps().gemm(left, right, out=place, trans1=True)
    np.testing.assert_array_equal(place, left.T @ right)
