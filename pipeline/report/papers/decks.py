"""The view → decks for the tour of the directorates: one for each, and one for the general management.

A deck says what the directorate's file or the overall report says, and nothing more: same facts, same disclosure.
`slides.written` makes the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.french import counted, number, typeset
from pipeline.report.drawing import map_drawing
from pipeline.report.drawing.look import Look
from pipeline.report.drawing.pictures import canvas
from pipeline.report.facts.model import Ask, Figure, Report
from pipeline.report.facts.words import uncapital
from pipeline.report.papers.dossiers import Dossier
from pipeline.report.view import findings
from pipeline.report.view.claims import source

_ROWS, _LINES = 8, 7
"""Rows of a table and lines of a list that a room can read."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture on a slide: SVG with plain colours, and what it shows in words."""

    svg: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title that says the finding, then what it has of figures, lines, a table, a picture."""

    title: str
    lines: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    picture: Drawn | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """One file: its name, its title, what stands under it, its slides after the first, what is stamped on each."""

    name: str
    title: str
    subtitle: str
    slides: tuple[Slide, ...]
    stamp: str


def of_directorate(dossier: Dossier, report: Report, look: Look) -> Deck:
    """Return the deck to show to one directorate."""
    own = (
        Slide("Vos agents dans la démarche", figures=dossier.figures, note=dossier.note if dossier.detailed else ""),
        *(_ideas(label, [f"{i.short} ({i.idea_id})" for i in ideas]) for label, ideas in dossier.groups[:2]),
    )
    slides = (
        Slide("Ce que disent les idées de tous les agents", lines=report.findings),
        *_map(report, look),
        *(own if dossier.detailed else ()),
        _themes(dossier, counted_agents=dossier.counted),
        *_heard(report),
        Slide("Ce qui vous est demandé", lines=_asked(dossier.asks)),
        _next(report, dossier.reply),
    )
    return Deck(dossier.name, dossier.headline, _subtitle(report), slides, report.work.said)


def of_management(report: Report, look: Look) -> Deck:
    """Return the deck to show to the general management."""
    rows = [(lab.label, number(lab.placed), number(lab.waiting), lab.state) for lab in report.labs[:_ROWS]]
    groups = (("Groupe", "Membres", "En attente", "État"), *rows)
    drawn = [
        Slide(p.title, picture=Drawn(canvas.printed(p.drawn, look.light), p.title), note=p.note)
        for p in report.pictures
        if p.key in {"flux", "origines"}
    ]
    slides = (
        Slide("L’essentiel", figures=report.figures, lines=report.findings[:3]),
        *drawn[:1],
        *_map(report, look),
        _all_themes(report),
        *_heard(report),
        *drawn[1:],
        *((Slide(report.titles.labs, table=groups, note=_lines(report)),) if report.labs else ()),
        Slide(report.titles.trust, lines=report.trust.sentences[:4]),
        Slide("Ce qui vous est demandé", lines=_asked(report.asks)),
        _next(report, ""),
    )
    return Deck("direction-generale", report.headline, _subtitle(report), slides, report.work.said)


def _subtitle(report: Report) -> str:
    return " · ".join(part for part in (report.organisation, report.title, report.period, report.work.said) if part)


def _map(report: Report, look: Look) -> tuple[Slide, ...]:
    drawing = map_drawing.draw(report)
    if drawing is None:
        return ()
    return (Slide(report.titles.map, picture=Drawn(map_drawing.static(drawing, look.light), drawing.alternative)),)


def _ideas(label: str, titles: list[str]) -> Slide:
    more = len(titles) - _LINES
    rest = (typeset(f"et {counted(more, 'autre idée', 'autres idées')}, dans votre dossier"),) if more > 0 else ()
    return Slide(typeset(f"Vos agents : {label}"), lines=(*titles[:_LINES], *rest))


def _themes(dossier: Dossier, *, counted_agents: bool) -> Slide:
    heads = ("Thème", "Réponse proposée", "Idées", *(("Vos porteurs",) if counted_agents else ()), "Groupe de travail")
    rows = tuple(
        (
            line.label,
            line.kind,
            number(line.ideas),
            *(("n. c." if line.agents is None else number(line.agents),) if counted_agents else ()),
            line.group,
        )
        for line in dossier.lines[:_ROWS]
    )
    return Slide("Les thèmes et les groupes de travail", table=(heads, *rows), note=_left(len(dossier.lines)))


def _all_themes(report: Report) -> Slide:
    heads = ("Thème", "Idées", "Réponse proposée", "Stabilité")
    rows = tuple((t.label, number(t.size), t.kind_label, t.found) for t in report.themes[:_ROWS])
    return Slide(report.titles.themes, table=(heads, *rows), note=_left(len(report.themes)))


def _left(count: int, what: str = "thème") -> str:
    more = count - _ROWS
    return typeset(f"Et {counted(more, f'autre {what}', f'autres {what}s')}, dans le rapport.") if more > 0 else ""


def _lines(report: Report) -> str:
    """Return what the table of groups leaves out, and why its lines sum to more than those who wait."""
    return " ".join(filter(None, (_left(len(report.labs), "groupe"), report.twice)))


def _heard(report: Report) -> tuple[Slide, ...]:
    """Return what agents write: the first claim of each of the first themes, with its ideas."""
    said = [
        typeset(f"« {theme.claims[0].text} » ({theme.label} ; {source(theme.claims[0])})")
        for theme in report.themes
        if theme.claims
    ]
    return (Slide("Ce qu’écrivent les agents", lines=tuple(said[:5])),) if said else ()


def _asked(asks: tuple[Ask, ...]) -> tuple[str, ...]:
    return tuple(typeset(f"{ask.title} : {uncapital(ask.text)}") for ask in asks[:_LINES])


def _next(report: Report, reply: str) -> Slide:
    open_groups = sum(lab.open for lab in report.labs)
    lines = (
        *((typeset(f"{findings.opened(open_groups)} : première séance à fixer."),) if open_groups else ()),
        *((reply,) if reply else ((typeset(f"À qui écrire : {report.contact}."),) if report.contact else ())),
        report.work.said + ".",
        _followed(report),
    )
    return Slide("La suite", lines=lines)


def _followed(report: Report) -> str:
    """Return how many ideas have a known outcome: a slide lists none of them."""
    known = sum(bool(idea.outcome) for idea in report.ideas)
    if not known:
        return "Aucune suite n’est encore enregistrée."
    return typeset(f"{counted(known, 'idée a une suite enregistrée', 'idées ont une suite enregistrée')}.")
