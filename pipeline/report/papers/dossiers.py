"""What a directorate counts → one file each (*dossier direction*): its agents' part, and what is expected of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.french import agree, counted, enumeration, number, typeset
from pipeline.identifiers import anchor
from pipeline.report.facts.ideas import Idea, one_line
from pipeline.report.facts.model import Ask, Figure, Report
from pipeline.report.facts.tallies import Breakdown
from pipeline.report.facts.words import BLANK, capital, sort_key
from pipeline.report.papers.dossier_asks import DUE, answering, expected, left_alone, reading
from pipeline.report.papers.dossier_facts import Counts, Line, groups_of, lines_of
from pipeline.report.view.breakdowns import WITHOUT_NAME
from pipeline.report.withheld import origins
from pipeline.schema import named as with_names

Groups = tuple[tuple[str, tuple[Idea, ...]], ...]
"""Lists of ideas, each with its title."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one directorate may read of its agents' part.

    Attributes:
        directorate: its name.
        headline: the finding.
        detailed: False when too few agents took part for any detail.
        figures: key figures.
        asks: what is expected of the directorate.
        lines: all themes with their groups, those its agents feed most first.
        breakdowns: its agents by kind of site and department.
        groups: its agents' ideas: by theme where enough agents share it, the others together.
        note: what is withheld and why, and what a column would give for few themes.
        reply: to whom to answer, and when.
    """

    directorate: str
    headline: str
    detailed: bool
    figures: tuple[Figure, ...]
    asks: tuple[Ask, ...]
    lines: tuple[Line, ...]
    breakdowns: tuple[Breakdown, ...]
    groups: Groups
    note: str
    reply: str

    @property
    def counted(self) -> bool:
        """Whether a column gives the number of its agents: when most themes have one; else a sentence does."""
        return _mostly(line.agents for line in self.lines)

    @property
    def seats_counted(self) -> bool:
        """Whether a column gives the number of its members: when most working groups have one; else a sentence does."""
        return _mostly(line.seated for line in self.lines if line.group)

    @property
    def name(self) -> str:
        """The name of its files."""
        return anchor("direction", "-".join(sort_key(self.directorate)[0].replace("'", " ").split()))


def dossiers(report: Report, found: Counts) -> tuple[Dossier, ...]:
    """Return the file of each directorate, by name."""
    return tuple(_dossier(name, report, found) for name in found.names)


_EXCHANGED = typeset(
    "Ce dossier est pour votre seule direction : rapproché de celui d’une autre, il dirait quelles idées sont portées à"
    " plusieurs et, par différence avec les totaux, combien d’agents des autres directions y ont part."
)


_EXCLUDED = "Dans un thème sans idée de vos agents, il dit aussi que les membres du groupe ne sont pas des vôtres."


def _remains(lines: tuple[Line, ...]) -> str:
    """Return what the file still tells beside others: its agents' ideas are its due, and cannot be withheld."""
    return f"{_EXCHANGED} {_EXCLUDED}" if any(line.agents == 0 and line.group for line in lines) else _EXCHANGED


def _unsigned(name: str, found: Counts) -> str:
    here = found.active[found.active["directorate"] == name]
    return f" {WITHOUT_NAME}" if len(with_names(here)) < len(here) else ""


def _dossier(name: str, report: Report, found: Counts) -> Dossier:
    label, detailed = capital(one_line(name)), name in found.known.told["directorate"]
    lines = lines_of(name, report, found, detailed=detailed)
    if not detailed:
        return Dossier(
            directorate=label,
            headline=typeset(f"{label} : ce que proposent les agents de la collectivité"),
            detailed=False,
            figures=(),
            asks=expected(report, lines, detailed=False),
            lines=lines,
            breakdowns=(),
            groups=(),
            note="",
            reply=_reply(report),
        )
    agents = int((found.active["directorate"] == name).sum())
    groups = groups_of(name, report, found)
    own = tuple(idea for _, listed in groups for idea in listed)
    ideas = len(found.ideas.get(name, ()))
    return Dossier(
        directorate=label,
        headline=_headline(label, agents, ideas, found.threshold),
        detailed=True,
        figures=_figures(report, agents, ideas, found.threshold),
        asks=(*reading(lines), *answering(name, report, found), *expected(report, lines, detailed=True, own=own)),
        lines=lines,
        breakdowns=origins.of_directorate(name, found.active, found.sites, found.departments, found.threshold),
        groups=_marked(report, groups),
        note=f"{_note(lines, found.threshold)} {_remains(lines)}{_unsigned(name, found)}",
        reply=_reply(report),
    )


def _marked(report: Report, groups: Groups) -> Groups:
    """Return the lists of ideas, those that the directorate is asked to answer marked."""
    due = {idea.idea_id for _, ideas in groups for idea in left_alone(report, ideas)}
    return tuple(
        (label, tuple(replace(i, outcome=f"{DUE} {i.outcome}".strip()) if i.idea_id in due else i for i in ideas))
        for label, ideas in groups
    )


def _headline(name: str, agents: int, ideas: int, threshold: int) -> str:
    what = counted(ideas, "idée") if ideas >= threshold else "des idées"
    return typeset(f"{name} : {counted(agents, 'agent')} {agree(agents, 'a porté', 'ont porté')} {what}")


def _figures(report: Report, agents: int, ideas: int, threshold: int) -> tuple[Figure, ...]:
    own = [Figure(number(ideas), "idées analysées, portées ou coportées par vos agents")] if ideas >= threshold else []
    return (
        Figure(number(agents), agree(agents, "agent mobilisé", "agents mobilisés")),
        *own,
        Figure(number(len(report.ideas)), "idées analysées dans toute la collectivité"),
    )


def _mostly(values: Iterable[int | None]) -> bool:
    listed = list(values)
    given = sum(value is not None for value in listed)
    return given > 0 and 2 * given >= len(listed)


def _note(lines: tuple[Line, ...], threshold: int) -> str:
    """Return, in words, what a column would give for few themes only, then what is withheld."""
    kinds = (
        ([(line.label, line.agents) for line in lines], "porteur", "porteurs"),
        ([(line.label, line.seated) for line in lines if line.group], "membre", "membres"),
    )
    said, columns = [], False
    for values, one, many in kinds:
        if _mostly(value for _, value in values):
            columns = True
            continue
        given = [f"{counted(value, one, many)} pour « {label} »" for label, value in values if value]
        if given:
            said.append(f"Vos agents : {enumeration(given)}.")
    why = origins.why_withheld(threshold) if columns else _UNTOLD.format(threshold=threshold)
    return typeset(" ".join([*said, why]))


_UNTOLD = (
    "Aucun nombre d’agents inférieur à {threshold} n’est donné, ni aucun nombre qui permettrait de le retrouver par"
    " soustraction."
)


def _reply(report: Report) -> str:
    """Return to whom the directorate answers and by when; what is not known yet is a blank to fill in."""
    when = report.due or f"Réponse attendue avant le {BLANK}."
    return typeset(f"À qui écrire : {report.contact or BLANK}. {when}")
