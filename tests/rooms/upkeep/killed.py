"""The console program that kills itself (SIGKILL) before its n-th statement: `python -m ...killed N COMMAND...`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.db.backends.signals import connection_created

from companionway.config import cli

left = int(sys.argv[1])
asked = 0


def _count(execute: Callable[..., Any], *args: Any) -> Any:
    global asked
    asked += 1
    if asked == left:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(*args)


def _listen(connection: Any, **_: Any) -> None:
    connection.execute_wrappers.append(_count)


if __name__ == "__main__":
    connection_created.connect(_listen)
    if sys.argv[2] == "prepare":
        cli._django()
        cli._prepare()
        code = 0
    else:
        code = cli.main(sys.argv[2:])
    sys.stderr.write(f"statements: {asked}\n")
    sys.exit(code)
