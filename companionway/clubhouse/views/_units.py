"""A unit: what is done there, what comes again, who cares for it this week."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.clubhouse import policy, queries, services
from companionway.clubhouse.doors import form_page, house, today_in
from companionway.clubhouse.forms import CloseUnitForm, RecurringForm, TaskForm, UnitForm
from companionway.clubhouse.models import Unit
from companionway.clubhouse.states import DayPart
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


def _unit(request: SignedInRequest, public_id: str) -> Unit:
    rows = policy.units_visible_to(request.user).standing()
    mine = rows.filter(pk=OuterRef("pk"), people__person=request.user)
    rows = rows.select_related("programme__organisation", "carer").annotate(is_mine=Exists(mine))
    found: Unit = get_object_or_404(rows, public_id=public_id)
    return found


def _form(request: SignedInRequest, kind: Any, **given: Any) -> Any:
    return kind(request.POST if request.method == "POST" else None, **given)


@signed_in
@require_safe
def unit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One unit, with its tasks of the next days."""
    row = _unit(request, public_id)
    shown = queries.unit_for(request.user, row, today_in(row.programme))
    return render(request, "clubhouse/unit.html", {"unit": row, "programme": row.programme, "shown": shown})


@signed_in
@require_http_methods(["GET", "POST"])
def new_unit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin a unit."""
    programme, form = house(request, public_id), _form(request, UnitForm)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = said_yes(
            form,
            None,
            lambda: services.begin_unit(actor=request.user, programme=programme, now=timezone.now(), **said),
        )
        if made:
            return redirect("clubhouse:unit", public_id=made.public_id)
    back_url = reverse("clubhouse:today", args=[public_id])
    return form_page(request, form, heading=_("Begin a unit"), back_url=back_url)


@signed_in
@require_http_methods(["GET", "POST"])
def change_unit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Call it otherwise."""
    row = _unit(request, public_id)
    form = _form(request, UnitForm, initial={"name": row.name, "about": row.about})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said_yes(
            form, None, lambda: services.rename_unit(actor=request.user, unit=row, now=timezone.now(), **said)
        ):
            return redirect("clubhouse:unit", public_id=public_id)
    closing = CloseUnitForm(decisions=queries.decisions_of(row.programme))
    context = {"unit": row, "form": form, "close_form": closing}
    return render(request, "clubhouse/change_unit.html", context)


@signed_in
@require_POST
def close_unit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Close a unit, with the decision of the house where there is one."""
    row = _unit(request, public_id)
    asked = request.POST.get("decision", "")
    decision = policy.decisions_visible_to(request.user).filter(public_id=asked).first()
    done = try_to(
        request,
        lambda: services.close_unit(actor=request.user, unit=row, decision=decision, now=timezone.now()),
        _("The unit is closed."),
    )
    if done:
        return redirect("clubhouse:today", public_id=row.programme.public_id)
    return redirect("clubhouse:unit", public_id=public_id)


@signed_in
@require_POST
def care(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Care for it this week, or lay that down."""
    row = _unit(request, public_id)
    try_to(request, lambda: services.care_for_unit(actor=request.user, unit=row, now=timezone.now()))
    return redirect("clubhouse:unit", public_id=public_id)


@signed_in
@require_POST
def mine(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Make it one of one's own units, or no more."""
    row, is_mine = _unit(request, public_id), request.POST.get("mine") != "no"
    try_to(
        request,
        lambda: services.choose_unit(actor=request.user, unit=row, is_mine=is_mine, now=timezone.now()),
    )
    return redirect("clubhouse:unit", public_id=public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def add_task(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put something on the board."""
    row = _unit(request, public_id)
    given = {"day": today_in(row.programme), "part": DayPart.MORNING}
    form = _form(request, TaskForm, initial=given)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        made = said_yes(
            form,
            None,
            lambda: services.add_task(
                actor=request.user, unit=row, day=day, work=form.work, now=timezone.now()
            ),
        )
        if made:
            return redirect("clubhouse:unit", public_id=public_id)
    back_url = reverse("clubhouse:unit", args=[public_id])
    return form_page(request, form, heading=_("Something to do"), back_url=back_url)


@signed_in
@require_http_methods(["GET", "POST"])
def add_recurring(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Something that comes again every week."""
    row = _unit(request, public_id)
    form = _form(request, RecurringForm, initial={"part": DayPart.MORNING})
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["weekdays"]
        made = said_yes(
            form,
            None,
            lambda: services.begin_recurring(
                actor=request.user, unit=row, weekdays=days, work=form.work, now=timezone.now()
            ),
        )
        if made:
            return redirect("clubhouse:unit", public_id=public_id)
    back_url = reverse("clubhouse:unit", args=[public_id])
    return form_page(request, form, heading=_("Something that comes again"), back_url=back_url)


@signed_in
@require_POST
def stop_recurring(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Let it come no more."""
    rows = policy.recurring_visible_to(request.user).select_related("unit__programme__organisation")
    row = get_object_or_404(rows, public_id=public_id)
    try_to(
        request,
        lambda: services.end_recurring(actor=request.user, recurring=row, now=timezone.now()),
        _("It comes no more."),
    )
    return redirect("clubhouse:unit", public_id=row.unit.public_id)
