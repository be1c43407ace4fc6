"""What a column can be, and the French and English words people write above it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.french import fold

IDEA_FIELDS = ("idea_id", "submitted_on", "title", "part", "benefits", "status", "votes", "category")
"""What describes an idea; several columns may be a `part` of its text."""
HOLDER_FIELDS = (
    "holder_id", "family_name", "given_name", "person", "co_persons", "email", "directorate", "occupation",
    "site_type", "place", "department", "role",
)  # fmt: skip
"""What describes a person; `person` is a whole name or several, `co_persons` those who joined."""
FIELDS = (*IDEA_FIELDS, *HOLDER_FIELDS)
MULTIPLE = frozenset({"part", "co_persons"})
"""Fields that several columns may fill together."""

FRENCH = {
    "idea_id": "numéro de l'idée",
    "submitted_on": "date de dépôt",
    "title": "titre",
    "part": "texte de l'idée",
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
    "occupation": "métier",
    "site_type": "type de site",
    "place": "lieu",
    "department": "département",
    "role": "rôle",
}
"""What each field is called in messages."""

_SYNONYMS: dict[str, str] = {
    "idea_id": "id|idee|id idee|idea|idea id|identifiant|numero|num|no|n|numero idee|num idee|n idee|ref|reference"
    "|reference idee|code|code idee|identifiant idee|numero proposition|id proposition|id contribution|numero fiche"
    "|numero contribution|numero dossier|contribution id|proposal id",
    "submitted_on": "date|date depot|date de depot|depose le|date creation|cree le|date soumission|soumis le"
    "|date envoi|horodateur|timestamp|created|created at|submitted|submitted on|submitted at|date publication"
    "|publie le|date heure|heure de fin|completion time|date inscription|date reception|recu le|date proposition",
    "title": "titre|title|intitule|intitule idee|titre idee|nom idee|libelle|libelle idee|objet|sujet|nom projet"
    "|titre projet|intitule projet|titre proposition|intitule proposition|idee en une phrase|idea title|subject|name"
    "|titre contribution|resume en une phrase",
    "part": "description|texte|text|contenu|detail|details|proposition|propositions|constat|constats|probleme"
    "|problematique|solution|solution proposee|idee|mon idee|votre idee|contexte|situation actuelle|diagnostic"
    "|expose|corps|body|content|message|description idee|description detaillee|descriptif|presentation"
    "|presentation idee|decrivez votre idee|mise en oeuvre|modalites|moyens|moyens necessaires|resume|commentaire"
    "|texte idee|developpement|argumentaire|objectif|objectifs|explication|contribution|summary|abstract|answer",
    "benefits": "benefices|benefice|benefices attendus|gains|gain|gains attendus|avantages|interet|resultats attendus"
    "|impact|impacts|impact attendu|plus value|valeur ajoutee|apports|benefits|expected benefits|effets attendus",
    "status": "statut|status|etat|resultat|decision|laureat|prime|primee|suite donnee|state|decision jury|avis jury",
    "votes": "votes|vote|nb votes|nombre votes|nombre de votes|likes|j aime|soutiens|score|points|nb likes|upvotes"
    "|nombre de soutiens|voix",
    "category": "categorie|category|categorie declaree|thematique|theme|axe|rubrique|domaine|champ|topic|tag|tags"
    "|thematique declaree|theme declare|famille",
    "holder_id": "agent|agent id|id agent|matricule|numero agent|holder id|holder|identifiant agent|id porteur"
    "|porteur id|user id|id utilisateur|code agent|numero matricule|login|identifiant porteur",
    "family_name": "nom|nom de famille|family name|last name|lastname|surname|nom porteur|nom agent|nom usage"
    "|nom patronymique|nom du deposant|patronyme",
    "given_name": "prenom|prenoms|given name|first name|firstname|prenom porteur|prenom agent|prenom usuel"
    "|prenom deposant",
    "person": "porteur|porteurs|nom prenom|prenom nom|nom et prenom|prenom et nom|nom complet|full name|auteur"
    "|auteurs|deposant|deposants|depose par|soumis par|propose par|porte par|author|authors|owner|participant"
    "|contributeur|contributeurs|porteur idee|porteur projet|porteurs idee|cree par|nom prenom porteur"
    "|innovateur|candidat|equipe|identite|nom et prenom du porteur|nom du porteur de l idee",
    "co_persons": "co porteur|co porteurs|coporteur|coporteurs|co auteur|co auteurs|coauteurs|autres porteurs"
    "|associes|equipe projet|membres|partenaires internes|co authors|avec|autre porteur|second porteur",
    "email": "email|mail|e mail|courriel|adresse mail|adresse email|adresse electronique|adresse de messagerie"
    "|messagerie|mel|adresse courriel|email porteur|mail porteur|courriel porteur|email address|adresse e mail",
    "directorate": "direction|direction porteur|dg|pole|direction ou pole|directorate|department name|entite"
    "|direction de rattachement|service rattachement|direction service|rattachement|direction agent|structure",
    "occupation": "metier|fonction|poste|occupation|emploi|profession|job|job title|intitule de poste|fonction porteur"
    "|metier porteur|qualite",
    "site_type": "site|type de site|type site|site type|type etablissement|type de lieu",
    "place": "lieu|etablissement|lieu de travail|lieu affectation|affectation|residence administrative|place|lycee"
    "|implantation|ville|localisation|lieu d affectation|commune|site d affectation|residence",
    "department": "departement|dept|dep|code departement|numero departement|departement residence",
    "role": "role|qualite porteur|type porteur|role porteur",
}  # fmt: skip

_SMALL_WORDS = re.compile(r"\b(?:de|du|des|d|la|le|les|l|votre|vos|mon|ma|notre|un|une|the|of|a)\b")


def plain(header: str) -> str:
    """Return a header for comparison: no accent, case, punctuation or article ("N° de l'idée" → "n idee")."""
    text = re.sub(r"n\s*[°º]", "numero ", fold(header.replace("_", " ")).strip())
    text = re.sub(r"\((?:s|es|e)\)", "", text)
    text = re.sub(r"[^a-z0-9]+", " ", text)
    return re.sub(r"\s+", " ", _SMALL_WORDS.sub(" ", text)).strip()


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Return plain header → fields it can name (more than one: "département" may be a directorate in English)."""
    found: dict[str, list[str]] = {}
    for field, words in _SYNONYMS.items():
        for word in words.split("|"):
            fields = found.setdefault(plain(word), [])
            if field not in fields:
                fields.append(field)
    return {word: tuple(fields) for word, fields in found.items()}


def named(header: str) -> tuple[str, ...]:
    """Return the fields a header names; empty when it names none."""
    return synonyms().get(plain(header), ())
