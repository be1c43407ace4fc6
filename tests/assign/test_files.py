"""What people fill in: understood as a spreadsheet saves it, every mistake said by line, in French, all at once."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from pipeline.assign import Given, assign
from pipeline.assign.inputs.lab_rules import LabRule, read_lab_rules
from pipeline.assign.inputs.problem import Lab
from pipeline.assign.inputs.wishes import PEOPLE_COLUMNS
from pipeline.errors import MinilabsError
from pipeline.files.spreadsheet import read_sheet, split
from pipeline.messages import sentence
from pipeline.params import AssignParams
from pipeline.schema import HOLDERS
from tests.assign.decided import given, table

Tables = dict[str, pd.DataFrame]
ENV = "lab-environnement_ecogestes"


def refused(tables: Tables, files: Given) -> str:
    """Return what is said of files that cannot be used."""
    with pytest.raises(MinilabsError) as caught:
        assign(tables, AssignParams(), 2020, files)
    return sentence(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        b"agent_id,voeux,indisponible\nA001,lab-a|lab-b,oui\n",
        "Agent ID;Vœux;Indisponible\nA001;lab-a|lab-b;oui\n".encode("utf-8-sig"),
        b"holder_id\twishes\tunavailable\nA001\tlab-a|lab-b\toui\n",
        "Numéro;voeux;Indisponible\r\nA001;lab-a|lab-b;oui\r\n;;\r\n".encode("cp1252"),
    ],
)
def test_a_file_is_read_as_a_spreadsheet_saves_it(content: bytes) -> None:
    """Comma, semicolon or tab, UTF-8 or cp1252, French or English names: the same row, on line 2."""
    rows = read_sheet(content, "people.csv", PEOPLE_COLUMNS)
    assert [row.line for row in rows] == [2]
    cells = rows[0].cells
    assert (cells["agent_id"], cells["voeux"], cells["indisponible"], cells["avec"]) == (
        "A001",
        "lab-a|lab-b",
        "oui",
        "",
    )


def test_several_values_in_a_cell() -> None:
    """Values are separated by a bar or a semicolon; a comma may be part of a title."""
    assert split("Accueil, intégration | lab-T03;lab-T04") == ("Accueil, intégration", "lab-T03", "lab-T04")


def test_an_unknown_column_is_named(tables: Tables) -> None:
    """A misspelt header is refused with the possible ones, not ignored."""
    said = refused(tables, Given(people=b"agent_id,voeu x\nA001,lab\n"))
    assert "voeu x" in said
    assert "max_minilabs" in said


def test_every_mistake_is_said_at_once_by_line(tables: Tables) -> None:
    """Unknown persons and labs, bad numbers, shares and words of both files come in one message."""
    people = table(
        {"agent_id": "A001", "voeux": "lab-inconnu", "max_minilabs": "zéro"},
        {"agent_id": "Z999", "indisponible": "peut-être"},
        {"agent_id": "A002", "avec": "Z998", "sans": "A002"},
        {"agent_id": "A001"},
    )
    labs = table(
        {
            "minilab": ENV,
            "maximum": "0",
            "part_max_site": "beaucoup",
            "au_moins": "2 martiens",
            "metiers": "astronaute",
        },
        {"minilab": "lab-x", "ferme": ""},
        {"minilab": "environnement_ecogestes", "minimum": "deux", "ferme": "bof"},
    )
    said = refused(tables, Given(people, labs))
    lines = said.splitlines()
    assert len(lines) == 1 + 7 + 8
    assert sum(", ligne 2" in line for line in lines) == 6
    for part in ("lab-inconnu", "zéro", "Z999", "peut-être", "Z998", "martiens", "astronaute", "beaucoup", "lab-x"):
        assert part in said
    assert "ferme" in next(line for line in lines if "zéro place" in line)


CONTRADICTIONS: list[tuple[str, Given]] = [
    ("fixé dans plusieurs", given([{"agent_id": "A001", "minilab_fixe": f"{ENV}|lab-menage_lycees"}])),
    ("indisponible et fixé", given([{"agent_id": "A001", "minilab_fixe": ENV, "indisponible": "oui"}])),
    ("à la fois fixé dans", given([{"agent_id": "A001", "minilab_fixe": ENV, "exclu_de": ENV}])),
    ("qui est fermé", given([{"agent_id": "A001", "minilab_fixe": ENV}], [{"minilab": ENV, "ferme": "oui"}])),
    ("à la fois ensemble et séparés", given([{"agent_id": "A001", "avec": "A002", "sans": "A002"}])),
    (
        "A001 et A003 sont séparés, mais ensemble par d’autres (A001, A002, A003)",
        given([{"agent_id": "A001", "avec": "A002", "sans": "A003"}, {"agent_id": "A002", "avec": "A003"}]),
    ),
    (
        "A001 et A003 doivent être ensemble mais sont fixés",
        given(
            [
                {"agent_id": "A001", "avec": "A002", "minilab_fixe": ENV},
                {"agent_id": "A002", "avec": "A003"},
                {"agent_id": "A003", "minilab_fixe": "lab-menage_lycees"},
            ]
        ),
    ),
    (
        "A001 et A003 doivent être ensemble, mais l’un est fixé",
        given(
            [
                {"agent_id": "A001", "avec": "A002", "minilab_fixe": ENV},
                {"agent_id": "A002", "avec": "A003"},
                {"agent_id": "A003", "exclu_de": ENV},
            ]
        ),
    ),
    (
        "A001 et A003 sont à séparer mais fixés tous deux",
        given(
            [
                {"agent_id": "A001", "sans": "A003", "avec": "A002"},
                {"agent_id": "A002", "minilab_fixe": ENV},
                {"agent_id": "A003", "minilab_fixe": ENV},
            ]
        ),
    ),
    (
        "fixés dans des MiniLabs différents",
        given(
            [
                {"agent_id": "A001", "avec": "A002", "minilab_fixe": ENV},
                {"agent_id": "A002", "minilab_fixe": "lab-menage_lycees"},
            ]
        ),
    ),
    (
        "l’autre en est exclu",
        given([{"agent_id": "A001", "avec": "A002", "minilab_fixe": ENV}, {"agent_id": "A002", "exclu_de": ENV}]),
    ),
    (
        "fixés tous deux",
        given([{"agent_id": "A001", "sans": "A002", "minilab_fixe": ENV}, {"agent_id": "A002", "minilab_fixe": ENV}]),
    ),
    ("le minimum (9) dépasse le maximum (3)", given([], [{"minilab": ENV, "minimum": "9", "maximum": "3"}])),
    (
        "2 personnes sont fixées",
        given(
            [{"agent_id": "A001", "minilab_fixe": ENV}, {"agent_id": "A002", "minilab_fixe": ENV}],
            [{"minilab": ENV, "minimum": "1", "maximum": "1"}],
        ),
    ),
    (
        "26 personnes sont fixées dans lab-environnement_ecogestes pour 25 places",
        given([{"agent_id": f"A{n:03}", "minilab_fixe": ENV} for n in range(1, 27)]),
    ),
    ("ne laisse pas une seule place", given([], [{"minilab": ENV, "maximum": "10", "part_max_metier": "5 %"}])),
    (
        "2 personnes fixées sont de « Direction de l’Éducation et des Lycées » ; la part demandée en permet 1 au plus",
        given(
            [{"agent_id": "A001", "minilab_fixe": ENV}, {"agent_id": "A003", "minilab_fixe": ENV}],
            [{"minilab": ENV, "minimum": "2", "maximum": "7", "part_max_direction": "25 %"}],
        ),
    ),
    (
        "A001 est fixé dans plusieurs MiniLabs (lab-environnement_ecogestes, lab-menage_lycees) pour 1 au plus",
        given([{"agent_id": "A001", "minilab_fixe": f"{ENV}|lab-menage_lycees", "max_minilabs": "1"}]),
    ),
    ("demande au moins 9 « archiviste »", given([], [{"minilab": ENV, "au_moins": "9 archiviste"}])),
    ("demande en tout 26 personnes", given([], [{"minilab": ENV, "au_moins": "13 lycée | 13 siège"}])),
]


@pytest.mark.parametrize(("said", "files"), CONTRADICTIONS)
def test_contradictions_are_found_before_solving(tables: Tables, said: str, files: Given) -> None:
    """Decisions that cannot hold together are refused by arithmetic alone, with their line and what to do."""
    message = refused(tables, files).replace("\u202f", " ").replace("\u00a0", " ")
    assert said in message
    assert "ligne" in message


def test_what_just_holds_is_no_contradiction(tables: Tables) -> None:
    """As many people of a directorate as its share allows, and two groups for one who asked for two, are seated."""
    people = [
        {"agent_id": "A001", "minilab_fixe": ENV},
        {"agent_id": "A003", "minilab_fixe": ENV},
        {"agent_id": "A002", "minilab_fixe": f"{ENV}|lab-menage_lycees", "max_minilabs": "2"},
    ]
    labs = [{"minilab": ENV, "minimum": "2", "maximum": "8", "part_max_direction": "25 %"}]
    seats = assign(tables, AssignParams(explained=0), 1, given(people, labs)).assignments
    placed = seats[seats["status"] == "placed"].groupby("holder_id")["lab_id"].agg(set)
    assert placed[["A001", "A003", "A002"]].tolist() == [{ENV}, {ENV}, {ENV, "lab-menage_lycees"}]


def test_a_person_banned_everywhere(tables: Tables) -> None:
    """Excluding someone from every lab is refused: they would silently have no place."""
    everywhere = "|".join(f"lab-{theme}" for theme in tables["themes"]["theme_id"])
    assert "exclu de tous" in refused(tables, given([{"agent_id": "A001", "exclu_de": everywhere}]))


def test_people_kept_together_are_banned_everywhere_between_them(tables: Tables) -> None:
    """Two people kept together whose bans leave no lab that both may have: told, rather than two people seatless."""
    labs = [f"lab-{theme}" for theme in tables["themes"]["theme_id"]]
    lines = [
        {"agent_id": "A001", "avec": "A002", "exclu_de": "|".join(labs[:5])},
        {"agent_id": "A002", "exclu_de": "|".join(labs[5:])},
    ]
    said = refused(tables, given(lines))
    assert "A001, A002 doivent être ensemble" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("people", "labs"),
    [([{"agent_id": "A001", "minilab_fixe": "Un"}], []), ([], [{"minilab": "un", "minimum": "9"}])],
)
def test_a_title_that_two_groups_share_is_asked(
    tables: Tables, people: list[dict[str, str]], labs: list[dict[str, str]]
) -> None:
    """Two themes renamed « Un »: the cell that names « Un » is refused with the numbers to choose from."""
    themes = tables["themes"].copy()
    themes["label"] = ["Un", "Un", *themes["label"].iloc[2:]]
    said = refused({**tables, "themes": themes}, given(people, labs))
    numbers = sorted(f"lab-{theme}" for theme in themes["theme_id"].iloc[:2])
    assert all(number in said for number in numbers)
    assert "plusieurs MiniLabs" in said
    assert assign({**tables, "themes": themes}, AssignParams(explained=0), 1, given(fixed_by_number(numbers[0])))


def fixed_by_number(lab: str) -> list[dict[str, str]]:
    """Return a line that names a lab by its number."""
    return [{"agent_id": "A001", "minilab_fixe": lab}]


def test_no_message_holds_a_name(tables: Tables) -> None:
    """Messages show numbers that were typed, never who stands behind them."""
    said = refused(tables, given([{"agent_id": "A001", "minilab_fixe": ENV, "indisponible": "oui"}]))
    assert "Burgundel" not in said


def test_contradictions_come_with_the_other_mistakes(tables: Tables) -> None:
    """One pass is enough: a line that cannot be read does not hide two that contradict each other."""
    people = table(
        {"agent_id": "Z999"},
        {"agent_id": "A001", "minilab_fixe": ENV, "exclu_de": ENV},
    )
    said = refused(tables, Given(people))
    assert "Z999" in said
    assert "à la fois fixé" in said


def _rule(column: str, written: str) -> LabRule:
    """Return what a line of labs.csv says of one group."""
    content = f"minilab;{column}\nL1;{written}\n".encode()
    (rule,), errors = read_lab_rules(content, "labs.csv", [Lab("L1", "T1", "Vélo", "minilab", 3, 9)], HOLDERS.empty())
    assert errors == []
    return rule


@pytest.mark.parametrize(
    ("written", "share"),
    [("40 %", Fraction(2, 5)), ("40", Fraction(2, 5)), ("0,4", Fraction(2, 5)), ("0,5 %", Fraction(1, 200)), ("1", 1)],
)
def test_a_share_may_be_written_as_people_do(written: str, share: Fraction) -> None:
    """Per cent with or without its sign, or a part of one; with the sign, always per cent."""
    assert _rule("part_max_site", written).shares == {"site_type": share}


def test_categories_where_nobody_is_alone_are_in_one_order() -> None:
    """Whatever the order in which they are written."""
    for written in ("site | direction | métier", "métier | direction | site"):
        assert _rule("jamais_seul", written).alone == ("directorate", "occupation", "site_type")
