"""Small breakages of a module: its source in, one changed syntax tree after another out.

A breakage is what a tired hand writes: `<=` for `<`, `or` for `and`, a condition left out, 3 for 2, the smallest for
the largest, a line forgotten. Words and annotations are left alone: a changed name of a column breaks at once, and an
annotation is never run.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import singledispatch

_NEVER_RUN = {"annotation", "returns", "decorator_list", "format_spec", "type_params", "ctx", "op", "ops"}
_SAFEGUARDS = {"strict", "frozen", "slots", "index", "copy", "ignore_index"}
"""Keywords that guard against what callers never do, or tidy: as a rule nothing a person sees depends on them."""
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_CALLED = {
    "min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "first": "last", "last": "first",
    "head": "tail", "tail": "head", "idxmax": "idxmin", "idxmin": "idxmax", "argmax": "argmin", "argmin": "argmax",
    "startswith": "endswith", "endswith": "startswith", "union": "intersection", "intersection": "union",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutation:
    """A breakage.

    Attributes:
        line: where it is, in the source.
        before: the part changed.
        after: what stands in its place.
        inside: the line where the function begins that it is in; None outside.
        tree: the module with the change.
    """

    line: int
    inside: int | None
    before: str
    after: str
    tree: ast.Module


def count(source: str) -> int:
    """Return how many breakages a source has."""
    return sum(1 for parent, field, at in _places(ast.parse(source)) for _ in _changes(_held(parent, field, at)))


def mutations(source: str, wanted: Collection[int]) -> Iterator[Mutation]:
    """Yield some of the breakages of a source, by their rank in it."""
    ranks = itertools.count()
    tree = ast.parse(source)
    functions = [(f.lineno, f.end_lineno or 0) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef)]
    for parent, field, at in _places(tree):
        value, node = getattr(parent, field), _held(parent, field, at)
        for changed in _changes(node):
            if next(ranks) not in wanted:
                continue
            with_change = copy.copy(value)
            if at is not None:
                with_change[at : at + 1] = changed
            setattr(parent, field, with_change if at is not None else changed[0])
            after = " ".join(ast.unparse(one) for one in changed) or "(nothing)"
            line: int = getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0)
            inside = max((f for f, last in functions if f < line <= last), default=None)
            yield Mutation(line, inside, ast.unparse(node), after, copy.deepcopy(tree))
            setattr(parent, field, value)


def _held(parent: ast.AST, field: str, at: int | None) -> ast.AST:
    value = getattr(parent, field)
    held: ast.AST = value if at is None else value[at]
    return held


def _places(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Yield where each part of a tree hangs that runs: parent, field and place in its list."""
    for field, value in ast.iter_fields(node):
        if field in _NEVER_RUN or (isinstance(node, ast.keyword) and node.arg in _SAFEGUARDS):
            continue
        if isinstance(value, ast.AST):
            yield node, field, None
            yield from _places(value)
        elif isinstance(value, list):
            for at, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield node, field, at
                    yield from _places(one)


def _moved(new: ast.AST, node: ast.AST) -> list[ast.AST]:
    return [ast.fix_missing_locations(ast.copy_location(new, node))]


@singledispatch
def _changes(node: ast.AST) -> Iterator[list[ast.AST]]:  # noqa: ARG001 - most parts have no change
    """Yield what may stand in the place of a part."""
    yield from ()


@_changes.register
def _(node: ast.Compare) -> Iterator[list[ast.AST]]:
    for at, op in enumerate(node.ops):
        ops = [*node.ops[:at], _COMPARED[type(op)](), *node.ops[at + 1 :]]
        yield _moved(ast.Compare(node.left, ops, node.comparators), node)


@_changes.register
def _(node: ast.BoolOp) -> Iterator[list[ast.AST]]:
    yield _moved(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values), node)
    for at in range(len(node.values)):
        rest = [*node.values[:at], *node.values[at + 1 :]]
        yield _moved(ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0], node)


@_changes.register
def _(node: ast.UnaryOp) -> Iterator[list[ast.AST]]:
    if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield [node.operand]


@_changes.register
def _(node: ast.BinOp) -> Iterator[list[ast.AST]]:
    words = any(isinstance(side, ast.JoinedStr) or _is_word(side) for side in (node.left, node.right))
    if type(node.op) in _COMPUTED and not words:
        yield _moved(ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right), node)


def _is_word(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str))


@_changes.register
def _(node: ast.Constant) -> Iterator[list[ast.AST]]:
    match node.value:
        case bool():
            yield _moved(ast.Constant(not node.value), node)
        case int():
            yield _moved(ast.Constant(node.value + 1), node)
        case float():
            yield _moved(ast.Constant(round(node.value / 1.5, 6) or 0.1), node)


@_changes.register
def _(node: ast.Call) -> Iterator[list[ast.AST]]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name in _CALLED:
        func = copy.copy(node.func)
        setattr(func, "id" if isinstance(func, ast.Name) else "attr", _CALLED[name])
        kept = [k for k in node.keywords if _CALLED[name] != "list" or k.arg not in ("key", "reverse")]
        yield _moved(ast.Call(func, node.args, kept), node)
    for at, word in enumerate(node.keywords):
        if word.arg == "key":
            yield _moved(ast.Call(node.func, node.args, [*node.keywords[:at], *node.keywords[at + 1 :]]), node)


@_changes.register
def _(node: ast.Starred) -> Iterator[list[ast.AST]]:
    if isinstance(node.ctx, ast.Load):
        yield []


@_changes.register(ast.If)
def _condition(node: ast.If) -> Iterator[list[ast.AST]]:
    yield _moved(ast.If(ast.Constant(True), node.body, node.orelse), node)  # noqa: FBT003
    yield _moved(ast.If(ast.Constant(False), node.body, node.orelse), node)  # noqa: FBT003


@_changes.register
def _(node: ast.IfExp) -> Iterator[list[ast.AST]]:
    yield [node.body]
    yield [node.orelse]


@_changes.register
def _(node: ast.comprehension) -> Iterator[list[ast.AST]]:
    for at in range(len(node.ifs)):
        rest = [*node.ifs[:at], *node.ifs[at + 1 :]]
        yield [ast.comprehension(node.target, node.iter, rest, node.is_async)]


@_changes.register
def _(node: ast.Expr) -> Iterator[list[ast.AST]]:
    if isinstance(node.value, ast.Call):
        yield _moved(ast.Pass(), node)


@_changes.register(ast.AugAssign)
@_changes.register(ast.Continue)
@_changes.register(ast.Break)
def _left_out(node: ast.stmt) -> Iterator[list[ast.AST]]:
    yield _moved(ast.Pass(), node)


@_changes.register
def _(node: ast.Assign) -> Iterator[list[ast.AST]]:
    if isinstance(node.targets[0], ast.Subscript | ast.Attribute):
        yield _moved(ast.Pass(), node)
