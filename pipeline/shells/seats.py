"""What may be done to a composition beside making it: try a decision, replace who gives up, note it as announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.assign.inputs.dropouts import with_dropout
from pipeline.assign.seating import Asked, ask, seat
from pipeline.assign.telling.announcing import announced, gone_from, taken_back
from pipeline.assign.telling.meetings import FACILITATOR
from pipeline.assign.whatif import Difference, compare, difference
from pipeline.errors import MinilabsError, raise_all
from pipeline.french import counted, enumeration, typeset
from pipeline.params import Params
from pipeline.shells.assign import given, tables
from pipeline.store import load, read_json, write_bytes
from pipeline.words.lines import line_state
from pipeline.workspace import Workspace


def trial(workspace: Workspace, sentences: Sequence[str]) -> Difference:
    """Return what decisions such as "fix A017 in lab-T03" would change; nothing is written.

    Raises:
        MinilabsError: a sentence that is not understood, or see `assign.assign`.
    """
    params = workspace.params()
    return difference(_asked(workspace, params), sentences, params.assign, params.seed)


def announce(workspace: Workspace) -> list[str]:
    """Write the present composition as the announced one, people's notes kept; return what to say of it.

    Raises:
        MinilabsError: no composition yet; the former file is not readable.
    """
    params = workspace.params()
    composition = load(workspace, "assignments", stage="assign")
    former, path = given(workspace, params).announced, params.assign.announced
    gone = gone_from(composition, former, path)
    write_bytes(workspace.given(path), announced(composition, former, path))
    size = counted(int(((composition["lab_id"] != "") & (composition["status"] != FACILITATOR)).sum()), "place")
    said = [f"Composition notée comme annoncée : {size}."]
    if gone:
        said.append(f"N'y sont plus, à prévenir : {enumeration(_seat_named(seat) for seat in gone)}.")
    return [typeset(line) for line in said]


def take_back(workspace: Workspace, named: Sequence[str], *, confirmed: bool) -> tuple[list[str], Difference]:
    """Return who would have to be told that an announced seat is taken back, and what the composition becomes.

    Written only when `confirmed`; the other announced seats stay.

    Raises:
        MinilabsError: `assign.not_announced`; see `assign.assign`. Nothing is then written.
    """
    params = workspace.params()
    before, path, read = given(workspace, params), params.assign.announced, tables(workspace)
    asked = ask(read, params.assign, before)
    content, seats = taken_back(before.announced, path, named, asked.rules.asked)
    now = seat(ask(read, params.assign, replace(before, announced=content)), params.assign, params.seed)
    found = compare(seat(asked, params.assign, params.seed), now)
    if confirmed:
        write_bytes(workspace.given(path), content)
    return [_seat_named(one) for one in seats], found


def _seat_named(seat: tuple[str, str]) -> str:
    return f"{seat[0]} ({seat[1]})"


def drop(workspace: Workspace, people: Sequence[str]) -> Difference:
    """Note that `people` give up their seats and that the others were told theirs; return what changes.

    The present composition becomes the announced one, so that the seats given up are filled with the fewest moves.

    Raises:
        MinilabsError: `assign.not_known`; see `assign.assign`. Nothing is then written.
    """
    params = workspace.params()
    composition = load(workspace, "assignments", stage="assign")
    known = set(composition["holder_id"])
    raise_all([MinilabsError("assign.not_known", value=person[:40]) for person in people if person not in known])
    before = given(workspace, params)
    content = before.people
    for person in people:
        content = with_dropout(content, params.assign.people, person)
    told = announced(composition, before.announced, params.assign.announced, without=people)
    after = replace(before, people=content, announced=told)
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

    from pipeline.assign.telling.pictures import affinity_distribution, composition_bars, seats_by_lab, who_moved  # noqa: PLC0415

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
    gone = [typeset(f"Place annoncée qui n'est plus tenue : {_gone(*seat)}.") for seat in entry["announced_gone"]]
    labs = load(workspace, "labs", stage="assign").to_dict("records")
    lines = [said for row in labs if (said := line_state({str(name): cell for name, cell in row.items()}))]
    return [*gone, *lines, *entry["arithmetic"], *gave, *(["Au choix :"] if len(ways) > 1 else []), *ways, *unknown]


_GONE = {
    "person": "l'agent n'est plus dans les tables",
    "group": "le groupe n'existe plus",
    "unavailable": "l'agent est indisponible",
    "banned": "l'agent en est exclu",
    "closed": "le groupe est fermé",
    "facilitates": "l'agent anime ce groupe",
    "slots": "l'agent n'est libre à aucun de ses créneaux",
    "decision": "une décision sur des personnes passe avant (place fixée, ensemble, séparés)",
}


def _gone(person: str, lab: str, why: str) -> str:
    return f"{_seat_named((person, lab))}, {_GONE[why]}"


def _asked(workspace: Workspace, params: Params) -> Asked:
    return ask(tables(workspace), params.assign, given(workspace, params))
