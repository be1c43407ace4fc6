"""The export of a form tool, in the shapes that such tools give."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest.reading.grid import SourceFile
from pipeline.life.forms import Form, key, read_form, rows_without
from pipeline.messages import sentence

GROUPS = {
    key("Jardins, cours et toits"): "lab-T01",
    key("L’accueil"): "lab-T02",
    key("lab-T01"): "lab-T01",
}


def _form(frame: pd.DataFrame, *, book: bool = False) -> Form:
    if not book:
        return read_form(SourceFile("inscrits.csv", frame.to_csv(index=False, sep=";").encode()), GROUPS)
    sink = io.BytesIO()
    frame.to_excel(sink, index=False)
    return read_form(SourceFile("inscrits.xlsx", sink.getvalue()), GROUPS)


_WHO = {
    "Horodateur": ["02/12/2026 10:05:00", "03/12/2026 09:00:00"], "Nom": ["Aubervine", "Castelnoir"],
    "Prénom": ["Zoé", "Ugo"], "Adresse e-mail": ["zoe@exemple.fr", "ugo@exemple.fr"],
    "Votre direction": ["Direction des Forêts", "Direction des Ports"], "Métier": ["jardinier", "grutier"],
}  # fmt: skip


@pytest.mark.parametrize("book", [False, True])
@pytest.mark.parametrize(
    "wishes",
    [
        {"Vœu 1": ["L'accueil", "Jardins, cours et toits"], "Vœu 2": ["Jardins, cours et toits", ""]},
        {"Vos groupes, par ordre de préférence": ["L'accueil;Jardins, cours et toits;", "Jardins, cours et toits"]},
        {"Vos vœux": ["1. L'accueil\n2. Jardins, cours et toits", "lab-T01"]},
        {"Vœux [Jardins, cours et toits]": ["2", "1"], "Vœux [L’accueil]": ["1", ""]},
    ],
)
def test_wishes_in_each_shape(wishes: dict[str, list[str]], book: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    """A column a rank, all in one cell, or a column a group: the same people with the same ranked wishes."""
    form = _form(pd.DataFrame({**_WHO, **wishes}), book=book)
    assert [a.wishes for a in form.answers] == [("lab-T02", "lab-T01"), ("lab-T01",)]
    assert [(a.person.family_name, a.person.given_name, a.person.email) for a in form.answers] == [
        ("Aubervine", "Zoé", "zoe@exemple.fr"),
        ("Castelnoir", "Ugo", "ugo@exemple.fr"),
    ]
    assert [a.person.directorate for a in form.answers] == ["Direction des Forêts", "Direction des Ports"]
    assert [a.date[:10] for a in form.answers] == ["2026-12-02", "2026-12-03"]
    assert form.unread == ()


def test_days_in_one_cell_or_a_column_each() -> None:
    """Days come as a list in a cell, or as a column each that says "Oui"."""
    one = _form(pd.DataFrame({**_WHO, "Vos jours possibles": ["mardi;jeudi", "jeudi"]}))
    each = _form(pd.DataFrame({**_WHO, "Jours [mardi]": ["Oui", "Non"], "Jours [jeudi]": ["Oui", "Oui"]}))
    assert [a.days for a in one.answers] == [a.days for a in each.answers] == [("mardi", "jeudi"), ("jeudi",)]


@pytest.mark.parametrize(
    "column", [{"Désistement": ["oui", ""]}, {"Retrait ?": ["Je me retire", ""]}, {"Participez-vous ?": ["Non", "Oui"]}]
)
def test_withdrawals(column: dict[str, list[str]]) -> None:
    """Giving up is understood from a column that says who leaves, or who comes."""
    assert [a.withdrawn for a in _form(pd.DataFrame({**_WHO, **column})).answers] == [True, False]


def test_microsoft_and_motivations() -> None:
    """Rows numbered by the tool, whole names and a long free answer disturb nothing: a row's number is nobody's."""
    frame = pd.DataFrame(
        {
            "ID": ["1", "2"], "Heure de fin": ["12/2/26 10:05:00", "12/13/26 9:00:00"],
            "Adresse de messagerie": ["zoe@exemple.fr", "ugo@exemple.fr"], "Nom": ["Zoé Aubervine", "Ugo Castelnoir"],
            "Pourquoi ce sujet vous intéresse-t-il ?": ["Parce que les cours sont grises et que j’ai des idées."] * 2,
            "Choix": ["L'accueil", "Jardins, cours et toits"],
        }
    )  # fmt: skip
    form = _form(frame)
    assert [a.person.email for a in form.answers] == ["zoe@exemple.fr", "ugo@exemple.fr"]
    assert {a.person.holder_id for a in form.answers} == {""}
    assert {fold_name(a.person.family_name, a.person.given_name) for a in form.answers} == {
        "Aubervine Zoé",
        "Castelnoir Ugo",
    }
    assert [a.wishes for a in form.answers] == [("lab-T02",), ("lab-T01",)]


def fold_name(*parts: str) -> str:
    """Return the words of a name in one order."""
    return " ".join(sorted(" ".join(parts).split()))


def test_every_row_is_accounted_for() -> None:
    """A row without any name and a wish for no group are told by line, and lose nothing else."""
    frame = pd.DataFrame({**_WHO, "Vœu": ["Cuisine", "L'accueil"]})
    frame.loc[2] = ["04/12/2026 08:00:00", "", "", "", "Direction des Ports", "", "L'accueil"]
    form = _form(frame)
    assert form.rows == 3
    assert list(rows_without(form.unread)) == [4]
    assert [(u.line, u.column) for u in form.unread if u.column] == [(2, "Vœu")]
    assert [a.wishes for a in form.answers] == [(), ("lab-T02",)]


def test_a_form_without_people_is_refused() -> None:
    """An export that says nothing of who registers is refused in one sentence that names what was found."""
    with pytest.raises(MinilabsError) as caught:
        _form(pd.DataFrame({"Vœu": ["L'accueil", "L'accueil"], "Jours": ["mardi", "jeudi"]}))
    assert "aucune colonne ne dit qui s’inscrit" in sentence(caught.value)
