"""When a group meets: begin meetings for it, choose some that stand already, and end the link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.groups import policy, queries, services
from companionway.groups.forms import ChooseForm, MeetsForm
from companionway.groups.views._found import arranged, rules_of
from companionway.meetings.models import Series
from companionway.people import queries as people
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to
from companionway.ui.easy import spoken


@signed_in
@require_http_methods(["GET", "POST"])
def meets(request: SignedInRequest, public_id: str) -> HttpResponse:
    """By which meetings it meets; POST chooses some that no group has."""
    group, me, now = arranged(request, public_id), request.user, request.now
    form = ChooseForm(request.POST or None, free=queries.free_series(me, group, now))
    if request.method == "POST" and form.is_valid():
        deed = lambda: services.meet_by(actor=me, group=group, series=form.chosen, now=now)  # noqa: E731
        if said_yes(form, "series", deed):
            messages.success(request, _("It stands. Next: who holds it?"))
            return redirect("groups:positions", public_id)
    context = {
        "group": group,
        "form": form,
        "has_free": form.has_free,
        "series": Series.objects.filter(of_group__group=group).order_by("name", "pk"),
        "may_begin": policy.may_begin_meetings(me, group, now),
    }
    return render(request, "groups/meets.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def begin_meetings(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Meetings of its own."""
    group, me, now = arranged(request, public_id), request.user, request.now
    if not policy.may_begin_meetings(me, group, now):
        return redirect("groups:meets", public_id)
    rules_of(group)
    initial = {"zone": people.organisation().time_zone, "starts_on": now.date(), "name": group.name}
    form = MeetsForm(request.POST or None, group=group, initial=initial)
    if request.method == "POST" and form.is_valid():
        details = form.details(spoken())
        if said_yes(
            form,
            None,
            lambda: services.begin_meetings(actor=me, group=group, details=details, now=now),
        ):
            messages.success(request, _("It stands. Next: who holds it?"))
            return redirect("groups:positions", public_id)
    context = {"group": group, "form": form}
    return render(request, "groups/begin_meetings.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def meet_no_more(request: SignedInRequest, public_id: str) -> HttpResponse:
    """End the link; the meetings go on."""
    group, me, now = arranged(request, public_id), request.user, request.now
    rows = Series.objects.filter(of_group__group=group)
    series = get_object_or_404(rows, public_id=request.POST.get("series", ""))
    try_to(
        request,
        lambda: services.meet_no_more(actor=me, group=group, series=series, now=now) or True,
        _("The group meets by these meetings no more. They go on by themselves."),
    )
    if not policy.may_arrange(me, group, now):
        return redirect("groups:list")
    return redirect("groups:meets", public_id)
