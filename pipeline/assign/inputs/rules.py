"""What people decided about persons and groups, from three files: read together, so that all errors show at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.assign.inputs.contradictions import contradictions
from pipeline.assign.inputs.lab_rules import LabRule, read_lab_rules
from pipeline.assign.inputs.private import read_private
from pipeline.assign.inputs.problem import Lab
from pipeline.assign.inputs.wishes import ATTRIBUTES, Wish, names_of, read_wishes
from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import read_sheet
from pipeline.french import fold
from pipeline.params import AssignParams

ANNOUNCED_COLUMNS: dict[str, tuple[str, ...]] = {
    "agent_id": ("holder_id", "agent"),
    "minilab": ("lab_id", "lab"),
    "remarque": ("note",),
}


@dataclass(frozen=True, slots=True)
class Given:
    """The three files as they are on disk; a file that is not there is empty.

    Attributes:
        people: `people.csv`, see `wishes`.
        labs: `labs.csv`, see `lab_rules`.
        announced: `announced.csv`: agent_id, minilab: the composition people were told.
        private: what groups are balanced on, see `private`.
    """

    people: bytes = b""
    labs: bytes = b""
    announced: bytes = b""
    private: bytes = b""


@dataclass(frozen=True, eq=False, slots=True)
class Rules:
    """Decisions that hold together, and what they are about.

    Attributes:
        wishes: by person.
        labs: decided by lab.
        announced: (person, lab) people were told, those that still exist.
        gone: announced seats whose person or lab no longer exists: (person, lab as written, `person` or `group`).
        asked: the labs as their themes and the parameters make them.
        groups: the labs, with their seats as decided.
        people: columns of `schema.HOLDERS` by holder_id, with the decided attributes and the volunteers.
        private: what groups are balanced on: for each column holder_id → value, see `private.read_private`.
    """

    wishes: tuple[Wish, ...]
    labs: tuple[LabRule, ...]
    announced: frozenset[tuple[str, str]]
    gone: tuple[tuple[str, str, str], ...]
    asked: tuple[Lab, ...]
    groups: tuple[Lab, ...]
    people: pd.DataFrame
    private: tuple[Mapping[str, str], ...] = ()


def read_rules(given: Given, labs: Sequence[Lab], holders: pd.DataFrame, params: AssignParams) -> Rules:
    """Return the rules of the three files.

    Args:
        given: the files.
        labs: one a theme.
        holders: see `schema.HOLDERS`.
        params: the files' names, for errors.

    Raises:
        MinilabsError: every error of every file, by line, and every contradiction between the lines that can be read.
    """
    wishes, wrong_wishes = read_wishes(given.people, params.people, labs, holders["holder_id"])
    people = everyone(holders, wishes)
    lab_rules, wrong_labs = read_lab_rules(given.labs, params.labs, labs, people)
    if wrong := [*wrong_wishes, *wrong_labs]:
        raise_all([*wrong, *contradictions(wishes, lab_rules, decided(labs, lab_rules), people, params)])
    announced, gone = _announced(given.announced, params.announced, labs, set(people.index))
    private = read_private(given.private, params.balance, set(people.index))
    rules = Rules((), (), announced, gone, tuple(labs), tuple(labs), people, private)
    return with_decisions(rules, wishes, lab_rules, params)


def with_decisions(rules: Rules, wishes: Sequence[Wish], labs: Sequence[LabRule], params: AssignParams) -> Rules:
    """Return the same case under other decisions.

    Raises:
        MinilabsError: every contradiction between them, by line.
    """
    groups = decided(rules.asked, labs)
    people = everyone(rules.people.reset_index(), wishes)
    raise_all(contradictions(wishes, labs, groups, people, params))
    return replace(rules, wishes=tuple(wishes), labs=tuple(labs), groups=groups, people=people)


def everyone(holders: pd.DataFrame, wishes: Sequence[Wish]) -> pd.DataFrame:
    """Return the holders and the volunteers with what the file says of them, by holder_id.

    Columns that only the export gives (a service) stay, unless it gave nothing there.
    """
    given = holders.set_index("holder_id")
    known = given[[name for name in given if name in ATTRIBUTES.values() or given[name].fillna("").ne("").any()]]
    new = [wish.person for wish in wishes if wish.person not in known.index]
    people = pd.concat([known, pd.DataFrame("", index=sorted(set(new)), columns=known.columns)]).astype(object)
    for wish in wishes:
        for column, value in wish.attributes.items():
            people.loc[wish.person, column] = value
    return people.astype(str).rename_axis("holder_id").sort_index()


def decided(labs: Sequence[Lab], rules: Sequence[LabRule]) -> tuple[Lab, ...]:
    """Return the labs with the seats, town and occupations that were decided."""
    by_lab = {rule.lab_id: rule for rule in rules}
    return tuple(_decided(lab, by_lab[lab.lab_id]) if lab.lab_id in by_lab else lab for lab in labs)


def _decided(lab: Lab, rule: LabRule) -> Lab:
    maximum = lab.maximum if rule.maximum is None else rule.maximum
    minimum = min(lab.minimum, maximum) if rule.minimum is None else rule.minimum
    return replace(
        lab,
        minimum=minimum,
        maximum=max(maximum, minimum) if rule.maximum is None else maximum,
        closed=rule.closed,
        seat=rule.seat,
        admits=lab.admits if rule.admits is None else rule.admits,
    )


def _announced(
    content: bytes, path: str, labs: Sequence[Lab], people: set[str]
) -> tuple[frozenset[tuple[str, str]], tuple[tuple[str, str, str], ...]]:
    names, seats, gone, errors = names_of(labs), set(), set(), []
    for row in read_sheet(content, path, ANNOUNCED_COLUMNS, strict=True):
        person, name = row.cells["agent_id"], row.cells["minilab"]
        meant = names.get(fold(name), ())
        if len(meant) > 1:
            facts = {"path": path, "line": row.line, "column": "minilab"}
            errors.append(MinilabsError("assign.ambiguous_lab", value=name[:80], allowed=", ".join(meant), **facts))
        elif meant and person in people:
            seats.add((person, meant[0]))
        elif name:
            gone.add((person, name, "group" if person in people else "person"))
    raise_all(errors)
    return frozenset(seats), tuple(sorted(gone))
