"""Small facts that doors hand to services: a device that signs in, a passkey that was verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A browser about to be signed in: its session, and words by which its owner will know it again."""

    session_key: str
    label: str


@dataclass(frozen=True, slots=True)
class Credential:
    """A passkey whose ceremony was verified. `is_verified`: the device also made sure who held it."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    label: str
    is_verified: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "credential_id": self.credential_id,
            "public_key": self.public_key,
            "sign_count": self.sign_count,
            "label": self.label[:60],
        }
