"""An analyst's afternoon, end to end: export, decisions through each door, groups, letters, every public file.

What the stages' own tests cannot see are their joints. Add yours here, on the fixtures: `afternoon` (the workspace
after `minilabs run`, and what was decided in it), `tables` (what was published as CSV), `documents` (pages as text) and
`letters` (text of each reply). The chain runs once (see `conftest`); `test_year` goes on from there.
"""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.initialise import initialise
from pipeline.notebook.panel import trial
from pipeline.notebook.panel.view import View
from pipeline.review.sheet.workbook import IDEAS, THEMES
from pipeline.run import locked, run
from pipeline.shells.deciding.desk import Desk, open_desk
from pipeline.stages import STAGES
from pipeline.store import load, write_text
from pipeline.words.kinds import GROUPS, KINDS, NAMELESS
from pipeline.workspace import Workspace

IDEAS_READ = 120
"""Ideas of the sample that the contest has: enough for seven themes and as many groups."""

EXPORTED = ("ideas", "idea_holders", "holders")
AT_TERMINAL, AT_PANEL, IN_WORKBOOK = "Titre donné au terminal", "Titre donné au panneau", "Titre donné au classeur"
OPENED = "Venir au travail à vélo ou en train"
NEW_ROW = "Sport et santé des agents"
_MARKS = re.compile(r"(?s)<(style|script)\b.*?</\1>|<[^>]+>")


@dataclass(frozen=True, slots=True)
class Afternoon:
    """What was decided, and where.

    Attributes:
        workspace: after `minilabs run`.
        titles: theme id → the title that a person gave it.
        closed: theme id → the title it had; merged into another, or set aside.
        homes: idea → the theme where a person put it.
        kinds: theme id → the kind that a person chose.
        pinned: theme id → the ideas it had when a person pinned it.
        nowhere: idea that a person said fits nowhere.
    """

    workspace: Workspace
    titles: Mapping[str, str]
    closed: Mapping[str, str]
    homes: Mapping[str, str]
    kinds: Mapping[str, str]
    pinned: Mapping[str, frozenset[str]]
    nowhere: str


def terminal(workspace: Workspace, *words: str) -> str:
    """Type a command that decides, « oui » said beforehand, and return what it answers."""
    result = CliRunner().invoke(app, ["review", *words, "--qui", "ab", "--oui", "--workspace", str(workspace.root)])
    assert result.exception is None, (words, result.exception)
    return result.output


def panel(desk: Desk, view: View) -> Desk:
    """Record a draft of the panel as its button does, and return the desk afterwards."""
    tried = trial.trial(desk, view)
    assert tried is not None
    assert tried.ready, tried.problems
    return trial.record(desk, tried.acts, "cd", "au panneau")[0]


def workbook(workspace: Workspace, cells: Sequence[tuple[str, str, str, str]]) -> None:
    """Export the workbook, fill cells (sheet, number of the row, column, text; no number: a new row), import it."""
    book = openpyxl.load_workbook(io.BytesIO(open_desk(workspace).workbook()))
    for name, key, column, text in cells:
        sheet = book[name]
        header = [cell.value for cell in sheet[1]]
        row = next(row for row in sheet.iter_rows(min_row=2) if (row[0].value or "") == key)
        row[header.index(column)].value = text
    path = workspace.root / "revue.xlsx"
    book.save(path)
    terminal(workspace, "import", str(path))


def contest(folder: Path, sample: Path) -> Workspace:
    """Return a new workspace on the first ideas of the sample and the people who hold them, themes proposed."""
    initialise(folder)
    ideas, links, holders = (pd.read_csv(sample / f"{name}.csv", dtype=str) for name in EXPORTED)
    ideas = ideas.head(IDEAS_READ)
    links = links[links["idea_id"].isin(ideas["id"])]
    holders = holders[holders["agent_id"].isin(links["agent_id"])]
    for name, frame in zip(EXPORTED, (ideas, links, holders), strict=True):
        frame.to_csv(folder / "data" / "raw" / f"{name}.csv", index=False)
    params = (folder / "params.yaml").read_text(encoding="utf-8")
    quick = {"n_themes:": "n_themes: 7", "members: 512": "members: 64", "draws: 20": "draws: 5"}
    for was, now in quick.items():
        params = re.sub(rf"^(\s+){was}$", rf"\g<1>{now}", params, flags=re.MULTILINE)
    write_text(folder / "params.yaml", params)
    workspace = Workspace(folder)
    with locked(workspace):
        list(run(workspace, workspace.params(), lambda _: lambda _done, _total: None, STAGES[:3], force=False))
    return workspace


def decide(workspace: Workspace) -> Afternoon:
    """Decide as an analyst does: fifteen acts and more, at the terminal, in the workbook and on the panel."""
    state = open_desk(workspace).now.state
    by_size = sorted(state.themes, key=lambda theme: (-len(state.members(theme)), theme))
    renamed, divided, kept, written, pinned, aside, joined = by_size
    leaving = state.members(divided)[::2]
    terminal(workspace, "add", "renommer", renamed, AT_TERMINAL)
    terminal(workspace, "add", "réunir", state.themes[joined].label, kept)
    terminal(workspace, "add", "scinder", divided, "|".join(leaving))
    assert "attirerait" in terminal(workspace, "add", "définir", OPENED, "parkings, trains, covoiturage")
    called, alone = state.members(renamed)[:3], state.members(kept)[1]
    terminal(workspace, "add", "isoler", alone)
    terminal(workspace, "place", OPENED, *called)
    desk = open_desk(workspace)
    opened = next(theme for theme, content in desk.now.state.themes.items() if content.label == OPENED)
    made = next(theme for theme, content in desk.now.state.themes.items() if content.source == "split")
    moved = state.members(written)[0]
    workbook(
        workspace,
        [
            (THEMES, written, "Titre", IN_WORKBOOK),
            (THEMES, written, "Nature", "Communauté de métier"),
            (THEMES, "", "Titre", NEW_ROW),
            (IDEAS, moved, "Thème", f"{kept} – {state.themes[kept].label}"),
            (IDEAS, moved, "Raison", "lue deux fois"),
            (IDEAS, state.members(kept)[0], "À discuter", "oui"),
        ],
    )
    desk = open_desk(workspace)
    row = next(theme for theme, content in desk.now.state.themes.items() if content.label == NEW_ROW)
    about = View(scope="theme")
    desk = panel(desk, about.about(made).drafting("rename").filling(AT_PANEL))
    desk = panel(desk, about.about(renamed).drafting("kind").filling("minilab"))
    desk = panel(desk, about.about(aside).drafting("reject"))
    taken = next(idea for idea in desk.now.state.members(divided) if idea not in leaving)
    desk = panel(desk, View(ideas=(taken,)).drafting("assign").filling(row))
    ideas = frozenset(desk.now.state.members(pinned))
    panel(desk, about.about(pinned).drafting("pin"))
    homes = dict.fromkeys(leaving, made) | dict.fromkeys(called, opened) | {moved: kept, taken: row}
    return Afternoon(
        workspace,
        {renamed: AT_TERMINAL, made: AT_PANEL, written: IN_WORKBOOK, opened: OPENED, row: NEW_ROW},
        {theme: state.themes[theme].label for theme in (joined, aside)},
        homes,
        {renamed: "minilab", written: "communaute_metier"},
        {pinned: ideas},
        alone,
    )


@pytest.fixture(scope="module")
def tables(afternoon: Afternoon) -> dict[str, pd.DataFrame]:
    """Return every public table, by name, all cells as text."""
    folder = afternoon.workspace.path("reports/export")
    return {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False) for path in sorted(folder.glob("*.csv"))}


@pytest.fixture(scope="module")
def documents(afternoon: Afternoon) -> dict[str, str]:
    """Return every page that was written, by path from the workspace, its marks taken away."""
    root = afternoon.workspace.root
    pages = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.html")}
    return {name: html.unescape(_MARKS.sub(" ", page)) for name, page in pages.items()}


@pytest.fixture(scope="module")
def letters(afternoon: Afternoon) -> dict[str, str]:
    """Return the text of each reply, by holder."""
    path = afternoon.workspace.path("reports/private/publipostage.xlsx")
    frame = pd.read_excel(path, dtype=str, keep_default_na=False)
    return {str(holder): "\n".join(texts) for holder, texts in frame.groupby("Agent")["Texte"]}


def test_every_decision_applies(afternoon: Afternoon) -> None:
    """Fifteen acts or more were recorded, by two people, and none is in conflict."""
    desk = open_desk(afternoon.workspace)
    assert len(desk.decisions) >= 15
    assert {decision.who for decision in desk.decisions} == {"ab", "cd"}
    assert load(afternoon.workspace, "conflicts", stage="review").empty


def test_themes_are_those_that_people_decided(afternoon: Afternoon, tables: dict[str, pd.DataFrame]) -> None:
    """Titles and kinds are the given ones, each titled theme has one, closed ones are gone, pinned ones keep theirs."""
    themes = tables["themes"].set_index("theme_id")
    assert {theme: themes["label"][theme] for theme in afternoon.titles} == afternoon.titles
    assert {theme: themes["kind"][theme] for theme in afternoon.kinds} == afternoon.kinds
    assert not set(afternoon.closed) & set(themes.index)
    known = load(afternoon.workspace, "themes", stage="review").set_index("theme_id")["kind_because"]
    titled = themes[(themes["size"] != "0") & ~themes.index.isin(known.index[known.isin(NAMELESS)])]
    assert set(titled["kind"]) <= set(KINDS)
    places = tables["idea_themes"][tables["idea_themes"]["weak_signal"] == "False"]
    for theme, ideas in afternoon.pinned.items():
        assert set(places.loc[places["theme_id"] == theme, "idea_id"]) == ideas
    assert places["theme_id"].value_counts().to_dict() == {
        theme: int(size) for theme, size in themes["size"].items() if int(size)
    }


def test_ideas_are_where_people_put_them(afternoon: Afternoon, tables: dict[str, pd.DataFrame]) -> None:
    """Moved, split off, called into a new theme: each idea is there, said to be decided; no idea is lost."""
    places = tables["idea_themes"].set_index("idea_id")
    assert {idea: places["theme_id"][idea] for idea in afternoon.homes} == afternoon.homes
    assert set(places["decided_by"][list(afternoon.homes)]) == {"analyst"}
    ideas = load(afternoon.workspace, "ideas", stage="ingest")
    assert set(places.index) == set(ideas.loc[ideas["analysed"], "idea_id"])


def test_groups_follow(afternoon: Afternoon, tables: dict[str, pd.DataFrame]) -> None:
    """Groups are those of decided themes, under their titles; a member holds an idea of the theme; nobody is lost.

    An idea that a person said fits nowhere seats nobody.
    """
    labs = load(afternoon.workspace, "labs", stage="assign").set_index("lab_id")
    themes = tables["themes"].set_index("theme_id")
    assert set(labs["theme_id"]) <= set(themes.index[themes["kind"].isin(GROUPS)])
    assert [themes["label"][theme] for theme in labs["theme_id"]] == list(labs["label"])
    assert {themes["kind"][theme] for theme in afternoon.kinds} <= set(labs["kind"])
    links = load(afternoon.workspace, "idea_holders", stage="ingest")
    places = tables["idea_themes"].set_index("idea_id")
    near: dict[str, set[str]] = {}
    for holder, idea in zip(links["holder_id"], links["idea_id"], strict=True):
        if idea in places.index and idea != afternoon.nowhere:
            near.setdefault(str(holder), set()).update(places.loc[idea, ["theme_id", "theme_id_2"]])
    seated = tables["assignments"][tables["assignments"]["lab_id"] != ""]
    assert len(seated)
    for holder, lab in zip(seated["holder_id"], seated["lab_id"], strict=True):
        assert labs["theme_id"][lab] in near[holder]
    assert set(tables["assignments"]["holder_id"]) >= set(near)
    assert places["weak_signal"][afternoon.nowhere] == "True"
    assert set(tables["waiting_list"]["holder_id"]) == set(
        tables["assignments"].loc[tables["assignments"]["status"] == "waiting", "holder_id"]
    )


def test_letters_say_what_was_decided(
    afternoon: Afternoon, tables: dict[str, pd.DataFrame], letters: dict[str, str]
) -> None:
    """Each holder has a reply; that of a moved idea names its theme by the given title, none names a closed theme."""
    links = load(afternoon.workspace, "idea_holders", stage="ingest")
    assert set(letters) == set(links["holder_id"])
    labels = tables["themes"].set_index("theme_id")["label"]
    for holder, idea in zip(links["holder_id"], links["idea_id"], strict=True):
        if idea in afternoon.homes:
            assert labels[afternoon.homes[idea]] in letters[holder]
    for title in afternoon.closed.values():
        assert not [holder for holder, text in letters.items() if f"«\u202f{title}\u202f»" in text]


def test_documents_agree(afternoon: Afternoon, tables: dict[str, pd.DataFrame], documents: dict[str, str]) -> None:
    """A sheet for each theme (its title, or what to decide), none for a closed one; nothing quotes a former title."""
    sheets = {Path(name).stem.removeprefix("theme-"): text for name, text in documents.items() if "/theme-" in name}
    labels = tables["themes"].set_index("theme_id")["label"]
    sizes = tables["themes"].set_index("theme_id")["size"].astype(int)
    assert set(sheets) >= set(sizes.index[sizes > 0])
    assert not set(sheets) & set(afternoon.closed)
    untitled = tables["themes"].set_index("theme_id")["kind_because"].isin(["mixed", "untitled"])
    for theme, text in sheets.items():
        assert ("à départager" if untitled[theme] else labels[theme]) in text[:2000]
    candidates = load(afternoon.workspace, "candidate_themes", "themes", stage="cluster").set_index("theme_id")["label"]
    former = {candidates[theme] for theme in afternoon.titles if theme in candidates} | set(afternoon.closed.values())
    told = documents | {name: table.to_csv() for name, table in tables.items()}
    for title in former:
        assert not [name for name, text in told.items() if f"«\u202f{title}\u202f»" in text]


def _placed_in(labs: pd.DataFrame, lab: str) -> str:
    row = labs.loc[lab]
    kind = "le MiniLab" if row["kind"] == "minilab" else "la communauté de métier"
    return _flat(f"Une place vous est proposée dans {kind} «\u202f{row['label']}\u202f»")


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_letter_says_what_the_tables_hold(afternoon: Afternoon, letters: dict[str, str]) -> None:
    """Of the chain's own letters, sentence kind by sentence kind: places, waits, words, decisions; each kind is met."""
    links = load(afternoon.workspace, "idea_holders", stage="ingest")
    seats = load(afternoon.workspace, "assignments", stage="assign")
    line = load(afternoon.workspace, "waiting_list", stage="assign")
    labs = load(afternoon.workspace, "labs", stage="assign").set_index("lab_id")
    places = load(afternoon.workspace, "idea_themes", stage="review").set_index("idea_id")
    taken = seats[seats["status"].isin(["placed", "volunteer"])].set_index("holder_id")["lab_id"]
    waits = line.groupby("holder_id")["place_in_line"].agg(set)
    themes = load(afternoon.workspace, "themes", stage="review").set_index("theme_id")
    mixed = set(themes.index[themes["kind_because"].isin(NAMELESS)])
    kept = Counter[str]()
    for holder, letter in letters.items():
        text, own = _flat(letter), [i for i in links.loc[links["holder_id"] == holder, "idea_id"] if i in places.index]
        assert ("Une place vous est proposée" in text) == (holder in taken.index)
        if holder in taken.index:
            assert text.count(_placed_in(labs, taken[holder])) == 1
        told = {int(place) for place in re.findall(r"en position (\d+) sur sa liste", text)}
        assert bool(told) == (holder in waits.index and holder not in taken.index)
        assert told <= waits.get(holder, set())
        inside = [idea for idea in own if not places["weak_signal"][idea]]
        by_person = [idea for idea in own if places["decided_by"][idea] == "analyst"]
        assert text.count("n’entre nettement dans aucun thème") == len(own) - len(inside)
        assert text.count("par une personne de l’équipe") == len(by_person)
        unread = {bool(places["weak_signal"][idea]) for idea in own if idea not in by_person}
        assert text.count("personne ne l’a encore") == len(unread)
        named = [idea for idea in inside if places["theme_id"][idea] not in mixed]
        assert text.count("doivent encore départager") == len(inside) - len(named)
        silent = [idea for idea in named if not places["shared"][idea] and idea not in by_person]
        assert text.count("d’après le sens de votre texte") == len(silent)
        assert text.count("félicitations") <= len(set(links.loc[links["holder_id"] == holder, "idea_id"]) - set(own))
        kept.update(place=holder in taken.index, wait=bool(told), weak=len(own) > len(inside), silent=bool(silent))
        kept.update(decided=bool(by_person), words="d’après ce" in text)
    assert min(kept[kind] for kind in ("place", "weak", "silent", "decided", "words")) >= 3, kept


def test_reasons_keep_to_what_ideas_say(afternoon: Afternoon) -> None:
    """An idea is said to be about a group's subject only where its own words, or a person, say so; each kind is met."""
    seats = load(afternoon.workspace, "assignments", stage="assign")
    places = load(afternoon.workspace, "idea_themes", stage="review").set_index("idea_id")
    labs = load(afternoon.workspace, "labs", stage="assign").set_index("lab_id")["theme_id"]
    told = Counter[str]()
    for lab, ideas, near in seats.loc[seats["lab_id"] != "", ["lab_id", "ideas", "near_ideas"]].itertuples(index=False):
        for idea in ideas:
            row = places.loc[idea]
            own = row["theme_id"] == labs[lab] and not row["weak_signal"]
            said = own and (bool(row["shared"]) or row["decided_by"] == "analyst")
            assert (idea in near) == (not said)
            told[("on" if said else "near")] += 1
    assert min(told["on"], told["near"]) > 5
