"""Tables and the view → one file a directorate (*dossier direction*): its agents' part, and what is expected of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from pipeline.french import agree, counted, enumeration, number, typeset
from pipeline.identifiers import anchor
from pipeline.report.facts.frames import Tables
from pipeline.report.facts.model import NOBODY, Ask, Figure, Idea, Lab, Report, Theme, one_line
from pipeline.report.facts.tallies import Breakdown
from pipeline.report.facts.words import BLANK, capital, sort_key
from pipeline.report.view.breakdowns import WITHOUT_NAME
from pipeline.report.withheld import origins
from pipeline.report.withheld.crosstabs import Crosstab, crosstab
from pipeline.report.withheld.disclosure import Disclosure
from pipeline.schema import named as with_names
from pipeline.words.kinds import ANSWER

_NAMED = 5
"""Ideas or groups named in a request; the list has them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A theme as one directorate sees it.

    Attributes:
        label: of the theme.
        anchor: of the theme: its sheet bears that name.
        kind: the form of answer proposed.
        ideas: of the whole contest.
        group: "25 membres", "non ouvert", or empty without a working group.
        agents: of the directorate, who hold ideas of the theme; None when withheld.
        seated: of the directorate, members of the group; None when withheld.
        nameless: no title holds the theme together.
    """

    label: str
    anchor: str
    kind: str
    ideas: int
    group: str
    agents: int | None
    seated: int | None
    nameless: bool = False


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
    groups: tuple[tuple[str, tuple[Idea, ...]], ...]
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


@dataclass(frozen=True)
class Counts:
    """Who holds what, counted once for all files.

    Attributes:
        names: of the directorates, sorted.
        active: agents who filed an idea.
        ideas: ids of the analysed ideas of each directorate.
        known: what may be said of holders.
        seats: working group × directorate.
        sites: directorate × kind of site.
        departments: directorate × department.
        threshold: a count below it is withheld.
    """

    names: tuple[str, ...]
    active: pd.DataFrame
    ideas: dict[str, frozenset[str]]
    known: Disclosure
    seats: Crosstab
    sites: Crosstab
    departments: Crosstab
    threshold: int


def counts(report: Report, tables: Tables, known: Disclosure, threshold: int) -> Counts:
    """Return what the files of directorates count.

    Args:
        report: the overall view.
        tables: idea_holders, holders, assignments (see `schema`).
        known: what may be said of holders.
        threshold: a count of agents below it is never shown, nor to be worked out.
    """
    holders = tables["holders"][tables["holders"]["directorate"] != ""]
    held = tables["idea_holders"].merge(holders, on="holder_id")
    analysed = held[held["idea_id"].isin({idea.idea_id for idea in report.ideas})]
    active = held.drop_duplicates("holder_id")
    seats = tables["assignments"][tables["assignments"]["status"].isin(["placed", "volunteer"])]
    seated = seats.merge(holders, on="holder_id")
    names = sorted(active["directorate"].unique(), key=sort_key)
    labs, told = [lab.lab_id for lab in report.labs], known.told
    return Counts(
        tuple(names),
        active,
        {str(d): frozenset(group["idea_id"]) for d, group in analysed.groupby("directorate")},
        known,
        crosstab(seated, "lab_id", "directorate", labs, threshold, told=told["directorate"], mixed=labs),
        known.sites,
        crosstab(active, "directorate", "department", names, threshold, told=told["department"]),
        threshold,
    )


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
    lines = _lines(name, report, found, detailed=detailed)
    if not detailed:
        return Dossier(
            directorate=label,
            headline=typeset(f"{label} : ce que proposent les agents de la collectivité"),
            detailed=False,
            figures=(),
            asks=_expected(report, lines, detailed=False),
            lines=lines,
            breakdowns=(),
            groups=(),
            note="",
            reply=_reply(report),
        )
    agents = int((found.active["directorate"] == name).sum())
    groups = _groups(name, report, found)
    own = tuple(idea for _, listed in groups for idea in listed)
    ideas = len(found.ideas.get(name, ()))
    return Dossier(
        directorate=label,
        headline=_headline(label, agents, ideas, found.threshold),
        detailed=True,
        figures=_figures(report, agents, ideas, found.threshold),
        asks=(*_reading(lines), *_answering(name, report, found), *_expected(report, lines, detailed=True, own=own)),
        lines=lines,
        breakdowns=origins.of_directorate(name, found.active, found.sites, found.departments, found.threshold),
        groups=groups,
        note=f"{_note(lines, found.threshold)} {_remains(lines)}{_unsigned(name, found)}",
        reply=_reply(report),
    )


def _lines(name: str, report: Report, found: Counts, *, detailed: bool) -> tuple[Line, ...]:
    labs = {lab.theme_id: lab for lab in report.labs}
    own = found.ideas.get(name, frozenset())
    listed = detailed and len(own) >= found.threshold

    def line(theme: Theme) -> Line:
        lab = labs.get(theme.theme_id)
        agents = found.known.by_theme.cell(theme.theme_id, name) if detailed else None
        if agents is None and listed and not own & set(theme.ideas):
            agents = 0  # the list of ideas below says so: nothing is hidden
        seated = found.seats.cell(lab.lab_id, name) if detailed and lab else None
        group = _group(lab, found.threshold)
        return Line(
            theme.label, theme.anchor, theme.kind_label, theme.size, group, agents, seated, nameless=theme.nameless
        )

    return tuple(sorted(map(line, report.themes), key=lambda line: -(line.agents or 0)))


def _group(lab: Lab | None, threshold: int) -> str:
    if lab is None:
        return ""
    if lab.placed == 0:
        if not lab.waiting:
            return NOBODY[0].lower() + NOBODY[1:]
        wait = f" : {counted(lab.waiting, 'agent')} {agree(lab.waiting, 'attend', 'attendent')}"
        return typeset(f"non ouvert{wait if lab.waiting >= threshold else ', des agents attendent'}")
    return counted(lab.placed, "membre") if lab.placed >= threshold else "en constitution"


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


def _reading(lines: tuple[Line, ...]) -> tuple[Ask, ...]:
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


def _answering(name: str, report: Report, found: Counts) -> tuple[Ask, ...]:
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


def _expected(
    report: Report, lines: tuple[Line, ...], *, detailed: bool, own: tuple[Idea, ...] = ()
) -> tuple[Ask, ...]:
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
    alone, later = _left_alone(report, own)
    if not alone:
        taken = "Les autres sont reprises" if later else "Toutes sont reprises"
        said = f"{later}{taken} par un groupe de travail : aucune réponse directe n’est attendue de vous."
        return Ask("Relire les idées de vos agents", typeset(said), "idees")
    named = [f"« {idea.short} » ({idea.idea_id})" for idea in alone[:_NAMED]]
    more = len(alone) - len(named)
    rest = [counted(more, "autre idée", "autres idées")] if more else []
    verb = agree(len(alone), "n’est reprise", "ne sont reprises")
    said = f"{enumeration([*named, *rest])} {verb} par aucun groupe de travail. {later}".strip()
    return Ask(
        agree(len(alone), "Répondre vous-même à une idée", "Répondre vous-même à des idées"), typeset(said), "idees"
    )


def _left_alone(report: Report, own: tuple[Idea, ...]) -> tuple[list[Idea], str]:
    """Return the ideas that no working group takes up, and a sentence on those that wait to be sorted."""
    grouped = {lab.theme_id for lab in report.labs if lab.open}
    unsorted = {theme.theme_id for theme in report.themes if theme.nameless}
    alone = [idea for idea in own if idea.weak or idea.theme_id not in grouped | unsorted]
    return alone, _unsorted([idea for idea in own if not idea.weak and idea.theme_id in unsorted])


def _unsorted(ideas: list[Idea]) -> str:
    """Return that ideas wait for people to sort them, a sentence and a space; empty without any."""
    if not ideas:
        return ""
    wait = agree(len(ideas), "attend que l’équipe la départage", "attendent que l’équipe les départage")
    return f"{counted(len(ideas), 'idée')} {wait} : aucune réponse ne vous est demandée pour l’instant. "


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


def _groups(name: str, report: Report, found: Counts) -> tuple[tuple[str, tuple[Idea, ...]], ...]:
    """Return the ideas by theme where enough agents and ideas share it; no list, the last one included, is short."""
    own, ideas = found.ideas.get(name, frozenset()), report.idea
    if len(own) < found.threshold:
        return ()
    listed = {
        theme.label: tuple(i for i in theme.ideas if i in own)
        for theme in report.themes
        if found.known.by_theme.cell(theme.theme_id, name) is not None
    }
    groups = _none_short({label: ids for label, ids in listed.items() if len(ids) >= found.threshold}, own, found)
    return tuple((label, tuple(ideas[i] for i in ids)) for label, ids in groups)


def _none_short(
    listed: dict[str, tuple[str, ...]], own: frozenset[str], found: Counts
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lists and what no list has; the smallest ones join it until it is not short either."""
    shown = list(listed.items())
    rest = own - {i for _, ids in shown for i in ids}
    while shown and 0 < len(rest) < found.threshold:
        smallest = min(shown, key=lambda group: len(group[1]))
        shown.remove(smallest)
        rest |= set(smallest[1])
    others = [("Autres sujets" if shown else "Toutes les idées", tuple(sorted(rest)))] if rest else []
    return [*shown, *others]
