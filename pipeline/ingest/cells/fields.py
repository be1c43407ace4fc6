"""What a column can be, and the French and English words people write above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.french import fold

IDEA_FIELDS = ("idea_id", "submitted_on", "title", "part", "benefits", "status", "votes", "category")
"""What describes an idea; several columns may be a `part` of its text."""
HOLDER_FIELDS = (
    "holder_id", "family_name", "given_name", "person", "co_persons", "email", "directorate", "service",
    "occupation", "site_type", "place", "department", "role",
)  # fmt: skip
"""What describes a person; `person` is a whole name or several, `co_persons` those who joined."""
FIELDS = (*IDEA_FIELDS, "idea", *HOLDER_FIELDS)
"""`idea` is a column whose every answer is an idea of its own: only a person decides that."""
MULTIPLE = frozenset({"part", "idea", "co_persons"})
"""Fields that several columns may fill together."""

FRENCH = {
    "idea_id": "numéro de l'idée",
    "submitted_on": "date de dépôt",
    "title": "titre",
    "part": "texte de l'idée",
    "idea": "une idée par colonne",
    "benefits": "bénéfices attendus",
    "status": "statut",
    "votes": "votes",
    "category": "catégorie",
    "holder_id": "numéro de l'agent",
    "family_name": "nom de famille",
    "given_name": "prénom",
    "person": "porteur(s)",
    "co_persons": "co-porteur(s)",
    "email": "adresse électronique",
    "directorate": "direction",
    "service": "service",
    "occupation": "métier",
    "site_type": "type de site",
    "place": "lieu",
    "department": "département",
    "role": "rôle",
}
"""What each field is called in messages."""

_SYNONYMS: dict[str, str] = {
    "idea_id": "id|idee id|id idee|idea id|identifiant|numero|numero idee|num idee|n idee|reference idee|code idee"
    "|identifiant idee|numero proposition|id proposition|id contribution|numero fiche|numero contribution"
    "|numero dossier|contribution id|proposal id|idea number"
    "|numero ordre|numero enregistrement|numero depot|numero chrono|numero ligne|numero suivi|numero reception"
    "||num|no|n|idea|idee|ref|reference|code|fiche|dossier|number",
    "submitted_on": "date depot|depose le|date creation|cree le|date soumission|soumis le|horodateur|timestamp"
    "|created at|submitted on|submitted at|published at|completion time|date proposition|submission date"
    "||date|heure envoi|heure soumission|envoye le|date envoi|created|submitted|date publication|publie le"
    "|date heure|heure de fin|date inscription"
    "|date reception|recu le|heure fin|date modification",
    "title": "titre|title|intitule|intitule idee|titre idee|nom idee|libelle idee|titre projet|intitule projet"
    "|titre proposition|intitule proposition|idee en une phrase|idea title|titre contribution|proposal title"
    "||libelle|objet|sujet|nom projet|subject|resume en une phrase|projet|idee|nom|name|topic",
    "part": "description|texte|text|contenu|detail|details|proposition|propositions|constat|constats|probleme"
    "|problematique|solution|solution proposee|idee|mon idee|votre idee|contexte|situation actuelle|diagnostic"
    "|expose|corps|body|content|description idee|description detaillee|descriptif|presentation"
    "|presentation idee|decrivez votre idee|mise en oeuvre|modalites|moyens|moyens necessaires"
    "|texte idee|developpement|argumentaire|objectif|objectifs|explication|contribution|abstract|pourquoi|comment"
    "|suggestion|suggestions|suggestion amelioration|amelioration proposee"
    "||souhait|souhaits|besoin|besoins|message|resume|summary|projet|commentaire|commentaires",
    "benefits": "benefices|benefice|benefices attendus|gains|gain|gains attendus|avantages|resultats attendus"
    "|impact attendu|impacts attendus|plus value|valeur ajoutee|apports|benefits|expected benefits|effets attendus"
    "||interet|impact|impacts",
    "status": "statut|status|laureat|prime|primee|statut idee||etat|resultat|decision|suite donnee|state"
    "|decision jury|avis jury",
    "votes": "votes|vote|nb votes|nombre votes|likes|soutiens|nb likes|nombre soutiens|upvotes|votes total|total votes"
    "|votes count|likes count"
    "||supports|supports count|nb supports|j aime|score|points|voix",
    "category": "categorie|category|categorie declaree|thematique|axe|rubrique|thematique declaree|theme declare"
    "||theme|themes|thematiques|categories|domaine|domaines|champ|topic|topics|tag|tags|famille",
    "holder_id": "agent id|id agent|matricule|numero agent|holder id|identifiant agent|id porteur|porteur id"
    "|code agent|numero matricule|identifiant porteur||agent|holder|user id|id utilisateur|login|porteur|auteur"
    "|deposant|author|depose par",
    "family_name": "nom famille|family name|last name|lastname|surname|nom porteur|nom agent|nom usage"
    "|nom patronymique|nom deposant|patronyme|nom auteur||nom",
    "given_name": "prenom|prenoms|given name|first name|firstname|prenom porteur|prenom agent|prenom usuel"
    "|prenom deposant|prenom auteur",
    "person": "porteur|porteurs|nom prenom|prenom nom|nom et prenom|prenom et nom|nom complet|full name|auteur"
    "|auteurs|deposant|deposants|depose par|soumis par|propose par|porte par|author|authors|participant"
    "|contributeur|contributeurs|porteur idee|porteur projet|porteurs idee|cree par|nom prenom porteur"
    "|innovateur|nom et prenom porteur|nom porteur idee|nom prenom deposant|porteurs projet"
    "|emetteur|emetteurs|emetteur idee"
    "||candidat|equipe|identite|owner|agent|agents|name|nom",
    "co_persons": "co porteur|co porteurs|coporteur|coporteurs|co auteur|co auteurs|coauteurs|autres porteurs"
    "|associes|equipe projet|co authors|autre porteur|second porteur|nom co porteur|co deposant|co deposants",
    "email": "email|mail|e mail|courriel|adresse mail|adresse email|adresse electronique|adresse messagerie"
    "|mel|adresse courriel|email porteur|mail porteur|courriel porteur|email address|adresse e mail|mail agent"
    "||messagerie|contact|adresse",
    "directorate": "direction|direction porteur|direction ou pole|directorate|direction rattachement"
    "|direction service|direction agent|votre direction||dg|pole|department name|entite|service rattachement"
    "|rattachement|structure|service",
    "service": "service agent|service porteur|nom service|service affectation|bureau|unite travail||service|unite",
    "occupation": "metier|fonction|poste|occupation|emploi|profession|job|job title|intitule poste|fonction porteur"
    "|metier porteur||qualite|grade|cadre emploi",
    "site_type": "type site|site type|type etablissement|type lieu||site",
    "place": "lieu|etablissement|lieu travail|lieu affectation|affectation|residence administrative|place|lycee"
    "|implantation|site affectation||ville|localisation|commune|residence|site|code postal|postal code|postcode|zip",
    "department": "departement|dept|code departement|numero departement|departement residence||dep|department",
    "role": "role|type porteur|role porteur||qualite porteur",
}  # fmt: skip
"""Field → words that name it; after `||`, those that give way to a column with one of the first."""

_SMALL_WORDS = re.compile(r"\b(?:de|du|des|d|la|le|les|l|votre|vos|mon|ma|notre|un|une|the|of|a)\b")


_CODED = re.compile(r"^(?:(?=\w*\d)\w++|[a-z]{2,}+)(?:\[\w++\])?[.)]\s++(?=\S)")  # "Q3. Votre direction", of a survey
_NUMBERED = re.compile(r"(.*[a-z])(?: numero| n)? ?([1-9])(?: [a-z]+)?")


def plain(header: str) -> str:
    """Return a header for comparison: no accent, case, punctuation or article ("N° de l'idée" → "n idee")."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", _CODED.sub("", header.replace("_", " ")))  # createdAt
    text = re.sub(r"n\s*[°º]", "numero ", fold(apart).strip())
    text = re.sub(r"\((?:s|es|e)\)", "", text)
    text = re.sub(r"[^a-z0-9]+", " ", text)
    return re.sub(r"\s+", " ", _SMALL_WORDS.sub(" ", text)).strip()


def numbered(header: str) -> tuple[str, int]:
    """Return a header of one of several people without its number, and the number ("Nom porteur 2" → "nom porteur", 2).

    A header without one is the first.
    """
    found = _NUMBERED.fullmatch(plain(header))
    return (found[1], int(found[2])) if found else (header, 1)


@dataclass(frozen=True, slots=True)
class Hint:
    """What a header suggests.

    Attributes:
        field: a member of `FIELDS`.
        strength: 3 for the usual word, 2 for a vaguer one; 1 and 0 when it is only the head
            of the header.
    """

    field: str
    strength: int


@cache
def synonyms() -> dict[str, tuple[Hint, ...]]:
    """Return plain header → what it suggests (a word may stand for several fields)."""
    found: dict[str, list[Hint]] = {}
    for field, words in _SYNONYMS.items():
        for strength, group in zip((3, 2), words.split("||"), strict=False):
            for word in group.split("|"):
                known = found.setdefault(plain(word), [])
                if all(hint.field != field for hint in known):  # "direction" and "votre direction" are one word
                    known.append(Hint(field, strength))
    return {word: tuple(sorted(hints, key=lambda h: -h.strength)) for word, hints in found.items()}
