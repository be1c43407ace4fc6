"""The account of an ingestion in French sentences, ready for a report: figures in, words out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.files.spreadsheet import printable
from pipeline.french import agree, counted, enumeration, number, typeset
from pipeline.ingest.cells.fields import FRENCH
from pipeline.ingest.columns.mapping import FOREIGN

Report = Mapping[str, Any]
_TOLD = 3
_LISTED = 6
_TO_CHANGE = "Pour changer : « minilabs ingest --propose »."
CAUTION = (
    "Le masquage est une aide, pas une anonymisation : des passages peuvent avoir échappé, d'autres être masqués"
    " à tort."
)
WITHOUT_MODEL = (
    "Sans le modèle de langue française, seuls les noms des personnes que nomme l'export sont masqués : les autres noms"
    " peuvent rester lisibles."
)


def sentences(report: Report) -> list[str]:
    """Return what a reader should know: rows and ideas, files, people, doubtful cells, masking.

    Args:
        report: the sections of the ingest report (see `report`).
    """
    said = [_rows(report["counts"]), *_files(report), *_doubts(report), *_masked(report["masking"])]
    return [typeset(printable(sentence)) for sentence in said]  # file and column names come as they are


def for_readers(report: Report) -> list[str]:
    """Return what concerns those who only read the results: nothing of files, columns or what is left to prepare.

    Args:
        report: the sections of the ingest report (see `report`).
    """
    said = [_rows(report["counts"]), *_people(report), *_covered(report["masking"]), CAUTION]
    return [typeset(printable(sentence)) for sentence in said]


def _rows(counts: Report) -> str:
    rest = [f"{counted(n, 'idée mise', 'idées mises')} de côté ({reason})" for reason, n in counts["set_aside"].items()]
    rest += _some(counts["merged"], "ligne réunie à une autre", "lignes réunies à d'autres")
    rest += _some(counts["without_content"], "ligne sans idée", "lignes sans idée")
    left = f" ; {enumeration(rest)}" if rest else ""
    return f"{counted(counts['rows'], 'ligne lue')} : {counted(counts['kept'], 'idée')} à analyser{left}."


def _files(report: Report) -> list[str]:
    used = {file["file"] for file in report["files"] if file["used_as"] != "none"}
    unused = {_name(file): file["why"] for file in report["files"] if file["used_as"] == "none"}
    one, several = "Lu dans le fichier", "Lu dans les fichiers"
    said = [f"{agree(len(used), one, several)} {enumeration(_quoted(used))}."]
    if unused:
        said += _unused(unused)
    said += [sentence for file in report["files"] if file["used_as"] != "none" for sentence in _file(file)]
    if ignored := report["ignored_files"]:
        said.append(f"Pas des tableaux, laissés de côté : {enumeration(_quoted(ignored))}.")
    return said


def _unused(tables: Mapping[str, str]) -> Iterator[str]:
    """Yield which tables are not read, and why where it is not that they say nothing of the contest."""
    foreign = [name for name, why in tables.items() if why == FOREIGN]
    if foreign:
        yield f"Sans rapport avec les idées ni les personnes : {enumeration(_quoted(foreign))}."
    for name, why in sorted(tables.items()):
        if why != FOREIGN:
            yield f"« {name} », laissé de côté : {why}."


def _file(file: Report) -> list[str]:
    """Return what is to be known of one table: where it begins, what was guessed, what was left out."""
    name = _name(file)
    said = []
    if not file["header_row"]:
        said.append(f"« {name} » : aucun titre de colonne, chaque ligne est lue, les colonnes d'après leur contenu.")
    if above := file["preamble"]:
        left = agree(above, "laissée", "laissées")
        said.append(f"« {name} » : {counted(above, 'ligne')} au-dessus du tableau, {left} de côté.")
    said += [f"« {name} » : {notice}." for notice in file["notices"]]
    if assumed := file["assumed"]:
        taken = enumeration(f"« {column} » ({FRENCH[field]})" for column, field in list(assumed.items())[:_LISTED])
        said.append(f"« {name} », pris pour le plus probable : {taken}. {_TO_CHANGE}")
    if columns := file["left_out"]:
        said.append(f"« {name} », colonnes laissées de côté : {_left_out(columns)}. {_TO_CHANGE}")
    return said


def _left_out(columns: Report) -> str:
    """Return the columns left out with how much they hold, the fullest first."""
    fullest = sorted(columns.items(), key=lambda item: (-item[1][1], item[0]))
    told = [f"« {c} » ({counted(cells, 'cellule')}, {counted(size, 'caractère')})" for c, (cells, size) in fullest]
    return enumeration([*told[:_LISTED], *_some(len(told[_LISTED:]), "autre")])


def _name(file: Report) -> str:
    return f"{file['file']} [{file['sheet']}]" if file["sheet"] else str(file["file"])


def _quoted(names: Iterable[str]) -> list[str]:
    return [f"« {name} »" for name in sorted(names)]


def _doubts(report: Report) -> list[str]:
    said = []
    if cells := report["problems"]:
        left = agree(len(cells), "laissée vide", "laissées vides")
        said.append(f"{counted(len(cells), 'cellule illisible', 'cellules illisibles')}, {left}.")
        said.append(f"À corriger dans l'export : {_places(cells)}.")
    said += [f"{notice}." for notice in report.get("ids", ())]
    if unlikely := report["persons"].get("unlikely"):
        told = enumeration(map(_unlikely, unlikely[:_TOLD]))
        more = f" (et {counted(len(unlikely) - _TOLD, 'autre')})" if len(unlikely) > _TOLD else ""
        said.append(f"Trop pour une seule personne ? {told}{more} : un nom partagé en réunit peut-être plusieurs.")
    return [*said, *_people(report)]


def _people(report: Report) -> list[str]:
    said = []
    if near := report["near_duplicates"]:
        said.append(f"{counted(len(near), 'paire')} d'idées presque identiques, gardées toutes deux.")
    if nameless := report["counts"].get("nameless"):
        one, several = "comptée pour sa direction ou son lieu", "comptées chacune pour sa direction ou son lieu"
        said.append(f"{counted(nameless, 'idée')} sans nom de porteur, {agree(nameless, one, several)} seulement.")
    if links := report["unknown_links"]:
        said.append(f"{counted(len(links), 'lien')} vers une personne ou une idée absente de l'export.")
    if doubtful := report["persons"]["doubtful"]:
        verb = agree(doubtful, "est", "sont")
        said.append(f"{counted(doubtful, 'rapprochement')} de personnes {verb} à confirmer.")
    if gone := report["persons"]["forgotten"]:
        verb = agree(gone, "a été effacée à sa demande", "ont été effacées à leur demande")
        said.append(f"{counted(gone, 'personne')} {verb}.")
    return said


def _unlikely(person: Report) -> str:
    where = f" dans {counted(person['directorates'], 'direction')}" if person["directorates"] > 1 else ""
    return f"{person['holder_id']} porte {counted(person['ideas'], 'idée')}{where}"


def _places(cells: Sequence[Report]) -> str:
    """Return where unreadable cells stand, the first ones by row and column."""
    told = [f"{c['table']}, ligne {number(c['row'])}, « {c['column']} » (attendu : {c['expected']})" for c in cells]
    more = [f"{counted(len(cells) - _TOLD, 'autre')}"] if len(cells) > _TOLD else []
    return enumeration([*told[:_TOLD], *more])


def _covered(masking: Report) -> list[str]:
    said = []
    if total := sum(masking["counts"].values()):
        said.append(f"{counted(total, 'passage masqué', 'passages masqués')} dans {counted(masking['ideas'], 'idée')}.")
    if not masking["language_model"]:
        said.append(WITHOUT_MODEL)
    return said


def _masked(masking: Report) -> list[str]:
    said = _covered(masking)
    if gone := masking["unused_decisions"]:
        verb = agree(len(gone), "ne s'applique plus", "ne s'appliquent plus")
        where = enumeration(sorted({f"{one['idea_id']} ({one['column']})" for one in gone})[:_LISTED])
        more = " entre autres" if len(gone) > _LISTED else ""
        said.append(
            f"{counted(len(gone), 'décision')} de masquage {verb}, le passage ayant changé : {where}{more}."
            " Relisez ces idées."
        )
    return [*said, masking["notice"]]


def _some(count: int, singular: str, plural: str | None = None) -> list[str]:
    return [counted(count, singular, plural)] if count else []
