"""How much to trust the result: `agreement` with a person's coding, `quality` with or without one, `coding` read."""

from pipeline.evaluate.quality import evaluate, headlines

__all__ = ["evaluate", "headlines"]
