"""What one contest teaches the next: a small model that holds no text, helps, and refuses what it cannot serve."""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError
from pipeline.initialise import initialise
from pipeline.messages import sentence
from pipeline.params import Params, parse
from pipeline.review.learning.beliefs import prior
from pipeline.review.learning.knowledge import Knowledge, Known, directions
from pipeline.review.learning.knowledge_file import CARD, FACTS, NUMBERS, files_of, knowledge_of
from pipeline.review.learning.space import build
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.state import Place, State, Theme
from pipeline.shells.alike.knowledge import load_knowledge, save_knowledge
from pipeline.workspace import Workspace

TITLES = ("Ménage", "Vélo", "Achats")
TRUTH = np.repeat([0, 1, 2], 20)


def _rows(seed: int) -> np.ndarray:
    return np.asarray(np.eye(8)[TRUTH] + np.random.default_rng(seed).normal(0, 0.4, (len(TRUTH), 8)))


def _knowledge() -> Knowledge:
    weights = directions(_rows(0), np.eye(3)[TRUTH], np.arange(len(TRUTH)) % 3 == 0)
    return Knowledge("use-multilingual", "", tuple(Known(t, f"Tout sur {t}", 20, 7) for t in TITLES), weights)


def _params(model: str = "avant", encoder: str = "use-multilingual") -> Params:
    return parse(f"review: {{model: {model}}}\nembed: {{encoder: {encoder}}}")


def _saved(root: Path) -> Workspace:
    initialise(root)
    save_knowledge(Workspace(root), "avant", _knowledge(), 21, {"Trop petit": "moins de 5 idées"})
    return Workspace(root)


def test_new_ideas_are_drawn_to_their_theme() -> None:
    """Ideas of another year are drawn most to the theme they are about, whatever ids the themes have now."""
    pulls = _knowledge().pulls(_rows(1), {"T07": "Vélo", "D-1": "menage", "T01": "Inconnu", "T02": "ACHATS"})
    assert sorted(pulls) == ["D-1", "T02", "T07"]
    found = np.column_stack([pulls[theme] for theme in ("D-1", "T07", "T02")]).argmax(axis=1)
    assert (found == TRUTH).mean() > 0.85


def test_pulls_are_deviations_from_the_mean() -> None:
    """Themes are compared on one scale: each has a mean of nothing, and the whole a deviation of one."""
    pulls = _knowledge().pulls(_rows(1) + 5, {title: title for title in TITLES})
    every = np.column_stack(list(pulls.values()))
    assert every.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-5)
    assert every.std() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("weights", [np.full((1, 4), np.nan), np.ones(4), np.ones((1, 4), dtype=np.int64)])
def test_numbers_that_are_none_are_refused(weights: np.ndarray) -> None:
    """A learned model whose file is whole, but holds no table of finite numbers, is refused."""
    files = files_of(Knowledge("e", "", (Known("Vélo", "", 3, 2),), np.ones((1, 4))), "avant", 1, {})
    held = io.BytesIO()
    np.savez(held, weights=weights)
    facts = json.loads(files[FACTS]) | {"sha256": hashlib.sha256(held.getvalue()).hexdigest()}
    with pytest.raises(MinilabsError, match=r"review\.model_damaged"):
        knowledge_of({FACTS: json.dumps(facts).encode(), NUMBERS: held.getvalue()}, "avant")


def test_what_is_known_adds_to_what_words_say() -> None:
    """With titles that say nothing, a former contest alone puts most ideas in their theme before any answer."""
    ids = [f"I{n:02}" for n in range(len(TRUTH))]
    themes = ("D-a", "D-b", "D-c")
    rows = _rows(1)
    mute = {theme: {"words": np.zeros(len(ids))} for theme in themes}
    known = _knowledge().pulls(rows, dict(zip(themes, TITLES, strict=True)))
    places = dict.fromkeys(ids, Place(None, 0.0, weak=True))
    state = State({theme: Theme(theme, source="define") for theme in themes}, places, places)
    helped = prior(build(ids, rows, guided=mute, known=known), state, themes)
    alone = prior(build(ids, rows, guided=mute), state, themes)
    assert (helped.argmax(axis=1) == TRUTH).mean() > 0.85
    assert alone == pytest.approx(np.full_like(alone, 1 / 3))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.permutations(range(len(TRUTH))))
def test_row_order_never_matters(order: list[int]) -> None:
    """The same ideas in another order teach the same numbers."""
    rows, answered = _rows(0), np.arange(len(TRUTH)) % 3 == 0
    there = directions(rows[order], np.eye(3)[TRUTH[order]], answered[order])
    assert there == pytest.approx(_knowledge().weights, abs=2e-5)


def test_what_people_said_weighs_more() -> None:
    """An idea that a person placed draws its theme's direction more than one that follows."""
    row = np.array([[1.0, 0.0], [0.0, 1.0]])
    said, follows = (directions(row, np.eye(2), np.array([flag, False])) for flag in (True, False))
    assert said[0, 0] > follows[0, 0]


def test_the_same_model_gives_the_same_bytes_and_reads_back(tmp_path: Path) -> None:
    """Written twice, every file is the same; read, it is what was kept."""
    once, twice = (files_of(_knowledge(), "avant", 21, {}) for _ in range(2))
    assert once == twice
    found = load_knowledge(_saved(tmp_path / "w"), _params())
    assert found is not None
    assert found.themes == _knowledge().themes
    assert np.array_equal(found.weights, _knowledge().weights)


def test_card_says_what_is_inside_and_what_is_not(tmp_path: Path) -> None:
    """The card is French, counts themes and ideas, and names those left out."""
    root = _saved(tmp_path / "w").root
    card = (root / "models" / "avant" / CARD).read_text(encoding="utf-8")
    assert "3\u00a0thèmes" in card
    assert "60\u00a0idées, dont 21 placées par une personne (21\u00a0décisions en vigueur)" in card
    assert "«\u202fTrop petit\u202f» (moins de 5 idées)" in card
    assert "Ni texte d’idée" in card


def test_another_encoder_is_refused(tmp_path: Path) -> None:
    """Numbers of one encoder mean nothing to another: one sentence names both and says what to do."""
    with pytest.raises(MinilabsError) as caught:
        load_knowledge(_saved(tmp_path / "w"), _params(encoder="autre"))
    said = sentence(caught.value)
    assert "«\u202fuse-multilingual\u202f»" in said
    assert "«\u202fautre\u202f»" in said


def test_missing_model_is_said(tmp_path: Path) -> None:
    """A name that is no folder of `models` is an error, not silence; no name is no model."""
    workspace = _saved(tmp_path / "w")
    assert load_knowledge(workspace, Params()) is None
    with pytest.raises(MinilabsError) as caught:
        load_knowledge(workspace, _params("ailleurs"))
    assert "ailleurs" in sentence(caught.value)


def test_a_model_is_named_not_addressed() -> None:
    """A name cannot lead out of `models`."""
    with pytest.raises(MinilabsError) as caught:
        _params("../ailleurs")
    assert "review.model" in sentence(caught.value)


@pytest.mark.parametrize("harm", ["cut", "swapped", "json", "pickle", "columns"])
def test_damaged_model_is_refused(harm: str) -> None:
    """Cut, swapped, not JSON, holding objects: nothing of it is used and nothing of it is run."""
    files = files_of(_knowledge(), "avant", 21, {})
    other = files_of(Knowledge("use-multilingual", "", _knowledge().themes, _knowledge().weights * 2), "avant", 1, {})
    facts = json.loads(files[FACTS])
    harmed = {
        "cut": {NUMBERS: files[NUMBERS][:200]},
        "swapped": {NUMBERS: other[NUMBERS]},
        "json": {FACTS: b"{"},
        "pickle": {NUMBERS: b"\x80\x04K\x01."},
        "columns": {FACTS: json.dumps({**facts, "themes": facts["themes"][:2]}).encode()},
    }[harm]
    with pytest.raises(MinilabsError) as caught:
        knowledge_of({**files, **harmed}, "avant")
    assert caught.value.code == "review.model_damaged"


class _Trap:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self._path),)


def test_a_model_that_holds_objects_runs_nothing(tmp_path: Path) -> None:
    """Numbers replaced by objects, with the digest that fits them, are refused before anything of them is run."""
    files, numbers = files_of(_knowledge(), "avant", 21, {}), io.BytesIO()
    np.savez(numbers, weights=np.array([_Trap(tmp_path / "ran")], dtype=object), allow_pickle=True)
    facts = {**json.loads(files[FACTS]), "sha256": hashlib.sha256(numbers.getvalue()).hexdigest()}
    with pytest.raises(MinilabsError, match="model_damaged"):
        knowledge_of({NUMBERS: numbers.getvalue(), FACTS: json.dumps(facts).encode()}, "avant")
    assert not (tmp_path / "ran").exists()


def test_a_model_of_another_format_is_refused() -> None:
    """A file that says it is of another version is not read as one of this."""
    files = files_of(_knowledge(), "avant", 21, {})
    facts = {**json.loads(files[FACTS]), "format": 99}
    with pytest.raises(MinilabsError, match="model_damaged"):
        knowledge_of({**files, FACTS: json.dumps(facts).encode()}, "avant")


def test_a_theme_taken_up_has_the_id_of_its_title() -> None:
    """Two people who take up the same model define the same themes."""
    acts = [Decision(n, "2024-03-01", who, "define", "Vélo", "Venir à vélo") for n, who in ((1, "ab"), (9, "cd"))]
    assert new_theme_id(acts[0]) == new_theme_id(acts[1])
