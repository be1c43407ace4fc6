"""People are read out of cells and matched: one holder for one person, doubts listed and not decided."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import pytest

from pipeline.ingest import Decisions, Ingested, SourceFile, ingest
from pipeline.ingest.cells.names import people_in, split_name
from pipeline.ingest.rows.records import Link, Person, Row
from pipeline.ingest.tables.matching import DIFFERENT, SAME, Matched, Mention, match_people
from pipeline.ingest.tables.people import gather_people, holder_frames
from pipeline.params import IngestParams


def person(name: str, **more: str) -> Person:
    """Return a person from "given family"."""
    family, given = split_name(name)
    return Person(family_name=family, given_name=given, **more)


def groups(*people: Person, decided: Mapping[frozenset[str], str] | None = None) -> int:
    """Return how many people these mentions are."""
    mentions = [Mention(p.holder_id or f"i{i}:1", p) for i, p in enumerate(people)]
    return len(match_people(mentions, decided or {}).groups)


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("DUPONT Marie", [("DUPONT", "Marie")]),
        ("Marie Dupont", [("Dupont", "Marie")]),
        ("Dupont Marie", [("Dupont", "Marie")]),
        ("Dupont, Marie", [("Dupont", "Marie")]),
        ("M. Jean-Paul de la Tour", [("de la Tour", "Jean-Paul")]),
        ("LE GUENNEC Soizic ; Yann Kerbrat", [("LE GUENNEC", "Soizic"), ("Kerbrat", "Yann")]),
        ("Marie Dupont, Paul Martin et Léa Roy", [("Dupont", "Marie"), ("Martin", "Paul"), ("Roy", "Léa")]),
        ("Marie Dupont / Paul Martin\nLéa Roy", [("Dupont", "Marie"), ("Martin", "Paul"), ("Roy", "Léa")]),
        ("DURAND; Anne", [("DURAND", "Anne")]),
        ("Anne 54000", [("", "Anne")]),
        ("Marc Leroy (57000)", [("Leroy", "Marc")]),
        ("Agent 54000", [("54000", "Agent")]),
        ("", []),
    ],
)
def test_names_of_a_cell(cell: str, people: list[tuple[str, str]]) -> None:
    """Family and given names are told apart, in either order and with any separator."""
    assert [(p.family_name, p.given_name) for p in people_in(cell)] == people


def test_email_and_directorate_in_a_cell() -> None:
    """An e-mail and what stands in parentheses go with their person."""
    first, second = people_in("DUPONT Marie (DSI) <m.dupont@exemple.fr> ; MARTIN Paul - Direction des lycées")
    assert (first.email, first.directorate) == ("m.dupont@exemple.fr", "DSI")
    assert second.directorate == "Direction des lycées"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élodie Dupont-Martin", "DUPONT MARTIN Elodie"),
        ("Jean-Paul Ravaudet", "ravaudet jean paul"),
        ("Zoé Œillet", "Zoe OEILLET"),
    ],
)
def test_one_person_written_in_two_ways(one: str, other: str) -> None:
    """Case, accents, hyphens and order make no second person."""
    assert groups(person(one), person(other)) == 1


def test_double_name_cut_short() -> None:
    """A name cut short, "Marie Dupont" and "Marie Dupont-Martin" are one person in one directorate, else a doubt."""
    one, other = person("Marie Ravaudet"), person("Marie Ravaudet-Klein")
    assert groups(one, other) == 2
    same = {"directorate": "DSI"}
    assert groups(person("Marie Ravaudet", **same), person("Marie Ravaudet-Klein", **same)) == 1
    doubts = match_people([Mention("a:1", one), Mention("b:1", other)], {}).doubts
    assert [(d.ref_a, d.ref_b, d.merged) for d in doubts] == [("a:1", "b:1", False)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Marie Ravaudet", "Marie Ravaudez", "une lettre de différence"),
        ("M. Ravaudet", "Marie Ravaudet", ""),
        ("Ravaudet M.", "Marie Ravaudet", "prénom en initiale"),
        ("Paul Roy", "Paula Roy", "une lettre de différence"),
        ("Paul Roy", "Luc Roy", ""),
        ("Léa Roy", "Luc Roy", ""),
        ("Agent 12345", "Agent 12346", ""),
        ("Karine Roy", "Carine Roy", "une lettre de différence"),
        ("Dana Roy", "Lana Roy", ""),
        ("Ravaudet", "Ravaudez", ""),
        ("Marie Anne Ravaudet Klein", "Marine Anne Ravaudet Kleim", ""),
        ("Marie Anne Ravaudet", "Marine Anne Ravaudet Zorn", ""),
        ("Z. Anne Ravaudet", "Marie Anne Ravaudet", ""),
        ("M. L. Anne Ravaudet", "Léa Anne Ravaudet", "prénom en initiale"),
    ],
)
def test_doubts(one: str, other: str, why: str) -> None:
    """People whose names nearly agree are listed with the reason, and kept apart; others are not listed."""
    matched = match_people([Mention("a:1", person(one)), Mention("b:1", person(other))], {})
    assert [doubt.why for doubt in matched.doubts] == ([why] if why else [])
    assert len(matched.groups) == 2


def test_names_in_the_other_columns_are_the_same_person() -> None:
    """An export that swaps family and given names makes no second person."""
    assert groups(Person(family_name="Roy", given_name="Marie"), Person(family_name="Marie", given_name="Roy")) == 1


def test_an_address_alone_is_whoever_has_it() -> None:
    """A mention with an e-mail and no name is the person of that e-mail, whichever comes first."""
    named, alone = person("Marie Roy", email="m@exemple.fr"), Person(email="m@exemple.fr")
    assert groups(named, alone) == groups(alone, named) == 1


def test_one_name_in_two_directorates_is_joined_and_told() -> None:
    """People move: the same name in two directorates is one person until the analyst, who is told, says otherwise."""
    mentions = [Mention(f"{place}:1", person("Marie Roy", directorate=place)) for place in ("Nord", "Sud")]
    matched = match_people(mentions, {})
    assert [(doubt.why, doubt.merged) for doubt in matched.doubts] == [("même nom, deux directions", True)]
    assert len(matched.groups) == 1


def test_homonyms_stay_apart() -> None:
    """Two numbers or two e-mails under one name are two people."""
    assert groups(person("Marie Roy", holder_id="1"), person("Marie Roy", holder_id="2")) == 2
    assert groups(person("Marie Roy", email="a@exemple.fr"), person("Marie Roy", email="b@exemple.fr")) == 2


@pytest.mark.parametrize(
    ("field", "why"),
    [("holder_id", "même nom, deux numéros"), ("email", "même nom, deux adresses électroniques")],
)
def test_homonyms_are_told_once_with_what_tells_them_apart(field: str, why: str) -> None:
    """Three people of one name are each told beside the first; once they are said to be one, nothing is left to ask."""
    mentions = [Mention(f"{one}:1", person("Marie Roy", **{field: one})) for one in "abc"]
    found = match_people(mentions, {})
    assert [(d.ref_a, d.ref_b, d.why, d.merged) for d in found.doubts] == [
        ("a:1", "b:1", why, False), ("a:1", "c:1", why, False),
    ]  # fmt: skip
    same = {frozenset({"a:1", "b:1"}): SAME, frozenset({"b:1", "c:1"}): SAME}
    assert match_people(mentions, same) == Matched([[0, 1, 2]], [])


def test_two_numbers_under_one_address_are_two_people() -> None:
    """Neither a shared e-mail nor one name joins whom the export numbers; told one through a third, they are."""
    box = "loge@exemple.fr"
    pair = [person("Marie Roy", holder_id=number, email=box) for number in ("1", "2")]
    assert groups(*pair) == 2
    names = [Mention(f"{n}:1", person(name, email=box)) for n, name in enumerate(("Marie Roy", "Paul Klein"))]
    third = Mention("2:1", person("Anne Aubert"))
    same = {frozenset({"0:1", "2:1"}): SAME, frozenset({"1:1", "2:1"}): SAME}
    assert match_people([*names, third], same) == Matched([[0, 1, 2]], [])


def test_shared_mailbox_is_a_doubt() -> None:
    """Two names under one e-mail are two people, listed."""
    box = "loge@exemple.fr"
    mentions = [Mention("a:1", person("Marie Roy", email=box)), Mention("b:1", person("Paul Klein", email=box))]
    matched = match_people(mentions, {})
    assert len(matched.groups) == 2
    assert matched.doubts[0].why == "même adresse électronique, deux noms"


@pytest.mark.parametrize(("decision", "people"), [(SAME, 1), (DIFFERENT, 2)])
def test_analyst_decides(decision: str, people: int) -> None:
    """A decided doubt is settled and no longer listed."""
    mentions = [Mention("a:1", person("Marie Ravaudet")), Mention("b:1", person("Marie Ravaudez"))]
    matched = match_people(mentions, {frozenset({"a:1", "b:1"}): decision})
    assert (len(matched.groups), matched.doubts) == (people, [])


def test_homonyms_of_two_directorates_stay_apart_once_told_so() -> None:
    """« Deux personnes » holds for every mention of either directorate, in whatever order the ideas come."""
    roy = [person("Marie Roy", directorate=place) for place in ("Nord", "Sud", "Nord", "Sud", "")]
    for order in permutations(range(5)):
        mentions = [Mention(f"G{i}:1", roy[i]) for i in order]
        matched = match_people(mentions, {frozenset({"G0:1", "G1:1"}): DIFFERENT})
        told = [{roy[order[i]].directorate for i in group} - {""} for group in matched.groups]
        assert sorted(map(sorted, told)) == [["Nord"], ["Sud"]]
        assert matched.doubts == []


def idea(number: int, *people: Person) -> Row:
    """Return an idea with its people."""
    return Row("x.csv", number, f"G{number}", "Titre", (), "", "", "", people=people)


def test_numbers_are_given_in_the_order_of_ideas() -> None:
    """People without a number get A001... by their first idea; a reserved number is not given again."""
    rows = [idea(2, person("Paul Roy")), idea(1, person("Marie Klein"))]
    assert {p.given_name: key for key, p in gather_people(rows, [], [], {}).holders.items()} == {
        "Marie": "A001", "Paul": "A002",
    }  # fmt: skip
    reserved = gather_people(rows, [], [], {}, {"A001"})
    assert set(reserved.holders) == {"A002", "A003"}


@pytest.mark.parametrize(
    ("held", "ideas", "told"), [(10, 10, False), (11, 11, True), (15, 200, False), (21, 200, True)]
)
def test_too_many_ideas_for_one_person(held: int, ideas: int, told: bool) -> None:  # noqa: FBT001 - a case
    """More than ten ideas, and more than a tenth of them all, are told: several people may be one by mistake."""
    rows = [idea(n, person("Marie Klein")) if n < held else idea(n, Person(holder_id=f"P{n}")) for n in range(ideas)]
    assert gather_people(rows, [], [], {}).unlikely() == ([("A001", held, 0)] if told else [])


@pytest.mark.parametrize(("third", "told"), [("Est", [("7", 3, 3)]), ("nord", []), ("", [])])
def test_too_many_directorates_for_one_person(third: str, told: list[tuple[str, int, int]]) -> None:
    """A number that three directorates use is told; none, or one written otherwise, counts for no other."""
    rows = [idea(n, Person(holder_id="7", directorate=place)) for n, place in enumerate(("Nord", "Sud", third))]
    assert gather_people(rows, [], [], {}).unlikely() == told


def test_a_name_is_kept_as_it_is_best_written() -> None:
    """In mixed case rather than capitals, with its accents, whole rather than cut."""
    forms = ("MARIE", "Marie"), ("Lea", "Léa"), ("Anne", "Anne-Lise")
    for pair in forms:
        for order in permutations(pair):
            rows = [idea(n, Person("7", "Roy", form)) for n, form in enumerate(order)]
            assert gather_people(rows, [], [], {}).holders["7"].given_name == pair[1]


def test_spellings_and_identities_are_those_of_named_people() -> None:
    """Every way of writing a person is known for masking; who is only a number has no identity, nor a new number."""
    rows = [
        idea(1, person("DUPONT Marie")), idea(2, person("Dupont Marie")),
        idea(3, Person(holder_id="7", directorate="Nord")), idea(4, Person(given_name="Léa")),
        idea(5, Person(holder_id="8", family_name="Roy", given_name="Zoé")),
    ]  # fmt: skip
    gathered = gather_people(rows, [], [], {})
    assert gathered.spellings["A001"] == {("DUPONT", "Marie", ""), ("Dupont", "Marie", "")}
    assert {one.holder_id for one in gathered.numbers} == {"A001", "A002"}
    holders, identities, _ = holder_frames(gathered)
    assert list(holders["holder_id"]) == ["7", "8", "A001", "A002"]
    assert list(identities["holder_id"]) == ["8", "A001", "A002"]


def test_links_are_found_whatever_the_zeros() -> None:
    """A spreadsheet that ate zeros or changed case does not lose links; a link to nobody is listed."""
    people = [Person(holder_id="007", family_name="Roy")]
    links = [Link("l.csv", 2, "g1", "7", "porteur"), Link("l.csv", 3, "G1", "8", "porteur")]
    gathered = gather_people([idea(1)], people, links, {})
    assert gathered.links == {("G1", "007"): "porteur"}
    assert [link.number for link in gathered.unknown] == [3]


LISTED = [
    person("Marie Ravaudet", directorate="Nord"), person("Marie Ravaudez", directorate="Sud"),
    person("Paul Roy", directorate="Nord"), person("Paul Roy", directorate="Sud"),
    person("Paul Roy", directorate="Sud", occupation="agent"), person("Zoé Klein", email="z@exemple.fr"),
]  # fmt: skip
"""People of a table without numbers: two that one letter tells apart, homonyms, a row written twice."""


def test_the_order_of_a_table_of_people_changes_nobody() -> None:
    """A table without numbers gives the same people and the same doubts in each of its 720 orders."""
    found = [gather_people([], order, [], {}) for order in permutations(LISTED)]
    assert {(*one.holders.items(), *one.doubts) for one in found} == {(*found[0].holders.items(), *found[0].doubts)}
    assert sorted(doubt.why for doubt in found[0].doubts) == ["même nom, deux directions", "une lettre de différence"]


@pytest.mark.parametrize("newcomer", ["Anne Aubert", "Zoé Zimmer", "Paul Roux", "Marie Ravaudel"])
def test_a_decision_stays_with_its_people_when_rows_come(newcomer: str) -> None:
    """Two people told one, and two homonyms told apart, stay so whoever is added to a table without numbers."""
    doubts = {doubt.why: frozenset({doubt.ref_a, doubt.ref_b}) for doubt in gather_people([], LISTED, [], {}).doubts}
    decided = {doubts["une lettre de différence"]: SAME, doubts["même nom, deux directions"]: DIFFERENT}
    before = gather_people([], LISTED, [], decided)
    after = gather_people([], [person(newcomer), *LISTED], [], decided)
    assert before.doubts == []
    assert (len(before.holders), len(after.holders)) == (4, 5)
    assert set(before.holders.values()) < set(after.holders.values())


FLAT = """Titre;Description;Porteur;Direction;E-mail
Vélos;Acheter des vélos pour tous;RAVAUDET Marie;DSI;m.ravaudet@exemple.fr
Soupe;Servir de la soupe le soir;Marie Ravaudet;DSI;
Thé;Servir du thé le matin;Marie Ravaudez;DRH;
"""


def load(decisions: Decisions | None = None) -> Ingested:
    """Return what the flat table gives."""
    return ingest([SourceFile("x.csv", FLAT.encode())], IngestParams(language_model=False), decisions)


def test_flat_table() -> None:
    """Holders come out of a flat table once each, their names in the identities only, doubts in the private list."""
    result = load()
    assert len(result.holders) == 2
    assert "Ravaudet" not in result.holders.to_csv() + result.ideas.to_csv() + str(result.report)
    assert list(result.doubts["why"]) == ["une lettre de différence"]
    assert result.report["persons"]["doubtful"] == 1


def test_forgotten_person_is_left_out() -> None:
    """A person on the list of erased people has no holder, identity or link, even in a new export with them in it."""
    numbered = FLAT.replace("Direction", "Matricule").replace("DSI", "M1").replace("DRH", "M2")
    files = [SourceFile("x.csv", numbered.encode())]
    after = ingest(files, IngestParams(language_model=False), Decisions(forgotten=frozenset({"M2"})))
    assert list(after.holders["holder_id"]) == list(after.identities["holder_id"]) == ["M1"]
    assert set(after.idea_holders["holder_id"]) == {"M1"}
    assert len(after.ideas) == 3
