"""How far to trust the result: said in words that hold, measures kept for analysts, rows accounted for."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.report import Report
from pipeline.report.view.trust import trust
from pipeline.schema import CONFLICTS
from tests.report.conftest import sample_quality


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def _told(ingest: Mapping[str, object]) -> list[str]:
    return [_plain(text) for text in trust((), {}, ingest, CONFLICTS.empty(), {}).preparation]


def test_agreement_is_said_in_plain_words(report: Report) -> None:
    """Readers get a share; the indices that analysts compare are apart."""
    found = trust(report.themes, sample_quality(), {}, CONFLICTS.empty(), {}).agreement
    assert found is not None
    assert _plain(found.summary).endswith("s’accordent pour 68 % d’entre elles.")
    assert "Rand" not in found.summary
    assert "Rand ajusté 0,44" in _plain(found.indices)


def test_a_theme_of_the_person_keeps_its_name(report: Report) -> None:
    """A code becomes words; its title is used where it is known; what was not found says so."""
    labels = {"menage_lycees": "Ménage"}
    found = trust(report.themes, sample_quality(), {}, CONFLICTS.empty(), labels).agreement
    assert found is not None
    assert [row[:2] for row in found.rows] == [("Assistantes", "Non retrouvé"), ("Ménage", "Ménage")]


def test_only_what_concerns_readers_is_told() -> None:
    """What ingest says to whoever prepares the data (files, columns, lists to reread) is not told to readers."""
    said = {"sentences": ["Lu dans le fichier « a.csv »."], "readers": ["12 lignes lues : 12 idées à analyser."]}
    assert _told(said) == ["12 lignes lues : 12 idées à analyser."]


def test_rows_with_one_fate_are_told_together() -> None:
    """Rows set aside for one reason are one sentence, by idea where there is one, counted by table elsewhere."""
    events = [
        {"table": "i.csv", "idea_id": "G2", "action": "mise de côté", "why": "idée primée"},
        {"table": "i.csv", "idea_id": "G1", "action": "mise de côté", "why": "idée primée"},
        {"table": "i.csv", "idea_id": None, "action": "mise de côté", "why": "ligne vide"},
        {"table": "i.csv", "idea_id": "", "action": "mise de côté", "why": "ligne vide"},
    ]
    assert _told({"readers": ["x."], "accounting": events})[1:] == [
        "Mise de côté (ligne vide) : 2 lignes de « i.csv ».",
        "Mise de côté (idée primée) : G1 et G2.",
    ]


def test_without_any_measure_the_principle_stands() -> None:
    """Nothing measured: people decide, and that is said."""
    found = trust((), {}, {}, CONFLICTS.empty(), {})
    assert len(found.sentences) == 1
    assert found.agreement is None


def test_a_former_contest_is_said() -> None:
    """When a model of a former contest is taken up, the report names it; it says nothing of it otherwise."""
    told = trust((), {"former_contest": "concours-2024"}, {}, CONFLICTS.empty(), {}).sentences
    assert any("«\u202fconcours-2024\u202f», appris d’un concours précédent" in sentence for sentence in told)
    assert not any("concours précédent" in sentence for sentence in trust((), {}, {}, CONFLICTS.empty(), {}).sentences)


def test_a_second_reader_is_named_with_how_far_people_agree(report: Report) -> None:
    """The report says which model read, when, how many ideas, and its agreement with decisions where there are some."""
    read = {"model": "un-modele", "day": "2026-01-05", "ideas": 240, "hesitant": 2, "decided": 0}
    alone = trust(report.themes, {"reader": {**read, "kappa": None, "alpha": None}}, {}, CONFLICTS.empty(), {})
    said = [_plain(text) for text in alone.sentences if "un-modele" in text]
    assert len(said) == 1
    assert "a lu 240 idées le 5 janvier 2026" in said[0]
    assert "encore été comparée" in said[0]
    compared = {"reader": {**read, "decided": 12, "kappa": 0.7, "alpha": 0.69}}
    told = trust(report.themes, compared, {}, CONFLICTS.empty(), {}).sentences
    assert any("Sur 12 idées décidées" in _plain(text) and "0,70" in text for text in told)


def test_a_decision_in_conflict_is_told_in_french() -> None:
    """Its act is the word that people type, not the one of the file."""
    row = {"seq": 4, "action": "merge", "target": "T01", "value": "T02", "problem": "Plus là."}
    (told,) = trust((), {}, {}, pd.DataFrame([row]), {}).conflicts
    assert _plain(told) == "Décision n° 4 (réunir T01) : Plus là."
