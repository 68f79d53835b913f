"""Who comes in, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from companionway.foundation.policy import Verdict
from companionway.oncall import policy
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Person

View = Callable[..., HttpResponse]


def _only(may: Callable[[Person], Verdict]) -> Callable[[View], View]:
    def closed(view: View) -> View:
        @wraps(view)
        def door(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return signed_in(door)

    return closed


# For everybody else these pages do not exist.
on_the_rota = _only(policy.may_see_rota)
keeps_the_rota = _only(policy.may_keep_rota)
