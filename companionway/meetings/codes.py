"""Codes of the Meeting Guide format that a series may carry, each with what it is called here.

Source: code4recovery/spec (types of meetings); only those of `domain.md` 1.2. No logo, no affiliation: words only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

CODES: Final[dict[str, Any]] = {
    "O": _("Open to everybody"),
    "C": _("For people with the experience themselves"),
    "BE": _("For newcomers"),
    "SP": _("With a speaker"),
    "D": _("Discussion"),
    "ST": _("Step study"),
    "B": _("Book study"),
    "11": _("Meditation"),
    "W": _("Women"),
    "M": _("Men"),
    "LGBTQ": _("LGBTQ+"),
    "X": _("Step-free"),
    "POA": _("A slip can be shown or printed"),
    "TC": _("Not in its usual place at the moment"),
}


def are_known(codes: Iterable[str]) -> bool:
    return all(each in CODES for each in codes)


def labels(codes: Iterable[str]) -> list[str]:
    return [str(CODES[each]) for each in codes if each in CODES]
