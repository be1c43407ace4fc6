"""Every sentence of an error, by code, in French: what, where, what to do. `tests/test_messages.py` checks each use."""

from __future__ import annotations

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.french import typeset

FRENCH: dict[str, str] = {
    # base
    "base.several": "{count} points sont à corriger.",
    "base.disk": (
        "Impossible d'écrire « {path} » : {why}. Rien n'a été perdu : libérez de la place ou changez de dossier,"
        " puis relancez la même commande."
    ),
    "base.locked": (
        "Une autre exécution est en cours dans « {path} ». Attendez qu'elle se termine, puis relancez la commande."
    ),
    "base.missing_table": (
        "Le fichier « {path} » manque. Il est produit par l'étape « {stage} » : lancez « minilabs {stage} »"
        " ou « minilabs run »."
    ),
    "base.damaged_table": (
        "Le fichier « {path} » est illisible ou incomplet. Supprimez-le, puis lancez « minilabs run »."
    ),
    "schema.columns": ("Table « {table} » : colonnes manquantes : {missing}. Colonnes présentes : {present}."),
    "schema.type": "Table « {table} », colonne « {column} » : valeurs d'un autre type que « {expected} ».",
    "schema.empty_cell": (
        "Table « {table} », colonne « {column} » : {count} cellule(s) vide(s) là où une valeur est obligatoire."
    ),
    "schema.key": "Table « {table} » : la clé {key} n'est pas unique ({count} ligne(s) en trop).",
    # params
    "params.missing": (
        "Aucun fichier « params.yaml » dans « {path} ». Créez un espace de travail avec « minilabs init {path} »."
    ),
    "params.yaml": "« {path} », ligne {line} : ce n'est pas du YAML valide. Vérifiez l'alinéa et les deux-points.",
    "params.unknown": "« {path} » : paramètre inconnu « {key} ». Paramètres possibles : {allowed}.",
    "params.value": "« {path} » : valeur refusée pour « {key} » : {why}.",
    # evaluate
    "evaluate.columns": (
        "« {path} » : les colonnes « idea_id » et « theme » sont attendues (« theme_secondary » est facultative)."
        " Colonnes trouvées : {present}."
    ),
    "evaluate.unknown_idea": (
        "« {path} », ligne {line} : aucune idée ne porte le numéro « {idea} ». Corrigez-le ou supprimez la ligne."
    ),
    "evaluate.repeated_idea": (
        "« {path} », ligne {line} : l'idée {idea} est déjà codée plus haut. Gardez une seule ligne par idée."
    ),
    # workspace
    "workspace.outside": "Le chemin « {path} » sort de l'espace de travail. Indiquez un chemin à l'intérieur.",
    "init.not_empty": ("Le dossier « {path} » contient déjà « {found} ». Choisissez un dossier vide ou nouveau."),
}


def sentence(error: MinilabsError) -> str:
    """Return the French sentence of an error; several errors take a line each, all listed."""
    text = typeset(FRENCH[error.code].format(**error.facts))
    if isinstance(error, SeveralErrors):
        return "\n".join([text, *(f"  – {sentence(inner)}" for inner in error.errors)])
    return text
