"""Typer in French: the words of its help pages, and its errors as one French line each."""

from __future__ import annotations

import gettext
import re
from typing import Any

_HELP_WORDS = {
    "(deprecated) ": "(déconseillé) ",
    "[default: {}]": "[par défaut : {}]",
    "[env var: {}]": "[variable : {}]",
    "[required]": "[obligatoire]",
    "Commands": "Commandes",
    "Error": "Erreur",
}
# Typer looks these words up when it is imported: the look-up has to be French before that, and is put back after.
_former = gettext.gettext
gettext.gettext = lambda message: _HELP_WORDS.get(message, message)
import typer  # noqa: E402
import typer.core  # noqa: E402
import typer.rich_utils  # noqa: E402

gettext.gettext = _former

from pipeline.errors import MinilabsError  # noqa: E402
from pipeline.french import typeset  # noqa: E402

_ERRORS = (
    (r"No such option: (.+?) \(Possible options: (.+)\)$", r"Option inconnue : \1. Peut-être : \2."),
    (r"No such option: (.+?)( Did you mean (.+)\?)?$", r"Option inconnue : \1."),
    (r"No such command '(.+?)'\. Did you mean (.+)\?$", r"Commande inconnue : \1. Peut-être : \2."),
    (r"No such command '(.+?)'\.$", r"Commande inconnue : \1."),
    (r"Missing command\.$", "Il manque une commande."),
    (r"Missing argument '?(.+?)'?\.$", r"Il manque l’argument \1."),
    (r"Missing option '?(.+?)'?\.$", r"Il manque l’option \1."),
    (r"Missing parameter: (.+)$", r"Il manque \1."),
    (r"Option '(.+?)' requires an argument\.$", r"L’option \1 attend une valeur."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)$", r"En trop : \1."),
    (
        r"Invalid value for '?(.+?)'?: '(.+)' is not a valid (?:integer|int|float|number)\.$",
        r"\1 : « \2 » n’est pas un nombre.",
    ),
    (r"Option '(.+?)' does not take a value\.$", r"L’option \1 n’attend pas de valeur."),
    (r"Invalid value for '?(.+?)'?: Input should be a valid (?:integer|number).*$", r"\1 : un nombre est attendu."),
    (r"Invalid value for '?(.+?)'?: Input should be greater than or equal to (.+)$", r"\1 : au moins \2."),
    (r"Invalid value for '?(.+?)'?: Input should be less than or equal to (.+)$", r"\1 : au plus \2."),
    (r"Invalid value for '?(.+?)'?: .*'(.+)' does not exist\.$", r"\1 : « \2 » n’existe pas."),
    (
        r"Invalid value for '?(.+?)'?: (?:Value error, )?'(.+)' is not one of (.+?)\.+$",
        r"\1 : « \2 » est refusé. Valeurs possibles : \3.",
    ),
    (r"Invalid value for '?(.+?)'?: (.+)$", r"\1 : valeur refusée (\2)."),
)


def french_error(message: str) -> str:
    """Return a Typer usage error in French, with where to find help."""
    for english, french in _ERRORS:
        message, found = re.subn(english, french, message, flags=re.DOTALL)
        if found:
            break
    return typeset(f"{message} Aide : ajoutez « --help » à la commande.")


_TYPES = {
    "bool": "", "path": "chemin", "file": "fichier", "directory": "dossier", "str": "texte", "int": "nombre",
    "int range": "nombre", "float": "nombre", "float range": "nombre",
}  # fmt: skip


def french_type(shown: str | None) -> str:
    """Return the type of an option as help shows it: "<path>" becomes "<chemin>", a switch has none."""
    plain = re.sub(r"^<(?:list\[)?|\]?>$", "", shown or "")
    said = _TYPES.get(plain, plain)
    return f"<{said}>" if said else ""


class _French:
    """Mixed into Typer's command and group: usage line and help option in French."""

    def get_usage(self, ctx: Any) -> str:  # noqa: ANN401 - Typer's context class is private
        """Return the usage line in French."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc] # the class this is mixed into has it
        for english, french in (("Usage:", "Usage :"), ("COMMAND [ARGS]", "COMMANDE [ARGUMENTS]")):
            usage = usage.replace(english, french)
        return usage

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - as above
        """Return the parameters, their types in French: nothing for a switch, "fichier" for a path."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc] # as above
        for param in params:
            shown = getattr(param, "display_type", None)
            if param.metavar is None and param.param_type_name == "option" and shown is not None:
                param.metavar = french_type(shown(ctx))
            if param.param_type_name == "argument":
                param.display_type_rich = lambda **_: None  # its name in capitals is enough
        return params

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Run the command; an error carries its workspace away, for the commands that its sentence names."""
        try:
            return super().invoke(ctx)  # type: ignore[misc] # as above
        except MinilabsError as error:
            error.folder = error.folder or ctx.params.get("workspace")
            raise

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Return the help option, explained in French."""
        option = super().get_help_option(ctx)  # type: ignore[misc] # as above
        if option is not None:
            option.help = "Affiche cette aide."
        return option


class FrenchCommand(_French, typer.core.TyperCommand):
    """A command whose help is in French."""


class FrenchGroup(_French, typer.core.TyperGroup):
    """A group of commands whose help is in French."""


class FrenchTyper(typer.Typer):
    """A Typer application whose commands and groups speak French."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - passed on as they are
        # Typer's own completion commands explain themselves in English only; local variables hold personal data.
        fixed = {
            "cls": FrenchGroup,
            "add_completion": False,
            "pretty_exceptions_enable": False,
            "no_args_is_help": True,
        }
        super().__init__(**{**fixed, **options})

    def command(self, name: str | None = None, **options: Any) -> Any:  # noqa: ANN401 - as Typer's
        """Return Typer's decorator for a French command."""
        return super().command(name, **{"cls": FrenchCommand, **options})
