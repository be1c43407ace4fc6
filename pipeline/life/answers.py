"""What is asked of a directorate and what it answers: a small workbook out, several back, one table of answers.

A line each: an idea or a theme, the answer (from a list), who, by when, in words. The table of answers keeps the last
answer of each directorate; the follow-up table takes each as a step, and so letters and dossiers tell it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Columns, bare, day, named, read_sheet
from pipeline.french import fold, long_date, typeset
from pipeline.report.facts.model import Report
from pipeline.report.facts.themes import Theme
from pipeline.report.papers.dossier_asks import left_alone
from pipeline.report.papers.dossiers import Dossier
from pipeline.report.render.workbook import DATES, workbook
from pipeline.words.kinds import ANSWER

COLUMNS = ("target", "directorate", "answer", "who", "due", "comment", "answered_on")
"""Of the table of answers."""
STEPS = {"à l’étude": "presente", "retenue": "decide", "réalisée": "realise", "déclinée": "decline"}
"""Answer, as it is chosen → step of the follow-up table."""
FINAL = frozenset({"realise", "decline"})
"""Steps after which nothing more is due."""
SHEET = "Réponses"
HEADS = ("Direction", "Numéro", "Idée ou thème", "Réponse", "Qui s’en charge", "Pour quand", "Précisions")
_KNOWN: Columns = {
    "directorate": ("Direction",), "target": ("Numéro",), "title": ("Idée ou thème",), "answer": ("Réponse",),
    "who": ("Qui s’en charge",), "due": ("Pour quand",), "comment": ("Précisions",),
}  # fmt: skip
_FOLDED = {fold(answer): answer for answer in STEPS}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a workbook.

    Attributes:
        target: idea or theme.
        title: of it.
    """

    target: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a directorate answers about one idea or theme.

    Attributes:
        target: idea or theme.
        directorate: that answers.
        answer: a key of `STEPS`.
        who: takes care of it: a service or a function.
        due: ISO date, or empty.
        comment: in the directorate's words.
        answered_on: ISO date of the import.
    """

    target: str
    directorate: str
    answer: str
    who: str = ""
    due: str = ""
    comment: str = ""
    answered_on: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """What the answer is about, and whose it is."""
        return self.target, self.directorate

    @property
    def said(self) -> tuple[str, ...]:
        """The answer without its date."""
        return self.answer, self.who, self.due, self.comment

    @property
    def step(self) -> tuple[str, str, str, str, str]:
        """The line of the follow-up table: target, step, date, who, comment."""
        due = typeset(f"échéance : {long_date(self.due)}") if self.due else ""
        comment = " – ".join(filter(None, (self.comment, due)))
        return self.target, STEPS[self.answer], self.answered_on, self.who or self.directorate, comment


@dataclass(frozen=True, slots=True)
class Clash:
    """Two returned workbooks that disagree: none of their answers is taken.

    Attributes:
        target: idea or theme.
        directorate: whose workbooks they are.
        files: where the answers stand.
        answers: what each says, in words.
    """

    target: str
    directorate: str
    files: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """What returned workbooks change.

    Attributes:
        answers: the table, as it would be.
        new: answers to what had none.
        changed: (answer before, answer now).
        clashes: see `Clash`.
        same: how many lines say what is known.
    """

    answers: tuple[Answer, ...]
    new: tuple[Answer, ...]
    changed: tuple[tuple[Answer, Answer], ...]
    clashes: tuple[Clash, ...]
    same: int


def asked(dossier: Dossier, report: Report) -> tuple[Asked, ...]:
    """Return what a dossier asks its directorate to answer: its themes, then its ideas that no open group takes up."""
    agents = {line.anchor: line.agents or 0 for line in dossier.lines}
    themes = [theme for theme in report.themes if _is_theirs(theme, agents.get(theme.anchor, 0))]
    ideas = {idea.idea_id: idea for _, own in dossier.groups for idea in own}
    alone = (Asked(idea.idea_id, idea.short) for idea in left_alone(report, ideas.values()))
    return (*(Asked(t.theme_id, t.label) for t in themes), *alone)


def _is_theirs(theme: Theme, agents: int) -> bool:
    """Return whether a theme calls for an answer, most of its holders being of one directorate."""
    return theme.kind == ANSWER and bool(theme.holders) and 2 * agents > (theme.holders or 0)


def answers_workbook(directorate: str, lines: Iterable[Asked], known: Mapping[str, Answer]) -> bytes:
    """Return the workbook that goes with a dossier, what was answered before already in it.

    Args:
        directorate: its name.
        lines: what is asked.
        known: target → its answer.
    """
    rows = [
        [directorate, line.target, typeset(line.title), a.answer, a.who, a.due, a.comment]
        for line in lines
        for a in [known.get(line.target, Answer(line.target, directorate, ""))]
    ]
    choices = {(SHEET, "Réponse"): tuple(STEPS), (SHEET, "Pour quand"): DATES}
    return workbook({SHEET: (HEADS, rows)}, f"Réponses – {directorate}", choices, form=True)


def read_returned(rows: Sequence[Sequence[str]], path: str, known: Mapping[str, Sequence[str]]) -> tuple[Answer, ...]:
    """Return the answers of a returned workbook, lines without any left out.

    Args:
        rows: of its sheet, the header first.
        path: named in errors.
        known: directorate → what it may answer about.

    Raises:
        MinilabsError: `sheet.columns`, `life.answer_*`; all lines at once.
    """
    names = _names(rows[0] if rows else (), path)
    found_, errors = [], []
    for line, cells in enumerate(rows[1:], 2):
        said = dict.fromkeys(_KNOWN, "") | {n: bare(c) for n, c in zip(names, cells, strict=False) if n}
        if any(said[name] for name in ("answer", "who", "due", "comment")):
            errors += _errors(said, path, line, known)
            due = day(said["due"]) or ""
            answer = _FOLDED.get(fold(said["answer"]), "")
            found_.append(Answer(said["target"], said["directorate"], answer, said["who"], due, said["comment"]))
    raise_all(errors)
    return tuple(found_)


def _names(header: Sequence[str], path: str) -> list[str | None]:
    """Return the column that each cell of a header means."""
    names = [named(cell, _KNOWN) for cell in header]
    if missing := [head for head, name in zip(HEADS, _KNOWN, strict=True) if name not in names and name != "title"]:
        found = ", ".join(cell[:_SHOWN] for cell in header) if header else "aucune"
        raise MinilabsError(
            "sheet.columns", path=path, missing=", ".join(missing), found=found, allowed=", ".join(HEADS)
        )
    return names


def _errors(said: Mapping[str, str], path: str, line: int, known: Mapping[str, Sequence[str]]) -> list[MinilabsError]:
    found = []
    where = {"path": path, "line": line}
    if said["target"] not in known.get(said["directorate"], ()):
        told = {"target": said["target"][:_SHOWN], "directorate": said["directorate"][:_SHOWN]}
        found.append(MinilabsError("life.answer_target", **where, **told))
    if fold(said["answer"]) not in _FOLDED:
        told = {"value": said["answer"][:_SHOWN], "allowed": ", ".join(STEPS)}
        found.append(MinilabsError("life.answer_word", **where, **told))
    if said["due"] and day(said["due"]) is None:
        found.append(MinilabsError("life.answer_date", **where, value=said["due"][:_SHOWN]))
    return found


def read_answers(content: bytes, path: str) -> tuple[Answer, ...]:
    """Return the table of answers.

    Raises:
        MinilabsError: `sheet.*`, `life.answer_word`, `life.answer_date`.
    """
    rows = read_sheet(content, path, dict.fromkeys(COLUMNS, ()), needed=COLUMNS[:3])
    errors = []
    for row in rows:
        errors += _errors(row.cells, path, row.line, {row.cells["directorate"]: [row.cells["target"]]})
        if day(row.cells["answered_on"]) is None:
            value = row.cells["answered_on"][:_SHOWN]
            errors.append(MinilabsError("life.answer_date", path=path, line=row.line, value=value))
    raise_all(errors)
    return tuple(
        Answer(**{**row.cells, "answer": _FOLDED[fold(row.cells["answer"])], "due": day(row.cells["due"]) or ""})
        for row in rows
    )


def answer_rows(answers: Iterable[Answer]) -> list[tuple[str, ...]]:
    """Return the lines of the table of answers, its header first."""
    ordered = sorted(answers, key=lambda a: a.place)
    return [COLUMNS, *(tuple(getattr(answer, column) for column in COLUMNS) for answer in ordered)]


def join(known: Iterable[Answer], returned: Mapping[str, Iterable[Answer]], today: str) -> Joined:
    """Return what returned workbooks change; where two of them disagree, nothing is taken and both are shown.

    Args:
        known: the table.
        returned: file → its answers.
        today: ISO date of what is new.
    """
    table = {answer.place: answer for answer in known}
    told = _told_by(returned)
    fresh = {place: _fresh(said, table.get(place)) for place, said in sorted(told.items())}
    clashes = tuple(_clash(place, said) for place, said in fresh.items() if len(said) > 1)
    now = {place: _answer(place, next(iter(said)), today) for place, said in fresh.items() if len(said) == 1}
    return Joined(
        answers=tuple(sorted({**table, **now}.values(), key=lambda a: a.place)),
        new=tuple(answer for place, answer in now.items() if place not in table),
        changed=tuple((table[place], answer) for place, answer in now.items() if place in table),
        clashes=clashes,
        same=sum(not said for said in fresh.values()),
    )


_Said = Mapping[tuple[str, ...], Sequence[str]]
"""What is answered at one place → the files that say so."""


def _fresh(said: _Said, before: Answer | None) -> _Said:
    """Return what is answered at a place, but for what the table has."""
    return {words: files for words, files in said.items() if before is None or words != before.said}


def _answer(place: tuple[str, str], words: Sequence[str], today: str) -> Answer:
    answer, who, due, comment = words
    return Answer(*place, answer, who, due, comment, today)


def _clash(place: tuple[str, str], said: _Said) -> Clash:
    files = tuple(file for files in said.values() for file in files)
    return Clash(*place, files, tuple(_told(words) for words in said))


def _told_by(returned: Mapping[str, Iterable[Answer]]) -> dict[tuple[str, str], dict[tuple[str, ...], list[str]]]:
    """Return place → what is answered there → the files that say so, in their order."""
    told: defaultdict[tuple[str, str], dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    for file, answers in sorted(returned.items()):
        for answer in answers:
            told[answer.place].setdefault(answer.said, []).append(file)
    return told


def _told(words: Sequence[str]) -> str:
    answer, who, due, comment = words
    return ", ".join(filter(None, (answer, who, long_date(due) if due else "", comment)))


def followed(lines: Sequence[tuple[str, ...]], joined: Joined) -> list[tuple[str, ...]]:
    """Return the lines of the follow-up table with the new answers; one corrected the same day takes its own place.

    Args:
        lines: target, step, date, who, comment.
        joined: see `join`.
    """
    corrected = {before.step for before, now in joined.changed if before.answered_on == now.answered_on}
    kept = [line for line in lines if line not in corrected]
    steps = [answer.step for answer in (*joined.new, *(now for _, now in joined.changed))]
    return [*kept, *(step for step in steps if step not in kept)]


def overdue(answers: Iterable[Answer], today: str) -> tuple[Answer, ...]:
    """Return the answers whose date is past and that are neither done nor declined, the oldest first."""
    late = (a for a in answers if a.due and a.due < today and STEPS[a.answer] not in FINAL)
    return tuple(sorted(late, key=lambda a: (a.due, a.place)))
