"""The question a working group starts from: made of what its ideas propose, in their words, never of a title alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from pipeline.french import fold, typeset
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Report
from pipeline.report.facts.words import FIRM

_SHORTEST, _LONGEST = 4, 12
"""Words of a proposal."""
_BARE_A = re.compile(r"\ba (?:la|l[’']|un|une|des|les|nos|ce|cet|cette)\b")
"""« à » without its accent."""
_LEADS = re.compile(
    r"^(?:il (?:faut|faudrait|suffit de|suffirait de|s’agit de)|je (?:propose|suggere) (?:de |d’)|"
    r"(?:nous|on) (?:pourrions|pourrait|propos\w+ de|propos\w+ d’)|l’idee (?:est|serait) (?:de |d’)|proposer de )\s*"
)
"""What a proposal may begin with before its verb; left out of the question."""
_CUT = re.compile(r"\s*(?:[:;(.!?…«]|, | [-–—] ).*", re.DOTALL)
"""Where a proposal may stop: what follows says how."""
_INFINITIVE = re.compile(r"(?:ne pas |ne plus |se |s’|en )?(\w+)")
_REGULAR = re.compile(r"\w{2,}(?:er|ir|oir)$")
_OTHERS = frozenset(
    """
    abattre apprendre attendre boire combattre comprendre conclure conduire connaitre construire coudre craindre
    croire cuire defendre descendre detruire dire distraire ecrire elire entendre entreprendre eteindre etendre etre
    extraire faire fondre inclure inscrire instruire interdire interrompre introduire joindre lire mettre peindre
    perdre permettre plaire poursuivre prendre produire promettre reconnaitre reduire refaire rejoindre relire
    remettre rendre repartir repondre reprendre resoudre rompre satisfaire soumettre suivre surprendre tendre
    traduire transmettre vendre vivre
    """.split()  # noqa: SIM905 - reads as a list of words
)
"""Infinitives that no regular ending tells from a noun."""
_AFTER = frozenset(
    """
    au aux ce ces cet cette chaque deux davantage en ensemble entre la le les leur leurs l mieux moins nos notre nous
    par partout plus plusieurs quelques sans sur systematiquement tous tout toute toutes trois un une
    """.split()  # noqa: SIM905 - reads as a list of words
)
"""Words that follow a verb, seldom a noun ("cahier de", "atelier couture")."""
_NOUNS = frozenset(
    """
    accueillir atelier avenir cahier calendrier chantier chauffer courrier cuisinier dossier escalier fichier foyer
    hier hiver jardinier loisir loyer metier ouvrier panier papier plaisir plombier premier dernier pouvoir devoir
    quartier savoir soir souvenir
    """.split()  # noqa: SIM905 - reads as a list of words
) - {"accueillir", "chauffer"}
"""Words with the ending of a verb that name a thing more often."""
_TAUGHT = 3
"""Letters in upper case at the start of a word that is kept so (an acronym)."""


_SLIP = 5
"""Letters from which a word that others write with accents is a slip of its author's."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to work on.

    Attributes:
        text: the question; empty when no title of an idea that is firmly about the subject proposes one.
        sources: ids of the ideas it is made of.
        starts: two other ways to begin it, for the group to finish in its own words.
        by: who wrote it and from what, a sentence; empty when it is made of the ideas' own words.
    """

    text: str
    sources: tuple[str, ...]
    starts: tuple[str, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What questions are made from.

    Attributes:
        sure: ids of the ideas that say themselves, or a person says, that they are about their theme.
        firm: ids of the ideas whose place in their theme is firm, these included: the others ask nothing for a group.
        slips: words that their author alone wrote without accents.
    """

    sure: frozenset[str]
    firm: frozenset[str]
    slips: frozenset[str]


def proposals(report: Report, idea_themes: pd.DataFrame) -> Proposals:
    """Return what the questions of a contest are made from.

    Args:
        report: the overall view.
        idea_themes: see `schema.IDEA_THEMES`.
    """
    says = idea_themes["shared"].map(bool).astype(bool) | (idea_themes["decided_by"] == "analyst")
    inside = ~idea_themes["weak_signal"].astype(bool)
    sure = frozenset(map(str, idea_themes.loc[says & inside, "idea_id"]))
    firm = sure.union(idea_themes.loc[inside & (idea_themes["membership"] >= FIRM), "idea_id"])
    counts = Counter(
        re.findall(r"\w+", " ".join(f"{i.title} {i.description} {i.benefits}" for i in report.ideas).lower())
    )
    plain = {word: fold(word) for word in counts if len(word) >= _SLIP}
    accented = Counter[str]()
    for word, bare in plain.items():
        accented[bare] += counts[word] if word != bare else 0
    slips = {word for word, bare in plain.items() if word == bare and accented[bare] >= counts[word]}
    return Proposals(sure, firm, frozenset(slips))


def question(ideas: Iterable[Idea], known: Proposals) -> Question:
    """Return the question that one idea asks: the first, of those firmly in the theme, whose title proposes something.

    An idea that says itself that it is about the subject comes before the others. One subject, in words without a slip
    or a shortened word: joined proposals asked about carts and careers at once. Without any, no question is asked: the
    facilitator writes it. The starts are each one idea's proposal.

    Args:
        ideas: of the theme, most typical first.
        known: see `proposals`.
    """
    listed = [idea for idea in ideas if idea.idea_id in known.firm]
    titled = [(idea.idea_id, said) for idea in listed if (said := _clean(_verb_first(_flat(idea.title)), known))]
    asked = min(titled, key=lambda item: item[0] not in known.sure, default=None)
    others = [said for idea, said in titled if asked is None or idea != asked[0]]
    starts = _starts([*([asked[1]] if asked else []), *others])
    if asked is None:
        return Question("", (), starts)
    return Question(typeset(f"Comment pourrions-nous {_REFLEXIVE.sub('nous ', asked[1])} ?"), (asked[0],), starts)


_REFLEXIVE = re.compile(r"^(?:se |s[’'])")
"""The pronoun of the verb that a question asks about: it agrees with who asks."""


def _starts(proposed: list[str]) -> tuple[str, ...]:
    """Return two ways to begin a question, from the first proposals; in general words without any."""
    if not proposed:
        said = ("Comment pourrions-nous, avec nos moyens, … ?", "Qu’est-ce qui nous en empêche aujourd’hui : … ?")
        return tuple(map(typeset, said))
    first, last = proposed[0], proposed[:2][-1]
    said = (f"Qu’est-ce qui empêche aujourd’hui {_of(first)} ? …", f"Par où commencer pour {last} ? …")
    return tuple(map(typeset, said))


def _clean(said: str, known: Proposals) -> str:
    """Return a proposal, or nothing when a word of it is a slip: a question is not the place to quote one."""
    words = re.findall(r"\w+", said.lower())
    short = any(len(word) > 1 and word.isalpha() and not re.search("[aeiouy]", fold(word)) for word in words)
    return "" if short or known.slips.intersection(words) or _BARE_A.search(said) else said


def _flat(sentence: str) -> str:
    return typeset(" ".join(sentence.split()))


def _verb_first(sentence: str) -> str:
    lead = _LEADS.match(fold(sentence).replace("'", "’"))
    rest = _CUT.sub("", sentence[lead.end() :] if lead else sentence).strip()
    words = rest.split()
    if not _SHORTEST <= len(words) <= _LONGEST or rest.isupper() or "[" in rest:
        return ""
    return _lower_first(rest) if _is_infinitive(rest) else ""


def _is_infinitive(text: str) -> bool:
    plain = fold(text).replace("'", "’")
    found = _INFINITIVE.match(plain)
    if found is None or found[1] in _NOUNS or not (_REGULAR.fullmatch(found[1]) or found[1] in _OTHERS):
        return False
    after = re.match(r"\w+", plain[found.end() :].lstrip())
    return after is not None and (after[0] in _AFTER or after[0].endswith("ment"))


def _lower_first(text: str) -> str:
    return text if text[:_TAUGHT].isupper() else text[:1].lower() + text[1:]


def _of(infinitive: str) -> str:
    """Return « de … » or « d’… »."""
    return f"d’{infinitive}" if fold(infinitive[:1]) in set("aeiouyh") else f"de {infinitive}"
