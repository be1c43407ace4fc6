"""Pictures of the report: their finding, their table and their strokes say one thing, and no count too many."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd
import pytest

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.drawing.look import LIGHT
from pipeline.report.drawing.pictures import canvas
from pipeline.report.drawing.pictures.bridges import bridges
from pipeline.report.drawing.pictures.deposits import deposits
from pipeline.report.drawing.pictures.flow import Stream, flow
from pipeline.report.drawing.pictures.origins_map import origins_map
from pipeline.report.facts.model import UNRESTRICTED, Picture
from pipeline.report.papers.sheets import sheets
from pipeline.report.withheld.disclosure import disclosure
from tests.report.conftest import Tables


@pytest.fixture(scope="module")
def drawn(report: Report) -> dict[str, Picture]:
    """Return the pictures of the sample by key."""
    return {picture.key: picture for picture in report.pictures}


def test_the_sample_has_its_four_pictures(drawn: dict[str, Picture]) -> None:
    """Flow, deposits, origins, ideas between two themes."""
    assert list(drawn) == ["flux", "depots", "origines", "ponts"]


def test_each_picture_is_xml_with_an_alternative(drawn: dict[str, Picture]) -> None:
    """Any reader opens it; it is an image with words, in named colours that print replaces."""
    for picture in drawn.values():
        root = ET.fromstring(picture.drawn)  # noqa: S314 - our own drawings
        assert (root.get("role"), bool(root.get("aria-label"))) == ("img", True)
        printed = canvas.printed(picture.drawn, LIGHT)
        assert "var(" not in printed
        assert LIGHT.accent in printed


def test_pictures_name_themes_whole(report: Report, drawn: dict[str, Picture]) -> None:
    """No title of a theme is cut where it is drawn: a long one takes several lines."""
    for key in ("origines", "ponts"):
        said = "".join("".join(ET.fromstring(drawn[key].drawn).itertext()).split())  # noqa: S314 - our own drawings
        assert "…" not in said
        assert all("".join(theme.label.split()) in said for theme in report.themes)


def test_the_flow_loses_no_idea(report: Report, drawn: dict[str, Picture]) -> None:
    """Received = analysed + set aside; analysed = in a theme + weak signals; answers share out the themes' ideas."""
    told = {name: int(value) for name, value in drawn["flux"].rows}
    inside = next(value for name, value in told.items() if name.startswith("Rattachées"))
    assert told["Idées reçues"] == told["Idées analysées"] + told["Mises de côté avant l’analyse"]
    assert told["Idées analysées"] == inside + told["Signaux faibles"] == len(report.ideas)
    answers = [value for name, value in told.items() if "thème" in name and not name.startswith("Rattachées")]
    assert sum(answers) == inside == sum(theme.size for theme in report.themes)


def test_deposits_count_each_idea_once(drawn: dict[str, Picture], tables: Tables) -> None:
    """The weeks follow one another and hold all dated ideas."""
    assert sum(int(value) for _, value in drawn["depots"].rows) == len(tables["ideas"])


@pytest.mark.parametrize("days", [[], ["2020-01-03"], ["2020-01-03"] * 9])
def test_one_day_is_no_course(days: list[str]) -> None:
    """Without two dates there is nothing to draw."""
    assert deposits(days) is None


def test_a_long_contest_is_drawn_by_month() -> None:
    """More than forty weeks are counted month by month, empty ones included."""
    picture = deposits(["2019-01-31", "2020-03-01", "2020-03-02"])
    assert picture is not None
    assert len(picture.rows) == 15
    assert picture.rows[-1] == ("en mars 2020", "2")
    assert picture.rows[1] == ("en février 2019", "0")


def test_origins_say_no_more_than_the_sheets(report: Report, tables: Tables, drawn: dict[str, Picture]) -> None:
    """Each count is on the sheet of its theme, at least five; the others are left empty."""
    made = {sheet.theme.label: sheet for sheet in sheets(report, tables, 5).themes}
    names = drawn["origines"].heads[1:]
    for label, *cells in drawn["origines"].rows:
        on_sheet = {
            count.label: count.value
            for part in made[label].breakdowns
            if part.key == "directorate"
            for count in part.counts
        }
        for name, cell in zip(names, cells, strict=True):
            assert cell == "" or (int(cell) >= 5 and on_sheet[name] == int(cell))


def test_the_largest_count_is_of_those_given(tables: Tables, drawn: dict[str, Picture]) -> None:
    """What is withheld may be larger: only the team's own page, which withholds nothing, names the largest of all."""
    assert drawn["origines"].title.startswith("Parmi les nombres que l’on peut donner")
    whole = build(tables, ReportParams().model_copy(update={"threshold": UNRESTRICTED}))
    title = next(picture.title for picture in whole.pictures if picture.key == "origines")
    most = whole_counts(tables).max()
    assert f"{most} agents" in title.replace("\u00a0", " ")
    assert title.endswith("le croisement le plus fourni")


def whole_counts(tables: Tables) -> pd.Series[int]:
    """Return the agents of each theme and directorate, nothing withheld."""
    held = tables["idea_holders"].merge(tables["idea_themes"].query("~weak_signal"), on="idea_id")
    return held.merge(tables["holders"], on="holder_id").groupby(["theme_id", "directorate"])["holder_id"].nunique()


def test_ideas_to_sort_out_are_in_no_theme_of_the_flow(report: Report) -> None:
    """They are a line of their own; those of a theme are shared out among answers."""
    first, *others = report.themes
    picture = flow((*others, replace(first, nameless=True, kind="")), Stream(244, 240, None))
    assert picture is not None
    told = {name: int(value) for name, value in picture.rows}
    assert told["À départager"] == first.size
    assert told[f"Rattachées à {len(others)}\u00a0thèmes"] == sum(theme.size for theme in others)


def test_bridges_name_the_ideas_that_touch_two_themes(report: Report, drawn: dict[str, Picture]) -> None:
    """Each such idea is named once."""
    named = [idea for *_, ids in drawn["ponts"].rows for idea in ids.split(", ")]
    assert sorted(named) == sorted(idea.idea_id for idea in report.ideas if idea.second_id and not idea.weak)


def test_hostile_titles_stay_text(report: Report) -> None:
    """Markup in a title is shown as typed, and a formula does not run in the CSV."""
    themes = (replace(report.themes[0], label="<script>alert(1)</script>"), *report.themes[1:])
    picture = flow(themes, Stream(244, 240, None))
    assert picture is not None
    assert not re.search("<script", picture.drawn)
    assert "\r\n'=1+1;2" in canvas.as_csv(("Thème", "Idées"), [("=1+1", "2")])


def test_print_draws_only_what_its_fonts_hold(report: Report) -> None:
    """A character that no embedded font has becomes a visible sign, as in the rest of a printed document."""
    themes = (replace(report.themes[0], label="漢字 et salles"), *report.themes[1:])
    picture = bridges(themes, report.ideas)
    assert picture is not None
    assert "□□ et salles" in canvas.printed(picture.drawn, LIGHT)


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+cmd", "@SUM(A1)", "\tdonnées", "\rdonnées"])
def test_no_cell_of_a_picture_s_table_runs(cell: str) -> None:
    """Whatever a spreadsheet would take for a formula has an apostrophe before; a negative number has none."""
    written = canvas.as_csv(("a", "b"), [(cell, "-5")])
    _, row = csv.reader(io.StringIO(written, newline=""), delimiter=";")
    assert row[0].startswith("'")
    assert row[-1] == "-5"


def test_the_title_of_the_heat_map_names_a_subject(report: Report, tables: Tables) -> None:
    """Ideas that share no subject may be the most numerous: they are drawn, never the finding."""
    known = disclosure(tables, 5)
    plain = origins_map(report.themes, known, 5)
    assert plain
    first = next(theme for theme in report.themes if f"« {theme.label} »" in _plain(plain.title))
    mixed = tuple(replace(theme, nameless=theme is first) for theme in report.themes)
    told = origins_map(mixed, known, 5)
    assert told
    assert f"« {first.label} »" not in _plain(told.title)
    assert [row[0] for row in told.rows] == [row[0] for row in plain.rows]
    assert origins_map(tuple(replace(theme, nameless=True) for theme in report.themes), known, 5) is None


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")
