"""Tables of web pages are read as people see them."""

from __future__ import annotations

import pytest

from pipeline.ingest.reading.pages import tables_of


@pytest.mark.parametrize(
    ("page", "table"),
    [
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", [["a", "b"], ["1", "2"]]),
        ("<TABLE><TR><TD>a</TD><TD>b</TD></TR></TABLE>", [["a", "b"]]),
        ("<table><tr><td colspan=2>a</td><td>b</td></tr></table>", [["a", "", "b"]]),
        ("<table><tr><td>un<br>deux<p>trois</p></td></tr></table>", [["un\ndeux\ntrois"]]),
        ("<table><tr><td>a\n  b <b>c</b> d &amp; &eacute;</td></tr></table>", [["a b c d & é"]]),
        ("<table><tr><td>a<script>x()</script></td><td></td></tr></table>", [["a", ""]]),
        ("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>", [["ab"]]),
        (
            "<table><tr><td>a<!-- <td>b --></td><td colspan='2' class=x>c < d<td/></tr></table>",
            [["a", "c < d", "", ""]],
        ),
    ],
)
def test_cells(page: str, table: list[list[str]]) -> None:
    """Cells, spans, breaks, entities and nested tables come out as text."""
    assert tables_of(f"<html><body>{page}</body></html>") == [table]


@pytest.mark.parametrize("page", ["", "<p>Session expirée</p>", "<table><tr><td> </td></tr></table>", "<td>seule</td>"])
def test_pages_without_a_table(page: str) -> None:
    """A page without a filled table gives none."""
    assert tables_of(page) == []
