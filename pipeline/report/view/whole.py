"""Tables of the chain → the one view that every document is laid out from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from pipeline.french import long_date, typeset
from pipeline.params import ReportParams
from pipeline.report.drawing.pictures import Stream, pictures
from pipeline.report.facts.frames import Tables
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Report, Titles
from pipeline.report.facts.progress import Noted
from pipeline.report.facts.work import Work
from pipeline.report.view import findings
from pipeline.report.view.asks import asks
from pipeline.report.view.breakdowns import review
from pipeline.report.view.hierarchy import families
from pipeline.report.view.ideas import ideas
from pipeline.report.view.labs import labs, people
from pipeline.report.view.themes import themes, with_doubts
from pipeline.report.view.trust import trust
from pipeline.report.withheld.disclosure import disclosure
from pipeline.words.outside import outside

_NOTHING: Mapping[str, Any] = {}
_NEVER: Noted = {}
_UNREAD = Work()
_UNTITLED = Titles("", "", "", "", "", "", "")


def build(  # noqa: PLR0913 - each is one source of what documents show
    tables: Tables,
    params: ReportParams,
    *,
    quality: Mapping[str, Any] = _NOTHING,
    ingest: Mapping[str, Any] = _NOTHING,
    outcomes: Mapping[str, str] = _NOTHING,
    reached: Mapping[str, str] | None = None,
    noted: Noted = _NEVER,
    done: Work = _UNREAD,
) -> Report:
    """Return the view of a contest.

    Args:
        tables: ideas, holders, idea_holders, themes, idea_themes, map, near_duplicates, conflicts, labs, assignments,
            waiting_list (see `schema`).
        params: title, organisation, contact, threshold.
        quality: what the evaluation stage wrote; every key may be missing.
        ingest: what the ingestion stage noted; every key may be missing.
        outcomes: idea_id, theme_id or lab_id → what became of it, in sentences.
        reached: idea_id → last step of the follow-up table; None when none is kept.
        noted: figures of former reviews.
        done: state of the work.
    """
    known = disclosure(tables, params.threshold)
    grouped = themes(tables, known, params.threshold)
    labels = {theme.theme_id: theme.label for theme in grouped}
    listed = ideas(tables, labels, known, dict(outcomes))
    grouped = with_doubts(grouped, listed)
    groups = labs(tables)
    seated, waiting = people(tables)
    filed = [str(day) for day in tables["ideas"]["submitted_on"].dropna() if _is_day(day)]
    days = sorted(day for day in tables["ideas"]["submitted_on"].dropna() if _is_day(day))
    report = Report(
        title=typeset(params.title),
        organisation=typeset(params.organisation),
        contact=params.contact,
        due=typeset(params.calendar.get("direction", "")),
        period=_period(days),
        last_day=days[-1] if days else "",
        threshold=params.threshold,
        headline=typeset(findings.headline(len(listed), grouped)),
        lead=typeset(findings.lead(grouped, seated, sum(lab.open for lab in groups))),
        figures=(),
        findings=(),
        asks=(),
        titles=_UNTITLED,
        themes=grouped,
        families=families(tables, grouped),
        ideas=listed,
        labs=groups,
        seated=seated,
        waiting=waiting,
        outside=outside(tables["assignments"]),
        near_pairs=_pairs(tables["near_duplicates"], {idea.idea_id for idea in listed}),
        pictures=pictures(grouped, listed, filed, _stream(tables, listed, reached), known, params.threshold),
        review=review(
            tables, params.threshold, _reached(reached, listed), [lab.theme_id for lab in groups if lab.open], noted
        ),
        trust=trust(grouped, quality, ingest, tables["conflicts"], labels, done, tables.get("proposals")),
        work=done,
    )
    return replace(
        report,
        review=replace(report.review, groups=_fates(report, outcomes)),
        figures=findings.figures(report),
        findings=findings.findings(report),
        asks=asks(report),
        titles=findings.titles(report),
    )


def _stream(tables: Tables, listed: tuple[Idea, ...], reached: Mapping[str, str] | None) -> Stream:
    answered = None if reached is None else sum(bool(reached.get(idea.idea_id)) for idea in listed)
    return Stream(len(tables["ideas"]), len(listed), answered)


def _fates(report: Report, outcomes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what became of themes and of their groups, largest theme first."""
    labs = {lab.theme_id: lab.lab_id for lab in report.labs}
    said = (
        (t.label, " ".join(filter(None, (outcomes.get(k, "") for k in (t.theme_id, labs.get(t.theme_id, ""))))))
        for t in report.themes
    )
    return tuple((label, text) for label, text in said if text)


def _reached(reached: Mapping[str, str] | None, listed: tuple[Idea, ...]) -> Counter[str] | None:
    """Return how many analysed ideas are at each step; those without any are under an empty one."""
    return None if reached is None else Counter(reached.get(idea.idea_id, "") for idea in listed)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _period(days: list[str]) -> str:
    if not days:
        return ""
    first, last = long_date(days[0]), long_date(days[-1])
    return f"Idées déposées le {first}" if first == last else f"Idées déposées du {first} au {last}"


def _pairs(pairs: pd.DataFrame, known: set[str]) -> tuple[tuple[str, str], ...]:
    couples = pairs[["idea_a", "idea_b"]].itertuples(index=False, name=None)
    return tuple(sorted((a, b) for a, b in couples if a in known and b in known))
