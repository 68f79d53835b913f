"""The trainee's own replies that wait or came back; and what both are told about who reads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companionway.conversations import policy as conversations_policy
from companionway.conversations.words import Unfit
from companionway.foundation.policy import Refused
from companionway.oncall import queries as oncall
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.release import policy, queries, services, spaces
from companionway.release.forms import ReplyForm
from companionway.release.models import HeldReply
from companionway.release.states import ReplyState
from companionway.ui.deeds import try_to


def _mine(request: SignedInRequest, public_id: str) -> HeldReply:
    if (found := queries.mine_with(request.user, public_id)) is None:
        raise Http404
    return found


def _drawn(
    request: SignedInRequest, held: HeldReply, form: ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    words = queries.words_of(held)
    page = {
        "held": held,
        "words": words,
        "answer": queries.answer_to(held),
        "talk": reverse("conversations:talk", args=[held.conversation.public_id]),
        "may_change": policy.may_change(request.user, held),
        "is_back": held.state == ReplyState.SENT_BACK,
        "team": oncall.who_is_here(request.now) if held.is_of_space and held.is_waiting else None,
        "usually": queries.usual_hours(held.programme_id, request.now) if held.is_of_space else None,
        "concern_url": _concern_url(request, held),
        "form": form or ReplyForm(initial=words),
    }
    return render(request, "release/mine.html", page, status=status)


def _concern_url(request: SignedInRequest, held: HeldReply) -> str:
    """Nobody waits for a mentor when somebody may be in danger."""
    try:
        return f"{reverse('concerns:raise')}?subject=held_reply:{held.public_id}"
    except NoReverseMatch:
        return ""


@signed_in
@require_http_methods(["GET", "POST"])
def mine(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What waits: its words, and other words in their place."""
    held, form = _mine(request, public_id), ReplyForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            words = {name: form.cleaned_data[name] for name in ("text", "note")}
            services.change_reply(actor=request.user, held=held, now=request.now, **words)
            messages.success(request, _("Changed. The new words are read."))
            return redirect("conversations:talk", held.conversation.public_id)
    except (Unfit, Refused) as kept_back:
        form.add_error(None, str(kept_back))
    if request.method == "POST":
        return _drawn(request, _mine(request, public_id), form, status=422)
    return _drawn(request, held)


@signed_in
@require_POST
def withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """It goes nowhere; the words are back in the box."""
    held = _mine(request, public_id)
    try_to(request, lambda: services.withdraw_reply(actor=request.user, held=held, now=request.now))
    return redirect("conversations:talk", held.conversation.public_id)


@signed_in
@require_POST
def anew(request: SignedInRequest, public_id: str) -> HttpResponse:
    """After suggestions: one's own words again."""
    held, form = _mine(request, public_id), ReplyForm(request.POST)
    try:
        if form.is_valid():
            services.write_anew(actor=request.user, held=held, now=request.now, **form.cleaned_data)
            messages.success(request, _("Your new words wait to be read."))
            return redirect("conversations:talk", held.conversation.public_id)
    except (Unfit, Refused) as kept_back:
        form.add_error(None, str(kept_back))
    return _drawn(request, held, form, status=422)


@signed_in
@require_POST
def put_aside(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Read; it need not stand in the conversation any longer."""
    held = _mine(request, public_id)
    services.put_aside(actor=request.user, held=held, now=request.now)
    return redirect("conversations:talk", held.conversation.public_id)


@signed_in
@require_GET
def how(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who reads what before it comes, until when, and what is said beside: for the two of a conversation."""
    conversation = get_object_or_404(conversations_policy.visible_to(request.user), public_id=public_id)
    why, promise = spaces.why_held(conversation.pk), queries.promise_in(conversation.pk)
    if promise is None and why is None:
        raise Http404
    page: dict[str, Any] = {"why": why, "promise": promise, "conversation": conversation}
    if promise is not None and promise.traineeship.person_id == request.user.pk:
        page["is_trainee"] = True
        page["row"] = queries.row_of(promise.traineeship, request.now)
        page["thread"] = promise.traineeship.threads.filter(conversation=conversation.pk).first()
    return render(request, "release/how.html", page)
