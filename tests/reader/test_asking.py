"""Asking a real server, in another process, that behaves as servers do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.reader.plan import next_questions
from pipeline.reader.record import Record
from pipeline.shells.alike.given import themes_given
from pipeline.shells.reading import asking, consenting, reader
from pipeline.shells.reading.reader_told import desk_of
from pipeline.store import load
from pipeline.workspace import Workspace
from tests.reader.conftest import Start, workspace
from tests.test_cli import minilabs

SUBJECT = ("titre", "definition", "comprend", "exclut", "idees")
RECORD = "data/review/lecteur/lectures.jsonl"


def asked(place: Workspace) -> asking.Asked:
    """Return what asking comes to in a workspace, once somebody agreed."""
    params = place.params()
    if not consenting.consented(place, params):
        consenting.consent(place, params, "AB", "2026-01-05T10:00:00")
    with asking.connect(params) as server:
        return asking.ask(asking.open_desk(place), server, lambda _done, _total: None)


def replayed(place: Workspace) -> object:
    """Return the readings as the chain replays them."""
    replay = reader.load_replay(place, place.params(), load(place, "ideas"))
    return replay.readings(load(place, "near_duplicates")) if replay else None


@pytest.mark.parametrize("manner", ["plain", "strict", "chatty", "busy", "file"])
def test_servers_that_differ_give_the_same_readings(tmp_path: Path, start: Start, manner: str) -> None:
    """Whatever a server refuses or how long it makes wait, the same reader is read the same."""
    reference = workspace(tmp_path / "a", start("plain")[0])
    other = workspace(tmp_path / "b", start(manner)[0])
    first, second = asked(reference), asked(other)
    assert (first.stopped, second.stopped) == (False, False)
    assert replayed(reference) == replayed(other)
    found = replayed(other)
    assert found is not None
    assert len(found.places) == 40  # type: ignore[attr-defined]
    assert found.model == "lecteur-test-1"  # type: ignore[attr-defined]


def test_what_a_server_refuses_is_asked_once(tmp_path: Path, start: Start) -> None:
    """A manner that a server refuses is remembered: two refusals, then none."""
    address, sent = start("strict")
    asked(workspace(tmp_path / "a", address, parallel=1))
    bodies = [json.loads(part.rpartition(b"\n")[2]) for part in sent.read_bytes().split(b"\n\0\n") if part]
    formats = [body.get("response_format", {}).get("type") for body in bodies]
    assert formats.count("json_schema") <= 2
    assert formats[-1] == "json_object"
    assert sum("max_completion_tokens" in body for body in bodies) == 1


def test_nothing_is_sent_but_numbers_and_masked_texts(tmp_path: Path, start: Start) -> None:
    """Every byte that leaves is a header of the protocol, an instruction, a number or a masked text."""
    address, sent = start("plain")
    place = workspace(tmp_path / "a", address)
    (tmp_path / "a/data/interim/holders.parquet").write_bytes(b"never read")
    asked(place)
    texts = {text.idea: text.text for text in reader.texts_of(load(place, "ideas"))}
    for part in sent.read_bytes().split(b"\n\0\n"):
        if not part:
            continue
        head, _, content = part.rpartition(b"\n")
        names = {line.partition(b":")[0].lower() for line in head.splitlines()[1:] if line}
        assert names <= {
            b"host", b"accept", b"accept-encoding", b"connection", b"content-type", b"content-length", b"user-agent",
            b"authorization",
        }  # fmt: skip
        body = json.loads(content)
        assert set(body) <= {
            "model", "messages", "temperature", "seed", "max_completion_tokens", "response_format",
        }  # fmt: skip
        data = [json.loads(line) for line in body["messages"][1]["content"].splitlines()]
        for row in data:
            assert set(row) in (
                {"id", "texte"},
                {"paire", "a", "b"},
                {"titre", "definition", "comprend", "exclut", "idees"},
            )
            if "id" in row:
                assert row["texte"] == texts[row["id"]]


@pytest.mark.parametrize(
    ("manner", "model", "code", "seconds"),
    [
        ("closed", "lecteur-test", "reader.busy", 5),
        ("elsewhere", "lecteur-test", "reader.refused", 5),
        ("locked", "lecteur-test", "reader.key", 5),
        ("plain", "absent", "reader.no_model", 5),
        ("short", "lecteur-test", "reader.context", 5),
    ],
)
def test_a_server_that_cannot_answer_is_one_sentence(
    tmp_path: Path, start: Start, manner: str, model: str, code: str, seconds: float
) -> None:
    """A server that is busy, elsewhere, locked, without the model or too small is told without quoting its words."""
    place = workspace(tmp_path / "a", start(manner)[0], model=model, seconds=seconds)
    with pytest.raises(MinilabsError) as caught:
        asked(place)
    assert caught.value.code == code
    assert "s3cret" not in sentence(caught.value)


def test_an_answer_in_drops_does_not_last_for_ever(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that sends a byte now and then is given up after the time that a whole answer may take."""
    monkeypatch.setattr("pipeline.reader.client._RETRIES", 0)
    place = workspace(tmp_path / "a", start("drip")[0], seconds=0.5)
    with pytest.raises(MinilabsError, match=r"reader\.slow"):
        asked(place)


def test_nobody_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nothing listens is told, and nothing is recorded."""
    monkeypatch.setattr("pipeline.reader.client._RETRIES", 0)
    place = workspace(tmp_path / "a", "http://127.0.0.1:9/v1")
    with pytest.raises(MinilabsError, match=r"reader\.unreachable"):
        asked(place)
    assert replayed(place) is None


def test_an_interrupted_reading_goes_on_where_it_stopped(tmp_path: Path, start: Start) -> None:
    """What was answered before a server died is kept; asked again, only the rest is."""
    dying, sent = start("dying")
    place = workspace(tmp_path / "a", dying)
    with pytest.raises(MinilabsError, match="reader"):
        asked(place)
    lines = place.path(RECORD).read_bytes()
    assert lines.count(b"\n") >= 1
    place.path(RECORD).write_bytes(lines + b'{"key": "cut')  # a run killed while it wrote
    address, later = start("plain")
    text = place.path("params.yaml").read_text(encoding="utf-8").replace(dying, address)
    place.path("params.yaml").write_text(text, encoding="utf-8")
    asked(place)
    before = {part.rpartition(b"\n")[2] for part in sent.read_bytes().split(b"\n\0\n")[:2]}
    after = {part.rpartition(b"\n")[2] for part in later.read_bytes().split(b"\n\0\n") if part}
    assert not before & after
    whole = workspace(tmp_path / "b", start("plain")[0])
    asked(whole)
    assert replayed(place) == replayed(whole)


def test_a_budget_stops_cleanly(tmp_path: Path, start: Start) -> None:
    """With a few calls allowed, asking stops and says so; run again, it ends with the same readings."""
    place = workspace(tmp_path / "a", start("plain")[0], calls=3)
    counts = []
    while (result := asked(place)).stopped:
        counts.append(result.calls)
    assert counts
    assert max(counts) <= 3
    whole = workspace(tmp_path / "b", start("plain")[0])
    asked(whole)
    assert replayed(place) == replayed(whole)


def test_a_new_or_corrected_idea_is_all_that_is_asked(tmp_path: Path, start: Start) -> None:
    """One idea corrected and one added: only these two are coded again."""
    address, sent = start("plain")
    place = workspace(tmp_path / "a", address)
    asked(place)
    already = len(sent.read_bytes().split(b"\n\0\n"))
    other = workspace(tmp_path / "b", address, count=41)
    ideas = load(other, "ideas")
    ideas.loc[3, "description"] = "Une cantine corrigée par son auteur, pour tous."
    from pipeline.store import save  # noqa: PLC0415

    save(place, "ideas", ideas)
    asked(place)
    later = [part for part in sent.read_bytes().split(b"\n\0\n")[already - 1 :] if part]
    coded = [
        json.loads(line)["id"]
        for part in later
        for message in [json.loads(part.rpartition(b"\n")[2])["messages"]]
        if "Tu classes" in message[0]["content"]
        for line in message[1]["content"].splitlines()
    ]
    assert sorted(set(coded)) == ["I003", "I040"]


def test_a_hostile_reader_invents_and_loses_nothing(tmp_path: Path, start: Start) -> None:
    """Unknown ids, doubles, refusals, live markup, endless answers: no idea invented, none lost, first answer kept."""
    place = workspace(tmp_path / "a", start("hostile")[0])
    good = workspace(tmp_path / "b", start("plain")[0])
    asked(place)
    asked(good)
    found, expected = replayed(place), replayed(good)
    assert set(found.places) == set(expected.places)  # type: ignore[attr-defined]
    assert found.judged == frozenset()  # type: ignore[attr-defined]
    for words in found.words.values():  # type: ignore[attr-defined]
        assert words["titre"] == ""
        assert words["tensions"] == []
        assert all(idea in found.places for claim in words["affirmations"] for idea in claim["idees"])  # type: ignore[attr-defined]


def test_an_answer_of_another_shape_leaves_ideas_open(tmp_path: Path, start: Start) -> None:
    """A server whose answers are not the protocol's is asked twice, then ideas are left open."""
    place = workspace(tmp_path / "a", start("odd")[0], count=12)
    result = asked(place)
    assert result.opened == 24  # two readings of each
    assert replayed(place).places == {}  # type: ignore[attr-defined]


def test_consent_comes_first_and_again_for_another_model(tmp_path: Path, start: Start) -> None:
    """Nothing leaves before somebody agreed, nor after the model or the server changed."""
    address, sent = start("plain")
    place = workspace(tmp_path / "a", address)
    desk = asking.open_desk(place)
    with asking.connect(desk.params) as server, pytest.raises(MinilabsError, match=r"reader\.consent"):
        asking.ask(desk, server, lambda _done, _total: None)
    assert not sent.exists()
    asked(place)
    text = place.path("params.yaml").read_text(encoding="utf-8").replace("lecteur-test", "un-autre")
    place.path("params.yaml").write_text(text, encoding="utf-8")
    assert not consenting.consented(place, place.params())
    rows = place.path("data/review/lecteur/consentement.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith('"2026-01-05T10:00:00","AB"')


def test_the_key_is_kept_nowhere(tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key reaches the server and no file of the workspace."""
    address, sent = start("locked")
    monkeypatch.setenv("MINILABS_READER_KEY", "s3cret-Key")
    place = workspace(tmp_path / "a", address)
    asked(place)
    assert b"Bearer s3cret-Key" in sent.read_bytes()
    files = [path for path in place.root.rglob("*") if path.is_file()]
    assert files
    assert not any(b"s3cret" in path.read_bytes() for path in files)


def test_forgetting_drops_a_persons_ideas_and_quotes(tmp_path: Path, start: Start) -> None:
    """What was read of an idea is dropped: its place, its quote, the words that rest on it."""
    place = workspace(tmp_path / "a", start("plain")[0])
    asked(place)
    assert b'"I007"' in place.path(RECORD).read_bytes()
    reader.forget(place, place.params(), ["I007"])
    assert b"I007" not in place.path(RECORD).read_bytes()
    found = replayed(place)
    assert "I007" not in found.places  # type: ignore[attr-defined]
    assert len(found.places) == 39  # type: ignore[attr-defined]


def test_the_commands_from_preview_to_forget(tmp_path: Path, start: Start) -> None:
    """In a terminal: status, preview with the exact texts, asking with consent, status again, forgetting."""
    address, sent = start("plain")
    place = workspace(tmp_path / "a", address, count=15)
    here = ("--workspace", str(place.root))
    assert "Lectures : aucune" in minilabs("reader", *here).stdout.replace("\u202f", " ")
    shown = minilabs("reader", "preview", "--textes", *here)
    assert shown.returncode == 0
    assert "Pour la cantine (0)" in shown.stdout
    assert not sent.exists()
    done = minilabs("reader", "ask", "--oui", "--qui", "AB", *here)
    assert done.returncode == 0, done.stderr
    assert "15 idées lues" in minilabs("reader", *here).stdout.replace("\u202f", " ").replace("\u00a0", " ")
    assert minilabs("reader", "forget", "--oui", *here).returncode == 0
    assert replayed(place) is None


def test_of_many_ideas_those_that_help_most_are_read_and_stay(tmp_path: Path, start: Start) -> None:
    """With twelve ideas allowed of forty, the first ones of the order are read; another order later asks nothing."""
    address, sent = start("plain")
    place = workspace(tmp_path / "a", address, ideas=12)
    wanted = [f"I{number:03d}" for number in range(39, -1, -1)]
    consenting.consent(place, place.params(), "AB", "2026-01-05T10:00:00")

    def read(order: list[str]) -> asking.Desk:
        desk = asking.open_desk(place, order=lambda most: order[:most])
        with asking.connect(desk.params) as server:
            asking.ask(desk, server, lambda _done, _total: None)
        return desk

    assert read(wanted).left_out == 28
    assert {text.idea for text in read(wanted).task.texts} == set(wanted[:12])
    before = sent.read_bytes()
    assert {text.idea for text in read(wanted[::-1]).task.texts} == set(wanted[:12])
    assert sent.read_bytes() == before
    assert replayed(place).places.keys() == set(wanted[:12])  # type: ignore[attr-defined]


def test_the_list_can_be_a_frame_of_the_subjects(tmp_path: Path) -> None:
    """With `listed`, the first question gives the titles of the starting list to start from; else it gives none."""
    place = workspace(tmp_path / "a", "http://127.0.0.1:9/v1", 12, listed="true", grille="data/review/grille.csv")
    title = next(iter(themes_given(place, place.params()).values())).title
    assert f"- {title}. " in next_questions(desk_of(place).task, Record())[0].instruction
    text = place.path("params.yaml").read_text(encoding="utf-8").replace("listed: true", "listed: false")
    place.path("params.yaml").write_text(text, encoding="utf-8")
    assert title not in next_questions(desk_of(place).task, Record())[0].instruction
