"""What may be done to a composition beside making it: try a decision, replace who gives up, note it as announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.assign.dropouts import announced, with_dropout
from pipeline.assign.seating import Asked, ask, seat
from pipeline.assign.whatif import Difference, compare, difference
from pipeline.errors import MinilabsError, raise_all
from pipeline.french import counted, enumeration, typeset
from pipeline.params import Params
from pipeline.shells.assign import given, tables
from pipeline.store import load, read_json, write_bytes
from pipeline.workspace import Workspace


def trial(workspace: Workspace, sentences: Sequence[str]) -> Difference:
    """Return what decisions such as "fix A017 in lab-3" would change; nothing is written.

    Raises:
        MinilabsError: a sentence that is not understood, or see `assign.assign`.
    """
    params = workspace.params()
    return difference(_asked(workspace, params), sentences, params.assign, params.seed)


def announce(workspace: Workspace) -> str:
    """Write the present composition as the announced one; return its size, in words.

    Raises:
        MinilabsError: no composition yet.
    """
    params = workspace.params()
    composition = load(workspace, "assignments", stage="assign")
    write_bytes(workspace.given(params.assign.announced), announced(composition))
    return counted(int((composition["lab_id"] != "").sum()), "place")


def drop(workspace: Workspace, people: Sequence[str]) -> Difference:
    """Note that `people` give up their seats and that the others were told theirs; return what changes.

    The present composition becomes the announced one, so that the seats given up are filled with the fewest moves.

    Raises:
        MinilabsError: `assign.not_seated`; see `assign.assign`. Nothing is then written.
    """
    params = workspace.params()
    composition = load(workspace, "assignments", stage="assign")
    seated = set(composition.loc[composition["lab_id"] != "", "holder_id"])
    raise_all([MinilabsError("assign.not_seated", value=person[:40]) for person in people if person not in seated])
    before = given(workspace, params)
    content = before.people
    for person in people:
        content = with_dropout(content, params.assign.people, person)
    after = replace(before, people=content, announced=announced(composition))
    read = tables(workspace)
    former = seat(ask(read, params.assign, before), params.assign, params.seed)
    now = seat(ask(read, params.assign, after), params.assign, params.seed)
    write_bytes(workspace.given(params.assign.people), after.people)
    write_bytes(workspace.given(params.assign.announced), after.announced)
    return compare(former, now)


def draw(workspace: Workspace, folder: str) -> list[str]:
    """Write the pictures of the last composition as SVG in `folder`; return their paths.

    Raises:
        MinilabsError: no composition yet; `base.disk`.
    """
    import vl_convert  # noqa: PLC0415 - drawing takes a second to load

    from pipeline.lab_pictures import affinity_distribution, composition_bars, seats_by_lab, who_moved  # noqa: PLC0415

    labs, assignments = (load(workspace, name, stage="assign") for name in ("labs", "assignments"))
    entry = read_json(workspace.path("data/interim/ledger.json"))
    labels = {str(row["lab_id"]): str(row["label"]) for row in labs.to_dict("records")}
    charts = {
        "places": seats_by_lab(labs),
        "directions": composition_bars(entry["composition"], labels, "directorate"),
        "sites": composition_bars(entry["composition"], labels, "site_type"),
        "metiers": composition_bars(entry["composition"], labels, "occupation"),
        "affinites": affinity_distribution(assignments),
        **({"changements": who_moved(entry["moved"], labels)} if entry["moved"] else {}),
    }
    paths = {name: workspace.given(f"{folder}/{name}.svg") for name in charts}
    for name, chart in charts.items():
        write_bytes(paths[name], vl_convert.vegalite_to_svg(chart.to_json()).encode("utf-8"))
    return [str(path) for path in paths.values()]


def advice(workspace: Workspace) -> list[str]:
    """Return what the last composition says of what is missing and of what would have to give, in French."""
    entry = read_json(workspace.path("data/interim/ledger.json"))
    gave = [f"A dû céder : {change}." for change in entry["rules_that_gave"]]
    ways = [f"– {way['sentence']}" for way in entry["alternatives"]]
    places = entry["unknown_places"]
    unknown = [typeset(f"Lieux inconnus, sans distance : {enumeration(places)}.")] if places else []
    return [*entry["arithmetic"], *gave, *(["Au choix :"] if len(ways) > 1 else []), *ways, *unknown]


def _asked(workspace: Workspace, params: Params) -> Asked:
    return ask(tables(workspace), params.assign, given(workspace, params))
