"""The one error a user can cause: a code and facts in, a sentence for people out (see messages.py)."""

from __future__ import annotations

from pathlib import Path


class MinilabsError(Exception):
    """Something the user can put right.

    Attributes:
        code: `stage.what`, a key of `messages.FRENCH`.
        facts: what the sentence needs (file, row, column, value allowed). Never a name, an e-mail or the text
            of an idea: sentences end up in terminals and logs.
        folder: the workspace of the command that met it, for the commands that the sentence names; None: not known.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.folder: Path | None = None
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        """Return the code and its facts, for developers."""
        return f"{self.code} {self.facts}" if self.facts else self.code


class SeveralErrors(MinilabsError):  # noqa: N818 - the plural is the meaning
    """Several errors found in one pass, so that the user mends them all at once.

    Attributes:
        errors: in the order the user will meet them (file, row, column).
    """

    def __init__(self, errors: list[MinilabsError]) -> None:
        super().__init__("base.several", count=len(errors))
        self.errors = errors


class StagesStopped(Exception):  # noqa: N818 - what happened is no error
    """A person stopped a run between or inside stages: those that ended are kept."""


def raise_all(errors: list[MinilabsError]) -> None:
    """Raise nothing, the only error, or all of them as one.

    Raises:
        MinilabsError: when `errors` is not empty.
    """
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralErrors(errors)
