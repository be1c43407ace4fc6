"""The model reads the author's proposal: no form, no greeting, no acronym; people read the author's words."""

from __future__ import annotations

import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest import Decisions, SourceFile, ingest
from pipeline.ingest.rows.analysis_text import Glossary, analysis_text, boilerplate, read_glossary
from pipeline.params import IngestParams

GLOSSARY = Glossary({"QVT": "qualité de vie au travail", "EPLE": "établissement"})


def test_acronyms_are_expanded_for_the_model_only() -> None:
    """An acronym becomes its words in the analysed text, and stays as typed in what people read."""
    content = "id;titre;description\n1;Pour la QVT;Réunir chaque EPLE une fois par an\n"
    result = ingest(
        [SourceFile("x.csv", content.encode())], IngestParams(language_model=False), Decisions(glossary=GLOSSARY)
    )
    idea = result.ideas.iloc[0]
    assert idea.title == "Pour la QVT"
    assert idea.text == "Pour la qualité de vie au travail.\n\nRéunir chaque établissement une fois par an."


@pytest.mark.parametrize("word", ["QVTs", "ma-QVT", "qvt"])
def test_other_words_are_left(word: str) -> None:
    """Only the whole acronym, in its case, is expanded."""
    assert GLOSSARY.expand(word) == word


def test_form_lines_are_left_out() -> None:
    """A line that most authors left in place is no part of their idea; one that few wrote is."""
    texts = [
        f"Décrivez le problème :\nIdée numéro {i}\nMa ligne" if i < 2 else f"Décrivez le problème :\nN {i}"
        for i in range(8)
    ]
    lines = boilerplate(texts)
    assert list(lines) == ["decrivez le probleme"]
    assert analysis_text(["Titre", texts[0]], lines, GLOSSARY) == "Titre.\n\nIdée numéro 0\nMa ligne."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bonjour,\nUn vélo.\nCordialement", "Un vélo."),
        ("Bonjour à tous, Un vélo. Merci d'avance !", "Un vélo. Merci d'avance !"),
        ("Cordialement vôtre : une idée", "Cordialement vôtre : une idée."),
    ],
)
def test_greetings(text: str, kept: str) -> None:
    """Greetings alone on their line, or at the very start, are left out; within a sentence they stay."""
    assert analysis_text([text], {}, GLOSSARY) == kept


@pytest.mark.parametrize("end", [".", " !", " ?", "…", " :", ";"])
def test_a_part_ends_before_the_next(end: str) -> None:
    """A title without a full stop gets one, not to be read with the description; one that ends keeps its end."""
    assert analysis_text([f"Un vélo{end}", "Par site"], {}, GLOSSARY) == f"Un vélo{end}\n\nPar site."


def test_shouting_is_lowered() -> None:
    """A text in capitals reaches the model in lower case."""
    assert analysis_text(["ARRÊTER DE JETER LE PAIN AU SELF"], {}, GLOSSARY) == "arrêter de jeter le pain au self."


def test_glossary_file() -> None:
    """A glossary comes back from a spreadsheet with semicolons; without its columns it is refused."""
    assert read_glossary(b"acronym;expansion\nRH;ressources humaines\n", "g.csv").expansions == {
        "RH": "ressources humaines"
    }
    with pytest.raises(MinilabsError):
        read_glossary(b"a,b\n1,2\n", "g.csv")
