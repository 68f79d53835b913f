"""The word by which a person's own words are found again."""

from __future__ import annotations

CANARY = "canary-of-mina"


def words(where: str) -> str:
    return f"{CANARY} {where}"
