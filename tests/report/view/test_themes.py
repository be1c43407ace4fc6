"""Themes as documents show them: largest first, each with a mark of its own, its words and its ideas."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from pipeline.french import opening
from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.render.analysts import analysts_workbook
from pipeline.report.view.themes import mark, themes
from pipeline.report.withheld.disclosure import disclosure
from tests.report.conftest import Tables


def test_the_largest_comes_first(report: Report) -> None:
    """Sizes never grow along the list, and are those of the ideas listed."""
    assert all(one.size >= other.size for one, other in pairwise(report.themes))
    assert all(theme.size == len(theme.ideas) == len(set(theme.ideas)) for theme in report.themes)


def test_thirty_two_themes_have_marks_of_their_own() -> None:
    """Colour and shape together tell thirty-two themes apart; neighbours differ in both."""
    marks = [mark(place, "") for place in range(32)]
    assert len({(m.colour, m.shape) for m in marks}) == 32
    assert all(a.colour != b.colour and a.shape != b.shape for a, b in pairwise(marks[:8]))


def test_typical_ideas_open_the_list(report: Report) -> None:
    """The most typical ideas come first, and a borderline idea is not one of them."""
    for theme in report.themes:
        assert theme.ideas[: len(theme.typical)] == theme.typical
        assert not set(theme.typical) & set(theme.borderline)


@pytest.mark.parametrize(("threshold", "told"), [(5, True), (1000, False)])
def test_few_agents_are_not_counted(threshold: int, told: bool, tables: Tables) -> None:  # noqa: FBT001 - a case
    """The number of holders is given from the threshold on."""
    found = themes(tables, disclosure(tables, threshold), threshold)
    assert any(theme.holders is not None for theme in found) == told
    assert any(theme.spread for theme in found) == told


def test_what_a_theme_rests_on_is_told(tables: Tables) -> None:
    """The sentence of the search from words and from meaning is in its sheet; a theme that people made has none."""
    older = tables | {"themes": tables["themes"].drop(columns=["sensitivity"])}
    for source, said in ((tables, True), (older, False)):
        found = themes(source, disclosure(source, 5), 5)
        assert all(bool(theme.rests_on) == said for theme in found)


def test_the_mix_of_directorates_is_beside_what_chance_gives(tables: Tables) -> None:
    """Under the interval, inside it and above it, each theme is told so, without a figure."""
    figures = dict(zip(tables["themes"]["theme_id"], tables["themes"]["transversality"], strict=True))
    for theme in themes(tables, disclosure(tables, 5), 5):
        if theme.spread:
            own = figures[theme.theme_id]
            opening = "Porté surtout" if own < 0.4 else "Partagé" if own > 0.6 else "Réparti"
            assert theme.spread.startswith(opening)
            assert not re.search(r"\d", theme.spread)


def test_a_theme_that_lost_its_ideas_is_gone(tables: Tables) -> None:
    """A theme without any idea is not shown, nor an empty title left blank."""
    placed = tables["idea_themes"]
    moved = placed.assign(theme_id=placed["theme_id"].where(placed["theme_id"] != "assistantes", "menage_lycees"))
    changed = tables | {"idea_themes": moved, "themes": tables["themes"].assign(label="")}
    found = themes(changed, disclosure(changed, 5), 5)
    assert "assistantes" not in {theme.theme_id for theme in found}
    assert {theme.label for theme in found} == {"(sans titre)"}


def test_an_idea_said_to_belong_elsewhere_is_not_called_firm(report: Report, tables: Tables) -> None:
    """One fact behind both sentences: a place in doubt; a second theme without a title is not proposed."""
    doubtful = {i for theme in report.themes for i in theme.borderline}
    assert doubtful
    assert all("hésitant" in report.idea[i].placement or "personne" in report.idea[i].placement for i in doubtful)
    assert doubtful <= {i for theme in report.themes for i in theme.doubtful}
    sure = tables["idea_themes"].assign(membership=0.9, membership_2=0.1)
    assert not any(
        theme.doubtful or theme.borderline for theme in build(tables | {"idea_themes": sure}, ReportParams()).themes
    )
    second = next(idea.second_id for idea in report.ideas if idea.second_id)
    because = tables["themes"]["theme_id"].map({second: "mixed"})
    mixed = build(tables | {"themes": tables["themes"].assign(kind_because=because)}, ReportParams())
    assert second not in {idea.second_id for idea in mixed.ideas}
    assert second not in {theme.nearest_id for theme in mixed.themes}


def test_doubts_are_counted_once_for_all(report: Report, tables: Tables) -> None:
    """Ideas called hesitant, in the table, one by one, by theme, in the finding and in the workbook: one number."""
    named = [idea.idea_id for idea in report.ideas if "hésitant" in idea.placement]
    assert named == sorted(i for theme in report.themes for i in theme.doubtful)
    placed = tables["idea_themes"].set_index("idea_id").loc[named]
    assert not placed["weak_signal"].any()
    assert ((placed["membership"] < 0.6) | (placed["membership_2"] >= placed["membership"])).all()
    told = next(finding for finding in report.findings if "hésitante" in finding)
    assert told.startswith(opening(len(named), "idée", feminine=True))
    sheet = load_workbook(io.BytesIO(analysts_workbook(report, tables, {}, [])))["Idées"]
    assert sum("hésitant" in str(cell.value) for row in sheet.iter_rows() for cell in row) == len(named)


def test_a_minilab_mostly_of_one_directorate_says_what_can_be_done(report: Report, tables: Tables) -> None:
    """Everybody from one directorate: each MiniLab with enough holders says so; other answers do not."""
    alone = tables | {"holders": tables["holders"].assign(directorate="A")}
    found = themes(alone, disclosure(alone, 5), 5)
    told = {theme.theme_id for theme in found if "d’une même direction" in theme.spread}
    assert told == {theme.theme_id for theme in found if theme.kind == "minilab" and (theme.holders or 0) >= 10}
    assert told
    assert len(report.themes) > len(told)
