"""Decisions in a notebook: an act in a few words, what it would change, what people agree on."""

from __future__ import annotations

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.evaluate.coders import compare_coders
from pipeline.french import number
from pipeline.review.entering.effect import Effect
from pipeline.review.entering.wording import title, told
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import undone
from pipeline.review.replaying.state import State
from pipeline.shells.deciding.decisions_file import signed
from pipeline.shells.deciding.desk import Desk

act = signed
"""A decision dated now and signed; nothing is recorded."""


def questions(desk: Desk, count: int = 10) -> pd.DataFrame:
    """Return the ideas whose decision would help most: idea_id, title, Entre, Et, Pourquoi la demander.

    First the ideas on which a second reader, likeness alone and people differ, if any: a column then says so.
    """
    titles, asked = dict(zip(desk.ideas["idea_id"], desk.ideas["title"], strict=True)), desk.questions(count)
    rows = [
        (q.idea, titles[q.idea], title(desk.now.state, q.themes[0]), title(desk.now.state, q.themes[-1]), q.reason)
        for q in asked
    ]
    table = pd.DataFrame(rows, columns=["idea_id", "title", "Entre", "Et", "Pourquoi la demander"])
    apart = [q.apart for q in asked]
    return table.assign(**{"Qui dit quoi": apart}) if any(apart) else table


def first_act(desk: Desk) -> Decision:
    """Return, as an example to change, the act that puts the first idea asked about in its likeliest theme.

    Raises:
        MinilabsError: `notebook.no_question` when nothing is left to ask.
    """
    asked = desk.questions(1)
    if not asked:
        raise MinilabsError("notebook.no_question")
    return act("assign", asked[0].idea, asked[0].themes[0], "exemple du carnet 3")


def tried(desk: Desk, *acts: Decision) -> Effect:
    """Return what acts would change (its text is a French sentence); nothing is recorded.

    Raises:
        MinilabsError: `review.act`, `review.unknown_theme`: an act that is not understood or would not apply.
    """
    change, problems = desk.tried(desk.resolved(acts))
    raise_all([MinilabsError("review.act", why=problem) for problem in problems])
    return change


def in_words(desk: Desk, one: Decision) -> str:
    """Return what an act does as a French sentence, themes by their titles.

    Raises:
        MinilabsError: `review.act`, `review.unknown_theme`: an act that is not understood.
    """
    return "".join(f"{told(desk.now.state, known)}." for known in desk.resolved([one]))


def moves(desk: Desk, change: Effect) -> pd.DataFrame:
    """Return the ideas that would change theme: idea_id, De, Vers, Parce que."""
    titles = dict(zip(desk.ideas["idea_id"], desk.ideas["title"], strict=True))
    rows = [
        (move.idea, titles[move.idea], title(desk.now.state, move.was), title(desk.now.state, move.now), why)
        for found, why in ((change.named, "vous la nommez"), (change.followers, "elle suit, par ressemblance"))
        for move in found
    ]
    return pd.DataFrame(rows, columns=["idea_id", "title", "De", "Vers", "Parce que"])


def recorded(desk: Desk) -> pd.DataFrame:
    """Return every decision recorded so far, in words: seq, when, who, Décision, reason, État."""
    gone = undone(desk.decisions)
    rows = [
        (one.seq, one.when[:10], one.who, told(desk.now.state, one), one.reason, "annulée" if one.seq in gone else "")
        for one in desk.decisions
    ]
    return pd.DataFrame(rows, columns=["seq", "when", "who", "Décision", "reason", "État"])


def before_and_after(desk: Desk) -> tuple[pd.Series[str], pd.Series[str]]:
    """Return the title of the theme of each idea as it was proposed, then as it is decided, weak signals left out."""
    return _homes(desk.before), _homes(desk.now.state)


def _homes(state: State) -> pd.Series[str]:
    homes = {idea: title(state, place.home) for idea, place in sorted(state.places.items()) if place.home}
    return pd.Series(homes, dtype=str)


def agreement(first: pd.Series[str], second: pd.Series[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how far two codings agree (Mesure, Valeur, Lecture) and where they do not (Premier, Second, Idées...).

    Args:
        first: theme by idea_id.
        second: theme by idea_id, in its own words: names are matched.
    """
    found = compare_coders(first, second)
    columns = ["Mesure", "Valeur", "Ce que cela veut dire"]
    if found is None:
        return pd.DataFrame([], columns=columns), pd.DataFrame([], columns=["Premier", "Second", "Combien", "Idées"])
    rows = [
        ("idées comparées", number(found.ideas), "dans les deux codages"),
        ("AMI", number(found.ami, 2), "0 : le hasard ; 1 : les mêmes regroupements"),
        ("kappa de Cohen", number(found.kappa, 2), "part d’accord au-delà du hasard"),
        ("alpha de Krippendorff", number(found.alpha, 2), "0,80 : solide ; 0,67 : à manier avec prudence"),
    ]
    apart = found.disagreements.set_axis(["Premier", "Second", "Combien", "Idées"], axis="columns")
    return pd.DataFrame(rows, columns=columns), apart
