"""The second reader on the sample: what it was asked and answered, replayed, beside the offline proposal.

`python benchmarks/reader.py` replays `tests/reader/sample/lectures.jsonl` and prints the figures.
`--ask FOLDER` writes the questions that come next as files (kind-mark.question.txt) and takes in the answers that lie
beside them (kind-mark.answer.txt): any reader can so be asked by hand, blind, and be recorded as the program records.
With `--shipped --record FILE`, the questions are those of the instructions as they are now, and FILE has the answers.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from sklearn.metrics import adjusted_mutual_info_score

from pipeline.params import Params
from pipeline.reader.entering import theme_id
from pipeline.reader.model import Coding, Settings, Text, digest
from pipeline.reader.plan import Task, kept, next_questions
from pipeline.reader.questions import coding
from pipeline.reader.questions.answers import found_json, quote_in
from pipeline.reader.questions.instructions import Instructions
from pipeline.reader.readings import Readings, codebook_in_force, readings
from pipeline.reader.record import Entry, Record, read
from pipeline.review.learning.learn import believe
from pipeline.review.learning.suggest import suggest
from pipeline.review.replaying.state import Place, State, Theme, Words
from pipeline.shells.alike.comparing import TABLES, space_with
from pipeline.shells.reading.reader import pairs_of, settings_of, texts_of
from pipeline.store import load
from pipeline.workspace import Workspace

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "tests" / "reader" / "sample"
RECORD, MODEL, CONTEXT = KEPT / "lectures.jsonl", "lecteur-aveugle", 32_000
OUTSIDE = "hors_theme"
Gains = list[tuple[int, float, float]]
"""Ideas read, AMI and accuracy of all."""
_SHOWN, _STEP, _HUNDRED = 15, 50, 100


def settings(ideas: int) -> Settings:
    """Return the settings of the recorded reader."""
    params = Params()
    section = params.reader.model_copy(update={"model": MODEL, "context": CONTEXT})
    return settings_of(params.model_copy(update={"reader": section}), ideas)


def instructions(*, shipped: bool) -> Instructions:
    """Return the instructions shipped, or those that the kept record was answered to."""
    own = {} if shipped else {path.name: path.read_text(encoding="utf-8") for path in KEPT.glob("consignes/*.txt")}
    return Instructions(own)


def task(workspace: Workspace, *, shipped: bool = False) -> Task:
    """Return what the recorded reader was to read: the sample, with no title given by anybody."""
    texts = texts_of(load(workspace, "ideas", stage="ingest"))
    pairs = pairs_of(load(workspace, "near_duplicates", stage="cluster"))
    return Task(texts, (), pairs, settings(len(texts)), instructions(shipped=shipped))


def ask(wanted: Task, path: Path, folder: Path) -> int:
    """Take the answers of a folder into the record at `path`, write the next questions, return how many wait."""
    folder.mkdir(parents=True, exist_ok=True)
    record = read(path.read_bytes() if path.is_file() else b"", path.name)
    added: list[Entry] = []
    names = {}
    for question in next_questions(wanted, record):
        name = f"{question.kind}-{digest(question.instruction, question.data)[:8]}"
        names[name] = question
        answer = folder / f"{name}.answer.txt"
        if answer.is_file():
            answers = kept(question, found_json(answer.read_text(encoding="utf-8")))
            added += [Entry(i.key, question.kind, i.ideas, MODEL, answers.get(i.key)) for i in question.items]
    if added:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(entry.line for entry in added)
        return ask(wanted, path, folder)
    for name, question in names.items():
        text = f"{question.instruction}\n\n{question.data}\n"
        (folder / f"{name}.question.txt").write_text(text, encoding="utf-8")
    return len(names)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scores(given: Mapping[str, str], coded: Mapping[str, str]) -> tuple[float, float]:
    """Return AMI, and the share of ideas whose theme's most frequent coding is theirs; ideas outside not counted."""
    ideas = sorted(idea for idea, theme in coded.items() if theme != OUTSIDE and idea in given)
    most = {
        theme: Counter(coded[idea] for idea in ideas if given[idea] == theme).most_common(1)[0][0]
        for theme in {given[idea] for idea in ideas}
    }
    right = sum(most[given[idea]] == coded[idea] for idea in ideas) / len(ideas)
    return float(adjusted_mutual_info_score([coded[i] for i in ideas], [given[i] for i in ideas])), right


Homes = Mapping[str, tuple[str, str]]
"""Idea → its theme, and its second theme or nothing."""


def second_themes(homes: Homes, coded: Mapping[str, str], others: Mapping[str, str]) -> float:
    """Return F1 of second themes: that an idea has one, and that it is the coder's second by majority."""
    places = {idea: home for idea, home in homes.items() if coded.get(idea, OUTSIDE) != OUTSIDE}
    most = {
        theme: Counter(coded[idea] for idea, (first, _) in places.items() if first == theme).most_common(1)[0][0]
        for theme in {first for first, _ in places.values()}
    }
    said = {idea: most.get(second, "") for idea, (_, second) in places.items() if second}
    true = {idea: theme for idea, theme in others.items() if theme and idea in places}
    right = sum(true.get(idea) == theme for idea, theme in said.items() if theme)
    return 2 * right / (len(said) + len(true)) if said or true else 1.0


def duplicates(pairs: Sequence[tuple[str, str]], gold: set[frozenset[str]]) -> int:
    """Return how many of the pairs that people listed are among the first fifteen."""
    return sum(frozenset(pair) in gold for pair in pairs[:_SHOWN])


def quotes(record: Record, texts: Sequence[Text]) -> float:
    """Return the share of codings whose quote was kept, hence really in the idea."""
    answers = [entry.answer for entry in record.of_kind("coding") if entry.answer]
    by_id = {text.idea: text.text for text in texts}
    held = [entry for entry in record.of_kind("coding") if entry.answer and entry.answer["citation"]]
    true = sum(bool(quote_in(entry.answer["citation"], by_id[entry.ideas[0]])) for entry in held if entry.answer)
    return true / len(answers) if answers else 0.0


def orders(record: Record, wanted: Task) -> float:
    """Return the share of ideas that both readings put in the same place."""
    book = codebook_in_force(record, wanted.texts) or ()
    both = [
        [record.answer(coding.key_of(t, book, o, wanted.settings, wanted.instructions)) for o in coding.ORDERS]
        for t in wanted.texts
    ]
    read_twice = [(a, b) for a, b in both if a and b]
    return sum(a["sujet"] == b["sujet"] for a, b in read_twice) / len(read_twice) if read_twice else 0.0


def gains(
    workspace: Workspace, found: Readings, coded: Mapping[str, str], order: str
) -> list[tuple[int, float, float]]:
    """Return (ideas read, AMI, accuracy) when only so many are read and the learner places the others from them.

    Args:
        workspace: where the sample was run.
        found: what was read of all ideas.
        coded: idea → theme.
        order: `suggest` for that of `minilabs suggest`, anything else for one drawn by the ideas' numbers.
    """
    tables = {name: load(workspace, name, stage=stage) for name, stage in TABLES.items()}
    names = [theme_id(rank) for rank in range(1, len(found.book) + 1)]
    titled = list(zip(names, found.book, strict=True))
    space = space_with(workspace, workspace.params(), tables, {n: (Words(s.title, s.definition),) for n, s in titled})
    if space is None:
        return []
    start = dict.fromkeys(space.ids, Place(None, 0.0))
    state = State({name: Theme(subject.title, subject.definition) for name, subject in titled}, start, start)
    rows: Gains = []
    drawn = sorted(space.ids, key=lambda idea: digest("order", idea))
    for count in range(0, len(space.ids) + _STEP, _STEP):
        believed = believe(state, space)
        if believed is None:
            return rows
        homes = {idea: str(place.theme) for idea, place in believed.state.places.items()}
        rows.append((min(count, len(space.ids)), *scores(homes, coded)))
        left = [idea for idea in drawn if state.places[idea].by is None]
        if order == "suggest":
            left = [question.idea for question in suggest(state, believed, space, _STEP)]
        state = state.with_places({idea: _as_read(found.places[idea], names) for idea in left[:_STEP]})
    return rows


def _as_read(place: Coding, names: Sequence[str]) -> Place:
    return Place(names[place.subject - 1] if place.subject else None, 1.0, weak=not place.subject, by=1)


def show_gains(workspace: Workspace, found: Readings, coded: Mapping[str, str]) -> None:
    """Print what reading some ideas brings to all of them, in the order of `suggest` and in one drawn."""
    curves = [gains(workspace, found, coded, order) for order in ("suggest", "drawn")]
    print(f"{'ideas read':24}{'AMI, suggest':>14}{'accuracy':>10}{'AMI, drawn':>14}{'accuracy':>10}")
    for (count, ami, right), (_, ami_drawn, right_drawn) in zip(*curves, strict=True):
        print(f"{count:<24}{ami:14.3f}{right:10.3f}{ami_drawn:14.3f}{right_drawn:10.3f}")
    suggested, drawn = map(per_hundred, curves)
    print(f"a hundred questions bring {suggested:+.3f} of AMI in the order of suggest, {drawn:+.3f} drawn")


def per_hundred(curve: Gains) -> float:
    """Return the AMI that the first hundred questions bring."""
    before, after = curve[0], next(row for row in curve if row[0] >= _HUNDRED)
    return (after[1] - before[1]) * _HUNDRED / after[0]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, default=ROOT, help="where the sample was run")
    parser.add_argument("--ask", type=Path, help="folder of questions and answers")
    parser.add_argument("--record", type=Path, default=RECORD, help="the answers")
    parser.add_argument("--shipped", action="store_true", help="the instructions shipped now, not those of the record")
    given = parser.parse_args()
    workspace = Workspace(given.workspace)
    sample, wanted = ROOT / "data" / "sample", task(workspace, shipped=given.shipped)
    if given.ask:
        print(f"{ask(wanted, given.record, given.ask)} questions wait in {given.ask}")
        return
    if not given.record.is_file():
        print("reader ami= accuracy= second= duplicates= quotes= orders=")
        return
    record = read(given.record.read_bytes(), given.record.name)
    found = readings(record, wanted.texts, wanted.pairs, wanted.settings, wanted.instructions)
    if found is None:
        print("reader ami= accuracy= second= duplicates= quotes= orders=")
        return
    gold = rows(sample / "gold.csv")
    coded = {row["idea_id"]: row["theme"] for row in gold}
    others = {row["idea_id"]: row.get("theme_secondary", "") for row in gold}
    pairs = {frozenset((row["idea_a"], row["idea_b"])) for row in rows(sample / "near_duplicates.csv")}
    places = {i: (str(place.subject), str(place.second or "")) for i, place in found.places.items()}
    offline = load(workspace, "candidate_idea_themes", "idea_themes", stage="cluster").fillna({"theme_id_2": ""})
    columns = (offline[name].astype(str) for name in ("idea_id", "theme_id", "theme_id_2"))
    before = {idea: (first, second) for idea, first, second in zip(*columns, strict=True)}
    near = load(workspace, "near_duplicates", stage="cluster")
    same = sorted(found.same, key=lambda pair: pair)
    ranked = [*same, *(pair for pair in pairs_of(near) if pair not in found.same)]
    print(f"{'':24}{'AMI':>8}{'accuracy':>10}{'second themes':>15}{'of ten duplicates in 15':>26}")
    for name, homes, list_ in (("offline, as it stands", before, pairs_of(near)), ("reader", places, ranked)):
        ami, right = scores({idea: first for idea, (first, _) in homes.items()}, coded)
        second = second_themes(homes, coded, others)
        print(f"{name:24}{ami:8.3f}{right:10.3f}{second:15.3f}{duplicates(list_, pairs):26d}")
    print(f"subjects: {json.dumps([subject.title for subject in found.book], ensure_ascii=False)}")
    show_gains(workspace, found, coded)
    print(
        f"reader ami={ami:.3f} accuracy={right:.3f} second={second:.3f}"
        f" duplicates={duplicates(ranked, pairs)} quotes={quotes(record, wanted.texts):.3f}"
        f" orders={orders(record, wanted):.3f}"
    )


if __name__ == "__main__":
    main()
