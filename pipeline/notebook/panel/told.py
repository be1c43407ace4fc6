"""What the panel says, as HTML: what people wrote is escaped and can only be read."""

from __future__ import annotations

import html
from collections.abc import Sequence

from pipeline.french import agree, count_or_none, counted, percent, typeset
from pipeline.notebook.panel.lists import Texts, theme_said, unread
from pipeline.notebook.panel.trial import Trial
from pipeline.notebook.panel.view import ASKED, PAGE, View
from pipeline.review.entering.effect import Move
from pipeline.review.entering.wording import KINDS, title
from pipeline.review.replaying.state import Place, State
from pipeline.shells.deciding.desk import Desk

_SHOWN = 60
"""Moves listed at once."""

_WITHOUT_SCROLLING = 3
"""Moves that fit in their frame, each on two lines at the most."""

_LONG = 1200
"""Characters from which a card scrolls."""

_FEW = 8
"""Chosen ideas whose texts are shown."""

_BODY = 180
"""Characters of the text of an idea on a page: enough to know its subject; choosing the idea shows all of it."""


def progress(desk: Desk) -> str:
    """Return how far the review is: a bar and a sentence."""
    state = desk.now.state
    total, decided = len(state.places), sum(place.by is not None for place in state.places.values())
    weak = sum(place.home is None for place in state.places.values())
    lost = len(desk.now.conflicts)
    said = [
        f"{counted(decided, 'idée décidée', 'idées décidées')} sur {total}",
        counted(len(state.themes), "thème"),
        counted(weak, "signal faible", "signaux faibles"),
    ]
    if lost:
        said.append(f"{counted(lost, 'décision')} à revoir, plus bas dans le carnet")
    bar = f'<progress value="{decided}" max="{max(total, 1)}" aria-label="Idées décidées"></progress>'
    return f'<div class="ml-progress">{bar}<span>{" · ".join(said)}</span></div>'


def card(desk: Desk, view: View, texts: Texts) -> str:
    """Return what there is to read: the theme when one decides on it, else the chosen ideas."""
    if view.scope == "theme":
        return _theme(desk.now.state, view.theme)
    if view.scope == "log":
        return _note(_LOG if desk.decisions else _NO_DECISION)
    if not view.ideas and view.shown == PAGE:
        return _page(desk, view, texts)
    if not view.ideas:
        return _note(_EMPTY if view.shown != ASKED else _NO_QUESTION)
    return _idea(desk, view.ideas[0], texts) if len(view.ideas) == 1 else _several(desk, view, texts)


def _page(desk: Desk, view: View, texts: Texts) -> str:
    """Return what is left of the page, to be read before it is confirmed."""
    state, left = desk.now.state, unread(desk, view)
    if not left:
        return _note(_NO_QUESTION)
    home = html.escape(title(state, view.page_theme))
    sure = round(sum(desk.chances(idea).get(view.page_theme, 0.0) for idea in left))
    head = f'<p class="ml-title">{typeset(f"Le programme mettrait ces {len(left)} idées dans « {home} »")}</p>'
    expected = f"Il pense avoir raison pour {sure} d’entre elles. {_EXCEPTIONS}"
    return _read("Page à lire", head + _note(expected) + "".join(_to_read(idea, texts) for idea in left), "ml-page")


_EXCEPTIONS = (
    "Lisez-les ; choisissez à gauche celles qui n’en sont pas (avec Ctrl ou Maj, plusieurs à la fois) et rangez-les "
    "ailleurs. Confirmez ensuite le reste d’un seul geste."
)


def _to_read(idea: str, texts: Texts) -> str:
    body = " ".join(texts.bodies.get(idea, ()))
    short = body if len(body) <= _BODY else body[: body.rfind(" ", 0, _BODY)].rstrip(" .,;:…") + "…"
    return (
        f'<p class="ml-title">{html.escape(texts.titles.get(idea, ""))}</p>'
        f'<p><span class="ml-where">{html.escape(idea)}</span> {html.escape(short)}</p>'
    )


def _several(desk: Desk, view: View, texts: Texts) -> str:
    several = "".join(_short(desk.now.state, idea, texts) for idea in view.ideas[:_FEW])
    rest = len(view.ideas) - _FEW
    more = _note(f"et {counted(rest, 'autre idée')}") if rest > 0 else ""
    return _read("Idées choisies", several + more)


_EMPTY = "Choisissez une idée dans la liste."
_LOG = "La plus récente d’abord. Annuler une annulation rétablit la décision."
_NO_DECISION = "Aucune décision n’est enregistrée."
_NO_QUESTION = (
    "Plus rien à demander : toutes les idées sont décidées, ou il n’y a pas de thème. Montrez une autre liste."
)


def _read(name: str, content: str, look: str = "") -> str:
    """Return a card; a long one scrolls, so it takes the keyboard too."""
    long = ' tabindex="0"' if len(content) > _LONG else ""
    return f'<div class="{f"ml-card {look}".strip()}"{long} role="group" aria-label="{name}">{content}</div>'


def _note(text: str) -> str:
    return f'<p class="ml-note">{html.escape(typeset(text))}</p>'


WAITING = _note("Calcul de l’effet… Le premier titre que vous écrivez prend quelques secondes : le modèle se charge.")
"""Said while words that a person wrote are compared with all ideas."""


def _idea(desk: Desk, idea: str, texts: Texts) -> str:
    state, place = desk.now.state, desk.now.state.places[idea]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in texts.bodies.get(idea, ()))
    asked = [] if place.by is not None else [said for q in desk.asked([idea]) for said in (q.apart, q.reason) if said]
    unmoved = place.by is None and place.theme == desk.before.places[idea].theme
    why = (
        [typeset(f"Pourquoi là : {desk.why[idea][:1].lower()}{desk.why[idea][1:]}")]
        if unmoved and desk.why.get(idea)
        else []
    )
    notes = "".join(_note(said) for said in (*asked, *why))
    head = f'<p class="ml-title">{html.escape(texts.titles.get(idea, ""))}</p>'
    where = f'<p class="ml-where">{html.escape(idea)} · {html.escape(_where(desk, state, place))}</p>'
    return _read("Idée choisie", head + where + body + notes)


def _where(desk: Desk, state: State, place: Place) -> str:
    by = {decision.seq: decision.who for decision in desk.decisions}
    who = f"décidé par {by.get(place.by, 'un analyste')}" if place.by is not None else "proposé par le programme"
    if place.home is None:
        near = f", le plus proche : « {title(state, place.theme)} »" if place.theme else ""
        return typeset(f"signal faible{near} ({who})")
    second = f", et « {title(state, place.second)} »" if place.second else ""
    sure = "" if place.by is not None else f" à {percent(place.membership)}"
    return typeset(f"dans « {theme_said(state, place)} »{sure}{second} ({who})")


def _short(state: State, idea: str, texts: Texts) -> str:
    theme = html.escape(theme_said(state, state.places[idea]))
    first = next(iter(texts.bodies.get(idea, ())), "")
    return (
        f'<p class="ml-title">{html.escape(texts.titles.get(idea, ""))}</p>'
        f'<p class="ml-where">{html.escape(idea)} · {theme}</p><p>{html.escape(first[:300])}</p>'
    )


def _theme(state: State, theme: str) -> str:
    if theme not in state.themes:
        return _note("Choisissez un thème dans la première liste, ou ouvrez-en un.")
    known, members = state.themes[theme], state.members(theme)
    decided = sum(state.places[idea].by is not None for idea in members)
    said = [
        counted(len(members), "idée"),
        f"dont {count_or_none(decided, 'décidée')}",
        KINDS.get(known.kind, "sans suite"),
    ]
    pinned = ["figé"] if theme in state.pinned else []
    head = f'<p class="ml-title">{html.escape(title(state, theme))}</p>'
    where = f'<p class="ml-where">{html.escape(" · ".join([theme, *said, *pinned]))}</p>'
    reason = _note(known.kind_reason) if known.kind_reason else ""
    return _read("Thème choisi", f"{head}{where}<p>{html.escape(typeset(known.summary))}</p>{reason}")


def off(reasons: Sequence[str]) -> str:
    """Return why buttons are off, a line each; nothing when none is."""
    return "".join(f'<p class="ml-off">{html.escape(typeset(reason))}</p>' for reason in reasons)


def outcome(desk: Desk, tried: Trial | None, texts: Texts, missing: str = "") -> str:
    """Return what the draft would change, listed, or why it is refused; what to do when there is none, or not whole.

    Args:
        desk: as it is now.
        tried: the draft, None while something is missing.
        texts: what people wrote.
        missing: what a chosen decision still lacks, in words.
    """
    if tried is None and missing:
        return _note(f"Encore une chose : {missing}. L’effet s’affichera ici, avant d’être enregistré.")
    if tried is None:
        return _note("Choisissez une décision : son effet s’affiche ici, avant d’être enregistré. "
                     "Au clavier : flèches pour choisir, Tab pour avancer, Entrée pour enregistrer.")  # fmt: skip
    refused = "".join(f'<p class="ml-refused">{html.escape(why)}</p>' for why in tried.problems)
    if tried.change is None or refused:
        return f'<div class="ml-effect">{refused}</div>'
    said = f'<p class="ml-said">{html.escape(_effect_said(desk, tried))}</p>'
    moves = [*((move, "strong") for move in tried.change.named), *((move, "span") for move in tried.change.followers)]
    return f'<div class="ml-effect">{said}{_moves(desk.now.state, moves, texts)}</div>'


def _effect_said(desk: Desk, tried: Trial) -> str:
    change = tried.change
    if change is None or change.named or change.followers:
        return typeset(f"{change} Rien n’est encore enregistré.")
    confirms = all(one.action == "assign" and _home(desk, one.target) == one.value for one in tried.acts)
    whose = agree(len(tried.acts), "sa place", "leur place")
    return typeset(f"Vous confirmez {whose} ; le programme en tiendra compte.") if confirms else str(change)


def _home(desk: Desk, idea: str) -> str | None:
    place = desk.now.state.places.get(idea)
    return place.home if place else None


def _moves(state: State, moves: Sequence[tuple[Move, str]], texts: Texts) -> str:
    if not moves:
        return ""
    rows = "".join(_move(state, move, tag, texts) for move, tag in moves[:_SHOWN])
    rest = len(moves) - _SHOWN
    more = _note(f"et {counted(rest, 'autre idée')}") if rest > 0 else ""
    long = ' tabindex="0"' if len(moves) > _WITHOUT_SCROLLING else ""
    return (
        f'<div class="ml-moves"{long} role="region" aria-label="Idées qui changeraient de thème"><table>'
        '<thead><tr><th scope="col">Idée</th><th scope="col">De</th><th scope="col">Vers</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}</div>"
    )


def _move(state: State, move: Move, tag: str, texts: Texts) -> str:
    cells = (f"{move.idea} {texts.titles.get(move.idea, '')}", title(state, move.was), title(state, move.now))
    first, *others = (html.escape(cell) for cell in cells)
    return f"<tr><td><{tag}>{first}</{tag}></td>" + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"


def status(said: str) -> str:
    """Return a sentence that screen readers read out when it appears."""
    return f'<p class="ml-status" role="status">{html.escape(typeset(said))}</p>'
