"""Sentences of the second reader's errors, by code."""

from __future__ import annotations

READER: dict[str, str] = {
    "reader.off": (
        "Aucun second lecteur n'est choisi. Donnez « address » et « model », section « reader » de params.yaml ;"
        " sans lecteur, la chaîne fonctionne comme avant."
    ),
    "reader.library": (
        "Le second lecteur demande la bibliothèque openai. Installez-la : « pip install 'minilabs[reader]' »."
    ),
    "reader.address": (
        "« reader: address » n'est pas une adresse : « {address} ». Écrivez-la comme http://localhost:11434/v1 ou"
        " https://serveur.exemple.fr/v1."
    ),
    "reader.consent": (
        "Rien n'a été envoyé : personne n'a encore consenti à envoyer les textes masqués à ce serveur et à ce modèle."
        " Relancez avec « --oui --qui VOTRE_NOM » après avoir lu « minilabs reader preview »."
    ),
    "reader.consent_file": (
        "« {path} », ligne {line} : ce n'est pas une ligne de consentement (date, qui, serveur, modèle, objet)."
        " Corrigez-la ou supprimez-la."
    ),
    "reader.who": "Qui consent ? Donnez vos initiales ou votre nom : « --qui NOM ».",
    "reader.instruction": "Consigne du lecteur « {file} » : {why}.",
    "reader.record": (
        "« {path} », ligne {line} : ce n'est pas une lecture enregistrée. Supprimez cette ligne (elle sera redemandée),"
        " ou effacez toutes les lectures avec « minilabs reader forget »."
    ),
    "reader.unreachable": (
        "Le serveur du lecteur ne répond pas. Vérifiez « reader: address », que le serveur est lancé, et le réseau ;"
        " puis relancez « minilabs reader ask » : il reprend où il s'est arrêté."
    ),
    "reader.certificate": (
        "Le certificat du serveur du lecteur n'est pas valable : rien n'a été envoyé. Demandez le bon certificat à qui"
        " gère le serveur, et donnez-le par la variable SSL_CERT_FILE."
    ),
    "reader.key": (
        "Le serveur du lecteur refuse l'accès. Mettez la clé dans la variable d'environnement que nomme"
        " « reader: key », puis relancez."
    ),
    "reader.no_model": (
        "Le serveur ne connaît pas le modèle « {model} ». Corrigez « model », section « reader » de params.yaml."
    ),
    "reader.busy": (
        "Le serveur du lecteur est occupé et l'est resté. Ce qui a été lu est gardé : relancez « minilabs reader ask »"
        " plus tard, ou baissez « reader: parallel »."
    ),
    "reader.slow": (
        "Le modèle « {model} » n'a pas fini de répondre à temps. Ce qui a été lu est gardé : augmentez « reader:"
        " seconds » ou baissez « reader: context », puis relancez."
    ),
    "reader.context": (
        "Une question dépasse ce que le modèle peut lire. Baissez « reader: context » dans params.yaml, puis relancez."
    ),
    "reader.refused": "Le serveur du lecteur a refusé la question ({status}). Vérifiez l'adresse, le modèle et la clé.",
    "reader.vectors": "Les vecteurs du modèle « {model} » ne peuvent pas servir : {why}.",
}
