"""The first page, the public pages, and the machine's question whether all is well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from companionway.home import queries


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if request.user.is_authenticated:
        return render(request, "home/home.html", queries.home_of(request.user, now))
    return render(request, "home/welcome.html", queries.welcome(now))


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html", queries.welcome(timezone.now()))


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html", queries.welcome(timezone.now()))


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html", queries.welcome(timezone.now()))


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    state = queries.health(timezone.now())
    return JsonResponse(state, status=200 if state["well"] else 503)
