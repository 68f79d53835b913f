"""Never together: a member's own page, and the coordinators' list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.safety import policy, queries, services
from companionway.safety.forms import PairForm, SettleForm, WishForm
from companionway.safety.states import WishState


@signed_in
@require_http_methods(["GET", "POST"])
def my_apart(request: SignedInRequest) -> HttpResponse:
    form = WishForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        services.wish_apart(actor=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Thank you. A coordinator reads this and makes sure of it."))
        return redirect("safety:my_apart")
    mine = queries.asked_by_me(request.user)
    return render(request, "safety/my_apart.html", {"form": form, **mine})


@signed_in
@require_POST
def end_mine(request: SignedInRequest, public_id: str) -> HttpResponse:
    pairs = policy.pairs_visible_to(request.user).live().filter(asked_by=request.user)
    services.end_keep_apart(
        actor=request.user, pair=get_object_or_404(pairs, public_id=public_id), now=timezone.now()
    )
    messages.success(request, _("You have taken this back."))
    return redirect("safety:my_apart")


@signed_in
@require_http_methods(["GET", "POST"])
def apart_from(request: SignedInRequest, public_id: str) -> HttpResponse:
    person = get_object_or_404(policy.people_within_reach(request.user), public_id=public_id)
    programme = queries.programme_between(request.user, person)
    if programme is None:
        raise Http404
    if request.method == "POST":
        services.keep_apart(
            actor=request.user,
            programme=programme,
            one=request.user,
            other=person,
            words="",
            now=timezone.now(),
        )
        messages.success(request, _("Done. You will never be introduced to this person."))
        return redirect("safety:my_apart")
    return render(request, "safety/apart_from.html", {"person": person})


@signed_in
@require_safe
def apart(request: SignedInRequest) -> HttpResponse:
    programmes = list(policy.programmes_kept_by(request.user).order_by("name"))
    if not programmes:
        raise Http404
    wishes = (
        policy.wishes_visible_to(request.user).filter(state=WishState.WAITING).exclude(person=request.user)
    )
    context = {
        "programmes": programmes,
        "pairs": queries.pairs_for_coordinator(request.user),
        "wishes": wishes.select_related("person", "programme").order_by("said_at", "pk"),
    }
    return render(request, "safety/apart.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add_pair(request: SignedInRequest, public_id: str) -> HttpResponse:
    programme = get_object_or_404(policy.programmes_kept_by(request.user), public_id=public_id)
    form = PairForm(request.POST or None, programme=programme, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_apart(
                actor=request.user, programme=programme, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. These two will never be brought together."))
            return redirect("safety:apart")
    return render(request, "safety/add_pair.html", {"form": form, "programme": programme})


@signed_in
@require_http_methods(["GET", "POST"])
def wish(request: SignedInRequest, public_id: str) -> HttpResponse:
    waiting = (
        policy.wishes_visible_to(request.user).filter(state=WishState.WAITING).exclude(person=request.user)
    )
    found = get_object_or_404(waiting.select_related("person", "programme"), public_id=public_id)
    form = SettleForm(request.POST or None, programme=found.programme, apart_from=found.person)
    if request.method == "POST" and form.is_valid():
        try:
            services.settle_wish(
                actor=request.user, wish=found, other=form.cleaned_data["other"], now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done."))
            return redirect("safety:apart")
    words = services.read_wish(actor=request.user, wish=found, now=timezone.now())
    return render(request, "safety/wish.html", {"form": form, "wish": found, "words": words})


@signed_in
@require_http_methods(["GET", "POST"])
def pair(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(queries.pairs_for_coordinator(request.user), public_id=public_id)
    if request.method == "POST":
        try:
            services.end_keep_apart(actor=request.user, pair=found, now=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return redirect("safety:apart")
    reason = services.read_pair_reason(actor=request.user, pair=found, now=timezone.now())
    context = {"pair": found, "reason": reason, "may_end": policy.may_end_pair(request.user, found)}
    return render(request, "safety/pair.html", context)
