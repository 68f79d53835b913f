"""Between processes: small facts by Valkey or Redis. Never words: only numbers, ids and ready frames without text.

With no VALKEY_URL there is one process and nothing to carry. A fact that gets lost must do no harm: whoever relies
on one also has a way to notice (a number that does not follow, or a slow timer).
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import queue
import secrets
import threading
from collections.abc import Callable
from typing import Any

import redis
import redis.asyncio
from django.conf import settings

logger = logging.getLogger(__name__)
CHANNEL = "companionway"
RETRY_SECONDS = 1.0

_hearers: dict[str, Callable[[Any], None]] = {}
_outbox: queue.SimpleQueue[str] = queue.SimpleQueue()
_sender: threading.Thread | None = None
_starting = threading.Lock()
_me = f"{os.getpid()}-{secrets.token_hex(4)}"


def is_on() -> bool:
    return bool(settings.VALKEY_URL)


def hear(kind: str, hearer: Callable[[Any], None]) -> None:
    """`hearer(fact)` runs on the event loop for every fact of this kind from another process."""
    _hearers[kind] = hearer


def post(kind: str, fact: Any) -> None:
    """Tell the other processes, from any thread and without waiting."""
    global _sender
    if not is_on():
        return
    _outbox.put(json.dumps({"kind": kind, "from": _me, "fact": fact}))
    with _starting:
        if _sender is None or not _sender.is_alive():
            _sender = threading.Thread(target=_send_forever, name="bus", daemon=True)
            _sender.start()


def _send_forever() -> None:
    client = redis.Redis.from_url(settings.VALKEY_URL, socket_timeout=5)
    while True:
        fact = _outbox.get()
        try:
            client.publish(CHANNEL, fact)
        except redis.RedisError:
            logger.warning("the bus did not answer; the others will notice by themselves")


async def listen() -> None:
    """Hear the other processes for ever; a task of the serving process."""
    while True:
        try:
            client = redis.asyncio.Redis.from_url(settings.VALKEY_URL)
            async with client.pubsub() as subscription:
                await subscription.subscribe(CHANNEL)
                async for message in subscription.listen():
                    if message["type"] == "message":
                        _heard(message["data"])
        except (redis.RedisError, OSError):
            logger.warning("the bus is away; trying again")
        await asyncio.sleep(RETRY_SECONDS)


def _heard(raw: bytes) -> None:
    message = json.loads(raw)
    if message["from"] != _me and (hearer := _hearers.get(message["kind"])):
        hearer(message["fact"])
