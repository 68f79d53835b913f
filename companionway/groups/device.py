"""What only a person's own device remembers: where a tradition keeps no list, nothing of it is written anywhere else.

One cookie, for the pages of groups and the doors of their evenings. It is bound to the person: on a device that two
people use, each has their own, and whoever comes second finds nothing of the first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from companionway.groups.marks import new_device
from companionway.people.http import SignedInRequest

NAME: Final = "groups_here"
YEAR_SECONDS: Final = 365 * 24 * 3600
MOST: Final = 30


@dataclass(slots=True)
class Remembered:
    """Groups on the own list, versions agreed to (by public id), and the token that votes are counted once by."""

    kept: list[str] = field(default_factory=list)
    agreed: dict[str, int] = field(default_factory=dict)
    token: str = field(default_factory=new_device)


def _tag(request: SignedInRequest) -> str:
    return salted_hmac("groups.device", str(request.user.pk), algorithm="sha256").hexdigest()[:24]


def remembered(request: SignedInRequest) -> Remembered:
    """Empty where nothing is there, it is somebody else's, or it cannot be read."""
    try:
        said: Any = json.loads(request.COOKIES.get(NAME, ""))
        if not constant_time_compare(str(said["tag"]), _tag(request)):
            return Remembered()
        return Remembered(
            kept=[str(each) for each in said["kept"]][:MOST],
            agreed={str(key): int(number) for key, number in list(said["agreed"].items())[:MOST]},
            token=str(said["token"])[:60],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Remembered()


def remember(request: SignedInRequest, response: HttpResponse, what: Remembered) -> None:
    """On a device that others use too it goes when the browser is closed."""
    agreed = dict(list(what.agreed.items())[-MOST:])
    said = {"tag": _tag(request), "kept": what.kept[-MOST:], "agreed": agreed, "token": what.token}
    response.set_cookie(
        NAME,
        json.dumps(said, separators=(",", ":")),
        max_age=None if request.shared else YEAR_SECONDS,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
