"""Sentences of the errors met after the composition, by code, in French: see `messages`."""

from __future__ import annotations

LIFE: dict[str, str] = {
    "life.no_file": "Le fichier « {path} » est introuvable. Vérifiez son nom et son dossier.",
    "life.no_person": (
        "« {file} » : aucune colonne ne dit qui s'inscrit. Il faut un nom ou une adresse électronique. Colonnes"
        " trouvées : {found}."
    ),
}
