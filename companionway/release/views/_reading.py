"""The mentors' queue, and one reply: open it, let it go, or send it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.release import policy, queries, services
from companionway.release.forms import DecideForm, SendBackForm
from companionway.release.models import HeldReply


def _reply(request: SignedInRequest, public_id: str) -> HeldReply:
    found = policy.readable_by(request.user, request.now).select_related(
        "author", "conversation", "programme", "decided_by", "traineeship"
    )
    return get_object_or_404(found, public_id=public_id)


@signed_in
@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    """Whose replies wait, and until when; never a word of them."""
    if not policy.may_open_desk(request.user):
        raise Http404
    page = {
        "spaces": policy.spaces_of(request.user).exists(),
        "waiting": queries.queue(request.user, request.now),
        "is_mentor": request.user.holds(policy.READ),
        "threads": queries.threads_of(request.user),
    }
    return render(request, "release/queue.html", page)


def _drawn(
    request: SignedInRequest, held: HeldReply, form: SendBackForm | None = None, status: int = 200
) -> HttpResponse:
    has_opened = held.readings.filter(mentor=request.user).exists()
    page = {
        "held": held,
        "opened": queries.opened(held) if has_opened else None,
        "old": queries.old_words(held) if has_opened else "",
        "is_late": held.is_late(request.now),
        "may_decide": policy.may_decide(request.user, held, request.now),
        "form": form or SendBackForm(initial={"version": held.version}),
    }
    return render(request, "release/reply.html", page, status=status)


@signed_in
@require_GET
def reply(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One reply: closed until this mentor has opened it."""
    return _drawn(request, _reply(request, public_id))


@signed_in
@require_POST
def open_reply(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Read it: both people find this among the reads of theirs."""
    services.open_reply(actor=request.user, held=_reply(request, public_id), now=request.now)
    return redirect("release:reply", public_id)


@signed_in
@require_POST
def release(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Let it go as it is."""
    held, form = _reply(request, public_id), DecideForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        services.release_reply(actor=request.user, held=held, version=version, now=request.now)
        messages.success(request, _("Sent, in their name. Thank you for reading."))
        return redirect("release:queue")
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("release:reply", public_id)


@signed_in
@require_POST
def send_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give it back with kind words."""
    held, form = _reply(request, public_id), SendBackForm(request.POST)
    try:
        if form.is_valid():
            services.send_back(actor=request.user, held=held, now=request.now, **form.cleaned_data)
            messages.success(request, _("It went back to them, with your words."))
            return redirect("release:queue")
    except Refused as refused:
        form.add_error(None, str(refused))
    held = _reply(request, public_id)
    form.data = {**{name: form.data.get(name) for name in form.data}, "version": str(held.version)}
    return _drawn(request, held, form, status=422)
