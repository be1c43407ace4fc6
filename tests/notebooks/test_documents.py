"""The documents of notebook 5: what is there, links that open it, letters to read, the search for names."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from pipeline.initialise import EXAMPLES, initialise
from pipeline.notebook import documents
from pipeline.workspace import Workspace

PAGE = "<!doctype html><html><head><title>{}</title></head><body>{}</body></html>"
PEOPLE = pd.DataFrame(
    {"holder_id": ["A001"], "family_name": ["Zwingelstein"], "given_name": ["Ottilie"], "email": ["o.z@exemple.fr"]}
)


@pytest.fixture
def reports(tmp_path: Path) -> Workspace:
    """Return a workspace with a few documents."""
    pages = {
        "rapport.html": PAGE.format("240 idées – Concours, Région", "bonjour"),
        "themes/theme-T01.html": PAGE.format("Vélos &amp; trains – fiche thème", "bonjour"),
        "directions/d.html": PAGE.format("<b>Finances</b>", "bonjour"),
        "private/kits/kit-lab-T10.pdf": "%PDF",
        "private/kits/kit-lab-T02.pdf": "%PDF",
        "export/themes.csv": "theme_id\nT01\n" * 20_000,
    }
    for name, content in pages.items():
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return Workspace(tmp_path)


def shown(links: object) -> list[str]:
    """Return the words of the links."""
    return re.findall(r">([^<>]+)</a>", str(getattr(links, "data", "")))


def test_what_is_written_says_for_whom(reports: Workspace) -> None:
    """A line a folder that holds something, sizes in words."""
    table = documents.written(reports).set_index("Dossier")
    assert set(table.index) == {
        "reports/themes",
        "reports/directions",
        "reports/private/kits",
        "reports/export",
        "reports",
    }
    assert "nomme" in str(table.loc["reports/private/kits", "Pour qui"])
    assert table.loc["reports/themes", "Taille"] == "0\u00a0ko"
    assert table.loc["reports/export", "Taille"] == "0,3\u00a0Mo"


def test_pages_are_told_by_their_titles(reports: Workspace) -> None:
    """What a person reads, not the name of a file; what all share is left out."""
    assert shown(documents.links(reports)) == ["240 idées"]
    assert shown(documents.links(reports, "themes")) == ["Vélos &amp; trains"]


def test_files_are_in_the_order_of_their_numbers(reports: Workspace) -> None:
    """lab-T02 before lab-T10."""
    assert shown(documents.links(reports, "private/kits", "pdf")) == ["kit-lab-T02.pdf", "kit-lab-T10.pdf"]


def test_links_lead_to_the_files(reports: Workspace) -> None:
    """From the notebook's folder, beside `reports`; they open beside the notebook."""
    page = str(documents.links(reports, "themes").data)
    (address,) = re.findall(r'href="([^"]+)"', page)
    assert (reports.root / "notebooks" / ".." / address.removeprefix("../")).resolve().is_file()
    assert 'target="_blank"' in page


def test_no_document_says_so(reports: Workspace) -> None:
    """An empty folder is not an error."""
    assert "Aucun document" in str(documents.links(reports, "absent").data)


def test_letters_cannot_act() -> None:
    """What an idea's title contains is shown as typed, line breaks kept."""
    page = str(documents.letters(["Bonjour,\n\n<script>alert(1)</script>", "Deux"]).data)
    assert "<script>" not in page
    assert page.count("<div") == 2
    assert "pre-line" in page


def test_a_name_in_a_page_is_found(reports: Workspace) -> None:
    """Where, what, how many times, whose; documents that name people on purpose are left aside."""
    assert documents.search(reports, PEOPLE).empty
    for name in ("themes/theme-T01.html", "private/kits/page.html"):
        path = reports.path(f"reports/{name}")
        path.write_text(PAGE.format("x", "Écrire à Ottilie Zwingelstein, o.z@exemple.fr"), encoding="utf-8")
    found = documents.search(reports, PEOPLE)
    assert set(found["Fichier"]) == {"reports/themes/theme-T01.html"}
    assert set(found["Agent"]) == {"A001"}


def test_the_verdict_is_one_sentence() -> None:
    """Send, or do not send."""
    nothing = pd.DataFrame({"Fichier": []})
    assert documents.checked(nothing).startswith("Rien ne dépasse")
    some = pd.DataFrame({"Fichier": ["a", "a", "b"]})
    assert documents.checked(some) == "N’envoyez rien encore\u202f: 2\u00a0fichiers à corriger (ci-dessous)."


def test_the_tables_to_fill_in_are_counted_without_their_example(tmp_path: Path) -> None:
    """A new workspace's tables hold no line; one typed below the example counts, and each is said to be for what."""
    initialise(tmp_path / "concours")
    workspace = Workspace(tmp_path / "concours")
    empty = documents.to_fill(workspace)
    assert set(EXAMPLES) <= set(empty["Tableau"])
    assert set(empty["Lignes"]) == {"0"}
    path = workspace.path("data/review/seances.csv")
    path.write_text(path.read_text(encoding="utf-8") + "lab-T01,2027-01-14,,,\n\n", encoding="utf-8")
    filled = documents.to_fill(workspace).set_index("Tableau")
    assert filled.loc["data/review/seances.csv", "Lignes"] == "1"
