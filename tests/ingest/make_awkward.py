"""Awkward exports, each with one trouble, built from the sample: `python -m tests.ingest.make_awkward FOLDER`.

Each case says which ideas must come out of it (the sample's first ones, unchanged) or which refusal.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import Literal

import openpyxl

from pipeline.ingest import SourceFile

SAMPLE = Path(__file__).parents[2] / "data/sample"
IDEAS = 40
HEADER = ("id", "date_depot", "titre", "description", "benefices", "statut", "votes", "categorie_declaree")
WHOLE = ("idea_id", "submitted_on", "title", "description", "benefits", "status", "votes", "category")
TEXTS = ("idea_id", "title", "description", "benefits")
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905

Table = list[list[str]]


@dataclass(frozen=True)
class Case:
    """One awkward export.

    Attributes:
        name: of the folder it is written to.
        trouble: what is awkward, for people.
        files: of the export.
        columns: of the ideas table that must equal the sample's; empty for a refusal.
        refused: code of the error; empty when the export loads.
        links: whether the links between ideas and people must equal the sample's (by name).
    """

    name: str
    trouble: str
    files: tuple[SourceFile, ...]
    columns: tuple[str, ...] = WHOLE
    refused: str = ""
    links: bool = field(default=False)


def sample(name: str) -> Table:
    """Return a table of the sample, header first; ideas and links limited to the first ideas."""
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with (SAMPLE / "ideas.csv").open(encoding="utf-8", newline="") as file:
        kept = {row[0] for row in list(csv.reader(file))[1 : IDEAS + 1]}
    return rows if name == "holders.csv" else [rows[0], *(row for row in rows[1:] if row[0] in kept)]


def reference() -> tuple[SourceFile, ...]:
    """Return the three tables as the sample has them, limited to the first ideas."""
    return tuple(SourceFile(n, delimited(sample(n))) for n in ("holders.csv", "idea_holders.csv", "ideas.csv"))


def delimited(
    rows: Iterable[Sequence[str]],
    separator: str = ",",
    encoding: str = "utf-8",
    end: str = "\n",
    quoting: Literal[0, 1, 2, 3] = csv.QUOTE_ALL,
) -> bytes:
    """Return rows as delimited text; a character the encoding lacks becomes the nearest one it has."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return buffer.getvalue().encode(encoding)


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: str = "", offset: int = 0) -> bytes:
    """Return an xlsx of the sheets, one of them hidden, the tables `offset` rows down and columns right."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for i, row in enumerate(rows, start=1 + offset):
            for j, value in enumerate(row, start=1 + offset):
                sheet.cell(i, j, value if value != "" else None)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def open_document(sheets: Sequence[tuple[str, Table]]) -> bytes:
    """Return an ods of the sheets."""
    tables = "".join(f'<table:table table:name="{name}">{_ods_rows(rows)}</table:table>' for name, rows in sheets)
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), mime)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def _ods_rows(rows: Table) -> str:
    return "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            + "".join(f"<text:p>{escape(line, quote=False)}</text:p>" for line in cell.split("\n"))
            + "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )


def renamed(rows: Table, names: Sequence[str]) -> Table:
    """Return the table under other column names."""
    return [list(names), *rows[1:]]


def changed(rows: Table, column: str, change: Callable[[str], str]) -> Table:
    """Return the table with the cells of one column changed."""
    i = rows[0].index(column)
    return [rows[0], *([*row[:i], change(row[i]), *row[i + 1 :]] for row in rows[1:])]


def in_all(rows: Table, change: Callable[[str], str]) -> Table:
    """Return the table with its texts changed."""
    for column in ("titre", "description", "benefices"):
        rows = changed(rows, column, change)
    return rows


def with_people(rows: Table, form: str, join: str) -> Table:
    """Return the flat table with a column of holders, written `form`, several in a cell joined by `join`."""
    people = {
        row[0]: dict(zip(("family", "given", "email"), row[1:4], strict=True)) for row in sample("holders.csv")[1:]
    }
    by_idea: dict[str, list[str]] = {}
    for idea, holder, role in sorted(sample("idea_holders.csv")[1:], key=lambda r: (r[0], r[2] != "porteur", r[1])):
        person = people[holder]
        by_idea.setdefault(idea, []).append(
            form.format(**person, FAMILY=person["family"].upper(), role=role)  # "DUPONT Marie"
        )
    return [[*rows[0], "Porteur(s)"], *([*row, join.join(by_idea.get(row[0], []))] for row in rows[1:])]


def one_row_per_person(rows: Table) -> Table:
    """Return the ideas joined with their holders, as a platform exports them: ideas repeated."""
    people = {row[0]: row for row in sample("holders.csv")[1:]}
    ideas = {row[0]: row for row in rows[1:]}
    joined = [[*ideas[i], *people[h][1:4], role] for i, h, role in sample("idea_holders.csv")[1:]]
    alone = [[*row, "", "", "", ""] for key, row in ideas.items() if key not in {r[0] for r in joined}]
    return [[*rows[0], "nom", "prenom", "email", "role"], *joined, *alone]


def mojibake(text: str) -> str:
    """Return UTF-8 text as a program that thinks it is cp1252 shows it; unchanged where cp1252 has a hole."""
    try:
        return text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return text


def long_date(iso: str) -> str:
    """Return a date in French words."""
    day = date.fromisoformat(iso)
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def slashed(iso: str) -> str:
    """Return a date as the French write it in figures, with a time."""
    return f"{date.fromisoformat(iso):%d/%m/%Y} 14:05"


def serial(iso: str) -> str:
    """Return a date as Excel counts it."""
    return str((date.fromisoformat(iso) - date(1899, 12, 30)).days)


def as_html(text: str) -> str:
    """Return a text as a web editor saves it."""
    lines = escape(text, quote=False).replace("é", "&eacute;").replace("'", "&#39;").split("\n")
    return "".join(f'<p class="x">{line}</p>' for line in lines) if text else ""


def dirty(text: str) -> str:
    """Return a text with what copy and paste leaves: invisible and control characters, doubled spaces."""
    return "\u200b" + text.replace(" ", "  ", 1).replace("e", "e\u00ad", 1) + "\x07 \t" if text else ""


def latin(text: str) -> str:
    """Return a text with the few characters that old encodings lack replaced."""
    for odd, near in {
        "’": "'",
        "…": "...",
        "–": "-",
        "—": "-",
        "œ": "oe",
        "Œ": "Oe",
        "€": "euros",
        "\u202f": " ",
    }.items():
        text = text.replace(odd, near)
    return text


def _mysql(rows: Table) -> bytes:
    cells = (
        [f'"{cell.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"' for cell in r] for r in rows
    )
    return "\n".join(";".join(row) for row in cells).encode()


def cases() -> list[Case]:
    """Return every case, those that load first."""
    return [*_encodings(), *_separators(), *_workbooks(), *_columns(), *_values(), *_rows(), *_people(), *_refused()]


def _one(name: str, trouble: str, content: bytes, *, file: str = "export.csv", **options: object) -> Case:
    return Case(name, trouble, (SourceFile(file, content),), **options)  # type: ignore[arg-type]


def _encodings() -> list[Case]:
    ideas = sample("ideas.csv")
    plain = [[latin(cell) for cell in row] for row in ideas]
    keys = ("idea_id", "submitted_on", "status", "votes")
    return [
        _one("utf8-bom", "UTF-8 avec marque d’ordre", delimited(ideas, ";", "utf-8-sig")),
        _one("utf16", "UTF-16 avec marque, tabulations", delimited(ideas, "\t", "utf-16"), file="export.tsv"),
        _one("utf16-sans-marque", "UTF-16 sans marque", delimited(ideas, ";", "utf-16-le")),
        _one("cp1252", "Windows, fins de ligne Windows", delimited(_fit(ideas, "cp1252"), ";", "cp1252", "\r\n")),
        _one("iso-8859-15", "latin-9", delimited(_fit(plain, "iso-8859-15"), ";", "iso-8859-15"), columns=keys),
        _one("mac-roman", "vieux Mac, fins de ligne Mac", delimited(_fit(ideas, "mac_roman"), ";", "mac_roman", "\r"),
             columns=(*keys, "title")),
        _one("cp850", "vieux DOS", delimited(_fit(plain, "cp850"), ";", "cp850"), columns=keys),
    ]  # fmt: skip


def _fit(rows: Table, encoding: str) -> Table:
    """Return the rows with the few characters that the encoding lacks left out ("m²" on an old Mac)."""
    return [[cell.encode(encoding, "ignore").decode(encoding) for cell in row] for row in rows]


def _separators() -> list[Case]:
    ideas = sample("ideas.csv")
    flat = [[cell.replace("\n", " ") for cell in row] for row in ideas]
    return [
        _one("barre", "séparateur |", delimited(ideas, "|")),
        _one("accent-circonflexe", "séparateur ^", delimited(ideas, "^", quoting=csv.QUOTE_MINIMAL)),
        _one("tabulations-txt", "texte à tabulations", delimited(ideas, "\t"), file="export.txt"),
        _one("sep-excel", "ligne sep=; au-dessus de l’en-tête", b"sep=;\r\n" + delimited(ideas, ";", end="\r\n")),
        _one("guillemets-mysql", "guillemets échappés par \\", _mysql(ideas)),
        _one("peu-de-guillemets", "guillemets au besoin", delimited(ideas, ";", quoting=csv.QUOTE_MINIMAL)),
        _one(
            "lignes-vides", "lignes vides et colonnes vides", delimited(_airy(flat), ";"), columns=("idea_id", "title")
        ),
    ]


def _airy(rows: Table) -> Table:
    return [line for row in rows for line in ([*row, "", ""], [], [""] * 10)]


def _workbooks() -> list[Case]:
    ideas = sample("ideas.csv")
    three = {"Idées": ideas, "Agents": sample("holders.csv"), "Liens": sample("idea_holders.csv")}
    typed: list[list[object]] = [[*r[:1], date.fromisoformat(r[1]), *r[2:6], int(r[6]), r[7]] for r in ideas[1:]]
    typed.insert(0, [*ideas[0]])
    rubbish = [["brouillon", "x"], ["ne pas lire", "y"]]
    return [
        _one("xlsx", "classeur, dates et nombres typés", workbook({"Feuil1": typed}), file="export.xlsx"),
        _one("xlsx-trois-feuilles", "idées, agents et liens", workbook(three), file="e.xlsx", links=True),
        _one("xlsm", "classeur à macros", workbook({"Export": ideas}), file="export.xlsm"),
        _one("ods", "LibreOffice", open_document([("Idées", ideas)]), file="export.ods",
             columns=("idea_id", "title", "votes")),
        _one("xlsx-nomme-csv", "classeur nommé .csv", workbook({"Export": ideas})),
        _one(
            "feuille-cachee", "feuille cachée de brouillon",
            workbook({"Idées": ideas, "Brouillon": rubbish}, hidden="Brouillon"), file="export.xlsx",
        ),
        _one("tableau-decale", "tableau en D4", workbook({"Idées": ideas}, offset=3), file="export.xlsx"),
        _one("titre-au-dessus", "deux lignes de titre au-dessus", workbook(
            {"Idées": [["Concours G1ID"], ["Exporté le 12/03/2020"], *ideas]}), file="export.xlsx"),
        _one("retours-excel", "_x000D_ dans les textes", workbook(
            {"Idées": in_all(ideas, lambda t: t.replace("\n", "_x000D_\n"))}), file="export.xlsx"),
    ]  # fmt: skip


def _columns() -> list[Case]:
    ideas = sample("ideas.csv")
    french = ("N°", "Date de dépôt", "Intitulé de l'idée", "Description de votre idée", "Gains attendus", "Statut",
              "Nombre de votes", "Thématique")  # fmt: skip
    english = ("ID", "Submitted on", "Title", "Description", "Benefits", "Status", "Likes", "Category")
    shouted = tuple(name.upper().replace("_", " ") for name in HEADER)
    return [
        _one("en-tetes-francais", "en-têtes d’une autre plateforme", delimited(renamed(ideas, french), ";")),
        _one("en-tetes-anglais", "en-têtes en anglais", delimited(renamed(ideas, english))),
        _one("en-tetes-capitales", "en-têtes en capitales", delimited(renamed(ideas, shouted))),
        _one("sans-en-tete", "aucun en-tête", delimited([row[:4] for row in ideas[1:]]),
             columns=("idea_id", "submitted_on", "title", "description")),
        _one("colonnes-muettes", "en-têtes qui ne disent rien",
             delimited([["c1", "c2", "c3", "c4"], *(row[:4] for row in ideas[1:])]),
             columns=("idea_id", "submitted_on", "title", "description")),
        _one("colonnes-en-plus", "colonnes inutiles autour",
             delimited([["Vu par", *ideas[0], "Commentaire du jury"], *(["dim", *r, "à revoir"] for r in ideas[1:])])),
        Case("deux-fichiers", "une moitié des idées par fichier",
             (SourceFile("2019.csv", delimited([ideas[0], *ideas[1:20]])),
              SourceFile("2020.csv", delimited([ideas[0], *ideas[20:]], ";", "utf-8-sig")))),
        Case("dossier-encombre", "dossier avec notices et tables étrangères",
             (*reference(), SourceFile("LISEZMOI.txt", b"Bonjour"), SourceFile("photo.jpg", b"\xff\xd8\xff"),
              SourceFile("themes.csv", (SAMPLE / "themes.csv").read_bytes())), links=True),
    ]  # fmt: skip


def _values() -> list[Case]:
    ideas = sample("ideas.csv")
    return [
        _one("dates-barres", "12/03/2020 14:05", delimited(changed(ideas, "date_depot", slashed))),
        _one("dates-en-lettres", "12 mars 2020", delimited(changed(ideas, "date_depot", long_date))),
        _one("dates-excel", "jours comptés par Excel", delimited(changed(ideas, "date_depot", serial))),
        _one("nombres-francais", "votes « 1 234,0 »", delimited(changed(ideas, "votes", "{},0".format))),
        _one("mojibake", "UTF-8 lu comme du Windows", delimited(in_all(ideas, mojibake))),
        _one("html", "textes en HTML", delimited(in_all(ideas, as_html))),
        _one("caracteres-invisibles", "espaces et caractères de contrôle", delimited(in_all(ideas, dirty))),
        _one("espaces-autour", "cellules entourées d’espaces", delimited([[f"  {c}\u00a0" for c in r] for r in ideas])),
    ]


def _rows() -> list[Case]:
    ideas = sample("ideas.csv")
    shuffled = ideas[1:]
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    blank = [["", "", "", "", "", "", "", ""], ["", "2019-10-01", "", "", "", "", "", ""]]
    return [
        _one("ordre-quelconque", "lignes mélangées", delimited([ideas[0], *shuffled])),
        _one("lignes-en-double", "chaque ligne deux fois", delimited([ideas[0], *ideas[1:], *ideas[1:]])),
        _one("lignes-creuses", "lignes vides ou sans texte", delimited([*ideas, *blank])),
        _one("une-ligne-par-porteur", "idées répétées", delimited(one_row_per_person(ideas)), links=True),
    ]


def _people() -> list[Case]:
    ideas = sample("ideas.csv")
    forms = {
        "porteurs-nom-prenom": ("{FAMILY} {given}", " ; "),
        "porteurs-prenom-nom": ("{given} {family}", ", "),
        "porteurs-et": ("{given} {FAMILY}", " et "),
        "porteurs-courriel": ("{FAMILY} {given} <{email}>", "\n"),
        "porteurs-barre": ("M. {family}, {given}", " / "),
    }
    return [
        _one(name, f"porteurs « {form} » réunis par « {join.strip() or 'retour'} »",
             delimited(with_people(ideas, form, join)), links=True)
        for name, (form, join) in forms.items()
    ]  # fmt: skip


def _refused() -> list[Case]:
    ideas = sample("ideas.csv")
    good = delimited(ideas)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    loose = [[*row] for row in ideas]
    torn = delimited(loose[:5], ";") + b'"G1ID-900";"2019-10-01";"Titre";"texte; jamais ferm\xc3\xa9\nfin'
    ragged = delimited(ideas[:6]) + b"G1ID-901,2019-10-01,Titre,un texte, avec des virgules, partout,x,3,Cat,fin\n"
    twice = [[*row, row[2][::-1]] for row in ideas]
    twice[0][-1] = "Intitulé"
    half = workbook({"I": ideas})
    return [
        _one("vide", "fichier vide", b"", columns=(), refused="ingest.empty_file"),
        _one("en-tete-seul", "en-tête sans ligne", good.split(b"\n")[0], columns=(), refused="ingest.no_ideas"),
        _one("mot-de-passe", "classeur protégé", ole, file="export.xlsx", columns=(), refused="ingest.password"),
        _one("classeur-coupe", "classeur incomplet", half[: len(half) // 2], file="export.xlsx", columns=(),
             refused="ingest.workbook"),
        _one("pdf-nomme-csv", "PDF nommé .csv", b"%PDF-1.7 ...", columns=(), refused="ingest.format"),
        _one("guillemet-ouvert", "guillemet jamais fermé", torn, columns=(), refused="ingest.quotes"),
        _one("cellules-en-trop", "virgules sans guillemets", ragged, columns=(), refused="ingest.ragged"),
        _one("deux-titres", "deux colonnes de titre", delimited(twice), columns=(), refused="ingest.two_columns"),
        _one("nom-ambigu", "« Nom » : titre ou personne ?", delimited([["Nom", "Texte"], ["x", ideas[1][3]]]),
             columns=(), refused="ingest.ambiguous"),
        _one("sans-texte", "ni titre ni texte", delimited([["Nom", "Direction"], ["Dupont", "DSI"]]), columns=(),
             refused="ingest.no_ideas"),
        _one("rien-a-lire", "aucun tableau", b"\x89PNG", file="photo.png", columns=(), refused="ingest.no_file"),
    ]  # fmt: skip


def main(folder: Path) -> None:
    """Write every case into its own folder below `folder`."""
    from tests.ingest.more_awkward import more_cases  # noqa: PLC0415 - it is built from this file

    for case in [*cases(), *more_cases()]:
        for file in case.files:
            path = folder / case.name / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
