"""Facilitation kits: everyone seated is there with a reason, and leads for the discussion."""

from __future__ import annotations

import pandas as pd

from pipeline.report import Report
from pipeline.report.papers.kits import kits
from pipeline.schema import WORDS_READ
from tests.report.conftest import Tables


def test_each_seated_person_is_named_with_a_reason(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """The kit lists exactly the people placed in the group, with the reason each is there."""
    placed = tables["assignments"][tables["assignments"]["status"] == "placed"].merge(people, on="holder_id")
    for kit in kits(report, tables, people):
        own = placed[placed["lab_id"] == kit.lab.lab_id]
        assert sorted(m.name for m in kit.members) == sorted(own["given_name"] + " " + own["family_name"])
        assert all(member.reason for member in kit.members)


def test_near_duplicates_are_brought_together(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Two ideas of one theme that say almost the same are to be brought together."""
    said = {(p.first.idea_id, p.second.idea_id) for kit in kits(report, tables, people) for p in kit.near}
    same = {pair for pair in report.near_pairs if len({report.idea[i].theme_id for i in pair}) == 1}
    assert {frozenset(pair) for pair in said} == {frozenset(pair) for pair in same} != set()


def _read(*rows: tuple[str, str, list[str]]) -> pd.DataFrame:
    said = [(rank, *row, "lecteur-7b") for rank, row in enumerate(rows, start=1)]
    return WORDS_READ.check(pd.DataFrame(said, columns=WORDS_READ.arrow.names))


def test_a_question_that_was_read_says_who_wrote_it(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A kit takes the reader's question while its theme is still what was read, and names the reader; else its own."""
    own = kits(report, tables, people)[0]
    ideas = [idea.idea_id for idea in own.ideas]
    asked = "Comment garder l’eau des cours\u202f?"
    kit = kits(report, {**tables, "words_read": _read(("question", asked, ideas))}, people)[0]
    assert kit.question.text == asked
    assert "second lecteur (lecteur-7b), un modèle de langue" in kit.question.by
    assert kit.question.starts == own.question.starts
    half = _read(("question", asked, ideas[: len(ideas) // 2]))
    assert kits(report, {**tables, "words_read": half}, people)[0].question == own.question
    assert own.question.by == ""


def test_a_tension_that_was_read_comes_first(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Two ideas of the theme that the reader finds opposed are confronted, with who says so; of two themes, never."""
    own, other = kits(report, tables, people)[:2]
    one, two = own.ideas[0].idea_id, own.ideas[1].idea_id
    said = _read(("tension", "l’heure du ménage", [one, two]), ("tension", "rien", [one, other.ideas[0].idea_id]))
    first, *others = kits(report, {**tables, "words_read": said}, people)[0].confront
    assert (first.first.idea_id, first.second.idea_id) == (one, two)
    assert first.why.startswith("l’heure du ménage (d’après le second lecteur, lecteur-7b")
    assert tuple(others) == own.confront


def test_a_line_is_in_its_order(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Who waits is listed by position, the first to enter first, never by name."""
    known = people.assign(name=people["given_name"] + " " + people["family_name"]).set_index("holder_id")["name"]
    shown = 0
    for kit in kits(report, tables, people):
        line = tables["waiting_list"].query("lab_id == @kit.lab.lab_id").sort_values("place_in_line")
        assert [member.name for member in kit.waiting] == [known[holder] for holder in line["holder_id"]]
        shown += len(kit.waiting)
    assert shown > 0


def test_cards_without_a_bearer_are_marked(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """An idea none of whose holders sits in the group is named as such; one whose holder sits there never is."""
    seats = tables["assignments"][tables["assignments"]["status"].isin(["placed", "volunteer"])]
    held = tables["idea_holders"].merge(seats, on="holder_id")[["idea_id", "lab_id"]]
    there = set(held.itertuples(index=False, name=None))
    found = [(kit, {i.idea_id for i in kit.ideas}) for kit in kits(report, tables, people)]
    for kit, ideas in found:
        assert set(kit.absent) == {idea for idea in ideas if (idea, kit.lab.lab_id) not in there}
        assert all(idea in kit.unborne for idea in kit.absent)
        assert bool(kit.unborne) == bool(kit.absent)
    assert any(kit.absent for kit, _ in found)


def test_a_group_that_is_over_has_no_first_session(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """No kit is made for a group that has ended; the others keep theirs."""
    every = kits(report, tables, people)
    assert kits(report, tables, people, {every[0].lab.lab_id}) == every[1:]


def test_only_ideas_firmly_of_the_theme_are_combined(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Ideas that are each other's neighbours are shown together, but none whose place in the theme is uncertain."""
    placed = tables["idea_themes"]
    theme = report.labs[0].theme_id
    inside = list(placed.loc[(placed["theme_id"] == theme) & ~placed["weak_signal"], "idea_id"][:3])
    near = [[one for one in inside if one != idea] if idea in inside else [] for idea in placed["idea_id"]]
    weakest = placed["idea_id"] == inside[2]
    given = placed.assign(
        neighbours=pd.Series(near, index=placed.index), membership=placed["membership"].mask(weakest, 0.05)
    )
    given["shared"] = [[] if loose else shared for loose, shared in zip(weakest, given["shared"], strict=True)]
    given["decided_by"] = "pipeline"
    changed = {**tables, "idea_themes": given.assign(membership=given["membership"].where(weakest, 0.9))}
    found = {frozenset((p.first.idea_id, p.second.idea_id)) for k in kits(report, changed, people) for p in k.combine}
    assert found == {frozenset(inside[:2])}
