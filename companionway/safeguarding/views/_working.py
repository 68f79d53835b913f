"""What a lead writes into a record: one page and one deed for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.safeguarding import forms, policy, services
from companionway.safeguarding.models import SafeguardingRecord


@dataclass(frozen=True, slots=True)
class Work:
    """One thing a lead can do with a record."""

    title: Any
    button: Any
    form: type[Any]
    service: Callable[..., Any]


DEEDS: Final[dict[str, Work]] = {
    "more": Work(gettext_lazy("Add something"), gettext_lazy("Add"), forms.MoreForm, services.add_to_record),
    "decision": Work(
        gettext_lazy("What was decided"),
        gettext_lazy("Write it down"),
        forms.DecisionForm,
        services.record_decision,
    ),
    "answer": Work(
        gettext_lazy("Answer who told it"), gettext_lazy("Send"), forms.AnswerForm, services.answer_author
    ),
    "close": Work(gettext_lazy("Close it"), gettext_lazy("Close it"), forms.CloseForm, services.close_record),
    "reopen": Work(
        gettext_lazy("Open it again"), gettext_lazy("Open it again"), forms.WhyForm, services.reopen_record
    ),
    "hold": Work(
        gettext_lazy("Keep it longer"), gettext_lazy("Keep it longer"), forms.WhyForm, services.hold_record
    ),
    "let-go": Work(
        gettext_lazy("No longer keep it longer"),
        gettext_lazy("Write it down"),
        forms.WhyForm,
        services.let_go_of_record,
    ),
    "keep-from": Work(
        gettext_lazy("Somebody must not see it"),
        gettext_lazy("Keep it from them"),
        forms.KeepFromForm,
        services.keep_from,
    ),
}


@signed_in
@require_http_methods(["GET", "POST"])
def work(request: SignedInRequest, public_id: str, deed: str) -> HttpResponse:
    """Reading asks for a reason, writing only for the permission: no words are lost to a reason that ran out."""
    record = get_object_or_404(
        policy.readable_by(request.user).select_related("programme"), public_id=public_id
    )
    if deed == "paper":
        return _hand_out(request, record)
    if (chosen := DEEDS.get(deed)) is None:
        raise Http404
    kept = {"people": policy.people_named_in(record)} if deed == "keep-from" else {}
    form = chosen.form(request.POST or None, **kept)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.service(actor=request.user, record=record, now=request.now, **form.deed())
            messages.success(request, _("It is written down."))
            return redirect("safeguarding:record", public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"record": record, "form": form, "title": chosen.title, "button": chosen.button}
    return render(request, "safeguarding/work.html", context, status=422 if form.errors else 200)


def _hand_out(request: SignedInRequest, record: SafeguardingRecord) -> HttpResponse:
    """On paper: only while the record is open to them."""
    found = get_object_or_404(policy.opened_by(request.user, request.now), pk=record.pk)
    form = forms.HandOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.hand_out(actor=request.user, record=found, now=request.now, **form.cleaned_data)
        return redirect("safeguarding:paper", found.public_id, made.public_id)
    context = {
        "record": found,
        "form": form,
        "title": _("On paper, for an authority"),
        "button": _("Make it"),
    }
    return render(request, "safeguarding/work.html", context, status=422 if form.errors else 200)
