"""Pictures of the composition: drawn for real, with every figure they show."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest
import vl_convert

from pipeline.assign.telling.pictures import affinity_distribution, composition_bars, seats_by_lab, who_moved

LABS = pd.DataFrame(
    {
        "lab_id": ["lab-T01", "lab-T02"],
        "label": ["Éco-gestes", "Entretien"],
        "kind": ["minilab", "communaute_metier"],
        "minimum": [8, 5],
        "maximum": [25, 60],
        "placed": [17, 0],
    }
)
COMPOSITION: dict[str, dict[str, dict[str, int]]] = {
    "tous": {"site_type": {"lycée": 30, "siège": 20}},
    "lab-T01": {"site_type": {"lycée": 5, "siège": 12}},
    "lab-T02": {"site_type": {}},
}
ASSIGNMENTS = pd.DataFrame(
    {
        "status": ["placed", "placed", "placed", "waiting"],
        "affinity": [0.82, 0.81, 0.35, 0.9],
        "rank": pd.array([1, 1, 2, None], dtype="Int64"),
    }
)
LABELS = {"lab-T01": "Éco-gestes", "lab-T02": "Entretien"}
MOVED = [{"holder_id": "A001", "from": "lab-T01", "to": ""}, {"holder_id": "A002", "from": "lab-T01", "to": ""}]

CHARTS = [
    (seats_by_lab(LABS), ["Éco-gestes", "17 / 25", "ne s’ouvre pas (minimum 5)"]),
    (composition_bars(COMPOSITION, LABELS, "site_type"), ["Tous les porteurs", "29\u202f%", "71\u202f%", "40\u202f%"]),
    (affinity_distribution(ASSIGNMENTS), ["premier choix", "choix suivant", "affinité"]),
    (who_moved(MOVED, LABELS), ["sans place", "Éco-gestes", ">2<"]),
]


@pytest.mark.parametrize(("chart", "shown"), CHARTS)
def test_a_picture_shows_its_figures(chart: alt.LayerChart, shown: list[str]) -> None:
    """The drawing holds the titles and the figures as text, not only as colours."""
    svg = vl_convert.vegalite_to_svg(chart.to_json())
    for words in shown:
        assert words in svg


def test_a_picture_is_the_same_every_time() -> None:
    """Equal tables give equal specifications, whatever the order of their rows."""
    assert seats_by_lab(LABS).to_json() == seats_by_lab(LABS.iloc[::-1]).to_json()
