"""Masking an idea: labels for people, nothing for the model, a list for the analyst, whose decisions stand."""

from __future__ import annotations

from pipeline.ingest.masking.apply import MASK, RESTORE, Added, Decision, Masking, texts_of
from pipeline.ingest.masking.spans import Span
from pipeline.ingest.records import Row

ROW = Row("t", 2, "G1", "Vélo de Léa", (("Constat", "Léa roule."), ("Solution", "")), "Pour Paul", "", "")
FOUND = [[Span(8, 11, "prenom", "règle")], [Span(0, 3, "prenom", "règle")], [Span(5, 9, "prenom", "règle")]]


def masked(*decisions: Decision, added: tuple[Added, ...] = ()) -> tuple[Row, Row, Masking]:
    """Return the row for people, the row for analysis, and the masking."""
    masking = Masking(decisions, added)
    shown, silent, _ = masking.mask(ROW, iter(FOUND))
    return shown, silent, masking


def test_texts_in_order() -> None:
    """Title, parts that hold text and benefits, under the names a person knows."""
    assert list(texts_of(ROW)) == [("titre", "Vélo de Léa"), ("Constat", "Léa roule."), ("bénéfices", "Pour Paul")]


def test_labels_and_silence() -> None:
    """People see a label where a span was, the model sees nothing."""
    shown, silent, masking = masked()
    assert (shown.title, shown.benefits) == ("Vélo de [prénom masqué]", "Pour [prénom masqué]")
    assert (silent.title, silent.parts[0][1]) == ("Vélo de ", " roule.")
    result = masking.result()
    assert (result.counts, result.ideas) == ({"prenom": 3}, 1)
    assert list(result.review["span"]) == ["Léa", "Léa", "Paul"]


def test_decisions() -> None:
    """A restored span is shown and stays in the list; a piece named by its words is masked wherever it stands."""
    restore = Decision("G1", "titre", 8, 11, RESTORE, "prenom")
    shown, _, masking = masked(restore, added=(Added("G1", "roule", "nom"),))
    assert shown.title == "Vélo de Léa"
    assert shown.parts[0][1] == "[prénom masqué] [nom masqué]."
    result = masking.result()
    assert list(result.review["decision"]) == ["rétablir", "", "masquer", ""]
    assert Decision("G1", "Constat", 4, 9, MASK, "nom") in result.decisions
    assert result.unused == []


def test_a_decision_without_its_text_is_told() -> None:
    """A decision beyond the text, or about a span that is no longer found, is kept and told as unused."""
    gone = Decision("G1", "titre", 50, 60, MASK)
    _, _, masking = masked(gone)
    assert masking.result().unused == [gone]
    assert gone in masking.result().decisions


def test_an_idea_without_spans_is_untouched() -> None:
    """Nothing found, nothing changed."""
    row = Row("t", 3, "G2", "Vélo", (), "", "", "")
    shown, silent, texts = Masking((), ()).mask(row, iter([[]]))
    assert shown is silent is row
    assert texts == [("Vélo", [])]
