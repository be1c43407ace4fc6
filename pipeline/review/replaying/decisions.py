"""The decisions file: CSV bytes in, decisions out; every line that cannot be read is named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import Columns, read_sheet, whole
from pipeline.french import fold
from pipeline.words.actions import FRENCH
from pipeline.words.kinds import KINDS

COLUMNS = ("seq", "when", "who", "action", "target", "value", "reason")
_HEADER: Columns = dict.fromkeys(COLUMNS, ())
SEPARATOR = "|"
"""Between the ideas of a list."""

THEME = "un thème"
_IDEA, _IDEAS, _FREE, _NOTHING, _SEQ, _KIND = (
    "une idée", "des idées séparées par « | »", "un texte", "rien", "un numéro de décision", "une nature",
)  # fmt: skip

ACTIONS: dict[str, tuple[str, str]] = {
    "assign": (_IDEA, THEME),
    "also": (_IDEA, THEME),
    "remove": (_IDEA, THEME),
    "weak": (_IDEA, _NOTHING),
    "discuss": (_IDEA, _NOTHING),
    "together": (_IDEA, _IDEA),
    "apart": (_IDEA, _IDEA),
    "merge": (THEME, THEME),
    "split": (THEME, _IDEAS),
    "rename": (THEME, _FREE),
    "describe": (THEME, _FREE),
    "kind": (THEME, _KIND),
    "pin": (THEME, _NOTHING),
    "reject": (THEME, _NOTHING),
    "define": (_FREE, _NOTHING),
    "attract": (THEME, _NOTHING),
    "undo": (_SEQ, _NOTHING),
}
"""Action → what its target and its value are. Where the value is `rien` it may be left empty: `pin` takes the ideas of
the theme at the time, `define` a description, `attract` the words that attract ideas (by default, those of the theme at
the time, so that a later title moves nothing)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One recorded act of an analyst.

    Attributes:
        seq: order of replay, unique in a file.
        when: ISO date and time.
        who: initials or name, as the analyst signs.
        action: a key of `ACTIONS`.
        target: what is acted upon.
        value: the rest of the act.
        reason: in the analyst's words, may be empty.
    """

    seq: int
    when: str
    who: str
    action: str
    target: str
    value: str = ""
    reason: str = ""

    @property
    def ideas(self) -> tuple[str, ...]:
        """The ideas that the act names: those of `value` for `split` and `pin`."""
        if self.action in ("split", "pin"):
            return split_ideas(self.value)
        if ACTIONS[self.action][0] != _IDEA:
            return ()
        return (self.target, self.value) if ACTIONS[self.action][1] == _IDEA else (self.target,)


def split_ideas(value: str) -> tuple[str, ...]:
    """Return the idea ids of a list written with `SEPARATOR`, each once, in their order."""
    return tuple(dict.fromkeys(part.strip() for part in value.split(SEPARATOR) if part.strip()))


def new_theme_id(decision: Decision) -> str:
    """Return the id of the theme that a `split` or a `define` makes.

    It depends on the content of the act only, not on its number or date: two people who define the same title mean the
    same theme, and joining two files renumbers decisions without breaking what refers to the theme.
    """
    if decision.action == "define":
        return "D-" + _short_hash(" ".join(fold(decision.target).split()))
    return "S-" + _short_hash(SEPARATOR.join([decision.target, *sorted(decision.ideas)]))


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def read_decisions(content: bytes, name: str) -> tuple[Decision, ...]:
    """Return the decisions of a file, in order of `seq`.

    Args:
        content: see `spreadsheet.read_sheet`; empty: no decision.
        name: of the file, for errors.

    Raises:
        MinilabsError: `sheet.*` or `review.line`: every line that cannot be read, at once.
    """
    errors: list[MinilabsError] = []
    decisions: dict[int, Decision] = {}
    for row in read_sheet(content, name, _HEADER, needed=COLUMNS):
        cells = row.cells
        problems = line_problems(cells, decisions)
        errors += [MinilabsError("review.line", path=name, line=row.line, why=why) for why in problems]
        if not problems:
            decisions[int(cells["seq"])] = Decision(int(cells["seq"]), *(cells[c] for c in COLUMNS[1:]))
    raise_all(errors)
    return tuple(decisions[seq] for seq in sorted(decisions))


def line_problems(cells: dict[str, str], known: Iterable[int] = ()) -> list[str]:
    """Return what is wrong with one line, in French; nothing when it is a decision.

    Args:
        cells: column → text.
        known: numbers that earlier lines have.
    """
    problems, seq = [], whole(cells["seq"])
    if not seq:
        problems.append("le numéro (seq) doit être un nombre entier à partir de 1")
    elif seq in known:
        problems.append(f"le numéro {seq} est déjà pris plus haut")
    if not _is_moment(cells["when"]):
        problems.append("la date (when) doit être écrite comme 2024-03-01 ou 2024-03-01T14:30:00")
    if not cells["who"]:
        problems.append("la colonne « who » est vide : qui a décidé ?")
    return problems + act_problems(cells["action"], cells["target"], cells["value"])


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def act_problems(action: str, target: str, value: str) -> list[str]:
    """Return what is wrong with an act itself, in French."""
    if action not in ACTIONS:
        return [f"action inconnue « {action[:40]} ». Actions possibles : {', '.join(FRENCH.values())}"]
    needed_target, needed_value = ACTIONS[action]
    problems = [*_target_problems(action, target), *_value_problems(action, value)]
    if needed_target == needed_value and target and target == value:
        problems.append(f"l'action « {FRENCH[action]} » demande deux éléments différents")
    return problems


def _target_problems(action: str, target: str) -> list[str]:
    needed = ACTIONS[action][0]
    if not target:
        return [f"l'action « {FRENCH[action]} » demande {needed} comme cible"]
    if needed == _SEQ and whole(target) is None:
        return ["l'action « annuler » demande le numéro de la décision à annuler comme cible"]
    return []


def _value_problems(action: str, value: str) -> list[str]:
    needed = ACTIONS[action][1]
    if needed not in (_NOTHING, _KIND) and not value:
        return [f"l'action « {FRENCH[action]} » demande {needed} comme valeur"]
    if needed == _KIND and value not in KINDS:
        return [
            f"nature inconnue « {value[:40]} ». Natures possibles : {', '.join(names.one for names in KINDS.values())}"
        ]
    return []


def decision_bytes(decisions: Sequence[Decision], *, header: bool = True) -> bytes:
    """Return decisions as the CSV of a decisions file."""
    rows = [astuple(decision) for decision in decisions]
    return csv_bytes([COLUMNS, *rows] if header else rows)
