"""The engine that the parameters ask for, for as long as a stage needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from pipeline.engine.here import Engine, Here
from pipeline.errors import MinilabsError
from pipeline.params import EngineParams


@contextmanager
def opened(params: EngineParams) -> Iterator[Engine]:
    """Give the engine.

    Raises:
        MinilabsError: `engine.no_dask`, or see `workers.connected`.
    """
    if not params.scheduler:
        yield Here()
        return
    if find_spec("distributed") is None:
        raise MinilabsError("engine.no_dask")
    from pipeline.engine.workers import connected  # noqa: PLC0415 - an extra, a second to import

    with connected(params.scheduler, params.workers) as engine:
        yield engine
