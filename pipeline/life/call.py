"""Groups → the call to all agents: a page, a text a group in plain words, and the questions for the form tool.

Nothing here names anybody: subjects, questions, dates and places left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.files.spreadsheet import EXAMPLE
from pipeline.french import counted, enumeration, typeset
from pipeline.life.frame import framed
from pipeline.life.sessions import Session
from pipeline.report.render.workbook import workbook
from pipeline.words.kinds import OF_TRADE


@dataclass(frozen=True, slots=True)
class Offer:
    """One group as it is offered.

    Attributes:
        lab_id: of the group.
        subject: its title.
        about: words that say what it is about; may be empty.
        question: it starts from; may be empty.
        audience: who it is for, a sentence.
        dates: when and where it meets, in words; none yet: empty.
        left: places left.
    """

    lab_id: str
    subject: str
    about: str
    question: str
    audience: str
    dates: tuple[str, ...]
    left: int

    @property
    def places(self) -> str:
        """The places left, a sentence."""
        if self.left > 0:
            return typeset(f"{counted(self.left, 'place libre', 'places libres')}.")
        return "Complet aujourd’hui : s’inscrire, c’est entrer en liste d’attente."

    @property
    def when(self) -> tuple[str, ...]:
        """The dates, or that there are none yet."""
        return self.dates or ("Dates à fixer.",)


def audience(kind: str, occupations: Sequence[str]) -> str:
    """Return who a group is for: everybody, or the people of one occupation."""
    if kind in OF_TRADE and occupations:
        return typeset(f"Pour les agents qui exercent ce métier : {enumeration(occupations, 'ou')}.")
    if kind in OF_TRADE:
        return "Pour les agents qui exercent ce métier, sur tous les sites."
    return "Pour tous les agents, quels que soient leur direction, leur métier et leur site ; aucune idée à apporter."


def dates(lab_id: str, slot: str, sessions: Iterable[Session]) -> tuple[str, ...]:
    """Return when a group meets: its sessions, or the slot that suits its members."""
    own = tuple(session.said for session in sessions if session.lab_id == lab_id)
    return own or ((typeset(slot),) if slot else ())


def text(offer: Offer) -> str:
    """Return the text of one group, to publish as it is."""
    lines = [
        offer.subject, "=" * len(offer.subject), "",
        *([f"De quoi s’agit-il ? {offer.about}", ""] if offer.about else []),
        *([f"La question : {offer.question}", ""] if offer.question else []),
        f"Pour qui ? {offer.audience}", "",
        f"Quand et où ? {' ; '.join(offer.when)}", "",
        offer.places, "",
    ]  # fmt: skip
    return typeset("\n".join(lines))


def form(offers: Sequence[Offer], days: Sequence[str], directorates: Sequence[str]) -> str:
    """Return the questions to put in any form tool, so that `minilabs register` reads its export by itself."""
    lines = ["Questions du formulaire d’inscription", "", _HOW, ""]
    for rank, (title, kind, choices) in enumerate(_questions(offers, days, directorates), 1):
        lines += [f"{rank}. {title} – {kind}", *(f"   – {choice}" for choice in choices)]
    return typeset("\n".join(lines)) + "\n"


def registration_sheet(offers: Sequence[Offer], days: Sequence[str], directorates: Sequence[str]) -> bytes:
    """Return a workbook of the same questions, for registrations that come by telephone or on paper.

    Its first line is a commented example; filled in, it is read by `minilabs register` as an export is.
    """
    questions = _questions(offers, days, directorates)
    known = _EXAMPLE | {"Vœu 1": next((offer.subject for offer in offers), ""), "Jours possibles": ";".join(days[:1])}
    line = [known.get(title, "") for title, _, _ in questions]
    choices = {(SHEET, title): tuple(said) for title, _, said in questions if said and title != "Jours possibles"}
    heads = [title for title, _, _ in questions]
    return workbook({SHEET: (heads, [[f"{EXAMPLE} : {line[0]}", *line[1:]]])}, "Inscriptions", choices, form=True)


SHEET = "Inscriptions"
_EXAMPLE = {
    "Nom": "Martin", "Prénom": "Camille", "Adresse électronique": "camille.martin@exemple.fr", "Métier": "jardinier",
    "Type de site": "lycée", "Lieu": "Metz",
}  # fmt: skip


def _questions(
    offers: Sequence[Offer], days: Sequence[str], directorates: Sequence[str]
) -> list[tuple[str, str, Sequence[str]]]:
    """Return what is asked: title, kind, choices."""
    subjects = [offer.subject for offer in offers]
    return [
        ("Nom", "texte court, obligatoire", ()),
        ("Prénom", "texte court, obligatoire", ()),
        ("Adresse électronique", "texte court, obligatoire", ()),
        ("Direction", "liste, obligatoire" if directorates else "texte court, obligatoire", directorates),
        ("Métier", "texte court", ()),
        ("Type de site", "liste", ("siège", "lycée", "Maison de la Région")),
        ("Lieu", "texte court", ()),
        *((f"Vœu {rank}", "liste", subjects) for rank in range(1, min(3, len(subjects)) + 1)),
        *([("Jours possibles", "plusieurs choix", days)] if days else []),
        ("Désistement", "case à cocher (« oui ») : je m’étais inscrit et je me retire", ()),
    ]


_HOW = (
    "À recopier dans l’outil de votre choix, titres compris : l’export (CSV, Excel ou LibreOffice) se reprend alors"
    " par « minilabs register FICHIER », autant de fois qu’il le faut."
)


def page(title: str, contact: str, offers: Sequence[Offer]) -> str:
    """Return the page to publish: one file, no network."""
    head = f"Rejoindre un groupe de travail – {title}"
    return framed(head, _STYLE, _BODY, title=title, contact=contact, offers=offers)


_STYLE = """\
body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff }
section { border-top: 2px solid #0b4a6f; margin-top: 2rem }
h1, h2 { line-height: 1.25 }
dt { font-weight: 700; margin-top: .6rem }
dd { margin: 0 }
"""

_BODY = """\
<h1>Rejoindre un groupe de travail</h1>
<p>{{ title }}. Chaque groupe part des idées que des agents ont proposées. L’inscription est ouverte à tous\u202f;
en dire plusieurs, par ordre de préférence, aide à trouver une place à chacun.</p>
{% for offer in offers %}
<section>
<h2>{{ offer.subject }}</h2>
<dl>
{% if offer.about %}
<dt>De quoi s’agit-il\u202f?</dt>
<dd>{{ offer.about }}</dd>
{% endif %}
{% if offer.question %}
<dt>La question</dt>
<dd>{{ offer.question }}</dd>
{% endif %}
<dt>Pour qui\u202f?</dt>
<dd>{{ offer.audience }}</dd>
<dt>Quand et où\u202f?</dt>
{% for date in offer.when %}
<dd>{{ date }}</dd>
{% endfor %}
<dt>Places</dt>
<dd>{{ offer.places }}</dd>
</dl>
</section>
{% endfor %}
{% if contact %}
<p>Une question\u202f? {{ contact }}</p>
{% endif %}
"""
