"""The question a working group starts from: made of what its ideas propose, in their words, never of a title alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.french import fold, typeset
from pipeline.report.facts.model import Idea, Theme

_PROPOSALS, _SHORTEST, _LONGEST = 2, 4, 12
"""Proposals in a question, words of one."""
_SENTENCE = re.compile(r"\n+|(?<=[.!?…;])\s+")
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


@dataclass(frozen=True, slots=True)
class Question:
    """A question to work on.

    Attributes:
        text: the question.
        sources: ids of the ideas it is made of.
        starts: two other ways to begin it, for the group to finish in its own words.
        by: who wrote it and from what, a sentence; empty when it is made of the ideas' own words.
    """

    text: str
    sources: tuple[str, ...]
    starts: tuple[str, ...]
    by: str = ""


def question(theme: Theme, ideas: Iterable[Idea]) -> Question:
    """Return the question made of what the first ideas propose, one a sub-theme before two of the same.

    Without any proposal that begins with a verb, the question quotes the first claim, or the first idea's title.

    Args:
        theme: of the group.
        ideas: of the theme, most typical first.
    """
    listed = list(ideas)
    part_of = {idea: part.node_id for part in theme.parts for idea in part.ideas}
    titled = [(idea.idea_id, said) for idea in listed if (said := _verb_first(_flat(idea.title)))]
    written = [(idea.idea_id, said) for idea in listed if (said := next(_proposals(idea), ""))]
    found = [*titled, *(item for item in written if item[0] not in dict(titled))]
    chosen = _varied(found, part_of)[:_PROPOSALS]
    if not chosen:
        return _quoting(theme, listed)
    said = " ou encore ".join(text for _, text in chosen)
    first = chosen[0][1]
    starts = (f"Qu’est-ce qui empêche aujourd’hui {_of(first)} ? …", f"Par où commencer pour {chosen[-1][1]} ? …")
    return Question(
        typeset(f"Comment pourrions-nous {said} ?"), tuple(i for i, _ in chosen), tuple(map(typeset, starts))
    )


def _quoting(theme: Theme, ideas: list[Idea]) -> Question:
    quoted = [(claim.idea_id, claim.text) for claim in theme.claims] or [(i.idea_id, i.short) for i in ideas[:1]]
    source, said = quoted[0] if quoted else ("", theme.label)
    starts = ("Comment pourrions-nous, avec nos moyens, … ?", "Qu’est-ce qui nous en empêche aujourd’hui : … ?")
    text = f"Un agent écrit : « {said} ». Que pourrions-nous faire pour y répondre ?"
    return Question(typeset(text), (source,) if source else (), tuple(map(typeset, starts)))


def _varied(found: list[tuple[str, str]], part_of: dict[str, str]) -> list[tuple[str, str]]:
    """Return the proposals, the first of each sub-theme before the others."""
    seen: set[str] = set()
    firsts = []
    for idea, said in found:
        part = part_of.get(idea, idea)
        if part not in seen:
            seen.add(part)
            firsts.append((idea, said))
    return [*firsts, *(item for item in found if item not in firsts)]


def _proposals(idea: Idea) -> Iterator[str]:
    """Yield what a text proposes to do: sentences that begin with an infinitive, cut where they say how."""
    for sentence in _SENTENCE.split(idea.description):
        said = _verb_first(_flat(sentence))
        if said:
            yield said


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
