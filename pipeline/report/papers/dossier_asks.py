"""What is asked of one directorate: to read, to answer, to let its agents take part; each request names its ideas."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.french import agree, counted, enumeration, number, typeset
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Ask, Report
from pipeline.report.papers.dossier_facts import Counts, Line
from pipeline.words.kinds import ANSWER

_NAMED = 5
"""Ideas told by their titles in a request; the others by their numbers, all marked in the list."""
DUE = "Réponse attendue de votre direction."
"""Mark of an idea in the list of a dossier."""


def reading(lines: tuple[Line, ...]) -> tuple[Ask, ...]:
    """Return where to begin: titled themes that its agents feed most, or most of those whose number can be given."""
    named = [line for line in lines if not line.nameless]
    first = [f"« {line.label} » ({counted(line.agents, 'agent')})" for line in named[:3] if line.agents]
    hidden = any(line.agents is None for line in named)
    begin = "Parmi les nombres que l’on peut donner, les plus élevés :" if hidden else "Commencer par"
    begin = begin if len(first) > 1 else begin.replace("les plus élevés", "le plus élevé")
    where = (
        f"{begin} {enumeration(first)}."
        if first
        else "Le dossier de votre direction les donne telles que vos agents les ont écrites."
    )
    return (Ask("Lire les idées de vos agents", typeset(where), "idees"),)


def answering(name: str, report: Report, found: Counts) -> tuple[Ask, ...]:
    """Return what the directorate alone can answer: themes most of whose holders are its agents."""
    own = []
    for theme in report.themes:
        agents = found.known.by_theme.cell(theme.theme_id, name)
        if theme.kind == ANSWER and theme.holders and agents and 2 * agents > theme.holders:
            own.append(f"« {theme.label} » ({number(agents)} de ses {counted(theme.holders, 'porteur')})")
    if not own:
        return ()
    said = f"{enumeration(own)} {agree(len(own), 'relève', 'relèvent')} d’abord de votre direction."
    return (Ask(agree(len(own), "Répondre à un thème", "Répondre à des thèmes"), typeset(said), "themes"),)


def expected(report: Report, lines: tuple[Line, ...], *, detailed: bool, own: tuple[Idea, ...] = ()) -> tuple[Ask, ...]:
    """Return what every directorate is asked: time for members, an answer where no group gives one, a person to ask."""
    asked = []
    if any(lab.open for lab in report.labs):
        needed = "du temps et l’accord de l’encadrement, pour les membres que l’équipe vous indique."
        said = f"{_groups_joined(lines)} {needed}"
        asked.append(Ask("Rendre la participation possible", typeset(said), "themes"))
    if detailed and own:
        asked.append(_direct(report, own))
    if lines:
        said = "Cette personne suit les groupes de travail et prépare les arbitrages."
        asked.append(Ask("Désigner un interlocuteur", said, "themes"))
    return tuple(asked)


def _groups_joined(lines: tuple[Line, ...]) -> str:
    """Return the groups where members of the directorate are told to sit, as the subject of what they need."""
    joined = [f"« {line.label} » ({counted(line.seated, 'membre')})" for line in lines if line.seated]
    return f"{enumeration(joined)} : il y faut" if joined else "Les groupes de travail demandent"


def _direct(report: Report, own: tuple[Idea, ...]) -> Ask:
    """Return what is asked for the ideas that no working group takes up: each is named."""
    alone, later = left_alone(report, own), _unsorted(report, own)
    if not alone:
        taken = "Les autres sont reprises" if later else "Toutes sont reprises"
        said = f"{later}{taken} par un groupe de travail : aucune réponse directe n’est attendue de vous."
        return Ask("Relire les idées de vos agents", typeset(said), "idees")
    named = [f"« {idea.short} » ({idea.idea_id})" for idea in alone[:_NAMED]]
    rest = enumeration(idea.idea_id for idea in alone[_NAMED:])
    also = f" De même pour {rest}. Chacune est marquée dans la liste." if rest else ""
    verb = agree(len(alone), "n’est reprise", "ne sont reprises")
    said = f"{enumeration(named)} {verb} par aucun groupe de travail.{also} {later}".strip()
    return Ask(
        agree(len(alone), "Répondre vous-même à une idée", "Répondre vous-même à des idées"), typeset(said), "idees"
    )


def left_alone(report: Report, own: Iterable[Idea]) -> list[Idea]:
    """Return the ideas that a directorate is asked to answer: no open group takes them up, nobody has to sort them."""
    grouped = {lab.theme_id for lab in report.labs if lab.open} | _mixed(report)
    return [idea for idea in own if idea.weak or idea.theme_id not in grouped]


def _mixed(report: Report) -> set[str]:
    return {theme.theme_id for theme in report.themes if theme.nameless}


def _unsorted(report: Report, own: Iterable[Idea]) -> str:
    """Return that ideas wait for people to sort them, a sentence and a space; empty without any."""
    ideas = [idea for idea in own if not idea.weak and idea.theme_id in _mixed(report)]
    if not ideas:
        return ""
    wait = agree(len(ideas), "attend que l’équipe la départage", "attendent que l’équipe les départage")
    return f"{counted(len(ideas), 'idée')} {wait} : aucune réponse ne vous est demandée pour l’instant. "
