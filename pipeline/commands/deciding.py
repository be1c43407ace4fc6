"""What the review commands do: acts checked and shown, then recorded; lists printed."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import counted, typeset
from pipeline.review.acts_file import read_acts
from pipeline.review.decisions import Decision, new_theme_id, read_decisions
from pipeline.review.engine import in_force
from pipeline.review.join import Contradiction, join
from pipeline.shells.decisions_file import load_decisions, replace_all
from pipeline.shells.desk import Desk, open_desk
from pipeline.store import write_bytes
from pipeline.workspace import Workspace


def signed(action: str, target: str, value: str, reason: str, who: str) -> Decision:
    """Return an act, dated now and signed."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return Decision(0, now, who or getpass.getuser(), action.strip(), target.strip(), value.strip(), reason.strip())


def acts_of_file(path: Path, who: str) -> list[Decision]:
    """Return the acts of a CSV, dated now and signed.

    Raises:
        MinilabsError: `review.no_file`, or see `acts_file.read_acts`.
    """
    return [signed(*cells, who) for cells in read_acts(_content(path), str(path))]


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise MinilabsError("review.no_file", path=path)
    return path.read_bytes()


def export_workbook(folder: Path, path: Path) -> None:
    """Write the workbook of the desk."""
    write_bytes(path, open_desk(Workspace(folder)).workbook())
    typer.echo(typeset(f"Classeur écrit : {path}"))
    typer.echo(f"Une fois complété : minilabs review import {path}")


def import_workbook(folder: Path, path: Path, who: str, *, confirmed: bool) -> None:
    """Show the acts of a workbook that comes back and, once confirmed, record them.

    Raises:
        MinilabsError: a workbook that is stale or damaged, its cells named; nothing is then recorded.
    """
    desk = open_desk(Workspace(folder))
    acts = [signed(*act, who) for act in desk.returned(_content(path), path.name)]
    if not acts:
        typer.echo("Aucune cellule modifiée : rien à enregistrer.")
        return
    typer.echo(typeset(f"{counted(len(acts), 'décision')} dans le classeur :"))
    for act in acts:
        typer.echo(f"  {act.action} {act.target} {act.value}".rstrip())
    _confirm(desk, acts, confirmed=confirmed)


def decide(folder: Path, acts: Sequence[Decision], *, confirmed: bool) -> None:
    """Show what acts would change and, once confirmed, record them.

    Raises:
        MinilabsError: an act that cannot be understood or would not apply; nothing is then recorded.
    """
    _confirm(open_desk(Workspace(folder)), acts, confirmed=confirmed)


def _confirm(desk: Desk, acts: Sequence[Decision], *, confirmed: bool) -> None:
    named = [desk.resolved(act) for act in acts]
    change, problems = desk.tried(named)
    raise_all([MinilabsError("review.act", why=problem) for problem in problems])
    typer.echo(str(change))
    for move in change.followers[:10]:
        typer.echo(f"  {move.idea} : {_place(desk, move.was)} → {_place(desk, move.now)}")
    if not confirmed and not typer.confirm("Enregistrer ?", default=True):
        typer.echo("Rien n’a été enregistré.")
        return
    for decision in desk.record(named):
        made = f" (nouveau thème {new_theme_id(decision)})" if decision.action in ("split", "define") else ""
        typer.echo(typeset(f"Décision {decision.seq} enregistrée : {decision.action} {decision.target}{made}."))
    typer.echo("Pour l’appliquer aux rapports : minilabs run")


def _place(desk: Desk, theme: str | None) -> str:
    known = desk.now.state.themes.get(theme or "")
    return typeset(f"« {known.label} »") if known else theme or "signal faible"


def show_decisions(folder: Path) -> None:
    """Print every decision."""
    workspace = Workspace(folder)
    name = workspace.params().review.decisions
    decisions = load_decisions(workspace.given(name), name)
    live = {decision.seq for decision in in_force(decisions)}
    table = _table("N°", "Date", "Qui", "Action", "Cible", "Valeur", "Raison", "")
    for d in decisions:
        state = "" if d.seq in live or d.action == "undo" else "annulée"
        table.add_row(str(d.seq), d.when[:10], d.who, d.action, d.target, d.value, d.reason, state)
    Console(highlight=False).print(table if decisions else "Aucune décision.", markup=False)


def show_conflicts(folder: Path) -> None:
    """Print the decisions that do not apply, with what they would need."""
    found = open_desk(Workspace(folder)).now.conflicts
    if not found:
        typer.echo("Toutes les décisions s’appliquent.")
    for conflict in found:
        typer.echo(f"Décision {conflict.decision.seq} ({conflict.decision.action}) : {conflict.problem}")


def show_questions(folder: Path, count: int) -> None:
    """Print the ideas to decide next."""
    desk = open_desk(Workspace(folder))
    titles = dict(zip(desk.ideas["idea_id"], desk.ideas["title"], strict=True))
    questions = desk.questions(count)
    if not questions:
        typer.echo("Rien à demander : aucune idée à décider.")
    for question in questions:
        typer.echo(typer.style(f"{question.idea}  {titles[question.idea]}", bold=True))
        typer.echo(f"  {question.reason}")
        typer.echo(f"  minilabs review add assign {question.idea} {question.themes[0]}")


def merge_files(folder: Path, ours: Path, theirs: Path) -> None:
    """Complete the file `ours` with `theirs` and print where people disagree.

    Raises:
        MinilabsError: a file that is missing or cannot be read; nothing is then written.
    """
    first, second = (read_decisions(_content(path), str(path)) for path in (ours, theirs))
    joined = join(first, second)
    replace_all(Workspace(folder), str(ours.resolve()), joined.decisions)
    typer.echo(
        f"{ours} : {counted(len(joined.decisions), 'décision')}, dont {len(joined.decisions) - len(first)} ajoutées."
    )
    for contradiction in joined.contradictions:
        typer.echo(_said(contradiction))


def _said(contradiction: Contradiction) -> str:
    one, two = contradiction.first, contradiction.second
    text = (
        f"Désaccord : {one.who} ({one.seq}, {one.action} {one.target} {one.value}) et {two.who}"
        f" ({two.seq}, {two.action} {two.target} {two.value}). La décision {two.seq} compte."
    )
    return typeset(" ".join(text.split()).replace(" )", ")").replace(" ,", ","))


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
