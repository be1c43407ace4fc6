"""The facilitation kit of a working group: question, members and why, ideas, what to combine and what to confront.

Members' names come from the identities table: kits are private.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from pipeline.french import fold, typeset
from pipeline.report.frames import Row, Tables, rows, texts
from pipeline.report.hierarchy import grouped
from pipeline.report.limits import COMPARED
from pipeline.report.model import Idea, Lab, Report, Theme
from pipeline.report.words import anchor, sort_key
from pipeline.seat_words import groups_of, team_line_reason, team_reason

_OPPOSITES = (
    ("plus de", "moins de"), ("ouvrir", "fermer"), ("autoriser", "interdire"), ("centralis", "decentralis"),
    ("mutualis", "individuel"), ("obligatoire", "volontaire"), ("imposer", "proposer"), ("papier", "numeri"),
    ("supprimer", "creer"), ("ajouter", "enlever"), ("acheter", "fabriquer"), ("acheter", "reparer"),
    ("interne", "prestataire"), ("teletravail", "presentiel"), ("ensemble", "chacun"), ("augmenter", "reduire"),
    ("allonger", "raccourcir"), ("gratuit", "payant"), ("matin", "soir"),
)  # fmt: skip
"""Words that, in two ideas about one thing, may pull in opposite directions: a lead for the facilitator, no verdict."""
_COMMON_WORDS, _PAIRS = 2, 6
_WORD = re.compile(r"[a-z]{5,}")


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the group, and why."""

    name: str
    directorate: str
    occupation: str
    site: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ideas to look at together; `why` tells what is theirs alone to say."""

    first: Idea
    second: Idea
    why: str


@dataclass(frozen=True, slots=True)
class Kit:
    """All a facilitator prints before the first session.

    `groups` are the ideas by sub-theme, under an empty title where there is none.
    """

    lab: Lab
    theme: Theme
    question: str
    members: tuple[Member, ...]
    waiting: tuple[Member, ...]
    ideas: tuple[Idea, ...]
    groups: tuple[tuple[str, tuple[Idea, ...]], ...]
    near: tuple[Pair, ...]
    combine: tuple[Pair, ...]
    confront: tuple[Pair, ...]
    agenda: tuple[tuple[str, str, str], ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        return anchor("kit", self.lab.lab_id)


_AGENDA = (
    ("0 h 00", "Accueil", "Chacun se présente : son métier, son site, l’idée qu’il a déposée."),
    ("0 h 20", "Lire", "Les cartes d’idées sont posées sur la table ; chacun lit et marque ce qui lui parle."),
    ("0 h 40", "Rapprocher", "Le groupe réunit les cartes qui vont ensemble et confronte celles qui s’opposent."),
    ("1 h 10", "Choisir", "Chacun place trois gommettes ; le groupe retient une ou deux pistes."),
    ("1 h 25", "Construire", "Par trois ou quatre, d’autres directions que la sienne : remplir le canevas."),
    ("1 h 50", "Décider de la suite", "Qui fait quoi avant la prochaine séance, et à qui le groupe en parle."),
)


def kits(report: Report, tables: Tables, identities: pd.DataFrame) -> tuple[Kit, ...]:
    """Return one kit a working group.

    Args:
        report: the overall view.
        tables: labs, assignments, waiting_list, holders, idea_themes.
        identities: names.
    """
    people = _people(tables["holders"], identities)
    themes, ideas = report.theme, report.idea
    near = {frozenset(pair) for pair in report.near_pairs}
    neighbours = {row["idea_id"]: texts(row["neighbours"]) for row in rows(tables["idea_themes"])}
    seats = tables["assignments"][tables["assignments"]["status"].isin(["placed", "volunteer"])]
    groups, made = groups_of(tables["labs"]), []

    def name(idea: str) -> str:
        return f"« {ideas[idea].short} » ({idea})" if idea in ideas else idea

    for lab in report.labs:
        if lab.theme_id not in themes or not lab.open:
            continue
        theme = themes[lab.theme_id]
        own = tuple(ideas[i] for i in theme.ideas)
        compared = own[:COMPARED]
        made.append(
            Kit(
                lab=lab,
                theme=theme,
                question=question(theme),
                members=_members(seats, lab, people, lambda row: team_reason(row, groups, name)),
                waiting=_members(tables["waiting_list"], lab, people, team_line_reason),
                ideas=own,
                groups=tuple((label, tuple(ideas[i] for i in ids)) for label, ids in grouped(theme)),
                near=_near(compared, near),
                combine=_combine(compared, neighbours, near),
                confront=_confront(compared),
                agenda=tuple((at, what, typeset(how)) for at, what, how in _AGENDA),
            )
        )
    return tuple(made)


def question(theme: Theme) -> str:
    """Return the question the group works on; the facilitator rewords it with the group."""
    return typeset(f"Comment pourrions-nous, ensemble, faire avancer « {theme.label} » ?")


def _people(holders: pd.DataFrame, identities: pd.DataFrame) -> dict[str, Member]:
    known = holders.merge(identities, on="holder_id", how="left")
    return {
        row["holder_id"]: Member(
            f"{row['given_name'] or ''} {row['family_name'] or ''}".strip() or row["holder_id"],
            typeset(row["directorate"]),
            row["occupation"],
            row["place"] or row["site_type"],
            "",
        )
        for row in rows(known)
    }


def _members(
    seats: pd.DataFrame, lab: Lab, people: Mapping[str, Member], reason: Callable[[Row], str]
) -> tuple[Member, ...]:
    inside = [row for row in rows(seats[seats["lab_id"] == lab.lab_id]) if row["holder_id"] in people]
    found = [replace(people[row["holder_id"]], reason=reason(row)) for row in inside]
    return tuple(sorted(found, key=lambda member: sort_key(" ".join(reversed(member.name.split(" ", 1))))))


def _near(ideas: Iterable[Idea], near: set[frozenset[str]]) -> tuple[Pair, ...]:
    pairs = [(a, b) for a, b in combinations(ideas, 2) if frozenset({a.idea_id, b.idea_id}) in near]
    return tuple(Pair(a, b, "") for a, b in pairs)


def _combine(
    ideas: tuple[Idea, ...], neighbours: Mapping[str, tuple[str, ...]], near: set[frozenset[str]]
) -> tuple[Pair, ...]:
    """Return ideas that are each other's neighbours without saying the same: they may complete each other."""
    found = [
        (a, b)
        for a, b in combinations(ideas, 2)
        if b.idea_id in neighbours.get(a.idea_id, ())
        and a.idea_id in neighbours.get(b.idea_id, ())
        and frozenset({a.idea_id, b.idea_id}) not in near
    ]
    return tuple(Pair(a, b, "") for a, b in found[:_PAIRS])


def _confront(ideas: tuple[Idea, ...]) -> tuple[Pair, ...]:
    """Return ideas on one thing that use opposite words, most shared words first."""
    plain = {idea.idea_id: fold(f"{idea.title} {idea.description}"[:_READ]) for idea in ideas}
    words = {key: set(_WORD.findall(text)) - _EMPTY for key, text in plain.items()}
    stems = {key: frozenset(stem for stem in _STEMS if _has(text, stem)) for key, text in plain.items()}
    scored = []
    for a, b in combinations([idea for idea in ideas if stems[idea.idea_id]], 2):
        opposed = _opposed(stems[a.idea_id], stems[b.idea_id])
        common = len(words[a.idea_id] & words[b.idea_id]) if opposed else 0
        if opposed and common >= _COMMON_WORDS:
            why = typeset(f"Mots opposés (« {opposed[0]} », « {opposed[1]} ») sur un même sujet : à vérifier ensemble.")
            scored.append((-common, a.idea_id, b.idea_id, Pair(a, b, why)))
    return tuple(pair for *_, pair in sorted(scored, key=lambda item: item[:3])[:_PAIRS])


_READ = 4000
_EMPTY = frozenset(
    {
        "avoir", "etre", "faire", "notre", "votre", "leurs", "entre", "aussi", "comme", "chaque", "toute", "toutes",
        "meme", "quand", "apres", "avant", "pendant", "depuis", "encore", "moins", "toujours", "jamais", "aucun",
        "autre", "autres", "agent", "agents", "lycee", "lycees", "region", "direction", "directions",
    }
)  # fmt: skip
_SHOWN = {
    "centralis": "centraliser", "decentralis": "décentraliser", "mutualis": "mutualiser", "numeri": "numérique",
    "reparer": "réparer", "creer": "créer", "teletravail": "télétravail", "presentiel": "présentiel",
    "reduire": "réduire",
}  # fmt: skip


_STEMS = frozenset(stem for pair in _OPPOSITES for stem in pair)


def _opposed(one: frozenset[str], other: frozenset[str]) -> tuple[str, str] | None:
    for left, right in _OPPOSITES:
        for a, b in ((left, right), (right, left)):
            if a in one and b in other and b not in one and a not in other:
                return _SHOWN.get(a, a), _SHOWN.get(b, b)
    return None


def _has(text: str, stem: str) -> bool:
    return re.search(rf"\b{stem}", text) is not None
