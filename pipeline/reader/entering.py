"""How readings enter the proposal: marked as a reader's, with its quotes, its claims and its verdicts on pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.french import typeset
from pipeline.reader.model import Coding, Text
from pipeline.reader.readings import Readings
from pipeline.schema import READINGS, WORDS_READ

READER = "reader"
"""In `decided_by` and `origin`."""
_FIRM = {"sûr": 0.9, "probable": 0.75, "douteux": 0.6}
_HESITANT = 0.5
_SECOND = 0.4


@dataclass(frozen=True, slots=True)
class Entered:
    """Candidate tables with what was read, then `readings` and `words_read`; schemas of the same names."""

    themes: pd.DataFrame
    idea_themes: pd.DataFrame
    near_duplicates: pd.DataFrame
    claims: pd.DataFrame
    readings: pd.DataFrame
    words_read: pd.DataFrame


def theme_id(subject: int) -> str:
    """Return the identifier that the theme of a subject has before people see it."""
    return f"R{subject:02d}"


def firmness(place: Coding) -> tuple[float, float]:
    """Return how firmly an idea is in its subject and in its second one, 0 to 1."""
    if place.hesitant:
        return _HESITANT, _SECOND if place.second else 0.0
    return _FIRM[place.sure], _SECOND if place.second else 0.0


def enter(
    read: Readings,
    texts: Sequence[Text],
    themes: pd.DataFrame,
    idea_themes: pd.DataFrame,
    near_duplicates: pd.DataFrame,
    claims: pd.DataFrame,
    alone: Mapping[str, str],
) -> Entered:
    """Return the candidate tables with what was read.

    `alone`: idea → the theme that its text alone would give it, empty for none.
    A theme that was read is not measured: drawing ideas again, or searching by words alone, would say nothing of it.
    """
    of_idea = {idea: theme_id(place.subject) if place.subject else "" for idea, place in read.places.items()}
    return Entered(
        _themes(read, themes),
        _places(read, idea_themes, of_idea),
        _pairs(read, near_duplicates),
        _claims(read, texts, claims),
        _readings(read, of_idea, alone),
        _words(read),
    )


def _words(read: Readings) -> pd.DataFrame:
    """Return the question of each theme read, with the ideas it was read from, then the tensions."""
    members: dict[int, list[str]] = {}
    for idea, place in sorted(read.places.items()):
        members.setdefault(place.subject, []).append(idea)
    told = [(subject, answer) for subject, answer in sorted(read.words.items()) if answer]
    asked = [("question", answer["question"], members[subject]) for subject, answer in told if answer["question"]]
    opposed = [("tension", row["objet"], [row["a"], row["b"]]) for _, answer in told for row in answer["tensions"]]
    rows = [(rank, *said, read.model) for rank, said in enumerate([*asked, *opposed], start=1)]
    return pd.DataFrame(rows, columns=list(WORDS_READ.arrow.names))


def _readings(read: Readings, of_idea: Mapping[str, str], alone: Mapping[str, str]) -> pd.DataFrame:
    rows = [
        (
            idea,
            of_idea[idea] or None,
            place.sure,
            place.hesitant,
            alone.get(idea) or None,
            place.quote,
            read.model,
            read.day,
        )
        for idea, place in sorted(read.places.items())
    ]
    return pd.DataFrame(rows, columns=list(READINGS.arrow.names))


def _themes(read: Readings, themes: pd.DataFrame) -> pd.DataFrame:
    told = {theme_id(subject): answer for subject, answer in read.words.items() if answer}
    mine = themes["origin"] == READER
    summaries = {
        theme: " ".join(_sentence(claim["texte"]) for claim in answer["affirmations"]) for theme, answer in told.items()
    }
    changed = themes.assign(
        summary=[summaries.get(t) or s for t, s in zip(themes["theme_id"], themes["summary"], strict=True)]
    )
    measured = ("stability", "found_in", "draws", "found_by_words", "found_by_meaning", "sensitivity")
    empty = {name: changed[name].mask(mine) for name in measured}
    return changed.assign(**empty)


def _sentence(claim: str) -> str:
    return claim if claim.endswith((".", "!", "?", "…")) else f"{claim}."


def _places(read: Readings, idea_themes: pd.DataFrame, of_idea: Mapping[str, str]) -> pd.DataFrame:
    homes = idea_themes["theme_id"].where(~idea_themes["weak_signal"], "")
    rows = zip(idea_themes["idea_id"].astype(str), homes, idea_themes["why"].astype(str), strict=True)
    said = [_said(read, idea, idea in of_idea and of_idea[idea] == home, why) for idea, home, why in rows]
    by = [READER if mine else "pipeline" for mine, _ in said]
    return idea_themes.assign(decided_by=by, why=[why for _, why in said])


def _said(read: Readings, idea: str, there: bool, why: str) -> tuple[bool, str]:  # noqa: FBT001 - a fact of the row
    """Return whether an idea is where the reader put it (`there`), and why it is there."""
    if not there:
        return False, why
    place = read.places[idea]
    if not place.subject:
        return True, typeset(f"Le lecteur ({read.model}) ne lui trouve aucun sujet du concours.")
    doubt = " Ses deux lectures diffèrent : à lire." if place.hesitant else ""
    quoted = f" : « {place.quote} »" if place.quote else ", sans citer ses mots"
    return True, typeset(f"Proposé par le lecteur ({read.model}){quoted}.{doubt}")


def _pairs(read: Readings, near: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs, those that the reader calls the same proposal first, without those it says are not."""
    scores = {(str(a), str(b)): float(s) for a, b, s in near[["idea_a", "idea_b", "score"]].itertuples(index=False)}
    kept = {pair: score for pair, score in scores.items() if pair in read.same or pair not in read.judged}
    kept |= dict.fromkeys(read.same, 1.0)
    rows = [(*pair, score) for pair, score in sorted(kept.items())]
    return pd.DataFrame(rows, columns=["idea_a", "idea_b", "score"])


def _claims(read: Readings, texts: Sequence[Text], claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims: for a theme that was read, the sentence that the reader quoted of an idea behind each."""
    subjects = {idea: place.subject for idea, place in read.places.items()}
    rows = _quoted(read, {text.idea: text.text for text in texts})
    told = {subjects[idea] for idea in rows}
    others = claims[[subjects.get(str(idea)) not in told for idea in claims["idea_id"]]]
    mine = pd.DataFrame(list(rows.values()), columns=["idea_id", "text", "ideas"]).assign(read=True)
    return mine if others.empty else pd.concat([others, mine], ignore_index=True)


def _quoted(read: Readings, text_of: Mapping[str, str]) -> dict[str, tuple[str, str, list[str]]]:
    """Return idea → (idea, the sentence quoted of it, the other ideas that claim the same), each idea once."""
    rows: dict[str, tuple[str, str, list[str]]] = {}
    for claim in (claim for answer in read.words.values() if answer for claim in answer.get("affirmations", [])):
        quoted = next((idea for idea in claim["idees"] if idea not in rows and read.places[idea].quote), None)
        if quoted is not None:
            sentence = sentence_around(text_of[quoted], read.places[quoted].quote)
            rows[quoted] = (quoted, sentence, [idea for idea in claim["idees"] if idea != quoted])
    return rows


def sentence_around(text: str, quote: str) -> str:
    """Return the whole sentence of a text that holds a quote; the quote itself when it spans several."""
    parts = [" ".join(part.split()) for part in text.splitlines()]
    plain = next((part for part in parts if quote in part), "")
    if not plain:
        return quote
    at = plain.find(quote)
    start = max(plain.rfind(mark, 0, at) + 1 for mark in ".!?…")
    ends = [end for mark in ".!?…" if (end := plain.find(mark, at + len(quote))) >= 0]
    return plain[start : min(ends) + 1 if ends else len(plain)].strip()
