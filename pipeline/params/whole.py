"""All parameters, a section a stage: read from `params.yaml` with every error at once, written with their comments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, Field, ValidationError

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.encoding import given_text
from pipeline.files.given_file import content_of
from pipeline.files.yaml_file import read_yaml
from pipeline.params.groups import AssignParams, BilanParams, CloseParams, ReaderParams, ReportParams
from pipeline.params.section import Section
from pipeline.params.themes import (
    ClusterParams,
    EmbedParams,
    EngineParams,
    EvaluateParams,
    IngestParams,
    ReviewParams,
)


class Params(Section):
    """All parameters of a workspace."""

    seed: int = Field(2020, ge=0, description="graine unique de tous les tirages")
    engine: EngineParams = EngineParams()
    ingest: IngestParams = IngestParams()
    embed: EmbedParams = EmbedParams()
    cluster: ClusterParams = ClusterParams()
    review: ReviewParams = ReviewParams()
    assign: AssignParams = AssignParams()
    evaluate: EvaluateParams = EvaluateParams()
    report: ReportParams = ReportParams()
    reader: ReaderParams = ReaderParams()
    bilan: BilanParams = BilanParams()
    close: CloseParams = CloseParams()


def parse(text: str, path: str = "params.yaml") -> Params:
    """Return the parameters written in `text`; what is absent takes its default.

    Args:
        text: YAML.
        path: named in errors.

    Raises:
        MinilabsError: not YAML, unknown keys, refused values; all of them at once.
    """
    content = {str(key): value for key, value in read_yaml(text, path).items() if value is not None}
    try:
        return Params.model_validate(content)
    except RecursionError as why:
        raise MinilabsError("base.yaml", path=path, line=1) from why
    except ValidationError as why:
        raise_all([_to_error(dict(error), path) for error in why.errors(include_url=False)])
        raise  # pragma: no cover - a ValidationError holds at least one error


def read(path: Path) -> Params:
    """Return the parameters of the file at `path`.

    Raises:
        MinilabsError: `params.missing`, or see `parse`.
    """
    if not path.is_file():
        raise MinilabsError("params.missing", path=path.parent)
    return parse(given_text(content_of(path, path.name), path.name), path.name)


_REASONS = {
    "int_parsing": "un nombre entier est attendu",
    "int_type": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "float_parsing": "un nombre est attendu",
    "float_type": "un nombre est attendu",
    "string_type": "un texte est attendu",
    "string_pattern_mismatch": "seuls les lettres, les chiffres, « - » et « _ » sont admis",
    "bool_parsing": "« true » ou « false » est attendu",
    "bool_type": "« true » ou « false » est attendu",
    "list_type": "une liste est attendue",
    "dict_type": "un bloc de paramètres est attendu",
    "model_type": "un bloc de paramètres est attendu",
    "greater_than": "il faut plus de {gt}",
    "greater_than_equal": "il faut au moins {ge}",
    "less_than": "il faut moins de {lt}",
    "less_than_equal": "il faut au plus {le}",
    "literal_error": "valeurs possibles : {expected}",
    "value_error": "{error}",
}


_RETIRED = {
    "assign.trade_lift": "une communauté de métier admet les métiers que nomme la raison de sa nature ; pour en décider"
    " autrement, remplissez la colonne « metiers » de labs.csv",
    "assign.announced_first": "une place annoncée est toujours tenue ; « minilabs assign --take-back » la reprend",
}
"""Former parameters → what took their place."""


def _to_error(error: dict[str, Any], path: str) -> MinilabsError:
    key = ".".join(str(part) for part in error["loc"])
    if key in _RETIRED:
        return MinilabsError("params.retired", path=path, key=key, why=_RETIRED[key])
    if error["type"] == "extra_forbidden":
        return MinilabsError("params.unknown", path=path, key=key, allowed=", ".join(_allowed(error["loc"][:-1])))
    why = _REASONS.get(error["type"], "valeur non valable").format(**error.get("ctx", {}))
    return MinilabsError("params.value", path=path, key=key or "params", why=why.replace(" or ", " ou "))


def _allowed(location: tuple[str | int, ...]) -> list[str]:
    model: Any = Params
    for part in location:
        if hasattr(model, "model_fields"):
            model = model.model_fields[part].annotation if part in model.model_fields else None
        else:  # what a list or a mapping holds
            model = (get_args(model) or (None,))[-1]
    return list(getattr(model, "model_fields", ()))


def render(params: Params | None = None) -> str:
    """Return `params` (the defaults without) as commented YAML: the `params.yaml` that users edit."""
    params = params or Params()
    lines = ["# Paramètres de MiniLabs. Chaque ligne peut être supprimée : la valeur par défaut s'applique alors."]
    lines += _render_section(params, "")
    return "\n".join(lines) + "\n"


def _render_section(section: BaseModel, indent: str) -> list[str]:
    lines: list[str] = []
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, Section):
            lines += ["", f"{indent}{name}:", *_render_section(value, indent + "  ")]
        else:
            plain = section.model_dump(exclude_defaults=isinstance(value, dict))[name] if value else value
            lines += [f"{indent}# {field.description}", f"{indent}{name}: {_scalar(plain)}".rstrip()]
    return lines


def _scalar(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, list):
        value = [item.model_dump() if isinstance(item, BaseModel) else item for item in value]
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False)
    return re.sub(r"\n?\.\.\.\n$", "", text).rstrip("\n")
