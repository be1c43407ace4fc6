"""More awkward exports, gathered after the first ones were solved; see `make_awkward`."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape

import openpyxl

from pipeline.ingest import SourceFile
from tests.ingest.make_awkward import (
    WHOLE,
    Case,
    Table,
    changed,
    delimited,
    long_date,
    open_document,
    reference,
    renamed,
    sample,
    slashed,
    workbook,
)
from tests.ingest.old_workbook import old_workbook

_VALUES = tuple(column for column in WHOLE if column != "idea_id")


def more_cases() -> list[Case]:
    """Return the cases, those that load first."""
    return [*_files(), *_layouts(), *_headers(), *_people(), *_values(), *_refused()]


def _one(name: str, trouble: str, content: bytes, *, file: str = "export.csv", **options: object) -> Case:
    return Case(name, trouble, (SourceFile(file, content),), **options)  # type: ignore[arg-type]


def archive(files: Mapping[str, bytes], *, encrypted: bool = False) -> bytes:
    """Return a zip of the files; `encrypted` only says so in its directory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    content = buffer.getvalue()
    if not encrypted:
        return content
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + bytes([content[at] | 1]) + content[at + 1 :]


def page(rows: Table) -> bytes:
    """Return a table as a web page, as platforms export it under the name of a workbook."""
    lines = (
        "<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>".replace("\n", "<br>\n") for cell in row) + "</tr>"
        for row in rows
    )
    head = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><style>td{}</style></head>'
    )
    return f"{head}<body><table border=1>{''.join(lines)}</table></body></html>".encode()


def _files() -> list[Case]:
    ideas = sample("ideas.csv")
    three = {file.name: file.content for file in reference()}
    sheets = [("Idées", ideas), ("Agents", sample("holders.csv")), ("Liens", sample("idea_holders.csv"))]
    lines = delimited(ideas).decode().splitlines(keepends=True)
    half = len(lines) // 2
    mixed = b"".join(line.encode("utf-8" if i < half else "cp1252", "ignore") for i, line in enumerate(lines))
    euro = [[cell.replace("€", "euros") for cell in row] for row in ideas]
    euro[1][3] += " Coût : 1 200 €."
    return [
        _one("xls-ancien", "classeur d’Excel 97", old_workbook({"Feuil1": ideas}), file="export.xls"),
        _one("page-web-nommee-xls", "tableau d’une page web nommée .xls", page(ideas), file="export.xls"),
        _one("archive-zip", "archive avec une notice", archive(
            {**three, "LISEZMOI.txt": b"-", "__MACOSX/._a.csv": b"-"}), file="export.zip", links=True),
        Case("ods-trois-feuilles", "idées, agents et liens dans un ods",
             (SourceFile("export.ods", open_document(sheets)),), ("idea_id", "title", "votes"), links=True),
        Case("csv-xlsx-ods", "chaque table dans un autre format", (
            SourceFile("idees.csv", delimited(ideas, ";", "utf-8-sig")),
            SourceFile("rh/agents.xlsx", workbook({"Agents": sample("holders.csv")})),
            SourceFile("rh/liens.ods", open_document([("Liens", sample("idea_holders.csv"))]))), links=True),
        _one("encodages-meles", "UTF-8 puis Windows dans un même fichier", mixed),
        _one("cp858-euro", "vieux DOS avec le signe euro", delimited(
            [[cell.encode("cp858", "ignore").decode("cp858") for cell in row] for row in euro], ";", "cp858"),
             columns=("idea_id", "submitted_on", "status", "votes")),
        _one("lignes-entre-guillemets", "chaque ligne entière entre guillemets",
             delimited([[delimited([row]).decode().rstrip("\n")] for row in ideas])),
    ]  # fmt: skip


def _layouts() -> list[Case]:
    ideas = sample("ideas.csv")
    wide = [[*row, *[""] * 300, "x" if i % 7 == 0 else ""] for i, row in enumerate(ideas)]
    total = ["Total", "", "", "", "", "", str(sum(int(row[6]) for row in ideas[1:])), ""]
    remark = ["Source : plateforme interne, exporté par la DSI", *[""] * 7]
    repeated = [line for i, row in enumerate(ideas) for line in ([ideas[0], row] if i and i % 10 == 0 else [row])]
    return [
        _one("en-tete-repete", "en-tête répété toutes les dix lignes", delimited(repeated, ";")),
        _one("total-dessous", "ligne de total et remarque sous le tableau", delimited([*ideas, total, remark])),
        _one("xlsx-presente", "titre fusionné au-dessus, total au-dessous", _presented(ideas, total),
             file="export.xlsx"),
        _one("feuille-tres-large", "300 colonnes vides et une croix", workbook({"Export": wide}), file="export.xlsx"),
        _one("colonnes-vides-au-milieu", "colonnes vides sans nom", delimited(
            [[r[0], "", *r[1:4], "", *r[4:]] for r in ideas])),
    ]  # fmt: skip


def _presented(ideas: Table, total: Sequence[str]) -> bytes:
    """Return a workbook laid out for reading: a title over all columns, a header on two rows, cells merged, a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "Concours d’idées : toutes les contributions"
    sheet.merge_cells("B2:I2")
    sheet["B4"], sheet["C4"], sheet["D4"] = "N°", "Date de dépôt", "Contribution"
    sheet.merge_cells("D4:F4")
    for column, name in zip("DEF", ("Intitulé", "Description", "Gains attendus"), strict=True):
        sheet[f"{column}5"] = name
    for column, name in zip("GHI", ("Statut", "Votes", "Thématique"), strict=True):
        sheet[f"{column}4"] = name
        sheet.merge_cells(f"{column}4:{column}5")
    for i, row in enumerate([*ideas[1:], list(total)], start=6):
        for j, cell in enumerate(row, start=2):
            sheet.cell(i, j, cell or None)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _headers() -> list[Case]:
    ideas = sample("ideas.csv")
    questions = (
        "Identifiant de la réponse", "Heure de fin", "Quel est le titre de votre idée ? (100 caractères au maximum)",
        "Décrivez votre idée en quelques lignes : quel est le problème, que proposez-vous ?",
        "Quels bénéfices attendez-vous, pour vous, vos collègues ou les usagers ?", "Statut", "Votes", "Catégorie",
    )  # fmt: skip
    padded = [f" {name}\u00a0\n(obligatoire)" if i < 4 else f"{name} :" for i, name in enumerate(
        ("Numéro", "Date", "Titre", "Description", "Bénéfices", "Statut", "Votes", "Catégorie"))]  # fmt: skip
    return [
        _one("questions-entieres", "les questions du formulaire pour en-têtes", delimited(renamed(ideas, questions))),
        _one("en-tetes-sur-deux-lignes", "retours et espaces insécables dans les en-têtes",
             delimited(renamed(ideas, padded), ";")),
    ]  # fmt: skip


def _holders() -> dict[str, list[list[str]]]:
    """Return idea → its holders as (family, given, e-mail), the author first."""
    people = {row[0]: row[1:4] for row in sample("holders.csv")[1:]}
    found: dict[str, list[list[str]]] = {}
    for idea, holder, role in sorted(sample("idea_holders.csv")[1:], key=lambda r: (r[0], r[2] != "porteur", r[1])):
        assert role
        found.setdefault(idea, []).append(people[holder])
    return found


def _people() -> list[Case]:
    ideas, holders = sample("ideas.csv"), _holders()
    most = max(map(len, holders.values()))

    def spread(row: list[str], cells: Callable[[list[str]], list[str]], width: int) -> list[str]:
        told = [cell for person in holders.get(row[0], []) for cell in cells(person)]
        return [*row, *told, *[""] * (width * most - len(told))]

    numbered = [
        f"{name} {n}" for n in range(1, most + 1) for name in ("Nom porteur", "Prénom porteur", "E-mail porteur")
    ]
    hollow = [[*ideas[0], "Porteur"]]
    for row in ideas[1:]:
        first, *others = [f"{p[0].upper()} {p[1]}" for p in holders.get(row[0], [])] or [""]
        hollow += [[*row, first], *([*[""] * len(row), name] for name in others)]
    return [
        _one("porteur-1-porteur-2", "une colonne par porteur", delimited(
            [[*ideas[0], *(f"Porteur {n}" for n in range(1, most + 1))],
             *(spread(row, lambda p: [f"{p[1]} {p[0].upper()}"], 1) for row in ideas[1:])]), links=True),
        _one("nom-1-prenom-1", "nom, prénom et adresse de chaque porteur", delimited(
            [[*ideas[0], *numbered], *(spread(row, lambda p: p, 3) for row in ideas[1:])], ";"), links=True),
        _one("idee-sur-plusieurs-lignes", "porteurs seuls sur les lignes suivantes", workbook({"Export": hollow}),
             file="export.xlsx", links=True),
    ]  # fmt: skip


def _values() -> list[Case]:
    ideas = sample("ideas.csv")
    draw = random.Random(3)  # noqa: S311 - test data
    forms: list[Callable[[str], str]] = [slashed, long_date, str, "{}T09:30:00+01:00".format]

    def written(iso: str) -> str:
        return draw.choice(forms)(iso)

    floats = [ideas[0], *([f"{100 + i}.0", *row[1:]] for i, row in enumerate(ideas[1:]))]
    zeros = [ideas[0], *([f"{i:05d}", *row[1:]] for i, row in enumerate(ideas[1:], start=1))]
    return [
        _one("dates-melees", "quatre façons d’écrire la date", delimited(
            changed(ideas, "date_depot", written))),
        _one("numeros-a-virgule", "numéros « 101.0 » d’un tableur", delimited(floats), columns=_VALUES),
        _one("zeros-devant", "numéros « 00001 »", delimited(zeros), columns=_VALUES),
    ]  # fmt: skip


def _refused() -> list[Case]:
    ideas = sample("ideas.csv")
    noise = random.Random(5).randbytes(5000)  # noqa: S311 - test data
    packed = archive({"idees.csv": delimited(ideas)})
    records = json.dumps([dict(zip(ideas[0], row, strict=True)) for row in ideas[1:]]).encode()
    letter = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    alone = [["Réponse", "Longueur"], *([row[0], str(len(row[3]))] for row in ideas[1:])]
    refused: list[tuple[str, str, bytes, str, str]] = [
        ("archive-coupee", "archive incomplète", packed[: len(packed) // 2], "export.zip", "ingest.archive"),
        ("archive-protegee", "archive à mot de passe", archive({"i.csv": b"x"}, encrypted=True), "export.zip",
         "ingest.password"),
        ("binaire-nomme-csv", "octets quelconques", noise, "export.csv", "ingest.format"),
        ("json-nomme-csv", "données JSON", records, "export.csv", "ingest.format"),
        ("lettre-nommee-xlsx", "document de traitement de texte nommé .xlsx", letter, "export.xlsx", "ingest.workbook"),
        ("page-sans-tableau", "page d’erreur nommée .xls", b"<html><body>Session expir\xc3\xa9e</body></html>",
         "export.xls", "ingest.format"),
        ("pdf-seul", "un PDF pour tout export", b"%PDF-1.7", "export.pdf", "ingest.no_file"),
        ("chiffres-seuls", "aucun texte", delimited(alone), "export.csv", "ingest.no_ideas"),
    ]  # fmt: skip
    return [
        Case(name, trouble, (SourceFile(file, content),), (), code) for name, trouble, content, file, code in refused
    ]
