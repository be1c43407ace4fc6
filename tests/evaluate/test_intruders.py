"""The intruder test: a sheet a person fills in, and its score."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.evaluate.intruders import LETTERS, questions, read_answers, score, verdict
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import Row

IDS = [f"G{i}" for i in range(12)]
TABLES = {
    "ideas": pd.DataFrame({"idea_id": IDS, "title": [f"Titre {i}" for i in IDS], "description": "Texte."}),
    "themes": pd.DataFrame(
        {"theme_id": ["T1", "T2", "T3"], "label": ["Un", "Deux", "Trois"], "key_phrases": [["a", "b"], [], ["c"]]}
    ),
    "idea_themes": pd.DataFrame(
        {"idea_id": IDS, "theme_id": ["T1", "T2", "T3"] * 4, "theme_id_2": None, "weak_signal": [False] * 11 + [True]}
    ),
}


def test_each_question_has_one_idea_of_the_theme() -> None:
    """The right letter shows an idea of the theme, the two others show none; weak signals are not asked about."""
    sheet = questions(TABLES, seed=1)
    home = {f"Titre {i}. Texte.": t for i, t in zip(IDS, ["T1", "T2", "T3"] * 4, strict=True)}
    assert len(sheet) == 6
    for row in sheet.to_dict("records"):
        inside = [letter for letter in LETTERS if home[row[letter]] == row["theme_id"]]
        assert inside == [row["right"]]
        assert "Titre G11. Texte." not in [row[letter] for letter in LETTERS]


def test_the_seed_is_the_key() -> None:
    """The same seed gives the same sheet, another one another sheet."""
    pd.testing.assert_frame_equal(questions(TABLES, seed=1), questions(TABLES, seed=1))
    assert not questions(TABLES, seed=1).equals(questions(TABLES, seed=2))


def filled(answers: pd.DataFrame) -> list[Row]:
    """Return the answers as they are read from the file that a spreadsheet saves."""
    return read_answers(csv_bytes([answers.columns, *answers.to_numpy().tolist()], ";"), "f.csv")


def test_score() -> None:
    """Right and wrong answers are counted; an empty one is not."""
    sheet = questions(TABLES, seed=1)
    answers = sheet[["question", "theme", "right"]].rename(columns={"right": "reponse"}).astype(str)
    assert score(sheet, filled(answers), "f.csv").share == 1.0
    assert verdict(score(sheet, filled(answers), "f.csv")).startswith("Les titres disent")
    answers.loc[0, "reponse"] = ""
    answers.loc[1, "reponse"] = "A" if answers.loc[1, "reponse"] != "A" else "b"
    result = score(sheet, filled(answers), "f.csv")
    assert (result.right, result.answered, result.asked) == (4, 5, 6)
    assert verdict(score(sheet, filled(answers.assign(reponse="")), "f.csv")).startswith("Aucune réponse")


def test_a_stale_or_wrong_sheet_is_refused() -> None:
    """A sheet made before the themes changed, a wrong letter or missing columns are told, with lines."""
    sheet = questions(TABLES, seed=1)
    answers = sheet[["question", "theme"]].assign(reponse="D").astype(str)
    answers.loc[0, "theme"] = "Autre"
    with pytest.raises(SeveralErrors) as caught:
        score(sheet, filled(answers), "f.csv")
    assert {e.code for e in caught.value.errors} == {"evaluate.intruders_stale", "evaluate.intruders_answer"}
    with pytest.raises(MinilabsError, match=r"sheet\.columns"):
        filled(answers.drop(columns="reponse"))
