"""Tables → the facts of the review, each counted once and traced to its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.files.spreadsheet import day as iso_day
from pipeline.life.answers import overdue
from pipeline.life.attendance import Share, participation, seats_of
from pipeline.life.bilan.model import (
    ANSWERED_IDEAS,
    ASKED,
    DONE,
    ENDS,
    GIVEN,
    IDEAS,
    LACKING,
    LATE,
    OPEN_END,
    OWN,
    PEOPLE,
    WAITING,
    WITH_GROUP,
    WITH_THEME,
    WORK,
    Asked,
    Bilan,
    Group,
    Line,
    Made,
    Year,
)
from pipeline.life.sessions import Session
from pipeline.report.facts.follow_up import ANSWERED, DECIDED, ENDINGS, Step, groups_of_ideas, last_steps
from pipeline.report.facts.frames import Tables
from pipeline.report.facts.model import Report
from pipeline.report.facts.tallies import Count
from pipeline.words.kinds import GROUPS, KINDS

_BY = {"directorate": "direction", "site_type": "type de site", "occupation": "métier"}


def bilan(
    report: Report, tables: Tables, year: Year, day: str, former: Mapping[str, int | None] | None = None
) -> Bilan:
    """Return the facts of the review.

    Args:
        report: the view of the report, for what it counts already.
        tables: labs, assignments, idea_holders, holders (as people corrected them).
        year: what happened since the composition.
        day: ISO date of the review: answers due before it are late.
        former: label of a figure → its value in a former contest; None: no contest is named.
    """
    groups, seats = _groups(report, year), seats_of(tables["assignments"])
    asked = _asked(year, day)
    lines = [
        *_of_ideas(report, tables, year),
        *_of_people(tables, year, seats, report.threshold),
        *_of_work(groups),
        *_of_ends(groups),
        *_of_directorates(asked),
    ]
    known = former or {}
    return Bilan(
        day=day,
        former=former is not None,
        lines=tuple(Line(li.part, li.label, li.value, li.table, li.rule, before=known.get(li.label)) for li in lines),
        groups=groups,
        shares=_shares(tables, year, seats, report.threshold),
        outcomes=report.review.outcomes,
        asked=asked,
        made=_made(groups, year),
        threshold=report.threshold,
        registered=bool(year.registered),
    )


def _of_ideas(report: Report, tables: Tables, year: Year) -> list[Line]:
    rules = {
        "Idées reçues": ("ideas", "toutes les lignes"),
        "Idées analysées": ("ideas", "« analysed » vrai"),
        "Idées rattachées à un thème": ("idea_themes", "« weak_signal » faux, dans un thème qui a un titre"),
        "Idées à départager": ("idea_themes", "« weak_signal » faux, dans un ensemble sans titre"),
        "Idées accueillies dans un groupe de travail": ("idea_themes", "le thème a un groupe ouvert"),
        ANSWERED_IDEAS: ("follow_up", "dernière étape : décidée, réalisée, déclinée, panel, transmise ou close"),
    }
    steps = [*report.review.steps]
    if all(step.label != ANSWERED_IDEAS for step in steps):
        steps.append(Count(ANSWERED_IDEAS, 0))
    lines = [Line(IDEAS, step.label, step.value, *rules[step.label]) for step in steps]
    return [*lines, *_of_decisions(tables, year)]


def _of_decisions(tables: Tables, year: Year) -> list[Line]:
    """Return whose decision the ideas have, and how many wait; nothing before the first step."""
    if not year.steps:
        return []
    ideas = tables["ideas"].loc[tables["ideas"]["analysed"].astype(bool), "idea_id"]
    known = set(map(str, ideas))
    decided, own = _decided(tables, year, known)
    led = Counter(step.step in ENDINGS for idea, step in decided.items() if idea not in own)
    figures = [
        (OWN, len(own), "étape decide, realise ou decline dont la cible est l’idée"),
        (DONE, sum(step == "realise" for step in own.values()), "dernière étape de l’idée : realise"),
        (WITH_GROUP, led[True], "dernière étape : fin du groupe de l’idée"),
        *([(WITH_THEME, led[False], "dernière étape : réponse sur le thème ou le groupe")] if led[False] else []),
        (WAITING, len(known) - len(decided), "idées analysées sans suite décidée"),
    ]
    return [Line(IDEAS, label, value, "follow_up", rule) for label, value, rule in figures]


def _decided(tables: Tables, year: Year, known: set[str]) -> tuple[dict[str, Step], dict[str, str]]:
    """Return the last step of each idea that has its answer, and the step of those decided by themselves."""
    last = last_steps(year.steps, groups_of_ideas(tables))
    decided = {idea: step for idea, step in last.items() if idea in known and step.step in ANSWERED}
    return decided, {s.target: s.step for s in year.steps if s.step in DECIDED and s.target in decided}


def _of_people(tables: Tables, year: Year, seats: Mapping[str, set[str]], threshold: int) -> list[Line]:
    members = {agent for lab in seats.values() for agent in lab}
    holders = tables["idea_holders"]["holder_id"].nunique()
    return [
        Line(PEOPLE, "Agents porteurs d’une idée", holders, "idea_holders", "« holder_id » distincts"),
        *_of_registered(year, threshold),
        Line(PEOPLE, "Agents membres d’un groupe", len(members), "assignments", "« placed » ou « volunteer »"),
        *_of_presences(year, seats, threshold),
    ]


def _of_registered(year: Year, threshold: int) -> list[Line]:
    people = year.registered
    if people is None:
        return []
    free, gone = sum(p.volunteer for p in people), sum(p.withdrawn for p in people)
    figures = [
        ("Agents inscrits après l’appel", len(people), "une ligne par personne"),
        ("dont volontaires sans idée", _part(free, len(people), threshold), "« volontaire » : oui"),
        ("dont désistements", _part(gone, len(people), threshold), "« indisponible » : oui"),
    ]
    return [Line(PEOPLE, label, value, "inscriptions", rule) for label, value, rule in figures]


def _of_presences(year: Year, seats: Mapping[str, set[str]], threshold: int) -> list[Line]:
    members = {agent for lab in {p.lab_id for p in year.presences} for agent in seats.get(lab, ())}
    if not year.presences:
        return []
    came = len({p.agent_id for p in year.presences if p.present} & members)
    figures = [
        ("Membres venus au moins une fois", came, "« present » : oui, personnes distinctes"),
        ("Membres jamais venus", len(members) - came, "membres d’un groupe réuni, jamais « present »"),
    ]
    return [
        Line(PEOPLE, label, _part(value, len(members), threshold), "presences", rule) for label, value, rule in figures
    ]


def _part(part: int, whole: int, threshold: int) -> int | None:
    """Return a part of some people, unless it or the others are few."""
    return part if Share("", whole, part).is_safe(threshold) else None


def _of_work(groups: Sequence[Group]) -> list[Line]:
    kinds = Counter(group.kind for group in groups)
    named = [(kind, KINDS[kind].title, KINDS[kind].many) for kind in GROUPS]
    noted, apart = "presences, comptes_rendus", "groupe et date distincts"
    figures = [
        ("Groupes ouverts", len(groups), "labs", "« placed » supérieur à zéro"),
        *((f"dont {many}", kinds[one], "labs", f"« kind » : {kind}") for kind, one, many in named if kinds[one]),
        ("Groupes qui se sont réunis", sum(group.held > 0 for group in groups), noted, "groupes distincts"),
        ("Séances prévues", sum(group.planned for group in groups), "seances", apart),
        ("Séances tenues", sum(group.held for group in groups), noted, apart),
        ("Livrables", sum(group.made for group in groups), "livrables", "lignes des groupes ouverts"),
    ]
    return [Line(WORK, *figure) for figure in figures]


def _of_ends(groups: Sequence[Group]) -> list[Line]:
    ends = Counter(group.end for group in groups)
    labels = {
        "poursuivi": "Groupes poursuivis",
        "panel": "Groupes gardés comme panels",
        "transmis": "Groupes dont les travaux sont transmis",
        "clos": "Groupes clos",
    }
    lines = [Line(ENDS, labels[end], ends[end], "follow_up", f"dernière fin du groupe : {end}") for end in ENDINGS]
    return [*lines, Line(ENDS, OPEN_END, ends[""], "labs, follow_up", "groupes ouverts sans fin notée")]


def _of_directorates(asked: Sequence[Asked]) -> list[Line]:
    if not asked:
        return []
    sums = {
        "Réponses demandées aux directions": (sum(a.asked for a in asked), "lignes des classeurs « suites »"),
        GIVEN: (sum(a.answered for a in asked), "une ligne par idée ou thème et par direction"),
        LACKING: (sum(a.lacking for a in asked), "demandée, sans ligne"),
        LATE: (sum(a.late for a in asked), "échéance passée, ni réalisée ni déclinée"),
    }
    return [Line(ASKED, label, value, "answers", rule) for label, (value, rule) in sums.items()]


def _groups(report: Report, year: Year) -> tuple[Group, ...]:
    planned, made = Counter(s.lab_id for s in _distinct(year.sessions)), Counter(note.lab_id for note in year.made)
    noted = {(p.lab_id, p.day) for p in year.presences} | {
        (n.lab_id, iso_day(n.texts[0]) or n.texts[0]) for n in year.minutes
    }
    held = Counter(lab for lab, _ in noted)
    ends = _ends(report, year)
    return tuple(
        Group(
            lab_id=lab.lab_id,
            label=lab.label,
            kind=lab.kind_label,
            members=lab.placed,
            planned=planned[lab.lab_id],
            held=held[lab.lab_id],
            made=made[lab.lab_id],
            end=ends[lab.lab_id].step if lab.lab_id in ends else "",
            who=ends[lab.lab_id].who if lab.lab_id in ends else "",
        )
        for lab in report.labs
        if lab.open
    )


def _ends(report: Report, year: Year) -> dict[str, Step]:
    """Return the last way each group goes on or ends; a step on its theme is one of its own."""
    labs = {name: lab.lab_id for lab in report.labs for name in (lab.theme_id, lab.lab_id)}
    return {labs[step.target]: step for step in year.steps if step.step in ENDINGS and step.target in labs}


def _distinct(sessions: Iterable[Session]) -> list[Session]:
    return list({(session.lab_id, session.day): session for session in sessions}.values())


def _shares(
    tables: Tables, year: Year, seats: Mapping[str, set[str]], threshold: int
) -> tuple[tuple[str, tuple[Share, ...]], ...]:
    agents = tables["holders"]
    ids = agents["holder_id"].astype(str)
    found = (
        (
            title,
            participation(year.presences, seats, dict(zip(ids, agents[column].astype(str), strict=True)), threshold),
        )
        for column, title in _BY.items()
    )
    return tuple((title, shares) for title, shares in found if shares)


def _asked(year: Year, day: str) -> tuple[Asked, ...]:
    given = {answer.place for answer in year.answers}
    places = given | {(target, name) for name, targets in (year.asked or {}).items() for target in targets}
    asked, answered = Counter(own for _, own in places), Counter(own for _, own in given)
    late: dict[str, list[str]] = {}
    for answer in overdue(year.answers, day):
        late.setdefault(answer.directorate, []).append(answer.due)
    found = [
        Asked(
            directorate=name,
            asked=asked[name],
            answered=answered[name],
            late=len(late.get(name, ())),
            since=min(late.get(name, ()), default=""),
        )
        for name in sorted(asked)
    ]
    return tuple(sorted(found, key=lambda a: (-a.late, a.answered - a.asked, a.directorate)))


def _made(groups: Sequence[Group], year: Year) -> tuple[Made, ...]:
    places = {group.lab_id: place for place, group in enumerate(groups)}
    titles = {group.lab_id: group.label for group in groups}
    kept = sorted((n for n in year.made if n.lab_id in places), key=lambda n: places[n.lab_id])
    return tuple(Made(titles[note.lab_id], *note.texts) for note in kept)
