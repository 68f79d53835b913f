"""The door of a signed-in page, and where somebody may be sent after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for people who are signed in; others go to sign in first and come back here.

    Staff without a second proof are let in: their staff roles do not count (`Person.roles_now`), so staff pages
    answer 404 and the middleware leads to the second proof.
    """

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if getattr(request, "is_database_away", False):
            # They may well be signed in: to be asked to sign in would be untrue, and would lose what they wrote.
            return HttpResponse(render_to_string("500.html"), status=503)
        where = {"next": request.get_full_path()} if request.method == "GET" else {"again": "1"}
        return HttpResponseRedirect(f"{reverse('people:sign_in')}?{urlencode(where)}")

    return door


def next_of(request: HttpRequest, fallback: str = "home") -> str:
    """The path of this service that `next` names, or the fallback. Never another site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    own = asked.startswith("/") and not asked.startswith(("//", "/\\")) and len(asked) < 500
    if own and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.isprintable():
        return asked
    return address(fallback)


def address(*names: str) -> str:
    """The first of these pages that exists; the root when none is mounted."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return "/"
