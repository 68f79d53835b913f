"""What was asked once in a request is not asked again. Outside a request nothing is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar, cast

T = TypeVar("T")
_request: ContextVar[dict[str, Any] | None] = ContextVar("people_request", default=None)


_HOST: Final = "host"


@contextmanager
def one_request(**known: Any) -> Iterator[None]:
    """From here on things are remembered, beginning with what is `known`: the host name that was asked, at least."""
    token = _request.set(known)
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


def asked_host() -> str | None:
    """The host name of this request, or None outside of one."""
    kept = _request.get()
    return None if kept is None else kept.get(_HOST)
