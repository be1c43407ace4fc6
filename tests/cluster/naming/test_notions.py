"""Notions as titles: those that enough ideas of one theme name, more than any other theme's, written as French does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.naming import notions, titles
from pipeline.cluster.naming.telling import Phrase
from tests.cluster import made

LABELS = np.repeat([0, 1], 6)
EVEN = np.ones(12)


def naming(*names: list[str]) -> Corpus:
    """Return a corpus of one text for each list of notions, which it means and says."""
    said = [" ".join(f"{word}/{word}/NOUN" for name in row for word in name.split()) for row in names]
    texts = made.corpus([made.words(text or "on/on/PRON") for text in said])
    return replace(texts, notions=list(names), main=list(names))


def surfaces(texts: Corpus, theme: int) -> list[str]:
    """Return the notions of a theme, best first."""
    return [phrase.surface for phrase in notions.choices(notions.read(texts), texts, LABELS, theme, EVEN)[0]]


def test_the_notion_that_most_ideas_name_comes_first() -> None:
    """Notions are in order of how well they tell the theme, and each is of one theme only."""
    texts = naming(*[["tri", "achat"]] * 3, *[["tri"]] * 3, *[["achat"]] * 4, ["achat"], [])
    assert surfaces(texts, 0) == ["tri"]
    assert surfaces(texts, 1) == ["achat"]


def test_one_mention_is_not_enough() -> None:
    """A notion that a single idea names is left: its word may have another meaning."""
    assert surfaces(naming(["addictions"], *[[]] * 11), 0) == []


def test_what_the_matrix_says_is_who_means_it() -> None:
    """The cover of a notion is one for the texts that mean it, in any theme."""
    texts = naming(*[["tri"]] * 4, [], [], ["tri"], *[[]] * 5)
    phrases, cover = notions.choices(notions.read(texts), texts, LABELS, 0, EVEN)
    assert list(cover[0]) == [1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0]
    assert phrases[0].texts == {0, 1, 2, 3}
    assert phrases[0].general


def test_a_word_with_another_meaning_does_not_name_a_notion() -> None:
    """Texts that hold a term of a notion without being about it count for little: the notion is not offered."""
    texts = replace(naming(*[["marche à pied"]] * 6, *[[]] * 6), main=[["réunion"]] * 12)
    assert surfaces(texts, 0) == []


def test_evidence_grows_with_what_the_text_is_about() -> None:
    """Named and first among the subjects of a text: one; less when further, or when only one of the two."""
    main = ["a", "b", "c", "d"]
    texts = replace(naming(["a", "d", "z"]), main=[main])
    known = notions.read(texts)
    found = dict(zip(known.names, known.evidence.toarray().ravel().tolist(), strict=True))
    assert found["a"] == 1 > found["d"] > found["b"] > found["z"] > 0
    assert known.meant.toarray().ravel().tolist() == [1, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("name", "spoken", "short"),
    [
        ("transports collectifs comme geste écologique", {"trans"}, "transports collectifs"),
        ("écologie à l’école et chez les jeunes", {"ecole"}, "écologie à l’école"),
        ("messagerie et e-mails", {"messa", "mail"}, "messagerie et e-mails"),
        ("papier et réduction du papier", {"papie", "reduc"}, "réduction du papier"),
        ("mille-feuille territorial", {"terri"}, ""),
        ("école et effectifs", {"ecole"}, ""),
        ("ruches et abeilles", {"abeil"}, ""),
        ("tva", {"tva"}, "tva"),
    ],
)
def test_a_name_keeps_what_the_theme_speaks_of(name: str, spoken: set[str], short: str) -> None:
    """Parts that nobody speaks of, and the comparison that makes a name long, are left out."""
    assert notions.shortened(name, frozenset(spoken)) == short


def test_acronyms_are_written_as_authors_write_them() -> None:
    """An acronym that authors write in capitals is in capitals in the name of a notion."""
    texts = replace(naming(*[["tva réduite"]] * 6, *[[]] * 6), words=[made.words("TVA/tva/PROPN")] * 12)
    assert surfaces(texts, 0) == ["TVA réduite"]


def test_no_notion_gives_an_empty_matrix() -> None:
    """A corpus without notions has none to offer, and titles come from the authors' words."""
    texts = naming(*[[]] * 12)
    phrases, cover = notions.choices(notions.read(texts), texts, LABELS, 0, EVEN)
    assert phrases == []
    assert cover.shape == (0, 12)


def general(surface: str, score: float = 0.9) -> Phrase:
    """Return a notion as a choice of title."""
    return Phrase(tuple(w for w in surface.split() if len(w) > 3), surface, score, frozenset(range(6)), general=True)


@pytest.mark.parametrize("name", ["lingerie et blanchisserie", "accès, mots de passe"])
def test_a_name_that_already_joins_two_things_stands_alone(name: str) -> None:
    """No second « et » after a name that has one, nor after a comma."""
    choices = [general(name), Phrase(("robot",), "robot", 0.2, frozenset({0, 1}))]
    cover = np.array([(LABELS == 0).astype(float), np.eye(12)[0]])
    assert titles.title(choices, cover, titles.Theme(LABELS == 0, EVEN)) == name.capitalize()


def test_two_notions_that_cover_different_ideas_are_not_joined() -> None:
    """Of two notions that each name half of a theme, one is its title: both together would name no subject."""
    choices = [general("tri des déchets"), general("gaspillage alimentaire")]
    cover = np.array([[1.0] * 3 + [0.0] * 9, [0.0] * 3 + [1.0] * 3 + [0.0] * 6])
    found = titles.title(choices, cover, titles.Theme(LABELS == 0, EVEN))
    assert found in {"Tri des déchets", "Gaspillage alimentaire"}
