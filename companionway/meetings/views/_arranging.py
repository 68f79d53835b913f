"""For those who hold or arrange: begin a series, change it, add a meeting, end it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.meetings import policy, queries, services
from companionway.meetings.forms import SeriesForm, TimeForm
from companionway.meetings.models import Series
from companionway.meetings.views._finding import series_of
from companionway.people import queries as people
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to
from companionway.ui.easy import spoken


def arranged(request: SignedInRequest, public_id: str) -> Series:
    """A series that this person may change; 404 for everybody else."""
    row = series_of(request, public_id)
    if not policy.may_arrange(request.user, row, timezone.now()):
        get_object_or_404(Series.objects.none(), public_id=public_id)
    return row


@signed_in
@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin a series in one programme."""
    programme = get_object_or_404(queries.programmes_to_begin_in(request.user), public_id=public_id)
    initial = {"zone": people.organisation().time_zone, "starts_on": timezone.localdate()}
    form = SeriesForm(request.POST or None, programme=programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = said_yes(
            form,
            None,
            lambda: services.begin_series(
                actor=request.user,
                programme=programme,
                details=form.details(spoken()),
                now=timezone.now(),
            ),
        )
        if made:
            messages.success(request, _("It stands. Next: who holds it?"))
            return redirect("meetings:who", public_id=made.public_id)
    return render(request, "meetings/begin.html", {"form": form, "programme": programme})


@signed_in
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say when, where and how it meets from now on."""
    row = arranged(request, public_id)
    initial = SeriesForm.starting_from(row)
    form = SeriesForm(request.POST or None, programme=row.programme, series=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        deed = said_yes(
            form,
            None,
            lambda: services.change_series(
                actor=request.user, series=row, details=form.details(row.language), now=timezone.now()
            ),
        )
        if deed:
            messages.success(request, _("Changed. Calendars follow by themselves."))
            return redirect("meetings:series", public_id=public_id)
    return render(request, "meetings/change.html", {"form": form, "series": row})


@signed_in
@require_http_methods(["GET", "POST"])
def extra(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One meeting more."""
    row = arranged(request, public_id)
    form = TimeForm(request.POST or None, initial={"begins": row.begins, "minutes": row.minutes})
    if request.method == "POST" and form.is_valid():
        made = said_yes(
            form,
            None,
            lambda: services.add_extra(
                actor=request.user,
                series=row,
                starts_at=form.starts_at(row),
                minutes=form.cleaned_data["minutes"],
                now=timezone.now(),
            ),
        )
        if made:
            return redirect("meetings:meeting", public_id=made.public_id)
    return render(request, "meetings/extra.html", {"form": form, "series": row})


@signed_in
@require_POST
def end(request: SignedInRequest, public_id: str) -> HttpResponse:
    """No more meetings."""
    row = arranged(request, public_id)
    try_to(
        request,
        lambda: services.end_series(actor=request.user, series=row, now=timezone.now()),
        _("These meetings are over now. Calendars follow by themselves."),
    )
    return redirect("meetings:list")
