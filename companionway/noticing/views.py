"""The queue of those on call, what everybody may know about it, and the switch. Opening is upstairs, with the words."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.noticing import policy, queries, services
from companionway.noticing.figures import LAST_CHECK
from companionway.noticing.forms import AnswerForm, SwitchForm
from companionway.noticing.panel import shown
from companionway.noticing.states import Deed
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.queries import programmes_of


@signed_in
@require_safe
def about(request: SignedInRequest) -> HttpResponse:
    """What is read here, by what, and what is not: in plain words, for everybody."""
    mine = programmes_of(request.user)
    context = {
        "check": LAST_CHECK,
        "not_checked": queries.not_checked(queries.of_programmes(mine), request.now),
        "only_you": [each.name for each in mine if not each.coordinator_sees],
    }
    return render(request, "noticing/about.html", context)


@signed_in
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """Messages in order of how soon a person should look; never an order of people."""
    if not policy.may_have_a_queue(request.user):
        raise Http404
    return render(request, "noticing/queue.html", shown(request.user, request.now))


@signed_in
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """The same list alone, for the page that keeps itself fresh."""
    if not policy.may_have_a_queue(request.user):
        raise Http404
    return render(request, "noticing/parts/waiting.html", shown(request.user, request.now))


@signed_in
@require_POST
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What a person on call does about it."""
    noticed = get_object_or_404(policy.visible_to(request.user), public_id=public_id)
    form = AnswerForm(request.POST)
    form.is_valid()
    deed, up_to = form.data.get("deed", ""), form.cleaned_data.get("up_to") or 0
    try:
        services.answer_noticed(
            actor=request.user,
            noticed=noticed,
            deed=deed,
            reason=form.data.get("reason", ""),
            up_to=up_to,
            now=request.now,
        )
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(_place_of(request, "noticing:queue"))
    messages.success(request, _("Kept. Thank you for looking."))
    if deed == Deed.CONCERN:
        return redirect(_place_of(request, "concerns:raise", about=request.POST.get("about", "")))
    return redirect("noticing:queue")


def _place_of(request: SignedInRequest, name: str, **more: str) -> str:
    """A page that may not be there yet; the queue otherwise."""
    try:
        return f"{reverse(name)}?{urlencode(more)}" if more else reverse(name)
    except NoReverseMatch:
        return reverse("noticing:queue")


@signed_in
@require_safe
def switches(request: SignedInRequest) -> HttpResponse:
    """Whether messages are looked at, programme by programme."""
    programmes = policy.switchable_by(request.user).select_related("noticing_switch").order_by("name", "pk")
    if not request.user.holds(policy.ADMINISTER):
        raise Http404
    return render(request, "noticing/switches.html", {"switches": queries.switches(programmes)})


@signed_in
@require_POST
def switch(request: SignedInRequest, public_id: str) -> HttpResponse:
    programme = get_object_or_404(policy.switchable_by(request.user), public_id=public_id)
    form = SwitchForm(request.POST)
    form.is_valid()
    services.switch(
        actor=request.user, programme=programme, is_on=form.cleaned_data["is_on"], now=request.now
    )
    messages.success(request, _("Your choice is kept. It holds from the next message on."))
    return redirect("noticing:switches")
