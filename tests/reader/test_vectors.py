"""Vectors of a server's model: asked for once, checked, kept, and replayed by the chain when the server is gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.embed import embed, encoded_texts
from pipeline.embed.encoders import FaintEncoder, OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.errors import MinilabsError
from pipeline.reader.vectors import MOST, Kept, batches, checked, key_of, read, without
from pipeline.schema import TABLES
from pipeline.shells.alike.served import recorded
from pipeline.shells.reading import consenting, reader
from pipeline.shells.reading.asking_vectors import missing_vectors
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.reader.conftest import Start, ideas, workspace
from tests.reader.test_asking import asked
from tests.test_cli import minilabs

KEPT = "data/review/lecteur/vecteurs.jsonl"


def contest(folder: Path, address: str, count: int = 24, **settings: object) -> Workspace:
    """Return a workspace whose encoder is a model of the reader's server, before the chain has run on it."""
    wanted: dict[str, object] = {"encoder": "'serveur:bge-test'", "grille": "aucune", "members": 24, "draws": 2}
    place = workspace(folder, address, count, "''", **wanted, **settings)
    place.path("data/interim/near_duplicates.parquet").unlink()
    for name in ("holders", "idea_holders"):
        save(place, name, TABLES[name].empty())
    return place


def bodies(sent: Path) -> list[dict[str, Any]]:
    """Return the bodies of the requests that a server was sent."""
    return [json.loads(part.rpartition(b"\n")[2]) for part in sent.read_bytes().split(b"\n\0\n") if part]


def test_the_chain_replays_what_a_server_gave(tmp_path: Path, start: Start) -> None:
    """Before asking, one sentence; asked once, in calls that servers take; then the chain runs with the server gone."""
    address, sent = start("plain")
    place = contest(tmp_path / "a", address)
    here = ("--workspace", str(place.root))
    refused = minilabs("embed", *here)
    assert refused.returncode == 2
    assert "minilabs reader ask" in refused.stderr
    shown = minilabs("reader", "preview", *here).stdout
    assert "pour la cantine. agir sur la cantine du site, cas 0." in shown
    assert not sent.exists()
    assert asked(place).stopped is False
    requests = bodies(sent)
    assert all(set(body) == {"model", "input", "encoding_format"} for body in requests)
    texts = [text for body in requests for text in body["input"]]
    wanted = encoded_texts(load(place, "ideas"), FrenchParser())
    assert sorted(texts) == sorted(wanted)
    assert {body["model"] for body in requests} == {"bge-test"}
    text = place.path("params.yaml").read_text(encoding="utf-8").replace(address, "http://127.0.0.1:9/v1")
    place.path("params.yaml").write_text(text, encoding="utf-8")
    for stage in ("embed", "cluster"):
        result = minilabs(stage, *here)
        assert result.returncode == 0, result.stderr
    rows = np.array(load(place, "vectors")["vector"].tolist())
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert rows.shape == (24, 8)
    first = place.path("data/interim/vectors.parquet").read_bytes()
    place.path(KEPT).write_bytes(b"".join(sorted(place.path(KEPT).read_bytes().splitlines(keepends=True))))
    minilabs("embed", *here)
    assert place.path("data/interim/vectors.parquet").read_bytes() == first


@pytest.mark.parametrize("manner", ["ragged", "fewer", "null", "words", "file"])
def test_vectors_that_cannot_serve_are_refused(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch, manner: str
) -> None:
    """Other dimensions, one too few, without length, not one, none at all: one sentence, and none of them is kept."""
    monkeypatch.setattr("pipeline.reader.client._RETRIES", 0)
    place = contest(tmp_path / "a", start(manner)[0])
    with pytest.raises(MinilabsError, match=r"reader\.vectors"):
        asked(place)
    assert place.path(KEPT).read_bytes() == b""


def test_a_budget_stops_and_what_is_kept_is_not_asked_again(tmp_path: Path, start: Start) -> None:
    """With one call allowed, asking stops and goes on; each text is sent once; a corrected idea sends only its own."""
    address, sent = start("plain")
    place = contest(tmp_path / "a", address, 70, calls=1, parallel=1)
    assert asked(place).stopped
    while asked(place).stopped:
        assert len(bodies(sent)) < 9
    texts = [text for body in bodies(sent) for text in body["input"]]
    assert len(texts) == len(set(texts))
    changed = ideas(70)
    changed.loc[3, "text"] = "Un compost derrière le réfectoire."
    save(place, "ideas", changed)
    before = len(bodies(sent))
    asked(place)
    later = [text for body in bodies(sent)[before:] for text in body["input"]]
    assert "un compost derrière le réfectoire." in later
    assert set(later) <= set(encoded_texts(changed, FrenchParser())) - set(texts)


def test_a_person_s_vectors_go_and_another_model_asks_for_consent(tmp_path: Path, start: Start) -> None:
    """The vectors of an idea are forgotten with it; another model of vectors is another consent."""
    place = contest(tmp_path / "a", start("plain")[0])
    asked(place)
    assert missing_vectors(place, place.params()) == {}
    reader.forget(place, place.params(), ["I007"])
    assert b'"I007"' not in place.path(KEPT).read_bytes()
    gone = missing_vectors(place, place.params())
    assert {idea for whose in gone.values() for idea in whose} == {"I007"}
    assert consenting.consented(place, place.params())
    text = place.path("params.yaml").read_text(encoding="utf-8").replace("bge-test", "bge-autre")
    place.path("params.yaml").write_text(text, encoding="utf-8")
    assert not consenting.consented(place, place.params())
    reader.forget(place, place.params())
    assert not place.path(KEPT).exists()


def test_a_title_that_was_never_asked_resembles_nothing(tmp_path: Path, start: Start) -> None:
    """A title that a person just wrote has a row of zeros, of the right size; an idea without vector is an error."""
    place = contest(tmp_path / "a", start("plain")[0])
    asked(place)
    encoder = recorded(place, place.params())
    rows = FaintEncoder(encoder).encode(["\ue000jamais demandé", "cantine"])
    assert rows.shape == (2, 8)
    assert not rows[0].any()
    assert np.linalg.norm(rows[1]) == pytest.approx(1, abs=1e-6)
    with pytest.raises(MinilabsError, match=r"embed\.unasked"):
        encoder.encode(["jamais demandé"])


def test_what_is_asked_is_what_the_chain_encodes() -> None:
    """The texts that are asked for are those that the embed stage gives its encoder, no more and no less."""
    seen: list[str] = []

    class Noting:
        def encode(self, texts: list[str]) -> np.ndarray:
            seen.extend(text for text in texts if text.strip())
            return np.zeros((len(texts), 4), dtype=np.float32)

    parser = FrenchParser()
    embed(ideas(7), Noting(), parser, offline=OfflineEncoder())
    assert set(seen) == set(encoded_texts(ideas(7), parser))


_TEXTS = st.dictionaries(st.text(max_size=60), st.tuples(), max_size=200)


@given(_TEXTS, st.integers(10, 200))
def test_calls_hold_each_text_once_within_what_a_server_takes(texts: dict[str, tuple[str, ...]], room: int) -> None:
    """Every text that is not empty is in one call, in order; a call has at most so many texts, never none."""
    groups = batches(texts, room)
    assert [text for group in groups for text in group] == [text for text in texts if text.strip()]
    assert all(0 < len(group) <= MOST for group in groups)


_ROW = st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5).filter(lambda row: any(abs(x) > 1e-3 for x in row))


@given(st.lists(_ROW, min_size=1, max_size=4))
def test_a_vector_is_read_back_as_it_was_kept(rows: list[list[float]]) -> None:
    """Kept and read back, a vector has the same bytes, its model and its ideas, and points where the server's did."""
    texts = {f"texte {place}": (f"I{place}",) for place in range(len(rows))}
    found = checked(rows, texts, "m", None)
    again = read("".join(one.line for one in found).encode(), "f")
    assert [(one.key, one.model, one.ideas) for one in again] == [(key_of(t, "m"), "m", i) for t, i in texts.items()]
    for one, other, row in zip(found, again, rows, strict=True):
        assert one.values.tobytes() == other.values.tobytes()
        assert one.values @ np.array(row) / np.linalg.norm(row) == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"pas du JSON",
        b'{"key": "a", "model": "m", "ideas": [], "vector": "AA"}',
        b'{"key": "a", "model": "m", "ideas": [], "vector": ""}',
        b'{"key": "a", "model": "m", "ideas": [], "vector": "AHwAfA=="}',
    ],
)
def test_a_damaged_vector_is_named_by_its_line(line: bytes) -> None:
    """A line that is no vector is named; one without its end, cut by a kill, is passed over."""
    good = Kept("k", "m", ("I1", "I2"), np.ones(4, dtype=np.float32)).line.encode()
    with pytest.raises(MinilabsError) as caught:
        read(good + line + b"\n", "f")
    assert caught.value.facts["line"] == 2
    assert len(read(good + line, "f")) == 1


def test_a_text_of_two_ideas_stays_while_one_of_them_does() -> None:
    """Forgetting one of two ideas of one text keeps its vector, which names the other alone; words stay."""
    one = np.ones(2, dtype=np.float32)
    both, word = Kept("k", "m", ("I1", "I2"), one), Kept("w", "m", (), one)
    left = without([both, word], ["I1"])
    assert [(one.key, one.ideas) for one in left] == [("k", ("I2",)), ("w", ())]
    assert [one.key for one in without([both, word], ["I1", "I2"])] == ["w"]
