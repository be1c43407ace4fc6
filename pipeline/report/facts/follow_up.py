"""What became of ideas, themes and working groups: a small table kept by the DIMAP, read, checked and put in words.

Columns: `target` (an idea, a theme or a working group), `step`, `date` (ISO), `who` (a directorate or a function, told
in documents), `comment`. A working group ends in one of four ways, decided on the arbitration sheet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Columns, day, read_sheet
from pipeline.french import fold, long_date, typeset
from pipeline.identifiers import former_lab

COLUMNS = ("target", "step", "date", "who", "comment")
_KNOWN: Columns = {
    "target": ("cible", "numero"), "step": ("etape",), "date": ("jour",), "who": ("qui",), "comment": ("commentaire",),
}  # fmt: skip
STEPS = {
    "concours": "Reçue au concours",
    "lue": "Lue par l’équipe",
    "regroupee": "Rattachée à un groupe",
    "minilab": "Travaillée en groupe",
    "presente": "Présentée à la direction",
    "decide": "Décision prise",
    "realise": "Réalisée",
    "decline": "Déclinée",
    "poursuivi": "Groupe de travail poursuivi",
    "panel": "Groupe gardé comme panel d’une direction",
    "transmis": "Travaux transmis à une direction",
    "clos": "Groupe de travail clos",
}
"""Step, as typed without accents → what it means for the idea."""
ENDINGS = ("poursuivi", "panel", "transmis", "clos")
"""How a working group goes on or ends."""
DECIDED = frozenset({"decide", "realise", "decline"})
"""What is decided of an idea itself, or of a theme."""
ANSWERED = DECIDED | {"panel", "transmis", "clos"}
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table, checked."""

    target: str
    step: str
    day: str
    who: str
    comment: str


Names = Mapping[str, tuple[str, ...]]
"""Folded name → the ids that it may mean."""


def called(ideas: pd.DataFrame, themes: pd.DataFrame, labs: pd.DataFrame) -> Names:
    """Return what ideas, themes and working groups may be called: their numbers, and the titles of the last two.

    A title that a theme shares with its own group means the group, whose steps its ideas share; one that two themes
    or two groups share means both, for the reader to tell.
    """
    alone = themes[~themes["theme_id"].isin(labs["theme_id"])]
    titled = zip([*labs["lab_id"], *alone["theme_id"]], [*labs["label"], *alone["label"]], strict=True)
    names: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for key, title in titled:
        names[fold(title)] += (key,)
    former = {fold(former_lab(t)): (lab,) for t, lab in zip(labs["theme_id"], labs["lab_id"], strict=True)}
    numbers = {fold(key): (key,) for key in (*labs["lab_id"], *themes["theme_id"], *ideas["idea_id"])}
    return {**names, **former, **numbers}


def read_follow_up(content: bytes, name: str, known: Names) -> tuple[Step, ...]:
    """Return the lines, oldest first.

    Args:
        content: see `spreadsheet.read_sheet`.
        name: of the file, for errors.
        known: what may be called so; see `called`.

    Raises:
        MinilabsError: `sheet.*`, `report.follow_up_target`, `_several`, `_step`, `_date`; all lines at once.
    """
    rows = read_sheet(content, name, _KNOWN, needed=COLUMNS[:3])
    return check_steps([(row.line, tuple(row.cells[column] for column in COLUMNS)) for row in rows], name, known)


def check_steps(rows: Iterable[tuple[int, tuple[str, ...]]], name: str, known: Names) -> tuple[Step, ...]:
    """Return rows (line number, cells in the order of `COLUMNS`) as checked steps, oldest first.

    Raises:
        MinilabsError: see `read_follow_up`.
    """
    errors, steps = [], []
    for line, (target, step, typed, who, comment) in rows:
        meant = known.get(fold(target), ())
        errors += _errors(line, target, step, typed, name, meant)
        steps.append(Step(meant[0] if meant else target, fold(step), day(typed) or typed, who, comment))
    raise_all(errors)
    return tuple(sorted(steps, key=lambda step: (step.day, step.target, list(STEPS).index(step.step), step.comment)))


def _errors(line: int, target: str, step: str, typed: str, name: str, meant: tuple[str, ...]) -> list[MinilabsError]:
    found = []
    if len(meant) > 1:
        facts = {"target": target[:_SHOWN], "allowed": ", ".join(meant)}
        found.append(MinilabsError("report.follow_up_several", path=name, line=line, **facts))
    if not meant:
        found.append(MinilabsError("report.follow_up_target", path=name, line=line, target=target[:_SHOWN]))
    if fold(step) not in STEPS:
        allowed = ", ".join(STEPS)
        found.append(MinilabsError("report.follow_up_step", path=name, line=line, step=step[:_SHOWN], allowed=allowed))
    if day(typed) is None:
        found.append(MinilabsError("report.follow_up_date", path=name, line=line, date=typed[:_SHOWN]))
    return found


def histories(steps: Iterable[Step], groups_of: Mapping[str, Iterable[str]]) -> dict[str, tuple[Step, ...]]:
    """Return all steps of each idea, oldest first: its own, and those of its theme and working group.

    Args:
        steps: oldest first.
        groups_of: idea_id → ids of its theme and of its group.
    """
    own: defaultdict[str, list[Step]] = defaultdict(list)
    for step in steps:
        own[step.target].append(step)
    found: dict[str, tuple[Step, ...]] = {}
    for idea in {*own, *groups_of}:
        taken = [step for target in (idea, *groups_of.get(idea, ())) for step in own.get(target, ())]
        if taken:
            found[idea] = tuple(sorted(taken, key=lambda step: step.day))
    return found


def outcomes(steps: Iterable[Step], groups_of: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return what became of each idea, in words: see `histories`."""
    return {idea: told(own) for idea, own in histories(steps, groups_of).items()}


def told(steps: Iterable[Step]) -> str:
    """Return steps as sentences, in their order; what two directorates say alike is said once."""
    return " ".join(dict.fromkeys(map(said, steps)))


def without_names(steps: Iterable[Step], names: Iterable[str]) -> tuple[Step, ...]:
    """Return the steps, who took them left out where it holds a name of the contest's people: these stay private."""
    known = {fold(name) for name in names if name.strip()}
    words = re.compile(r"[\w'’-]+")
    return tuple(replace(step, who="") if known & set(words.findall(fold(step.who))) else step for step in steps)


def without_places(steps: Iterable[Step], ideas: Iterable[str], directorates: Iterable[str]) -> tuple[Step, ...]:
    """Return the steps as everyone may read them: who answers about one idea would tell where its holder works.

    A directorate is asked about its own agents' ideas: who took such a step goes, and so does a comment that names a
    directorate. Themes and groups have people of several: theirs stay.

    Args:
        steps: of the follow-up.
        ideas: ids of the ideas.
        directorates: names.
    """
    alone, names = set(ideas), [fold(name) for name in directorates if name.strip()]

    def public(step: Step) -> Step:
        comment = "" if any(name in fold(step.comment) for name in names) else step.comment
        return replace(step, who="", comment=comment)

    return tuple(public(step) if step.target in alone else step for step in steps)


def groups_of_ideas(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[str]]:
    """Return idea_id → ids of its theme and of its group, from idea_themes and labs; weak signals have neither."""
    labs = dict(zip(tables["labs"]["theme_id"], tables["labs"]["lab_id"], strict=True))
    inside = tables["idea_themes"][~tables["idea_themes"]["weak_signal"].astype(bool)].dropna(subset=["theme_id"])
    themed = zip(inside["idea_id"], inside["theme_id"], strict=True)
    return {idea: [theme, *([labs[theme]] if theme in labs else [])] for idea, theme in themed}


def last_steps(steps: Iterable[Step], groups_of: Mapping[str, Iterable[str]]) -> dict[str, Step]:
    """Return the last step of each idea: its own, or that of its theme or working group when that is later.

    What was decided of an idea itself stands, whatever becomes of its group after it.

    Args:
        steps: oldest first.
        groups_of: idea_id → ids of its theme and of its group.
    """
    own: dict[str, Step] = {step.target: step for step in steps}
    found: dict[str, Step] = {}
    for target in {*own, *groups_of}:
        mine = own.get(target)
        names = () if mine and mine.step in DECIDED else groups_of.get(target, ())
        told_of = [own[name] for name in (*names, target) if name in own]
        if told_of:
            found[target] = max(reversed(told_of), key=lambda step: step.day)  # of equal days its own
    return found


_DUE = re.compile(r"(?:(.*?) – )?échéance\s*:\s*(\d.*)", re.DOTALL)
"""Comment of a step that says by when an answer is due, or what is decided is done."""


def said(step: Step) -> str:
    """Return a step as a sentence, with who took it."""
    due = _DUE.fullmatch(step.comment)
    words = "réponse attendue avant le" if step.step == "presente" else "échéance le"
    told_of, day = (due[1] or "", f", {words} {due[2]}") if due else (step.comment, "")
    comment = (f" : {told_of}" if told_of else "") + day
    who = f" ({step.who})" if step.who else ""
    text = typeset(f"{STEPS[step.step]} le {long_date(step.day)}{who}{comment}")
    return text if text.endswith((".", "!", "?")) else text + "."
