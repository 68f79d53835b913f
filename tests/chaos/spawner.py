"""A parent that has loaded everything once and forks the service again and again, so that a restart costs little.

What it forks is the real service (`companionway.config.asgi` under uvicorn, or the worker of `companionway work`),
with two things added by the test: a byte on a pipe when the lane begins to commit, so that a kill can be aimed at that
moment, and a line in a file for each record that was reacted to. Every so often the test starts the program cold.

One command a line on standard input (JSON), one answer a line on standard output.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import uvicorn
from django.db import connections

from companionway.config import asgi
from companionway.conversations import events as told
from companionway.foundation import duties, events, lane
from companionway.foundation.models import Record

REACTED_TO = (told.MessageSent, told.MessageEdited, told.MessageUndone, told.MessageWithdrawn)


class Signalling(lane.Lane):
    """The lane as it is; it says when a commit begins."""

    pipe = -1

    def commit(self, batch: Any) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self.pipe, b"c")
        super().commit(batch)


def _log_reactions(log: Path) -> None:
    def reacted(event: events.Event) -> None:
        with log.open("a") as file:
            file.write(f"{event.name} {event.subject}\n")

    for kind in REACTED_TO:
        events.on(kind)(reacted)


def _serve(asked: dict[str, Any]) -> None:
    if asked["pipe"] >= 0:
        Signalling.pipe = asked["pipe"]
        lane.use(Signalling())
    application: Any = asgi.application
    if asked["fault"]:
        application = getattr(importlib.import_module("tests.chaos.faulty"), asked["fault"])
    uvicorn.run(
        application, host="127.0.0.1", port=asked["port"], loop="uvloop", http="httptools", ws="none",
        log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=5,
    )  # fmt: skip


def _work(asked: dict[str, Any]) -> None:
    if fault := asked.get("fault"):
        getattr(importlib.import_module("tests.chaos.worried"), fault)()
    duties.run_forever(events.deliver)


def _awaited(_: dict[str, Any]) -> None:
    """Every record that somebody had to react to: (name, subject), and how many still wait."""
    rows = Record.objects.filter(name__in=[kind.name for kind in REACTED_TO])
    kept = rows.values_list("name", "subject", "happened_at", "delivered_at")
    had_to = [f"{name} {subject}" for name, subject, at, done in kept if done != at]
    _answer({"awaited": had_to, "waiting": Record.objects.filter(delivered_at=None).count()})


def _ask(asked: dict[str, Any]) -> None:
    """A question about concerns, or a deed that no page offers."""
    _answer(getattr(importlib.import_module("tests.chaos.worried"), asked["what"])(asked))


CHILDREN = {"serve": _serve, "work": _work, "awaited": _awaited, "ask": _ask}
ANSWERING = {"awaited", "ask"}


def _answer(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _fork(asked: dict[str, Any], log: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        if asked["do"] not in ANSWERING:
            with log.open("ab") as file:
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
        CHILDREN[asked["do"]](asked)
        code = 0
    except Exception as failure:
        traceback.print_exc()
        if asked["do"] in ANSWERING:  # whoever asked must not wait for ever
            _answer({"failed": repr(failure)})
    finally:
        os._exit(code)


def main() -> None:
    folder = Path(os.environ["COMPANIONWAY_VAR"])
    if seconds := os.environ.get("CHAOS_LOCK_SECONDS"):  # how long to wait for a lock; the service waits 20
        connections.settings["default"]["OPTIONS"]["timeout"] = float(seconds)
    _log_reactions(folder / "reactions.log")
    _answer({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["do"] == "reap":
            os.waitpid(asked["pid"], 0)
            _answer({"gone": asked["pid"]})
        elif asked["do"] in ANSWERING:
            os.waitpid(_fork(asked, folder / "server.log"), 0)
        else:
            _answer({"pid": _fork(asked, folder / "server.log")})


if __name__ == "__main__":
    main()
