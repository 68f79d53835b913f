"""What was asked once in a request is not asked again. Outside a request nothing is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")
_request: ContextVar[dict[str, Any] | None] = ContextVar("people_request", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    token = _request.set({})
    try:
        yield
    finally:
        _request.reset(token)


def remembered(key: str, ask: Callable[[], T]) -> T:
    kept = _request.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    return cast(T, kept[key])


def forget(key: str) -> None:
    if (kept := _request.get()) is not None:
        kept.pop(key, None)
