"""How often the suggested kind is the right one, on made-up organisations whose answer is known by construction.

`python benchmarks/kinds.py` prints the share right by shape of organisation. `--choose` prints it for other limits, on
the first half of the shapes: the limits of `pipeline.words.answers` and `pipeline.words.trades` were chosen there, and
what is quoted comes from the second half. The sample served for neither.

A shape says how many people, directorates, places and trades there are, and how they go together. A theme is made for
an answer, and its holders drawn accordingly:

- a trade community: most holders, three quarters or more, from one family of occupations, wherever they sit;
- a directorate's answer: as many from one service, one place, or a directorate that sits in few places;
- a MiniLab: from everyone, with a taste for some directorates and some occupations; or, the trap, most of them from the
  directorate to which half the agents belong, all occupations, everywhere.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.words.answers import LIMITS, Limits, suggest
from pipeline.words.kinds import ANSWER, COMMUNITY, MINILAB
from pipeline.words.trades import Limits as TradeLimits

THEMES, DRAWS = 60, 4
FEWEST, MOST, TRAP = 8, 0.5, 0.4
PURITY = (0.6, 1.0)
"""People a theme needs to be made from; share of one value that makes a pool another's; MiniLabs that are traps."""


@dataclass(frozen=True)
class Shape:
    """An organisation.

    Attributes:
        name: what it looks like.
        people: who take part.
        directorates: how many.
        largest: share of the people in the largest one, which sits in all places.
        places: where the largest one sits; the others sit in `offices` of their own.
        offices: towns with offices.
        services: services in each directorate.
        families: trades (families of related occupations) by directorate, beside the offices' common occupations.
        known: columns that the export has.
    """

    name: str
    people: int
    directorates: int
    largest: float
    places: int
    offices: int
    services: int
    families: int
    known: tuple[str, ...] = ("directorate", "occupation", "place", "service")


WITHOUT_SERVICE = ("directorate", "occupation", "place")
CHOOSE = (
    Shape("région", 320, 14, 0.5, 60, 4, 4, 6, WITHOUT_SERVICE),
    Shape("ville", 150, 9, 0.3, 15, 2, 3, 4, WITHOUT_SERVICE),
    Shape("hôpital", 500, 8, 0.55, 4, 1, 10, 7),
    Shape("agence", 90, 6, 0.25, 3, 3, 3, 3),
)
REPORT = (
    Shape("département", 600, 12, 0.4, 40, 6, 5, 6),
    Shape("grande ville", 1200, 25, 0.2, 90, 5, 6, 4, WITHOUT_SERVICE),
    Shape("groupe hospitalier", 2500, 10, 0.6, 9, 2, 12, 9),
    Shape("université", 260, 18, 0.15, 8, 3, 3, 3),
    Shape("ministère", 1500, 30, 0.35, 100, 10, 5, 5, WITHOUT_SERVICE),
    Shape("communauté de communes", 70, 5, 0.45, 12, 1, 2, 4, WITHOUT_SERVICE),
)


def organisation(shape: Shape, random: np.random.Generator) -> pd.DataFrame:
    """Return the people: columns of `schema.HOLDERS` and `family`, the trade that the maker gave them ("" for none)."""
    sizes = np.r_[shape.largest, (1 - shape.largest) * random.dirichlet(np.full(shape.directorates - 1, 2.0))]
    homes = [random.choice(shape.offices, random.integers(1, shape.offices + 1), replace=False) for _ in sizes]
    common = random.dirichlet(np.full(5, 2.0))
    crafts = [random.dirichlet(np.full(shape.families, 1.5)) for _ in sizes]
    titles = {
        (d, f): random.dirichlet(np.full(random.integers(1, 5), 2.0))
        for d in range(len(sizes)) for f in range(shape.families)
    }  # fmt: skip
    rows = []
    for person in range(shape.people):
        d = int(random.choice(len(sizes), p=sizes))
        field = d == 0
        place = f"L{random.integers(shape.places)}" if field else f"V{random.choice(homes[d])}"
        if random.random() < (0.85 if field else 0.4):
            f = int(random.choice(shape.families, p=crafts[d]))
            family, occupation = f"F{d}.{f}", f"M{d}.{f}.{random.choice(len(titles[d, f]), p=titles[d, f])}"
        else:
            family, occupation = "", f"C{random.choice(5, p=common)}"
        service = f"S{d}.{random.integers(shape.services)}"
        rows.append((f"A{person:05}", f"D{d}", occupation, place, service, family))
    return pd.DataFrame(rows, columns=["holder_id", "directorate", "occupation", "place", "service", "family"])


def theme(people: pd.DataFrame, kind: str, random: np.random.Generator) -> list[str] | None:
    """Return the holders of a theme made for an answer; None when this organisation has nobody to make it of."""
    size = int(random.integers(5, 46))
    if kind == MINILAB:
        return _shared(people, size, random)
    pool = _trade(people, random) if kind == COMMUNITY else _together(people, random)
    if pool is None:
        return None
    size = min(size, len(pool))
    inside = round(size * random.uniform(*PURITY))
    own = random.choice(pool["holder_id"], inside, replace=False)
    return [*own, *random.choice(people["holder_id"], size - inside, replace=False)]


def _trade(people: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame | None:
    """A family of occupations, over three places at least (or all there are) and not most of the people."""
    families = [
        family for name, family in people.groupby("family")
        if name and FEWEST <= len(family) <= len(people) / 2
        and family["place"].value_counts(normalize=True).iloc[0] < MOST
    ]  # fmt: skip
    return families[random.integers(len(families))] if families else None


def _together(people: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame | None:
    """A place, a service when the export knows it, or a directorate of few places; of several trades."""
    columns = [c for c in ("place", "service") if c in people.attrs["known"]]
    pools = [group for column in columns for _, group in people.groupby(column) if len(group) <= len(people) / 3]
    reach = people["place"].nunique()
    pools += [g for _, g in people.groupby("directorate") if g["place"].nunique() <= max(1, reach / 4)]
    mixed = [g for g in pools if len(g) >= FEWEST and _mixed(g)]
    return mixed[random.integers(len(mixed))] if mixed else None


def _mixed(people: pd.DataFrame) -> bool:
    """Tell whether no trade has most of them."""
    main, count = Counter(people["family"]).most_common(1)[0]
    return main == "" or count < MOST * len(people)


def _shared(people: pd.DataFrame, size: int, random: np.random.Generator) -> list[str]:
    tastes = {
        name: random.lognormal(0, 0.6)
        for column in ("directorate", "occupation")
        for name in sorted(set(people[column]))
    }
    weight = np.array([tastes[d] * tastes[o] for d, o in zip(people["directorate"], people["occupation"], strict=True)])
    if random.random() < TRAP:
        field = (people["directorate"] == "D0").to_numpy()
        share = random.uniform(0.6, 0.9)
        weight = np.where(field, share * weight / weight[field].sum(), (1 - share) * weight / weight[~field].sum())
    return list(random.choice(people["holder_id"], min(size, len(people) // 2), replace=False, p=weight / weight.sum()))


@dataclass(frozen=True)
class Made:
    """A theme whose answer is known.

    Attributes:
        shape: of its organisation.
        kind: the right one.
        people: holders, as the export says them.
        family: person → trade that the maker gave them.
        holders: of the theme.
    """

    shape: str
    kind: str
    people: pd.DataFrame
    family: dict[str, str]
    holders: list[str]


def cases(shapes: tuple[Shape, ...]) -> list[Made]:
    """Return `THEMES` themes for each of `DRAWS` organisations of each shape, a third of each kind where possible."""
    found = []
    for number, shape in enumerate(shapes):
        for draw in range(DRAWS):
            random = np.random.default_rng([number, draw, shape.people])
            people = organisation(shape, random)
            people.attrs["known"] = shape.known
            seen = people.assign(**{c: "" for c in ("service",) if c not in shape.known}).drop(columns="family")
            family = dict(zip(people["holder_id"], people["family"], strict=True))
            for row in range(THEMES):
                kind = (COMMUNITY, ANSWER, MINILAB)[row % 3]
                holders = theme(people, kind, random)
                found += [Made(shape.name, kind, seen, family, holders)] if holders else []
    return found


def right(made: list[Made], limits: Limits = LIMITS) -> pd.DataFrame:
    """Return, in per cent by shape, the themes whose kind is right, and who a trade community rightly admits.

    `admis`: of the people of the trade, those whom their community admits; `à raison`: of those admitted, the trade's.
    """
    rows = []
    for one in made:
        kind = suggest(one.people, one.holders, 1, limits)
        rows.append({"shape": one.shape, one.kind: kind.kind == one.kind, "tous": kind.kind == one.kind})
        if one.kind == kind.kind == COMMUNITY:
            rows[-1] |= _admission(one, kind.trade)
    order = ["shape", COMMUNITY, ANSWER, MINILAB, "tous", "admis", "à raison"]
    frame = pd.DataFrame(rows, columns=order).astype(dict.fromkeys(order[1:], "float64"))
    table = frame.groupby("shape", sort=False).mean()
    return (100 * pd.concat([table, frame[order[1:]].mean().to_frame("toutes").T])).round(1)


def _admission(one: Made, trade: tuple[str, ...]) -> dict[str, float]:
    occupation = dict(zip(one.people["holder_id"], one.people["occupation"], strict=True))
    main = Counter(filter(None, (one.family[person] for person in one.holders))).most_common(1)[0][0]
    own = {person for person in one.holders if one.family[person] == main}
    admitted = {person for person in one.holders if occupation[person] in trade}
    return {"admis": len(own & admitted) / len(own), "à raison": len(own & admitted) / len(admitted)}


def choose() -> None:
    """Print the same on the first half of the shapes for other limits, the best first."""
    made = cases(CHOOSE)[::4]
    trades = itertools.product((2.0, 3.0, 4.0, 6.0), (0.4, 0.45, 0.5, 0.55, 0.6, 0.7))
    tried = [Limits(TradeLimits(*limits)) for limits in trades]
    together = itertools.product((0.5, 0.6, 0.7), (0.001, 0.01, 0.05), (0.05, 0.5))
    tried += [Limits(LIMITS.trade, *limits) for limits in together]
    rows = [
        {"odds": t.trade.odds, "trade": t.trade.share, "share": t.share, "chance": t.chance, "places": t.places}
        | right(made, t).loc["toutes"].to_dict()
        for t in tried
    ]
    print(pd.DataFrame(rows).sort_values("tous", ascending=False).to_string(index=False))


if __name__ == "__main__":
    if "--choose" in sys.argv:
        choose()
    else:
        for title, shapes in (("Shapes it was chosen on", CHOOSE), ("Other shapes", REPORT)):
            print(f"\n{title}\n{right(cases(shapes)).to_string()}")
