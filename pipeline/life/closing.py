"""The end of a contest: what personal data was held, for how long and why, as a page for the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.french import counted, typeset
from pipeline.life.frame import framed
from pipeline.params import Params

HELD = {
    "data/raw": "export du concours : idées, noms, adresses, directions",
    "data/private": "noms, adresses, inscriptions, listes de doutes",
    "data/interim": "textes masqués et attributs des agents, par numéro",
    "data/review/people.csv": "vœux et disponibilités, par numéro",
    "data/review/announced.csv": "places annoncées, par numéro",
    "data/review/presences.csv": "présences aux séances, par numéro",
    "data/review/persons.csv": "personnes réunies ou distinguées, par numéro",
    "data/review/forgotten.csv": "personnes effacées à leur demande, par numéro",
    "reports/private": "lettres, kits et feuilles de présence",
    ".minilabs": "mémoire des calculs",
    ".dvc/cache": "copies des tables",
    ".dvc/tmp": "copies des tables",
}
"""What a workspace holds of persons, and what it is; all of it goes in the end."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One place of the workspace that holds personal data.

    Attributes:
        path: from the root.
        what: in words.
        files: how many.
    """

    path: str
    what: str
    files: int

    @property
    def size(self) -> str:
        """How many files, in words."""
        return counted(self.files, "fichier")


def register_page(params: Params, people: int, held: Iterable[Holding]) -> str:
    """Return the page for the register of processing: one file, without any name.

    Args:
        params: of the workspace: who publishes, what the register says, whether a second reader is used.
        people: how many are known.
        held: places that hold their data.
    """
    said, reader = params.close, params.reader.address
    sent = f"second lecteur (modèle de langue), {reader} : textes masqués et numéros" if reader else "aucun"
    facts = {
        "Traitement": params.report.title,
        "Responsable": said.controller or params.report.organisation,
        "Finalité": said.purpose,
        "Base légale": said.basis,
        "Personnes concernées": f"agents porteurs d'idées ou inscrits : {counted(people, 'personne')}",
        "Catégories de données": "identité, adresse électronique, direction, métier, lieu ; idées, vœux, présences",
        "Durée de conservation": said.retention,
        "Destinataires": said.recipients,
        "Sous-traitant": sent,
        "Exercice des droits": said.rights or "à compléter dans params.yaml, section « close », clé « rights »",
        "Mesures": "noms à part, textes masqués, fichiers réservés à leur propriétaire, effacement à la demande",
    }
    told = {term: typeset(text) for term, text in facts.items()}
    head = f"Registre des traitements – {told['Traitement']}"
    return framed(head, _STYLE, _BODY, facts=told, held=list(held))


_STYLE = """\
body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff }
dt { font-weight: 700; margin-top: .6rem }
dd { margin: 0 }
table { border-collapse: collapse }
th, td { border: 1px solid #666; padding: .3rem .6rem; text-align: left }
"""

_BODY = """\
<h1>Fiche pour le registre des traitements</h1>
<dl>
{% for term, said in facts.items() %}
<dt>{{ term }}</dt>
<dd>{{ said }}</dd>
{% endfor %}
</dl>
<h2>Données détenues</h2>
<table>
<thead><tr><th scope="col">Où</th><th scope="col">Quoi</th><th scope="col">Combien</th></tr></thead>
<tbody>
{% for holding in held %}
<tr><th scope="row">{{ holding.path }}</th><td>{{ holding.what }}</td><td>{{ holding.size }}</td></tr>
{% endfor %}
</tbody>
</table>
"""
