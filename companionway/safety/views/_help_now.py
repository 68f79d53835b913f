"""Help now: signed out, without scripts, small, and with nothing kept about who looked."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from companionway.people import queries as people
from companionway.safety import countries, outage, queries, services


def _shown(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    today, organisation = timezone.localdate(now), people.organisation()
    chosen = request.GET.get("in", organisation.country)
    offered = countries.named(queries.countries(organisation, today))
    if chosen not in dict(offered):
        chosen = countries.OTHER
    return {
        "chosen": chosen,
        "chosen_name": "" if chosen == countries.OTHER else countries.name_of(chosen),
        "countries": offered,
        "shelf": queries.lines_for(organisation, chosen, today),
        "presence": queries.team_presence(organisation, now),
        "zone": organisation.time_zone,
        "now": now,
    }


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    try:
        return render(request, "safety/help_now.html", _shown(request))
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
