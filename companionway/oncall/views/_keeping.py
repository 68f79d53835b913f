"""The keepers' pages: the weekly pattern and the telephone list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.foundation.policy import Refused
from companionway.oncall import policy, queries, services
from companionway.oncall.forms import PhoneForm, SlotForm
from companionway.oncall.services import SlotGiven
from companionway.oncall.views._doors import keeps_the_rota, on_the_rota
from companionway.people import queries as people
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import try_to


def _kept(request: SignedInRequest, without: str = "") -> list[SlotGiven]:
    """The pattern as it stands, as the service takes it."""
    return [
        SlotGiven(each.person, each.step, each.weekday, each.begins, each.ends)
        for each in queries.pattern(people.organisation())
        if each.public_id != without
    ]


@keeps_the_rota
@require_http_methods(["GET", "POST"])
def every_week(request: SignedInRequest) -> HttpResponse:
    here, now = people.organisation(), request.now
    those = policy.people_who_may_stand(here, now)
    form = SlotForm(request.POST if request.method == "POST" else None, people=those)
    if form.is_bound and form.is_valid():
        try:
            slots = [*_kept(request), *form.slots]
            services.set_weekly_pattern(actor=request.user, slots=slots, now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. The turns of the next four weeks follow it."))
            return redirect("oncall:every_week")
    standing = set(those.values_list("pk", flat=True))
    slots_shown = [(each, each.person_id in standing) for each in queries.pattern(here)]
    context = {
        "form": form,
        "slots": slots_shown,
        "is_kept": queries.is_kept(here),
        "zone": queries.zone_of(here),
    }
    return render(request, "oncall/every_week.html", context, status=422 if form.errors else 200)


@keeps_the_rota
@require_POST
def remove_slot(request: SignedInRequest, public_id: str) -> HttpResponse:
    slot = get_object_or_404(policy.slots_visible_to(request.user), public_id=public_id)
    slots = _kept(request, without=slot.public_id)
    try_to(
        request,
        lambda: services.set_weekly_pattern(actor=request.user, slots=slots, now=request.now),
        thanks=_("Taken out. Turns that have not begun are gone from the rota."),
    )
    return redirect("oncall:every_week")


@keeps_the_rota
@require_POST
def stop(request: SignedInRequest) -> HttpResponse:
    try_to(
        request,
        lambda: services.stop_rota(actor=request.user, now=request.now),
        thanks=_("No rota is kept any more. The opening hours alone say when the team is there."),
    )
    return redirect("oncall:every_week")


@on_the_rota
@require_http_methods(["GET", "POST"])
def phones(request: SignedInRequest) -> HttpResponse:
    here, now, may_keep = people.organisation(), request.now, policy.may_keep_rota(request.user)
    form = PhoneForm(
        request.POST if request.method == "POST" else None, people=policy.people_who_may_stand(here, now)
    )
    if may_keep and form.is_bound and form.is_valid():
        services.keep_phone_entry(actor=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("oncall:phones")
    context = {"form": form, "phones": queries.phone_list(here), "may_keep": may_keep}
    return render(request, "oncall/phones.html", context, status=422 if form.errors else 200)


@keeps_the_rota
@require_http_methods(["GET", "POST"])
def phone(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policy.telephones_visible_to(request.user), public_id=public_id)
    those = policy.people_who_may_stand(people.organisation(), request.now)
    shown = queries.phone_of(found)
    first = {"name": shown.name, "number": shown.number, "said_for": shown.said_for, "place": shown.place}
    first["person"] = found.person.public_id if found.person else ""
    form = PhoneForm(request.POST if request.method == "POST" else None, initial=first, people=those)
    if form.is_bound and form.is_valid():
        services.keep_phone_entry(actor=request.user, entry=found, now=request.now, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("oncall:phones")
    context = {"form": form, "phone": shown}
    return render(request, "oncall/phone.html", context, status=422 if form.errors else 200)


@keeps_the_rota
@require_POST
def remove_phone(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policy.telephones_visible_to(request.user), public_id=public_id)
    try_to(
        request,
        lambda: services.remove_phone_entry(actor=request.user, entry=found, now=request.now),
        thanks=_("Taken off the list."),
    )
    return redirect("oncall:phones")
