"""What the second reader's commands say, in French: facts of a workspace in, lines out."""

from __future__ import annotations

from pipeline.french import counted, fold, number, typeset
from pipeline.reader.model import Question, Subject
from pipeline.reader.plan import Estimate, estimate, next_questions
from pipeline.reader.questions.batches import tokens
from pipeline.reader.readings import codebook_in_force, coded
from pipeline.reader.vectors import batches
from pipeline.review.replaying.engine import in_force
from pipeline.shells.alike.given import themes_given
from pipeline.shells.deciding import desk as decisions_desk
from pipeline.shells.deciding.decisions_file import load_decisions
from pipeline.shells.deciding.learning import given_words
from pipeline.shells.reading.asking import Asked, Desk, open_desk
from pipeline.shells.reading.consenting import consented, models_of
from pipeline.workspace import Workspace

_FEW = 5
_SECONDS = 20
"""Seconds that an answer takes on a machine of one's own: a guess, said as one."""
_KINDS = {
    "subjects": "relever les sujets",
    "merge": "réunir les sujets",
    "coding": "placer les idées",
    "pairs": "comparer des idées proches",
    "words": "titres, affirmations et questions",
}


def desk_of(workspace: Workspace) -> Desk:
    """Return the reader's desk of a workspace.

    Raises:
        MinilabsError: see `shells.asking.open_desk`.
    """
    params = workspace.params()
    decisions = load_decisions(workspace.given(params.review.decisions), params.review.decisions)
    words = given_words(tuple(in_force(decisions)))
    frame = tuple(
        Subject(said["rename"], said.get("describe", "")) for _, said in sorted(words.items()) if said.get("rename")
    )
    if params.reader.listed:
        said = {fold(subject.title) for subject in frame}
        given = themes_given(workspace, params).values()
        frame += tuple(Subject(one.title, one.description) for one in given if fold(one.title) not in said)
    return open_desk(workspace, frame, lambda most: _telling(workspace, most))


def _telling(workspace: Workspace, most: int) -> list[str]:
    """Return the ideas whose reading would help most, as `minilabs suggest` orders them."""
    return [question.idea for question in decisions_desk.open_desk(workspace).questions(most)]


def status(workspace: Workspace) -> list[str]:
    """Return where things stand."""
    params = workspace.params()
    section = params.reader
    if not section.address or not models_of(params):
        return [
            typeset("Aucun second lecteur : la chaîne propose seule, hors ligne."),
            typeset("Pour en choisir un : « address » et « model », section « reader » de params.yaml, puis"),
            typeset("« minilabs reader preview ». Ce que c’est, ce qui part, ce qu’il en coûte : notebooks/lecteur.md"),
        ]
    desk = desk_of(workspace)
    lines = [typeset(f"Second lecteur : {models_of(params)}, sur {section.address}.")]
    agreed = "donné" if consented(workspace, params) else "pas encore donné : rien n’a été envoyé"
    lines.append(typeset(f"Consentement : {agreed}."))
    book = codebook_in_force(desk.record, desk.task.texts)
    if book is None:
        lines.append(typeset("Lectures : aucune."))
    else:
        places = coded(desk.record, desk.task.texts, book, desk.task.settings, desk.task.instructions)
        hesitant = sum(place.hesitant for place in places.values())
        lines.append(
            typeset(
                f"Lectures : {counted(len(places), 'idée lue', 'idées lues')} sur {number(len(desk.task.texts))},"
                f" {counted(len(book), 'sujet')}, {counted(hesitant, 'idée hésitante', 'idées hésitantes')}."
            )
        )
    return lines + _remaining(desk) + _used(desk)


def _used(desk: Desk) -> list[str]:
    if desk.params.reader.proposes:
        return []
    return [typeset("Ses lectures ne proposent rien pour l’instant (« proposes: false », section « reader »).")]


def _remaining(desk: Desk) -> list[str]:
    left, lines = estimate(desk.task, desk.record), _vectors(desk)
    if left.calls:
        lines.append(typeset(f"Reste à lire : {_cost(desk, left)}."))
    elif desk.waits and desk.params.reader.model:
        lines.append(
            typeset("Les lectures viennent après : « minilabs run » sur ces vecteurs, puis de nouveau « ask ».")
        )
    else:
        lines.append(typeset("Reste à lire : rien."))
    if desk.left_out:
        lines.append(
            typeset(
                f"{counted(desk.left_out, 'idée')} ne seront pas lues (« reader: ideas ») : seules le sont celles dont"
                " la réponse aide le plus ; le reste est placé d’après elles."
            )
        )
    return lines


def _vectors(desk: Desk) -> list[str]:
    model = desk.params.embed.served
    if not model:
        return []
    if not desk.vectors:
        return [typeset(f"Vecteurs de {model} : tous enregistrés.")]
    calls, sent = len(batches(desk.vectors, desk.params.reader.context)), sum(map(tokens, desk.vectors))
    told = f"{counted(len(desk.vectors), 'texte')}, {counted(calls, 'appel')}, environ {counted(sent, 'jeton')}"
    return [typeset(f"Vecteurs de {model} à demander : {told}.")]


def _cost(desk: Desk, left: Estimate) -> str:
    section = desk.params.reader
    minutes = max(1, round(left.calls * _SECONDS / section.parallel / 60))
    told = (
        f"environ {counted(left.calls, 'appel')}, {number(left.sent)} jetons envoyés et {number(left.received)} reçus,"
        f" de l’ordre de {counted(minutes, 'minute')}"
    )
    price = (left.sent * section.price_sent + left.received * section.price_received) / 1_000_000
    return told + (f", {number(price, 2)} au prix donné" if price else "")


def preview(workspace: Workspace, *, whole: bool) -> list[str]:
    """Return what would be sent now, with the exact texts when `whole`, else the first question."""
    desk = desk_of(workspace)
    section = desk.params.reader
    questions = next_questions(desk.task, desk.record)
    lines = [typeset(f"À {section.address} : {models_of(desk.params)}.")]
    if not section.address.startswith("https:"):
        lines.append(typeset("Attention : l’adresse est en http, les textes circulent en clair jusqu’au serveur."))
    lines += _remaining(desk) + _texts(desk, whole=whole)
    if not questions:
        return lines
    counts = {kind: sum(question.kind == kind for question in questions) for kind in _KINDS}
    told = ", ".join(f"{_KINDS[kind]} ({number(count)})" for kind, count in counts.items() if count)
    lines += [typeset(f"Maintenant : {told}. La suite dépend des réponses."), ""]
    lines.append(typeset("Partent : les numéros des idées et leurs textes masqués, tels que ci-dessous, rien d’autre."))
    for question in questions if whole else questions[:1]:
        lines += ["", *_exact(question)]
    if not whole and len(questions) > 1:
        lines += ["", typeset(f"… et {counted(len(questions) - 1, 'autre question')} : --textes les montre toutes.")]
    return lines


def _texts(desk: Desk, *, whole: bool) -> list[str]:
    """Return the texts of which vectors are asked, the first few unless `whole`."""
    shown = list(desk.vectors)[: None if whole else _FEW]
    if not shown:
        return []
    rest = len(desk.vectors) - len(shown)
    more = [typeset(f"… et {counted(rest, 'autre')} : --textes les montre tous.")] if rest else []
    head = typeset("Pour les vecteurs partent ces textes masqués et ces mots, sans aucun numéro :")
    return ["", head, *(f"  {text}" for text in shown), *more]


def _exact(question: Question) -> list[str]:
    return ["―" * 40, question.instruction, "", question.data]


def consent_asked(desk: Desk) -> list[str]:
    """Return what a person consents to."""
    section = desk.params.reader
    ideas = {text.idea for text in desk.task.texts}.union(*desk.vectors.values())
    return [
        typeset(f"Vont être envoyés à {section.address} ({models_of(desk.params)}) les textes masqués de"),
        typeset(f"{counted(len(ideas), 'idée')} et leurs numéros. Ni noms, ni directions, ni métiers, ni lieux"),
        typeset(
            "des porteurs ; le masquage n’est pas une anonymisation : relisez « minilabs reader preview --textes »."
        ),
        *_remaining(desk),
    ]


def outcome(asked: Asked) -> list[str]:
    """Return what asking came to."""
    lines = [typeset(f"{counted(asked.calls, 'appel')}, {number(asked.tokens)} jetons.")]
    if asked.opened:
        lines.append(
            typeset(f"{counted(asked.opened, 'point laissé ouvert', 'points laissés ouverts')} par le lecteur.")
        )
    if asked.stopped:
        lines.append(
            typeset("Le budget de la commande est atteint : relancez-la pour continuer où elle s’est arrêtée.")
        )
    lines.append(typeset("« minilabs run » reprend ces lectures, sans réseau ; les personnes décident."))
    return lines
