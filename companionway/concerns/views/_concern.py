"""One concern: seen as it climbs, held, decided on, closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.concerns import policy, queries, services
from companionway.concerns.forms import CloseForm, DecideForm, WordsForm
from companionway.concerns.models import Concern
from companionway.concerns.states import DecisionKind
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, Verdict
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import try_to


def _found(request: SignedInRequest, public_id: str) -> Concern:
    concern = queries.concern_for(request.user, public_id)
    if concern is None:
        raise Http404
    return concern


@signed_in
@require_safe
def concern(request: SignedInRequest, public_id: str) -> HttpResponse:
    now = timezone.now()
    # Whoever looks takes the steps that are due: a worker that died holds nothing up.
    services.climb_due(actor=request.user, now=now)
    found = _found(request, public_id)
    context: dict[str, Any] = {
        "page": queries.page_of(request.user, found, timezone.localdate(now), now),
        "words": services.read_concern(actor=request.user, concern=found, now=now),
        "now": now,
    }
    return render(request, "concerns/concern.html", context | {"shelf": context["page"].shelf})


def _deed(request: SignedInRequest, public_id: str, do: Callable[..., Any], said: str) -> HttpResponse:
    found = _found(request, public_id)
    try_to(request, lambda: do(actor=request.user, concern=found, now=timezone.now()), said)
    return redirect("concerns:concern", public_id=public_id)


@signed_in
@require_POST
def acknowledge(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _deed(request, public_id, services.acknowledge, _("You have it. They can see your name."))


@signed_in
@require_POST
def hand_over(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _deed(request, public_id, services.hand_over, _("The next person has been told."))


@signed_in
@require_POST
def stand_down(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _deed(
        request,
        public_id,
        services.stand_down,
        _("Stood down. Thank you: once too often is far better than not once."),
    )


def _member_stays_out(verdict: Verdict) -> None:
    if not verdict:
        raise Http404


@signed_in
@require_http_methods(["GET", "POST"])
def add_words(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    if not policy.is_raiser(request.user, found):
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"press": new_public_id()})
    if request.method == "POST" and form.is_valid():
        try:
            services.add_words(actor=request.user, concern=found, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("concerns:concern", public_id=public_id)
    return render(request, "concerns/add_words.html", {"concern": found, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    _member_stays_out(policy.may_decide(request.user, found))
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "kind": DecisionKind(form.cleaned_data["kind"])}
        services.record_decision(actor=request.user, concern=found, now=timezone.now(), **given)
        messages.success(request, _("Written down."))
        return redirect("concerns:concern", public_id=public_id)
    return render(request, "concerns/decide.html", {"concern": found, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    if not policy.is_answerer(request.user, found):
        raise Http404
    form = CloseForm(request.POST if request.method == "POST" else None, concern=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(actor=request.user, concern=found, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Closed. Thank you for staying with it."))
            return redirect("concerns:concern", public_id=public_id)
    may_close = policy.may_close(request.user, found)
    return render(request, "concerns/close.html", {"concern": found, "form": form, "may_close": may_close})
