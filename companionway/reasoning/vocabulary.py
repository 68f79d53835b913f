"""Ordered words that stand for bits, so that a set of keys becomes one whole number and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST_KEYS = 64


class UnknownKey(ValueError):
    """A key that the vocabulary does not hold."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Up to 64 stable keys, each with a plain English label, in an order that never changes.

    A key's place is its bit, so new keys are added at the end only: moving one would change what every
    stored mask means.
    """

    labels: Mapping[str, str]
    _bits: dict[str, int] = field(init=False, repr=False, compare=False)
    _keys: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.labels) > MOST_KEYS:
            raise ValueError(f"A vocabulary holds at most {MOST_KEYS} keys, not {len(self.labels)}.")
        object.__setattr__(self, "_bits", {key: 1 << place for place, key in enumerate(self.labels)})
        object.__setattr__(self, "_keys", tuple(self.labels))

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys in bit order."""
        return self._keys

    def mask(self, keys: Iterable[str]) -> int:
        """The whole number whose bits are these keys; `UnknownKey` names the ones not held."""
        wanted = list(keys)
        unknown = sorted(set(wanted) - self._bits.keys())
        if unknown:
            raise UnknownKey(", ".join(unknown))
        mask = 0
        for key in wanted:
            mask |= self._bits[key]
        return mask

    def keys_of(self, mask: int) -> tuple[str, ...]:
        """The keys in a mask, in bit order; bits beyond the vocabulary stand for nothing and are left out."""
        keys = []
        mask &= (1 << len(self._keys)) - 1
        while mask:
            lowest = mask & -mask
            keys.append(self._keys[lowest.bit_length() - 1])
            mask ^= lowest
        return tuple(keys)

    def label(self, key: str) -> str:
        """The plain English words for a key."""
        return self.labels[key]
