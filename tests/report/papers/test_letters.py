"""Replies: each answer its own wording, templates checked line by line, values never read as fields."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.french import fold, long_date, typeset
from pipeline.life.replies import read_replies, replies_workbook
from pipeline.messages import sentence
from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.facts.follow_up import Step
from pipeline.report.facts.words import BLANK
from pipeline.report.facts.work import Work
from pipeline.report.papers.letters import Letter, _seated_for, letters
from pipeline.report.papers.places import Place, named_lab, places
from pipeline.report.papers.slips import dated
from pipeline.report.papers.template import ANSWERS, read_template
from pipeline.schema import AWARDED
from tests.report.conftest import Tables

DEFAULT = (files("pipeline.report") / "letters.txt").read_text(encoding="utf-8")


def test_every_holder_is_answered_for_every_idea(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """The promise to agents: each of the contest's ideas is answered to each of its holders, awarded ones included."""
    written = letters(report, tables, people, read_template(DEFAULT, "x"), per_idea=False)
    answered = {(letter.holder_id, idea) for letter in written for idea in letter.ideas}
    links = tables["idea_holders"][["holder_id", "idea_id"]]
    assert answered == set(links.itertuples(index=False, name=None))
    assert len({letter.name for letter in written}) == len(written) == 300


def test_each_answer_has_its_own_wording(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Awarded, MiniLab, community, and weak signal: each letter says what is true of its idea."""
    written = letters(report, tables, people, read_template(DEFAULT, "x"), per_idea=True)
    telling = {"primee": "a été primée", "minilab": "un MiniLab,", "signal_faible": "dans aucun thème"}
    for answer, words in telling.items():
        concerned = [letter for letter in written if letter.answers == (answer,)]
        assert concerned
        assert all(words in "\n".join(letter.paragraphs) for letter in concerned)
    assert {answer for letter in written for answer in letter.answers} <= set(ANSWERS)


def test_no_letter_names_a_theme_without_a_title_as_a_destination(tables: Tables, people: pd.DataFrame) -> None:
    """Its holders read that people have to sort the ideas, who and when; a seat elsewhere is told beside."""
    mixed = tables["themes"]["theme_id"].iloc[0]
    row = tables["themes"]["theme_id"] == mixed
    themes = tables["themes"].assign(
        kind=tables["themes"]["kind"].mask(row, ""),
        kind_because=row.map({True: "mixed", False: "spread"}),
        label=tables["themes"]["label"].mask(row, "Thème mêlé"),
    )
    known = {**tables, "themes": themes, "labs": tables["labs"][tables["labs"]["theme_id"] != mixed]}
    built = build(known, ReportParams())
    calendar = {"a_departager": "L’équipe du concours choisira avant le 3 mars."}
    written = letters(built, known, people, read_template(DEFAULT, "x"), per_idea=True, calendar=calendar)
    waiting = [letter for letter in written if letter.answers == ("a_departager",)]
    assert {i for letter in waiting for i in letter.ideas} == {
        i.idea_id for i in built.ideas if i.theme_id == mixed and not i.weak
    }
    assert all("L’équipe du concours choisira avant le 3 mars." in "\n".join(letter.paragraphs) for letter in waiting)
    assert not any("Thème mêlé" in paragraph for letter in written for paragraph in letter.paragraphs)


def test_a_seat_is_said_once_beside_its_idea(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A person with several ideas reads one sentence about the seat, in the paragraph of the theme it comes from."""
    written = letters(report, tables, people, read_template(DEFAULT, "x"), per_idea=False)
    seated = tables["assignments"].set_index("holder_id")["lab_id"].str.removeprefix("lab-")
    for letter in written:
        offers = [p for p in letter.paragraphs if "Une place vous est proposée" in p]
        assert len(offers) <= 1
        for paragraph in offers:
            label = report.theme[seated[letter.holder_id]].label
            before = letter.paragraphs[letter.paragraphs.index(paragraph) - 1]
            assert label in paragraph
            assert label in before


def test_unknown_fields_are_told_line_by_line() -> None:
    """Each misspelt field, section and gap is one French sentence with its line; all are told at once."""
    wrong = DEFAULT.replace("{prenom}", "{prénom}").replace("[minilab]", "[mini-lab]")
    with pytest.raises(SeveralErrors) as caught:
        read_template(wrong, "reponses.txt")
    said = sentence(caught.value).replace("\u202f", " ")
    assert "« prénom »" in said
    assert "ligne 15" in said
    assert "« mini-lab »" in said
    assert "la section « minilab » manque" in said
    assert len(caught.value.errors) == 3


def test_a_field_of_an_idea_is_refused_in_the_frame() -> None:
    """The greeting cannot name an idea: a letter may answer several."""
    with pytest.raises(MinilabsError):
        read_template(DEFAULT.replace("Bonjour {prenom} {nom}", "Bonjour {titre}"), "x")
    with pytest.raises(MinilabsError):
        read_template(DEFAULT.replace("Bonjour {prenom} {nom}", "Bonjour {place}"), "x")


def test_braces_in_an_idea_are_left_alone(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A title that looks like a field is shown as typed, and reveals nothing."""
    named = tables["ideas"].assign(title="{nom} {inconnu}")
    written = letters(report, tables | {"ideas": named}, people, read_template(DEFAULT, "x"), per_idea=True)
    awarded = [letter for letter in written if letter.answers == ("primee",)]
    assert awarded
    assert all("« {nom} {inconnu} »" in "\n".join(x.paragraphs).replace("\u202f", " ") for x in awarded)


def test_an_endless_title_does_not_fill_a_letter(tables: Tables, people: pd.DataFrame) -> None:
    """A title of thousands of lines, or without a space, is named on one line."""
    for title in ("ligne\n" * 3000, "x" * 10_000):
        named = tables | {"ideas": tables["ideas"].assign(title=title)}
        written = letters(build(named, ReportParams()), named, people, read_template(DEFAULT, "x"), per_idea=True)
        assert max(len(paragraph) for letter in written for paragraph in letter.paragraphs) < 1000
        assert not [p for letter in written for p in letter.paragraphs if p.count("\n") > 5]


def test_the_repository_uses_the_default_wording() -> None:
    """The template that people edit in this repository is the one a new workspace is given."""
    assert (Path(__file__).parents[3] / "data/review/reponses.txt").read_text(encoding="utf-8") == DEFAULT


def test_several_ideas_are_counted_in_the_opening(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A holder of one idea reads “votre idée”, of two “vos deux idées”."""
    for letter in letters(report, tables, people, read_template(DEFAULT, "x"), per_idea=False)[:60]:
        opening = letter.paragraphs[1].replace("\u00a0", " ")
        assert ("votre idée" in opening) == (len(letter.ideas) == 1)
        assert ("vos deux idées" in opening) == (len(letter.ideas) == 2)


def test_a_theme_is_explained_once(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Two ideas of one theme: the answer is said once in full, then the second joins it; without the section, twice."""
    template = read_template(DEFAULT, "x")
    same = [
        letter
        for letter in letters(report, tables, people, template, per_idea=False)
        if len({report.idea[i].theme_id for i in letter.ideas if i in report.idea and not report.idea[i].weak}) == 1
        and letter.answers in {("minilab",) * 2, ("communaute_metier",) * 2}
    ]
    assert same
    assert all("\n".join(letter.paragraphs).count("rapprochée elle aussi du thème") == 1 for letter in same)
    plain = {name: text for name, text in template.items() if name != "meme_theme"}
    full = {letter.name: letter for letter in letters(report, tables, people, plain, per_idea=False)}
    assert all("elle aussi" not in "\n".join(full[letter.name].paragraphs) for letter in same)


def _written(
    report: Report, tables: Tables, people: pd.DataFrame, text: str = DEFAULT, **calendar: str
) -> list[Letter]:
    template = read_template(text, "x")
    return list(letters(report, tables, people, template, per_idea=False, calendar=calendar))


def _said(letter: Letter) -> str:
    return "\n".join(letter.paragraphs)


def test_who_sits_reads_where_and_nobody_else_does(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Whatever became of their ideas, each person seated reads their group in their letter, once; no one else does."""
    seats = tables["assignments"][tables["assignments"]["status"] == "placed"].set_index("holder_id")["lab_id"]
    labs = {lab.lab_id: lab for lab in report.labs}
    weak = tables["idea_themes"].assign(weak_signal=True)
    for given in (tables, tables | {"idea_themes": weak}):
        view = build(given, ReportParams())
        told = {letter.holder_id for letter in _written(view, given, people) if "Une place vous est" in _said(letter)}
        assert told == set(seats.index)
        for letter in _written(view, given, people):
            if letter.holder_id in seats:
                offer = f"Une place vous est proposée dans {named_lab(labs[seats[letter.holder_id]])}."
                assert _said(letter).count(typeset(offer)) == 1


def test_nobody_waits_for_a_seat_to_be_freed_where_nobody_sits(tables: Tables) -> None:
    """In the line of a group that has not opened, the letter comes if it opens."""
    closed = tables["waiting_list"]["lab_id"].iloc[0]
    labs = tables["labs"].assign(placed=tables["labs"]["placed"].mask(tables["labs"]["lab_id"] == closed, 0))
    seats = tables["assignments"][tables["assignments"]["lab_id"] != closed]
    given = tables | {"labs": labs, "assignments": seats}
    told = places(build(given, ReportParams()), given)
    for row in given["waiting_list"].to_dict("records"):
        said = told[row["holder_id"]].said
        assert ("s’il s’ouvre" in said, "se libère" in said) == (row["lab_id"] == closed, row["lab_id"] != closed)


def test_who_waits_reads_their_own_best_line(tables: Tables, people: pd.DataFrame) -> None:
    """Of several lines, the first told is that of the group of highest affinity; the others by their position."""
    lines = pd.DataFrame(
        {
            "holder_id": "A001",
            "lab_id": ["lab-menage_lycees", "lab-assistantes", "lab-restauration_lycees"],
            "place_in_line": [1, 7, 2],
            "affinity": [0.2, 0.6, 0.4],
            "reason": "",
        }
    )
    seats = tables["assignments"][tables["assignments"]["holder_id"] != "A001"]
    given = tables | {"waiting_list": lines, "assignments": seats}
    view = build(given, ReportParams())
    said = _said(next(letter for letter in _written(view, given, people) if letter.holder_id == "A001"))
    best = next(lab for lab in view.labs if lab.lab_id == "lab-assistantes")
    assert typeset(f"Vous attendez une place dans {named_lab(best)}") in said
    assert "en position 7" in said
    others = re.findall(r"Vous attendez aussi une place dans [^:]*: position.(\d)\.", said)
    assert others == ["2", "1"]
    assert "Une place vous est proposée" not in said


def test_only_the_awarded_are_congratulated(tables: Tables, people: pd.DataFrame) -> None:
    """An idea set aside as a copy or a trial reads why; “félicitations” stands in letters of awarded ideas alone."""
    copy = tables["ideas"]["idea_id"] == "G1ID-010"
    ideas = tables["ideas"].assign(
        analysed=tables["ideas"]["analysed"] & ~copy,
        reason_excluded=tables["ideas"]["reason_excluded"].mask(copy, "même texte que G1ID-003"),
    )
    given = tables | {"ideas": ideas}
    awarded = set(ideas.loc[ideas["reason_excluded"] == AWARDED, "idea_id"])
    for letter in _written(build(given, ReportParams()), given, people):
        assert ("félicitations" in _said(letter)) == bool(awarded & set(letter.ideas))
        assert ("même texte que G1ID-003" in _said(letter)) == ("G1ID-010" in letter.ideas)


def test_a_former_template_without_the_new_section_is_completed() -> None:
    """Templates written before ideas set aside had a section are read, and take ours for it."""
    start, end = DEFAULT.index("[mise_de_cote]"), DEFAULT.index("[minilab]")
    assert read_template(DEFAULT[:start] + DEFAULT[end:], "x") == read_template(DEFAULT, "x")


def test_how_many_ideas_is_told_in_any_section(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """`{vos_idees}` is filled in wherever a template may use it, the sections of answers included."""
    everywhere = DEFAULT.replace("{suite}", "À propos de {vos_idees}.").replace("Votre participation", "{vos_idees}")
    for letter in _written(report, tables, people, everywhere):
        assert f"À propos de {'votre idée' if len(letter.ideas) == 1 else 'vos '}" in _said(letter)
        assert letter.subject.startswith("votre idée" if len(letter.ideas) == 1 else "vos ")


def test_a_missing_contact_is_a_visible_blank(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Without a contact a letter shows where to write it; with one, it says it."""
    assert all("Écrivez à ………" in _said(letter) for letter in _written(report, tables, people))
    known = replace(report, contact="idees@exemple.fr")
    assert all("Écrivez à idees@exemple.fr." in _said(letter) for letter in _written(known, tables, people))


def test_what_comes_next_is_the_calendar_s(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Who is seated reads the date of those seated, weak signals theirs; without a calendar, that no date is set."""
    seated = set(tables["assignments"].loc[tables["assignments"]["status"] == "placed", "holder_id"])
    for letter in _written(report, tables, people, place="Première séance le 3 mars.", signal_faible="Réponse en mai."):
        assert ("Première séance le 3 mars." in _said(letter)) <= (letter.holder_id in seated)
        assert ("Réponse en mai." in _said(letter)) <= ("signal_faible" in letter.answers)
    assert any("Première séance" in _said(x) for x in _written(report, tables, people, place="Première séance le 3."))
    undated = [letter for letter in _written(report, tables, people) if "pas encore fixée" in _said(letter)]
    assert {letter.holder_id for letter in undated} >= seated


def test_who_decided_is_told_of_each_idea_alone(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A decision on one idea changes the letters of its holders and no other; none claims that all was read."""
    told = dict(tables["idea_themes"].set_index("idea_id")["decided_by"])
    free = next(i for i, by in told.items() if by == "pipeline" and not report.idea[i].weak)
    placed = tables["idea_themes"]
    decided = placed.assign(decided_by=placed["decided_by"].mask(placed["idea_id"] == free, "analyst"))
    given = tables | {"idea_themes": decided}
    before = {letter.name: letter for letter in _written(report, tables, people)}
    after = {x.name: x for x in _written(build(given, ReportParams(), done=Work(1)), given, people)}
    changed = {name for name, letter in after.items() if letter != before[name]}
    assert changed == {letter.name for letter in after.values() if free in letter.ideas}
    assert all("décidé par une personne" in _said(after[name]) for name in changed)
    for letter in before.values():
        by_person = any(told.get(idea) == "analyst" for idea in letter.ideas)
        assert ("par une personne de l’équipe" in _said(letter)) == by_person
        assert "a été lue" not in _said(letter)


def test_a_weak_signal_names_its_neighbours(tables: Tables, people: pd.DataFrame) -> None:
    """A weak signal with neighbours reads which; without, nothing is said of neighbours."""
    two = pd.Series([["G1ID-002", "G1ID-003"]] * len(tables["idea_themes"]), dtype=object)
    near = tables["idea_themes"].assign(neighbours=two)
    for given, expected in ((tables, False), (tables | {"idea_themes": near}, True)):
        weak = [x for x in _written(build(given, ReportParams()), given, people) if "signal_faible" in x.answers]
        assert weak
        assert all(("Les idées les plus proches sont" in _said(x)) == expected for x in weak)
        assert all("(n°\u00a0G1ID-002)" in _said(x) for x in weak) == expected


def test_a_facilitator_reads_which_group(tables: Tables, people: pd.DataFrame) -> None:
    """Who leads a group without being a member reads it, besides their own seat when they have one."""
    row = tables["assignments"].iloc[[0]].assign(status="facilitator", lab_id="lab-assistantes", rank=None)
    kept = tables["assignments"][tables["assignments"]["status"] == "placed"]
    given = tables | {"assignments": pd.concat([kept, row.astype({"rank": "Int64"})], ignore_index=True)}
    asked = [x for x in _written(build(given, ReportParams()), given, people) if "proposé d’animer" in _said(x)]
    assert [letter.holder_id for letter in asked] == [row["holder_id"].iloc[0]]
    assert "Une place vous est proposée" in _said(asked[0])


def test_a_seat_far_from_ones_ideas_says_its_link(tables: Tables, people: pd.DataFrame) -> None:
    """Seated in the group nearest to one's only idea, a weak signal, one may join it or not."""
    placed = tables["idea_themes"]
    given = tables | {"idea_themes": placed.assign(weak_signal=placed["weak_signal"] | (placed.index % 2 == 0))}
    seats = tables["assignments"].query("status == 'placed'").set_index("holder_id")["lab_id"]
    own = placed.set_index("idea_id")["theme_id"]
    told = 0
    for letter in (x for x in _written(build(given, ReportParams()), given, people) if x.holder_id in seats):
        near = "le plus proche de cette idée" in _said(letter)
        seat = seats[letter.holder_id].removeprefix("lab-")
        inside = [a for i, a in zip(letter.ideas, letter.answers, strict=True) if own.get(i) == seat]
        assert "à vérifier" not in _said(letter)
        assert near == (bool(inside) and set(inside) == {"signal_faible"})
        told += near
    assert told > 5


def test_a_seat_is_said_beside_the_idea_it_comes_from(report: Report) -> None:
    """Of two ideas of the group's theme, the seat comes from the one inside it, not from the weak signal before it."""
    weak = next(idea for idea in report.idea.values() if idea.weak and idea.theme_id)
    inside = next(idea for idea in report.idea.values() if not idea.weak and idea.theme_id == weak.theme_id)
    elsewhere = next(idea for idea in report.idea.values() if idea.theme_id not in (weak.theme_id, ""))
    place = Place("place", (weak.theme_id,), "dans ce groupe")
    ids = [elsewhere.idea_id, weak.idea_id, inside.idea_id]
    assert _seated_for(ids, place, report) == inside.idea_id
    assert _seated_for(ids[:2], place, report) == weak.idea_id
    assert _seated_for(ids[:1], place, report) == ""


def test_who_registered_without_an_idea_is_told_their_place(
    report: Report, tables: Tables, people: pd.DataFrame
) -> None:
    """A volunteer with a seat gets a letter that names the group and no idea; others' letters stay as they were."""
    seat = tables["assignments"].head(1).assign(holder_id="V001", status="volunteer", reason_code="volunteer")
    more = tables | {"assignments": pd.concat([tables["assignments"], seat], ignore_index=True)}
    who = pd.DataFrame([["V001", "Ostravin", "Lise", "lise@exemple.fr"]], columns=list(people.columns))
    template = read_template(DEFAULT, "x")
    before = letters(report, tables, people, template, per_idea=False)
    *same, added = letters(report, more, pd.concat([people, who]), template, per_idea=False)
    assert tuple(same) == before
    assert (added.holder_id, added.ideas) == ("V001", ())
    assert any("Une place vous est proposée" in paragraph for paragraph in added.paragraphs)


def test_nothing_is_offered_in_a_group_that_is_over(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Its members, volunteers and line read how and when it ended; no seat, wait or missing date is told beside."""
    lab = next(lab for lab in report.labs if lab.placed and lab.waiting)
    seat = tables["assignments"].head(1).assign(holder_id="V001", status="volunteer", lab_id=lab.lab_id)
    given = tables | {"assignments": pd.concat([tables["assignments"], seat], ignore_index=True)}
    who = pd.DataFrame([["V001", "Ostravin", "Lise", "lise@exemple.fr"]], columns=list(people.columns))
    everyone, template = pd.concat([people, who]), read_template(DEFAULT, "x")
    rows = given["assignments"]
    members = set(rows.loc[(rows["lab_id"] == lab.lab_id) & (rows["status"] != "waiting"), "holder_id"])
    for target in (lab.lab_id, lab.theme_id):
        end = Step(target, "clos", "2021-10-19", "", "trop peu de membres.")
        told = {x.holder_id: x for x in letters(report, given, everyone, template, per_idea=False, steps=[end])}
        for holder in members:
            said = _said(told[holder])
            assert typeset(f"a pris fin le {long_date('2021-10-19')} : trop peu de membres.") in said
            assert f"proposée dans {typeset(named_lab(lab))}" not in said
        assert not any(f"attendez une place dans {typeset(named_lab(lab))}" in _said(x) for x in told.values())
        own = [x for x in told.values() if set(x.answers) == {"groupe_termine"}]
        assert own
        assert not any("pas encore fixée" in _said(x) or "se libère" in _said(x) for x in own if x.holder_id in members)
    on = [end, replace(end, step="poursuivi", day="2021-11-02")]
    before = letters(report, given, everyone, template, per_idea=False)
    again = letters(report, given, everyone, template, per_idea=False, steps=on)
    assert [x.answers for x in again] == [x.answers for x in before]
    offers = re.compile("Une place vous est proposée[^.]*\\.|attendez une place[^.]*\\.")
    assert [offers.findall(_said(x)) for x in again] == [offers.findall(_said(x)) for x in before]


def test_a_wait_says_the_rule_that_bars_it(tables: Tables) -> None:
    """Free seats that a directorate's limit closes, a group that lacks others' directorates: as the line records it."""
    line = (
        tables["waiting_list"]
        .head(1)
        .assign(bound="cap", bound_by="directorate", enters_by="directorate", place_in_line=1)
    )
    lab = str(line["lab_id"].iloc[0])
    turns = {"depends": "un de ses membres de votre direction se retire", "always": "si un de ses membres se retire"}
    for placed, maximum, enters in ((3, 9, "depends"), (3, 9, "always"), (9, 9, "depends"), (0, 9, "never")):
        labs = tables["labs"].assign(placed=placed, maximum=maximum)
        given = tables | {"labs": labs, "waiting_list": line.assign(enters=enters)}
        view = build(given, ReportParams())
        seats = given["assignments"][given["assignments"]["holder_id"] != line["holder_id"].iloc[0]]
        said = places(view, given | {"assignments": seats})[str(line["holder_id"].iloc[0])].said
        assert next(x for x in view.labs if x.lab_id == lab).placed == placed
        assert ("encore des places, mais pas pour votre direction" in said) == (0 < placed < maximum)
        assert ("manque des participants d’autres directions" in said) == (placed == 0)
        assert ("si une place se libère" in said) == (placed == maximum)
        assert not 0 < placed < maximum or turns[enters] in said


def test_a_letter_asks_once_and_each_idea_has_its_line(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Ideas that a program put in a theme are asked about, by number, with whom to write to; all others are not."""
    by = dict(zip(tables["idea_themes"]["idea_id"], tables["idea_themes"]["decided_by"], strict=True))
    count = 0
    for contact in ("", "dimap@exemple.fr"):
        for letter in _written(replace(report, contact=contact), tables, people):
            said = _said(letter)
            assert said.count("Est-ce bien le sujet") == bool(letter.asked)
            assert [a.idea_id for a in letter.asked] == re.findall(r"N°\s(\S+), sujet proposé", said)
            for one in letter.asked:
                idea = report.idea[one.idea_id]
                assert by[one.idea_id] != "analyst"
                assert not idea.weak
                assert one.theme == report.theme[idea.theme_id].label
            assert not letter.asked or f", à {contact or BLANK}, ou écrivez-y un mot" in said
            count += len(letter.asked)
    assert count > 100


def test_from_the_letter_to_the_decision(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Every line that letters ask to tick is in the table; ticked, it confirms the theme that the letter named."""
    asked = [one for letter in _written(report, tables, people) for one in letter.asked]
    book = load_workbook(io.BytesIO(replies_workbook(asked, [theme.label for theme in report.themes])))
    head, *lines = ([str(cell or "") for cell in row] for row in book.worksheets[0].iter_rows(values_only=True))
    assert {line[0] for line in lines} == {one.idea_id for one in asked}
    themes = {fold(theme.label): theme.theme_id for theme in report.themes}
    ticked = [head, *([*line[:3], "oui", "", ""] for line in lines)]
    acts = read_replies(ticked, "x", set(report.idea), themes)
    assert [(a.action, a.value) for a in acts] == [("assign", report.idea[a.target].theme_id) for a in acts]
    assert len(acts) == len(lines) > 100


def test_a_template_of_before_asks_too(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Without a place for it in the template, the question stands before the closing words."""
    template = read_template(DEFAULT.replace("{retour}\n\n", "").replace(", {retour} (", ", ("), "x")
    own = next(x for x in letters(report, tables, people, template, per_idea=False) if x.asked)
    asked = next(i for i, text in enumerate(own.paragraphs) if text.startswith("Est-ce bien"))
    closing = next(i for i, text in enumerate(own.paragraphs) if text.startswith("Une question"))
    assert closing == asked + len(own.asked) + 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", f"Date : {BLANK}"),
        ("2021-01-12", "Le 12 janvier 2021"),
        ("12 janvier 2021", "Le 12 janvier 2021"),
        ("Metz, le 3 mars", "Metz, le 3 mars"),
    ],
)
def test_letters_bear_the_day_of_the_calendar(given: str, said: str) -> None:
    """The day that the parameters give, as a date or in words; a blank to fill in without one."""
    assert fold(dated({"lettre": given})) == fold(said)


def test_a_wish_is_told_by_its_rank(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Beside a seat or a line, the wish that asked for this group; nothing where nobody wished for it."""
    lab = next(lab for lab in report.labs if lab.placed and lab.waiting)
    seats, lines = tables["assignments"], tables["waiting_list"]
    given = tables | {
        "assignments": seats.assign(wish=2),
        "waiting_list": lines[lines["lab_id"] == lab.lab_id].assign(wish=1),
    }
    said = [_said(x) for x in _written(report, given, people)]
    assert any(f"proposée dans {typeset(named_lab(lab))}, votre 2e vœu." in text for text in said)
    assert any(f"place dans {typeset(named_lab(lab))}, votre 1er vœu" in text for text in said)
    assert not any("vœu" in _said(x) for x in _written(report, tables, people))


def test_a_closed_group_says_how_many_it_needs(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A line that the minimum of a closed group binds says it, and no gap in the calendar stands beside the wait."""
    lab = next(lab for lab in report.labs if lab.waiting)
    shut = replace(report, labs=tuple(replace(x, placed=0) if x == lab else x for x in report.labs))
    lines = tables["waiting_list"]
    given = tables | {
        "waiting_list": lines[lines["lab_id"] == lab.lab_id].assign(bound="minimum", bound_count=8),
        "assignments": tables["assignments"][tables["assignments"]["lab_id"] != lab.lab_id],
    }
    waiting = [_said(x) for x in _written(shut, given, people) if "attendez une place" in _said(x)]
    assert waiting
    assert all("ne s’ouvre pas à moins de 8\u00a0personnes" in text for text in waiting)
    assert not any("pas encore fixée" in text for text in waiting if text.count("Votre idée «") == 1)


def test_a_community_names_its_trades(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Who is offered a trade community reads which occupations it takes in."""
    themes = tables["themes"]
    given = tables | {
        "themes": themes.assign(
            trade=pd.Series([["Cuisinier", "Agent d’entretien"] for _ in themes.index], index=themes.index)
        )
    }
    own = [x for x in _written(report, given, people) if "communaute_metier" in x.answers]
    assert own
    named = typeset("Elle réunit ces métiers : « Cuisinier » et « Agent d’entretien ».")
    assert all(named in _said(x) for x in own)


def test_a_validation_leaves_no_link_to_check(tables: Tables, people: pd.DataFrame) -> None:
    """An idea placed by its meaning says so; once validated, nothing asks whether that is right."""
    placed = tables["idea_themes"]
    given = tables | {"idea_themes": placed.assign(shared=placed["shared"].map(lambda _: []), decided_by="pipeline")}
    for done in (Work(), Work(0, "2020-03-02")):
        said = [_said(x) for x in _written(build(given, ReportParams(), done=done), given, people)]
        assert any("rapprochée d’après le sens de votre texte" in text for text in said)
        assert any("Est-ce bien le sujet" in text for text in said) == (not done.validated)
        assert not any("à vérifier" in text for text in said)


def test_who_has_no_group_for_a_cause_of_their_own_reads_it(tables: Tables, people: pd.DataFrame) -> None:
    """Another trade, unavailable: told to that person alone; other causes are those of ideas."""
    seats, line = tables["assignments"], tables["waiting_list"]
    words = {"trade": "réunit un autre métier que le vôtre", "unavailable": "n’étiez pas disponible", "near": ""}
    out = dict(zip(seats.loc[seats["status"] == "placed", "holder_id"], words, strict=False))
    causes = seats["holder_id"].map(lambda holder: [out[holder]] if holder in out else [])
    status = seats["status"].mask(seats["holder_id"].isin(out), "not_concerned")
    given = tables | {
        "assignments": seats.assign(
            status=status, causes=causes, reason_code=seats["holder_id"].map(out).fillna("ideas")
        ),
        "waiting_list": line[~line["holder_id"].isin(out)],
    }
    said = {x.holder_id: _said(x) for x in _written(build(given, ReportParams()), given, people)}
    for cause in ("trade", "unavailable"):
        assert [holder for holder, text in said.items() if words[cause] in text] == [
            holder for holder, own in out.items() if own == cause
        ]


@pytest.mark.parametrize(
    ("position", "said"),
    [
        (1, "votre tour viendra si un de ses membres se retire."),
        (2, "après celui de la personne qui vous précède, si des membres se retirent."),
        (10, "après celui des neuf personnes qui vous précèdent, si des membres se retirent."),
    ],
)
def test_a_turn_comes_after_those_before_in_line(tables: Tables, position: int, said: str) -> None:
    """Who is tenth in line is not told that one departure lets them in."""
    line = (
        tables["waiting_list"]
        .head(1)
        .assign(bound="cap", bound_by="directorate", enters_by="directorate", enters="always", place_in_line=position)
    )
    given = tables | {"labs": tables["labs"].assign(placed=3, maximum=9), "waiting_list": line}
    who = str(line["holder_id"].iloc[0])
    seats = given["assignments"][given["assignments"]["holder_id"] != who]
    assert said in places(build(given, ReportParams()), given | {"assignments": seats})[who].said


def test_of_several_groups_the_nearest_to_an_idea_is_named(tables: Tables, people: pd.DataFrame) -> None:
    """A weak signal's holder who waits for two groups reads which of them is near to it."""
    line = tables["waiting_list"].head(1)
    who = str(line["holder_id"].iloc[0])
    labs = tables["labs"]
    first = str(line["lab_id"].iloc[0])
    second = next(str(lab) for lab in labs["lab_id"] if lab != first)
    own = set(tables["idea_holders"].loc[tables["idea_holders"]["holder_id"] == who, "idea_id"])
    theirs = tables["idea_themes"]["idea_id"].isin(own)
    theme = str(labs.set_index("lab_id").loc[first, "theme_id"])
    weak = tables["idea_themes"].assign(
        weak_signal=tables["idea_themes"]["weak_signal"] | theirs,
        theme_id=tables["idea_themes"]["theme_id"].mask(theirs, theme),
    )
    given = tables | {
        "idea_themes": weak,
        "waiting_list": pd.concat([line, line.assign(lab_id=second, affinity=0.0)], ignore_index=True),
        "assignments": tables["assignments"][tables["assignments"]["holder_id"] != who],
    }
    given["labs"] = labs.assign(placed=labs["placed"].clip(lower=1))
    letter = next(x for x in _written(build(given, ReportParams()), given, people) if x.holder_id == who)
    assert "Le premier de ces groupes a le sujet le plus proche de cette idée." in _said(letter)


def test_each_row_of_the_follow_up_shows_in_the_letter(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Read, grouped, decided, done: a sentence a row, oldest first; an answered idea is not said to be unread."""
    template = read_template(DEFAULT, "x")
    letter = next(x for x in letters(report, tables, people, template, per_idea=False) if x.answers == ("minilab",))
    rows = [("lue", "2020-02-03", ""), ("regroupee", "2020-02-10", ""), ("decide", "2020-03-20", "DGS"),
            ("realise", "2020-09-15", "")]  # fmt: skip
    said = ["Lue par l’équipe le 3", "Rattachée à un groupe le 10", "Décision prise le 20", "Réalisée le 15"]
    for count in range(len(rows) + 1):
        steps = [Step(letter.ideas[0], step, day, who, "") for step, day, who in rows[:count]]
        written = letters(report, tables, people, template, per_idea=False, steps=steps)
        text = _said(next(x for x in written if x.holder_id == letter.holder_id)).replace("\u00a0", " ")
        assert [words in text for words in said] == [place < count for place in range(len(rows))]
        assert [text.find(words) for words in said[:count]] == sorted(text.find(words) for words in said[:count])
        assert ("personne ne l’a encore confirmé" in text) == (count < 3)
        assert ("Est-ce bien le sujet" in text) == (count < 3)
