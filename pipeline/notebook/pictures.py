"""The notebooks' pictures: tables of the chain in, a chart whose title says what was found out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pipeline.french import counted, number, percent, typeset
from pipeline.notebook import charts
from pipeline.notebook.charts import Chart
from pipeline.notebook.labels import CODES
from pipeline.words.kinds import MINILAB

_FRAGILE = 0.5
"""Stability under which a theme has less in common with itself than apart, from one draw to the next."""
_DIRECTORATE = re.compile(r"^Direction (?:des |de la |de l['’]|du |de )", re.IGNORECASE)


def arrivals(ideas: pd.DataFrame) -> Chart:
    """Return ideas by week of submission; the title says when half of them had arrived."""
    days = pd.to_datetime(ideas["submitted_on"], errors="coerce").dropna().sort_values()
    weeks = days.dt.to_period("W").dt.start_time
    frame = weeks.value_counts().sort_index().rename_axis("week").reset_index(name="count")
    frame["said"] = frame["week"].dt.strftime("%d/%m/%y")
    title = "Aucune idée n’est datée"
    if len(days):
        title = f"La moitié des {counted(len(days), 'idée')} est arrivée avant le {days.iloc[len(days) // 2]:%d/%m/%Y}"
    return charts.columns(frame, "said", "count", title, ("semaine commençant le", "idées déposées"))


def people_by(holders: pd.DataFrame, column: str, nouns: str, most: int = 15) -> Chart:
    """Return holders by value of a column; the title names the largest group and its share.

    Args:
        holders: those who filed an idea.
        column: of the table `holders`.
        nouns: "directions", "métiers": for the title.
        most: bars shown; the rest is one bar.
    """
    counts = holders[column].replace("", "non renseigné").value_counts()
    frame = _first(counts, most)
    first = str(counts.index[0]) if len(counts) else "–"
    share = counts.iloc[0] / counts.sum() if len(counts) else 0.0
    title = f"« {first} » réunit {percent(share)} des agents, sur {len(counts)} {nouns}"
    return charts.bars(frame, "said", "count", title, "agents porteurs ou co-porteurs", [first])


def _first(counts: pd.Series[int], most: int) -> pd.DataFrame:
    frame = counts.head(most).rename_axis("said").reset_index(name="count")
    rest = int(counts.iloc[most:].sum())
    return frame if not rest else pd.concat([frame, pd.DataFrame({"said": ["autres"], "count": [rest]})])


def categories(ideas: pd.DataFrame) -> Chart:
    """Return ideas by the category their author ticked; the title says how many ticked none."""
    counts = ideas["category"].replace("", "aucune").value_counts()
    none = int(counts.get("aucune", 0))
    known = counts.drop("aucune", errors="ignore")
    said = "toutes les idées en ont une" if not none else f"{counted(none, 'idée')} n’en ont pas"
    title = f"{counted(len(known), 'catégorie déclarée', 'catégories déclarées')} : {said}"
    return charts.bars(_first(counts, 15), "said", "count", title, "idées", ["aucune"])


def ideas_map(positions: pd.DataFrame, ideas: pd.DataFrame, themes: pd.DataFrame) -> Chart:
    """Return the map of ideas; the title says how many fit in no theme.

    Args:
        positions: table `map`.
        ideas: analysed ideas with theme_id, weak_signal, title (see `Contest.read_ideas`).
        themes: table `themes`; their numbers stand at the middle of each.
    """
    place = {theme: row for row, theme in enumerate(_ordered(themes)["theme_id"])}
    joined = positions.merge(ideas, on="idea_id")
    rank = joined["theme_id"].map(place).where(~joined["weak_signal"].astype(bool))
    frame = pd.DataFrame(
        {
            "x": joined["x"],
            "y": joined["y"],
            "colour": (rank % 8).fillna(-1).astype(int),
            "shape": ((rank + rank // 8) % 4).fillna(-1).astype(int),
            "number": joined["theme_id"].where(rank.notna(), ""),
            "said": joined["idea_id"]
            + " – "
            + joined["title"]
            + " ("
            + joined["theme"].replace("", "signal faible")
            + ")",
        }
    )
    weak = int(joined["weak_signal"].sum())
    title = f"{counted(len(joined), 'idée')}, {counted(len(themes), 'thème')} ; {_outside(weak)} (croix grises)"
    return charts.dots(frame, title)


def _outside(weak: int) -> str:
    if not weak:
        return "toutes trouvent leur place"
    return f"{counted(weak, 'idée')} {'n’entrent' if weak > 1 else 'n’entre'} dans aucun thème"


def key(themes: pd.DataFrame) -> pd.DataFrame:
    """Return what the numbers on the map stand for, the largest theme first: theme_id, label, size, stability, kind."""
    return _ordered(themes)[["theme_id", "label", "size", "stability", "kind"]]


def _ordered(themes: pd.DataFrame) -> pd.DataFrame:
    return themes.sort_values(["size", "theme_id"], ascending=[False, True], kind="stable")


def stability(themes: pd.DataFrame) -> Chart:
    """Return the stability of each theme, the surest first; the title says how many are fragile."""
    frame = themes.dropna(subset=["stability"]).sort_values("stability", ascending=False)
    fragile = frame.loc[frame["stability"] < _FRAGILE, "label"]
    said = f"{counted(len(fragile), 'thème fragile', 'thèmes fragiles')} à relire d’abord" if len(fragile) else (
        "aucun thème ne se défait d’un tirage à l’autre"
    )  # fmt: skip
    title = f"Stabilité moyenne de {percent(float(frame['stability'].mean()))} : {said}"
    shown = frame.assign(percent=(100 * frame["stability"]).round())
    return charts.bars(shown, "label", "percent", title, "recouvrement moyen d’un tirage à l’autre (%)", list(fragile))


def transversality(themes: pd.DataFrame) -> Chart:
    """Return how far each theme's holders spread over directorates, beside what chance gives for its size."""
    frame = themes.dropna(subset=["transversality"]).sort_values("transversality", ascending=False)
    above = int((frame["transversality"] >= frame["transversality_chance"]).sum())
    said = "réunissent" if above > 1 else "réunit"
    title = f"{counted(above, 'thème')} sur {len(frame)} {said} plus de directions que le hasard (trait orange)"
    return charts.ranges(frame, "label", "transversality", "transversality_chance", title,
                         "transversalité : 0 % une seule direction, 100 % toutes à parts égales")  # fmt: skip


def settings(trials: pd.DataFrame) -> Chart:
    """Return the stability of each setting tried beside its likeness with the current themes.

    Args:
        trials: see `explore.compared`.
    """
    measured = trials.dropna(subset=["stability"])
    if measured.empty:
        nothing = pd.DataFrame({"said": [], "count": []})
        return charts.bars(nothing, "said", "count", "Aucun essai dont la stabilité soit mesurée", "")
    best = measured.sort_values("stability", ascending=False, kind="stable").iloc[0]
    title = (
        f"Le plus stable : « {best['Réglage']} » ({percent(best['stability'])}) ; trait orange : ressemblance aux"
        " thèmes actuels"
    )
    axis = "stabilité (point), ressemblance (trait)"
    return charts.ranges(measured, "Réglage", "stability", "likeness", title, axis)


def memberships(idea_themes: pd.DataFrame) -> Chart:
    """Return ideas by membership; the title gives the median and the weak signals."""
    values = idea_themes["membership"].clip(0, 1)
    classes = (values * 10).clip(upper=9).astype(int)
    counts = classes.value_counts().reindex(range(10), fill_value=0)
    frame = pd.DataFrame({"said": [f"{n / 10:.1f}".replace(".", ",") for n in range(10)], "count": counts.to_numpy()})
    middle = float(values.median()) if len(values) else 0.0
    weak = int(idea_themes["weak_signal"].sum())
    title = f"Une idée sur deux tient à son thème à {number(middle, 2)} ou plus ; {_outside(weak)}"
    return charts.columns(frame, "said", "count", title, ("appartenance, à partir de", "idées"))


def moves(before: pd.Series[Any], after: pd.Series[Any], names: tuple[str, str]) -> Chart:
    """Return the ideas that each pair of themes shares; the title says what share keeps its company.

    Args:
        before: theme by idea_id, down.
        after: theme by idea_id, across.
        names: what the two groupings are called.
    """
    both = before.index.intersection(after.index)
    table = pd.crosstab(before[both].astype(str), after[both].astype(str))
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    kept = float(table.max(axis=1).sum() / max(len(both), 1))
    order = sorted(table.columns, key=lambda column: (int(np.argmax(table[column].to_numpy())), str(column)))
    frame = _cells(table[order])
    title = f"De « {names[0]} » à « {names[1]} », {percent(kept)} des idées restent ensemble"
    return charts.heat(frame, "across", "down", "count", title, (names[1], names[0]))


def _cells(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of counts as rows: down, across, count, in the order of the table."""
    rows = [(down, across, int(table.loc[down, across])) for down in table.index for across in table.columns]
    return pd.DataFrame(rows, columns=["down", "across", "count"])


def seats(labs: pd.DataFrame, waiting_list: pd.DataFrame) -> Chart:
    """Return people placed in each group and those who wait for it; the title says how many groups are full."""
    first = waiting_list.sort_values("affinity", ascending=False).drop_duplicates("holder_id")["lab_id"].value_counts()
    ordered = labs.sort_values(["placed", "label"], ascending=[False, True])
    rows = [
        (row["label"], part, count, rank)
        for row in ordered.to_dict("records")
        for rank, (part, count) in enumerate(
            (("placées", row["placed"]), ("en attente", int(first.get(row["lab_id"], 0))))
        )
    ]
    frame = pd.DataFrame(rows, columns=["label", "part", "count", "rank"])
    full = int((labs["placed"] >= labs["maximum"]).sum())
    empty = int((labs["placed"] == 0).sum())
    closed = f", {counted(empty, 'groupe')} n’ouvre{'nt' if empty > 1 else ''} pas" if empty else ""
    title = f"{counted(full, 'groupe complet', 'groupes complets')} sur {len(labs)}{closed}"
    return charts.stacked(frame, "label", "part", "count", title, "personnes")


def mixing(assignments: pd.DataFrame, labs: pd.DataFrame, holders: pd.DataFrame, cap: float) -> Chart:
    """Return the directorates in each group; the title names the MiniLab nearest to the cap.

    Trade communities are shown and not judged: one occupation may well belong to one directorate.
    """
    seats_taken = assignments[assignments["status"].isin(["placed", "volunteer"])]
    placed = seats_taken.merge(holders, on="holder_id").merge(labs[["lab_id", "label", "kind"]], on="lab_id")
    if placed.empty:
        return charts.bars(pd.DataFrame({"said": [], "count": []}), "said", "count", "Aucune place attribuée", "")
    names = placed["directorate"].str.replace(_DIRECTORATE, "", regex=True).replace("", "non renseignée")
    table = pd.crosstab(placed["label"], names.str[:1].str.upper() + names.str[1:])
    table = table[table.sum().sort_values(ascending=False, kind="stable").index]
    frame = _cells(table)
    labs_only = table.loc[table.index.isin(placed.loc[placed["kind"] == MINILAB, "label"])]
    shares = labs_only.max(axis=1) / labs_only.sum(axis=1)
    title = "Des communautés de métier seulement : la part permise ne s’y applique pas"
    if len(shares):
        most = f"{percent(shares.max())} au plus d’une même direction (« {shares.idxmax()} »)"
        title = f"MiniLabs : {most} ; permis : {percent(cap)}"
    return charts.heat(frame, "across", "down", "count", title, ("", ""))


def choices(assignments: pd.DataFrame) -> Chart:
    """Return people by what they got; the title gives the share with their first group among those concerned."""
    people = assignments.sort_values("rank").drop_duplicates("holder_id")
    told = people.apply(_told, axis=1) if len(people) else pd.Series(dtype=str)
    counts = told.value_counts()
    order = sorted(counts.index, key=lambda name: (name in ("en attente", "sans groupe"), name == "sans groupe", name))
    frame = counts.reindex(order).rename_axis("said").reset_index(name="count")
    concerned = len(people) - int(counts.get("sans groupe", 0))
    first = int(((people["status"] == "placed") & (people["rank"] == 1)).sum())
    share = first / concerned if concerned else 0.0
    who = counted(concerned, "personne concernée", "personnes concernées")
    title = f"{percent(share)} des {who} siègent dans leur premier groupe"
    return charts.bars(frame, "said", "count", title, "personnes", ["en attente"])


def _told(row: Mapping[str, Any]) -> str:
    return typeset(f"choix n° {row['rank']}") if row["status"] == "placed" else CODES.get(row["status"], row["status"])
