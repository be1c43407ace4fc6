"""Tables and charts: French words, text that cannot act, titles that say the finding, nothing from a network."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError
from pipeline.initialise import initialise
from pipeline.notebook import browse, charts, explore, export, mapping, pictures, reading, seating
from pipeline.notebook.labels import COLUMNS
from pipeline.report.drawing.look import contrast
from pipeline.schema import TABLES
from pipeline.shells.proposal import write_proposal
from pipeline.workspace import Workspace

IDEAS = pd.DataFrame(
    {
        "idea_id": ["I1", "I2", "I3"],
        "title": ["Chariots légers", "Vélos", "Lumière"],
        "text": ["Des chariots légers pour l’étage", "Vélos de service à Metz", "Éteindre la lumière le soir, partout"],
        "votes": pd.array([3, None, 8], dtype="Int64"),
        "submitted_on": ["2019-10-01", "", "2019-11-05"],
        "category": ["", "Transport", "Énergie"],
    }
)


def test_a_table_speaks_french_and_cannot_act() -> None:
    """Headings and codes are French words; what people wrote is shown as text."""
    frame = pd.DataFrame({"idea_id": ["I1"], "kind": ["minilab"], "title": ["<script>alert(1)</script>"]})
    page = str(browse(frame, caption="Idées").data)
    assert "Suite suggérée" in page
    assert "MiniLab" in page
    assert "<script>alert(1)" not in page


def test_a_table_carries_no_library_of_its_own() -> None:
    """The library is loaded once a notebook: ten tables of a line stay small."""
    assert len(str(browse(pd.DataFrame({"idea_id": ["I1"]})).data)) < 20_000


def test_columns_of_the_chain_have_french_headings() -> None:
    """No column that notebooks show keeps its code name."""
    shown = ("ideas", "themes", "near_duplicates", "assignments", "waiting_list", "conflicts", "labs", "holders")
    named = {column for name in shown for column in TABLES[name].arrow.names}
    assert sorted(named - set(COLUMNS) - {"typical", "borderline", "nearest_theme"}) == []


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.permutations([0, 1, 2]))
def test_a_draw_does_not_depend_on_the_order_of_rows(order: list[int]) -> None:
    """The same number gives the same ideas, however the table is sorted."""
    assert list(reading.handful(IDEAS.iloc[order], 4, 2)["idea_id"]) == list(reading.handful(IDEAS, 4, 2)["idea_id"])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("chariot", ["I1"]),
        ("LÉGER etage", ["I1"]),
        ("ariot", []),
        ("leger chariot", ["I1"]),
        ("lumiere", ["I3"]),
        ("", []),
    ],
)
def test_search(words: str, found: list[str]) -> None:
    """Every word counts, at the beginning of a word, whatever its accents and case; no word finds nothing."""
    assert list(reading.search(IDEAS, words)["idea_id"]) == found


def test_longest_and_most_voted() -> None:
    """The longest idea comes first; an idea without votes is not among the most voted."""
    assert list(reading.longest(IDEAS, 1)["idea_id"]) == ["I3"]
    assert list(reading.most_voted(IDEAS)["idea_id"]) == ["I3", "I1"]
    assert "words" not in IDEAS


def test_a_chart_is_an_svg_whose_title_is_the_finding() -> None:
    """The title says how many ideas have no category; the drawing is SVG, the numbers French."""
    drawn = charts.svg(pictures.categories(IDEAS).to_dict())
    assert drawn.startswith("<svg")
    assert "1\u00a0idée" in drawn or "1 idée" in drawn
    assert "http://www.w3.org/2000/svg" in drawn


def test_a_mark_tells_its_idea_when_pointed_at() -> None:
    """A dot of the map carries the idea's title for pointers and screen readers, and HTML in it is harmless."""
    ideas = IDEAS.assign(
        theme_id="T01", weak_signal=[False, False, True], theme=["Objets", "Objets", ""], title="<b>a</b>"
    )
    places = pd.DataFrame({"idea_id": ["I1", "I2", "I3"], "x": [0.0, 1.0, 2.0], "y": [0.0, 1.0, 0.5]})
    drawn = charts.svg(pictures.ideas_map(places, ideas, pd.DataFrame({"theme_id": ["T01"], "size": [2]})).to_dict())
    assert "<title>I1" in drawn
    assert "<b>a</b>" not in drawn


def test_colours_stand_out() -> None:
    """Each colour stands out from white by 3 to 1, as graphics must (WCAG 2.2, 1.4.11)."""
    assert min(contrast(colour, "#ffffff") for colour in (charts.MAIN, charts.OTHER, charts.GREY, charts.INK)) >= 3


def test_export_says_what_to_check() -> None:
    """Doubts are counted in one sentence; without any, it says so."""
    assert "net" in export.verdict({})
    assert "2\u00a0cellules illisibles" in export.verdict({"problems": [1, 2]})


def test_a_column_is_decided_or_refused(tmp_path: Path) -> None:
    """What a column holds is written in params.yaml, the rest kept; a column that was not proposed is refused."""
    workspace = Workspace(tmp_path / "c")
    initialise(workspace.root)
    rows = "Titre;Votre idée;Suffrages\n" + "Vélos;Des vélos de service pour tous;3\n" * 3
    workspace.path("data/raw/e.csv").write_text(rows, encoding="utf-8")
    write_proposal(workspace, workspace.params())
    before = mapping.proposed(workspace)
    with pytest.raises(MinilabsError):
        mapping.decide(workspace, {"Absente": "votes"})
    assert mapping.proposed(workspace) == before
    mapping.decide(workspace, {"Suffrages": "votes"})
    columns = workspace.params().ingest.files["e.csv"].columns
    assert columns == {"Titre": "title", "Votre idée": "part", "Suffrages": "votes"}


def test_the_most_awaited_group() -> None:
    """The group most people wait for is told, the fullest when nobody waits."""
    labs = pd.DataFrame({"lab_id": ["a", "b"], "label": ["A", "B"], "maximum": [5, 5], "placed": [4, 2]})
    waiting = pd.DataFrame({"lab_id": ["b", "b", "a"]})
    assert seating.most_awaited(waiting, labs)["lab_id"] == "b"
    assert seating.most_awaited(waiting.head(0), labs)["lab_id"] == "a"


def test_likeness_of_the_same_groups_is_one() -> None:
    """Two groupings that differ by the names only are alike."""
    one = pd.Series([1, 1, 2, 2], index=list("abcd"))
    assert explore.likeness(one, one.map({1: "x", 2: "y"})) == pytest.approx(1)
