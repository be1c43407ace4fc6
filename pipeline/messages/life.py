"""Sentences of the errors met after the composition, by code, in French: see `messages`."""

from __future__ import annotations

LIFE: dict[str, str] = {
    "life.no_file": "Le fichier « {path} » est introuvable. Vérifiez son nom et son dossier.",
    "life.no_second_act": (
        "La suite fictive va avec le corpus d'exemple : lancez « minilabs demo » dans le dépôt du programme, qui"
        " contient « {path} », et laissez « source: data/sample » dans params.yaml."
    ),
    "life.not_second_act": (
        "« {path} » existe et n'est pas la suite fictive d'une fois précédente : rien n'y est écrit. Déplacez ou"
        " renommez ce dossier."
    ),
    "life.no_person": (
        "« {file} » : aucune colonne ne dit qui s'inscrit. Il faut un nom ou une adresse électronique. Colonnes"
        " trouvées : {found}."
    ),
    "life.answer_target": (
        "« {path} », ligne {line} : rien n'a été demandé à « {directorate} » sur « {target} ». Repartez du classeur"
        " écrit par « minilabs answers »."
    ),
    "life.answer_word": (
        "« {path} », ligne {line}, colonne « Réponse » : « {value} » n'est pas dans la liste. Réponses possibles :"
        " {allowed}."
    ),
    "life.answer_date": (
        "« {path} », ligne {line} : « {value} » n'est pas une date de la forme AAAA-MM-JJ, ou JJ/MM/AAAA."
    ),
    "life.reply_idea": (
        "« {path} », ligne {line} : « {value} » n'est pas le numéro d'une idée analysée. Repartez du classeur écrit par"
        " « minilabs review replies »."
    ),
    "life.reply_word": (
        "« {path} », ligne {line}, colonne « Réponse » : « {value} ». Écrivez « oui », ou « non » et, dans « Plutôt »,"
        " le sujet que le porteur donne."
    ),
    "life.reply_theme": (
        "« {path} », ligne {line}, colonne « Sujet proposé » : « {value} » n'est plus le titre d'un thème. Écrivez son"
        " titre d'aujourd'hui, ou laissez « Réponse » vide."
    ),
    "life.presence_seat": (
        "« {path} », ligne {line} : cet agent n'a pas de place dans ce groupe. Repartez de la feuille écrite par"
        " « minilabs sessions »."
    ),
    "life.presence_cell": (
        "« {path} », ligne {line} : il faut une date (AAAA-MM-JJ ou JJ/MM/AAAA) et « oui » ou « non » dans la colonne"
        " « Présent »."
    ),
    "life.session_group": (
        "« {path} », ligne {line}, colonne « minilab » : aucun groupe ne s'appelle « {value} ». Groupes : {allowed}."
    ),
    "life.session_date": (
        "« {path} », ligne {line}, colonne « date » : « {value} » n'est pas une date de la forme AAAA-MM-JJ, ou"
        " JJ/MM/AAAA."
    ),
}
