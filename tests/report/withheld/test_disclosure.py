"""What all documents say of holders, attacked as a reader would: by filtering, counting and subtracting."""

from __future__ import annotations

import re
from collections.abc import Hashable
from html import unescape
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.report import Report
from pipeline.report.papers.sheets import Sheets, sheets
from pipeline.report.render.html import directorate_page, overall, theme_page
from pipeline.report.withheld.disclosure import LEVELS, WEAK, Disclosure, disclosure, told_values
from tests.report.conftest import Tables

LEAST = 5
AGENT = st.tuples(
    st.sampled_from("TUVW"), st.sampled_from("ABCD"), st.sampled_from("LSM"), st.sampled_from(["57", "67"])
)
AGENTS = st.one_of(
    st.lists(AGENT, min_size=1, max_size=90),
    st.lists(st.tuples(AGENT, st.integers(1, 14)), min_size=1, max_size=14).map(
        lambda groups: [agent for agent, size in groups for _ in range(size)]
    ),
)
"""Contests of agents who are all different, or of groups alike, large enough to be told."""


def contest(agents: list[tuple[str, str, str, str]]) -> Tables:
    """Return the tables of a contest in which each agent, (theme, directorate, site, department), files one idea."""
    ids = [f"a{n}" for n in range(len(agents))]
    themes, directorates, sites, departments = zip(*agents, strict=True)
    weak = [theme == "W" for theme in themes]
    people = {"holder_id": ids, "directorate": directorates, "site_type": sites, "department": departments}
    return {
        "holders": pd.DataFrame(people),
        "idea_holders": pd.DataFrame({"idea_id": ids, "holder_id": ids}),
        "idea_themes": pd.DataFrame({"idea_id": ids, "theme_id": themes, "weak_signal": weak}),
        "themes": pd.DataFrame({"theme_id": sorted(set(themes) - {"W"})}),
    }


def small_groups(known: Disclosure) -> list[tuple[str, ...]]:
    """Return every choice of filters, or what subtraction leaves of one, that holds one to four agents."""
    seen = known.shown
    found = []
    themes = sorted(seen["theme_id"].unique())
    for theme, *chosen in product(themes, *(["*", *sorted(set(seen[level]) - {""})] for level in LEVELS)):
        kept = seen[seen["theme_id"] == theme]
        for level, value in zip(LEVELS, chosen, strict=True):
            kept = kept if value == "*" else kept[kept[level] == value]
        left = [kept[kept[level] == ""] for level, value in zip(LEVELS, chosen, strict=True) if value == "*"]
        whole = len(kept) == (seen["theme_id"] == theme).sum()  # a small theme is small whatever is said of its holders
        found += [(theme, *chosen) for group in [kept, *left] if 0 < len(group) < LEAST and not whole]
    return found


@settings(max_examples=25, deadline=None, derandomize=True)
@given(AGENTS)
def test_no_filter_nor_subtraction_singles_out(agents: list[tuple[str, str, str, str]]) -> None:
    """Whatever the contest: each choice of filters holds five agents or none, and so does what it leaves out."""
    assert small_groups(disclosure(contest(agents), LEAST)) == []


@settings(max_examples=20, deadline=None, derandomize=True)
@given(AGENTS)
def test_what_is_shown_is_true(agents: list[tuple[str, str, str, str]]) -> None:
    """An attribute is shown as it is or withheld, never changed; a later one is not cut from another's class."""
    known = disclosure(contest(agents), LEAST)
    for level in LEVELS:
        given_ = known.shown[level] != ""
        assert (known.shown.loc[given_, level] == known.true.loc[given_, level]).all()


@settings(max_examples=20, deadline=None, derandomize=True)
@given(AGENTS)
def test_tables_of_themes_say_what_ideas_say(agents: list[tuple[str, str, str, str]]) -> None:
    """A count of a theme's table is the count of agents its ideas show, and leaves five others or none."""
    known = disclosure(contest(agents), LEAST)
    for theme, level in product(known.by_theme.counts.index, LEVELS):
        counts = known.agents(theme, level)
        here, true = (frame[frame["theme_id"] == theme] for frame in (known.shown, known.true))
        assert all(count == (here[level] == value).sum() >= LEAST for value, count in counts.items())
        rest = len(here) - sum(counts.values())
        assert rest == 0 or rest >= LEAST or not counts
        silent = set(true[level]) - {""} - counts.keys()
        assert len(silent) != 1 or not counts or len(silent) < len(set(true[level]) - counts.keys())


@settings(max_examples=10, deadline=None, derandomize=True)
@given(AGENTS)
def test_the_order_of_rows_changes_nothing(agents: list[tuple[str, str, str, str]]) -> None:
    """Shuffled tables give the same disclosure."""
    tables = contest(agents)
    shuffled = {name: frame.sample(frac=1, random_state=len(agents)) for name, frame in tables.items()}
    one, other = disclosure(tables, LEAST), disclosure(shuffled, LEAST)
    pd.testing.assert_frame_equal(one.shown, other.shown)
    pd.testing.assert_frame_equal(one.by_theme.shown, other.by_theme.shown)


def rare_with_directorate(known: Disclosure, tables: Tables) -> list[tuple[str, ...]]:
    """Return what too few agents of the contest share, once a directorate's own file has told whose ideas these are."""
    people = tables["holders"].set_index("holder_id")
    found = []
    for holder, *said in known.shown[["holder_id", *LEVELS[1:]]].itertuples(index=False, name=None):
        own = people.loc[holder]
        alike = people[people["directorate"] == own["directorate"]]
        for level, value in zip(LEVELS[1:], said, strict=True):
            alike = alike[alike[level] == value] if value else alike
        if any(said) and len(alike) < LEAST:
            found.append((own["directorate"], *said))
    return found


@settings(max_examples=25, deadline=None, derandomize=True)
@given(AGENTS)
def test_a_directorates_file_beside_the_page_singles_nobody_out(agents: list[tuple[str, str, str, str]]) -> None:
    """Knowing from its file which ideas are a directorate's, what the page adds is shared by five of its agents."""
    tables = contest(agents)
    assert rare_with_directorate(disclosure(tables, LEAST), tables) == []


@pytest.fixture(scope="module")
def known(tables: Tables) -> Disclosure:
    """Return what may be said of the sample's holders."""
    return disclosure(tables, LEAST)


@pytest.fixture(scope="module")
def made(report: Report, tables: Tables) -> Sheets:
    """Return the sample's sheets."""
    return sheets(report, tables, LEAST)


def test_the_sample_keeps_its_secrets(known: Disclosure, tables: Tables) -> None:
    """On the sample too no filter singles out, nor with a directorate's file, and yet something is said."""
    assert small_groups(known) == []
    assert rare_with_directorate(known, tables) == []
    assert (known.shown["directorate"] != "").mean() > 0.25


def test_a_directorate_that_is_not_told_is_nowhere(known: Disclosure, report: Report) -> None:
    """A directorate whose number of agents is withheld is shown beside no idea."""
    silent = set(known.true["directorate"]) - known.told["directorate"]
    assert silent
    assert not {held.directorate for idea in report.ideas for held in idea.held} & silent


def _cards(page: str) -> list[tuple[str, str, list[list[str]]]]:
    """Return (anchor, places, codes of holders) of each idea of the overall page, as its attributes give them."""
    cards = re.findall(r'<article class="idee" id="([^"]+)" tabindex="-1" data-t="([^"]*)" data-h="([^"]*)">', page)
    return [(unescape(anchor), places, [code.split(".") for code in codes.split()]) for anchor, places, codes in cards]


def test_the_page_filters_no_small_group(report: Report, tables: Tables) -> None:
    """Every combination of the page's own lists, read from its attributes, holds five agents at least, or nobody.

    Parts of themes are left out: the page does not cross them with the other lists (see `test_browser`).
    """
    page = overall(report)
    lists = re.findall(r'data-k="(\d)">(.*?)</select>', page, re.DOTALL)
    options = [(key, *option) for key, body in lists for option in re.findall(r'value="(\d+)">([^<]*)', body)]
    named = {(key, place): unescape(label) for key, place, label in options}
    crossed = {*re.findall(r'<option value="(n-[^"]+)">', page), "*"}
    idea_of = {idea.anchor: idea.idea_id for idea in report.ideas}
    people = tables["idea_holders"].merge(tables["holders"], on="holder_id").groupby("idea_id")
    holders = {idea: group.to_dict("records") for idea, group in people}
    agents: dict[tuple[str, ...], set[str]] = {}
    for anchor, places, codes in _cards(page):
        for code in codes:
            true = [h for h in holders[idea_of[anchor]] if _is(h, code, named)]
            assert true, "a code stands for a holder of the idea"
            cuts = product(crossed & {*(places.split() or [""]), "*"}, *([value, "*"] for value in code))
            for cut in cuts:
                agents.setdefault(cut, set()).update(h["holder_id"] for h in true)
    told = {cut for cut in agents if any(value not in "-*" for value in cut[1:])}
    assert len(told) > 20
    assert [cut for cut in told if len(agents[cut]) < LEAST] == []


def _is(holder: dict[Hashable, Any], code: list[str], named: dict[tuple[str, str], str]) -> bool:
    words = (holder["directorate"].replace("'", "’"), holder["site_type"], f"({holder['department']})")
    said = (named.get((str(place), value), "") for place, value in enumerate(code))
    return all(not text or word.casefold() in text.casefold() for word, text in zip(words, said, strict=True))


def test_no_other_page_describes_holders_for_filters(report: Report, made: Sheets) -> None:
    """Attributes for filters are on the overall page only; a directorate's file says nothing of each idea's holders."""
    pages = [theme_page(sheet, report) for sheet in made.themes[:3]]
    pages += [directorate_page(dossier, report) for dossier in made.directorates]
    assert not [page for page in pages if ' data-h="' in page]
    places = {held.department for idea in report.ideas for held in idea.held if held.department}
    for dossier in made.directorates:
        listed = directorate_page(dossier, report).partition('id="idees"')[2]
        assert not [place for place in places if place in listed]


def test_theme_sheets_agree_with_their_ideas(made: Sheets) -> None:
    """Counting the ideas' own descriptions on a theme's page gives no line that its table withholds."""
    for sheet in made.themes:
        printed = {count.label for part in sheet.breakdowns if part.key == "directorate" for count in part.counts}
        beside = {held.directorate for idea in sheet.ideas for held in idea.held if held.directorate}
        assert beside <= printed


def test_a_reason_hides_no_count(report: Report, known: Disclosure) -> None:
    """A share given as a reason stands for five agents at least, and leaves five others or none."""
    held = known.true.groupby("theme_id").size()
    for theme in report.themes:
        for share in re.findall(r"(\d+)\W%", theme.kind_reason):
            count = round(int(share) * held[theme.theme_id] / 100)
            assert count >= LEAST
            assert held[theme.theme_id] - count in {0, *range(LEAST, 1000)}


def test_weak_signals_are_a_group_like_a_theme(known: Disclosure) -> None:
    """Those who hold weak signals are described together, by the same rule."""
    assert WEAK in known.by_theme.counts.index
    assert (known.true["theme_id"] == WEAK).sum() > 0


def test_the_teams_own_page_withholds_nothing(tables: Tables) -> None:
    """With a threshold of one, for the team alone, every attribute of every holder is shown."""
    known = disclosure(tables, 1)
    pd.testing.assert_frame_equal(known.shown, known.true)


def _crowd(theme: str, **sizes: int) -> list[tuple[str, str, str, str]]:
    """Return agents of a theme: so many of each directorate and kind of site ("AL")."""
    return [(theme, where[0], where[1], "57") for where, size in sizes.items() for _ in range(size)]


def _told(known: Disclosure, theme: str, level: str) -> set[str]:
    return set(known.shown.loc[known.shown["theme_id"] == theme, level]) - {""}


def test_an_open_group_hides_the_directorate_that_everybody_has() -> None:
    """The members' public list would place each of twelve of one directorate; without a list, or a member, they show.

    Kinds of site are on no list and stay.
    """
    tables = contest(_crowd("T", AL=12) + _crowd("U", AL=12, BL=12))
    for placed, said in ((None, {"A"}), (0, {"A"}), (1, set()), (2, set())):
        labs = {} if placed is None else {"labs": pd.DataFrame({"theme_id": ["T"], "placed": [placed]})}
        known = disclosure(tables | labs, LEAST)
        assert _told(known, "T", "directorate") == said
        assert _told(known, "T", "site_type") == {"L"}


def test_a_directorate_knows_its_own_row_and_a_kind_of_site_knows_nothing() -> None:
    """Two small directorates take a third along, for each knows its own; two small kinds of site do not."""
    known = disclosure(contest(_crowd("T", AL=4, BL=4, CL=9, DL=9) + _crowd("U", AL=9, BL=9, CL=9, DL=9)), LEAST)
    assert len(_told(known, "T", "directorate")) == 1
    sites = disclosure(contest(_crowd("T", AL=4, AS=4, AM=9) + _crowd("U", AL=9, AS=9, AM=19)), LEAST)
    assert _told(sites, "T", "site_type") == {"M"}


def test_an_attribute_left_empty_is_no_value() -> None:
    """Agents without a directorate are in the total and are told by no name."""
    assert told_values(pd.Series([""] * 9 + ["A"] * 9 + ["B"] * 9), LEAST) == {"A", "B"}


def test_a_kind_of_site_shown_for_some_of_its_agents_has_no_number() -> None:
    """Of nine agents of L shown and nine withheld no number is given, nor that of the smallest other, which tells it.

    Those of B in T are withheld because two agents of L in U would follow from them.
    """
    one = _crowd("T", AL=9, AS=9, AM=12, BL=9)
    known = disclosure(contest(one + _crowd("U", BL=2, BS=9, BM=9)), LEAST)
    shown = known.shown[(known.shown["theme_id"] == "T") & (known.shown["site_type"] == "L")]
    assert set(shown["directorate"]) == {"A"}
    assert known.agents("T", "site_type") == {"M": 12}
    assert known.agents("T", "directorate") == {"A": 30, "B": 9}
    assert disclosure(contest(one), LEAST).agents("T", "site_type") == {"L": 18, "M": 12, "S": 9}
