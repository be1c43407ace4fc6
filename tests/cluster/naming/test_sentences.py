"""Summaries: two sentences that people wrote, that stand alone and say what the theme proposes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.naming import sentences
from pipeline.cluster.naming.telling import Phrase
from pipeline.schema import Token
from tests.cluster import made

RANKED = [Phrase(("repas",), "repas", 3.0, frozenset({0, 1})), Phrase(("cantine",), "cantine", 2.0, frozenset({0, 1}))]
VERBS = {"propose", "est", "servent", "changer", "faut", "testons", "manque", "affiche"}


def corpus(*texts: str) -> Corpus:
    """Return a corpus of these texts, a word a token, known verbs told."""
    words = [
        [
            Token(0, form, form.lower(), "VERB" if form in VERBS else "NOUN", stop=False, space=True)
            for form in text.split()
        ]
        for text in (text.replace(".", " ").replace(",", " ") for text in texts)
    ]
    return replace(made.corpus(words), shown=list(texts))


def summary(*texts: str) -> str:
    """Return what a theme says whose typical ideas these are, in order."""
    rows = list(range(len(texts)))
    return " ".join(claim.text for claim in sentences.claims(corpus(*texts), rows, rows, RANKED, [[] for _ in rows]))


PLAIN = "Le repas de la cantine est trop froid le lundi."


@pytest.mark.parametrize(
    "other",
    [
        "LE REPAS DE LA CANTINE EST SERVI AVEC CE MENU.",
        "Bonjour, le repas de la cantine est servi froid.",
        "Ils servent ce repas de la cantine tous les jours.",
        "Voici nos demandes pour le repas de la cantine :",
        "Repas froid",
        "Que vaut le repas de la cantine en ce moment ?",
        "Cantine, repas, plat, pain, eau, fromage, dessert.",
    ],
)
def test_a_sentence_that_cannot_be_quoted_comes_second(other: str) -> None:
    """Shouted, greeting, leaning, cut, too short, asking or without a verb: the plain one opens the summary."""
    assert summary(other, PLAIN).startswith("Le repas de la cantine est trop froid")


def test_a_proposal_comes_before_a_remark() -> None:
    """Of two sentences with the same telling words, the one that proposes is chosen first."""
    told = summary(PLAIN, "Il faut un repas chaud à la cantine le lundi.")
    assert told.startswith("Il faut un repas chaud")


def test_the_most_typical_idea_breaks_a_tie() -> None:
    """Of two like sentences, the one of the more typical idea is kept first."""
    told = summary("Le repas de la cantine manque de sel.", "Le repas de la cantine manque de goût.")
    assert told.startswith("Le repas de la cantine manque de sel")


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.lists(st.sampled_from([PLAIN, "Il faut un repas chaud.", "OUI", "", "Merci"]), min_size=1, max_size=6))
def test_a_summary_is_made_of_sentences_of_the_ideas(texts: list[str]) -> None:
    """Whatever the ideas, each sentence of the summary is in one of them, and there are three at most."""
    told = summary(*texts).replace("\u202f", " ").replace("\u00a0", " ")
    assert told.count(".") <= 3
    assert all(part.strip() in " ".join(texts) for part in told.split(".") if part.strip())


@pytest.mark.parametrize(
    ("near", "behind"),
    [
        ([[1, 2], [0, 2], [0, 1]], (1,)),
        ([[1, 2], [2, 0], [1, 0]], ()),
        ([[2, 1], [0, 2], [0, 1]], ()),
        ([[], [], []], ()),
    ],
)
def test_the_idea_behind_a_claim_says_the_same(near: list[list[int]], behind: tuple[int, ...]) -> None:
    """Who shares the words stands behind when each is the nearest to the other: not a nearest one without the words."""
    texts = (PLAIN, "Un repas froid à la cantine.", "Le repas arrive en retard.")
    told = sentences.claims(corpus(*texts), [0], [0, 1, 2], RANKED, near)
    assert [(claim.row, claim.behind) for claim in told] == [(0, behind)]


def test_claims_cover_the_theme() -> None:
    """Of sentences of like worth, the one that stands for ideas not yet stood for is chosen before a repetition."""
    texts = ("Le repas de la cantine est froid le lundi.", "Le repas de la cantine est froid le mardi.",
             "Le repas de la cantine est froid le jeudi.")  # fmt: skip
    told = sentences.claims(corpus(*texts), [0, 1, 2], [0, 1, 2], RANKED, [[1, 2], [0, 2], [0, 1]])
    assert [(claim.row, claim.behind) for claim in told] == [(0, (1,))]
