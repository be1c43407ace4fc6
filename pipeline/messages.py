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
    # embed
    "embed.no_transformers": (
        "Le modèle « {name} » demande la bibliothèque sentence-transformers. Installez-la (« pip install"
        " 'minilabs[encoders]' ») ou choisissez « encoder: use-multilingual »."
    ),
    "embed.no_model": (
        "Le modèle « {name} » est introuvable ou illisible. Vérifiez le nom ou le dossier donné à « embed.encoder »,"
        " et l'accès au réseau s'il doit être téléchargé ; « use-multilingual » fonctionne hors ligne."
    ),
    # evaluate
    "evaluate.columns": (
        "« {path} » : les colonnes « idea_id » et « theme » sont attendues (« theme_secondary » est facultative)."
        " Colonnes trouvées : {present}."
    ),
    "evaluate.no_file": "Le fichier « {path} » n'existe pas. Vérifiez son nom et son dossier.",
    "evaluate.intruders_columns": (
        "« {path} » : les colonnes « question », « theme » et « reponse » sont attendues."
        " Colonnes trouvées : {present}."
    ),
    "evaluate.intruders_stale": (
        "« {path} », ligne {line} : cette question n'est pas celle des thèmes actuels."
        " Supprimez la feuille et recréez-la."
    ),
    "evaluate.intruders_answer": "« {path} », ligne {line} : la réponse doit être A, B ou C, ou rester vide.",
    "evaluate.unknown_idea": (
        "« {path} », ligne {line} : aucune idée ne porte le numéro « {idea} ». Corrigez-le ou supprimez la ligne."
    ),
    "evaluate.repeated_idea": (
        "« {path} », ligne {line} : l'idée {idea} est déjà codée plus haut. Gardez une seule ligne par idée."
    ),
    # ingest
    "ingest.no_source": (
        "L'export « {path} » est introuvable. Déposez-y les fichiers du concours, ou indiquez leur place dans"
        " « params.yaml », à la ligne « ingest: source: »."
    ),
    "ingest.unreadable": "« {path} » ne peut pas être lu : l'accès est refusé. Vérifiez les droits du fichier.",
    "ingest.empty_file": (
        "« {file} » est vide. Exportez de nouveau les idées depuis la plateforme, ou retirez ce fichier du dossier."
    ),
    "ingest.encoding": (
        "« {file} » ne se lit pas en « {encoding} ». Retirez cette valeur de « params.yaml » pour laisser choisir,"
        " ou essayez utf-8, cp1252, iso-8859-15, mac_roman ou cp850."
    ),
    "ingest.no_file": (
        "Aucun tableau à lire dans l'export (trouvé : {found}). Déposez-y un fichier CSV, Excel (xlsx, xls) ou"
        " LibreOffice (ods)."
    ),
    "ingest.unknown_file": (
        "« params.yaml », « ingest: files: » nomme « {file} », absent de l'export. Fichiers présents : {found}."
    ),
    "ingest.format": (
        "« {file} » n'est pas un tableau malgré son nom. Ouvrez-le dans un tableur et enregistrez-le en CSV UTF-8 ou"
        " en xlsx."
    ),
    "ingest.password": "« {file} » est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis relancez.",
    "ingest.workbook": (
        "« {file} » est un classeur endommagé ou incomplet. Ouvrez-le dans un tableur et enregistrez-le de nouveau."
    ),
    "ingest.sheet": "« {file} » n'a pas de feuille « {sheet} ». Feuilles présentes : {found}.",
    "ingest.quotes": (
        "« {file} », à partir de la ligne {row} : un guillemet est ouvert et jamais fermé. Ajoutez le guillemet"
        " manquant, ou exportez de nouveau."
    ),
    "ingest.ragged": (
        "« {file} », ligne(s) {rows} : plus de cellules que les {width} colonnes de l'en-tête. Un séparateur se trouve"
        " sans doute dans un texte sans guillemets : corrigez ces lignes, ou exportez en xlsx."
    ),
    "ingest.column": "« {file} » n'a pas de colonne « {column} ». Colonnes présentes : {found}.",
    "ingest.field": "« {file} » : « {field} » n'est pas un champ. Champs possibles : {allowed}.",
    "ingest.ambiguous": (
        "« {table} » : {columns} : est-ce {fields} ? Lancez « minilabs ingest --propose », choisissez dans"
        " « params.yaml », puis relancez."
    ),
    "ingest.cell": "« {table} », ligne {row}, colonne « {column} » : {expected} est attendu.",
    "ingest.glossary": (
        "« data/review/glossary.csv » doit être un CSV en UTF-8 avec les colonnes « acronym » et « expansion »."
    ),
    "ingest.decision": "« {file} », ligne {row} : décision illisible. Valeurs possibles : {allowed}.",
    "ingest.decisions_header": "« {file} » doit être un CSV en UTF-8 avec les colonnes : {columns}.",
    "ingest.no_ideas": (
        "Aucune idée trouvée dans : {files}. Il faut un tableau avec au moins une colonne de titre ou de texte ;"
        " « minilabs ingest --propose » écrit un modèle à compléter."
    ),
    # review
    "review.columns": (
        "« {path} » : colonnes manquantes : {missing}. Remettez la première ligne : seq, when, who, action, target,"
        " value, reason."
    ),
    "review.busy": "« {path} » est en cours d'écriture par quelqu'un d'autre. Relancez dans un instant.",
    "review.identity": (
        "« {path} » n'est pas lisible. Remettez la version précédente de ce fichier (git), ou supprimez-le : les thèmes"
        " reprendront alors les numéros de la dernière recherche."
    ),
    "review.line": "« {path} », ligne {line} : {why}. Corrigez la ligne, puis relancez.",
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
