"""The shape of every permission answer: yes, or no with a reason fit to show."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


class Refused(Exception):
    """The actor may not do this; str(refused) can be shown to them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str | Promise) -> Verdict:
    return Verdict(False, str(reason))


def require(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict.reason)
