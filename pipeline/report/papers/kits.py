"""The facilitation kit of a working group: question, members and why, ideas, what to combine and what to confront.

Members' names come from the identities table: kits are private.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from pipeline.french import agree, counted, enumeration, typeset
from pipeline.identifiers import anchor
from pipeline.report.facts.frames import Row, Tables, rows, text, texts
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.labs import Lab
from pipeline.report.facts.model import Report
from pipeline.report.facts.themes import Theme
from pipeline.report.facts.words import sort_key
from pipeline.report.papers.gatherings import Gathering, gathering
from pipeline.report.papers.limits import COMPARED
from pipeline.report.papers.questions import Question, proposals, question
from pipeline.report.papers.sessions import agenda
from pipeline.report.papers.tensions import Tension, tensions
from pipeline.report.papers.words_read import asked, opposed
from pipeline.report.view.hierarchy import grouped
from pipeline.words.kinds import OF_TRADE
from pipeline.words.seats import groups_of, team_line_reason, team_reason

_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the group, and why.

    `to_check` when no idea of theirs is said to be about its subject; `line` is the position of one who waits, else 0.
    """

    name: str
    directorate: str
    occupation: str
    site: str
    reason: str
    to_check: bool = False
    place: str = ""
    department: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ideas to look at together."""

    first: Idea
    second: Idea


@dataclass(frozen=True, slots=True)
class Kit:
    """All a facilitator prints before the first session.

    `groups` are the ideas by sub-theme, under an empty title where there is none. `gathering` is how a trade community
    meets; none for a MiniLab, which follows `agenda`. `absent` are the ideas none of whose holders is a member.
    """

    lab: Lab
    theme: Theme
    question: Question
    members: tuple[Member, ...]
    waiting: tuple[Member, ...]
    ideas: tuple[Idea, ...]
    groups: tuple[tuple[str, tuple[Idea, ...]], ...]
    near: tuple[Pair, ...]
    combine: tuple[Pair, ...]
    confront: tuple[Tension, ...]
    agenda: tuple[tuple[str, str, str], ...]
    gathering: Gathering | None = None
    absent: tuple[str, ...] = ()

    @property
    def unborne(self) -> str:
        """Which cards have no holder in the group, a sentence; empty for none."""
        count = len(self.absent)
        if not count:
            return ""
        whose = agree(count, "Cette carte n’a aucun porteur", "Ces cartes n’ont aucun porteur")
        read = agree(count, "la lit", "les lit")
        return typeset(f"{whose} dans le groupe, un membre {read} aux autres : {enumeration(self.absent)}.")

    @property
    def name(self) -> str:
        """The name of its file."""
        return anchor("kit", self.lab.lab_id)

    @property
    def to_check(self) -> str:
        """How many members came by ideas whose link to the subject is to be checked, a sentence; empty for none."""
        count = sum(member.to_check for member in self.members)
        if not count:
            return ""
        whose = f"{counted(count, 'membre')} sur {len(self.members)}"
        return typeset(f"Avant d'inviter : pour {whose}, le lien des idées avec ce sujet est à vérifier.")


def kits(report: Report, tables: Tables, identities: pd.DataFrame, over: Collection[str] = ()) -> tuple[Kit, ...]:
    """Return one kit a working group that is open and not over.

    Args:
        report: the overall view.
        tables: labs, assignments, waiting_list, holders, idea_holders, idea_themes, words_read.
        identities: names.
        over: groups that have ended: no first session is prepared for them.
    """
    people = _people(tables["holders"], identities)
    themes, ideas = report.theme, report.idea
    near = {frozenset(pair) for pair in report.near_pairs}
    neighbours = {row["idea_id"]: texts(row["neighbours"]) for row in rows(tables["idea_themes"])}
    seats = tables["assignments"][tables["assignments"]["status"].isin(["placed", "volunteer"])]
    held = _sets(tables["idea_holders"], "idea_id", "holder_id")
    seated = _sets(seats, "lab_id", "holder_id")
    groups, made = groups_of(tables["labs"]), []
    known = proposals(report, tables["idea_themes"])
    kinds = dict(zip(tables["labs"]["lab_id"], tables["labs"]["kind"], strict=True))

    def name(idea: str) -> str:
        return f"« {ideas[idea].short} » ({idea})" if idea in ideas else idea

    for lab in report.labs:
        if lab.theme_id not in themes or not lab.open or lab.lab_id in over:
            continue
        theme = themes[lab.theme_id]
        own = tuple(ideas[i] for i in theme.ideas)
        compared = own[:COMPARED]
        members = _members(seats, lab, people, lambda row: team_reason(row, groups, name))
        confront = opposed(tensions(compared), own, tables["words_read"])
        made.append(
            Kit(
                lab=lab,
                theme=theme,
                question=asked(question(own, known), own, tables["words_read"]),
                members=members,
                waiting=_members(tables["waiting_list"], lab, people, team_line_reason),
                ideas=own,
                groups=tuple((label, tuple(ideas[i] for i in ids)) for label, ids in grouped(theme)),
                near=_near(compared, near),
                combine=_combine(tuple(i for i in compared if i.idea_id in known.firm), neighbours, near),
                confront=confront,
                agenda=agenda(members, opposed=bool(confront)),
                gathering=_gathering(kinds[lab.lab_id], members, len(own), opposed=bool(confront)),
                absent=tuple(i.idea_id for i in own if not held.get(i.idea_id, set()) & seated.get(lab.lab_id, set())),
            )
        )
    return tuple(made)


def _gathering(kind: str, members: tuple[Member, ...], ideas: int, *, opposed: bool) -> Gathering | None:
    return gathering(members, ideas, opposed=opposed) if kind in OF_TRADE and members else None


def _sets(frame: pd.DataFrame, key: str, value: str) -> dict[str, set[str]]:
    return {str(name): set(own) for name, own in frame.groupby(key)[value]}


def _people(holders: pd.DataFrame, identities: pd.DataFrame) -> dict[str, Member]:
    known = holders.merge(identities, on="holder_id", how="left")
    return {
        row["holder_id"]: Member(
            f"{row['given_name'] or ''} {row['family_name'] or ''}".strip() or row["holder_id"],
            typeset(row["directorate"]),
            row["occupation"],
            row["place"] or row["site_type"],
            "",
            place=text(row["place"]),
            department=text(row["department"]),
        )
        for row in rows(known)
    }


def _members(
    seats: pd.DataFrame, lab: Lab, people: Mapping[str, Member], reason: Callable[[Row], str]
) -> tuple[Member, ...]:
    inside = [row for row in rows(seats[seats["lab_id"] == lab.lab_id]) if row["holder_id"] in people]
    found = [
        replace(people[row["holder_id"]], reason=reason(row), to_check=_unsaid(row), line=row.get("place_in_line") or 0)
        for row in inside
    ]
    return tuple(sorted(found, key=lambda one: (one.line, sort_key(" ".join(reversed(one.name.split(" ", 1)))))))


def _unsaid(row: Row) -> bool:
    """Return whether a person came by ideas of which none says in its own words that it is about the subject."""
    return bool(texts(row.get("ideas"))) and set(texts(row.get("ideas"))) <= set(texts(row.get("near_ideas")))


def _near(ideas: Iterable[Idea], near: set[frozenset[str]]) -> tuple[Pair, ...]:
    pairs = [(a, b) for a, b in combinations(ideas, 2) if frozenset({a.idea_id, b.idea_id}) in near]
    return tuple(Pair(a, b) for a, b in pairs)


def _combine(
    ideas: tuple[Idea, ...], neighbours: Mapping[str, tuple[str, ...]], near: set[frozenset[str]]
) -> tuple[Pair, ...]:
    """Return ideas that are each other's neighbours without saying the same: they may complete each other.

    Only ideas whose place in the theme is firm are compared: the others may not belong to it.
    """
    found = [
        (a, b)
        for a, b in combinations(ideas, 2)
        if b.idea_id in neighbours.get(a.idea_id, ())
        and a.idea_id in neighbours.get(b.idea_id, ())
        and frozenset({a.idea_id, b.idea_id}) not in near
    ]
    return tuple(Pair(a, b) for a, b in found[:_PAIRS])
