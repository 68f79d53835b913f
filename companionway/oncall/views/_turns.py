"""The rota of the coming two weeks, and what somebody does with a turn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.oncall import policy, queries, services
from companionway.oncall.forms import HandOverForm, TurnForm
from companionway.oncall.views._doors import on_the_rota
from companionway.people import queries as people
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import try_to

FREE_SHOWN = 5


@on_the_rota
@require_safe
def rota(request: SignedInRequest) -> HttpResponse:
    here, now, actor = people.organisation(), request.now, request.user
    days = queries.coming(here, now)
    free = queries.free_in(days)
    context = {
        "days": days,
        "free": free[:FREE_SHOWN],
        "more_free": max(0, len(free) - FREE_SHOWN),
        "ladder": queries.ladder(here, now),
        "offers": queries.offers_to(actor, now),
        "is_kept": queries.is_kept(here),
        "team": queries.who_is_here(now, here),
        "zone": queries.zone_of(here),
        "may_keep": policy.may_keep_rota(actor),
        "may_take": actor.holds(policy.TAKE),
        "may_set_hours": actor.holds("people.administer"),
        "now": now,
    }
    return render(request, "oncall/rota.html", context)


@on_the_rota
@require_http_methods(["GET", "POST"])
def take(request: SignedInRequest) -> HttpResponse:
    """One turn, for oneself; who keeps the rota may put others there."""
    here, now, actor = people.organisation(), request.now, request.user
    others = policy.people_who_may_stand(here, now) if policy.may_keep_rota(actor) else None
    form = TurnForm(
        request.POST if request.method == "POST" else None,
        initial=_asked(request, now),
        zone=queries.zone_of(here),
        people=others,
        actor=actor,
    )
    if form.is_bound and form.is_valid():
        try:
            services.take_turn(actor=actor, now=now, **form.turn)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on the rota. Thank you."))
            return redirect("oncall:rota")
    context = {"form": form, "zone": queries.zone_of(here)}
    return render(request, "oncall/take.html", context, status=422 if form.errors else 200)


def _asked(request: SignedInRequest, now: datetime) -> dict[str, Any]:
    """The time of a gap that somebody wants to fill; else the next eight hours."""
    since, until = (_moment(request.GET.get(name, "")) for name in ("from", "until"))
    since = max(since or now, now)
    if until is None or not since < until:
        until = since + timedelta(hours=8)
    zone = queries.zone_of(people.organisation())
    starting = TurnForm.starting_from(since, min(until, since + services.LONGEST), zone)
    return {**starting, "person": request.user.public_id}


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


@on_the_rota
@require_http_methods(["GET", "POST"])
def turn(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One turn: ask a named other to take it, or say that one cannot."""
    here, now = people.organisation(), request.now
    found = get_object_or_404(
        policy.visible_to(request.user).select_related("person"), public_id=public_id, ended_at=None
    )
    others = policy.people_who_may_stand(here, now).exclude(pk=found.person_id)
    form = HandOverForm(request.POST if request.method == "POST" else None, people=others)
    may_change = policy.may_end(request.user, found, now)
    if form.is_bound and form.is_valid():
        to = form.cleaned_data["to"]
        asked = _("%(name)s is asked. Until they say yes the turn stays where it is.") % {"name": to.name}
        try_to(
            request, lambda: services.hand_over(actor=request.user, turn=found, to=to, now=now), thanks=asked
        )
        return redirect("oncall:turn", public_id)
    context = {
        "turn": found,
        "form": form,
        "may_change": may_change,
        "now": now,
        "zone": queries.zone_of(here),
    }
    context |= {"offer": queries.open_offer(found), "is_mine": found.person_id == request.user.pk}
    return render(request, "oncall/turn.html", context, status=422 if form.errors else 200)


@on_the_rota
@require_POST
def cannot(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policy.visible_to(request.user), public_id=public_id)
    done = _("That is all right. Those who keep the rota are told, so that somebody else can be found.")
    try_to(request, lambda: services.end_turn(actor=request.user, turn=found, now=request.now), thanks=done)
    return redirect("oncall:rota")


@on_the_rota
@require_POST
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    offer = get_object_or_404(policy.offers_visible_to(request.user), public_id=public_id)
    says_yes = request.POST.get("answer") == "yes"
    deed = services.accept_turn if says_yes else services.decline_turn
    done = _("It is your turn now. Thank you.") if says_yes else _("That is all right. They are told.")
    try_to(request, lambda: deed(actor=request.user, offer=offer, now=request.now), thanks=done)
    return redirect("oncall:rota")


@on_the_rota
@require_POST
def withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    offer = get_object_or_404(
        policy.offers_visible_to(request.user).select_related("turn"), public_id=public_id
    )
    try_to(
        request,
        lambda: services.withdraw_offer(actor=request.user, offer=offer, now=request.now),
        thanks=_("You have taken this back."),
    )
    return redirect("oncall:turn", offer.turn.public_id)
