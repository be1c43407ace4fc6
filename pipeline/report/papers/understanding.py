"""What a letter says of one idea: by which words its theme was understood, who decided or read it, what is near it."""

from __future__ import annotations

from pipeline.french import agree, enumeration, in_letters, long_date, typeset
from pipeline.report.facts.frames import Row, texts
from pipeline.report.facts.model import Report

PROGRAM = "par un programme"
_WORDS_TOLD, _NEAREST_TOLD = 3, 2


def others(count: int) -> str:
    """Return how many other ideas a theme has, in words."""
    if count < 1:
        return "aucune autre idée pour l’instant"
    return f"{in_letters(count, feminine=True)} {agree(count, 'autre idée')}"


def understood(row: Row) -> str:
    """Return the words by which an idea itself says its theme, or that its meaning alone does.

    Nothing is said of words where a person decided: it is then not by words that the idea was understood.
    """
    own = texts(row["shared"])[:_WORDS_TOLD]
    if not own:
        by_meaning = "Nous l’en avons rapprochée d’après le sens de votre texte."
        return "" if row["decided_by"] == "analyst" else typeset(by_meaning)
    words = enumeration(f"« {word} »" for word in own)
    these = agree(len(" ".join(own).split()), "ce mot", "ces mots")
    return typeset(f"Nous l’avons comprise ainsi d’après {these} de votre texte : {words}.")


def read_by(row: Row, report: Report, *, weak: bool, sorted_out: bool) -> str:
    """Return who decided or read where an idea is; what people still have to sort, a validation leaves open."""
    what = "Cette mise à part" if weak else "Ce rapprochement" if sorted_out else "Ce regroupement"
    if row["decided_by"] == "analyst":
        return f"{what} a été {'décidée' if weak else 'décidé'} par une personne de l’équipe."
    proposed = "proposée" if weak else "proposé"
    if report.work.validated:
        day = long_date(report.work.validated)
        if not sorted_out:
            return typeset(f"L’équipe a validé le reste le {day} ; ce choix est encore à faire.")
        return f"{what}, {proposed} par un programme, a été {'validée' if weak else 'validé'} par l’équipe le {day}."
    return f"{what} est {proposed} par un programme ; personne ne l’a encore {'confirmée' if weak else 'confirmé'}."


def nearest(neighbours: tuple[str, ...], report: Report) -> str:
    """Return the nearest ideas of a weak signal, in words."""
    told = [f"« {report.idea[i].short} » (n° {i})" for i in neighbours if i in report.idea][:_NEAREST_TOLD]
    if not told:
        return ""
    one = len(told) == 1
    return typeset(f"{'L’idée la plus proche est' if one else 'Les idées les plus proches sont'} {enumeration(told)}.")
