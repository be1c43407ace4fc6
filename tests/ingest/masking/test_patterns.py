"""What has the form of personal data is found; figures, references and public pages are left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.masking.patterns import pattern_spans
from pipeline.ingest.masking.spans import without_overlap


def found(text: str) -> list[tuple[str, str]]:
    """Return (kind, piece) for each span."""
    return [(span.kind, text[span.start : span.end]) for span in without_overlap(pattern_spans(text))]


@pytest.mark.parametrize(
    "piece",
    ["a.roy@exemple.fr", "a.roy (at) exemple.fr", "a.roy[at]exemple[dot]fr", "a.roy arobase exemple point fr",
     "A.ROY@EXEMPLE.FR", "a . roy @ exemple . fr", "a.roy@intranet"],
)  # fmt: skip
def test_addresses(piece: str) -> None:
    """An e-mail address is one however it is disguised."""
    assert found(f"Contact : {piece} merci") == [("email", piece)]


@pytest.mark.parametrize(
    "piece",
    ["03 53 01 44 18", "03.53.01.44.18", "0353014418", "(03) 53 01 44 18", "+33 3 53 01 44 18", "+33 (0)3 53 01 44 18",
     "(+33) 6 39 98 12 12", "0033 6 39 98 71 20", "03_53_01_44_18", "+352 26 12 34 56", "+49 30 23125 114"],
)  # fmt: skip
def test_telephones(piece: str) -> None:
    """French and foreign numbers are found in any grouping."""
    assert found(f"Joindre le {piece} le matin") == [("telephone", piece)]


def test_digits_of_a_telephone_need_a_word() -> None:
    """Digits grouped in no usual way are a number only after "tél", "portable"..."""
    assert found("tél 06 39 981 234 merci") == [("telephone", "06 39 981 234")]
    assert found("référence 06 39 981 234 merci") == []


@pytest.mark.parametrize("piece", ["1 85 03 99 000 017 30", "272085700012376", "2.69.05.49.588.157.80",
                                   "1-85-03-99-000-017-30", "2 85 10 2A 000 031 07", "1850399000017/30"])  # fmt: skip
def test_social_security(piece: str) -> None:
    """A social security number is found with its groups, without, and with its key apart."""
    assert found(f"NIR {piece}.")[0] == ("nir", piece)


@pytest.mark.parametrize(
    "piece",
    ["12 rue des Mirabelles, 54000 Nancy", "3 bis avenue du Général-Fictif", "Résidence les Acacias, 57100 Thionville",
     "BP 81004, 67070 Strasbourg Cedex"],
)  # fmt: skip
def test_postal_addresses(piece: str) -> None:
    """A number and a way, a residence or a box with its town."""
    assert found(f"J'habite {piece}.") == [("adresse", piece)]


@pytest.mark.parametrize("piece", ["AB-123-CD", "EV 789 KT", "1234 WX 54"])
def test_plates(piece: str) -> None:
    """Plates are found by their form."""
    assert found(f"Le fourgon {piece} roule.") == [("plaque", piece)]


def test_plates_written_carelessly_need_a_vehicle() -> None:
    """In lower case or without dashes, a plate is one near a word for vehicles only."""
    assert found("la voiture ab123cd est mal garée") == [("plaque", "ab123cd")]
    assert found("la pièce ab123cd est cassée") == []


@pytest.mark.parametrize("piece", ["https://www.linkedin.com/in/soizic", "linkedin.com/in/soizic",
                                   "https://visio.exemple.fr/j/98765432101",
                                   "https://x.exemple.fr/a?agent=12"])  # fmt: skip
def test_personal_links(piece: str) -> None:
    """A link to someone's account, file or meeting is masked whole."""
    assert found(f"Voir {piece} svp") == [("url", piece)]


@pytest.mark.parametrize(
    "text",
    ["Budget de 12 500 euros pour 3 sites", "Le marché 2019-0457-23", "Commander 06 12 345", "de 07 30 à 12 00",
     "du 01/09/2019 au 31/08/2020", "https://www.exemple.fr/actualites", "Salle 12, rue intérieure",
     "code 3760123456789",
     "SIRET 200 052 264 00013", "les lots AB-12 et CD-34", "NF EN 13432", "2 rue à balayer"],
)  # fmt: skip
def test_figures_are_left(text: str) -> None:
    """Amounts, dates, references and public pages are no personal data."""
    assert [kind for kind, _ in found(text) if kind != "adresse"] == []


@given(st.text(st.sampled_from("0123456789 @.-/abcfr+()[]t"), max_size=60))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_text_is_read_in_order(text: str) -> None:
    """Whatever the characters, the search ends, and spans lie within the text in order."""
    spans = without_overlap(pattern_spans(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
