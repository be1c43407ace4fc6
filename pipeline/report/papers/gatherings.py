"""How a trade community meets: by sites first, then all together, counted for its true number of people and sites.

Thirty to sixty people of one occupation on many sites are not led like fifteen. Sites where enough members work meet
on their own, the others with their neighbours of the same department, the last ones by video; each meeting brings back
one sheet, and the community compares them. Places with the number of their members: for the team and facilitators.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from pipeline.french import counted, typeset
from pipeline.report.facts.words import sort_key
from pipeline.report.papers.limits import CARDS

LOCAL = 4
"""People from which a site, or neighbouring sites, meet on their own."""
TABLE, LED, ROOM = 8, 16, 80
"""People at a table; whom one facilitator follows at tables; who still hear each other in one meeting."""
ALOUD = 8
"""Sheets or tables that can each be told aloud; more are hung on the walls."""
_EACH = 3
"""Minutes to tell one sheet."""
_FAR = "À distance, en visioconférence"
Step = tuple[str, str, str]


class Located(Protocol):
    """What the plan needs to know of a member: where they work, empty when it is not known."""

    @property
    def place(self) -> str:
        """The place."""
        ...

    @property
    def department(self) -> str:
        """The administrative department of the place."""
        ...


@dataclass(frozen=True, slots=True)
class Meeting:
    """Members who meet before the whole community does.

    Attributes:
        label: the site, the neighbouring sites, or by video.
        sites: (place, members who work there), most members first; an empty place is not known.
        remote: they meet by video.
    """

    label: str
    sites: tuple[tuple[str, int], ...]
    remote: bool = False

    @property
    def people(self) -> int:
        """How many they are."""
        return sum(count for _, count in self.sites)

    @property
    def told(self) -> str:
        """The places and their members, in words."""
        named = (f"{place or 'site à préciser'} ({count})" for place, count in self.sites)
        return typeset(", ".join(named))


@dataclass(frozen=True, slots=True)
class Gathering:
    """What a facilitator prepares for a trade community.

    Attributes:
        people: members.
        places: known places where they work.
        meetings: by sites; empty when all meet together at once.
        apart: steps of each of these meetings, as (start, name, what to do).
        together: steps of the meeting of all.
        lengths: of a meeting by sites, and of that of all, in words.
        material: (what, how many, for what).
        roles: facilitators, (role, what for).
        remote: how to meet by video.
        reporting: how what the sites say comes back.
    """

    people: int
    places: int
    meetings: tuple[Meeting, ...]
    apart: tuple[Step, ...]
    together: tuple[Step, ...]
    lengths: tuple[str, str]
    material: tuple[tuple[str, str, str], ...]
    roles: tuple[tuple[str, str], ...]
    remote: tuple[str, ...]
    reporting: tuple[str, ...]


def gathering(members: Sequence[Located], ideas: int, *, opposed: bool) -> Gathering:
    """Return the plan of a trade community.

    Args:
        members: who sits in it.
        ideas: how many it works on.
        opposed: whether the kit found ideas that contradict each other.
    """
    found, places = meetings(members), len({member.place for member in members if member.place})
    apart, together = (_apart() if found else []), _together(len(members), places, found, opposed=opposed)
    return Gathering(
        people=len(members),
        places=places,
        meetings=found,
        apart=_timed(apart),
        together=_timed(together),
        lengths=(_length(apart), _length(together)),
        material=_material(len(members), found, min(ideas, CARDS)),
        roles=_roles(len(members), found),
        remote=_remote(len(members), places, found),
        reporting=_reporting(found),
    )


def meetings(members: Iterable[Located]) -> tuple[Meeting, ...]:
    """Return the meetings by sites, the largest first and by video last; none where a single one would hold everyone.

    A place with `LOCAL` members has its own; the members of the other places of a department meet together if they are
    as many; who is left meets by video. Each member is in one, once.
    """
    large, rest = _sites(members)
    near = {name: own for name, own in rest.items() if name and sum(own.values()) >= LOCAL}
    found = [Meeting(typeset(site), ((site, count),)) for (site, _), count in large.items()]
    found += [Meeting(typeset(f"Sites voisins (département : {name})"), _places([own])) for name, own in near.items()]
    found.sort(key=lambda meeting: (-meeting.people, sort_key(meeting.label)))
    far = Meeting(_FAR, _places(own for name, own in rest.items() if name not in near), remote=True)
    told = (*found, far) if far.sites else tuple(found)
    return told if len(told) > 1 else ()


def _sites(members: Iterable[Located]) -> tuple[dict[tuple[str, str], int], dict[str, dict[str, int]]]:
    """Return the places large enough for a meeting of their own, and the members of the others by department."""
    here = Counter((member.place, member.department) for member in members)
    large = {where: count for where, count in here.items() if where[0] and count >= LOCAL}
    rest: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (site, department), count in here.items():
        if (site, department) not in large:
            rest[department][site] = count
    return large, rest


def _places(counts: Iterable[Mapping[str, int]]) -> tuple[tuple[str, int], ...]:
    """Return the places of departments with their members, most members first; one that two departments have, once."""
    total: Counter[str] = Counter()
    for own in counts:
        total.update(own)
    return tuple(sorted(total.items(), key=lambda item: (-item[1], sort_key(item[0]))))


def _shared(count: int, size: int) -> int:
    """Return in how many parts of `size` at most a count goes, one at least."""
    return max(1, -(-count // size))


def _tables(people: int) -> tuple[int, int]:
    """Return how many meetings of all hold everyone, and how many tables stand in each."""
    rooms = _shared(people, ROOM)
    return rooms, _shared(_shared(people, rooms), TABLE)


def _timed(steps: Iterable[tuple[int, str, str]]) -> tuple[Step, ...]:
    """Return steps of some minutes as (start, name, what to do)."""
    listed = list(steps)
    starts = accumulate((minutes for minutes, _, _ in listed), initial=0)
    return tuple(
        (f"{at // 60} h {at % 60:02d}", name, typeset(how)) for at, (_, name, how) in zip(starts, listed, strict=False)
    )


def _length(steps: Iterable[tuple[int, str, str]]) -> str:
    minutes = sum(minutes for minutes, _, _ in steps)
    return typeset(f"{minutes // 60} h {minutes % 60:02d}") if minutes else ""


def _apart() -> list[tuple[int, str, str]]:
    return [
        (10, "Accueil", "Chacun dit son site, son équipe et, s’il en a déposé une, son idée."),
        (15, "Lire", "Les cartes d’idées circulent ; chacun garde celles qui parlent de son travail."),
        (
            15,
            "Raconter",
            "Comment faisons-nous ici ? Un geste, un outil ou une organisation qui marche, un qui coince.",
        ),
        (10, "Choisir", "Trois gommettes par personne ; les deux idées les plus marquées montent sur la feuille."),
        (10, "Rapporter", "Remplir ensemble la feuille de restitution et désigner qui la portera."),
    ]


def _together(people: int, places: int, found: Sequence[Meeting], *, opposed: bool) -> list[tuple[int, str, str]]:
    tables = _tables(people)[1]
    mixed = ", de plusieurs sites à chaque table" if found else ""
    work = f"À {counted(tables, 'table')}{mixed}" if tables > 1 else "Tous à la même table"
    who, where = ("les sites font", "dans un seul") if places > 1 else ("les équipes font", "dans une seule")
    near = f"Ce que {who} déjà, ce qui n’existe que {where}, ce qui ne marcherait pas partout"
    against = " ; les idées qui s’opposent sont mises face à face" if opposed else ""
    return [
        (10, "Accueil", "Le but de la journée, la question à travailler, ce qui sera fait du résultat."),
        _opening(found),
        (25, "Comparer", f"{near}{against}."),
        (40, "Construire", f"{work} : remplir un canevas du métier par table, en s’appuyant sur les cartes."),
        _sharing(tables),
        (
            20,
            "Décider de la suite",
            "Qui essaie d’abord et sur quel site, qui relaie sur les autres, quand on se redit.",
        ),
    ]


def _opening(found: Sequence[Meeting]) -> tuple[int, str, str]:
    sheets = sum(meeting.people > 1 for meeting in found)
    if not found:
        return 20, "Lire", "Les cartes d’idées circulent ; chacun place trois gommettes sur celles qui lui parlent."
    if sheets > ALOUD:
        return 30, "Restituer", f"Les {sheets} feuilles sont affichées ; chacun les parcourt et marque d’un point."
    return _told_in(sheets), "Restituer", f"Chaque rencontre lit sa feuille, {_EACH} minutes chacune, sans débat."


def _told_in(sheets: int) -> int:
    """Return the minutes to tell sheets one after the other, to the next five."""
    return 5 * -(-_EACH * sheets // 5)


def _sharing(tables: int) -> tuple[int, str, str]:
    if tables == 1:
        return 10, "Relire", "Relire le canevas à voix haute ; chacun dit ce qui manque pour son site."
    if tables > ALOUD:
        return 20, "Mettre en commun", "Les canevas sont affichés ; chacun place trois gommettes."
    return _told_in(tables), "Mettre en commun", f"Chaque table présente son canevas, {_EACH} minutes chacune."


def _material(people: int, found: Sequence[Meeting], cards: int) -> tuple[tuple[str, str, str], ...]:
    rooms, tables = _tables(people)
    here = sum(not meeting.remote for meeting in found)
    everywhere, sheets = rooms * tables, sum(meeting.people > 1 for meeting in found)
    aside = [("Feuilles de restitution", sheets, "une par rencontre de site")] if found else []
    lines = [
        (
            "Jeux de cartes d’idées",
            here + everywhere,
            f"{counted(cards, 'carte')} par jeu, un par rencontre et par table",
        ),
        *aside,
        ("Canevas du métier, en A3", everywhere, "un par table"),
        ("Gommettes", 3 * people * (2 if found else 1), "trois par personne à chaque rencontre"),
        ("Feutres et étiquettes (prénom, site)", people, "par personne"),
        ("Feuilles d’émargement", len(found) + rooms, "une par rencontre"),
    ]
    return tuple((what, str(count), typeset(why)) for what, count, why in lines)


def _roles(people: int, found: Sequence[Meeting]) -> tuple[tuple[str, str], ...]:
    rooms, tables = _tables(people)
    led = _shared(_shared(people, rooms), LED) if tables > 1 else 0
    lines = [("1 animateur principal", "tient la question et le temps de la rencontre d’ensemble")]
    if led:
        lines.append((counted(led, "animateur de tables", "animateurs de tables"), "un pour deux tables"))
    relays = sum(meeting.people > 1 for meeting in found)
    if relays:
        lines.append((counted(relays, "relais de site", "relais de sites"), "un membre par rencontre, formé une heure"))
    lines.append(("1 personne à l’écran", "suit ceux qui sont à distance et parle pour eux"))
    if rooms > 1:
        largest = _shared(people, rooms)
        told = f"{people} personnes ne s’entendent pas en une fois : {largest} au plus à chaque fois"
        lines.append((f"{rooms} rencontres d’ensemble", told))
    return tuple((who, typeset(why)) for who, why in lines)


def _remote(people: int, places: int, found: Sequence[Meeting]) -> tuple[str, ...]:
    if places == 1:
        return (typeset("Tous travaillent au même endroit : la visioconférence ne sert qu’aux absents."),)
    here = sum(not meeting.remote for meeting in found)
    far = sum(meeting.people for meeting in found if meeting.remote)
    lines = ["Envoyer la veille le lien, les cartes d’idées et le canevas en PDF ; ouvrir la salle dix minutes avant."]
    if far == 1:
        lines.append("Une personne, seule dans son secteur, se joint à distance à la rencontre de son choix.")
    elif far:
        lines.append(
            f"Rencontre à distance : {counted(far, 'personne')}, chacune à son écran, sans dépasser une heure."
        )
    if here:
        screens = f"{counted(here, 'écran')}, un par rencontre sur place" + (f", et {far} à distance" if far else "")
    else:
        screens = f"{counted(people, 'écran')} au plus"
    lines += [
        f"Si tous ne peuvent venir à la rencontre d’ensemble : {screens} ; une table devient une salle virtuelle.",
        "Donner d’abord la parole à ceux qui sont à distance ; voter par sondage, jamais à main levée.",
    ]
    return tuple(map(typeset, lines))


def _reporting(found: Sequence[Meeting]) -> tuple[str, ...]:
    sheets = sum(meeting.people > 1 for meeting in found)
    if not found:
        return (typeset("Une seule rencontre : ce qu’elle retient est dans ses canevas, photographiés le jour même."),)
    expected = counted(sheets, "feuille de restitution", "feuilles de restitution")
    lines = (
        f"{expected} à recevoir, cinq jours au moins avant la rencontre d’ensemble.",
        "Une feuille tient en une page : ce que vit le site, deux idées, ce qui marche déjà, une question aux autres.",
        "Après la rencontre d’ensemble, chaque relais redit à son site ce qui est retenu, et ce qui ne l’est pas.",
    )
    return tuple(map(typeset, lines))
