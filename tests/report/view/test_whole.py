"""The view: what is said to readers, and what must not be said."""

from __future__ import annotations

import pandas as pd

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.view.trust import trust
from pipeline.schema import CONFLICTS
from tests.report.conftest import Tables, sample_quality


def test_every_analysed_idea_is_in_the_view_once(report: Report, tables: Tables) -> None:
    """No idea is dropped: each is in its theme or among the weak signals."""
    analysed = set(tables["ideas"].loc[tables["ideas"]["analysed"], "idea_id"])
    listed = [i for theme in report.themes for i in theme.ideas] + [idea.idea_id for idea in report.weak]
    assert sorted(listed) == sorted(analysed)


def test_the_headline_is_the_finding(report: Report) -> None:
    """The title says how many ideas join how many themes."""
    assert report.headline == "228 idées sur 240 se rattachent à 12\u00a0thèmes"


def test_row_order_never_matters(tables: Tables, report: Report) -> None:
    """Shuffled tables give an equal view."""
    shuffled = {name: frame.sample(frac=1, random_state=7) for name, frame in tables.items()}
    assert build(shuffled, ReportParams(), quality=sample_quality()) == report


def test_themes_have_distinct_marks(report: Report) -> None:
    """More than ten themes are told apart by the pair of colour and shape."""
    marks = {(theme.mark.colour, theme.mark.shape) for theme in report.themes}
    assert len(marks) == len(report.themes) > 10


def test_stability_is_said_in_plain_words(report: Report, tables: Tables) -> None:
    """Each theme says in how many draws it came back."""
    found = tables["themes"].set_index("theme_id")["found_in"]
    for theme in report.themes:
        assert theme.found == f"Retrouvé dans {found[theme.theme_id]}\u00a0calculs sur 20"


def test_no_identity_reaches_the_view(report: Report) -> None:
    """No e-mail address, holder number or family name of the sample is anywhere in the view."""
    said = repr(report)
    holders = pd.read_csv("data/sample/holders.csv", dtype=str)
    assert "@exemple.fr" not in said
    assert not [name for name in holders["nom"] if f" {name} " in said or f"{name}'" in said]
    assert not [holder for holder in holders["agent_id"] if f"'{holder}'" in said]


def test_small_counts_are_withheld(report: Report) -> None:
    """No table of agents shows a count under the threshold, and hidden lines say why."""
    for part in report.review.breakdowns:
        assert all(count.value is None or count.value >= 5 for count in part.counts)
        assert bool(part.note) == any(count.value is None for count in part.counts)


def test_too_few_ideas_is_said(tables: Tables) -> None:
    """With no theme at all the view stands, and says that there is too little to group."""
    few = set(tables["ideas"]["idea_id"][:3])
    kept = {
        name: frame[frame["idea_id"].isin(few)] if "idea_id" in frame else frame.head(0)
        for name, frame in tables.items()
    }
    lonely = kept["idea_themes"].assign(theme_id=None, theme_id_2=None, weak_signal=True)
    view = build(kept | {"idea_themes": lonely, "holders": tables["holders"]}, ReportParams())
    assert "trop peu" in view.headline
    assert len(view.weak) == len(view.ideas) == 3


def test_no_idea_at_all_is_said(tables: Tables) -> None:
    """An empty contest gives a view, not a crash."""
    view = build({name: frame.head(0) for name, frame in tables.items()}, ReportParams())
    assert view.headline == "Aucune idée à analyser"


def test_every_row_set_aside_is_told() -> None:
    """The report says what became of each row that was not kept as it was, and how many more there are."""
    events = [
        {"table": "ideas.csv", "row": n, "idea_id": f"G{n}", "action": "mise de côté", "why": "ligne d’essai"}
        for n in range(2, 72)
    ]
    told = trust((), {}, {"readers": ["70 lignes lues."], "accounting": events}, CONFLICTS.empty(), {}).preparation
    assert told[0] == "70 lignes lues."
    assert told[1].startswith("Mise de côté (ligne d’essai)\u202f: G10, G11, ")
    assert told[-1].startswith("10\u00a0autres lignes figurent dans le compte rendu")
