"""Every file of the report stage: where it goes, who may read it, and how to make it when asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from pipeline.errors import MinilabsError
from pipeline.french import fold
from pipeline.report.drawing.look import Look
from pipeline.report.facts.frames import Tables
from pipeline.report.facts.model import Report
from pipeline.report.papers.arbitration import arbitrations
from pipeline.report.papers.contents import Filed
from pipeline.report.papers.kits import kits
from pipeline.report.papers.letters import Letter
from pipeline.report.papers.sheets import Sheets
from pipeline.report.papers.techniques import Technique
from pipeline.report.render import html, kit_pages, pdf, training
from pipeline.report.render.analysts import merge_workbook

MOST_LETTERS = 2000
"""With more, the mail-merge workbook is the only sensible way to send them."""
REPLIES = "private/reponses/"
KINDS = ("direction", "theme", "minilab")
"""What `--only` can name."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file to write.

    Attributes:
        path: below the reports' folder.
        kind: ensemble, theme, direction, animation, minilab, reponse, equipe or index.
        key: what names it: title and id of the theme, the group, the directorate.
        make: gives its content.
        label: its title in the list of all documents.
        private: carries names: owner-only permissions.
    """

    path: str
    kind: str
    key: str
    make: Callable[[], bytes | str]
    label: str
    private: bool = False


def public(report: Report, sheets: Sheets, look: Look) -> Iterator[Document]:
    """Yield the overall report, the sheets of themes and the files of directorates, as pages and in print."""
    title = "Rapport d’ensemble"
    yield Document("rapport.html", "ensemble", "", partial(html.overall, report, look), title)
    yield Document("rapport.pdf", "ensemble", "", partial(pdf.overall, report, look), title)
    for sheet in sheets.themes:
        path, label = f"themes/{sheet.name}", sheet.theme.label
        key = _names(label, sheet.theme.theme_id, sheet.theme.mark.number)
        yield Document(f"{path}.html", "theme", key, partial(html.theme_page, sheet, report, look), label)
        yield Document(f"{path}.pdf", "theme", key, partial(pdf.theme_sheet, sheet, report, look), label)
    for dossier in sheets.directorates:
        path, key = f"directions/{dossier.name}", dossier.directorate
        yield Document(f"{path}.html", "direction", key, partial(html.directorate_page, dossier, report, look), key)
        yield Document(f"{path}.pdf", "direction", key, partial(pdf.directorate_file, dossier, report, look), key)


def arbitrage(report: Report, look: Look) -> Iterator[Document]:
    """Yield the arbitration sheets, for those who decide what becomes of each theme."""
    if sheets := arbitrations(report):
        make = partial(pdf.arbitration, sheets, report, look)
        yield Document(
            "private/arbitrage.pdf", "equipe", "", make, "Fiches d’arbitrage, une page par thème", private=True
        )


def animation(techniques: tuple[Technique, ...], report: Report, look: Look, *, ours: bool) -> Iterator[Document]:
    """Yield the techniques of creativity, as a page and in print; none when there are no sheets."""
    if techniques:
        title = "Techniques de créativité"
        on_page, printed = (partial(make, techniques, report, look, ours=ours) for make in _TRAINING)
        yield Document("techniques.html", "animation", "", on_page, title)
        yield Document("techniques.pdf", "animation", "", printed, title)


_TRAINING: tuple[Callable[..., bytes | str], ...] = (training.on_page, training.printed)


def exploration(whole: Report, look: Look) -> Document:
    """Return the overall page with all that is known of holders but their names: for the team alone."""
    make = partial(html.overall, whole, look, root="../")
    label = "Exploration, origine des idées comprise"
    return Document("private/exploration.html", "equipe", "", make, label, private=True)


def contents(documents: Iterable[Document], others: Iterable[Filed], report: Report, look: Look) -> Document:
    """Return the page that lists every document, replies together, and `others` (data, workbooks)."""
    filed = [Filed(d.path, d.kind, d.label) for d in documents if not d.path.startswith(REPLIES)]
    make = partial(html.contents, (*filed, *others), report, look)
    return Document("index.html", "index", "", make, "Tous les documents")


def private(
    report: Report,
    tables: Tables,
    identities: pd.DataFrame,
    letters: Iterable[Letter],
    look: Look,
    over: Collection[str] = (),
) -> Iterator[Document]:
    """Yield what carries names: the facilitation kits of groups not over, the replies, their mail-merge workbook."""
    for kit in kits(report, tables, identities, over):
        path, label = f"private/kits/{kit.name}", kit.lab.label
        key = _names(label, kit.lab.lab_id, kit.lab.theme_id)
        on_page, printed = partial(kit_pages.on_page, kit, report, look), partial(kit_pages.printed, kit, report, look)
        yield Document(f"{path}.html", "minilab", key, on_page, label, private=True)
        yield Document(f"{path}.pdf", "minilab", key, printed, label, private=True)
    written = tuple(letters)
    for reply in written if len(written) <= MOST_LETTERS else ():
        path, make = f"{REPLIES}{reply.name}.pdf", partial(pdf.letter, reply, report, look)
        yield Document(path, "reponse", reply.holder_id, make, reply.name, private=True)
    make = partial(merge_workbook, written)
    yield Document(
        "private/publipostage.xlsx", "reponse", "", make, "Publipostage : une ligne par lettre", private=True
    )


_BETWEEN = " · "


def _names(*names: str) -> str:
    """Return what a document answers to: title and numbers, each once."""
    return _BETWEEN.join(dict.fromkeys(names))


def _called(documents: Sequence[Document], name: str) -> list[Document]:
    """Return the documents of that very name, else those whose name has it inside."""
    whole = [document for document in documents if name in map(fold, document.key.split(_BETWEEN))]
    return whole or [document for document in documents if name in fold(document.key)]


def chosen(documents: Iterable[Document], only: str) -> list[Document]:
    """Return the documents that `only` names ("direction:finances", "theme:t03", "minilab:restauration").

    Raises:
        MinilabsError: `report.only_kind`, `report.only_none`, `report.only_several`.
    """
    kind, _, asked = only.partition(":")
    if fold(kind.strip()) not in KINDS or not asked.strip():
        raise MinilabsError("report.only_kind", value=only[:60], allowed=", ".join(f"{k}:…" for k in KINDS))
    same = [document for document in documents if document.kind == fold(kind.strip())]
    found = _called(same, fold(asked.strip()))
    if len(several := sorted({document.key for document in found})) > 1:
        raise MinilabsError("report.only_several", value=asked.strip()[:60], known=" ; ".join(several))
    if not found:
        known = sorted({document.key for document in same})
        raise MinilabsError("report.only_none", value=asked.strip()[:60], known=" ; ".join(known) or "aucun")
    return found
