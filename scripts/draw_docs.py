"""Draw docs/generated/ from the code: who may do what, how things move, what is announced, what can be set.

`make docs` writes the files; a test fails when one of them is stale.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from django.db.models import Choices
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "companionway"
DRAWN = ROOT / "docs" / "generated"
FROM_CODE = "*Drawn from the code by `make docs`; a test fails when it is stale.*"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", FROM_CODE, *parts]) + "\n"


def rooms_with(module: str) -> Iterator[tuple[str, ModuleType]]:
    """Each room's module of this name, in alphabetical order."""
    for card in sorted(HOUSE.glob("*/__init__.py")):
        room = card.parent
        if (room / f"{module}.py").exists() or (room / module / "__init__.py").exists():
            yield room.name, import_module(f"companionway.{room.name}.{module}")


def permissions() -> str:
    roles = import_module("companionway.people.roles")
    held = list(roles.TITLES)
    rows = [
        [f"`{key}`", words, *("yes" if key in roles.GRANTS[role] else "" for role in held)]
        for key, words in roles.PERMISSIONS.items()
    ]
    staff = ", ".join(str(roles.TITLES[role]) for role in held if role in roles.STAFF)
    return page(
        "Permissions",
        "A role is held in one programme, or in the organisation as a whole, and for a period; never by an account. "
        f"These act only after a second proof at sign-in: {staff}.",
        table(["permission", "what it lets somebody do", *(str(roles.TITLES[role]) for role in held)], rows),
    )


def states() -> str:
    parts = []
    for room, module in rooms_with("states"):
        for name, moves in vars(module).items():
            if not name.endswith("MOVES"):
                continue
            parts.append(f"## {room}: {_kind(moves)}")
            parts.append(table(["state", "shown as", "may become"], _moves(moves)))
    return page("States", *parts)


def _kind(moves: dict[Choices, Iterable[Choices]]) -> str:
    return type(next(iter(moves))).__name__


def _moves(moves: dict[Choices, Iterable[Choices]]) -> Iterator[list[str]]:
    for state, following in moves.items():
        after = sorted(str(each.value) for each in following)
        yield [f"`{state.value}`", str(state.label), ", ".join(f"`{each}`" for each in after) or "(the end)"]


def events() -> str:
    base = import_module("companionway.foundation.events").Event
    rows = []
    for _, module in rooms_with("events"):
        kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, base)]
        own = [kind for kind in kinds if kind.__module__.startswith(module.__name__)]
        rows += [(kind.name, *_told(kind)) for kind in own if isinstance(getattr(kind, "name", None), str)]
    shared = ", ".join(f"`{each.name}`" for each in fields(base))
    return page(
        "Events",
        f"Facts in the past tense, with ids only. Every one carries {shared}.",
        table(["event", "also carries", "note"], ([f"`{name}`", *rest] for name, *rest in sorted(set(rows)))),
    )


def _told(kind: type) -> tuple[str, str]:
    base = import_module("companionway.foundation.events").Event
    shared = {each.name for each in fields(base)}
    own = ", ".join(f"`{each.name}`" for each in fields(kind) if each.name not in shared)
    said = ast.get_docstring(_class_source(kind)) or ""
    return own, " ".join(said.split())


def _class_source(kind: type) -> ast.ClassDef:
    path = ROOT / (kind.__module__.replace(".", "/") + ".py")
    return next(
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__
    )


def settings() -> str:
    path = HOUSE / "config" / "settings.py"
    lines = path.read_text().splitlines()
    rows = [
        [f"`{name}`", kind, f"`{default}`" if default else "", _comment(lines, line)]
        for name, kind, default, line in _read_from_environment(ast.parse("\n".join(lines)))
    ]
    rows += [
        ["`HOST`", "str", "`127.0.0.1`", "Where `companionway serve` listens."],
        ["`PORT`", "int", "`8000`", "Where `companionway serve` listens."],
    ]
    return page(
        "Settings",
        "Every setting is an environment variable; none has to be set to try the service on one machine.",
        table(["name", "kind", "unless set", "what it does"], sorted(rows)),
    )


def _read_from_environment(tree: ast.Module) -> Iterator[tuple[str, str, str, int]]:
    for statement in tree.body:
        calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call) and node.args]
        for call in calls:
            reader, _, kind = ast.unparse(call.func).partition(".")
            if reader == "env" and kind.isidentifier() and isinstance(call.args[0], ast.Constant):
                default = ast.unparse(call.args[1]) if len(call.args) > 1 else ""
                plain = kind.replace("dj_db_url", "database URL")
                yield str(call.args[0].value), plain, default.removeprefix("''"), statement.lineno


def _comment(lines: list[str], line: int) -> str:
    """The words beside a setting, or else the comment lines directly above it."""
    if beside := re.search(r"\s#\s+(?!noqa|type:)(.+)$", lines[line - 1]):
        return beside.group(1)
    above: list[str] = []
    while (line := line - 1) > 0 and lines[line - 1].startswith("# "):
        above.insert(0, lines[line - 1].removeprefix("# "))
    return " ".join(above)


UNSIGNED = """**No Clinical Safety Officer has signed this.** It has the shape of a DCB0129 hazard log and was
written by people who build software; likelihood and severity are their judgement. An organisation that deploys
the service needs its own officer and its own log."""
LEVELS = """Level = likelihood x severity on the 5 x 5 matrix; 4 and 5 are not acceptable. `make test` fails when a test
named here did not run or did not pass (`scripts/hazards.py`)."""


def hazards() -> str:
    log = import_module("companionway.insight.hazards").read()
    rows = [[each.id, each.title, each.initial.level, _level(each), each.open] for each in log]
    parts = [UNSIGNED, LEVELS, table(["hazard", "", "before", "now", "still missing"], rows)]
    for each in log:
        parts += [f"## {each.id}. {each.title}", f"{each.harm} *Because:* {'; '.join(each.causes)}."]
        parts.append(f"Before: {_risk(each.initial)}; now: {_risk(each.residual)}")
        parts.append("\n".join(map(_control, each.controls)) or "**Nothing is done against it yet.**")
        parts += [f"**Still missing:** {each.open}"] if each.open else []
    return page("Hazard log", *parts)


def _risk(risk: Any) -> str:
    return f"{risk.likelihood} x {risk.severity} = level {risk.level}"


def _control(control: Any) -> str:
    return f"- {control.says} {', '.join(f'`{test}`' for test in control.tests)}"


def _level(hazard: Any) -> str:
    return (
        str(hazard.residual.level) if hazard.is_acceptable else f"**{hazard.residual.level}, not acceptable**"
    )


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions,
    "states.md": states,
    "events.md": events,
    "settings.md": settings,
    "hazards.md": hazards,
}


def draw(name: str) -> str:
    """The page as the code is now, in English."""
    with translation.override("en"):
        return PAGES[name]()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "companionway.config.settings")
    django.setup()
    DRAWN.mkdir(parents=True, exist_ok=True)
    for each in PAGES:
        (DRAWN / each).write_text(draw(each))
        print(f"docs/generated/{each}")
