"""Everything that reads what people give, with a small file that it takes: for tests and `benchmarks/fuzz.py`."""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline import reader, run, store
from pipeline.assign.inputs.lab_rules import read_lab_rules
from pipeline.assign.inputs.private import read_private
from pipeline.assign.inputs.wishes import read_wishes
from pipeline.cluster.grille import read_grille
from pipeline.evaluate.coding import read_coding
from pipeline.evaluate.intruders import read_answers
from pipeline.files.encoding import given_text
from pipeline.ingest import SourceFile, ingest
from pipeline.ingest.rows.analysis_text import read_glossary
from pipeline.ingest.told.decisions import read_forgotten, read_ids, read_masking, read_numbers, read_persons
from pipeline.ingest.told.review_lists import read_masking_list, read_persons_list
from pipeline.life import answers as answering
from pipeline.life import registrations as registering
from pipeline.life.attendance import HEADS as SHEET_HEADS
from pipeline.life.attendance import MADE, MINUTES, read_notes, read_presences, read_sheet_back
from pipeline.life.feeding import fed, read_written
from pipeline.life.forms import read_form
from pipeline.life.sessions import read_sessions
from pipeline.params import IngestParams, parse, render
from pipeline.reader.questions.instructions import Instructions
from pipeline.reader.record import Entry
from pipeline.reader.record import read as read_record
from pipeline.report.drawing.own_look import read_look
from pipeline.report.facts.follow_up import read_follow_up
from pipeline.report.facts.progress import read_progress
from pipeline.report.facts.work import read_validations
from pipeline.report.papers.template import read_template
from pipeline.report.render.workbook import workbook as made_workbook
from pipeline.review.entering.acts_file import read_acts
from pipeline.review.learning.knowledge import Knowledge, Known
from pipeline.review.learning.knowledge_file import FACTS, NUMBERS, files_of, knowledge_of
from pipeline.review.outcome.identity import read_identity
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import read_decisions
from pipeline.review.sheet.returned import read_workbook
from pipeline.review.sheet.workbook import to_workbook
from pipeline.schema import HOLDERS
from pipeline.shells.life.answering import rows_of
from pipeline.stages import STAGES
from pipeline.workspace import Workspace
from tests.ingest.make_awkward import open_document, workbook
from tests.ingest.more_awkward import archive
from tests.review.candidates import CANDIDATES


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of file.

    Attributes:
        sample: a file of that kind that is read without error.
        read: reads one; `MinilabsError` is how it refuses.
        costs: a process or a second: tried less often.
    """

    sample: bytes
    read: Callable[[bytes], object]
    costs: bool = False


_ROWS = [
    ["id", "titre", "description", "nom", "prénom", "direction", "votes", "date"],
    ["G1", "Un vélo", "Acheter des vélos pour les trajets.", "Kessler", "Paul", "Nord", "12", "2020-03-01"],
    ["G2", "Le pain", "Peser le pain jeté à l’été.", "Roy", "Marie", "Sud", "3", "12/03/2020"],
]
_CSV = "\n".join(";".join(row) for row in _ROWS).encode() + b"\n"
_PAGE = "<html><table>" + "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in _ROWS) + "</table></html>"
_STATE = state_of(*CANDIDATES)
_TEXTS = {idea: (f"Titre {idea}", "Texte") for idea in _STATE.places}
_HOLDERS = HOLDERS.empty()
_MODEL = files_of(
    Knowledge("use-multilingual", "", (Known("Vélo", "Les trajets", 3, 2),), np.ones((1, 4))), "avant", 1, {}
)


def _export(name: str) -> Callable[[bytes], object]:
    return lambda content: ingest([SourceFile(name, content)], IngestParams(language_model=False))


def _numbers(content: bytes) -> object:
    """Read a model whose numbers were changed by somebody who knows the digest to write."""
    facts = json.loads(_MODEL[FACTS]) | {"sha256": hashlib.sha256(content).hexdigest()}
    return knowledge_of({FACTS: json.dumps(facts).encode(), NUMBERS: content}, "avant")


def _state(content: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, ".minilabs/state.json")
        path.parent.mkdir()
        path.write_bytes(content)
        workspace = Workspace(Path(folder))
        return [run.up_to_date(stage, workspace, parse("")) for stage in STAGES]


def _table(content: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "data/interim/idea_holders.parquet")
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        return store.load(Workspace(Path(folder)), "idea_holders")


def _record(content: bytes) -> object:
    record = read_record(content, "r.jsonl")
    left = record.without({"G1"})
    return [(entry.line, left.answer(entry.key), left.settled(entry.key)) for entry in record.entries]


def _returned(content: bytes) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "retour.xlsx")
        path.write_bytes(content)
        return rows_of(path)


def _parquet() -> bytes:
    frame = pd.DataFrame({"idea_id": ["G1", "G2"], "holder_id": ["A1", "A2"], "role": ["porteur", "porteur"]})
    with tempfile.TemporaryDirectory() as folder:
        store.save(Workspace(Path(folder)), "idea_holders", frame)
        return Path(folder, "data/interim/idea_holders.parquet").read_bytes()


def _template() -> bytes:
    return Path(read_template.__code__.co_filename).parents[1].joinpath("letters.txt").read_bytes()


def _group(name: str) -> str:
    return "lab-T01" if name == "lab-T01" else ""


def _csv(*lines: str) -> bytes:
    return "\n".join([*lines, ""]).encode()


_SUBJECT = {"titre": "Vélo", "definition": "", "comprend": "", "exclut": "", "idees": ["G1", "G2"]}
_READINGS: dict[str, dict[str, object]] = {
    "subjects": {"sujets": [_SUBJECT]},
    "merge": {"sujets": [_SUBJECT]},
    "coding": {"sujet": 1, "second": 0, "certitude": "sûr", "citation": "vélos"},
    "pairs": {"verdict": "proches"},
    "words": {"titre": "Vélo", "affirmations": [], "question": "", "tensions": [], "proches": []},
}
_RECORD = "".join(
    Entry(f"k-{kind}", kind, ("G1", "G2"), "un-modele", answer, "2026-01-02").line for kind, answer in _READINGS.items()
).encode()
_INSTRUCTION = Path(reader.__file__).with_name("consignes") / "codage.txt"
_ANSWERS = made_workbook(
    {answering.SHEET: (answering.HEADS, [("Nord", "G1", "Un vélo", "retenue", "Paul", "2026-05-01", "")])}, "Réponses"
)
_PRESENCES = made_workbook({"Présences": (SHEET_HEADS, [("L1", "2026-05-01", "A1", "Léa", "Roy", "oui")])}, "Présences")
_MASKING = "idea_id,field,start,end,decision,kind,piece,before,after"
READERS: dict[str, Reader] = {
    "params.yaml": Reader(render().encode(), lambda content: parse(given_text(content, "params.yaml"))),
    "apparence.yaml": Reader(
        b"accent: '#0b4a6f'\nlogo: logo.png\nlogo_texte: La R\xc3\xa9gion\n",
        lambda content: read_look(given_text(content, "a.yaml"), "a.yaml", {"logo.png": b"\x89PNG"}),
    ),
    "lettres.txt": Reader(_template(), lambda content: read_template(given_text(content, "l.txt"), "l.txt")),
    "people.csv": Reader(
        _csv("agent_id,voeux,avec,max_minilabs,disponible", "A1,,A2,2,", "A2,,,,"),
        lambda content: read_wishes(content, "p.csv", (), {"A1", "A2"}),
    ),
    "labs.csv": Reader(
        _csv("minilab;minimum;maximum;part_max_site;au_moins", "L1;3;12;40 %;2 lycée"),
        lambda content: read_lab_rules(content, "l.csv", (), _HOLDERS),
    ),
    "equilibre.csv": Reader(
        _csv("agent_id,groupe", "A1,x"), lambda content: read_private(content, "b.csv", {"A1", "A2"})
    ),
    "coding.csv": Reader(_csv("idea_id,theme", "G1,vélo"), lambda content: read_coding(content, "c.csv", {"G1"})),
    "intrus.csv": Reader(_csv("question;theme;reponse", "1;Vélo;A"), lambda content: read_answers(content, "i.csv")),
    "acts.csv": Reader(_csv("action,target,value", "rename,T1,Vélo"), lambda content: read_acts(content, "a.csv")),
    "decisions.csv": Reader(
        _csv("seq,when,who,action,target,value,reason", "1,2024-03-01,ab,rename,T1,Vélo,"),
        lambda content: read_decisions(content, "d.csv"),
    ),
    "identity.csv": Reader(_csv("theme_id,label,idea_id", "T1,Vélo,G1"), lambda c: read_identity(c, "i.csv")),
    "grille.csv": Reader(_csv("titre,description,active", "Vélo,Les trajets,oui"), lambda c: read_grille(c, "g.csv")),
    "glossary.csv": Reader(_csv("acronym,expansion", "RH,ressources"), lambda c: read_glossary(c, "g.csv")),
    "masking.csv": Reader(
        _csv(_MASKING, "G1,titre,0,4,mask,nom,m1-a3f1,c0000,c0001"), lambda c: read_masking(c, "m.csv")
    ),
    "persons.csv": Reader(_csv("person_a,person_b,decision", "A1,A2,same"), lambda c: read_persons(c, "p.csv")),
    "forgotten.csv": Reader(_csv("holder_id,forgotten_on", "A1,2026-01-02"), lambda c: read_forgotten(c, "f.csv")),
    "numbers.csv": Reader(_csv("holder_id,idea_id,check", "A1,G1,a3"), lambda c: read_numbers(c, "n.csv")),
    "ids.csv": Reader(b"", lambda content: read_ids(content, "ids.csv")),
    "private/masking.csv": Reader(
        _csv("idée;colonne;début;fin;nature;passage;contexte;décision", "G1;titre;0;3;nom;Léa;[[Léa]] a;masquer"),
        lambda content: read_masking_list(content, "m.csv"),
    ),
    "private/persons.csv": Reader(
        _csv("repère A;repère B;décision", "G1:1;G2:1;même personne"), lambda c: read_persons_list(c, "p.csv")
    ),
    "progress.csv": Reader(_csv("date,step,count", "2020-01-01,A,1"), lambda c: read_progress(c, "p.csv")),
    "follow_up.csv": Reader(
        _csv("target,step,date,who,comment", "G1,decide,2020-01-10,,"),
        lambda c: read_follow_up(c, "f.csv", {"g1": ("G1",)}),
    ),
    "seances.csv": Reader(
        _csv("minilab,date,heure", "lab-T01,12/01/2027,9 h"), lambda c: read_sessions(c, "s.csv", _group, "lab-T01")
    ),
    "presences.csv": Reader(
        _csv("minilab,date,agent_id,present", "lab-T01,2027-01-12,A1,oui"), lambda c: read_presences(c, "p.csv")
    ),
    "comptes_rendus.csv": Reader(
        _csv("minilab,date,decide,avance,suite", "lab-T01,2027-01-12,un essai,,"),
        lambda c: read_notes(c, "n.csv", MINUTES, _group, "lab-T01"),
    ),
    "answers.csv": Reader(
        _csv("target,directorate,answer,answered_on", "T1,Ports,retenue,2027-01-12"),
        lambda c: answering.read_answers(c, "a.csv"),
    ),
    "formulaire.csv": Reader(
        _csv("Nom;Prénom;Vœu 1", "Roy;Marie;Vélos"), lambda c: read_form(SourceFile("f.csv", c), {"velos": "lab-T01"})
    ),
    "validations.csv": Reader(_csv("date,who,state", "2020-03-01,DG,abc"), lambda c: read_validations(c, "v.csv")),
    "record.jsonl": Reader(_RECORD, _record),
    "consignes": Reader(
        _INSTRUCTION.read_bytes(),
        lambda content: Instructions({"codage.txt": given_text(content, "codage.txt")}).fill("coding", sujets="Vélo"),
    ),
    "livrables.csv": Reader(
        _csv(",".join(MADE), "lab-T01,Une affiche,Sur le pain,a.pdf"),
        lambda content: read_notes(content, "n.csv", MADE, _group, "lab-T01"),
    ),
    "inscriptions.csv": Reader(
        _csv(",".join(registering.COLUMNS), "A1,f.csv,2,2026-03-01,L1,lundi,non," + "," * 8),
        lambda content: registering.answer_rows(registering.read_answers(content, "i.csv")),
    ),
    "written": Reader(
        _csv("agent_id;voeux;volontaire", "A1;L1;"),
        lambda content: (read_written(content, "w.csv"), fed(content, "p.csv", {}, {"A1": {"voeux": "L1"}})),
    ),
    "answers' workbook": Reader(
        _ANSWERS, lambda c: answering.read_returned(_returned(c), "r.xlsx", {"Nord": ["G1"]}), costs=True
    ),
    "attendance's workbook": Reader(
        _PRESENCES, lambda c: read_sheet_back(_returned(c), "p.xlsx", {"L1": ["A1"]}), costs=True
    ),
    "model, facts": Reader(_MODEL[FACTS], lambda content: knowledge_of({**_MODEL, FACTS: content}, "avant")),
    "model, numbers": Reader(_MODEL[NUMBERS], _numbers),
    "state.json": Reader(json.dumps({"ingest": {"key": {}, "outputs": {}, "figures": {}}}).encode(), _state),
    "table": Reader(_parquet(), _table),
    "export.csv": Reader(_CSV, _export("export.csv")),
    "export.html": Reader(_PAGE.encode(), _export("export.xls")),
    "export.zip": Reader(archive({"export.csv": _CSV}), _export("export.zip")),
    "export.xlsx": Reader(workbook({"Idées": _ROWS}), _export("export.xlsx")),
    "export.ods": Reader(open_document([("Idées", _ROWS)]), _export("export.ods")),
    "returned workbook": Reader(
        to_workbook(_STATE, _TEXTS, {}, sorted(_STATE.places)),
        lambda content: read_workbook(content, "w.xlsx", _STATE, {}),
        costs=True,
    ),
}

_PIECES = (
    b"\0", b"\r", b"\n", b'"', b"'", b";", b",", b"\t", b"{", b"}", b"[" * 3000, b"]", b": ", b"- ", b"&a ", b"*a",
    b"!!", b"=1+1", "²".encode(), b"\xff\xfe", b"\xed\xa0\x80", b"9" * 5000, b"1e999", b"-1", b"Infinity", b"NaN",
    b"null", b"2020-02-30", b"\x1b[2J", "é".encode("cp1252"), b"<table>", b"<!--", b"<td colspan=99999>", b"PK\x03\x04",
    b"\\ud800", "\u202e".encode(), b"A" * 300,
)  # fmt: skip


def mutated(sample: bytes, rng: random.Random) -> bytes:
    """Return a file with one to four changes: bytes flipped, cut, doubled, moved, or a piece that hurts put in."""
    content = bytearray(sample)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(content) + 1)
        end = min(len(content), place + rng.choice((1, 1, 2, 8, 64)))
        match rng.randrange(6):
            case 0 if place < len(content):
                content[place] ^= 1 << rng.randrange(8)
            case 1:
                del content[place:end]
            case 2:
                content[place:place] = content[place:end] * rng.choice((1, 2, 50))
            case 3:
                del content[place:]
            case 4:
                content[place:end] = bytes(rng.randrange(256) for _ in range(end - place))
            case _:
                content[place:place] = rng.choice(_PIECES)
    return bytes(content)
