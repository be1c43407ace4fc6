"""What is read reaches the proposal: themes, places, quotes and pairs, below what people decide."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.reader.entering import sentence_around
from pipeline.schema import TABLES
from pipeline.shells.deciding.desk import open_desk
from pipeline.shells.reading import reader
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.reader.conftest import WORDS, Start, workspace
from tests.reader.test_asking import asked
from tests.test_cli import minilabs


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace whose ideas were turned into vectors, with a reader that nobody asked yet."""
    place = workspace(tmp_path_factory.mktemp("embedded") / "contest", "http://127.0.0.1:9/v1", members=24, draws=2)
    for name in ("holders", "idea_holders"):
        save(place, name, TABLES[name].empty())
    result = minilabs("embed", "--workspace", str(place.root))
    assert result.returncode == 0, result.stderr
    return place.root


def copied(embedded: Path, folder: Path, address: str) -> Workspace:
    """Return a copy of the workspace whose reader is at `address`."""
    shutil.copytree(embedded, folder)
    params = folder / "params.yaml"
    params.write_text(params.read_text(encoding="utf-8").replace("http://127.0.0.1:9/v1", address), encoding="utf-8")
    return Workspace(folder)


def test_readings_become_themes_that_the_chain_replays(embedded: Path, tmp_path: Path, start: Start) -> None:
    """Asked once, the reader's subjects are the themes, marked as its own, with its quotes; the server may be gone."""
    place = copied(embedded, tmp_path / "contest", start("plain")[0])
    asked(place)
    for stage in ("cluster", "review"):
        result = minilabs(stage, "--workspace", str(place.root))
        assert result.returncode == 0, result.stderr
    themes, ideas = load(place, "themes"), load(place, "idea_themes")
    assert set(themes["origin"]) == {"reader"}
    assert themes["stability"].isna().all()
    assert set(ideas["decided_by"]) == {"reader"}
    assert ideas["why"].str.contains("Proposé par le lecteur (lecteur-test-1)", regex=False).all()
    asked_of = load(place, "words_read")
    assert set(asked_of["kind"]) == {"question"}
    assert asked_of["text"].str.startswith("Comment faire mieux avec ").all()
    assert sorted(idea for read in asked_of["ideas"] for idea in read) == sorted(ideas["idea_id"])
    said = open_desk(place).said
    assert set(said) == set(ideas["idea_id"])
    assert sum(voice.reader == voice.alone for voice in said.values()) >= 35  # the words of an idea name its subject
    groups = ideas.assign(word=[WORDS[int(idea[1:]) % 5] for idea in ideas["idea_id"]]).groupby("theme_id")["word"]
    assert (groups.nunique() == 1).all()
    first = [place.path(f"data/interim/{name}.parquet").read_bytes() for name in ("themes", "idea_themes", "claims")]
    minilabs("cluster", "--workspace", str(place.root))
    minilabs("review", "--workspace", str(place.root))
    again = [place.path(f"data/interim/{name}.parquet").read_bytes() for name in ("themes", "idea_themes", "claims")]
    assert again == first


def test_what_people_decide_stands_above_the_reader(embedded: Path, tmp_path: Path, start: Start) -> None:
    """An idea that a person moves is the person's; forgetting the readings brings the offline proposal back."""
    place = copied(embedded, tmp_path / "contest", start("plain")[0])
    offline = copied(embedded, tmp_path / "offline", "http://127.0.0.1:9/v1")
    here = ("--workspace", str(place.root))
    asked(place)
    minilabs("cluster", *here)
    minilabs("review", *here)
    themes = load(place, "themes")
    home = load(place, "idea_themes").set_index("idea_id")["theme_id"]
    other = next(theme for theme in themes["theme_id"] if theme != home["I000"])
    result = minilabs("review", "add", "assign", "I000", other, "--qui", "AB", "--oui", *here)
    assert result.returncode == 0, result.stderr
    minilabs("review", *here)
    moved = load(place, "idea_themes").set_index("idea_id")
    assert (moved.loc["I000", "theme_id"], moved.loc["I000", "decided_by"]) == (other, "analyst")
    reader.forget(place, place.params())
    minilabs("cluster", *here)
    minilabs("cluster", "--workspace", str(offline.root))
    tables = [load(w, "candidate_idea_themes", "idea_themes") for w in (place, offline)]
    assert tables[0].equals(tables[1])


def test_a_sentence_is_quoted_whole() -> None:
    """The claim of a theme is the whole sentence of the idea around the words that the reader quoted."""
    text = "Titre sans point\nBonjour à tous. Je propose un compost à la cantine, merci ! Et voilà."
    assert sentence_around(text, "un compost à la cantine") == "Je propose un compost à la cantine, merci !"
    assert sentence_around(text, "absent") == "absent"
