"""What a person on call opens with a reason, and the card that only the writer sees."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.conversations import policy, services
from companionway.conversations.forms import OpenNoticedForm
from companionway.conversations.noticed_page import page_of
from companionway.foundation.policy import Refused
from companionway.noticing import policy as noticing
from companionway.noticing import services as noticing_services
from companionway.noticing.forms import AnswerForm
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest


@signed_in
@require_http_methods(["GET", "POST"])
def open_noticed(request: SignedInRequest, noticed_id: str) -> HttpResponse:
    """Somebody on call states a reason; the people in the conversation are told at once."""
    found = get_object_or_404(noticing.visible_to(request.user), public_id=noticed_id)
    form = OpenNoticedForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            services.open_noticed(actor=request.user, noticed=found, now=request.now, **form.cleaned_data)
            return redirect("conversations:noticed", noticed_id)
    except Refused as refused:
        form.add_error("reason", str(refused))
    if not form.is_bound and policy.noticed_read_by(request.user, request.now).filter(pk=found.pk).exists():
        return redirect("conversations:noticed", noticed_id)
    status = 422 if form.errors else 200
    return render(request, "conversations/open_noticed.html", {"form": form, "noticed": found}, status=status)


@signed_in
@require_safe
def noticed(request: SignedInRequest, noticed_id: str) -> HttpResponse:
    """The message with a few turns around it, and why it was noticed; while the hour lasts."""
    readable = policy.noticed_read_by(request.user, request.now)
    found = get_object_or_404(readable.select_related("programme"), public_id=noticed_id)
    page = page_of(request.user, found, request.now)
    return render(request, "conversations/noticed.html", {**page, "form": AnswerForm()})


@signed_in
@require_POST
def card(request: SignedInRequest, public_id: str, noticed_id: str) -> HttpResponse:
    """The writer puts their card away, or says that it is not what they meant."""
    talk = get_object_or_404(policy.visible_to(request.user), public_id=public_id)
    mine = noticing.own_cards(request.user).filter(conversation_id=talk.pk)
    found = get_object_or_404(mine, public_id=noticed_id)
    try:
        answer = request.POST.get("answer", "")
        noticing_services.answer_card(actor=request.user, noticed=found, answer=answer, now=request.now)
    except Refused:
        pass
    return redirect("conversations:talk", public_id)
