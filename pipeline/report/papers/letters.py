"""Replies to holders: the template and the view → one letter a holder, or one an idea, that says only what tables hold.

Each idea is answered by the section of its answer (see `template`). A person's place, or the wait for one, is said
once: where the template puts it, else in a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.french import agree, enumeration, in_letters, long_date, number, typeset
from pipeline.identifiers import anchor
from pipeline.report.facts.follow_up import ANSWERED, Step, groups_of_ideas, outcomes, said
from pipeline.report.facts.frames import Row, Tables, rows, text, texts
from pipeline.report.facts.ideas import Idea, one_line
from pipeline.report.facts.model import Report
from pipeline.report.facts.words import BLANK
from pipeline.report.papers.places import Ends, Place, ends, places
from pipeline.report.papers.slips import Asked, asked_of, dated, slip
from pipeline.report.papers.template import ANSWERS, OF_IDEA, OVER, SAME, fill
from pipeline.report.papers.understanding import PROGRAM, nearest, others, read_by, understood
from pipeline.schema import AWARDED
from pipeline.words.kinds import ANSWER, GROUPS, KINDS, OF_TRADE

_ASKED = frozenset({*KINDS, "sans_groupe"})
"""Answers beside which a holder is asked whether the idea was understood."""
_OF_A_THEME = set(ANSWERS) - {"primee", "mise_de_cote", "signal_faible", "a_departager"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One reply, ready to send.

    Attributes:
        holder_id: to whom.
        family_name: of the holder.
        given_name: of the holder.
        email: of the holder.
        subject: of the message.
        paragraphs: of the letter.
        ideas: ids of the ideas answered.
        answers: their sections.
        asked: ideas whose holder is asked whether they were understood.
        dated: the day it is sent, or a blank to fill in.
    """

    holder_id: str
    family_name: str
    given_name: str
    email: str
    subject: str
    paragraphs: tuple[str, ...]
    ideas: tuple[str, ...]
    answers: tuple[str, ...]
    asked: tuple[Asked, ...] = ()
    dated: str = ""

    @property
    def name(self) -> str:
        """The name of its file, without the person's name."""
        return anchor("reponse", "-".join([self.holder_id, *self.ideas[: 1 if len(self.ideas) == 1 else 0]]))


@dataclass(frozen=True, slots=True)
class _Case:
    """What letters are written from."""

    report: Report
    aside: Mapping[str, Row]
    placed: Mapping[str, Row]
    template: Mapping[str, str]
    calendar: Mapping[str, str]
    over: Ends
    answered: frozenset[str]
    trades: Mapping[str, tuple[str, ...]]
    became: Mapping[str, str]


def letters(
    report: Report,
    tables: Tables,
    identities: pd.DataFrame,
    template: Mapping[str, str],
    *,
    per_idea: bool,
    calendar: Mapping[str, str] | None = None,
    steps: Iterable[Step] = (),
) -> tuple[Letter, ...]:
    """Return the replies, by holder, then by idea.

    Args:
        report: the overall view.
        tables: ideas, idea_themes, idea_holders, assignments, waiting_list.
        identities: names and addresses.
        template: see `template.read_template`.
        per_idea: one letter an idea instead of one a holder.
        calendar: answer, `place`, `attente` or `tous` → what comes next and when, a sentence.
        steps: of the follow-up, oldest first: what is over is offered no more.
    """
    case = _case(report, tables, template, calendar or {}, tuple(steps))
    known = places(report, tables, case.over)
    held = tables["idea_holders"].merge(identities, on="holder_id").sort_values(["holder_id", "idea_id"])
    written = []
    for _, group in held.groupby("holder_id", sort=True):
        person = next(rows(group))
        place = known.get(person["holder_id"], Place())
        written += [_letter(person, ideas, place, case) for ideas in _batches(group["idea_id"], case, each=per_idea)]
    others = identities[~identities["holder_id"].isin(held["holder_id"])].sort_values("holder_id")
    registered = [(person, known.get(person["holder_id"], Place())) for person in rows(others)]
    told = [(person, place) for person, place in registered if place.said and place.state != "sans"]
    return (*written, *(_registered(person, place, case) for person, place in told))


def _case(
    report: Report, tables: Tables, template: Mapping[str, str], calendar: Mapping[str, str], taken: tuple[Step, ...]
) -> _Case:
    """Return what letters are written from."""
    last = {step.target: step for step in taken}
    return _Case(
        report,
        {r["idea_id"]: r for r in rows(tables["ideas"][~tables["ideas"]["analysed"].astype(bool)])},
        {r["idea_id"]: r for r in rows(tables["idea_themes"])},
        template,
        calendar,
        ends(report, taken),
        frozenset(target for target, step in last.items() if step.step in ANSWERED),
        {row["theme_id"]: texts(row.get("trade")) for row in rows(tables["themes"])},
        outcomes(taken, groups_of_ideas(tables)),
    )


def _batches(ideas: Iterable[str], case: _Case, *, each: bool) -> list[list[str]]:
    """Return the ideas that a letter answers together: each apart, or all in one."""
    filed = [idea for idea in ideas if idea in case.report.idea or idea in case.aside]
    return [[idea] for idea in filed] if each else [filed] if filed else []


def _registered(person: Row, place: Place, case: _Case) -> Letter:
    """Return the letter to somebody who registered without an idea: the place, or the wait for one."""
    shared = _shared(person, 0, case.report)
    told = " ".join(filter(None, (place.said, _begins(place, case.calendar))))
    paragraphs = [
        typeset(f"Bonjour {person['given_name']} {person['family_name']},"),
        typeset(f"Votre inscription aux groupes de travail de « {case.report.title} » est bien enregistrée : merci."),
        told,
        *_paragraphs(fill(case.template["cloture"], {**shared, "retour": ""})),
    ]
    subject = typeset(f"Votre inscription à « {case.report.title} »")
    names = (person["holder_id"], person["family_name"], person["given_name"], person["email"])
    return Letter(*names, subject, tuple(paragraphs), (), (), dated=dated(case.calendar))


def _paragraphs(text: str) -> list[str]:
    return [typeset(part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _shared(person: Row, count: int, report: Report) -> dict[str, str]:
    return {
        "prenom": person["given_name"],
        "nom": person["family_name"],
        "concours": report.title,
        "organisation": report.organisation,
        "contact": report.contact or BLANK,
        "vos_idees": "votre idée" if count == 1 else f"vos {in_letters(count)} idées",
    }


def _letter(person: Row, ideas: list[str], place: Place, case: _Case) -> Letter:
    shared = _shared(person, len(ideas), case.report)
    answers = [_answer(i, case) for i in ideas]
    middle = _middle(ideas, answers, place, shared, case)
    if place.said and not any(place.said in told for told in middle):
        middle.append(
            " ".join(filter(None, (place.said, _link(ideas, place, case.report), _begins(place, case.calendar))))
        )
    asked = asked_of([idea for idea, answer in zip(ideas, answers, strict=True) if answer in _ASKED], case)
    question = slip(asked, case.report.contact)
    if not any("{retour}" in part for part in case.template.values()):
        middle.append(question)
    framed = [fill(case.template[part], {**shared, "retour": question}) for part in ("ouverture", "cloture")]
    written = [framed[0], *middle, framed[1]]
    return Letter(
        holder_id=person["holder_id"],
        family_name=person["family_name"],
        given_name=person["given_name"],
        email=person["email"],
        subject=fill(case.template["objet"], shared),
        paragraphs=tuple(paragraph for part in written for paragraph in _paragraphs(part)),
        ideas=tuple(ideas),
        answers=tuple(answers),
        asked=asked,
        dated=dated(case.calendar),
    )


def _middle(ideas: list[str], answers: list[str], place: Place, shared: Mapping[str, str], case: _Case) -> list[str]:
    """Return what is said of each idea; a theme is explained once, the place said beside the idea it comes from."""
    written: list[str] = []
    told: set[tuple[str, str]] = set()
    seated_for = _seated_for(ideas, place, case.report)
    for idea, answer in zip(ideas, answers, strict=True):
        theme = case.report.idea[idea].theme_id if idea in case.report.idea else ""
        again = SAME in case.template and answer in _OF_A_THEME and (answer, theme) in told
        told.add((answer, theme))
        own = _of_idea(idea, answer, case)
        own |= _of_place(answer, place, own, case) if idea == seated_for else {"place": ""}
        own |= dict.fromkeys(_repeated(own, written), "")
        written.append(fill(case.template[SAME if again else answer], {**shared, **own}))
    return written


def _repeated(own: Mapping[str, str], written: list[str]) -> list[str]:
    """Return the fields that a letter says once: that no date is set, that a program proposes."""
    once = {"calendrier": own["calendrier"] == _UNDATED, "lecture": PROGRAM in own["lecture"]}
    return [name for name, asked in once.items() if asked and any(own[name] in part for part in written)]


def _of_place(answer: str, place: Place, own: Mapping[str, str], case: _Case) -> dict[str, str]:
    """Return what is said of a place beside the idea it comes from, when it begins, and what else became of it."""
    near = f" {_near_to(own['numero'], place, case)}" if answer == "signal_faible" and place.state in _NEAR else ""
    begins = _begins(place, case.calendar)
    left = own["suite"]
    for end in place.ended if "{place}" in case.template[answer] else ():
        left = left.replace(said(end), "").strip()
    return {
        "place": f"{place.said}{near}",
        "calendrier": "" if place.state == "fin" else begins or _unless_waiting(own["calendrier"], place),
        "suite": left,
    }


def _unless_waiting(calendar: str, place: Place) -> str:
    """Return what comes next, but not that no date is set beside a wait, which says when one is written to."""
    return "" if place.state == "attente" and calendar == _UNDATED else calendar


def _begins(place: Place, calendar: Mapping[str, str]) -> str:
    return _next(place.state, calendar) if place.state in ("place", "attente") else ""


def _seated_for(ideas: list[str], place: Place, report: Report) -> str:
    """Return the idea that a place comes from: one inside the group's theme, else one near it, else none."""
    near = [i for i in ideas if i in report.idea and report.idea[i].theme_id in place.themes]
    known = report.idea
    first = {i: (place.themes.index(known[i].theme_id), known[i].weak, ideas.index(i)) for i in near}
    return min(near, key=first.__getitem__, default="")


_NEAR = {
    "place": " : vous pouvez le rejoindre, si vous le souhaitez, en attendant cette réponse.",
    "attente": ".",
}
"""How the sentence ends that says which group is the nearest to a weak signal, by state of its holder's place."""
_WHICH = ("Le premier de ces groupes", "Le deuxième de ces groupes")


def _near_to(idea_id: str, place: Place, case: _Case) -> str:
    """Return which of the groups that were named is the nearest to a weak signal, a sentence."""
    rank = place.themes.index(case.report.idea[idea_id].theme_id)
    only = "C’est le groupe dont le sujet est le plus proche de cette idée"
    several = f"{_WHICH[min(rank, 1)]} a le sujet le plus proche de cette idée"
    return (only if len(place.themes) == 1 else several) + _NEAR[place.state]


def _link(ideas: list[str], place: Place, report: Report) -> str:
    """Return what links the ideas to a group of another theme than theirs: one that they also touch; else nothing."""
    known = [report.idea[i] for i in ideas if i in report.idea]
    also = next((idea.short for idea in known if idea.second_id in place.themes), "")
    return typeset(f"Votre idée « {also} » touche aussi ce sujet, d’après une personne.") if also else ""


def _next(state: str, calendar: Mapping[str, str]) -> str:
    return typeset(calendar.get(state) or calendar.get("tous") or "")


def _answer(idea_id: str, case: _Case) -> str:
    idea = case.report.idea.get(idea_id)
    if idea is None:
        return "primee" if case.aside[idea_id]["reason_excluded"] == AWARDED else "mise_de_cote"
    if idea.weak:
        return "signal_faible"
    kind = case.report.theme[idea.theme_id].kind
    if not kind:
        return "a_departager"
    if kind in GROUPS:
        if any(lab.lab_id in case.over for lab in case.report.labs if lab.theme_id == idea.theme_id):
            return OVER
        opened = any(lab.open for lab in case.report.labs if lab.theme_id == idea.theme_id)
        return kind if opened else "sans_groupe"
    return ANSWER


def _of_idea(idea_id: str, answer: str, case: _Case) -> dict[str, str]:
    empty = dict.fromkeys(OF_IDEA, "")
    idea = case.report.idea.get(idea_id)
    if idea is None:
        row = case.aside[idea_id]
        day = long_date(row["submitted_on"]) if row["submitted_on"] else ""
        named = {"titre": one_line(row["title"]) or "(sans titre)", "numero": idea_id, "date": day}
        return empty | named | {"motif": typeset(text(row["reason_excluded"]))}
    theme, row = case.report.theme.get(idea.theme_id), case.placed[idea_id]
    return empty | {
        "titre": idea.short,
        "numero": idea_id,
        "date": idea.submitted,
        "theme": theme.label if theme else "",
        "voisines": number(theme.size) if theme else "",
        "autres": others(theme.size - (not idea.weak)) if theme else "",
        "comprise": understood(row) if theme and not idea.weak else "",
        "lecture": _read_by(row, idea, case, sorted_out=answer != "a_departager"),
        "proches": nearest(texts(row["neighbours"]), case.report) if idea.weak else "",
        "metier": _trade(case.trades.get(idea.theme_id or "", ())) if answer in OF_TRADE else "",
        "calendrier": _calendar(idea, answer, case),
        "suite": case.became.get(idea_id, ""),
    }


def _read_by(row: Row, idea: Idea, case: _Case, *, sorted_out: bool) -> str:
    """Return who decided or read where an idea is; not that nobody has, beside an answer that people gave it."""
    said = read_by(row, case.report, weak=idea.weak, sorted_out=sorted_out)
    return "" if idea.idea_id in case.answered and PROGRAM in said else said


def _trade(occupations: tuple[str, ...]) -> str:
    """Return the occupations that a trade community takes in, a sentence."""
    named = enumeration(f"« {occupation} »" for occupation in occupations)
    these = agree(len(occupations), "ce métier", "ces métiers")
    return typeset(f"Elle réunit {these} : {named}.") if occupations else ""


_UNDATED = "La date de la prochaine étape n’est pas encore fixée."


def _calendar(idea: Idea, answer: str, case: _Case) -> str:
    """Return what comes next: nothing once the idea, its theme or its group is answered; no gap beside a step known."""
    if answer == OVER or {idea.idea_id, "" if idea.weak else idea.theme_id} & case.answered:
        return ""
    return _next(answer, case.calendar) or ("" if idea.idea_id in case.became else _UNDATED)
