"""Tables filled in by hand: an example that no reader takes for data, and round trips that lose and double nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assign.inputs.lab_rules import read_lab_rules
from pipeline.assign.inputs.problem import Lab
from pipeline.assign.inputs.wishes import read_wishes
from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import EXAMPLE
from pipeline.ingest.reading.grid import SourceFile
from pipeline.initialise import EXAMPLES, HEADERS
from pipeline.life import answers
from pipeline.life.attendance import MADE, MINUTES, read_notes, read_presences
from pipeline.life.call import SHEET, Offer, registration_sheet
from pipeline.life.forms import key, read_form
from pipeline.life.registrations import Answer, added
from pipeline.life.sessions import read_sessions
from pipeline.messages import sentence
from pipeline.report.facts.follow_up import read_follow_up
from pipeline.schema import HOLDERS

Rows = list[tuple[str, ...]]
Who = tuple[str, list[str], str, bool]
LABS = [Lab(f"lab-T0{n}", f"T0{n}", f"Groupe {n}", "minilab", 5, 25) for n in (1, 2, 3)]
_SAID = {"t01": "T01", "lab-t01": "lab-T01"}
KNOWN = {name: (_SAID.get(name, name),) for name in ("t01", "lab-t01", "i-1")}
_AGENTS = ["A001", "A002", "A003"]


def _group(name: str) -> str:
    return name if name in {lab.lab_id for lab in LABS} else ""


def _people(content: bytes) -> Rows:
    wishes, errors = read_wishes(content, "p.csv", LABS, _AGENTS)
    assert errors == []
    return [(w.person, " | ".join(w.wishes), "oui" if w.unavailable else "") for w in wishes]


def _labs(content: bytes) -> Rows:
    rules, errors = read_lab_rules(content, "l.csv", LABS, HOLDERS.empty())
    assert errors == []
    return [(rule.lab_id, str(rule.minimum), rule.seat) for rule in rules]


def _notes(columns: Sequence[str]) -> Callable[[bytes], Rows]:
    return lambda content: [(n.lab_id, *n.texts) for n in read_notes(content, "n.csv", columns, _group, "lab-T01")]


READ: dict[str, Callable[[bytes], Rows]] = {
    "data/review/people.csv": _people,
    "data/review/labs.csv": _labs,
    "data/review/seances.csv": lambda content: [
        (s.lab_id, s.day, s.hour, s.place, s.note) for s in read_sessions(content, "s.csv", _group, "lab-T01")
    ],
    "data/review/presences.csv": lambda content: [
        (p.lab_id, p.day, p.agent_id, "oui" if p.present else "non") for p in read_presences(content, "p.csv")
    ],
    "data/review/comptes_rendus.csv": _notes(MINUTES),
    "data/review/livrables.csv": _notes(MADE),
    "data/review/answers.csv": lambda content: answers.answer_rows(answers.read_answers(content, "a.csv"))[1:],
    "data/review/follow_up.csv": lambda content: [
        (s.target, s.step, s.day, s.who, s.comment) for s in read_follow_up(content, "f.csv", KNOWN)
    ],
}
"""Table filled in by hand → its lines as its reader understands them."""
_TEXT = st.text("abcé’\"',;|=+@#-\n ", max_size=10).map(str.strip).filter(lambda text: not text.startswith("'"))
_DAY, _LAB = st.dates().map(str), st.sampled_from([lab.lab_id for lab in LABS])
_YES, _OUT = st.sampled_from(["oui", "non"]), st.sampled_from(["", "oui"])
_LINES: dict[str, st.SearchStrategy[Rows]] = {
    "data/review/people.csv": st.lists(
        st.tuples(st.sampled_from(_AGENTS), st.sampled_from(["", "lab-T01", "lab-T02 | lab-T01"]), _OUT),
        unique_by=lambda row: row[0],
    ),
    "data/review/labs.csv": st.lists(
        st.tuples(_LAB, st.integers(1, 30).map(str), st.sampled_from(["", "Metz"])), unique_by=lambda row: row[0]
    ),
    "data/review/seances.csv": st.lists(st.tuples(_LAB, _DAY, _TEXT, _TEXT, _TEXT)),
    "data/review/presences.csv": st.lists(st.tuples(_LAB, _DAY, st.sampled_from(_AGENTS), _YES)),
    "data/review/comptes_rendus.csv": st.lists(st.tuples(_LAB, st.one_of(st.just(""), _DAY), _TEXT, _TEXT, _TEXT)),
    "data/review/livrables.csv": st.lists(st.tuples(_LAB, _TEXT, _TEXT, _TEXT)),
    "data/review/answers.csv": st.lists(
        st.tuples(
            st.sampled_from(["T01", "I-1"]), st.sampled_from(["Ports", "Forêts"]), st.sampled_from(list(answers.STEPS)),
            _TEXT, st.one_of(st.just(""), _DAY), _TEXT, _DAY,
        ),
    ),
    "data/review/follow_up.csv": st.lists(
        st.tuples(
            st.sampled_from(["T01", "lab-T01", "i-1"]), st.sampled_from(["presente", "decide"]), _DAY, _TEXT, _TEXT
        )
    ),
}  # fmt: skip
_COLUMNS = {
    "data/review/people.csv": ("agent_id", "voeux", "indisponible"),
    "data/review/labs.csv": ("minilab", "minimum", "lieu"),
}
"""Columns that are filled where a table has more than the lines above tell."""


def template(path: str, *, commented: bool = True) -> bytes:
    """Return a table as `init` writes it, or with its example as data."""
    first, *others = HEADERS[path]
    mark = f"{EXAMPLE} : " if commented else ""
    line = [f"{mark}{EXAMPLES[path][first]}", *(EXAMPLES[path].get(name, "") for name in others)]
    return csv_bytes([HEADERS[path], line])


def test_every_table_filled_in_by_hand_has_an_example() -> None:
    """Wishes and volunteers, groups, sessions, attendance, minutes, deliverables, answers, follow-up: none is left."""
    assert set(EXAMPLES) == set(READ) == set(_LINES) <= set(HEADERS)
    assert all(set(line) <= set(HEADERS[path]) for path, line in EXAMPLES.items())


@pytest.mark.parametrize("path", READ)
def test_an_example_is_no_data_but_could_be(path: str) -> None:
    """As `init` writes it a table is empty; its example, no longer commented, is one line without any error."""
    assert READ[path](template(path)) == []
    assert len(READ[path](template(path, commented=False))) == 1


@pytest.mark.parametrize("path", READ)
@settings(max_examples=25)
@given(data=st.data())
def test_lines_come_back_as_they_were_filled_in(path: str, data: st.DataObject) -> None:
    """Below the example, several people fill in lines; saved by any spreadsheet, each is there once, as written."""
    rows = data.draw(_LINES[path])
    cut = data.draw(st.integers(0, len(rows)))
    columns = _COLUMNS.get(path, tuple(HEADERS[path]))
    blank = [""] * len(HEADERS[path])
    cells = [[dict(zip(columns, row, strict=True)).get(name, "") for name in HEADERS[path]] for row in rows]
    example = [f"{EXAMPLE.upper()} : x", *blank[1:]]
    written = [HEADERS[path], *cells[:cut], example, blank, *cells[cut:]]
    content = csv_bytes(written, data.draw(st.sampled_from(",;\t")))
    saved = content.decode().encode(data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])))
    assert sorted(READ[path](saved)) == sorted(rows)


_OFFERS = [Offer(lab.lab_id, lab.label, "", "", "", (), 3) for lab in LABS]
_GROUPS = {key(lab.label): lab.lab_id for lab in LABS}
_WHO = st.tuples(
    st.sampled_from(["Aubervine", "Castelnoir", "Dormelet", "Ostravin", "Bramont"]),
    st.permutations([lab.label for lab in LABS]).map(lambda names: names[:2]),
    st.sampled_from(["", "mardi", "mardi;jeudi"]),
    st.booleans(),
)


def _filled(rows: Sequence[Who], *, book: bool) -> SourceFile:
    """Return the sheet of registrations with lines typed below its example, as a workbook or a CSV."""
    made = openpyxl.load_workbook(io.BytesIO(registration_sheet(_OFFERS, ["mardi", "jeudi"], ["Ports"])))
    sheet = made[SHEET]
    heads = [str(cell.value) for cell in sheet[1]]
    for name, wishes, days, gone in rows:
        said = {
            "Nom": name, "Prénom": "Lise", "Adresse électronique": f"{name}@exemple.fr".lower(), "Direction": "Ports",
            "Vœu 1": wishes[0], "Vœu 2": wishes[1], "Jours possibles": days, "Désistement": "oui" if gone else "",
        }  # fmt: skip
        sheet.append([said.get(head, "") for head in heads])
    if book:
        content = io.BytesIO()
        made.save(content)
        return SourceFile("x.xlsx", content.getvalue())
    lines = [["" if cell is None else str(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
    return SourceFile("x.csv", csv_bytes(lines))


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.lists(_WHO, max_size=4, unique_by=lambda row: row[0]), st.booleans()), min_size=1, max_size=3)
)
def test_registrations_by_hand_are_all_taken_once(files: list[tuple[list[Who], bool]]) -> None:
    """Several people fill the sheet in, imported twice: each row is counted, each answer kept once, none invented."""
    known: list[Answer] = []
    for rows, book in [*files, *files]:
        form = read_form(_filled(rows, book=book), _GROUPS)
        assert (form.rows, len(form.answers), form.unread) == (len(rows), len(rows), ())
        known += added(known, form.answers, "x")
    labels = {lab.lab_id: lab.label for lab in LABS}
    kept = [(a.person.family_name, [labels[w] for w in a.wishes], ";".join(a.days), a.withdrawn) for a in known]
    given_ = [row for rows, _ in files for row in rows]
    assert len(kept) == len({str(row) for row in kept})
    assert {str(row) for row in kept} == {str(row) for row in given_}


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("data/review/comptes_rendus.csv", "minilab,date\nlab-T01,mardi\n", "« mardi » n’est pas une date"),
        ("data/review/comptes_rendus.csv", "minilab,date\nCuisine,\n", "aucun groupe ne s’appelle « Cuisine »"),
        ("data/review/livrables.csv", "minilab,titre,lieu\nlab-T01,Un,Metz\n", "lieu"),
        ("data/review/presences.csv", "minilab,date,agent_id,present\nlab-T01,hier,A1,oui\n", "ligne 2"),
        ("data/review/answers.csv", "target,directorate,answer\nT01,Ports,bof\n", "« bof » n’est pas dans la liste"),
        ("data/review/follow_up.csv", "target,step,date\nT99,decide,2027-01-01\n", "T99"),
    ],
)
def test_a_wrong_line_is_told(path: str, content: str, told: str) -> None:
    """What is wrong is said with the line, the value, and what is expected."""
    with pytest.raises(MinilabsError) as caught:
        READ[path](content.encode())
    assert told in sentence(caught.value).replace("\u202f", " ")
