"""How often something may be done: counted in memory, or in Valkey for many processes; kept nowhere else.

A key never holds a name, an address or words: whoever counts gives a hash or a random id.
"""

from __future__ import annotations

from functools import cache

from django.conf import settings
from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter


def ask(what: str, item: RateLimitItem, *key: str) -> bool:
    """`what`: "hit" counts one more and says whether it was free, "test" only looks, "clear" begins anew."""
    try:
        return bool(getattr(_limiter(settings.VALKEY_URL), what)(item, *key))
    except StorageError:  # Valkey is away: each process counts for itself
        return bool(getattr(_in_memory(), what)(item, *key))


def forget_all() -> None:
    """Begin to count anew (tests)."""
    for limiter in (_limiter(settings.VALKEY_URL), _in_memory()):
        limiter.storage.reset()


@cache
def _limiter(url: str) -> FixedWindowRateLimiter:
    storage: Storage = storage_from_string(url, wrap_exceptions=True) if url else MemoryStorage()  # type: ignore[assignment]
    return FixedWindowRateLimiter(storage)


@cache
def _in_memory() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(MemoryStorage())
