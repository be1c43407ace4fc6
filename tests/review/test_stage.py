"""The stage: candidate tables in, tables of the next stages out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.params import Params
from pipeline.review import review
from pipeline.review.replaying.decisions import Decision, decision_bytes
from pipeline.schema import HIERARCHY, READINGS
from pipeline.shells.review import run
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.review.candidates import CANDIDATES


def _acts(*rows: tuple[str, str, str]) -> list[Decision]:
    return [Decision(seq, "2024-03-01", "ab", *row, reason="vu ensemble") for seq, row in enumerate(rows, start=1)]


def test_no_decision_changes_nothing() -> None:
    """Without decision the tables pass through, to the last cell."""
    reviewed = review(*CANDIDATES, [])
    pd.testing.assert_frame_equal(reviewed.themes, CANDIDATES[0])
    pd.testing.assert_frame_equal(reviewed.idea_themes, CANDIDATES[1])
    assert reviewed.conflicts.empty


def test_row_order_never_matters() -> None:
    """Shuffled inputs give the same tables."""
    acts = _acts(("merge", "T01", "T02"), ("split", "T03", "I09|I10"))
    themes, places = (table.sample(frac=1, random_state=3) for table in CANDIDATES)
    one, other = review(*CANDIDATES, acts), review(themes, places, acts[::-1])
    pd.testing.assert_frame_equal(one.themes, other.themes)
    pd.testing.assert_frame_equal(one.idea_themes, other.idea_themes)


def test_figures_of_changed_themes_are_made_again() -> None:
    """Sizes and typical ideas follow decisions; what was measured on the found theme is left empty."""
    themes = review(*CANDIDATES, _acts(("merge", "T01", "T02"))).themes.set_index("theme_id")
    assert themes.loc["T02", "size"] == 8
    assert themes.loc["T02", "typical"] == ["I05", "I06", "I01", "I02", "I03"]
    assert themes.loc["T02", "key_phrases"] == ["mot T02", "mot T01", "expression T02", "expression T01"]
    assert themes["stability"].isna().to_dict() == {"T02": True, "T03": False}
    assert themes.loc["T03", "stability"] == 0.9
    assert themes["nearest_theme"].isna()["T03"]


def test_decided_ideas_say_so() -> None:
    """`decided_by` and `why` tell a person's decision from the pipeline's, with its number and reason."""
    places = review(*CANDIDATES, _acts(("assign", "I01", "T02"))).idea_themes.set_index("idea_id")
    assert places.loc["I01", "decided_by"] == "analyst"
    assert places.loc["I01", "why"] == "Décidé par les analystes (décision 1)\u202f: vu ensemble"
    assert set(places["decided_by"].drop("I01")) == {"pipeline"}


def test_empty_theme_stays_in_the_table() -> None:
    """A defined theme without idea is a row of size 0: people see that it exists."""
    themes = review(*CANDIDATES, _acts(("define", "Vélo", "Venir à vélo."))).themes
    row = themes[themes["label"] == "Vélo"].iloc[0]
    assert (row["size"], row["typical"], row["summary"]) == (0, [], "Venir à vélo.")


def holding(ids: list[str]) -> dict[str, pd.DataFrame]:
    """Return who holds the ideas: one person each, of three directorates, a trade and a town of their own."""
    people = [f"A{number:02d}" for number in range(len(ids))]
    rows = [(who, f"D{n % 3}", f"métier {n}", "siège", f"Ville {n}", "57") for n, who in enumerate(people)]
    holders = pd.DataFrame(rows, columns=["holder_id", "directorate", "occupation", "site_type", "place", "department"])
    return {
        "holders": holders.assign(service=""),
        "idea_holders": pd.DataFrame({"idea_id": ids, "holder_id": people, "role": "porteur"}),
    }


def fill(workspace: Workspace) -> Workspace:
    """Return the workspace as the stages before leave it, with random vectors and one word."""
    save(workspace, "candidate_themes", CANDIDATES[0], "themes")
    save(workspace, "candidate_idea_themes", CANDIDATES[1], "idea_themes")
    save(workspace, "candidate_hierarchy", HIERARCHY.empty(), "hierarchy")
    save(workspace, "readings", READINGS.empty())
    ids = list(CANDIDATES[1]["idea_id"])
    rows_of = [row.astype("float32") for row in np.random.default_rng(0).normal(size=(len(ids), 8))]
    empty = dict.fromkeys(["title", "description", "benefits", "status", "category", "reason_excluded"], "")
    ideas = pd.DataFrame({"idea_id": ids, "text": ids, "submitted_on": None, "votes": None, "analysed": True} | empty)
    save(workspace, "ideas", ideas)
    for name, table in holding(ids).items():
        save(workspace, name, table)
    save(
        workspace,
        "vectors",
        pd.DataFrame(
            {
                "idea_id": ids,
                "vector": rows_of,
                "content": rows_of,
                "subjects": rows_of,
                "notions": [[] for _ in ids],
                "main": [[] for _ in ids],
            }
        ),
    )
    word = {"position": 0, "sentence": 0, "form": "vélo", "lemma": "vélo", "pos": "NOUN", "stop": False, "space": False}
    save(workspace, "tokens", pd.DataFrame([{"idea_id": idea, **word} for idea in ids]))
    save(workspace, "word_vectors", pd.DataFrame({"lemma": ["vélo"], "vector": rows_of[:1], "encoded": rows_of[:1]}))
    return workspace


def test_shell_reads_and_writes_a_workspace(tmp_path: Path) -> None:
    """The stage runs in a folder: three tables written, a conflict told in the summary."""
    workspace = fill(Workspace(tmp_path))
    path = workspace.given("data/review/decisions.csv")
    path.parent.mkdir(parents=True)
    path.write_bytes(decision_bytes(_acts(("assign", "I01", "T02"), ("assign", "I99", "T02"))))
    figures = run(workspace, Params(), lambda _done, _total: None)
    assert figures == {"décisions": "2", "thèmes": "3", "à revoir": "1"}
    assert load(workspace, "idea_themes").set_index("idea_id").loc["I01", "theme_id"] == "T02"
    assert list(load(workspace, "conflicts")["seq"]) == [2]


def test_what_sets_a_theme_apart_goes_with_its_neighbour() -> None:
    """A theme keeps the phrases that set it apart while its neighbour stands, and none once it is gone."""
    kept = review(CANDIDATES[0], CANDIDATES[1], _acts(("rename", "T02", "Vélo"))).themes.set_index("theme_id")
    assert kept["difference"]["T01"] == ["autre chose"]
    gone = review(CANDIDATES[0], CANDIDATES[1], _acts(("reject", "T02", ""))).themes.set_index("theme_id")
    assert gone["difference"]["T01"] == []


def test_an_idea_moved_elsewhere_no_longer_shares_its_theme_s_words() -> None:
    """Words shared with a found theme stay while the idea is in it, merged or not, and go with a move."""
    moved = review(*CANDIDATES[:2], _acts(("assign", "I01", "T02"))).idea_themes.set_index("idea_id")["shared"]
    assert (moved["I01"], moved["I02"]) == ([], ["mot"])
    merged = review(*CANDIDATES[:2], _acts(("merge", "T01", "T02"))).idea_themes.set_index("idea_id")["shared"]
    assert merged["I01"] == ["mot"]


def test_ideas_put_together_go_where_the_surer_one_is() -> None:
    """Of two ideas in two themes that nobody placed, the one that belongs more says where both go."""
    for sure, unsure in (("I05", "I04"), ("I01", "I08")):
        act = Decision(1, "2024-03-01", "ab", "together", unsure, sure)
        homes = review(*CANDIDATES, [act]).idea_themes.set_index("idea_id")["theme_id"]
        before = CANDIDATES[1].set_index("idea_id")["theme_id"]
        assert homes[sure] == homes[unsure] == before[sure]
