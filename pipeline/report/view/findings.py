"""What the first screen says: the headline, key figures, findings, and the title of each section."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from pipeline.french import agree, count_or_none, counted, enumeration, in_letters, number, opening, percent, typeset
from pipeline.report.facts.model import Figure, Report, Titles
from pipeline.report.facts.themes import Theme
from pipeline.words.kinds import COMMUNITY, GROUPS, KINDS, MINILAB

_FEW = 3


def headline(analysed: int, themes: Iterable[Theme]) -> str:
    """Return the finding that titles the report: ideas of a theme, those to be sorted out, those left alone."""
    listed = tuple(themes)
    named, mixed = titled(listed), unsorted(listed)
    inside = sum(theme.size for theme in named)
    if not analysed:
        return "Aucune idée à analyser"
    if not listed:
        return f"{counted(analysed, 'idée')} : trop peu pour former des thèmes"
    joined = agree(inside, "se rattache", "se rattachent")
    said = f"{number(inside)} {agree(inside, 'idée')} sur {number(analysed)} {joined} à {counted(len(named), 'thème')}"
    if not mixed:
        return said
    alone = analysed - inside - mixed
    rest = f" et {number(alone)} {agree(alone, 'est isolée', 'sont isolées')}" if alone else ""
    return f"{said} ; {number(mixed)} {agree(mixed, 'reste', 'restent')} à départager{rest}"


def titled(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    """Return the themes that a title holds together: ideas without one are no theme yet."""
    return tuple(theme for theme in themes if not theme.nameless)


def unsorted(themes: Iterable[Theme]) -> int:
    """Return how many ideas people have to sort out before they are in a theme."""
    return sum(theme.size for theme in themes if theme.nameless)


def lead(themes: Iterable[Theme], seated: int, groups: int) -> str:
    """Return the sentence under the headline: answers proposed, groups that can open and for how many people."""
    called = [theme.kind for theme in themes]
    said = [counted(called.count(kind), name.one, name.many) for kind, name in KINDS.items() if kind in called]
    if not said:
        return "Les idées sont présentées une à une, sans regroupement."
    people = f" {counted(seated, 'agent')} y {agree(seated, 'trouve', 'trouvent')} une place." if seated else ""
    if seated and groups < sum(map(called.count, GROUPS)):
        can = agree(groups, "groupe peut s’ouvrir", "groupes peuvent s’ouvrir")
        people = f" {opening(groups, can, can)}, avec {counted(seated, 'agent')}."
    return f"Réponses proposées : {enumeration(said)}.{people}"


def figures(report: Report) -> tuple[Figure, ...]:
    """Return the key figures of the first screen."""
    named, total = titled(report.themes), len(report.ideas)
    seated, waiting = report.seated, report.waiting
    found = [
        Figure(number(total), agree(total, "idée analysée", "idées analysées")),
        Figure(number(len(named)), agree(len(named), "thème")),
    ]
    if named:
        inside = sum(theme.size for theme in named)
        found.append(Figure(percent(inside / total), "des idées rattachées à un thème"))
    if report.labs:
        placed = agree(seated, "agent placé", "agents placés")
        found.append(
            Figure(number(seated), f"{placed}, {count_or_none(waiting, 'en attente', 'en attente', none='aucun')}")
        )
    return tuple(found)


def findings(report: Report) -> tuple[str, ...]:
    """Return the main findings, each one sentence."""
    said = (
        _largest(report),
        _undecided(report),
        _crossing(report),
        _of_a_trade(report),
        _alone(report),
        _doubts(report),
    )
    return tuple(map(typeset, filter(None, said)))


def _largest(report: Report) -> str:
    named = titled(report.themes)
    names = enumeration(f"« {theme.label} »" for theme in named[:_FEW])
    return f"{_first_themes(named, len(report.ideas))} : {names}." if named else ""


def _undecided(report: Report) -> str:
    mixed = unsorted(report.themes)
    left = f"{agree(mixed, 'reste', 'restent')} à départager : aucun titre ne dit ce qui les réunit."
    return f"{opening(mixed, 'idée', feminine=True)} {left}" if mixed else ""


def _crossing(report: Report) -> str:
    shared = sum(theme.kind == MINILAB for theme in report.themes)
    return (
        f"{opening(shared, 'sujet')} {agree(shared, 'dépasse', 'dépassent')} le périmètre d’une seule direction et"
        f" {agree(shared, 'appelle', 'appellent')} un MiniLab."
        if shared
        else ""
    )


def _of_a_trade(report: Report) -> str:
    names = enumeration(f"« {theme.label} »" for theme in report.themes if theme.kind == COMMUNITY)
    return f"Un même métier se retrouve d’un site à l’autre dans {names}." if names else ""


def _alone(report: Report) -> str:
    weak = len(report.weak)
    verb = agree(weak, "entre", "entrent")
    told = f"n’{verb} dans aucun thème : ces signaux faibles sont présentés un par un."
    return f"{opening(weak, 'idée', feminine=True)} {told}" if weak else ""


def _doubts(report: Report) -> str:
    doubtful = sum(idea.doubtful for idea in report.ideas)
    have, their = agree(doubtful, "a", "ont"), agree(doubtful, "son", "leur")
    told = f"{have} une place hésitante dans {their} thème : à relire avant de s’y fier."
    return f"{opening(doubtful, 'idée', feminine=True)} {told}" if doubtful else ""


def titles(report: Report) -> Titles:
    """Return the title of each section: what it shows, in one sentence."""
    return Titles(
        themes=typeset(_themes(report)),
        labs=typeset(_labs(report)),
        map="Sur la carte, les idées voisines parlent de la même chose",
        weak=typeset(
            f"{opening(len(report.weak), 'idée', feminine=True)} à lire une à une"
            if report.weak
            else "Aucun signal faible"
        ),
        near=typeset(
            f"{opening(len(report.near_pairs), 'paire', feminine=True)} d’idées à comparer : est-ce la même ?"
            if report.near_pairs
            else "Aucune paire d’idées à comparer"
        ),
        review=typeset(_mobilised(_agents(report) - report.review.nameless, report.review.nameless)),
        trust=typeset(stable(report.themes)),
    )


def _mobilised(agents: int, nameless: int) -> str:
    """Return the title of the review: agents somebody names, and apart from them ideas that nobody signed."""
    if agents < 1:
        return "Des idées reçues aux réponses"
    apart = f", et {counted(nameless, 'idée')} {agree(nameless, 'est', 'sont')} sans nom" if nameless else ""
    return f"{opening(agents, 'agent')} {agree(agents, 's’est mobilisé', 'se sont mobilisés')}{apart}"


def _agents(report: Report) -> int:
    return report.review.breakdowns[0].total if report.review.breakdowns else 0


def _themes(report: Report) -> str:
    named, mixed = titled(report.themes), unsorted(report.themes)
    said = _first_themes(named, len(report.ideas)) if named else "Aucun thème"
    return f"{said} ; {number(mixed)} {agree(mixed, 'reste', 'restent')} à départager" if mixed else said


def _first_themes(themes: tuple[Theme, ...], total: int) -> str:
    first = min(_FEW, len(themes))
    ideas = sum(theme.size for theme in themes[:first])
    who = {1: "Le premier thème réunit", 2: "Les deux premiers thèmes réunissent"}.get(
        first, "Les trois premiers thèmes réunissent"
    )
    return f"{who} {counted(ideas, 'idée')} sur {number(total)}"


def opened(groups: int) -> str:
    """Return "Neuf groupes de travail sont proposés"."""
    said = opening(groups, "groupe de travail", "groupes de travail")
    return f"{said} {agree(groups, 'est proposé', 'sont proposés')}"


def _labs(report: Report) -> str:
    groups, seated, waiting = sum(lab.open for lab in report.labs), report.seated, report.waiting
    if not groups:
        return "Aucun groupe de travail n’est proposé"
    wait = f" ; {counted(waiting, 'personne')} {agree(waiting, 'attend', 'attendent')} une place" if waiting else ""
    opened = opening(groups, "groupe de travail", "groupes de travail")
    return f"{opened} {agree(groups, 'accueille', 'accueillent')} {counted(seated, 'agent')}{wait}"


def stable(listed: Iterable[Theme]) -> str:
    """Return how many themes every draw finds again, of those that have a title."""
    themes = titled(listed)
    measured = [theme for theme in themes if theme.draws]
    always = sum(found == draws for found, draws in (theme.draws for theme in measured if theme.draws))
    if not measured:
        return "La stabilité des thèmes n’a pas été mesurée"
    if not always:
        return "Aucun thème n’est retrouvé à chaque calcul"
    if always == len(themes):
        return (
            "Tous les thèmes sont retrouvés à chaque calcul" if always > 1 else "Le thème est retrouvé à chaque calcul"
        )
    verb = agree(always, "est retrouvé", "sont retrouvés")
    return f"{opening(always, 'thème')} sur {in_letters(len(themes))} {verb} à chaque calcul"


def largest(themes: Iterable[Theme]) -> int:
    """Return the size of the largest theme, 1 without any: the scale of the bars."""
    return max(accumulate((theme.size for theme in themes), max), default=1) or 1


def kinds_present(themes: Iterable[Theme]) -> list[tuple[str, list[Theme]]]:
    """Return the themes by kind, in the order of `kinds.KINDS`, each with its title."""
    listed = list(themes)
    order = [*KINDS, *sorted({theme.kind for theme in listed} - set(KINDS))]
    groups = [(kind, [theme for theme in listed if theme.kind == kind]) for kind in order]
    return [(_called_for(kind, len(group)), group) for kind, group in groups if group]


def _called_for(kind: str, count: int) -> str:
    """Return what themes of a kind call for: "Huit thèmes à travailler en MiniLab"."""
    return typeset(f"{opening(count, 'thème')} {KINDS[kind].calling if kind in KINDS else 'sans réponse choisie'}")
