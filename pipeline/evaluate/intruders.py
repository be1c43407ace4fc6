"""The intruder test: from a theme's title and key phrases alone, can a reader tell which of three ideas belongs?

After Chang et al., "Reading tea leaves" (2009), turned round: two intruders, one idea of the theme. Chance is 1/3.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.evaluate.coding import filled_in
from pipeline.files.spreadsheet import Columns, Row

LETTERS = ("A", "B", "C")
COLUMNS = ("question", "theme", "expressions", *LETTERS, "reponse")
_ANSWERED: Columns = {"question": (), "theme": (), "reponse": ()}
_CHANCE = 1 / 3


@dataclass(frozen=True, slots=True)
class Score:
    """What a reader found.

    Attributes:
        answered: questions with an answer.
        asked: questions in all.
        right: answers that name the idea of the theme.
        by_theme: theme_id → (right, answered).
    """

    answered: int
    asked: int
    right: int
    by_theme: dict[str, tuple[int, int]]

    @property
    def share(self) -> float:
        """Share of right answers, 0 without an answer; 1/3 by chance."""
        return self.right / self.answered if self.answered else 0.0


def questions(tables: dict[str, pd.DataFrame], seed: int, each: int = 2) -> pd.DataFrame:
    """Return the sheet, a row per question: `COLUMNS`, then theme_id and the right letter, to be kept from the reader.

    Args:
        tables: ideas, themes, idea_themes (see `schema`).
        seed: of the draw; the same one gives the same sheet, so that the sheet needs no key.
        each: questions per theme; a theme smaller than that gives fewer.
    """
    members = tables["idea_themes"][~tables["idea_themes"]["weak_signal"].astype(bool)].sort_values("idea_id")
    texts = tables["ideas"].set_index("idea_id")
    rng = np.random.default_rng(seed)
    rows = []
    for theme in tables["themes"].sort_values("theme_id").to_dict("records"):
        inside = members.loc[members["theme_id"] == theme["theme_id"], "idea_id"].to_numpy()
        elsewhere = members["theme_id"] != theme["theme_id"]
        outside = members.loc[elsewhere & (members["theme_id_2"] != theme["theme_id"]), "idea_id"].to_numpy()
        if len(outside) < 2:  # noqa: PLR2004 - two intruders are needed
            continue
        rows += [
            _question(theme, belonging, rng.choice(outside, 2, replace=False), texts, rng)
            for belonging in rng.permutation(inside)[:each]
        ]
    sheet = pd.DataFrame(rows, columns=[*COLUMNS[1:], "theme_id", "right"])
    order = rng.permutation(len(sheet))
    sheet = sheet.iloc[order].reset_index(drop=True)
    sheet.insert(0, "question", range(1, len(sheet) + 1))
    return sheet


def _question(
    theme: dict[Hashable, Any], belonging: str, intruders: np.ndarray, texts: pd.DataFrame, rng: np.random.Generator
) -> tuple[str, ...]:
    order = rng.permutation(3)
    ideas = [[belonging, *intruders][i] for i in order]
    shown = [". ".join(filter(None, (texts.loc[i, "title"], texts.loc[i, "description"]))) for i in ideas]
    right = LETTERS[int(np.flatnonzero(order == 0)[0])]
    return (theme["label"], ", ".join(theme["key_phrases"]), *shown, "", theme["theme_id"], right)


def read_answers(content: bytes, name: str) -> list[Row]:
    """Return the lines of the filled sheet: question, theme and reponse (A, B, C or empty).

    Raises:
        MinilabsError: `evaluate.empty`, `sheet.*`.
    """
    return filled_in(content, name, _ANSWERED, needed=tuple(_ANSWERED))


def score(sheet: pd.DataFrame, answers: Sequence[Row], name: str) -> Score:
    """Return how often the reader's answers name the idea that belongs.

    Args:
        sheet: from `questions`, same tables and seed.
        answers: see `read_answers`.
        name: of its file, for errors.

    Raises:
        MinilabsError: `evaluate.intruders_stale` (the themes have changed since), `evaluate.intruders_answer`; all
            lines at once.
    """
    keys = {str(row["question"]): row for row in sheet.to_dict("records")}
    errors, right, asked = [], dict[str, list[bool]](), len(sheet)
    for row in answers:
        key, answer = keys.get(row.cells["question"]), row.cells["reponse"].upper()
        if key is None or key["theme"].strip() != row.cells["theme"]:
            errors.append(MinilabsError("evaluate.intruders_stale", path=name, line=row.line))
        elif answer and answer not in LETTERS:
            errors.append(MinilabsError("evaluate.intruders_answer", path=name, line=row.line))
        elif answer:
            right.setdefault(key["theme_id"], []).append(answer == key["right"])
    raise_all(errors)
    by_theme = {theme: (sum(found), len(found)) for theme, found in sorted(right.items())}
    return Score(sum(n for _, n in by_theme.values()), asked, sum(r for r, _ in by_theme.values()), by_theme)


def verdict(result: Score) -> str:
    """Return in French what the score says of the titles."""
    if not result.answered:
        return "Aucune réponse : remplissez la colonne « reponse » avec A, B ou C."
    chance = result.answered * _CHANCE
    spread = 2 * np.sqrt(result.answered * _CHANCE * (1 - _CHANCE))  # two standard deviations of a reader who guesses
    if result.right <= chance + spread:
        return "Les titres n’aident pas plus qu’un tirage au sort : ils sont à reprendre."
    return "Les titres disent bien de quoi parlent les thèmes."
