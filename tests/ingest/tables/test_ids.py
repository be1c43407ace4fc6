"""An idea keeps its id: the export's own number, completed by its source where several share it, then remembered."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.identifiers import anchor
from pipeline.ingest import Decisions, Ingested, SourceFile, ingest
from pipeline.ingest.tables.ids import Given, Unnamed, name_ideas
from pipeline.params import IngestParams
from tests.ingest.kinds import Rows, workbook

PARAMS = IngestParams(language_model=False)
HEADER = ("N°", "Titre", "Texte")
SCHOOLS = [HEADER, (1, "Toits", "Isoler les toits des ateliers."), (2, "Repas", "Cuisiner des produits locaux.")]
MONEY = [
    HEADER,
    (1, "Signature", "Signer les conventions en ligne."),
    (2, "Délais", "Afficher les délais."),
]
BUYING = [HEADER, (1, "Papier", "Grouper les achats de papier."), (2, "Mobilier", "Ouvrir une bourse aux meubles.")]


def load(before: Ingested | None = None, name: str = "export.xlsx", **sheets: Rows) -> Ingested:
    """Return what the stage makes of a workbook, with the ids given before."""
    known = Decisions(ids=tuple(before.ids)) if before else Decisions()
    return ingest([SourceFile(name, workbook(sheets))], PARAMS, known)


def ids(result: Ingested) -> dict[str, str]:
    """Return title → id."""
    return dict(zip(result.ideas["title"], result.ideas["idea_id"], strict=True))


def test_sources_that_share_numbers() -> None:
    """The number is completed by the name of its sheet, whatever the order, and it is told."""
    found = load(Lycées=SCHOOLS, Finances=MONEY)
    assert ids(found) == {"Toits": "1-lycees", "Repas": "2-lycees", "Signature": "1-finances", "Délais": "2-finances"}
    assert ids(load(Finances=MONEY, Lycées=SCHOOLS)) == ids(found)
    assert any("Des numéros sont les mêmes" in said for said in found.report["sentences"])


def test_a_sheet_added_or_removed_moves_nothing() -> None:
    """Ids of the first reading stay when a sheet comes, and when another goes."""
    one = load(Lycées=SCHOOLS)
    assert ids(one) == {"Toits": "1", "Repas": "2"}
    three = load(one, Lycées=SCHOOLS, Finances=MONEY, Achats=BUYING)
    assert ids(three) == {**ids(one), "Signature": "1-finances", "Délais": "2-finances", "Papier": "1-achats",
                          "Mobilier": "2-achats"}  # fmt: skip
    left = load(three, Finances=MONEY)
    assert ids(left) == {"Signature": "1-finances", "Délais": "2-finances"}
    assert ids(load(left, Achats=BUYING, Lycées=SCHOOLS)) == {k: v for k, v in ids(three).items() if k not in ids(left)}


def test_a_corrected_idea_keeps_its_id() -> None:
    """A text corrected keeps its id, numbered or not; a new idea takes no id that another had."""
    before = load(Feuil1=[HEADER, *SCHOOLS[1:], (1, "Papier", "Grouper les achats de papier.")])
    after = load(before, Feuil1=[HEADER, (1, "Toits", "Isoler tous les toits."), SCHOOLS[2], *BUYING[1:2]])
    assert ids(after) == ids(before)
    loose: Rows = [("Titre", "Texte"), ("Toits", "Isoler les toits."), ("Repas", "Cuisiner local.")]
    first = load(Feuil1=loose)
    again = load(first, Feuil1=[*loose[:1], ("Toits", "Isoler tous les toits."), *loose[2:], ("Papier", "En acheter.")])
    assert {title: own for title, own in ids(again).items() if title != "Papier"} == ids(first)


def test_a_renamed_file_is_the_same_source() -> None:
    """Next month's file of the same ideas keeps their ids; another file of other ideas does not take them, told."""
    before = load(name="mars.xlsx", Feuil1=SCHOOLS)
    assert ids(load(before, name="avril.xlsx", Feuil1=[*SCHOOLS, (3, "Vélos", "En acheter.")])) == {
        **ids(before), "Vélos": "3",
    }  # fmt: skip
    other = load(before, name="finances.xlsx", Feuil1=MONEY)
    assert ids(other) == {"Signature": "1-finances", "Délais": "2-finances"}
    assert any("les décisions prises restent à l’autre" in said for said in other.report["sentences"])


def test_numbers_given_twice() -> None:
    """Ids 1, 1, 1-bis, 1-bis are four ideas with an id each."""
    rows = [HEADER, (1, *SCHOOLS[1][1:]), (1, *MONEY[1][1:]), ("1-bis", *BUYING[1][1:]), ("1-bis", *BUYING[2][1:])]
    found = ids(load(Feuil1=rows))
    assert len(set(found.values())) == 4
    assert {found["Papier"], found["Mobilier"]} & {"1-bis"}


def test_another_idea_under_a_known_number_is_told() -> None:
    """When title and text change under one number, decisions about it are to be looked at."""
    before = load(Feuil1=SCHOOLS)
    after = load(before, Feuil1=[HEADER, SCHOOLS[1], (2, "Vélos", "En acheter dix.")])
    assert any("vérifiez les décisions" in said for said in after.report["sentences"])


def test_links_follow_the_number() -> None:
    """A table of links names ideas by the export's number, also once the id has the name of its source."""
    before = load(Lycées=SCHOOLS, Finances=MONEY)
    people = [("Matricule", "Nom", "Prénom"), ("a1", "Roy", "Léa")]
    after = load(before, Lycées=SCHOOLS, Agents=people, Liens=[("N° idée", "Matricule"), (1, "a1")])
    assert list(after.idea_holders["idea_id"]) == ["1-lycees"]


def test_long_and_odd_ids_make_file_names() -> None:
    """A name for a file stays short, and others for other ids."""
    long = ["9" * 300, "9" * 299 + "8", "é/" * 200, "a b", "a_b"]
    names = [anchor("idee", each) for each in long]
    assert len(set(names)) == len(names)
    assert all(len(name.encode()) <= 100 and "/" not in name for name in names)


IDEAS = st.lists(
    st.tuples(st.sampled_from(["", "1", "2", "1-a"]), st.sampled_from(["a", "b", "c"]), st.sampled_from("wxyz")),
    max_size=8, unique=True,
)  # fmt: skip


def unnamed(ideas: Sequence[tuple[str, str, str]]) -> list[Unnamed]:
    """Return distinct ideas from (number, source, words)."""
    return [
        Unnamed(number, (source,), f"I-{words}", words, f"{words}0123456789abcd") for number, source, words in ideas
    ]


@given(IDEAS, IDEAS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_ids_are_distinct_and_stay(first: list[tuple[str, str, str]], more: list[tuple[str, str, str]]) -> None:
    """Whatever is added, each idea has one id of its own, and those of the first reading have theirs still."""
    first, more = ([one for one in ideas if one[0] or one[1] == "a"] for ideas in (first, more))
    before = name_ideas(unnamed(first), [])
    both = unnamed([*dict.fromkeys([*first, *more])])
    after = name_ideas(both, before.given)
    assert len(set(before.ids)) == len(first)
    assert len(set(after.ids)) == len(both)
    kept = {given.idea_id for given in before.given}
    assert kept <= {given.idea_id for given in after.given}
    assert [own for idea, own in zip(both, after.ids, strict=True) if idea in unnamed(first)] == before.ids
    assert name_ideas(both, after.given) == name_ideas(both, [Given(*vars_of(g)) for g in after.given])


def vars_of(given: Given) -> tuple[str, str, str, str, str]:
    """Return the cells of a remembered id, as they are written."""
    return given.source, given.number, given.title, given.words, given.idea_id
