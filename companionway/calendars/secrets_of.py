"""How the secret of a private address is kept."""

from __future__ import annotations

import hashlib


def hashed(token: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
