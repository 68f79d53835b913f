"""Help now: signed out, without scripts, small, and with nothing kept about who looked."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from companionway.oncall import queries as oncall
from companionway.people import queries as people
from companionway.safety import countries, outage, queries, services


def _shown(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    today, organisation = timezone.localdate(now), people.organisation()
    asked = request.GET.get("in", organisation.country)
    offered = countries.named(queries.countries(organisation, today))
    chosen = asked if asked in dict(offered) else countries.OTHER
    return {
        "chosen": chosen,
        "chosen_name": "" if chosen == countries.OTHER else countries.name_of(chosen),
        "countries": offered,
        "shelf": queries.lines_for(organisation, chosen, today),
        # Somebody who asks from another country may have another clock; signed-out readers have none we know.
        "team": oncall.who_is_here(now, organisation, from_afar=asked != organisation.country),
        # What a device keeps for when there is no connection cannot know who is here then.
        "is_kept_copy": "kept" in request.GET,
        "now": now,
    }


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    try:
        # Without a connection the copy of a device that keeps its person's plan leads there as well.
        is_here = request.user.is_authenticated or "own" in request.GET
        return render(request, "safety/help_now.html", {**_shown(request), "is_here": is_here})
    except DatabaseError:
        host = split_domain_port(request.get_host())[0]
        page = outage.read(translation.get_language() or "", host, timezone.localdate())
        if page is None:
            raise
        return HttpResponse(page)


@require_safe
def help_now_print(request: HttpRequest) -> HttpResponse:
    return render(request, "safety/help_now_print.html", _shown(request))


@require_http_methods(["GET", "POST"])
def not_working(request: HttpRequest, public_id: str) -> HttpResponse:
    line = queries.shown_line(people.organisation(), public_id, timezone.localdate())
    if line is None:
        raise Http404
    if request.method == "POST":
        actor = request.user if request.user.is_authenticated else None
        services.say_line_fails(actor=actor, line=line, now=timezone.now())
        return redirect(f"{request.path}?said=1")
    return render(request, "safety/not_working.html", {"line": line, "said": "said" in request.GET})
