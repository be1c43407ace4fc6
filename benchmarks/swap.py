"""Puts the functions of a broken module in the place of the true ones, in a process that has imported everything."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path
from types import FunctionType, ModuleType

from mutations import Mutation

_BELOW = ("__wrapped__", "__func__", "fget", "func")


def swap(root: Path, path: Path, mutation: Mutation) -> bool:
    """Break a module for all that imported from it; return False where the change is not in a function or a constant.

    A function keeps its identity and takes the code of the broken one, so that whoever holds it runs that. A constant
    takes its new value in every module that has it under its name.
    """
    parts = path.relative_to(root).with_suffix("").parts
    module = importlib.import_module(".".join(parts[: -1 if parts[-1] == "__init__" else None]))
    fresh = ModuleType(module.__name__)
    fresh.__dict__.update({"__file__": str(path), "__package__": module.__package__})
    sys.modules[module.__name__] = fresh  # dataclasses look for their own module
    exec(compile(mutation.tree, str(path), "exec"), fresh.__dict__)  # noqa: S102 - our own source
    sys.modules[module.__name__] = module
    names = _names(mutation)
    for name in names:
        _replace(name, getattr(module, name), getattr(fresh, name))
    return bool(names)


def _names(mutation: Mutation) -> list[str]:
    """Return the names that the top statement of the change defines."""
    for node in mutation.tree.body:
        if node.lineno <= mutation.line <= (node.end_lineno or node.lineno):
            match node:
                case ast.FunctionDef() | ast.ClassDef():
                    return [node.name]
                case ast.Assign():
                    return [n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
                case ast.AnnAssign(target=ast.Name(id=name)):
                    return [name]
    return []


def _replace(name: str, old: object, new: object) -> None:
    if isinstance(old, type):
        for key, value in vars(new).items():
            _take_code(vars(old).get(key), value)
    elif not _take_code(old, new):
        for other in [m for m in list(sys.modules.values()) if getattr(m, "__dict__", {}).get(name) is old]:
            setattr(other, name, new)


def _take_code(old: object, new: object) -> bool:
    """Give a function the code and defaults of another, below its decorators; tell whether it is one."""
    mine, other = _function(old), _function(new)
    if mine is None or other is None:
        return False
    mine.__code__, mine.__defaults__, mine.__kwdefaults__ = other.__code__, other.__defaults__, other.__kwdefaults__
    return True


def _function(held: object) -> FunctionType | None:
    """Return the function below decorators, a property or a class method."""
    below = held
    while below is not None:
        held = below
        below = next((one for name in _BELOW if (one := getattr(held, name, None)) is not None), None)
    return held if isinstance(held, FunctionType) else None
