"""What the sheet of a theme asks: its finding as a title, and the question that people have to settle."""

from __future__ import annotations

from pipeline.french import agree, counted, enumeration, number, typeset
from pipeline.report.facts.labs import Lab
from pipeline.report.facts.model import Ask, Report
from pipeline.report.facts.themes import Theme
from pipeline.words.kinds import ANSWER, KINDS

_NAMED = 5


def finding(theme: Theme) -> str:
    """Return the title of a sheet: how many ideas, of how many agents, about what."""
    held = f", portées par {counted(theme.holders, 'agent')}" if theme.holders and theme.size > 1 else ""
    ideas = counted(theme.size, "idée")
    return typeset(f"{ideas} à départager{held}" if theme.nameless else f"{theme.label} : {ideas}{held}")


def to_decide(theme: Theme, lab: Lab | None, report: Report) -> tuple[Ask, ...]:
    """Return the questions about a theme: its answer, then its ideas and its neighbour where there is a doubt."""
    if theme.nameless:
        return (_sort_out(theme),)
    asked = [_answer(theme, lab)]
    if theme.doubtful:
        asked.append(Ask("Ces idées sont-elles à leur place ?", _doubts(theme, report), "idees"))
    near = report.theme.get(theme.nearest_id)
    if near:
        text = f"C’est le thème le plus proche : {counted(near.size, 'idée')}."
        asked.append(Ask(f"Faut-il le réunir avec « {near.label} » ?", text, "methode"))
    return tuple(Ask(typeset(ask.title), typeset(ask.text), ask.anchor) for ask in asked)


def _doubts(theme: Theme, report: Report) -> str:
    """Return how many places are in doubt, and the ideas to read first."""
    many = len(theme.doubtful)
    said = f"La place de {counted(many, 'idée')} sur {number(theme.size)} est hésitante."
    named = [f"« {report.idea[i].short} » ({i})" for i in theme.borderline[:_NAMED]]
    first = f" {enumeration(named)} {agree(len(named), 'pourrait', 'pourraient')} être ailleurs." if named else ""
    return f"{said}{first}"


def _sort_out(theme: Theme) -> Ask:
    """Return the question about ideas that no title holds together: people sort them before anything else."""
    text = f"{theme.kind_reason} D’ici là, aucun groupe n’est proposé à ses porteurs."
    return Ask("Faut-il scinder cet ensemble, lui trouver un titre ou le dissoudre ?", typeset(text), "idees")


def _answer(theme: Theme, lab: Lab | None) -> Ask:
    form = KINDS.get(theme.kind, KINDS[ANSWER])
    seats = f" {_seats(lab)}" if lab and form.group else ""
    return Ask(form.question, f"{theme.kind_reason}{seats}".strip(), "porteurs")


def _seats(lab: Lab) -> str:
    if not lab.open:
        return f"{lab.state}."
    wait = f", {counted(lab.waiting, 'personne')} en attente" if lab.waiting else ""
    return f"{counted(lab.placed, 'membre proposé', 'membres proposés')}{wait}."
