"""The facts of the review → the document: one view, laid out as a page, in print and as slides.

Whoever reads it may be anybody: files and commands are told to the team alone (`gaps`), exact tables stand in the CSV.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.french import agree, count_or_none, counted, enumeration, long_date, number, typeset
from pipeline.life.bilan.gaps import gaps
from pipeline.life.bilan.model import (
    ANSWERED_IDEAS,
    DONE,
    ENDS,
    IDEAS,
    OWN,
    PEOPLE,
    WAITING,
    WITH_GROUP,
    WITH_THEME,
    WORK,
    Bilan,
    Group,
    Line,
)
from pipeline.report.facts.ideas import one_line
from pipeline.report.facts.model import Figure
from pipeline.report.facts.words import capital

HIDDEN = "n. c."
_LATE = "Date dépassée : celle que la direction avait annoncée est passée, et la suite n’est ni réalisée ni déclinée."
_TABLES = {
    "ideas": "le tableau des idées",
    "idea_themes": "le rattachement des idées aux thèmes",
    "follow_up": "le tableau des suites",
    "idea_holders": "la liste des porteurs de chaque idée",
    "inscriptions": "la liste des inscriptions",
    "assignments": "la composition des groupes",
    "presences": "le tableau des présences",
    "comptes_rendus": "les comptes rendus de séance",
    "labs": "la liste des groupes",
    "seances": "le calendrier des séances",
    "livrables": "le tableau des livrables",
    "answers": "les réponses des directions",
}
"""Table → what readers call it."""
_PAIR = 2
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Board:
    """One table.

    Attributes:
        caption: what it counts.
        heads: of the columns.
        rows: cells as text.
        numbers: places of the columns that hold numbers.
        brief: places of the columns that a slide keeps; none: the first and the last ones.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    brief: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One deliverable: who made it, its title, its summary, an address of the web or nothing."""

    group: str
    title: str
    summary: str
    link: str


@dataclass(frozen=True, slots=True)
class Part:
    """One section.

    Attributes:
        anchor: of the section.
        short: its name, for the list of contents.
        title: its finding.
        missing: what is not known yet.
        boards: its tables.
        items: deliverables.
        note: how to read it; may be empty.
    """

    anchor: str
    short: str
    title: str
    missing: tuple[str, ...] = ()
    boards: tuple[Board, ...] = ()
    items: tuple[Item, ...] = ()
    note: str = ""

    @property
    def rows(self) -> list[tuple[bool, list[Board]]]:
        """Tables as they stand on a wide page: whether they are narrow, side by side then, and those together."""
        return [(narrow, list(boards)) for narrow, boards in groupby(self.boards, key=lambda b: len(b.heads) == _PAIR)]


@dataclass(frozen=True, slots=True)
class Page:
    """The review as it is read: `name` is "Bilan" or "Bilan d’étape"."""

    name: str
    headline: str
    lead: str
    day: str
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]


def view(facts: Bilan) -> Page:
    """Return what every form of the document shows."""
    parts = (_ideas(facts), _people(facts), _work(facts), *_asked(facts), *_former(facts), _sources(facts))
    return Page(
        name="Bilan" if facts.complete else "Bilan d’étape",
        headline=typeset(_headline(facts)),
        lead=typeset(_lead(facts)),
        day=long_date(facts.day),
        figures=_figures(facts),
        parts=parts,
    )


def _headline(facts: Bilan) -> str:
    analysed, answered = facts.value("Idées analysées"), facts.value(ANSWERED_IDEAS)
    if not analysed:
        return "Aucune idée à analyser"
    if not answered:
        return f"{counted(analysed, 'idée analysée', 'idées analysées')}, aucune suite décidée à ce jour"
    own, done = facts.value(OWN), facts.value(DONE)
    first = count_or_none(own, "idée a reçu sa propre décision", "idées ont reçu leur propre décision", none="Aucune")
    if done:
        first += f", dont {counted(done, 'est réalisée', 'sont réalisées')}" if own > 1 else ", réalisée depuis"
    rest = (
        (WITH_GROUP, "suit le sort de son groupe", "suivent le sort de leur groupe"),
        (WITH_THEME, "suit la réponse donnée à son thème", "suivent la réponse donnée à leur thème"),
        (WAITING, "attend", "attendent"),
    )
    told = [counted(value, one, many) for label, one, many in rest if (value := facts.value(label))]
    return " ; ".join([first, *told])


def _lead(facts: Bilan) -> str:
    count, held = len(facts.groups), facts.value("Séances tenues")
    if not count:
        return "Aucun groupe de travail n’est ouvert."
    said = [f"{counted(count, 'groupe')} de travail {agree(count, 'ouvert')}"]
    if held:
        said.append(counted(held, "séance tenue", "séances tenues"))
    if made := facts.value("Livrables"):
        said.append(counted(made, "livrable"))
    return f"{enumeration(said)}{_ends(facts.groups)}."


def _ends(groups: Sequence[Group]) -> str:
    words = {
        "poursuivi": ("se poursuit", "se poursuivent"),
        "panel": ("devient le panel d’une direction", "deviennent le panel d’une direction"),
        "transmis": ("a transmis ses travaux", "ont transmis leurs travaux"),
        "clos": ("est clos", "sont clos"),
        "": ("n’a pas encore de fin décidée", "n’ont pas encore de fin décidée"),
    }
    counts = {end: sum(group.end == end for group in groups) for end in words}
    told = [counted(counts[end], *pair) for end, pair in words.items() if counts[end]]
    return f" ; {enumeration(told)}"


def _figures(facts: Bilan) -> tuple[Figure, ...]:
    wanted = (
        ("Idées reçues", "idée reçue", "idées reçues"),
        (OWN, "idée décidée pour elle-même", "idées décidées pour elles-mêmes"),
        ("Agents porteurs d’une idée", "porteur d’idée", "porteurs d’idées"),
        ("Agents membres d’un groupe", "membre d’un groupe", "membres de groupes"),
        ("Séances tenues", "séance tenue", "séances tenues"),
        ("Livrables", "livrable", "livrables"),
    )
    values = {line.label: line.value for line in facts.lines}
    return tuple(
        Figure(number(value), agree(value, one, many)) for label, one, many in wanted if (value := values.get(label))
    )


def _ideas(facts: Bilan) -> Part:
    boards = [_board(facts, IDEAS, "Des idées reçues aux suites décidées.")]
    if facts.outcomes:
        rows = tuple((count.label, number(count.value or 0)) for count in facts.outcomes)
        boards.append(Board("Idées analysées, par dernière étape connue.", ("Étape", "Idées"), rows, (1,)))
    own = facts.value(OWN)
    decided = count_or_none(own, "décidée pour elle-même", "décidées pour elles-mêmes")
    title = f"{counted(facts.value('Idées reçues'), 'idée reçue', 'idées reçues')}, {decided}"
    return Part("idees", "Idées", typeset(title), _missing(facts, "idees"), tuple(boards))


def _people(facts: Bilan) -> Part:
    shares = [
        Board(
            f"Membres venus au moins une fois, par {by}.",
            (by[:1].upper() + by[1:], "Membres", "Venus"),
            tuple((capital(share.value), number(share.members), number(share.came)) for share in found),
            (1, 2),
        )
        for by, found in facts.shares
    ]
    came, never = facts.value("Membres venus au moins une fois"), facts.value("Membres jamais venus")
    holders = counted(facts.value("Agents porteurs d’une idée"), "agent a porté une idée", "agents ont porté une idée")
    title = f"{holders}, {counted(came, 'membre est venu', 'membres sont venus')} en séance" if came else holders
    if came and never:
        title += f", {number(never)} {agree(never, 'jamais')}"
    note = (
        f"{HIDDEN} : non communiqué. Un effectif inférieur à {facts.threshold}, ou qui en laisserait deviner un tel,"
        " n’est pas donné ; les plus petites lignes sont réunies."
    )
    small = any(line.part == PEOPLE and line.value is None for line in facts.lines) or bool(shares)
    boards = (_board(facts, PEOPLE, "Du concours aux séances."), *shares)
    return Part(
        "agents", "Agents", typeset(title), _missing(facts, "agents"), boards, note=typeset(note) if small else ""
    )


def _work(facts: Bilan) -> Part:
    open_, met = len(facts.groups), facts.value("Groupes qui se sont réunis")
    title = f"{counted(open_, 'groupe')} de travail, {count_or_none(met, 'réuni', 'réunis', none='aucun')}"
    heads = ("Groupe", "Forme", "Membres", "Séances", "Livrables", "Suite")
    rows = tuple(
        (
            group.label, group.kind, number(group.members), _sessions(group), number(group.made),
            _fate(group),
        )
        for group in facts.groups
    )  # fmt: skip
    boards = [_board(facts, WORK, "Les groupes en chiffres."), _board(facts, ENDS, "Comment les groupes finissent.")]
    if rows:
        boards.insert(0, Board("Chaque groupe, de sa composition à sa suite.", heads, rows, (2, 3, 4)))
    items = tuple(
        Item(
            made.group, typeset(one_line(made.title)), typeset(made.summary),
            made.link if made.link.startswith(_WEB) else "",
        )
        for made in facts.made
    )  # fmt: skip
    return Part("groupes", "Groupes", typeset(title), _missing(facts, "groupes"), tuple(boards), items)


def _sessions(group: Group) -> str:
    """Return the sessions held, of those planned when some are still to come."""
    return f"{group.held} sur {group.planned}" if group.planned > group.held else number(group.held)


def _fate(group: Group) -> str:
    words = {"poursuivi": "Poursuivi", "panel": "Panel", "transmis": "Transmis", "clos": "Clos"}
    who = f" : {group.who}" if group.who else ""
    return typeset(f"{words[group.end]}{who}") if group.end else "À décider"


def _asked(facts: Bilan) -> tuple[Part, ...]:
    if not facts.asked:
        return ()
    asked, left, late = (sum(getattr(line, name) for line in facts.asked) for name in ("asked", "lacking", "late"))
    title = f"{counted(left, 'réponse')} sur {number(asked)} {agree(left, 'manque', 'manquent')}"
    if not left:
        title = counted(asked, "réponse demandée et donnée", "réponses demandées, toutes données")
    if late:
        others = agree(late, "autre ", "autres ") if left else ""
        title += f" ; {counted(late, f'{others}a dépassé', f'{others}ont dépassé')} la date annoncée"
    heads = ("Direction", "Demandées", "Données", "Sans réponse", *(("Date dépassée", "Depuis le") if late else ()))
    rows = tuple(
        (
            typeset(line.directorate), number(line.asked), number(line.answered), number(line.lacking),
            number(line.late), long_date(line.since) if line.since else "",
        )[: len(heads)]
        for line in facts.asked
    )  # fmt: skip
    numbers, brief = tuple(range(1, min(len(heads), 5))), (0, 1, 3, 4) if late else ()
    board = Board("Idées et thèmes auxquels chaque direction répond seule.", heads, rows, numbers, brief)
    note = typeset(_LATE) if late else ""
    return (Part("directions", "Directions", typeset(title), _missing(facts, "directions"), (board,), note=note),)


def _former(facts: Bilan) -> tuple[Part, ...]:
    if not facts.former:
        return ()
    rows = tuple((li.label, _value(li), number(li.before)) for li in facts.lines if li.before is not None)
    if not rows:
        return (Part("avant", "Concours précédent", "Aucun chiffre n’est comparable au concours précédent"),)
    board = Board("Chiffres comptés aux deux concours.", ("Chiffre", "Ce concours", "Précédent"), rows, (1, 2))
    title = typeset(f"{counted(len(rows), 'chiffre')} à côté de ceux du concours précédent")
    return (Part("avant", "Concours précédent", title, boards=(board,)),)


def _sources(facts: Bilan) -> Part:
    rows = tuple((li.label, _value(li), _source(li)) for li in facts.lines)
    board = Board("Chaque chiffre et ce qui le fonde.", ("Chiffre", "Valeur", "D’après"), rows, (1,))
    note = "La table exacte et les lignes comptées sont écrites, chiffre par chiffre, dans « bilan.csv »,"
    note = typeset(f"{note} à côté de ce document.")
    title = "D’où viennent les chiffres"
    return Part("sources", title, title, boards=(board,), note=note)


def _board(facts: Bilan, part: str, caption: str) -> Board:
    rows = tuple((line.label, _value(line)) for line in facts.lines if line.part == part)
    return Board(caption, ("Chiffre", "Nombre"), rows, (1,))


def _value(line: Line) -> str:
    return HIDDEN if line.value is None else number(line.value)


def _source(line: Line) -> str:
    return enumeration(_TABLES[table] for table in line.table.split(", "))


def _missing(facts: Bilan, part: str) -> tuple[str, ...]:
    return tuple(gap.said for gap in gaps(facts) if gap.part == part)
