"""Seats and waiting lines → the one sentence that tells a person about their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.french import agree, counted, enumeration, in_letters, long_date, typeset
from pipeline.report.facts.follow_up import ENDINGS, Step
from pipeline.report.facts.frames import Row, Tables, rows
from pipeline.report.facts.labs import Lab
from pipeline.report.facts.model import Report

SEATED = ("placed", "volunteer")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands.

    Attributes:
        state: "place", "attente", "fin" (all their groups ended), "sans" (none, for a cause of their own) or empty.
        themes: of the groups, the person's best first.
        said: one sentence or two.
        ended: how the groups ended, as the follow-up says it.
    """

    state: str = ""
    themes: tuple[str, ...] = ()
    said: str = ""
    ended: tuple[Step, ...] = ()


Ends = Mapping[str, Step]
"""Group that is over → its end."""


def ends(report: Report, steps: Iterable[Step]) -> dict[str, Step]:
    """Return the groups that are over, with their end: one that goes on after it is not.

    Args:
        report: the overall view.
        steps: of the follow-up, oldest first; a step of a theme counts for its group.
    """
    last = {step.target: step for step in steps if step.step in ENDINGS}
    found = {lab.lab_id: last.get(lab.lab_id) or last.get(lab.theme_id) for lab in report.labs}
    return {lab: step for lab, step in found.items() if step and step.step != "poursuivi"}


def places(report: Report, tables: Tables, over: Ends | None = None) -> dict[str, Place]:
    """Return the place of each person who has a seat, had one in a group that is over, or waits for one.

    Args:
        report: the overall view.
        tables: assignments, waiting_list.
        over: see `ends`.
    """
    over = over or {}
    labs = {lab.lab_id: lab for lab in report.labs}
    seats: defaultdict[str, list[Row]] = defaultdict(list)
    lines: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows(tables["assignments"]):
        if row["status"] in SEATED and row["lab_id"] in labs:
            seats[row["holder_id"]].append(row)
    for row in rows(tables["waiting_list"]):
        if row["lab_id"] in labs:
            lines[row["holder_id"]].append(row)
    waiting = {holder: _waiting(own, labs, over) for holder, own in lines.items()}
    without = {
        row["holder_id"]: _without(row) for row in rows(tables["assignments"]) if row["status"] == "not_concerned"
    }
    found = without | waiting | {holder: _seated(own, labs, over) for holder, own in seats.items()}
    return _with_facilitators(found, tables, labs, over)


def best_line(lines: list[Row]) -> Row:
    """Return the line of the group that suits a person best: highest affinity, then the shortest wait."""
    return min(lines, key=lambda row: (-row["affinity"], row["place_in_line"], row["lab_id"]))


def _seated(own: list[Row], labs: Mapping[str, Lab], over: Ends) -> Place:
    ordered = sorted(own, key=lambda row: (row["rank"] or 0, row["lab_id"]))
    named = {row["lab_id"]: _wished(labs[row["lab_id"]], row) for row in ordered}
    words = ("Une place vous est proposée dans", "Des places vous sont proposées dans")
    return _offered([labs[row["lab_id"]] for row in ordered], over, words, _OFFERED, named)


def _wished(lab: Lab, row: Row) -> str:
    """Return a group with its article and which wish of the person it is: "le MiniLab « Transports », votre 2e vœu"."""
    wish = int(row.get("wish") or 0)
    return f"{named_lab(lab)}, votre {'1er' if wish == 1 else f'{wish}e'} vœu" if wish else named_lab(lab)


_OFFERED = "où une place vous avait été proposée"


_CAUSES = {
    "unavailable": "Vous avez fait savoir que vous n’étiez pas disponible : aucune place ne vous est proposée.",
    "trade": "Le groupe de travail qui traite de ce que vous avez proposé réunit un autre métier que le vôtre : aucune"
    " place ne vous y est proposée.",
    "slots": "Le groupe de travail qui traite de ce que vous avez proposé se réunit quand vous n’êtes pas disponible.",
}
"""Why a person has no group, by code (see `seats.CAUSES`), where nothing said of their ideas tells it."""


def _without(row: Row) -> Place:
    told = " ".join(_CAUSES[cause] for cause in row["causes"] if cause in _CAUSES)
    return Place("sans", (), typeset(told)) if told else Place()


def _offered(own: list[Lab], over: Ends, words: tuple[str, str], before: str, named: Mapping[str, str]) -> Place:
    """Return what is offered in groups that go on, in `words` (one, several), and how the others ended."""
    going = [lab for lab in own if lab.lab_id not in over]
    offer = f"{words[len(going) > 1]} {enumeration(named[lab.lab_id] for lab in going)}." if going else ""
    gone = [lab for lab in own if lab.lab_id in over]
    said = " ".join(filter(None, (offer, *(_over(lab, over[lab.lab_id], before) for lab in gone))))
    ended = tuple(over[lab.lab_id] for lab in gone)
    themes = tuple(lab.theme_id for lab in (*going, *gone))
    return Place("place" if going else "fin", themes, typeset(said), ended)


_OVER = {
    "clos": "a pris fin le {day}{who}",
    "transmis": "a transmis ses travaux le {day}{who}",
    "panel": "est un panel depuis le {day}{who}",
}


def _over(lab: Lab, end: Step, before: str) -> str:
    """Return how a group ended: "Le MiniLab « Transports », où …, a pris fin le 3 mars 2021 : trop peu de membres."."""
    named = named_lab(lab)
    comment = f" : {end.comment.rstrip(' .')}" if end.comment.strip() else ""
    how = _OVER[end.step].format(day=long_date(end.day), who=f" ({end.who})" if end.who else "")
    return f"{named[0].upper()}{named[1:]}, {before}, {how}{comment}."


def _with_facilitators(
    found: dict[str, Place], tables: Tables, labs: Mapping[str, Lab], over: Ends
) -> dict[str, Place]:
    """Return the places with what is asked of facilitators, who are no members of the groups they lead."""
    leads: defaultdict[str, list[Lab]] = defaultdict(list)
    for row in rows(tables["assignments"]):
        if row["status"] == "facilitator" and row["lab_id"] in labs:
            leads[row["holder_id"]].append(labs[row["lab_id"]])
    for holder, own in leads.items():
        named = {lab.lab_id: named_lab(lab) for lab in own}
        words = ("Il vous est proposé d’animer",) * 2
        asked = _offered(own, over, words, "dont l’animation vous avait été proposée", named)
        place = found.get(holder, Place(asked.state, asked.themes))
        state = "place" if "place" in (place.state, asked.state) else place.state
        said = " ".join(filter(None, (place.said, asked.said)))
        found = found | {holder: replace(place, state=state, said=said, ended=place.ended + asked.ended)}
    return found


def _waiting(lines: list[Row], labs: Mapping[str, Lab], over: Ends) -> Place:
    """Return every line of a person: that of the group they can enter first in full, the others by their position."""
    ordered = sorted((row for row in lines if row["lab_id"] not in over), key=lambda row: _how_near(row, labs))
    if not ordered:
        gone = [labs[row["lab_id"]] for row in lines]
        said = " ".join(_over(lab, over[lab.lab_id], "où vous attendiez une place") for lab in gone)
        ended = tuple(over[lab.lab_id] for lab in gone)
        return Place("fin", tuple(lab.theme_id for lab in gone), typeset(said), ended)
    first, *others = ordered
    lab = labs[first["lab_id"]]
    said = (
        f"Vous attendez une place dans {_wished(lab, first)} : vous êtes en position {first['place_in_line']} sur sa"
        f" liste d’attente. {_when(first, lab)}"
    )
    also = (
        f" Vous attendez aussi une place dans {_wished(labs[r['lab_id']], r)} : position {r['place_in_line']}."
        for r in others
    )
    return Place("attente", tuple(labs[row["lab_id"]].theme_id for row in ordered), typeset(said + "".join(also)))


def _how_near(row: Row, labs: Mapping[str, Lab]) -> tuple[bool, bool, float, int, str]:
    """Return the order of lines: open groups, then those where a seat given up could let the person in."""
    barred = row.get("enters", "") == "never"
    return (not labs[row["lab_id"]].open, barred, -row["affinity"], row["place_in_line"], row["lab_id"])


_YOURS = {
    "directorate": ("votre direction", "représentée", "directions"),
    "site_type": ("votre type de site", "représenté", "types de site"),
    "department": ("votre département", "représenté", "départements"),
    "occupation": ("votre métier", "représenté", "métiers"),
}
"""Column of a cap → what of the person it counts, agreed with, and in the plural."""


def _when(row: Row, lab: Lab) -> str:
    """Return what a wait depends on, as the line records it: a seat, people of others' directorates, an opening."""
    yours = _YOURS.get(row.get("bound_by", "")) if row.get("bound") == "cap" else None
    if not lab.open:
        return f"{_missing(row, yours[2] if yours else '')}Nous vous écrirons s’il s’ouvre."
    if yours is None or lab.placed >= lab.maximum:
        when = "si une place se libère" if lab.placed >= lab.maximum else "quand votre tour viendra"
        return f"Nous vous écrirons {when}."
    whose, agreed, _ = yours
    barred = f"Ce groupe a encore des places, mais pas pour {whose}, qui y est déjà {agreed} au maximum"
    return f"{barred} ; {_turn(row, whose)}."


def _missing(row: Row, others: str) -> str:
    """Return what a group lacks to open, as the line records it; nothing where no single rule says it."""
    if others:
        return f"Ce groupe ne peut pas encore ouvrir : il manque des participants d’autres {others}. "
    if row.get("bound") == "minimum":
        least = counted(row["bound_count"], "personne")
        return f"Ce groupe ne s’ouvre pas à moins de {least}, que la répartition proposée ne réunit pas. "
    return ""


def _turn(row: Row, whose: str) -> str:
    """Return whose leaving lets the person in, once those before them in the line have had their turn."""
    theirs = {"always": "", "depends": f" de {whose}" if row["enters_by"] == row["bound_by"] else None}
    of = theirs.get(row["enters"])
    before = int(row["place_in_line"]) - 1
    if of is None:
        return "nous vous écrirons si cela change"
    if not before:
        return f"votre tour viendra si un de ses membres{of} se retire"
    first = agree(before, "de la personne qui vous précède", f"des {in_letters(before)} personnes qui vous précèdent")
    return f"votre tour viendra après celui {first}, si des membres{of} se retirent"


def named_lab(lab: Lab) -> str:
    """Return a group with its article: "le MiniLab « Transports »"."""
    article = "le" if lab.kind_label == "MiniLab" else "la"
    return f"{article} {lab.kind_label if article == 'le' else lab.kind_label.lower()} « {lab.label} »"
