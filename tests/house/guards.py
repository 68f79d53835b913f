"""Guards over Python files: each takes a file and names its faults, so that a test can feed it a bad one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import shown

BUDGET = {".py": 300, ".html": 120, ".css": 150, ".js": 120}
LONGEST_FUNCTION, LONGEST_VIEW = 60, 30
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
CLOCKS = {"now", "today", "utcnow"}
CONVERTERS = {"localdate", "localtime"}  # with a time given they only convert it
CLOCK_OWNERS = {"timezone", "datetime", "date"}
MODEL_SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}

# A transaction of its own, or a place in the lane where many deeds share one commit.
ONE_COMMIT = re.compile(r"\batomic\b|\blane\.(?:do|enter)\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, Function))


def _public(path: Path) -> Iterator[Function]:
    return (node for node in _tree(path).body if isinstance(node, Function) and not node.name.startswith("_"))


def _services(path: Path) -> Iterator[Function]:
    """Every public function of services.py; of a package's private part, those that its `__init__` offers."""
    if not path.name.startswith("_") or path.name == "__init__.py":
        return _public(path)
    offered = {
        alias.name
        for node in _tree(path.parent / "__init__.py").body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return (node for node in _public(path) if node.name in offered)


def _length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def too_long(path: Path) -> list[str]:
    lines = len(path.read_text().splitlines())
    most = BUDGET[path.suffix]
    return [f"{shown(path)}: {lines} lines, at most {most}"] if lines > most else []


def hidden_imports(path: Path) -> list[str]:
    return [
        f"{shown(path)}:{node.lineno}: an import inside {function.name}"
        for function in _functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def long_functions(path: Path, most: int = LONGEST_FUNCTION) -> list[str]:
    return [
        f"{shown(path)}:{node.lineno}: {node.name} has {_length(node)} lines, at most {most}"
        for node in _functions(path)
        if _length(node) > most
    ]


def service_faults(path: Path) -> list[str]:
    """A service: keywords only, `actor` first, `now` last, one transaction, and a docstring."""
    faults = []
    for node in _services(path):
        names = [each.arg for each in node.args.kwonlyargs]
        where = f"{shown(path)}:{node.lineno}: {node.name}"
        if node.args.args or node.args.posonlyargs or node.args.vararg:
            faults.append(f"{where} takes more than keywords")
        if names[:1] != ["actor"] or names[-1:] != ["now"]:
            faults.append(f"{where} does not begin with actor and end with now")
        if not ONE_COMMIT.search(ast.unparse(node)):
            faults.append(f"{where} is not one transaction")
        if not ast.get_docstring(node):
            faults.append(f"{where} has no docstring")
    return faults


def view_faults(path: Path) -> list[str]:
    """Views are functions of at most 30 lines."""
    classes = [
        f"{shown(path)}:{node.lineno}: {node.name} is a class, not a function"
        for node in _tree(path).body
        if isinstance(node, ast.ClassDef) and node.name.endswith("View")
    ]
    return classes + long_functions(path, LONGEST_VIEW)


def clock_readings(path: Path) -> list[str]:
    """Only doors read the clock; everybody else is given `now`."""
    return [
        f"{shown(path)}:{node.lineno}: reads the clock"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in CLOCKS or (node.func.attr in CONVERTERS and not node.args))
        and ast.unparse(node.func.value).split(".")[-1] in CLOCK_OWNERS
    ]


def model_signals(path: Path) -> list[str]:
    return [
        f"{shown(path)}:{node.lineno}: listens to {alias.name}"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in MODEL_SIGNALS
    ]


def unsafe_marks(path: Path) -> list[str]:
    return [
        f"{shown(path)}:{node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in {"mark_safe", "SafeString", "SafeText"}
        and not all(isinstance(each, ast.Constant) for each in node.args)
    ]


def vague_name(path: Path) -> list[str]:
    return [f"{shown(path)}: say what it is for"] if path.stem in VAGUE or path.parent.name in VAGUE else []


def without_card(path: Path) -> list[str]:
    return [] if ast.get_docstring(_tree(path)) else [f"{shown(path)}: a room without a card"]
