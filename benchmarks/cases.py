"""Made-up assignment problems of any size, for measuring."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from pipeline.assign.inputs.problem import Cap, Lab, Pairs, Problem

DIRECTORATES = 15


def case(people: int, labs: int, seed: int = 0, room: float = 1.15) -> Problem:
    """Return a problem where everybody has some affinity to every lab.

    One directorate holds 35 % of the people, as in a region's lycées; labs differ in appeal; seats are `room` times
    the people, each lab opens with a third of its seats, and no directorate may pass 40 % of a lab.
    """
    random = np.random.default_rng(seed)
    share = np.full(DIRECTORATES, 0.65 / (DIRECTORATES - 1))
    share[0] = 0.35
    directorate = random.choice(DIRECTORATES, people, p=share)
    likes, themes = random.normal(size=(people, 6)), random.normal(size=(labs, 6))
    affinity = (
        likes @ themes.T + random.normal(size=(people, labs)) + random.normal(size=(DIRECTORATES, labs))[directorate]
    )
    affinity = np.round(1000 * (affinity - affinity.min()) / (affinity.max() - affinity.min())).astype(np.int64)
    seats = int(np.ceil(people * room / labs))
    none = np.zeros(people * labs, dtype=bool)
    members = [np.flatnonzero(directorate == d) for d in range(DIRECTORATES)]
    return Problem(
        people=tuple(f"A{row:05}" for row in range(people)),
        labs=tuple(
            Lab(f"lab-{row:03}", f"T{row:03}", f"Lab {row}", "minilab", max(3, seats // 3), seats)
            for row in range(labs)
        ),
        pairs=Pairs(
            person=np.repeat(np.arange(people), labs),
            lab=np.tile(np.arange(labs), people),
            affinity=affinity.ravel(),
            fixed=none,
            exempt=none,
            announced=none,
            distance=np.zeros(people * labs, dtype=np.int64),
            tie=random.integers(0, 65536, people * labs),
        ),
        most=np.ones(people, dtype=np.int64),
        volunteers=np.zeros(people, dtype=bool),
        lottery=np.zeros(people, dtype=np.int64),
        caps=tuple(
            Cap(lab, "directorate", f"D{d:02}", members[d], Fraction(2, 5))
            for lab in range(labs)
            for d in range(DIRECTORATES)
        ),
    )
