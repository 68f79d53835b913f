"""How often chance is tried: on PostgreSQL a third as often. What a database itself refuses shows in few of them."""

from __future__ import annotations

import os

ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


def times(number: int) -> int:
    return max(1, number // 3) if ON_POSTGRESQL else number
