"""Documents as HTML pages: no network, no font or script outside the file, readable without JavaScript."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.french import counted, number, percent, typeset_text
from pipeline.report.drawing import map_drawing
from pipeline.report.drawing.look import Look, variables
from pipeline.report.drawing.pictures import canvas
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Picture, Report
from pipeline.report.facts.themes import Family, Theme
from pipeline.report.facts.words import HEADS, uncapital
from pipeline.report.papers import deciding
from pipeline.report.papers.contents import Filed, shelves, summary
from pipeline.report.papers.dossiers import Dossier
from pipeline.report.papers.filters import choices, codes, places_of, theme_choices
from pipeline.report.papers.limits import SHEET, first, first_of_groups, trimmed
from pipeline.report.papers.sheets import ThemeSheet, method_lines, nearest, sheet_figures
from pipeline.report.view import findings
from pipeline.report.view.claims import reach
from pipeline.report.view.hierarchy import grouped

_TEXT, _TITLE = "MiniLabs Texte", "MiniLabs Titre"
_FONTS = (
    (_TEXT, 400, "normal", "texte-regular"),
    (_TEXT, 400, "italic", "texte-italic"),
    (_TEXT, 600, "normal", "texte-semibold"),
    (_TITLE, 600, "normal", "titre-semibold"),
)


def overall(report: Report, look: Look | None = None, *, root: str = "") -> str:
    """Return the overall report as a page; `root` leads from its folder to that of the reports."""
    return page("rapport.html.j2", look or Look(), root=root, **_parts(report))


def contents(filed: Iterable[Filed], report: Report, look: Look | None = None) -> str:
    """Return the page that lists every document."""
    listed = shelves(filed)
    return page("index.html.j2", look or Look(), report=report, shelves=listed, summary=summary(listed))


_OPEN = 5
"""Ideas of a theme's sheet in full at once; the others are folded."""


def theme_page(sheet: ThemeSheet, report: Report, look: Look | None = None) -> str:
    """Return one theme's sheet as a page."""
    ideas, others = first(sheet.ideas, SHEET, "autre idée", "autres idées")
    drawing = map_drawing.draw(report)
    return page(
        "theme.html.j2",
        look or Look(),
        report=report,
        sheet=sheet,
        ideas=ideas,
        open=_OPEN,
        others=others,
        figures=sheet_figures(sheet),
        lines=method_lines(sheet.theme, report),
        headline=deciding.finding(sheet.theme),
        asks=deciding.to_decide(sheet.theme, sheet.lab, report),
        drawing=map_drawing.part(drawing, sheet.theme) if drawing else None,
        known={idea.idea_id: idea for idea in ideas},
        symbols=Markup(map_drawing.symbols()),  # noqa: S704 - our own shapes
    )


def directorate_page(dossier: Dossier, report: Report, look: Look | None = None) -> str:
    """Return one directorate's file as a page."""
    groups, others = first_of_groups(dossier.groups, SHEET)
    return page("direction.html.j2", look or Look(), report=report, dossier=dossier, groups=groups, others=others)


def page(template: str, look: Look, **values: Any) -> str:  # noqa: ANN401 - what a template shows
    """Return a template laid out with the values, the shared style and the look."""
    rendered = (
        _environment()
        .get_template(template)
        .render(
            style=Markup(style(look)),  # noqa: S704 - our own style sheet, no value of the data
            script=Markup(_asset("templates/page.js")),  # noqa: S704 - our own script
            look=look,
            **values,
        )
    )
    return "\n".join(line.rstrip() for line in rendered.splitlines() if line.strip()) + "\n"


def _parts(report: Report) -> dict[str, Any]:
    shown = trimmed(report)
    return {
        "report": shown,
        "ideas": len(report.ideas),
        "others": {
            "weak": first(report.weak, len(shown.weak), "autre idée", "autres idées")[1],
            "near": first(report.near_pairs, len(shown.near_pairs), "autre paire", "autres paires")[1],
        },
        "largest": findings.largest(report.themes),
        "kinds": findings.kinds_present(report.themes),
        "drawing": map_drawing.draw(report, shown.idea if shown is not report else None),
        "symbols": Markup(map_drawing.symbols()),  # noqa: S704 - our own shapes
        "groups": _groups(shown),
        "families": _families(shown),
        "choices": choices(shown),
        "theme_choices": theme_choices(shown),
        "codes": codes(shown),
        "places": {idea: " ".join(found) for idea, found in places_of(shown).items()},
        "nearest": {theme.theme_id: nearest(theme, report) for theme in report.themes},
    }


def _groups(report: Report) -> list[tuple[Theme | None, list[tuple[str, list[Idea]]]]]:
    """Return the ideas to list: by theme, then by part (title, ideas); weak signals last, under no theme."""
    ideas = report.idea
    groups: list[tuple[Theme | None, list[tuple[str, list[Idea]]]]] = [
        (theme, [(label, [ideas[i] for i in ids]) for label, ids in grouped(theme)]) for theme in report.themes
    ]
    return [*groups, (None, [("", list(report.weak))])] if report.weak else groups


def _families(report: Report) -> list[tuple[Family | None, list[Theme]]]:
    """Return the themes by family, the others last under none; one group when there are no families."""
    told = [(family, [report.theme[i] for i in family.themes]) for family in report.families]
    inside = {theme.theme_id for _, themes in told for theme in themes}
    rest = [theme for theme in report.themes if theme.theme_id not in inside]
    return [*told, (None, rest)] if rest else [*told]


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn by us, texts of the data escaped (see `pictures.canvas`)


def _data_uri(picture: Picture) -> Markup:
    """Return the table of a picture as a CSV file that needs no network."""
    table = quote(canvas.as_csv(picture.heads, picture.rows))
    return Markup(f"data:text/csv;charset=utf-8,{table}")  # noqa: S704 - quoted


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report", "templates"),
        autoescape=True,
        finalize=typeset_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "percent": percent}
    environment.filters |= {
        "lower_first": uncapital,
        "upper_first": lambda text: text[:1].upper() + text[1:],
    }
    environment.filters |= {"drawn": _drawn, "data_uri": _data_uri, "reach": reach}
    environment.globals |= {"counted": counted, "heads": HEADS}
    return environment


def style(look: Look) -> str:
    """Return the style sheet of every page, with the fonts inside; the guide of `docs/` has it too."""
    schemes = (
        f":root{{color-scheme:light dark;{variables(look.light)}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{variables(look.dark)}}}}}"
        f"@media print{{:root{{color-scheme:light;{variables(look.light)}}}}}"
    )
    return _fonts(look) + schemes + _asset("templates/page.css")


def _fonts(look: Look) -> str:
    """Return the faces of both uses: the organisation's where it has some, else ours."""
    own = {_TEXT: look.text_fonts, _TITLE: look.title_fonts}
    ours = (face for family, *rest in _FONTS if not own[family] for face in [_face(family, *rest)])
    theirs = (_declared(use, font.weight, font.style, font.uri) for use, fonts in own.items() for font in fonts)
    return "".join([*ours, *theirs])


@cache
def _face(family: str, weight: int, style: str, name: str) -> str:
    content = b64encode((files("pipeline.report") / "fonts" / f"{name}.woff2").read_bytes()).decode()
    return _declared(family, weight, style, f"data:font/woff2;base64,{content}")


def _declared(family: str, weight: int, style: str, uri: str) -> str:
    return (
        f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};font-display:swap;src:url({uri})}}"
    )


@cache
def _asset(name: str) -> str:
    return (files("pipeline.report") / name).read_text(encoding="utf-8")
