"""What a file holds, read by another process.

A process that closes a file of a SQLite database loses its locks on it, whichever handle it closes: afterwards another
program may tidy the log away, and this process would go on reading the state of then.
"""

from __future__ import annotations

import subprocess
from pathlib import Path


def raw(path: Path) -> bytes:
    return subprocess.run(["cat", "--", str(path)], check=True, capture_output=True).stdout
