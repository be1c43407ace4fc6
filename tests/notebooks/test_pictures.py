"""Pictures: each title says what was found out, in French, and holds on the odd cases."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipeline.notebook import charts, pictures

THEMES = pd.DataFrame(
    {
        "theme_id": ["T01", "T02", "T03"],
        "label": ["Vélos", "Repas", "Lumière"],
        "size": [9, 5, 5],
        "stability": [0.9, 0.4, None],
        "transversality": [0.8, 0.2, None],
        "transversality_chance": [0.6, 0.5, None],
        "kind": ["minilab", "", "communaute_metier"],
    }
)
LABS = pd.DataFrame(
    {
        "lab_id": ["a", "b", "c"], "label": ["Vélos", "Repas", "Sport"],
        "kind": ["minilab", "communaute_metier", "minilab"], "maximum": [2, 9, 9], "placed": [2, 1, 0],
    }
)  # fmt: skip
PLACES = pd.DataFrame(
    {
        "holder_id": ["A1", "A2", "A3", "A4", "A5"], "lab_id": ["a", "a", "b", "", ""], "rank": [1, 2, 1, 0, 0],
        "status": ["placed", "placed", "placed", "waiting", "not_concerned"],
    }
)  # fmt: skip
AGENTS = pd.DataFrame(
    {
        "holder_id": ["A1", "A2", "A3"], "occupation": ["cuisinier", "cuisinier", ""],
        "directorate": ["Direction des Finances", "Direction de l’Eau", "Direction des Finances"],
    }
)  # fmt: skip


def title(chart: charts.Chart) -> str:
    """Return the title of a chart, on one line, with plain spaces."""
    lines: Any = chart.to_dict()["title"]["text"]
    return " ".join(lines).replace("\u202f", " ").replace("\u00a0", " ")


def test_half_of_the_ideas() -> None:
    """When half had arrived; without any date, it says so."""
    dated = pd.DataFrame({"submitted_on": ["2019-10-01", "2019-10-02", "2019-12-01", ""]})
    assert title(pictures.arrivals(dated)) == "La moitié des 3 idées est arrivée avant le 02/10/2019"
    assert title(pictures.arrivals(dated.assign(submitted_on=""))) == "Aucune idée n’est datée"


def test_the_largest_group_of_people() -> None:
    """Its name, its share, how many groups there are; an empty cell is named."""
    assert title(pictures.people_by(AGENTS, "occupation", "métiers")) == (
        "« cuisinier » réunit 67 % des agents, sur 2 métiers"
    )
    assert "non renseigné" in charts.svg(pictures.people_by(AGENTS, "occupation", "métiers").to_dict())
    many = pd.DataFrame({"occupation": [f"métier {n}" for n in range(20)]})
    assert "autres" in charts.svg(pictures.people_by(many, "occupation", "métiers", most=3).to_dict())


@pytest.mark.parametrize(
    ("weak", "said"),
    [([], "toutes trouvent leur place"), ([1], "1 idée n’entre dans aucun"), ([1, 2], "2 idées n’entrent dans aucun")],
)
def test_the_map_counts_what_fits_nowhere(weak: list[int], said: str) -> None:
    """In agreement; each theme's number stands at its middle."""
    ideas = pd.DataFrame(
        {
            "idea_id": ["I0", "I1", "I2"], "theme_id": ["T01", "T02", "T03"], "title": "t", "theme": "x",
            "weak_signal": [n in weak for n in range(3)],
        }
    )  # fmt: skip
    places = pd.DataFrame({"idea_id": ["I0", "I1", "I2"], "x": [0.0, 1.0, 2.0], "y": [0.0, 1.0, 2.0]})
    assert said in title(pictures.ideas_map(places, ideas, THEMES))


def test_the_key_of_the_map_follows_sizes() -> None:
    """The largest first; ties go by number of theme, the one that files and commands use."""
    assert list(pictures.key(THEMES)["theme_id"]) == ["T01", "T02", "T03"]


def test_fragile_themes_are_counted_and_marked() -> None:
    """A theme not measured takes no part; none fragile is said too."""
    assert title(pictures.stability(THEMES)) == "Stabilité moyenne de 65 % : 1 thème fragile à relire d’abord"
    assert "aucun thème ne se défait" in title(pictures.stability(THEMES.head(1)))


def test_transversality_is_compared_with_chance() -> None:
    """Percentages on the axis are French."""
    drawn = pictures.transversality(THEMES)
    assert title(drawn) == "1 thème sur 2 réunit plus de directions que le hasard (trait orange)"
    assert "100\u202f%" in charts.svg(drawn.to_dict())


def test_half_of_the_memberships() -> None:
    """The middle one, and what fits nowhere; no idea at all is no error."""
    held = pd.DataFrame({"membership": [0.2, 0.6, 1.0], "weak_signal": [True, False, False]})
    assert title(pictures.memberships(held)) == (
        "Une idée sur deux tient à son thème à 0,60 ou plus ; 1 idée n’entre dans aucun thème"
    )
    assert "0,00" in title(pictures.memberships(held.head(0)))


def test_those_who_stay_together() -> None:
    """The share of ideas in the largest part of their theme; ideas of one side only take no part."""
    before = pd.Series({"I1": "A", "I2": "A", "I3": "B", "I4": "B"})
    after = pd.Series({"I1": 1, "I2": 2, "I3": 1, "I4": 1, "I9": 7})
    assert title(pictures.moves(before, after, ("avant", "après"))) == (
        "De « avant » à « après », 75 % des idées restent ensemble"
    )


def test_settings_name_the_most_stable() -> None:
    """Those whose stability was not measured take no part; none at all is said."""
    trials = pd.DataFrame(
        {"Réglage": ["a", "b", "c"], "Thèmes": [8, 9, 9], "stability": [0.5, 0.7, None], "likeness": [0.5, 0.6, 0.1]}
    )
    assert title(pictures.settings(trials)).startswith("Le plus stable : « b » (70 %)")
    assert "Aucun essai" in title(pictures.settings(trials.assign(stability=None)))


def test_full_groups_and_those_that_do_not_open() -> None:
    """Counted in the title; those who wait are counted with the group they would like most."""
    waiting = pd.DataFrame({"holder_id": ["A4", "A4"], "lab_id": ["a", "b"], "affinity": [0.9, 0.1]})
    assert title(pictures.seats(LABS, waiting)) == "1 groupe complet sur 3, 1 groupe n’ouvre pas"


def test_mixing_judges_minilabs_only() -> None:
    """A trade community may well belong to one directorate; nobody placed is said."""
    assert title(pictures.mixing(PLACES, LABS, AGENTS, 0.4)) == (
        "MiniLabs : 50 % au plus d’une même direction (« Vélos ») ; permis : 40 %"
    )
    assert "communautés de métier seulement" in title(
        pictures.mixing(PLACES[PLACES["lab_id"] == "b"], LABS, AGENTS, 0.4)
    )
    assert title(pictures.mixing(PLACES.tail(1), LABS, AGENTS, 0.4)) == "Aucune place attribuée"


def test_first_choices_are_shared_among_those_concerned() -> None:
    """Those whose ideas lead to no group are shown, and not counted."""
    assert title(pictures.choices(PLACES)) == "50 % des 4 personnes concernées siègent dans leur premier groupe"
    assert "0 %" in title(pictures.choices(PLACES.head(0)))
