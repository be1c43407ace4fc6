"""YAML that people edit → a mapping of plain values, or where it is wrong: no date, no key twice, nothing that runs."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode

from pipeline.errors import MinilabsError

_DATE = "tag:yaml.org,2002:timestamp"


class _Loader(yaml.SafeLoader):
    """Plain values: dates stay as typed, and a key that comes again is an error rather than the last one winning."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML declares it
        first: [(tag, pattern) for tag, pattern in rules if tag != _DATE]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - of PyYAML
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, ScalarNode) and key.value in seen:
                raise _TwiceError(key.value, key.start_mark.line + 1)
            seen.add(key.value if isinstance(key, ScalarNode) else "")
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: ScalarNode | MappingNode) -> Any:  # noqa: ANN401 - of PyYAML
        value = super().construct_scalar(node)
        if isinstance(value, str):
            value.encode()  # half a character, as "\\ud800", could not be written again
        return value


class _TwiceError(Exception):
    """A key stands twice."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key, self.line = key, line


def read_yaml(text: str, path: str) -> dict[Any, Any]:
    """Return the mapping that a text holds; empty for an empty text.

    Args:
        text: YAML.
        path: named in errors.

    Raises:
        MinilabsError: `base.yaml` with the line, `base.yaml_twice` for a key that stands twice.
    """
    try:
        content = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except _TwiceError as twice:
        raise MinilabsError("base.yaml_twice", path=path, key=twice.key[:40], line=twice.line) from twice
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, KeyError, AttributeError) as why:
        mark = getattr(why, "problem_mark", None)
        raise MinilabsError("base.yaml", path=path, line=mark.line + 1 if mark else 1) from why
    if content is not None and not isinstance(content, dict):
        raise MinilabsError("base.yaml", path=path, line=1)
    return content or {}
