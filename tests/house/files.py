"""Which files belong to the house."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "companionway"
NOT_OURS = {"migrations", "vendor", "locale", "node_modules", "__pycache__"}
LARGEST_TEXT = 2_000_000


def ours(*suffixes: str, under: Path = HOUSE) -> list[Path]:
    """Every file with one of these endings that somebody here wrote by hand."""
    return sorted(
        path
        for path in under.rglob("*")
        if path.suffix in suffixes and not NOT_OURS.intersection(path.relative_to(under).parts)
    )


def module_files(name: str) -> list[Path]:
    """`services.py` of every room, or the parts of a `services/` package."""
    return [path for path in ours(".py") if path.stem == name or path.parent.name == name]


@cache
def kept_in_git() -> tuple[Path, ...]:
    """What a clone would receive, and what is about to be added."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def text_of(path: Path) -> str:
    """The text of a file; empty for pictures, fonts and other bytes."""
    if path.stat().st_size > LARGEST_TEXT:
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
