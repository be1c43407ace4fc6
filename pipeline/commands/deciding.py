"""What the review commands do: acts checked and shown, then recorded; lists printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table

from pipeline.commands.printed import agreed, command, located, say
from pipeline.commands.screen import Screen
from pipeline.errors import MinilabsError, raise_all
from pipeline.french import counted, typeset
from pipeline.review.entering.acts_file import read_acts
from pipeline.review.entering.effect import Move
from pipeline.review.entering.wording import told
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.engine import in_force, replay
from pipeline.review.replaying.state import State
from pipeline.shells.deciding.decisions_file import load_decisions, signed
from pipeline.shells.deciding.desk import Desk, open_desk
from pipeline.store import load, write_bytes
from pipeline.words.actions import FRENCH
from pipeline.workspace import Workspace

_SHOWN = 10
"""Ideas that follow, named one by one."""


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
    say(typeset(f"Classeur écrit : {path}"))
    say(typeset("Une fois complété :"))
    say(f"  {command(f'review import {path}', folder)}")


def import_workbook(folder: Path, path: Path, who: str, *, confirmed: bool) -> None:
    """Show the acts of a workbook that comes back and, once confirmed, record them.

    Raises:
        MinilabsError: a workbook that is stale or damaged, its cells named; nothing is then recorded.
    """
    desk = open_desk(Workspace(folder))
    acts = [signed(*act, who) for act in desk.returned(_content(path), path.name)]
    if not acts:
        say(typeset("Aucune cellule modifiée : rien à enregistrer."))
        return
    _list(desk, acts, "le classeur")
    _confirm(desk, acts, confirmed=confirmed)


def _list(desk: Desk, acts: Sequence[Decision], where: str) -> None:
    """Show acts that a file asks for, with their reasons."""
    say(typeset(f"{counted(len(acts), 'décision')} dans {where} :"))
    for act in acts:
        why = f" : {act.reason}" if act.reason else ""
        say(typeset(f"  {told(desk.now.state, act)}{why}"))


def decide(folder: Path, acts: Sequence[Decision], *, confirmed: bool, where: str = "") -> None:
    """Show what acts would change and, once confirmed, record them; acts found in a file are listed first.

    Raises:
        MinilabsError: an act that cannot be understood or would not apply; nothing is then recorded.
    """
    desk = open_desk(Workspace(folder))
    if where:
        _list(desk, acts, where)
    _confirm(desk, acts, confirmed=confirmed)


def define_known(folder: Path, who: str, *, confirmed: bool) -> None:
    """Show the themes of a former contest's model and, once confirmed, define those that are not there yet.

    Raises:
        MinilabsError: no model, or one that cannot be used here.
    """
    from pipeline.shells.deciding.learning import reusable

    desk = open_desk(Workspace(folder))
    acts = [signed(act.action, act.target, act.value, "", who) for act in reusable(desk)]
    if not acts:
        say("Tous les thèmes du modèle sont déjà là.")
        return
    say(typeset(f"{counted(len(acts), 'thème')} à reprendre :"))
    for act in acts:
        say(typeset(f"  {act.target}"))
    _confirm(desk, acts, confirmed=confirmed)


def _confirm(desk: Desk, acts: Sequence[Decision], *, confirmed: bool) -> None:
    named = desk.resolved(acts)
    change, problems = desk.tried(named)
    raise_all([MinilabsError("review.act", why=problem) for problem in problems])
    say(str(change))
    _show_followers(desk, named, change.followers)
    if not confirmed and not agreed("Enregistrer ?", default=not change.doubts):
        say("Rien n’a été enregistré.")
        return
    for decision in desk.record(named):
        made = f" (nouveau thème {new_theme_id(decision)})" if decision.action in ("split", "define") else ""
        say(typeset(f"Décision {decision.seq} enregistrée : {told(desk.now.state, decision)}{made}."))
    say(located("Pour l'appliquer aux rapports : « minilabs run ».", desk.workspace.root))


def _titles(desk: Desk, acts: Sequence[Decision]) -> dict[str, str]:
    """Return theme → title, as the acts will have made them."""
    titles = {theme: content.label for theme, content in desk.now.state.themes.items()}
    titles |= {act.target: act.value for act in acts if act.action == "rename"}
    titles |= {new_theme_id(act): act.target for act in acts if act.action == "define"}
    return titles | {new_theme_id(act): "Nouveau thème" for act in acts if act.action == "split"}


def _show_followers(desk: Desk, acts: Sequence[Decision], moves: Sequence[Move]) -> None:
    titles = _titles(desk, acts)
    for move in moves[:_SHOWN]:
        was, now = (f"« {titles.get(place, place)} »" if place else "signal faible" for place in (move.was, move.now))
        say(typeset(f"  {move.idea} : {was} → {now}"))
    if len(moves) > _SHOWN:
        say(f"  … et {counted(len(moves) - _SHOWN, 'autre')}")


def show_decisions(folder: Path) -> None:
    """Print every decision."""
    workspace = Workspace(folder)
    name = workspace.params().review.decisions
    decisions = load_decisions(workspace.given(name), name)
    live = {decision.seq for decision in in_force(decisions)}
    table, known = _table("N°", "Date", "Qui", "Action", "Décision", "Raison", ""), _known(workspace, decisions)
    for d in decisions:
        state = "" if d.seq in live or d.action == "undo" else "annulée"
        table.add_row(str(d.seq), d.when[:10], d.who, FRENCH[d.action], told(known, d), d.reason, state)
    Screen().print(table if decisions else "Aucune décision.")


def _known(workspace: Workspace, decisions: Sequence[Decision]) -> State:
    """Return what the decisions made of themes, for their titles; nothing while no theme has been proposed."""
    try:
        return replay(open_desk(workspace).before, decisions).state
    except MinilabsError:
        return State({}, {}, {})


def show_conflicts(folder: Path) -> None:
    """Print the decisions that do not apply, with what they would need."""
    found = open_desk(Workspace(folder)).now.conflicts
    if not found:
        say("Toutes les décisions s’appliquent.")
    for conflict in found:
        say(typeset(f"Décision {conflict.decision.seq} ({FRENCH[conflict.decision.action]}) : {conflict.problem}"))


_CHANGES = {
    "kept": "Thèmes retrouvés",
    "changed": "Thèmes changés",
    "new": "Nouveaux thèmes",
    "gone": "Thèmes disparus",
    "moved": "Idées déplacées",
}


def show_changes(folder: Path) -> None:
    """Print what the last run changed since people decided: themes, then ideas, the kinds apart.

    Raises:
        MinilabsError: the stage has not run.
    """
    workspace = Workspace(folder)
    found = load(workspace, "changes", stage="review")
    ideas = load(workspace, "ideas", stage="ingest")
    titles = {str(idea): str(title) for idea, title in zip(ideas["idea_id"], ideas["title"], strict=True)}
    if found.empty:
        say(typeset("Rien à comparer : aucune décision n'a encore été prise sur une recherche précédente."))
        return
    say("La recherche de thèmes, comparée à ce qu’elle donnait quand vous avez décidé.")
    for change, heading in _CHANGES.items():
        rows = found[found["change"] == change]
        if len(rows):
            say(typeset(f"{heading} : {len(rows)}"), bold=True)
        for text, alike in rows.groupby("text", sort=False):
            _show_change(str(text), [str(one) for one in alike["id"]], titles if change == "moved" else {})


def _show_change(text: str, ids: Sequence[str], titles: Mapping[str, str]) -> None:
    """Print a change: a theme after its number, ideas that moved alike below what they have in common."""
    say(f"  {text}" if titles else f"  {ids[0]} {text}")
    for idea in ids if titles else ():
        say(f"    {idea}  {titles.get(idea, '')}".rstrip())


def show_questions(folder: Path, count: int) -> None:
    """Print the ideas to decide next."""
    desk = open_desk(Workspace(folder))
    titles = dict(zip(desk.ideas["idea_id"], desk.ideas["title"], strict=True))
    questions = desk.questions(count)
    if not questions:
        say(typeset("Rien à demander : aucune idée à décider."))
        return
    few = counted(len(questions), "idée")
    say(typeset(f"{few} dont la réponse aiderait le plus, celles qui se ressemblent à la suite :"))
    for question in questions:
        say(f"{question.idea}  {titles[question.idea]}", bold=True)
        for line in filter(None, (question.apart, question.reason)):
            say(f"  {line}")
        other = f"   (ou {question.themes[1]})" if len(question.themes) > 1 else ""
        typed = command(f"review add ranger {question.idea} {question.themes[0]}", folder)
        say(f"  {typed}{other}")


def show_page(folder: Path) -> None:
    """Print the ideas to confirm together next."""
    desk = open_desk(Workspace(folder))
    page = desk.page()
    if page is None:
        say(typeset("Rien à lire : aucune idée à décider."))
        return
    titles = dict(zip(desk.ideas["idea_id"], desk.ideas["title"], strict=True))
    say(page.reason, bold=True)
    for idea in page.ideas:
        say(f"  {idea}  {titles[idea]}")
    say(
        typeset(
            "Pour confirmer, retirez de cette ligne celles qui n'en sont pas ; placez-les ensuite de la même façon dans"
            " leur thème :"
        )
    )
    typed = command(f"review place {page.theme} {' '.join(page.ideas)}", folder)
    say(f"  {typed}")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
