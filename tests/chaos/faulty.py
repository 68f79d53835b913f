"""The service with one fault put in on purpose, to see that the durability test would notice.

Started as `uvicorn tests.journeys.faulty:<fault>`; the program itself knows nothing of this.
"""

from __future__ import annotations

import secrets
import time

from companionway.config import asgi
from companionway.conversations import writing
from companionway.foundation import lane
from companionway.foundation.lane import Lane
from companionway.foundation.live import Receive, Scope, Send


class AnswersFirst(Lane):
    """Answers every sending with success before anything is stored."""

    def _run(self) -> None:
        number = 10**9
        while True:
            each = self._queue.get()
            number += 1
            each.outcome = writing._shown(each.deed, number, {})
            self.settle([each])
            time.sleep(0.25)
            self.commit([each])
            self.tell([each])


async def acknowledges_first(scope: Scope, receive: Receive, send: Send) -> None:
    if not isinstance(lane._lane, AnswersFirst):
        lane.use(AnswersFirst())
    await asgi.application(scope, receive, send)


async def forgets_names(scope: Scope, receive: Receive, send: Send) -> None:
    """Gives every sending a new name, so that the same one again is a second message."""
    writing.fit_client_id = lambda given: f"{given[:20]}-{secrets.token_hex(6)}"  # type: ignore[assignment]
    await asgi.application(scope, receive, send)


async def never_resumes(scope: Scope, receive: Receive, send: Send) -> None:
    """A reader who comes back begins with what comes now."""
    if scope["type"] == "http" and scope["path"] == "/live":
        kept = [(name, value) for name, value in scope["headers"] if name != b"last-event-id"]
        scope = {**scope, "headers": kept, "query_string": b""}
    await asgi.application(scope, receive, send)
