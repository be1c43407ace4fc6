"""Small tables in words: the export, the composition, reading aids, codes."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.assign.whatif import Difference
from pipeline.errors import MinilabsError
from pipeline.notebook import export, reading, seating, tables
from pipeline.notebook.labels import CODED, CODES, COLUMNS

REPORT = {
    "counts": {"read": 1244, "ideas": 244, "kept": 240, "set_aside": {"idée primée": 4}, "merged": 1, "holders": 300},
    "masking": {"counts": {"nom": 6, "autre": 1}, "ideas": 3},
    "files": [
        {"file": "a.csv", "used_as": "ideas", "columns": {"title": ["Titre"], "part": ["A", "B"]}, "guessed": ["part"],
         "unused_columns": ["Z"]},
        {"file": "b.csv", "used_as": "none", "why": "vide"},
    ],
    "accounting": [{"table": "a.csv", "row": 3, "idea_id": "I3", "action": "mise de côté", "why": "primée"}],
    "persons": {"doubtful": 1},
    "problems": [1],
    "unknown_links": [1, 2],
}  # fmt: skip
LEDGER = {
    "goals": [
        {"name": "seated", "value": 195, "bound": 195, "proven": True},
        {"name": "worst_affinity", "value": 190, "bound": 200, "proven": False},
        {"name": "tie", "value": 3, "bound": 3, "proven": True},
        {"name": "inconnu", "value": None, "proven": True},
    ],
    "alternatives": [{"seats": 9, "changes": ["ajouter 9 places", "ouvrir un groupe"]}],
}


def test_the_export_is_summed_up() -> None:
    """Every count with French thousands, kinds of masking in words."""
    table = export.summary(REPORT)
    rows = dict(zip(table["Quoi"], table["Combien"], strict=True))
    assert rows["lignes lues"] == "1\u202f244"
    assert rows["mises de côté : idée primée"] == "4"
    assert rows["passages masqués : noms"] == "6"
    assert rows["passages masqués : autre"] == "1"


def test_each_column_says_what_it_was_taken_for() -> None:
    """Guessed by content, unused, or a file not read at all: each is told."""
    rows = [tuple(row) for row in export.columns_read(REPORT).itertuples(index=False)]
    assert ("a.csv", "Titre", "titre") in rows
    assert next(said for _, column, said in rows if column == "B").endswith("(d’après son contenu)")
    assert ("a.csv", "Z", "non lue") in rows
    assert ("b.csv", "(tout le fichier)", "non lu : vide") in rows


def test_rows_set_aside_are_listed() -> None:
    """File, row, idea, what, why; an empty report gives an empty table with its columns."""
    assert list(export.accounting(REPORT).iloc[0]) == ["a.csv", 3, "I3", "mise de côté", "primée"]
    assert list(export.accounting({}).columns) == ["Fichier", "Ligne", "Idée", "Ce qui a été fait", "Pourquoi"]


def test_the_verdict_counts_all_doubts() -> None:
    """In agreement, as one sentence."""
    said = export.verdict(REPORT).replace("\u00a0", " ")
    for doubt in ("1 cellule illisible", "2 porteurs inconnus", "1 homonyme possible", "3 idées masquées"):
        assert doubt in said


def test_goals_say_their_value_and_proof() -> None:
    """Affinities are shares, not thousandths; a draw has no value; an unknown goal keeps its name."""
    rows = [tuple(row) for row in seating.goals(LEDGER).itertuples(index=False)]
    assert rows[0][2:] == ("195", "195", "oui")
    assert rows[1][2:] == ("0,19", "0,20", "non")
    assert rows[2][2:] == ("–", "–", "oui")
    assert rows[3][1] == "inconnu"
    assert seating.goals({}).empty


def test_ways_out_are_sentences() -> None:
    """Numbered, with what each brings."""
    (row,) = seating.ways_out(LEDGER).itertuples(index=False)
    assert tuple(row) == (1, 9, "ajouter 9 places\u202f; ouvrir un groupe")


def test_places_are_told_by_titles() -> None:
    """Groups by title, statuses in words; the waiting list in the order of call."""
    labs = pd.DataFrame({"lab_id": ["lab-T01"], "label": ["Vélos"]})
    places = pd.DataFrame({"holder_id": ["A1", "A2"], "lab_id": ["lab-T01", ""], "status": ["placed", "waiting"]})
    assert seating.told(places, labs)[["lab_id", "status"]].to_numpy().tolist() == [
        ["Vélos", "placé"],
        ["", "en attente"],
    ]
    line = pd.DataFrame({"holder_id": ["A1", "A2"], "lab_id": "lab-T01", "place_in_line": [2, 1]})
    assert list(seating.told(line, labs)["holder_id"]) == ["A2", "A1"]


def test_a_trial_is_told_before_and_after() -> None:
    """Figures, rules that would have to give, and who would move."""
    change = Difference((("A1", "", "Vélos"), ("A2", "Repas", "")), {"personnes placées": ("1", "2")}, ("fermer",))
    assert seating.effects(change).to_numpy().tolist() == [
        ["personnes placées", "1", "2"],
        ["il faudrait", "", "fermer"],
    ]
    assert seating.moves(change).to_numpy().tolist() == [["A1", "sans place", "Vélos"], ["A2", "Repas", "sans place"]]


def test_no_group_to_compose_is_an_error_in_words() -> None:
    """It names what to do."""
    with pytest.raises(MinilabsError, match="no_group"):
        seating.most_awaited(pd.DataFrame({"lab_id": []}), pd.DataFrame({"lab_id": [], "placed": []}))


def test_ideas_between_two_themes_come_most_shared_first() -> None:
    """A weak signal is in no theme; the second theme has its title."""
    ideas = pd.DataFrame(
        {
            "idea_id": ["I1", "I2", "I3", "I4"], "theme_id_2": ["T2", "T2", None, "T3"],
            "membership": [0.9, 0.5, 0.8, 0.2],
            "membership_2": [0.3, 0.4, None, 0.2], "weak_signal": [False, False, False, True],
        }
    )  # fmt: skip
    found = reading.between_two(ideas, {"T2": "Repas"})
    assert list(found["idea_id"]) == ["I2", "I1"]
    assert list(found["second"]) == ["Repas", "Repas"]


def test_near_duplicates_are_read_with_their_titles() -> None:
    """The surest first; ties in order of id."""
    pairs = pd.DataFrame({"idea_a": ["I2", "I1"], "idea_b": ["I3", "I2"], "score": [0.5, 0.5]})
    ideas = pd.DataFrame({"idea_id": ["I1", "I2", "I3"], "title": ["un", "deux", "trois"], "text": ["1", "2", "3"]})
    assert reading.pairs_to_read(pairs, ideas).iloc[0].tolist() == ["I1", "un", "I2", "deux"]
    assert reading.side_by_side(ideas, "I3", "I9", "I1").to_dict("list") == {"I3": ["3"], "I1": ["1"]}


def test_cells_are_french() -> None:
    """Lists joined, yes and no, decimal comma, nothing for nothing; line breaks do not stretch a row."""
    frame = pd.DataFrame(
        {"a": [["x", "y"]], "analysed": [True], "membership": [0.5], "b": [None], "text": ["un\n\ndeux"]}
    )
    shown = tables.french(frame)
    assert shown.iloc[0].tolist() == ["x, y", "oui", "0,50", "", "un deux"]
    assert list(shown.columns) == ["a", "Analysée", "Appartenance", "b", "Texte"]


def test_codes_become_words_where_they_are_codes_only() -> None:
    """« new » in a title stays « new »."""
    assert tables.french(pd.DataFrame({"change": ["new"], "title": ["new"]})).iloc[0].tolist() == ["nouveau", "new"]
    assert set(CODED) <= set(COLUMNS)
    assert all(CODES[code] for code in CODES if code)


def test_a_long_table_is_cut_and_says_so() -> None:
    """Thousands of rows would weigh on the notebook."""
    page = str(tables.browse(pd.DataFrame({"idea_id": range(6000)}), caption="Tout.").data)
    assert "5\u202f000 premières lignes sur 6\u202f000" in page
