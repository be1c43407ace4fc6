"""Typer's own words in French ("Usage", "Missing option"...), through the gettext look-up it already makes.

Import this before typer: typer binds `gettext.gettext` when it is imported.
"""

from __future__ import annotations

import gettext

_WORDS = {
    "(deprecated) ": "(déconseillé) ",
    "[default: {}]": "[par défaut : {}]",
    "[env var: {}]": "[variable : {}]",
    "[required]": "[obligatoire]",
    "Arguments": "Arguments",
    "Options": "Options",
    "Commands": "Commandes",
    "Error": "Erreur",
    "Usage:": "Usage :",
    "Show this message and exit.": "Affiche cette aide.",
    "Try {command_path!r} {help_option!r} for help.": "Voir « {command_path} {help_option} ».",
    "Try '{command_path} {help_option}' for help.": "Voir « {command_path} {help_option} ».",
    "Try [blue]'{command_path} {help_option}'[/] for help.": "Voir [blue]« {command_path} {help_option} »[/].",
    "No such command {name!r}.": "Commande inconnue : {name}.",
    "No such option: {name}": "Option inconnue : {name}",
    "Did you mean {possibilities}?": "Vouliez-vous dire {possibilities} ?",
    "Missing command.": "Il manque une commande.",
    "Missing argument": "Argument manquant",
    "Missing option": "Option manquante",
    "Missing parameter": "Paramètre manquant",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "{name} {filename!r} does not exist.": "{name} « {filename} » n’existe pas.",
    "{value!r} is not a valid {number_type}.": "« {value} » n’est pas un nombre valable.",
    "Option {name!r} requires an argument.": "L’option {name} attend une valeur.",
    "Got unexpected extra argument ({args})": "Argument en trop : {args}",
    "Got unexpected extra arguments ({args})": "Arguments en trop : {args}",
    "Aborted!": "Abandon.",
    "Aborted.": "Abandon.",
    "file": "fichier",
    "directory": "dossier",
    "File": "Fichier",
    "Directory": "Dossier",
    "path": "chemin",
    "Path": "Chemin",
}


def _french(message: str) -> str:
    return _WORDS.get(message, message)


def _french_plural(msgid1: str, msgid2: str, n: int) -> str:
    return _french(msgid1 if n < 2 else msgid2)  # noqa: PLR2004 - French is plural from 2 on


gettext.gettext = _french
gettext.ngettext = _french_plural
