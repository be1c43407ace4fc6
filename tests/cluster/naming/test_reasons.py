"""Why an idea is where it is: phrases and neighbours, in sentences that are French whatever the counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.cluster.naming import reasons
from pipeline.cluster.naming.phrases import PhraseBook
from pipeline.cluster.naming.reasons import Ground, Said
from pipeline.cluster.naming.telling import Phrase
from tests.cluster import made

ON = Ground([], ["froid"], [], 2, 3, "« Chaîne du froid » (I02)")


def plain(text: str) -> str:
    """Return text with ordinary spaces and apostrophes."""
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def test_shared_phrases_come_first() -> None:
    """An idea that holds phrases of its theme says which, how many neighbours are there, and the nearest."""
    assert plain(reasons.why(ON)) == (
        "Elle partage « froid » avec son thème ; 2 de ses 3 plus proches voisines y sont aussi, "
        "d'abord « Chaîne du froid » (I02)."
    )


def test_kindred_words_are_told_when_none_is_shared() -> None:
    """Without a phrase in common, those its words come near to are quoted."""
    said = plain(reasons.why(replace(ON, shared=[], kindred=["repas", "pain"])))
    assert said.startswith("Ses mots sont proches de « repas » et « pain », qui distinguent son thème ;")


@pytest.mark.parametrize(("same", "words"), [(0, "aucune de ses 3 plus proches voisines n'y est"), (1, "y est aussi")])
def test_counts_agree(same: int, words: str) -> None:
    """No neighbour, or one, is said as French says it."""
    assert words in plain(reasons.why(replace(ON, same=same)))


def test_weak_signals_say_which_kind_they_are() -> None:
    """An idea that hesitates tells its neighbours alone (that it is weak, `weak_signal` says); so does a lone one."""
    assert plain(reasons.why(replace(ON, weak=True))).startswith("2 de ses 3 plus proches voisines sont dans le thème")
    assert plain(reasons.why(replace(ON, weak=True, alone=True))).startswith("Peu d'idées du concours lui ressemblent")


def test_an_idea_without_neighbours_or_words_still_has_a_reason() -> None:
    """Nothing shared and nobody near gives a sentence all the same."""
    assert plain(reasons.why(Ground([], [], [], 0, 0, ""))) == "Proche par le sens : elle n'a pas de voisine."


def test_the_ground_is_read_from_the_theme() -> None:
    """Notions the row means, phrases it shares, neighbours of its theme, and the nearest of these by its first line."""
    texts = made.corpus([made.words(f"{word}/{word}/NOUN") for word in ("froid", "repas", "chaud", "pain")])
    ranked = [
        Phrase(("froid",), "froid", 3, frozenset({0, 2})),
        Phrase(("repas",), "repas", 2, frozenset({1, 2})),
        Phrase(("seul",), "seul", 1, frozenset({0})),
    ]
    about = [
        Phrase(("chaine", "froid"), "chaîne du froid", 1, frozenset({1, 2})),
        Phrase(("hygiene",), "hygiène", 1, frozenset({0})),
    ]
    said = Said(ranked, about, np.zeros((3, 4)))
    on = reasons.ground(texts, 0, [3, 2, 1], said, np.array([True, True, True, False]))
    assert on == Ground(["hygiène"], ["froid"], [], 2, 3, "« chaud » (i002)")


def test_one_word_in_passing_proves_nothing() -> None:
    """Two words of the theme, a phrase, or a word of the title do; a word used as much elsewhere does not count."""
    own, other, common = (
        Phrase((word,), word, 1, frozenset(rows))
        for word, rows in (("froid", {0, 1}), ("repas", {0, 2}), ("eau", {0, 1}))
    )
    pair, family = (
        Phrase(("chaine", "froid"), "chaîne du froid", 1, frozenset({0, 1})),
        Phrase(("froideur",), "froideur", 1, frozenset({0, 1})),
    )
    rows = {
        ("froid",): {0, 1, 8},
        ("repas",): {0, 2},
        ("eau",): {0, 1, 5, 6, 7},
        ("chaine", "froid"): {0, 1},
        ("froideur",): {0, 1},
    }
    book = PhraseBook({key: frozenset(texts) for key, texts in rows.items()}, {})

    def said(*phrases: Phrase, title: str = "Chariots") -> list[str]:
        return reasons.own_words(book, list(phrases), [p.surface for p in phrases], 0, title)

    assert said(own) == []
    assert said(own, family) == []
    assert said(own, common) == []
    assert said(own, other) == ["froid", "repas"]
    assert said(pair) == ["chaîne du froid"]
    assert said(own, common, title="Le Froid des vitrines") == ["froid"]
    assert said(common, title="L'eau") == []


def test_no_two_quoted_phrases_say_one_thing() -> None:
    """« transport » is not quoted beside the notion of transports."""
    texts = made.corpus([made.words("x/x/NOUN")] * 3)
    phrase = Phrase(("transport",), "transport", 3, frozenset({0, 1}))
    notion = Phrase(("transport", "commun"), "transports en commun", 1, frozenset({0, 1}))
    on = reasons.ground(texts, 0, [], Said([phrase], [notion], np.zeros((1, 3))), np.ones(3, dtype=bool))
    assert (on.about, on.shared) == (["transports en commun"], [])


def test_what_it_is_about_comes_first() -> None:
    """An idea that means a notion of its theme says it, then the phrases it shares."""
    said = plain(reasons.why(replace(ON, about=["hygiène"])))
    assert said.startswith("Elle touche, comme son thème, à « hygiène », et partage avec lui « froid » ;")
    assert plain(reasons.why(replace(ON, about=["hygiène"], shared=[]))).startswith(
        "Elle touche, comme son thème, à « hygiène » ; 2 de ses 3"
    )


def test_all_neighbours_are_said_to_be_there() -> None:
    """Five out of five is all of them."""
    assert "ses 3 plus proches voisines y sont toutes, d'abord" in plain(reasons.why(replace(ON, same=3)))
    assert "sa plus proche voisine y est aussi : " in plain(reasons.why(replace(ON, same=1, near=1)))


@pytest.mark.parametrize(
    ("same", "words"),
    [(0, "n'est dans le thème"), (1, "est dans le thème le plus proche : «"), (2, "sont dans le thème le plus")],
)
def test_neighbours_of_a_weak_signal_are_elsewhere(same: int, words: str) -> None:
    """An idea that no theme holds is in none: its neighbours are not « there too »."""
    said = plain(reasons.why(replace(ON, weak=True, same=same)))
    assert words in said
    assert " aussi" not in said


def test_kindred_phrases_are_near_and_not_held() -> None:
    """A phrase that the text holds, or one that its words are far from, is not quoted as kindred."""
    ranked = [Phrase((word,), word, 1, frozenset()) for word in ("tenu", "proche", "loin", "plus proche")]
    assert reasons.kindred(np.array([[1.0], [0.4], [0.1], [0.6]]), ranked, 0) == ["plus proche", "proche"]


def test_long_first_lines_are_cut_between_words() -> None:
    """An idea without a title is called by its beginning, cut at a word."""
    texts = made.corpus([made.words("x/x/NOUN")])
    long = replace(texts, shown=["\n« " + "mot " * 40 + "»"])
    called = reasons.called(long, 0)
    assert called.endswith("mot… » (i000)")
    assert len(called) < 80


def test_a_theme_is_set_apart_by_what_most_of_its_ideas_say() -> None:
    """Of its key phrases, those that most texts hold are quoted; a theme without phrases says nothing."""
    ranked = [
        Phrase((name,), name, 9.0 - place, frozenset(range(count)))
        for place, (name, count) in enumerate([("four", 1), ("pain", 5), ("menu", 3), ("sel", 2), ("hors liste", 9)])
    ]
    assert reasons.difference(ranked, ["four", "pain", "menu", "sel"]) == ["pain", "menu", "sel"]
    assert reasons.difference([], []) == []
