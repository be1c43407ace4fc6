"""params.yaml: what is accepted, what is refused and how it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline import params
from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.messages import sentence
from tests.conftest import ROOT


def test_defaults_survive_their_file() -> None:
    """The commented file that users get holds exactly the defaults."""
    assert params.parse(params.render()) == params.Params()


def test_every_parameter_is_explained() -> None:
    """Each parameter has a French description, written above it in the file."""
    text = params.render()
    for section in params.Params.model_fields.values():
        for field in getattr(section.annotation, "model_fields", {}).values():
            assert field.description
            assert f"# {field.description}" in text


def test_the_repository_is_a_staff_contest_on_the_sample() -> None:
    """The committed params.yaml is the rendered one, reading the sample and starting from the list."""
    wanted = params.Params(
        ingest=params.IngestParams(source="data/sample"),
        evaluate=params.EvaluateParams(coding="data/sample/gold.csv"),
        cluster=params.ClusterParams(grille=params.LIST),
    )
    assert (ROOT / "params.yaml").read_text(encoding="utf-8") == params.render(wanted)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cluster: {n_theme: 3}", "cluster.n_theme"),
        ("graine: 3", "graine"),
        ("seed: beaucoup", "nombre entier"),
        ("cluster: {method: magie}", "consensus"),
        ("assign: {max_share: 40}", "au plus"),
        ("cluster: {min_themes: 20}", "min_themes dépasse max_themes"),
        ("ingest: 3", "bloc de paramètres"),
        ("a: [", "YAML"),
        ("- 3", "YAML"),
    ],
)
def test_refusals(text: str, said: str) -> None:
    """A wrong key or value is named with what is allowed, in one French sentence."""
    with pytest.raises(MinilabsError) as caught:
        params.parse(text)
    assert said in sentence(caught.value)
    assert "\n" not in sentence(caught.value)


def test_all_refusals_at_once() -> None:
    """Two mistakes are told together."""
    with pytest.raises(SeveralErrors) as caught:
        params.parse("seed: x\nreport: {threshold: 1}")
    assert len(caught.value.errors) == 2


def test_missing_file(tmp_path: Path) -> None:
    """A folder that is no workspace is told so, with the command that makes one."""
    with pytest.raises(MinilabsError) as caught:
        params.read(tmp_path / "params.yaml")
    assert "minilabs init" in sentence(caught.value)


def test_frozen() -> None:
    """Parameters cannot change while stages run."""
    with pytest.raises(ValidationError):
        setattr(params.Params(), "seed", 3)  # noqa: B010 - mypy knows it cannot be assigned


def test_a_former_parameter_says_what_does_its_work_now() -> None:
    """A workspace that still has it is told which line to remove, and where trades are chosen."""
    with pytest.raises(MinilabsError) as caught:
        params.parse("assign:\n  trade_lift: 3.0\n")
    told = sentence(caught.value)
    assert "trade_lift" in told
    assert "metiers" in told
