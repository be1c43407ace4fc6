"""What the first screen says is true and agrees, whatever the numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.french import percent
from pipeline.report import Report
from pipeline.report.view.findings import figures, findings, headline, kinds_present, largest, lead, titles


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0, (), 0), "Aucune idée à analyser"),
        ((3, (), 0), "3 idées : trop peu pour former des thèmes"),
        ((240, (200, 28), 0), "228 idées sur 240 se rattachent à 2 thèmes"),
        ((9, (8,), 0), "8 idées sur 9 se rattachent à 1 thème"),
        ((240, (195,), 27), "195 idées sur 240 se rattachent à 1 thème ; 27 restent à départager et 18 sont isolées"),
        ((9, (8,), 1), "8 idées sur 9 se rattachent à 1 thème ; 1 reste à départager"),
    ],
)
def test_the_headline_is_the_finding(numbers: tuple[int, tuple[int, ...], int], said: str, report: Report) -> None:
    """The title of the report says how many ideas fit how many themes; ideas that no title holds are in none."""
    analysed, sizes, mixed = numbers
    themes = [replace(report.themes[0], size=size) for size in sizes]
    themes += [replace(report.themes[0], size=mixed, nameless=True)] if mixed else []
    assert _plain(headline(analysed, themes)) == said


def test_ideas_without_a_title_are_no_theme(report: Report) -> None:
    """Figures, findings and titles count themes that a title holds, and say how many ideas are left to sort out."""
    first, *others = report.themes
    mixed = replace(report, themes=(*others, replace(first, nameless=True)))
    inside = sum(theme.size for theme in others)
    values = [_plain(figure.value) for figure in figures(mixed)]
    assert values[1:3] == [str(len(others)), _plain(percent(inside / len(report.ideas)))]
    assert f"{first.size} idées restent à départager" in _plain(findings(mixed)[1])
    assert first.label not in findings(mixed)[0]
    assert f" ; {first.size} restent à départager" in _plain(titles(mixed).themes)
    assert titles(replace(report, themes=(replace(first, nameless=True),))).themes.startswith("Aucun thème")


def test_a_sentence_never_begins_with_a_small_figure(report: Report) -> None:
    """Counts up to sixteen that open a sentence are in letters."""
    opened = [*findings(report), titles(report).weak, titles(report).labs]
    assert not [text for text in opened if text[:2].strip("\u00a0").isdigit() and int(text.split("\u00a0")[0]) <= 16]


def test_themes_always_found_again_are_told_as_they_are(report: Report) -> None:
    """None, one, some or all found at every draw: the title of the last section agrees with each, and says no more."""
    certainties = {"none": [], "one": [0], "all": list(range(len(report.themes)))}
    said = {}
    for case, always in certainties.items():
        themes = tuple(
            replace(theme, draws=(20, 20) if place in always else (19, 20)) for place, theme in enumerate(report.themes)
        )
        said[case] = _plain(titles(replace(report, themes=themes)).trust)
    assert said["none"] == "Aucun thème n’est retrouvé à chaque calcul"
    assert said["one"] == "Un thème sur douze est retrouvé à chaque calcul"
    assert said["all"] == "Tous les thèmes sont retrouvés à chaque calcul"


def test_unmeasured_stability_is_said(report: Report) -> None:
    """Without draws the report does not pretend."""
    bare = replace(report, themes=tuple(replace(theme, certainty="", draws=None) for theme in report.themes))
    assert titles(bare).trust == "La stabilité des thèmes n’a pas été mesurée"


def test_no_group_is_said(report: Report) -> None:
    """Without working groups the section says so, and the figures leave seats out."""
    alone = replace(report, labs=())
    assert titles(alone).labs == "Aucun groupe de travail n’est proposé"
    assert len(figures(alone)) == len(figures(report)) - 1


def test_kinds_head_their_themes(report: Report) -> None:
    """Each theme is under one heading, which counts them in letters and says what they call for."""
    told = kinds_present(report.themes)
    assert sum(len(themes) for _, themes in told) == len(report.themes)
    assert told[0][0].replace("\u00a0", " ").endswith("thèmes à travailler en MiniLab")


def test_the_lead_names_the_answers(report: Report) -> None:
    """Under the title: how many of each answer, and how many people have a seat."""
    assert _plain(lead(report.themes, 1, 12)).endswith("1 agent y trouve une place.")
    assert _plain(lead(report.themes, 211, 11)).endswith(". Onze groupes peuvent s’ouvrir, avec 211 agents.")
    assert lead([], 0, 0) == "Les idées sont présentées une à une, sans regroupement."
    assert largest([]) == 1
