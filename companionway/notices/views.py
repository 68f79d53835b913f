"""What is new, what I chose, and the link that stops e-mails."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from companionway.foundation.policy import Refused
from companionway.notices import channels, policy, queries, sending, services, tokens
from companionway.notices.forms import ChoicesForm, DeviceForm, EmailForm
from companionway.notices.places import shown
from companionway.notices.states import OUTSIDE, Channel
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Purpose
from companionway.people.queries import has_consent
from companionway.people.sessions import label_of


@signed_in
@require_http_methods(["GET", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        services.read_notices(actor=request.user, now=timezone.now())
        return redirect("notices:list")
    page = Paginator(queries.my_notices(request.user), 30).get_page(request.GET.get("page"))
    context = {"page": page, "rows": shown(page.object_list), "unread": queries.unread_notices(request.user)}
    return render(request, "notices/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def choices(request: SignedInRequest) -> HttpResponse:
    me, chosen = request.user, queries.choices_of(request.user)
    form = ChoicesForm(request.POST or None, kinds=policy.kinds_for(me), chosen=chosen)
    if request.method == "POST" and form.is_valid():
        services.choose_notices(
            actor=me, off=form.off(), once_a_day=form.cleaned_data["once_a_day"], now=timezone.now()
        )
        messages.success(request, _("Kept."))
        return redirect("notices:choices")
    return _choices_page(request, form, EmailForm(initial={"address": me.email}))


def _choices_page(request: SignedInRequest, form: ChoicesForm, email_form: EmailForm) -> HttpResponse:
    me, chosen = request.user, queries.choices_of(request.user)
    context = {
        "form": form,
        "email_form": email_form,
        "by_email": has_consent(me, Purpose.CONTACT_EMAIL),
        "by_push": has_consent(me, Purpose.CONTACT_PUSH),
        "devices": policy.devices_of(me),
        "paused_until": chosen.paused_until if chosen.is_paused(timezone.now()) else None,
        "words": sending.person_words(me),
        "push_key": channels.public_key(),
    }
    return render(request, "notices/choices.html", context)


@signed_in
@require_POST
def email(request: SignedInRequest) -> HttpResponse:
    form = EmailForm(request.POST)
    if not form.is_valid():
        kinds, chosen = policy.kinds_for(request.user), queries.choices_of(request.user)
        return _choices_page(request, ChoicesForm(kinds=kinds, chosen=chosen), form)
    services.allow_email(actor=request.user, address=form.cleaned_data["address"], now=timezone.now())
    messages.success(request, _("Kept. You can stop this at any time, here or in each e-mail."))
    return redirect("notices:choices")


@signed_in
@require_POST
def stop_channel(request: SignedInRequest, channel: str) -> HttpResponse:
    if channel not in OUTSIDE:
        raise Http404
    services.stop_channel(actor=request.user, channel=channel, now=timezone.now())
    messages.success(request, _("Stopped."))
    return redirect("notices:choices")


@signed_in
@require_POST
def pause(request: SignedInRequest) -> HttpResponse:
    services.pause_notices(actor=request.user, pause="pause" in request.POST, now=timezone.now())
    return redirect("notices:choices")


@signed_in
@require_POST
def add_device(request: SignedInRequest) -> HttpResponse:
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"says": _("This browser gave an address that we cannot use.")}, status=422)
    given = channels.Subscription(**form.cleaned_data)
    try:
        services.add_device(
            actor=request.user, subscription=given, label=label_of(request), now=timezone.now()
        )
    except Refused as refusal:
        return JsonResponse({"says": str(refusal)}, status=422)
    return HttpResponse(status=204)


@signed_in
@require_POST
def remove_device(request: SignedInRequest, public_id: str) -> HttpResponse:
    device = get_object_or_404(policy.devices_of(request.user), public_id=public_id)
    services.remove_device(actor=request.user, device=device, now=timezone.now())
    return redirect("notices:choices")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No sign-in and no token of ours in the form: mail programs press this button themselves (RFC 8058)."""
    person = tokens.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        services.stop_channel(actor=person, channel=Channel.EMAIL, now=timezone.now())
    return render(request, "notices/stop.html", {"stopped": request.method == "POST"})
