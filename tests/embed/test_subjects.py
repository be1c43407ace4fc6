"""The subject model: what a text is about, from its vector and its stems."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.stems import stem
from pipeline.embed.subjects import SubjectModel, bag, packed, subject_model, unpacked
from pipeline.embed.thesaurus import thesaurus

TEXTS = ["Partager les trajets entre collègues", "Moins de sel dans les plats du self", "Un logiciel pour la paie"]


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    """Return the vectors of the texts by the offline encoder."""
    return OfflineEncoder().encode([text.lower() for text in TEXTS])


def test_a_text_is_about_its_subject(vectors: np.ndarray) -> None:
    """The best notion of a short suggestion is one that a reader would choose, though it does not name it."""
    model = subject_model()
    scores = model.scores(TEXTS, vectors)
    best = [model.notions[place] for place in scores.argmax(axis=1)]
    assert "covoiturage" in best[0]
    assert any(word in thesaurus().domains[best[1]] for word in ("restauration", "alimentation", "cuisine"))


def test_the_scores_of_a_text_depend_on_it_alone(vectors: np.ndarray) -> None:
    """A text has the same scores, to the bit, whatever stands around it."""
    model = subject_model()
    whole = model.scores(TEXTS, vectors)
    assert (model.scores(TEXTS[::-1], vectors[::-1])[::-1] == whole).all()
    assert (model.scores(TEXTS[:1], vectors[:1]) == whole[:1]).all()


def test_the_model_knows_the_notions_of_the_thesaurus() -> None:
    """Model and thesaurus were made together: one was not changed without the other."""
    assert set(subject_model().notions) == set(thesaurus().domains)


def test_a_bag_has_length_one() -> None:
    """Weights of known stems have length one, rarer ones the more; unknown words count for nothing."""
    rarity = {stem("vélo"): (0, 1.0), stem("réunion"): (1, 3.0)}
    found = bag("Des vélos, une réunion, un xylophone", rarity)
    assert set(found) == {0, 1}
    assert found[1] > found[0]
    assert np.isclose(sum(weight**2 for weight in found.values()), 1)
    assert bag("xylophone", rarity) == {}


def test_a_model_survives_packing() -> None:
    """Packing keeps stems and notions, and weights within the step of the scale; twice the same bytes."""
    draw = np.random.default_rng(0)
    model = SubjectModel({"vélo": (0, 1.5), "réunion": (1, 2.0)}, ("a", "b"), *np.split(draw.normal(size=(6, 2)), [4]))
    content = packed(model)
    again = unpacked(content)
    assert (again.rarity, again.notions) == (model.rarity, model.notions)
    assert np.abs(again.of_vector - model.of_vector).max() < 0.03
    assert packed(model) == content
