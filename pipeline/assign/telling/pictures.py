"""Pictures of the composition, for notebooks and reports: tables of the assign stage in, Altair charts out.

Each chart is drawn from plain values, in French, with figures written beside the marks: no meaning rests on colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from pipeline.french import percent
from pipeline.words.kinds import KINDS

INK, SOFT, ACCENT, PALE = "#1f2933", "#7b8794", "#1d4e89", "#c9d6e4"
_SHADES = ("#1d4e89", "#96580f", "#37704e", "#8c4a7d", "#b0413e", "#5b6c8f", "#dfe3e8")
_WIDTH, _ROW, _LABEL = 420, 26, 320
_SHOWN = 6
_REST = "autres"

Composition = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Lab → attribute → value → people, as in the ledger; `tous` holds everyone."""


def seats_by_lab(labs: pd.DataFrame) -> alt.LayerChart:
    """Return bars of people placed by group, largest first, with a tick at the minimum and at the maximum.

    Args:
        labs: see `schema.LABS`.
    """
    labs = labs.sort_values("lab_id", ignore_index=True)
    said = [
        f"{row['placed']} / {row['maximum']}" if row["placed"] else f"ne s’ouvre pas (minimum {row['minimum']})"
        for row in labs.to_dict("records")
    ]
    rows = labs[["label", "placed", "minimum", "maximum"]].astype({"placed": int, "minimum": int, "maximum": int})
    rows = rows.assign(said=said, kind=labs["kind"].map({kind: names.one for kind, names in KINDS.items()}))
    order = rows.sort_values(["placed", "label"], ascending=[False, True])["label"].tolist()
    base = alt.Chart(rows).encode(y=alt.Y("label:N", sort=order, title=None, axis=_names()))
    x = alt.X("placed:Q", title="personnes placées", axis=alt.Axis(tickMinStep=1, grid=False))
    bars = base.mark_bar(color=ACCENT, height=16).encode(
        x=x, tooltip=[alt.Tooltip("label:N", title="groupe"), "kind:N", "said:N"]
    )
    limits = [
        base.mark_tick(color=INK, thickness=2, height=22, opacity=0.7).encode(x=alt.X(f"{name}:Q"))
        for name in ("minimum", "maximum")
    ]
    text = base.mark_text(align="left", dx=6, color=INK).encode(x=alt.X("maximum:Q"), text="said:N")
    return _sized([bars, *limits, text], _WIDTH, alt.Step(_ROW))


def composition_bars(composition: Composition, labels: Mapping[str, str], attribute: str) -> alt.LayerChart:
    """Return, for each group that opens, its seats by value of `attribute`, under the whole it comes from.

    Args:
        composition: of the ledger.
        labels: lab id → title.
        attribute: `directorate`, `site_type`, `department` or `occupation`.
    """
    everyone = composition["tous"][attribute]
    shown = sorted(everyone, key=lambda value: (-everyone[value], value))[:_SHOWN]
    names = {"tous": "Tous les porteurs", **{lab: labels[lab] for lab in composition if lab != "tous"}}
    rows = pd.DataFrame(
        [
            (names[lab], value, rank, share)
            for lab, counts in composition.items()
            for rank, (value, share) in enumerate(_shares(counts[attribute], shown))
        ],
        columns=["label", "value", "rank", "share"],
    )
    rows = rows.assign(end=rows.groupby("label")["share"].cumsum())
    rows = rows.assign(
        start=rows["end"] - rows["share"], said=[percent(s) if s >= _WRITTEN else "" for s in rows["share"]]
    )
    order = ["Tous les porteurs", *sorted(set(rows["label"]) - {"Tous les porteurs"})]
    base = alt.Chart(rows).encode(y=alt.Y("label:N", sort=order, title=None, axis=_names()))
    domain = [*shown, _REST]
    colour = alt.Color(
        "value:N", sort=domain, title=None, scale=alt.Scale(domain=domain, range=list(_SHADES)),
        legend=alt.Legend(orient="bottom", columns=2, labelLimit=360, symbolType="square"),
    )  # fmt: skip
    x = alt.X("start:Q", title="part des places", axis=alt.Axis(format="%", grid=False), scale=alt.Scale(domain=[0, 1]))
    bars = base.mark_bar(height=18, stroke="white").encode(
        x=x, x2="end:Q", color=colour, tooltip=["label:N", "value:N", "said:N"]
    )
    middle = (rows["start"] + rows["end"]) / 2
    light = alt.condition(f"datum.value === '{_REST}'", alt.value(INK), alt.value("white"))
    text = alt.Chart(rows.assign(middle=middle)).mark_text(fontSize=10).encode(
        x=alt.X("middle:Q"), y=alt.Y("label:N", sort=order), text="said:N", color=light
    )  # fmt: skip
    return _sized([bars, text], _WIDTH, alt.Step(_ROW))


_WRITTEN = 0.08
"""Smallest share whose figure fits in its bar."""


def _shares(counts: Mapping[str, int], shown: Sequence[str]) -> list[tuple[str, float]]:
    total = sum(counts.values())
    if not total:
        return []
    rest = total - sum(counts.get(value, 0) for value in shown)
    return [*((value, counts.get(value, 0) / total) for value in shown), (_REST, rest / total)]


def affinity_distribution(assignments: pd.DataFrame) -> alt.LayerChart:
    """Return how many people are placed by affinity, first choices apart from later ones.

    Args:
        assignments: see `schema.ASSIGNMENTS`.
    """
    placed = assignments[assignments["status"] == "placed"]
    tenth = (placed["affinity"].clip(upper=0.999) * 10).astype(int)
    choice = placed["rank"].map(lambda rank: "premier choix" if rank == 1 else "choix suivant")
    counts = pd.DataFrame({"tenth": tenth, "choice": choice}).value_counts(sort=False).rename("people").reset_index()
    steps = [f"{10 * tenth}–{percent((tenth + 1) / 10)}" for tenth in range(10)]
    counts = counts.sort_values(["tenth", "choice"], ignore_index=True)
    counts = counts.assign(step=[steps[tenth] for tenth in counts["tenth"]])
    x = alt.X("step:O", title="affinité", sort=steps, scale=alt.Scale(domain=steps), axis=alt.Axis(labelAngle=0))
    bars = alt.Chart(counts).mark_bar(stroke="white").encode(
        x=x,
        y=alt.Y("people:Q", title="personnes", stack="zero", axis=alt.Axis(tickMinStep=1)),
        color=alt.Color(
            "choice:N", title=None, scale=alt.Scale(domain=["premier choix", "choix suivant"], range=[ACCENT, PALE]),
            legend=alt.Legend(orient="top"),
        ),
        order=alt.Order("choice:N", sort="descending"),
        tooltip=["step:O", "choice:N", "people:Q"],
    )  # fmt: skip
    totals = counts.groupby("step", as_index=False)["people"].sum()
    text = alt.Chart(totals).mark_text(dy=-7, color=INK).encode(x=x, y="people:Q", text="people:Q")
    return _sized([bars, text], 560, 220)


def who_moved(moved: Sequence[Mapping[str, str]], labels: Mapping[str, str]) -> alt.LayerChart:
    """Return the moves since the announced composition, counted from each group to each other one.

    Args:
        moved: of the ledger: holder_id, from, to.
        labels: lab id → title.
    """
    named = [(_named(move["from"], labels), _named(move["to"], labels)) for move in moved]
    counts = pd.DataFrame(named, columns=["from", "to"]).value_counts(sort=False).rename("people").reset_index()
    base = alt.Chart(counts.sort_values(["from", "to"], ignore_index=True)).encode(
        x=alt.X("to:N", title="vers", axis=alt.Axis(labelAngle=-40, labelLimit=_LABEL, orient="bottom")),
        y=alt.Y("from:N", title="de", axis=_names()),
    )
    cells = base.mark_rect(color=PALE, stroke=SOFT).encode(tooltip=["from:N", "to:N", "people:Q"])
    text = base.mark_text(color=INK, fontWeight="bold").encode(text="people:Q")
    return _sized([cells, text], alt.Step(90), alt.Step(_ROW + 6))


def _named(labs: str, labels: Mapping[str, str]) -> str:
    return " + ".join(labels.get(lab, lab) for lab in labs.split(", ")) if labs else "sans place"


def _sized(layers: Sequence[alt.Chart], width: int | alt.Step, height: int | alt.Step) -> alt.LayerChart:
    return alt.LayerChart(layer=list(layers)).properties(width=width, height=height)


def _names() -> alt.Axis:
    return alt.Axis(labelLimit=_LABEL, ticks=False, domain=False, labelColor=INK)
