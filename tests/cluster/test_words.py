"""What people read of a theme: phrases, titles, sentences, kinds, reasons, duplicates, the map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.cluster import layout
from pipeline.cluster.grouping import duplicates, views
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.naming import phrases, sentences, telling
from pipeline.cluster.naming.telling import Phrase
from tests.cluster import made

COLD = "La/le/DET chaîne/chaîne/NOUN du/de/ADP froid/froid/NOUN casse/casser/VERB souvent/souvent/ADV_ !/!/PUNCT"


def surfaces(tagged: str) -> list[str]:
    """Return the noun phrases of a text, as written."""
    texts = made.words(tagged)
    return [phrases._write(found, phrases._usage([texts])) for found in phrases.noun_phrases(texts)]


def test_noun_phrases_end_on_a_noun_or_an_adjective() -> None:
    """A phrase and its beginnings are kept, none ends on a tool word or begins with an article."""
    tagged = "les/le/DET restaurants/restaurant/NOUN scolaires/scolaire/ADJ du/de/ADP lycée/lycée/NOUN"
    assert surfaces(tagged) == ["restaurants", "restaurants scolaires", "restaurants scolaires du lycée", "lycée"]


def test_elision_and_spacing_are_kept() -> None:
    """An apostrophe stays glued to its noun, in its typographic form."""
    assert "agents d’entretien" in surfaces("agents/agent/NOUN d'/de/ADP_ entretien/entretien/NOUN")


def test_a_verb_or_a_bare_article_ends_a_phrase() -> None:
    """Words that do not belong to one group are not joined."""
    assert surfaces("compte/compte/NOUN le/le/DET vote/vote/NOUN") == ["compte", "vote"]


def test_singular_and_plural_accents_or_none_are_one() -> None:
    """Forms of one word make one phrase, shown as most texts write it."""
    texts = [made.words(t) for t in ("vélos/vélo/NOUN", "vélo/vélo/NOUN", "vélos/vélo/NOUN", "velo/velo/NOUN")]
    book = phrases.collect(made.corpus(texts))
    assert list(book.rows) == [("velo",)]
    assert book.surface(("velo",)) == "vélos"


def phrase(surface: str, score: float, *rows: int) -> Phrase:
    """Return a phrase whose lemmas are its long words."""
    return Phrase(tuple(w for w in surface.split() if len(w) > 3), surface, score, frozenset(rows))


def test_a_phrase_belongs_to_one_theme() -> None:
    """A phrase of two themes tells only the one where it is most frequent."""
    texts = [made.words("vélo/vélo/NOUN")] * 3 + [made.words("repas/repas/NOUN")] * 2 + [made.words("vélo/vélo/NOUN")]
    book, labels = phrases.collect(made.corpus(texts)), np.array([0, 0, 0, 1, 1, 1])
    told = [telling.distinctive(book, labels, theme, {"velo": 1.0, "repas": 1.0}) for theme in (0, 1)]
    assert [[p.surface for p in ranked] for ranked in told] == [["vélo"], ["repas"]]


def test_claims_are_sentences_of_different_ideas() -> None:
    """The sentences that hold the telling words are chosen, each from another idea, and nothing is invented."""
    texts = [
        made.words(COLD),
        made.words(
            "Le/le/DET froid/froid/NOUN gêne/gêner/VERB toute/tout/DET la/le/DET cuisine/cuisine/NOUN ici/ici/ADV"
        ),
        made.words("Merci/merci/INTJ beaucoup/beaucoup/ADV à/à/ADP tous/tout/PRON pour/pour/ADP lire/lire/VERB"),
    ]
    ranked = [phrase("froid", 3, 0, 1), phrase("cuisine", 2, 1), phrase("chaine", 2, 0)]
    told = sentences.claims(made.corpus(texts), [0, 1, 2], [0, 1, 2], ranked, [[1], [0], [0]])
    assert [(claim.row, claim.text) for claim in told] == [
        (0, "La chaîne du froid casse souvent\u202f!"),
        (1, "Le froid gêne toute la cuisine ici."),
    ]


def test_the_nearest_pair_is_listed_first() -> None:
    """Two texts much more alike than all others are the first near-duplicates, once."""
    near, _ = made.blocks([6, 6], noise=0.1)
    for rows in near.similarity.values():
        rows[0, 0] = rows[1, 0] = 9
    pairs = duplicates.pairs(made.corpus([made.words(COLD)] * 12), near, 0.3)
    assert pairs[0][:2] == ("i000", "i001")
    assert len({pair[:2] for pair in pairs}) == len(pairs)


def test_ideas_of_one_text_lie_apart_on_the_map() -> None:
    """Ideas that share a text get places of their own, the first at the text's."""
    texts = made.corpus([made.words(COLD)] * 2)
    texts.ids[0].append("i999")
    placed = layout.by_idea(texts, np.array([[0.0, 0.0], [1.0, 1.0]]))
    assert [row[0] for row in placed] == ["i000", "i001", "i999"]
    assert len({row[1:] for row in placed}) == 3


def test_few_texts_lie_on_a_circle() -> None:
    """Under ten texts the map is a circle, at distance one."""
    places = layout.positions(Neighbours(np.zeros((6, 0), dtype=int), {}), np.array([0, 1, 0, 1, 0, 1]), 0)
    assert np.linalg.norm(places, axis=1) == pytest.approx(np.ones(6), abs=1e-3)


def test_an_expanded_acronym_is_not_the_author_s() -> None:
    """Phrases that the glossary put in the text for analysis are neither key phrases nor titles."""
    texts = made.corpus([made.words(COLD)])
    keys = set(phrases.collect(texts).rows)
    other = phrases.collect(replace(texts, shown=["HACCP"]))
    assert keys
    assert other.rows == {}


def test_texts_without_a_known_word_are_still_compared() -> None:
    """Ideas written in signs or in another script have views, without a word in common."""
    texts = made.corpus([made.words(COLD)] * 12)
    seen = views.build(replace(texts, texts=[f"{number} 🙂" for number in range(12)]))
    assert seen.matching.lemmas == []
