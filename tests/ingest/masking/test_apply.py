"""Masking an idea: labels for people, nothing for the model, a list for the analyst, whose decisions stand."""

from __future__ import annotations

import pytest

from pipeline.ingest.masking.apply import MASK, RESTORE, Added, Decision, Masking, texts_of
from pipeline.ingest.masking.marks import mark_at
from pipeline.ingest.masking.spans import Span, without_overlap
from pipeline.ingest.rows.records import Row

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
    assert ("Constat", 4, 9, MASK) in {(d.field, *d.place, d.action) for d in result.decisions}
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


def again(text: str, *decisions: Decision) -> tuple[str, list[Decision]]:
    """Return a title once the decisions are applied to it, and those that do not apply."""
    masking = Masking(decisions, ())
    shown, _, _ = masking.mask(Row("t", 2, "G1", text, (), "", "", ""), iter([[]]))
    return shown.title, masking.result().unused


def test_a_mask_follows_its_words() -> None:
    """After the author edits the text, a mask covers the same words, never other letters; once gone, it is told."""
    text = "Demander à Honorine Wattelet de commander le pain"
    place = (11, 28)
    mask = Decision("G1", "titre", *place, MASK, "nom", mark_at("G1", text, place))
    assert again(text, mask) == ("Demander à [nom masqué] de commander le pain", [])
    assert again("Il faut d’abord demander à Honorine Wattelet de commander", mask)[0].endswith(
        "demander à [nom masqué] de commander"
    )
    assert again("Honorine Wattelet pourrait commander le pain", mask)[0] == "[nom masqué] pourrait commander le pain"
    changed = "Demander à quelqu’un de commander le pain"
    assert again(changed, mask) == (changed, [mask])


def test_a_mask_keeps_to_its_neighbours() -> None:
    """Of two places with the same words, the one between the same words is masked."""
    text = "La rose de Rose pousse"
    mask = Decision("G1", "titre", 11, 15, MASK, "prenom", mark_at("G1", text, (11, 15)))
    assert again("Hier, la rose de Rose pousse", mask)[0] == "Hier, la rose de [prénom masqué] pousse"


def test_a_mask_of_an_earlier_version_cuts_no_word() -> None:
    """A decision that only has a place applies where it stands between words, and is left where it would cut one."""
    assert again("Merci Paul", Decision("G1", "titre", 6, 10, MASK))[0] == "Merci [nom masqué]"
    assert again("Recommander", Decision("G1", "titre", 4, 8, MASK))[1] != []


def test_parts_of_one_name_are_kept_apart() -> None:
    """A part named as the benefits, and two parts of one name, keep their own texts."""
    row = Row(
        "t", 2, "G1", "Titre", (("bénéfices", "Un, Léa"), ("Constat", "Deux"), ("Constat", "Trois")), "Gain", "", ""
    )
    fields = [field for field, _ in texts_of(row)]
    assert fields == ["titre", "bénéfices (2)", "Constat", "Constat (2)", "bénéfices"]
    found = iter([[], [Span(4, 7, "prenom", "règle")], [], [], []])
    shown, _, _ = Masking((), ()).mask(row, found)
    assert shown.parts == (("bénéfices", "Un, [prénom masqué]"), ("Constat", "Deux"), ("Constat", "Trois"))
    assert shown.benefits == "Gain"


@pytest.mark.parametrize(("first", "second", "kind"), [(4, 9, "nom"), (9, 4, "email")])
def test_of_two_overlapping_spans_the_longer_names_the_kind(first: int, second: int, kind: str) -> None:
    """One piece is hidden under one label: that of the longer span, whichever comes first."""
    spans = [Span(0, first, "email", "a"), Span(first - 2, first - 2 + second, "nom", "b")]
    (merged,) = without_overlap(spans)
    assert (merged.start, merged.end, merged.kind) == (0, max(first, first - 2 + second), kind)
