"""Encoders: same text, same bytes; any sentence-transformers model, with its prompt."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline.embed.encoders import OfflineEncoder, TransformerEncoder, load_encoder
from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.params import OFFLINE

TEXTS = ["Trier les déchets du self.", "Une salle de sieste", "", "Covoiturage entre les deux sites"]


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build and save a real sentence-transformers model of a few kilobytes: no hub, no download."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds to import
    from sentence_transformers.models import BoW, Dense  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("model")
    vocabulary = ["trier", "déchets", "salle", "covoiturage", "query:"]
    SentenceTransformer(modules=[BoW(vocabulary), Dense(len(vocabulary), 4)], device="cpu").save(str(folder))
    return folder


def test_offline_vectors_do_not_depend_on_the_batch() -> None:
    """A text has the same bytes alone, among others, and in another order."""
    encoder = OfflineEncoder()
    together = encoder.encode(TEXTS)
    assert together.dtype == np.float32
    for row, text in zip(together, TEXTS, strict=True):
        assert row.tobytes() == encoder.encode([text])[0].tobytes()
    assert encoder.encode(TEXTS[::-1])[::-1].tobytes() == together.tobytes()


def test_offline_vectors_are_unit_rows() -> None:
    """A vector has length one; an empty text, which says nothing, has zeros."""
    lengths = np.linalg.norm(OfflineEncoder().encode(TEXTS), axis=1)
    assert lengths == pytest.approx([1, 1, 0, 1], abs=1e-6)


def test_closer_in_meaning_is_closer() -> None:
    """Two sentences on one subject are nearer than two on different ones, without a word in common."""
    waste, rubbish, desk = OfflineEncoder().encode(
        ["réduire les déchets à la cantine", "moins de gaspillage au restaurant scolaire", "un bureau debout"]
    )
    assert waste @ rubbish > waste @ desk


def test_a_model_of_choice_by_folder(tiny_model: Path) -> None:
    """A folder below the workspace is loaded as a sentence-transformers model, whatever the batch."""
    encoder = load_encoder(tiny_model.name, "", tiny_model.parent)
    together = encoder.encode(TEXTS[:2])
    assert together.shape == (2, 4)
    assert encoder.encode(TEXTS[1:2]).tobytes() == together[1:].tobytes()


def test_the_prompt_is_placed_before_each_text(tiny_model: Path) -> None:
    """A prompt changes the vectors as the same words written in the text do."""
    plain, prompted = TransformerEncoder(str(tiny_model)), TransformerEncoder(str(tiny_model), "query: ")
    assert prompted.encode(["salle"]).tobytes() == plain.encode(["query: salle"]).tobytes()
    assert prompted.encode(["salle"]).tobytes() != plain.encode(["salle"]).tobytes()


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A folder that holds no model is one error that names it."""
    (tmp_path / "vide").mkdir()
    with pytest.raises(MinilabsError) as caught:
        load_encoder("vide", "", tmp_path).encode(["texte"])
    assert caught.value.code == "embed.no_model"
    assert "vide" in str(caught.value.facts["name"])


def test_the_offline_encoder_is_the_default_name() -> None:
    """The name in params.yaml gives the offline encoder."""
    assert isinstance(load_encoder(OFFLINE, "", Path()), OfflineEncoder)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "1_Dense/pytorch_model.bin", "extra.pkl"])
def test_a_model_that_could_hold_code_is_refused(tiny_model: Path, tmp_path: Path, name: str) -> None:
    """Weights in a format that can run code are refused before anything of the folder is read."""
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    (folder / name).write_bytes(pickle.dumps("anything"))
    with pytest.raises(MinilabsError) as caught:
        TransformerEncoder(str(folder)).encode(["Trier"])
    assert caught.value.code == "embed.pickled"
    assert Path(name).name in sentence(caught.value)


def test_code_of_a_model_is_never_run(tiny_model: Path, tmp_path: Path) -> None:
    """A model whose modules are a program of its own is refused, and the program does not run."""
    folder, trace = tmp_path / "model", tmp_path / "ran"
    shutil.copytree(tiny_model, folder)
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules[0]["type"] = "evil.Module"
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / "evil.py").write_text(f"open({str(trace)!r}, 'w')\nclass Module: ...\n", encoding="utf-8")
    with pytest.raises(MinilabsError) as caught:
        TransformerEncoder(str(folder)).encode(["Trier"])
    assert caught.value.code == "embed.no_model"
    assert not trace.exists()
