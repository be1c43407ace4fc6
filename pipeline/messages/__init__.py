"""Every sentence of an error, by code, in French: what, where, what to do. `tests/test_messages.py` checks each use."""

from __future__ import annotations

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.files.spreadsheet import printable
from pipeline.french import typeset
from pipeline.messages.assign import ASSIGN
from pipeline.messages.engine import ENGINE
from pipeline.messages.life import LIFE
from pipeline.messages.reader import READER

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
    "base.other_version": (
        "Le fichier « {path} » vient d'une autre version du programme. Lancez « minilabs run » : il sera refait, et vos"
        " décisions rejouées."
    ),
    "schema.columns": ("Table « {table} » : colonnes manquantes : {missing}. Colonnes présentes : {present}."),
    "schema.type": "Table « {table} », colonne « {column} » : valeurs d'un autre type que « {expected} ».",
    "schema.empty_cell": (
        "Table « {table} », colonne « {column} » : {count} cellule(s) vide(s) là où une valeur est obligatoire."
    ),
    "schema.key": "Table « {table} » : la clé {key} n'est pas unique ({count} ligne(s) en trop).",
    "base.not_read": (
        "« {path} » ne peut pas être lu : {why}. Vérifiez ses droits, ou remettez le bon fichier à sa place, puis"
        " relancez."
    ),
    "base.yaml": "« {path} », ligne {line} : ce n'est pas du YAML valide. Vérifiez l'alinéa et les deux-points.",
    "base.yaml_twice": "« {path} », ligne {line} : « {key} » figure deux fois. Gardez-en un.",
    "base.no_text": (
        "« {path} » n'est ni un texte ni un CSV. Ouvrez-le dans un tableur ou un éditeur et enregistrez-le en CSV,"
        " ou en texte, UTF-8."
    ),
    # hand-filled tables
    "sheet.quote": "« {path} », ligne {line} : un guillemet est ouvert et jamais fermé. Fermez-le, ou retirez-le.",
    "sheet.columns": (
        "« {path} » : colonne(s) manquante(s) : {missing}. Colonnes trouvées : {found}. Corrigez la première ligne"
        " (colonnes possibles : {allowed})."
    ),
    "sheet.unknown": "« {path} » : colonne(s) inconnue(s) : {found}. Colonnes possibles : {allowed}.",
    "sheet.twice": "« {path} » : la colonne « {column} » figure deux fois. Gardez-en une.",
    "sheet.cells": (
        "« {path} », ligne {line} : plus de cellules que les {width} colonnes de la première ligne. Mettez entre"
        " guillemets le texte qui contient le séparateur, ou videz la cellule en trop."
    ),
    # params
    "params.missing": (
        "Aucun fichier « params.yaml » dans « {path} ». Créez un espace de travail avec « minilabs init {path} »."
    ),
    "params.unknown": "« {path} » : paramètre inconnu « {key} ». Paramètres possibles : {allowed}.",
    "params.retired": "« {path} » : « {key} » n'existe plus ({why}). Retirez cette ligne.",
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
    "embed.unasked": (
        "{count} textes n'ont pas encore de vecteur du modèle « {name} ». Lancez « minilabs reader ask » : il les"
        " demande au serveur, après consentement, et les enregistre ; ou revenez à « encoder: use-multilingual »."
    ),
    "embed.pickled": (
        "Le modèle « {name} » contient « {found} », un format qui peut exécuter du code : il n'est pas chargé. Prenez"
        " sa version en safetensors (fichiers « .safetensors »), et retirez les autres du dossier."
    ),
    # evaluate
    "evaluate.empty": "« {path} » est vide. Enregistrez-y le codage ou les réponses, puis relancez.",
    "evaluate.no_file": "Le fichier « {path} » n'existe pas. Vérifiez son nom et son dossier.",
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
    "ingest.file_name": (
        "Un fichier de l'export porte un nom illisible (« {file} »). Renommez-le avec des lettres et des chiffres."
    ),
    "ingest.empty_file": ("« {file} » est vide. Exportez-le de nouveau depuis la plateforme, ou retirez-le."),
    "ingest.encoding": (
        "« {file} » ne se lit pas en « {encoding} ». Retirez cette valeur de « params.yaml » pour laisser choisir,"
        " ou essayez utf-8, cp1252, iso-8859-15, mac_roman ou cp850."
    ),
    "ingest.no_file": (
        "Aucun tableau à lire dans « {path} » (trouvé : {found}). Déposez-y un fichier CSV, Excel (xlsx, xls) ou"
        " LibreOffice (ods)."
    ),
    "ingest.unknown_file": (
        "« params.yaml », « ingest: files: » nomme « {file} », absent de l'export. Fichiers présents : {found}."
    ),
    "ingest.format": (
        "« {file} » ne contient pas de tableau lisible, malgré son nom. Exportez de nouveau depuis la plateforme, ou"
        " ouvrez-le dans un tableur et enregistrez-le en xlsx ou en CSV UTF-8."
    ),
    "ingest.password": "« {file} » est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis relancez.",
    "ingest.workbook": (
        "« {file} » est un classeur endommagé ou incomplet. Ouvrez-le dans un tableur et enregistrez-le de nouveau."
    ),
    "ingest.archive": (
        "« {file} » est une archive endommagée ou incomplète. Téléchargez-la de nouveau, ou décompressez-la et déposez"
        " les fichiers qu'elle contient."
    ),
    "ingest.too_large": (
        "« {file} » contient {size} une fois ouvert, plus que les {most} qui peuvent être lus. Exportez seulement les"
        " idées et leurs porteurs, ou partagez l'export en plusieurs fichiers."
    ),
    "ingest.formulas": (
        "« {file} », feuille « {sheet} » : des formules n'ont pas de valeur enregistrée. Ouvrez le classeur dans un"
        " tableur, recalculez et enregistrez-le, puis relancez."
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
    "ingest.field": (
        "« params.yaml », « {file} », colonne « {column} » : « {field} » n'est pas un champ. Champs possibles :"
        " {allowed}."
    ),
    "ingest.two_columns": (
        "« {table} » : {columns} peuvent être chacune {fields}. Lancez « minilabs ingest --propose », gardez-en une"
        " dans « params.yaml », puis relancez."
    ),
    "ingest.ambiguous": (
        "« {table} » : que contient {columns} : {fields}, ou rien d'utile ? Lancez « minilabs ingest --propose »,"
        " choisissez dans « params.yaml », puis relancez."
    ),
    "ingest.cell": "« {table} », ligne {row}, colonne « {column} » : la cellule ne se lit pas (attendu : {expected}).",
    "ingest.decision": "« {file} », ligne {row} : décision illisible. Valeurs possibles : {allowed}.",
    "ingest.list_word": "« {file} », ligne {row}, colonne « décision » : écrivez {allowed}, ou laissez vide.",
    "ingest.list_row": "« {file} », ligne {row}, colonne « nature » : valeurs possibles : {allowed}.",
    "ingest.no_ideas": (
        "Aucune idée trouvée dans : {files}. Il faut un tableau avec au moins une colonne de titre ou de texte ;"
        " « minilabs ingest --propose » écrit un modèle à compléter."
    ),
    # review
    "review.busy": "« {path} » est en cours d'écriture par quelqu'un d'autre. Relancez dans un instant.",
    "review.identity": (
        "« {path} » n'est pas lisible. Remettez la version précédente de ce fichier (git), ou supprimez-le : les thèmes"
        " reprendront alors les numéros de la dernière recherche."
    ),
    "review.act": "{why}",
    "review.no_idea": "Aucune idée n'est analysée : vérifiez l'export, puis lancez « minilabs run ».",
    "review.no_name": "Qui décide ? La session n'a pas de nom : donnez-en un avec « --qui » (initiales ou nom).",
    "review.stale": (
        "Les thèmes, ou leurs vecteurs, ne sont pas ceux de l'export lu en dernier ({count} idées diffèrent). Lancez"
        " « minilabs run », puis recommencez."
    ),
    "review.no_file": "« {path} » est introuvable.",
    "review.unknown_theme": "Aucun thème ne s'appelle « {theme} ». Thèmes : {allowed}.",
    "review.ambiguous_theme": (
        "Plusieurs thèmes s'appellent « {theme} » : {allowed}. Donnez le numéro, ou renommez-en un d'abord."
    ),
    "review.unknown_idea": "Aucune idée analysée ne porte le numéro « {idea} ». Les numéros vont de {first} à {last}.",
    "review.cell": "Feuille « {sheet} », cellule {cell} : {why}.",
    "review.workbook": (
        "« {path} » ne peut pas être repris : {why}. Exportez de nouveau le classeur avec « minilabs review export »."
    ),
    "review.model_missing": (
        "Le modèle « {name} » n'est pas dans « models ». Copiez-y son dossier, ou videz « review: model: » dans"
        " « params.yaml »."
    ),
    "review.model_damaged": (
        "Le modèle « {name} » est illisible ou incomplet. Copiez de nouveau son dossier, ou refaites-le avec « minilabs"
        " learn » dans l'espace de travail de son concours."
    ),
    "review.model_encoder": (
        "Le modèle « {name} » a été appris avec l'encodeur « {theirs} » ; ce concours utilise « {ours} ». Donnez le"
        " même à « embed: encoder: », ou videz « review: model: » dans « params.yaml »."
    ),
    "review.model_name": (
        "« {name} » ne peut pas nommer un modèle : seuls les lettres, les chiffres, « - » et « _ » sont admis."
    ),
    "review.nothing_learnt": (
        "Il n'y a rien à retenir : aucun thème d'au moins {least} idées n'a reçu son titre d'une personne (« define »"
        " ou « rename »). Nommez d'abord les thèmes."
    ),
    "review.no_git": (
        "« {path} » n'est pas dans un dépôt git, ou git n'est pas installé. Installez git, puis lancez « git init »."
    ),
    "review.no_model": (
        "Aucun modèle n'est indiqué. Donnez le nom d'un dossier de « models » à « review: model: », dans"
        " « params.yaml »."
    ),
    "review.line": "« {path} », ligne {line} : {why}. Corrigez la ligne, puis relancez.",
    **ASSIGN,
    **LIFE,
    **ENGINE,
    **READER,
    # privacy
    "privacy.unknown_holder": (
        "Aucune personne ne porte le numéro « {holder} ». Les numéros sont dans la table des porteurs :"
        " « minilabs ingest » la refait."
    ),
    "privacy.unfinished": (
        "L'effacement de {holder} a été interrompu. Finissez-le d'abord : « minilabs forget --holder {holder} --yes »."
    ),
    "privacy.leaks": (
        "{count} fichier(s) nomment des personnes là où il ne faut pas. Corrigez-les, masquez ces passages dans"
        " « data/private/masking.csv », ou supprimez ces fichiers, puis relancez."
    ),
    # report
    "report.follow_up_target": (
        "« {path} », ligne {line} : « {target} » n'est ni une idée, ni un thème, ni un groupe. Vérifiez le numéro ou le"
        " titre."
    ),
    "report.follow_up_several": (
        "« {path} », ligne {line} : « {target} » est le titre de plusieurs ({allowed}). Écrivez le numéro."
    ),
    "report.follow_up_step": "« {path} », ligne {line} : étape « {step} » inconnue. Étapes possibles : {allowed}.",
    "report.follow_up_date": (
        "« {path} », ligne {line} : la date « {date} » n'est pas de la forme AAAA-MM-JJ, ou JJ/MM/AAAA."
    ),
    "report.follow_up_sheet": (
        "« {path} » : aucune feuille « {sheet} ». Repartez du classeur écrit par « minilabs report »."
    ),
    "report.workbook": (
        "« {path} » est introuvable ou n'est pas un classeur lisible. Enregistrez-le au format xlsx ou ods."
    ),
    "report.validation_line": "« {path} », ligne {line} : trois cellules sont attendues : {expected}.",
    "report.progress_line": "« {path} », ligne {line} : trois cellules sont attendues : {expected}.",
    "report.day": "« {value} » n'est pas une date de la forme AAAA-MM-JJ.",
    "report.letter_section": "« {path} », ligne {line} : section « {value} » inconnue. Sections possibles : {allowed}.",
    "report.letter_missing": "« {path} » : la section « {section} » manque ou est vide. Ajoutez-la.",
    "report.letter_field": "« {path} », ligne {line} : champ « {value} » inconnu ici. Champs possibles : {allowed}.",
    "report.only_kind": "« {value} » : indiquez ce qu'il faut écrire, par exemple {allowed}.",
    "report.only_several": "« {value} » désigne plusieurs documents ({known}). Donnez le titre entier ou le numéro.",
    "report.only_none": "« {value} » ne désigne aucun document. Possibles : {known}.",
    "report.technique": "« {path} », fiche « {name} », clé « {key} » : attendu {expected}.",
    "report.look_key": "« {path} » : clé inconnue « {key} ». Clés possibles : {allowed}.",
    "report.look_colour": "« {path} », « {key} » : « {value} » n'est pas une couleur de la forme #0b4a6f.",
    "report.look_contrast": (
        "« {path} », « {key} » : la couleur {value} se lit mal sur le fond {paper} (contraste {ratio} pour 1, il"
        " faut au moins 4,5). Choisissez une couleur plus {direction}."
    ),
    "report.look_font": (
        "« {path} », « {key} » : la police « {font} » est introuvable, ou n'est pas un fichier TTF ou OTF."
    ),
    "report.look_family": (
        "« {path} », « {key} » : ces fichiers sont de plusieurs familles ({families}). Donnez ceux d'une seule."
    ),
    "report.look_bold": (
        "« {path} », « {key} » : la famille « {family} » n'a pas de gras. Ajoutez le fichier du gras (ou demi-gras)."
    ),
    "report.look_logo": "« {path} » : le logo « {logo} » est introuvable, ou n'est pas un fichier PNG, JPEG ou SVG.",
    "report.look_logo_text": "« {path} » : le logo demande un texte de remplacement (« logo_texte »).",
    # notebook
    "notebook.no_workspace": (
        "Aucun fichier « params.yaml » dans « {path} » ni au-dessus. Ouvrez les carnets copiés par « minilabs"
        " notebooks » dans le dossier du concours, ou créez ce dossier avec « minilabs init »."
    ),
    "notebook.too_few": (
        "Trop peu d'idées pour chercher des thèmes : {count} texte(s) différent(s), il en faut {fewest}. Lisez-les"
        " une à une dans le carnet 1."
    ),
    "notebook.no_column": (
        "« params.yaml » ne propose rien pour une colonne « {column} ». Lancez d'abord « minilabs ingest --propose »,"
        " puis recopiez le nom exact de la colonne."
    ),
    "notebook.no_group": (
        "Aucun groupe à composer : aucun thème n'est un MiniLab ni une communauté de métier. Donnez cette suite à un"
        " thème (action « kind », carnet 3), puis relancez « minilabs run »."
    ),
    "notebook.no_jupyter": (
        "Les carnets demandent des bibliothèques qui manquent : {missing}."
        " Lancez « pip install 'minilabs[notebooks]' »,"
        " puis la même commande."
    ),
    "notebook.no_question": (
        "Aucune idée à proposer : toutes sont décidées, ou il n'y a pas de thème. Choisissez une idée vous-même."
    ),
    # cluster
    "cluster.grille_missing": (
        "La liste de départ « {path} » n'existe pas. Remettez ce fichier, ou écrivez « grille: aucune » dans"
        " « params.yaml », section « cluster »."
    ),
    "cluster.grille_title": "« {path} », ligne {line} : la colonne « titre » est vide. Donnez un titre au sujet.",
    "cluster.grille_active": "« {path} », ligne {line}, colonne « active » : « {value} » n'est ni « oui » ni « non ».",
    "cluster.grille_twice": "« {path} », ligne {line} : le titre « {title} » y est déjà. Gardez une des deux lignes.",
    # workspace
    "workspace.outside": "Le chemin « {path} » sort de l'espace de travail. Indiquez un chemin à l'intérieur.",
    "init.not_empty": ("Le dossier « {path} » contient déjà « {found} ». Choisissez un dossier vide ou nouveau."),
}


def sentence(error: MinilabsError) -> str:
    """Return the French sentence of an error; several errors take a line each, all listed."""
    text = typeset(printable(FRENCH[error.code].format(**error.facts)))
    if isinstance(error, SeveralErrors):
        return "\n".join([text, *(f"  – {sentence(inner)}" for inner in error.errors)])
    return text
