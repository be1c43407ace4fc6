"""From tables to a `Problem`: people who can sit somewhere, their possible seats, the rules of each lab."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from pipeline.assign.affinity import holder_affinity, idea_memberships
from pipeline.assign.labs import COMMUNITY, labs_of
from pipeline.assign.problem import Cap, Lab, Pairs, Problem
from pipeline.params import AssignParams


@dataclass(frozen=True, eq=False, slots=True)
class Case:
    """A problem and what its words are made from.

    Attributes:
        problem: what is solved.
        affinities: one row a possible seat, in the order of `problem.pairs`: holder_id, lab_id, affinity, ideas.
        people: holders by holder_id, with their attributes.
    """

    problem: Problem
    affinities: pd.DataFrame
    people: pd.DataFrame


def assemble(tables: dict[str, pd.DataFrame], params: AssignParams, seed: int) -> Case:
    """Return the case of `tables`: themes, idea_themes, holders, idea_holders (see `schema`)."""
    holders = tables["holders"].sort_values("holder_id", ignore_index=True)
    memberships = idea_memberships(tables["idea_themes"], params.weak_signal_weight)
    labs = labs_of(tables["themes"], memberships, tables["idea_holders"], holders, params)
    affinities = _possible(holder_affinity(memberships, tables["idea_holders"]), holders, labs, params)
    people = tuple(sorted(affinities["holder_id"].unique()))
    problem = Problem(
        people=people,
        labs=labs,
        pairs=_pairs(affinities, people, labs, seed),
        most=np.full(len(people), params.max_labs, dtype=np.int64),
        caps=_caps(holders, people, labs, params),
    )
    return Case(problem, affinities, holders.set_index("holder_id"))


def _possible(affinity: pd.DataFrame, holders: pd.DataFrame, labs: Sequence[Lab], params: AssignParams) -> pd.DataFrame:
    """Keep affinities to labs, of the floor at least, for occupations they admit; sorted by holder then lab."""
    by_theme = {lab.theme_id: lab for lab in labs}
    occupations = dict(zip(holders["holder_id"], holders["occupation"], strict=True))
    known = affinity[affinity["theme_id"].isin(by_theme) & affinity["holder_id"].isin(occupations)]
    known = known[known["affinity"] >= max(1, round(1000 * params.min_affinity))]
    admitted = [
        not by_theme[theme].admits or occupations[holder] in by_theme[theme].admits
        for theme, holder in zip(known["theme_id"], known["holder_id"], strict=True)
    ]
    known = known[np.array(admitted, dtype=bool)]
    known = known.assign(lab_id=[by_theme[theme].lab_id for theme in known["theme_id"]])
    return known.sort_values(["holder_id", "lab_id"], ignore_index=True)[["holder_id", "lab_id", "affinity", "ideas"]]


def _pairs(affinities: pd.DataFrame, people: Sequence[str], labs: Sequence[Lab], seed: int) -> Pairs:
    person_of = {person: row for row, person in enumerate(people)}
    lab_of = {lab.lab_id: row for row, lab in enumerate(labs)}
    none = np.zeros(len(affinities), dtype=bool)
    return Pairs(
        person=np.array([person_of[p] for p in affinities["holder_id"]], dtype=np.int64),
        lab=np.array([lab_of[lab] for lab in affinities["lab_id"]], dtype=np.int64),
        affinity=affinities["affinity"].to_numpy(dtype=np.int64),
        fixed=none,
        exempt=none,
        announced=none,
        distance=np.zeros(len(affinities), dtype=np.int64),
        tie=np.array(
            [draw(seed, p, lab) for p, lab in zip(affinities["holder_id"], affinities["lab_id"], strict=True)],
            dtype=np.int64,
        ),
    )


def draw(seed: int, *ids: str) -> int:
    """Return a number between 0 and 65535 that only the seed and the ids decide."""
    digest = hashlib.sha256("\0".join([str(seed), *ids]).encode()).digest()
    return int.from_bytes(digest[:2])


def _caps(holders: pd.DataFrame, people: Sequence[str], labs: Sequence[Lab], params: AssignParams) -> tuple[Cap, ...]:
    """No directorate over the share allowed in a MiniLab; a trade is often that of one directorate."""
    share = Fraction(str(params.max_share))
    if share >= 1:
        return ()
    number = {person: row for row, person in enumerate(people)}
    inside = holders[holders["holder_id"].isin(number)]
    groups = {
        str(value): np.array(sorted(number[h] for h in group["holder_id"]), dtype=np.int64)
        for value, group in inside.groupby("directorate")
    }
    return tuple(
        Cap(row, "directorate", value, members, share)
        for row, lab in enumerate(labs)
        if lab.kind != COMMUNITY
        for value, members in groups.items()
    )
