"""An attacker who holds everything for everyone and the file of one directorate: no small count, nobody placed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assign.telling.result import NO_QUESTION, NOTHING
from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.facts.frames import rows
from pipeline.report.facts.tallies import Count
from pipeline.report.papers.dossiers import Dossier
from pipeline.report.papers.sheets import Sheets, ThemeSheet, sheets
from pipeline.report.render.exports import REASONS, exports
from pipeline.report.withheld.origins import OTHERS
from pipeline.report.withheld.suppression import OWN, TWO, hidden
from pipeline.schema import TABLES
from tests.report.conftest import Tables

LEAST = 5
PUBLIC = {"holder_id", "lab_id", "status", "place_in_line", "affinity", "rank", "reason"}
AGENT = st.tuples(st.sampled_from("TUVW"), st.sampled_from("ABCDE"), st.sampled_from("LS"), st.integers(0, 2))
CALM = settings(max_examples=25, deadline=None, derandomize=True)


def contest(agents: list[tuple[str, str, str, int]]) -> Tables:
    """Return a whole contest in which each agent, (theme, directorate, site, co-holders), files one idea.

    An idea is also held by so many of the agents listed after its author. Each theme has an open group of its holders.
    """
    ids = [f"a{n:02d}" for n in range(len(agents))]
    ideas = [f"i{n:02d}" for n in range(len(agents))]
    theme = [one[0] for one in agents]
    weak = [name == "W" for name in theme]
    others = [(ideas[n], ids[(n + k) % len(ids)]) for n, one in enumerate(agents) for k in range(one[3] + 1)]
    held = pd.DataFrame(sorted(set(others)), columns=["idea_id", "holder_id"]).assign(role="porteur")
    names = sorted(set(theme) - {"W"})
    frames = {
        "ideas": pd.DataFrame({"idea_id": ideas, "title": ideas, "analysed": True}).assign(
            submitted_on=None, description="", benefits="", text="", status="", votes=None, category="",
            reason_excluded="",
        ).astype({"votes": "Int64"}),
        "holders": pd.DataFrame(
            {"holder_id": ids, "directorate": [a[1] for a in agents], "site_type": [a[2] for a in agents]}
        ).assign(occupation="", place="", department="57"),
        "idea_holders": held,
        "idea_themes": pd.DataFrame({"idea_id": ideas, "theme_id": theme, "weak_signal": weak}).assign(
            membership=[round(0.2 + n / 200, 3) for n in range(len(ids))], theme_id_2=None, membership_2=None,
            decided_by="pipeline", why="", shared=_lists(len(ids)), neighbours=_lists(len(ids)),
        ),
        "themes": pd.DataFrame({"theme_id": names, "label": names, "kind": "minilab"}).assign(
            summary="", key_phrases=_lists(len(names)), kind_reason="", size=0, typical=_lists(len(names)),
            borderline=_lists(len(names)), difference=_lists(len(names)), transversality=0.4,
        ),
    }  # fmt: skip
    inside = held.merge(frames["idea_themes"], on="idea_id")
    seats = inside[inside["theme_id"] != "W"].drop_duplicates("holder_id").sort_values("holder_id")
    seats = (
        pd.DataFrame({"holder_id": seats["holder_id"], "lab_id": "lab-" + seats["theme_id"]})
        .assign(status="placed", affinity=seats["membership"], rank=1, reason="Son idée " + seats["idea_id"])
        .reset_index(drop=True)
    )
    placed = seats.groupby("lab_id").size()
    facts = pd.DataFrame([{**NOTHING, "reason_code": "ideas"} for _ in range(len(seats))])
    frames["assignments"] = pd.concat([seats, facts], axis=1).astype({"rank": "Int64"})
    bound = {name: cell for name, cell in NO_QUESTION.items() if name.startswith("bound")}
    frames["labs"] = pd.DataFrame({"theme_id": names, "lab_id": [f"lab-{n}" for n in names], "label": names}).assign(
        kind="minilab",
        minimum=1,
        maximum=90,
        placed=[int(placed.get(f"lab-{n}", 0)) for n in names],
        waiting=0,
        **bound,
    )
    empty = ("hierarchy", "map", "near_duplicates", "conflicts", "waiting_list", "claims", "proposals", "words_read")
    return {n: TABLES[n].check(f) for n, f in frames.items()} | {n: TABLES[n].empty() for n in empty}


def _lists(count: int) -> pd.Series[Any]:
    return pd.Series([[] for _ in range(count)], dtype=object)


def _by_directorate(sheet: ThemeSheet) -> list[Count]:
    """Return what a sheet gives of each directorate by name."""
    return [c for p in sheet.breakdowns if p.key == "directorate" for c in p.counts if c.label != OTHERS]


def small_counts(made: Sheets, dossier: Dossier) -> list[tuple[str, str, int]]:
    """Return each count of another directorate, one to four, that a reader works out: theme, directorate, count.

    Known of a theme: its holders, what its sheet gives by directorate, what the file gives of its own agents.
    """
    names = {d.directorate for d in made.directorates}
    own = {line.label: line.agents for line in dossier.lines}
    found = []
    for sheet in made.themes:
        given_ = {c.label: c.value for c in _by_directorate(sheet)}
        known = {name: value for name, value in given_.items() if value is not None}
        given_own = own[sheet.theme.label]
        if given_own is not None:
            known[dossier.directorate] = given_own
        left = names - known.keys()
        if sheet.theme.holders is not None and len(left) == 1:
            rest = sheet.theme.holders - sum(known.values())
            found += [(sheet.theme.theme_id, next(iter(left)), rest)] if 0 < rest < LEAST else []
        found += [(sheet.theme.theme_id, name, value) for name, value in known.items() if 0 < value < LEAST]
    return found


def placed_together(report: Report, made: Sheets, dossier: Dossier) -> list[str]:
    """Return the groups and themes all of whose people a reader knows to be of one directorate."""
    lines = {line.label: line for line in dossier.lines}
    found = [lab.label for lab in report.labs if lab.open and lines[lab.label].seated == lab.placed]
    found += [lab.label for lab in report.labs if lab.mixing.startswith("1\u00a0direction")]
    for sheet in made.themes:
        counts = _by_directorate(sheet)
        alone = len(counts) == 1 and counts[0].value == sheet.theme.holders
        own = lines[sheet.theme.label].agents
        everybody = own is not None and own == sheet.theme.holders
        found += [sheet.theme.label] if sheet.lab and sheet.lab.open and (alone or everybody) else []
    return found


def excluded(made: Sheets, dossier: Dossier) -> dict[str, set[str]]:
    """Return what the absence of ideas tells: group → directorates its members may still be of, the file's own not.

    Known of a group's theme: the file lists every idea of its agents, and none is there.
    """
    names = {d.directorate for d in made.directorates}
    listed = {idea.idea_id for _, ideas in dossier.groups for idea in ideas}
    found = {}
    for sheet in made.themes:
        if not listed or not sheet.lab or not sheet.lab.open or listed & set(sheet.theme.ideas):
            continue
        counts = [c for c in _by_directorate(sheet) if c.value is not None]
        everybody = sum(c.value or 0 for c in counts) == sheet.theme.holders
        found[sheet.lab.label] = ({c.label for c in counts} if everybody else names) - {dossier.directorate}
    return found


def told(frames: Tables) -> list[str]:
    """Return what public tables of people tell of one person: an idea's number, an affinity that few share."""
    people = [frames["assignments"], frames["waiting_list"]]
    said = [text for frame in people for text in frame["reason"] if text not in REASONS.values()]
    for frame in people:
        for _, group in frame.groupby("lab_id"):
            shared = Counter(group["affinity"])
            said += [str(v) for v, n in shared.items() if n < LEAST and n < len(group)]
    said += [str(column) for frame in people for column in frame if str(column) not in PUBLIC]
    doubles = frames["waiting_list"]["holder_id"].duplicated()
    return [*said, *frames["waiting_list"].loc[doubles, "holder_id"]]


@CALM
@given(st.lists(AGENT, min_size=5, max_size=80))
def test_one_file_beside_what_is_for_everyone(agents: list[tuple[str, str, str, int]]) -> None:
    """Whatever the contest and whichever file: no count under the threshold of another directorate, nobody placed."""
    tables = contest(agents)
    report = build(tables, ReportParams())
    made = sheets(report, tables, LEAST)
    for dossier in made.directorates:
        assert small_counts(made, dossier) == []
        assert placed_together(report, made, dossier) == []
        assert not [g for g, left in excluded(made, dossier).items() if len(left) < min(2, len(others(made)))]
    assert told(exports(tables, report.themes, LEAST)) == []


def others(made: Sheets) -> list[str]:
    """Return the directorates besides one: where there are two in all, not to be of one is to be of the other."""
    return [dossier.directorate for dossier in made.directorates[1:]]


@pytest.fixture(scope="module")
def made(report: Report, tables: Tables) -> Sheets:
    """Return the sample's sheets."""
    return sheets(report, tables, LEAST)


def test_the_sample_resists(report: Report, tables: Tables, made: Sheets) -> None:
    """On the sample too, for each of its files; and yet files and sheets say something."""
    for dossier in made.directorates:
        assert small_counts(made, dossier) == []
        assert placed_together(report, made, dossier) == []
    assert told(exports(tables, report.themes, LEAST)) == []
    assert sum(line.agents is not None for d in made.directorates for line in d.lines) > 40


def test_public_tables_name_no_idea_of_a_person(report: Report, tables: Tables) -> None:
    """No cell of a table of people holds an idea's number, whatever the reasons of the chain say."""
    named = tables["assignments"].assign(reason="Son idée G1ID-198 porte sur ce sujet.")
    wait = tables["waiting_list"].assign(reason="« Salle » : G1ID-003.")
    public = exports(tables | {"assignments": named, "waiting_list": wait}, report.themes, LEAST)
    for name in ("assignments", "waiting_list"):
        assert not re.search(r"G1ID", public[name].to_csv())


def test_small_themes_give_no_share(report: Report, tables: Tables) -> None:
    """Mixing is exported for themes of ten agents or more; a reason that would tell a small count is not exported."""
    public = exports(tables, report.themes, LEAST)["themes"].set_index("theme_id")
    for theme in report.themes:
        few = (theme.holders or 0) < 2 * LEAST
        assert bool(public["transversality"].isna()[theme.theme_id]) == few
        assert public.loc[theme.theme_id, "kind_reason"] == theme.kind_reason


def test_the_facts_of_a_kind_are_not_exported_where_its_reason_is_not(report: Report, tables: Tables) -> None:
    """Shares, the directorate most present and holders are given for themes large enough whose reason stands whole."""
    told = tables["themes"].assign(kind_value="Direction X", kind_share=0.8, holders=4).astype({"holders": "Int64"})
    cut = tuple(replace(t, holders=None if n == 0 else t.holders) for n, t in enumerate(report.themes))
    hidden_reason = tuple(replace(t, kind_reason="Autre.") if n == 1 else t for n, t in enumerate(cut))
    public = exports(tables | {"themes": told}, hidden_reason, LEAST)["themes"].set_index("theme_id")
    for place, theme in enumerate(hidden_reason):
        withheld = place < 2 or (theme.holders or 0) < 2 * LEAST
        assert bool(public["kind_share"].isna()[theme.theme_id]) == withheld
        assert bool(public["kind_value"].isna()[theme.theme_id]) == withheld
        assert bool(public["holders"].isna()[theme.theme_id]) == (theme.holders is None)


def test_nothing_is_withheld_that_is_known(tables: Tables, made: Sheets, report: Report) -> None:
    """A file that lists its ideas says zero where none is in a theme: “n. c.” stands only where it hides something."""
    held = tables["idea_holders"].merge(tables["holders"], on="holder_id")
    zeros = 0
    for dossier in (d for d in made.directorates if d.groups):
        listed = {idea.idea_id for _, ideas in dossier.groups for idea in ideas}
        themes = {theme.label: theme for theme in report.themes}
        for line in dossier.lines:
            own = listed & set(themes[line.label].ideas)
            assert (line.agents == 0) == (not own)
            zeros += not own
    assert zeros
    assert not held.empty


def test_a_file_says_what_two_would_tell(made: Sheets) -> None:
    """Each detailed file says that it is for one directorate, and what another's beside it would tell."""
    assert all("rapproché de celui d’une autre" in d.note for d in made.directorates if d.detailed)


def test_a_file_says_what_the_absence_of_ideas_tells(made: Sheets) -> None:
    """Members of a group on a theme without an idea of a directorate are not of it: its file says so, others not."""
    drawn = {d.directorate: excluded(made, d) for d in made.directorates if d.detailed}
    said = {d.directorate: "sans idée de vos agents" in d.note for d in made.directorates if d.detailed}
    assert {name: bool(groups) for name, groups in drawn.items()} == said
    assert any(said.values())
    assert min(len(left) for groups in drawn.values() for left in groups.values()) > 5


def test_a_row_hides_two_cells_besides_a_known_zero() -> None:
    """Whoever knows that one of the cells hidden is zero still has two to choose from, where two cells would tell."""
    counts = np.array([[30, 0, 8], [30, 8, 0]])
    assert hidden(counts, LEAST, counts == 8, TWO).sum(axis=1).tolist() == [2, 2]
    assert hidden(counts, LEAST, counts == 8, OWN).sum(axis=1).tolist() == [3, 3]


def test_no_list_of_a_file_is_short() -> None:
    """Two ideas of seven agents would be a list of two: the shortest list joins them, none is under the threshold."""
    agents = [("V", "A", "L", 5)] * 2 + [("T", "A", "L", 0)] * 9 + [("U", "A", "L", 0)] * 6
    agents += [(theme, name, "S", 0) for name in "BCD" for theme in "TUV" for _ in range(7)]
    tables = contest(agents)
    report = build(tables, ReportParams())
    dossier = next(d for d in sheets(report, tables, LEAST).directorates if d.directorate == "A")
    sizes = {label: len(ideas) for label, ideas in dossier.groups}
    assert sum(sizes.values()) == 17
    assert min(sizes.values()) >= LEAST
    assert sizes == {"T": 9, "Autres sujets": 8}


def test_the_team_has_the_whole_tables(tables: Tables) -> None:
    """What is exported without change stays the table of the chain: ideas, families."""
    public = exports(tables, (), LEAST)
    for name in ("idea_themes", "hierarchy"):
        assert public[name].equals(tables[name])
    assert {row["status"] for row in rows(public["assignments"])} <= REASONS.keys()
