"""A proof that something was erased: what was destroyed, when, and where the record then stood. No word about anybody.

It is shown once and kept by nobody here but as a digest in the record. Whoever has it can ask later.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from companionway.foundation import chain
from companionway.foundation.models import DataKey, Record


def make(counts: dict[str, int], now: datetime) -> str:
    """Inside the erasing transaction: `counts` by kind of thing; the keys are those destroyed at `now`."""
    keys = DataKey.objects.filter(destroyed_at=now, wrapped=None)
    facts = {
        "at": now.isoformat(),
        "counts": {key: number for key, number in sorted(counts.items()) if number},
        "keys": sorted(keys.values_list("pk", flat=True)),
        "head": str(chain.head() or ""),
    }
    content = base64.urlsafe_b64encode(json.dumps(facts, separators=(",", ":")).encode()).decode().rstrip("=")
    return f"{content}.{chain.sign(content.encode())}"


def digest(proof: str) -> str:
    """What the record keeps of it."""
    return hashlib.sha256(proof.encode()).hexdigest()[:32]


def read(proof: str) -> dict[str, Any]:
    """What it says. Raises ValueError when it is not one of ours."""
    content, _, signature = proof.strip().partition(".")
    if not hmac.compare_digest(chain.sign(content.encode()), signature):
        raise ValueError("This is no proof of this service, or a letter of it is wrong.")
    facts: dict[str, Any] = json.loads(base64.urlsafe_b64decode(content + "=" * (-len(content) % 4)))
    return facts


def faults(proof: str) -> list[str]:
    """What does not hold any more of a genuine proof; empty when all does. Raises ValueError."""
    facts, found = read(proof), []
    living = DataKey.objects.filter(pk__in=facts["keys"]).exclude(wrapped=None).count()
    if living:
        found.append(f"{living} of the destroyed keys are back.")
    known = Record.objects.filter(name__endswith="erased", payload__proof=digest(proof)).exists()
    if not known and not _is_cleared(facts["at"]):
        found.append("The record of the erasure is gone.")
    if facts["head"] and (fault := chain.head_fault(chain.Head.read(facts["head"]))):
        found.append(fault)
    return found


def _is_cleared(at: str) -> bool:
    oldest = Record.objects.order_by("pk").values_list("happened_at", flat=True).first()
    return oldest is not None and oldest > datetime.fromisoformat(at)
