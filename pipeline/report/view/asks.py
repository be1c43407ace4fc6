"""What is asked of the reader: decisions that only people can take, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.french import agree, counted, enumeration, in_letters, number, opening, typeset
from pipeline.report.facts.labs import Lab
from pipeline.report.facts.model import Ask, Report
from pipeline.report.facts.themes import Theme
from pipeline.report.view.findings import stable, titled
from pipeline.words.outside import named

_NAMED = 3


def asks(report: Report) -> tuple[Ask, ...]:
    """Return what is asked of the reader, with where to look."""
    themes, validated = report.themes, bool(report.work.validated)
    asked = [
        _sorting(themes),
        None if validated else _themes(titled(themes)),
        _kinds(themes, validated=validated),
        _weak(report),
        _labs(report),
        _conflicts(report),
    ]
    return tuple(
        Ask(typeset(ask.title), typeset(ask.text), ask.anchor) for ask in [*asked, _answers(report)] if ask is not None
    )


def _sorting(themes: tuple[Theme, ...]) -> Ask | None:
    mixed = [theme for theme in themes if theme.nameless]
    if not mixed:
        return None
    ideas = sum(theme.size for theme in mixed)
    them = agree(len(mixed), "cet ensemble", "ces ensembles")
    text = (
        f"{enumeration(f'« {theme.label} »' for theme in mixed)} ({counted(ideas, 'idée')}) : scinder, renommer ou"
        f" dissoudre {them} ; d’ici là, aucun groupe n’y est proposé."
    )
    return Ask("Départager des idées sans sujet commun", text, "themes")


def _themes(themes: tuple[Theme, ...]) -> Ask | None:
    if not themes:
        return None
    doubtful = sorted((t for t in themes if t.certainty in {"rarement", "parfois"} and t.draws), key=_share)
    if not doubtful:
        return Ask("Valider les thèmes", _unread(themes), "themes")
    names = enumeration(f"« {theme.label} » ({_times(theme)})" for theme in doubtful[:_NAMED])
    return Ask("Valider les thèmes", f"Relire d’abord les moins souvent retrouvés : {names}.", "themes")


def _unread(themes: tuple[Theme, ...]) -> str:
    """Return why themes are to be read although none is seldom found again; some changed since they were measured."""
    unmeasured = sum(not theme.draws for theme in themes)
    if not unmeasured:
        return f"{stable(themes)} ; seule la lecture des idées dit si un thème est juste."
    if unmeasured == len(themes):
        return "Lire les idées de chacun : rien ne mesure encore s’ils sont retrouvés d’un calcul à l’autre."
    who = agree(unmeasured, "un a changé", f"{in_letters(unmeasured)} ont changé")
    return (
        f"Sur {in_letters(len(themes))}, {who} depuis la recherche, et rien ne mesure si on"
        f" {agree(unmeasured, 'le', 'les')} retrouverait ; seule la lecture de leurs idées dit s’ils sont justes."
    )


def _share(theme: Theme) -> tuple[float, str]:
    found, draws = theme.draws or (0, 1)
    return found / draws, theme.theme_id


def _times(theme: Theme) -> str:
    found, draws = theme.draws or (0, 1)
    return f"{counted(found, 'calcul')} sur {draws}"


def _kinds(themes: tuple[Theme, ...], *, validated: bool) -> Ask | None:
    if not themes:
        return None
    if unknown := [theme for theme in themes if not theme.kind and not theme.nameless]:
        names = enumeration(f"« {theme.label} »" for theme in unknown)
        none = "aucun porteur connu ne permet d’en proposer une"
        return Ask("Choisir la forme de la réponse", f"D’abord pour {names} : {none}.", "themes")
    if validated:
        return None
    text = (
        "MiniLab, communauté de métier ou réponse d’une direction : la proposition et sa raison figurent sous chaque"
        " thème."
    )
    return Ask("Choisir la forme de la réponse", text, "themes")


def _weak(report: Report) -> Ask | None:
    count = sum(not idea.outcome for idea in report.weak)
    if not count:
        return None
    each = agree(count, "décider", "décider pour chacune")
    text = f"{opening(count, 'idée', feminine=True)} hors thème : {each} de la réponse à lui donner."
    return Ask("Lire les signaux faibles", text, "signaux")


def _labs(report: Report) -> Ask | None:
    if not report.labs:
        return None
    waiting, said = report.waiting, _unopened(report.labs)
    if waiting:
        people = f"{opening(waiting, 'personne', feminine=True)} {agree(waiting, 'attend', 'attendent')} une place"
        said = [people, *said]
    text = (
        f"{enumeration(said)} : ouvrir des places, fusionner ou maintenir."
        if said
        else "Chaque personne concernée a une place : relire la composition."
    )
    return Ask("Arrêter la composition des groupes", f"{text}{_outside(report)}", "groupes")


def _unopened(labs: Sequence[Lab]) -> list[str]:
    """Return which groups do not open though somebody waits, and which have too few members."""
    closed = [f"« {lab.label} »" for lab in labs if lab.waiting and not lab.open]
    short = [f"« {lab.label} »" for lab in labs if lab.placed < lab.minimum and (lab.open or not lab.waiting)]
    verb = agree(len(closed), "ne s’ouvre pas", "ne s’ouvrent pas")
    return [
        *([f"{enumeration(closed)} {verb} alors que des agents y attendent"] if closed else []),
        *([f"{enumeration(short)} {agree(len(short), 'n’a', 'n’ont')} pas assez de membres"] if short else []),
    ]


def _outside(report: Report) -> str:
    """Return who is in no group and waits for none, by reason."""
    count = sum(report.outside.values())
    if not count:
        return ""
    people = f"{opening(count, 'personne', feminine=True)} {agree(count, 'n’est', 'ne sont')} d’aucun groupe"
    return f" {people} : {named(report.outside, report.threshold)}."


def _conflicts(report: Report) -> Ask | None:
    count = len(report.trust.conflicts)
    if not count:
        return None
    verb = agree(count, "ne trouve plus son objet", "ne trouvent plus leur objet")
    text = f"{opening(count, 'décision enregistrée', feminine=True)} {verb}."
    return Ask("Reprendre des décisions", text, "confiance")


def _answers(report: Report) -> Ask | None:
    count, decided = len(report.ideas), report.review.decided
    if count <= decided:
        return None
    left = count - decided
    text = (
        f"{counted(left, 'idée')} sur {number(count)} {agree(left, 'attend', 'attendent')} encore une suite."
        if decided
        else f"Les {counted(count, 'idée')} attendent une réponse : celle du groupe qui les accueille, ou une réponse"
        " individuelle."
        if count > 1
        else "L’idée attend une réponse."
    )
    return Ask("Répondre à chaque porteur", text, "bilan")
