"""Seats and waiting lines → the one sentence that tells a person about their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.french import enumeration, typeset
from pipeline.report.facts.frames import Row, Tables, rows
from pipeline.report.facts.model import Lab, Report

SEATED = ("placed", "volunteer")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands.

    Attributes:
        state: "place", "attente" or empty.
        themes: of the groups, the person's best first.
        said: one sentence or two.
    """

    state: str = ""
    themes: tuple[str, ...] = ()
    said: str = ""


def places(report: Report, tables: Tables) -> dict[str, Place]:
    """Return the place of each person who has a seat or waits for one.

    Args:
        report: the overall view.
        tables: assignments, waiting_list.
    """
    labs = {lab.lab_id: lab for lab in report.labs}
    seats: defaultdict[str, list[Row]] = defaultdict(list)
    lines: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows(tables["assignments"]):
        if row["status"] in SEATED and row["lab_id"] in labs:
            seats[row["holder_id"]].append(row)
    for row in rows(tables["waiting_list"]):
        if row["lab_id"] in labs:
            lines[row["holder_id"]].append(row)
    waiting = {holder: _waiting(best_line(own), labs) for holder, own in lines.items()}
    found = waiting | {holder: _seated(own, labs) for holder, own in seats.items()}
    return _with_facilitators(found, tables, labs)


def best_line(lines: list[Row]) -> Row:
    """Return the line of the group that suits a person best: highest affinity, then the shortest wait."""
    return min(lines, key=lambda row: (-row["affinity"], row["place_in_line"], row["lab_id"]))


def _seated(own: list[Row], labs: Mapping[str, Lab]) -> Place:
    ordered = [labs[row["lab_id"]] for row in sorted(own, key=lambda row: (row["rank"] or 0, row["lab_id"]))]
    named = enumeration(map(named_lab, ordered))
    offered = "Une place vous est proposée" if len(ordered) == 1 else "Des places vous sont proposées"
    return Place("place", tuple(lab.theme_id for lab in ordered), typeset(f"{offered} dans {named}."))


def _with_facilitators(found: dict[str, Place], tables: Tables, labs: Mapping[str, Lab]) -> dict[str, Place]:
    """Return the places with what is asked of facilitators, who are no members of the groups they lead."""
    leads: defaultdict[str, list[Lab]] = defaultdict(list)
    for row in rows(tables["assignments"]):
        if row["status"] == "facilitator" and row["lab_id"] in labs:
            leads[row["holder_id"]].append(labs[row["lab_id"]])
    for holder, own in leads.items():
        place = found.get(holder, Place("place", tuple(lab.theme_id for lab in own)))
        asked = typeset(f"Il vous est proposé d’animer {enumeration(map(named_lab, own))}.")
        found = found | {holder: replace(place, said=" ".join(filter(None, (place.said, asked))))}
    return found


def _waiting(line: Row, labs: Mapping[str, Lab]) -> Place:
    lab = labs[line["lab_id"]]
    when = "si une place se libère" if lab.open else "s’il s’ouvre"
    said = (
        f"Vous attendez une place dans {named_lab(lab)}, le groupe le plus proche de ce que vous avez proposé : vous"
        f" êtes en position {line['place_in_line']} sur sa liste d’attente. Nous vous écrirons {when}."
    )
    return Place("attente", (lab.theme_id,), typeset(said))


def named_lab(lab: Lab) -> str:
    """Return a group with its article: "le MiniLab « Transports »"."""
    article = "le" if lab.kind_label == "MiniLab" else "la"
    return f"{article} {lab.kind_label if article == 'le' else lab.kind_label.lower()} « {lab.label} »"
