"""Titles: one phrase that names what a theme's ideas share, in correct and short French, or none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from pipeline.cluster.naming import phrases, telling, titles
from pipeline.cluster.naming.telling import Phrase
from tests.cluster import made


def phrase(surface: str, score: float, *rows: int) -> Phrase:
    """Return a phrase whose lemmas are its long words."""
    return Phrase(tuple(w for w in surface.split() if len(w) > 3), surface, score, frozenset(rows))


def titled(ranked: list[Phrase], texts: int = 12, inside: int = 6, taken: frozenset[str] = frozenset()) -> str:
    """Return the title from phrases that stand for the texts that hold them only."""
    cover = np.array([[float(row in p.texts) for row in range(texts)] for p in ranked]).reshape(len(ranked), texts)
    theme = titles.Theme(np.arange(texts) < inside, np.ones(texts), taken)
    return titles.title(ranked, cover, theme)


def test_the_phrase_that_covers_most_is_chosen() -> None:
    """One phrase, that of most ideas; never two joined."""
    ranked = [phrase("repas du midi", 5, 0, 1, 2, 3), phrase("cuisine locale", 5, 0, 1), phrase("gros chauffage", 4, 4)]
    assert titled(ranked) == "Repas du midi"


def test_two_unrelated_subjects_make_no_title() -> None:
    """A theme of which each phrase stands for a small part has no honest title."""
    ranked = [phrase("gros chauffage", 5, 0, 1), phrase("boitier moderne", 5, 2, 3), phrase("pain perdu", 4, 4, 5)]
    assert titled(ranked, texts=16, inside=8) == ""


def test_a_phrase_that_others_hold_too_is_left() -> None:
    """A phrase as frequent outside tells nothing, however good its score."""
    ranked = [phrase("lycée rural", 9, *range(12)), phrase("repas du midi", 1, 0, 1, 2, 3)]
    assert titled(ranked) == "Repas du midi"


def test_a_title_always_has_two_words() -> None:
    """One word names no subject; a phrase of two words may."""
    assert titled([phrase("fiscalité", 3, *range(6))]) == ""
    assert titled([phrase("vote blanc", 3, 1, 2, 3)]) == "Vote blanc"
    assert titled([]) == ""


def test_a_family_is_named_after_what_all_its_themes_share() -> None:
    """A phrase of one of the two themes, however frequent, does not name the family."""
    ranked = [phrase("repas du midi", 9, 0, 1, 2, 3), phrase("bien manger", 1, 0, 4, 5)]
    cover = np.array([[float(row in p.texts) for row in range(16)] for p in ranked])
    inside = np.arange(16) < 8
    parts = (np.arange(16) < 4, inside & (np.arange(16) >= 4))
    assert titles.title(ranked, cover, titles.Theme(inside, np.ones(16))) == "Repas du midi"
    assert titles.title(ranked, cover, titles.Theme(inside, np.ones(16), parts=parts)) == "Bien manger"
    assert titles.title(ranked[:1], cover[:1], titles.Theme(inside, np.ones(16), parts=parts)) == ""


WORDS = st.lists(st.sampled_from(["alpha", "bravo", "charlie", "delta"]), min_size=1, max_size=6)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.tuples(WORDS, st.integers(1, 9)), max_size=6))
def test_titles_have_two_to_seven_words(drawn: list[tuple[list[str], int]]) -> None:
    """Whatever the phrases, a title is one of them and fits, or there is none."""
    ranked = [phrase(" ".join(w), float(s), *range(s)) for w, s in drawn]
    title = titled(ranked)
    assert not title or titles.FEWEST <= len(title.split()) <= titles.MOST
    assert title.lower() in {"", *(one.surface for one in ranked)}


def test_apart_is_one_for_a_perfect_sign_and_a_half_for_none() -> None:
    """The chance that a text inside has more cover than one outside."""
    inside = np.arange(10) < 5
    same = np.ones(10)
    assert titles.apart(inside.astype(float), inside, same) == 1
    assert titles.apart(np.zeros(10), inside, same) == pytest.approx(0.5)
    assert titles.apart(np.arange(10.0), np.ones(10, dtype=bool), same) == 0.5


def test_central_texts_count_most() -> None:
    """A sign of the central half of a theme tells it better than a sign of its margin."""
    inside = np.arange(8) < 4
    weight = np.array([1, 1, 0.2, 0.2, 0, 0, 0, 0])
    centre, margin = np.zeros(8), np.zeros(8)
    centre[:2], margin[2:4] = 1, 1
    assert titles.apart(centre, inside, weight) > 0.75 > titles.apart(margin, inside, weight)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=2, max_size=20))
def test_apart_is_the_area_under_the_curve(drawn: list[tuple[int, bool]]) -> None:
    """With equal weights it is what scikit-learn computes."""
    cover, inside = np.array([float(c) for c, _ in drawn]), np.array([i for _, i in drawn])
    if 0 < inside.sum() < len(inside):
        assert titles.apart(cover, inside, np.ones(len(inside))) == pytest.approx(roc_auc_score(inside, cover))


def test_no_title_is_given_twice() -> None:
    """A title that another theme carries is passed over for the next best."""
    ranked = [phrase("vote blanc", 9, 0, 1, 2, 3), phrase("bulletin papier", 8, 0, 1, 2, 3)]
    assert titled(ranked) == "Vote blanc"
    assert titled(ranked, taken=frozenset({"vote blanc"})) == "Bulletin papier"


def test_what_is_typed_to_try_a_form_names_nothing() -> None:
    """« test », « essai » and their like are no phrase, alone or together; with a subject they may be."""
    assert telling.vague(("test",), "test")
    assert telling.vague(("test", "test"), "test test")
    assert telling.vague(("essai", "truc"), "essai truc")
    assert not telling.vague(("test", "depistage"), "tests de dépistage")


def book_of(*texts: str) -> phrases.PhraseBook:
    """Return the phrases of tagged texts."""
    return phrases.collect(made.corpus([made.words(text) for text in texts]))


def test_a_capital_that_only_opens_a_title_is_dropped() -> None:
    """A word taken for a name because of its capital is written small when others write it so; an acronym is kept."""
    book = book_of("Biodiversité/biodiversité/PROPN", "la/le/DET biodiversité/biodiversité/NOUN", "RIC/ric/PROPN")
    assert book.surface(("biodiversite",)) == "biodiversité"
    assert book.surface(("ric",)) == "RIC"


def test_accents_come_back() -> None:
    """A form that most write without its accents is shown with them when someone wrote them."""
    book = book_of("eglise/église/NOUN", "eglise/église/NOUN", "église/église/NOUN")
    assert book.surface(("eglise",)) == "église"


def test_a_name_is_never_cut() -> None:
    """A street is named whole or not at all, and half of a word with a hyphen is no phrase."""
    book = book_of(
        "square/square/NOUN René/René/PROPN Gall/Gall/PROPN", "rendez/rendez/NOUN_ -/-/PUNCT_ vous/vous/NOUN"
    )
    assert ("square", "rene") not in book.rows
    assert ("square", "rene", "gall") in book.rows
    assert not any("rendez" in key or "vous" in key for key in book.rows)


def test_verbs_taken_for_nouns_are_no_phrase() -> None:
    """An infinitive at the beginning of an idea, or a form that is a verb elsewhere, opens no phrase."""
    book = book_of(
        "Végétaliser/Végétaliser/PROPN", "taxer/taxer/NOUN", "taxer/taxer/VERB", "on/on/PRON taxer/taxer/VERB"
    )
    assert book.rows == {}


def test_vague_nouns_tell_nothing() -> None:
    """A noun whose meaning is in what follows is no phrase, alone or before « de »; a precise one is."""
    assert telling.vague(("niveau", "commune"), "niveau des communes")
    assert telling.vague(("prise", "compte"), "prise en compte")
    assert telling.vague(("direction", "different"), "directions différentes")
    assert not telling.vague(("mise", "reseau"), "mise en réseau")
    assert not telling.vague(("gaspillage",), "gaspillage")


def test_a_part_of_a_longer_phrase_gives_way() -> None:
    """« pôle », which the texts nearly always write « pôle emploi », is not offered alone."""
    texts = ["pôle/pôle/NOUN emploi/emploi/NOUN"] * 3 + ["repas/repas/NOUN"] * 3
    book, labels = book_of(*texts), np.array([0, 0, 0, 1, 1, 1])
    told = telling.distinctive(book, labels, 0, {"pole": 1.0, "emploi": 1.0})
    assert [p.surface for p in told] == ["pôle emploi"]


def test_key_phrases_are_of_different_word_families() -> None:
    """No inflected or derived form of a phrase already given."""
    ranked = [phrase("transports", 3), phrase("transport scolaire", 2), phrase("train", 1)]
    assert telling.key_phrases(ranked, 8) == ["transports", "train"]


def test_a_text_in_capitals_is_read_as_any_other() -> None:
    """A sentence in capitals gives its phrases small letters; a word that only it and nobody else writes is short."""
    book = book_of(
        "LES/le/DET MENUS/menu/NOUN DE/de/ADP LA/le/DET CANTINE/cantine/NOUN CCAS/ccas/PROPN",
        "la/le/DET cantine/cantine/NOUN du/de/ADP lycée/lycée/NOUN",
    )
    assert book.surface(("menu", "cantine")) == "menus de la cantine"
    assert book.surface(("ccas",)) == "CCAS"


def test_an_adjective_taken_for_a_noun_is_no_phrase() -> None:
    """« noir », nearly always an adjective, opens no phrase when the tagger errs; « volontaire » may."""
    book = book_of(*["feutre/feutre/NOUN noir/noir/ADJ"] * 4, "noir/noir/NOUN", "volontaire/volontaire/NOUN")
    assert ("noir",) not in book.rows
    assert ("volontaire",) in book.rows


def test_the_usual_accents_win() -> None:
    """A misplaced accent does not win by being longer."""
    book = book_of(*["élections/élection/NOUN"] * 5, "éléctions/élection/NOUN", "elections/élection/NOUN")
    assert book.surface(("election",)) == "élections"
