"""What the terminal says of two codings and of the intruder test: figures, how to read them, what to settle first."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.evaluate import told
from pipeline.evaluate.coders import compare_coders
from pipeline.evaluate.intruders import Score

IDEAS = [f"I{n:02d}" for n in range(40)]
FIRST = pd.Series({idea: "abcd"[n % 4] for n, idea in enumerate(IDEAS)})
LABELS = {"a": "Repas", "b": "Transports"}


def plain(lines: list[str]) -> str:
    """Return lines as one text with ordinary spaces."""
    return "\n".join(lines).replace("\u202f", " ").replace("\u00a0", " ")


def said(second: pd.Series[str], titles: dict[str, str] | None = None) -> str:
    """Return what is told of a second coding."""
    result = compare_coders(FIRST, second)
    assert result is not None
    return plain(told.coders(result, "le premier codage", LABELS, titles or {}))


def test_perfect_agreement_is_reliable() -> None:
    """All ideas alike: no disagreement, and the reading of alpha says it can be relied on."""
    text = said(FIRST)
    assert "40 idées dans le premier codage et dans le second codage ; même thème pour 40 (100 %)." in text
    assert "Codage fiable" in text
    assert text.endswith("Aucun désaccord.")


@pytest.mark.parametrize(("wrong", "reading"), [(2, "fiable"), (8, "à confirmer"), (24, "fragile")])
def test_alpha_is_read(wrong: int, reading: str) -> None:
    """The more ideas differ, the less the coding can be relied on."""
    second = FIRST.copy()
    for idea in IDEAS[:wrong]:
        second[idea] = {"a": "b", "b": "c", "c": "d", "d": "a"}[FIRST[idea]]
    assert f"Codage {reading}" in said(second)


def test_few_ideas_conclude_nothing() -> None:
    """Two ideas that agree by chance are not called a reliable coding."""
    text = said(FIRST.iloc[:2])
    assert "Trop peu d’idées pour conclure" in text
    assert "fiable" not in text


def test_the_most_frequent_disagreement_comes_first_with_its_ideas() -> None:
    """Themes by their titles, ideas by theirs; themes that only the name tells apart are said to be one."""
    second = FIRST.replace({"c": "autre nom"})
    second[["I00", "I04", "I08"]] = "b"
    second["I01"] = "a"
    text = said(second, {"I00": "Pain du self"})
    assert "« autre nom » pour « c »" in text
    assert "Quatre idées à trancher" in text
    first, other = (
        text.index("« Repas » ou « Transports » ? 3 idées"),
        text.index("« Transports » ou « Repas » ? 1 idée"),
    )
    assert first < text.index("I00 Pain du self") < text.index("puis I08") < other


def test_a_long_list_is_cut_and_nothing_is_lost() -> None:
    """Beyond a dozen pairs of themes, the ideas of the others are named on one line."""
    first = pd.Series({idea: f"t{n}" for n, idea in enumerate(IDEAS)})
    second = pd.Series({idea: f"t{n + (n < 20)}" for n, idea in enumerate(IDEAS)})
    result = compare_coders(first, second)
    assert result is not None
    text = plain(told.coders(result, "le premier codage", {}, {}))
    wrong = {idea for row in result.disagreements.to_dict("records") for idea in row["ideas"].split()}
    assert all(idea in text for idea in wrong)
    assert ("autre désaccord" in text or "autres désaccords" in text) == (len(result.disagreements) > 12)


def test_missed_titles_and_empty_answers_are_told() -> None:
    """The titles that a reader missed come worst first; what was left empty is counted."""
    result = Score(answered=6, asked=8, right=3, by_theme={"a": (1, 2), "b": (0, 2), "c": (2, 2)})
    text = plain(told.score(result, LABELS))
    assert text.startswith("3 bonnes réponses sur 6 (50 % ; au hasard : 33 %).")
    assert "Titres à revoir d’abord : « Transports » (0 sur 2) et « Repas » (1 sur 2)." in text
    assert text.endswith("2 questions sans réponse.")


def test_one_right_answer_is_singular() -> None:
    """French agrees with one."""
    assert plain(told.score(Score(3, 3, 1, {"a": (1, 3)}), LABELS)).startswith("1 bonne réponse sur 3")
