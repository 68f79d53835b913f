"""Who saw what was acknowledged: a process of its own that appends each line to a file and syncs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

AT_ONCE = 65536


class Witness:
    """The pen of the witness; `lines` reads the log back from the disk."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._process = subprocess.Popen([sys.executable, "-m", __name__, str(log)], stdin=subprocess.PIPE)

    def saw(self, *what: str | int) -> None:
        """One short line in one write: threads do not mix theirs."""
        assert self._process.stdin is not None
        os.write(self._process.stdin.fileno(), json.dumps(what).encode() + b"\n")

    def lines(self) -> list[list[str]]:
        """Everything witnessed; the witness goes home."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        return [json.loads(line) for line in self.log.read_bytes().splitlines()]


def main(log: Path) -> None:
    with log.open("ab", buffering=0) as file:
        while words := os.read(0, AT_ONCE):
            file.write(words)
            os.fsync(file.fileno())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
