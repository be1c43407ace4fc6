"""Names of the quality figures, in French: a figure's path in `quality.json` → words for a spreadsheet."""

from __future__ import annotations

_SAID = {
    "ideas": "Idées", "read": "lues", "analysed": "analysées", "themes": "thèmes",
    "stability_mean": "Stabilité moyenne",
    "weak_signals": "Signaux faibles", "count": "nombre", "share": "part",
    "outside_recall": "part des idées hors thème retrouvées", "minilabs": "Groupes de travail",
    "communities": "communautés de métiers", "placed": "personnes placées", "waiting": "personnes en attente",
    "agreement": "Accord avec le codage", "v_measure": "mesure V", "ari": "indice de Rand ajusté (ARI)",
    "ami": "information mutuelle ajustée (AMI)", "accuracy": "part des idées dans le bon thème",
    "majority": "part des idées du sujet le plus fréquent de leur thème",
    "secondary_recall": "part des seconds thèmes retrouvés", "per_theme": "par thème du codage", "size": "idées",
    "matched_theme": "thème proposé", "precision": "part de justes", "recall": "part de retrouvées", "label": "titre",
    "stability": "stabilité", "masking": "Masquage", "masking_reference": "Masquage sur des phrases de référence",
    "sentences": "phrases", "hard_sentences": "phrases difficiles", "labelled": "à masquer", "covered": "masqués",
    "found": "passages trouvés", "right": "passages justes", "prenom": "prénom", "telephone": "téléphone",
    "email": "courriel", "nir": "numéro de sécurité sociale", "url": "adresse de page", "plaque": "plaque",
    "total": "ensemble", "ordered": "ordonnés", "coders": "Codeurs", "confidence": "confiance",
}  # fmt: skip
"""Words of a path; what is not here (an id, a theme) stands as it is."""


def named(path: str) -> str:
    """Return the path of a figure ("weak_signals / share") in French words ("Signaux faibles, part")."""
    said = ", ".join(_SAID.get(part, part.replace("_", " ")) for part in path.split(" / "))
    return said[:1].upper() + said[1:]
