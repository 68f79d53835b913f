"""Small files that must be whole or old, never half: written beside, brought to the disk, put in place.

`replace` also overwrites what stood there before, because it may have been a key. A disk that writes elsewhere
(flash, copy-on-write, snapshots) may keep the old blocks all the same: there, only an encrypted disk helps.
"""

from __future__ import annotations

import os
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Put `content` at `path`, readable by the service only. A kill at any moment leaves the old or the new file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    clear_remains(path)
    fresh = path.with_name(f"{path.name}.new.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        os.link(path, _before(path))
    os.replace(fresh, path)
    _bring_to_disk(path.parent)
    clear_remains(path)


def clear_remains(path: Path) -> None:
    """Overwrite and remove what a replaced file left behind, also after a kill in the middle."""
    before = _before(path)
    if before.exists():
        if not path.exists() or not os.path.samefile(before, path):
            with open(before, "r+b") as file:
                file.write(b"\0" * before.stat().st_size)
                file.flush()
                os.fsync(file.fileno())
        before.unlink()
        _bring_to_disk(path.parent)


def _before(path: Path) -> Path:
    return path.with_name(f"{path.name}.before")


def _bring_to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
