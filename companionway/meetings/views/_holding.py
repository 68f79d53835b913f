"""Who holds what: positions, passing them on, and one sentence at the door."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.meetings import policy, positions, queries, services
from companionway.meetings.forms import DoorForm, GiveForm
from companionway.meetings.models import Holds, Series
from companionway.meetings.states import AT_THE_DOOR
from companionway.meetings.views._arranging import arranged
from companionway.meetings.views._finding import series_of
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


def _give_form(request: SignedInRequest, series: Series, positions: list[queries.Position]) -> GiveForm:
    now = timezone.now()
    roles = [(each.key, each.label) for each in positions]
    people = queries.who_could_hold(series, now)
    return GiveForm(request.POST if request.method == "POST" else None, people=people, roles=roles)


@signed_in
@require_safe
def who(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Every position of this series, who holds it, and whose time to pass it on has come."""
    row, now = series_of(request, public_id), timezone.now()
    arranges = policy.may_change(request.user, row, now)
    positions = queries.positions_of(request.user, row, now)
    context = {
        "series": row,
        "positions": positions,
        "may_change": arranges,
        "form": _give_form(request, row, positions) if arranges else None,
        "at_the_door_roles": AT_THE_DOOR,
    }
    return render(request, "meetings/who.html", context)


@signed_in
@require_POST
def hold(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a free position oneself."""
    row = series_of(request, public_id)
    try_to(
        request,
        lambda: services.hold(
            actor=request.user,
            series=row,
            person=request.user,
            role=request.POST.get("role", ""),
            now=timezone.now(),
        ),
        _("Thank you. You can pass it on at any time."),
    )
    return redirect("meetings:who", public_id=public_id)


@signed_in
@require_POST
def give(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put somebody into a position."""
    row = arranged(request, public_id)
    positions = queries.positions_of(request.user, row, timezone.now())
    form = _give_form(request, row, positions)
    if form.is_valid() and said_yes(
        form,
        None,
        lambda: services.hold(
            actor=request.user,
            series=row,
            person=form.whom,
            role=form.cleaned_data["role"],
            now=timezone.now(),
        ),
    ):
        return redirect("meetings:who", public_id=public_id)
    context = {
        "series": row,
        "positions": positions,
        "may_change": True,
        "form": form,
        "at_the_door_roles": AT_THE_DOOR,
    }
    return render(request, "meetings/who.html", context)


def _holding_of(request: SignedInRequest, public_id: str) -> Holds:
    rows = Holds.objects.now(timezone.now()).filter(series__in=policy.visible_to(request.user).values("pk"))
    number = request.POST.get("holds", "")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        number = "0"
    return get_object_or_404(rows.select_related("series"), pk=int(number), series__public_id=public_id)


@signed_in
@require_POST
def step_down(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Pass a position on."""
    row = _holding_of(request, public_id)
    try_to(
        request,
        lambda: services.step_down(actor=request.user, holds=row, now=timezone.now()),
        _("Passed on. Thank you for having held it."),
    )
    # Whoever held the one thing that let them in may not see the page any more.
    if row.person_id == request.user.pk:
        return redirect("meetings:list")
    return redirect("meetings:who", public_id=public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def door(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What I say to people who come for the first time."""
    mine = Holds.objects.now(timezone.now()).filter(person=request.user, role__in=AT_THE_DOOR)
    row = mine.filter(series__public_id=public_id).select_related("series__programme").order_by("pk").first()
    if row is None:
        raise Http404
    promise = positions.promise_of(row.series.programme, row.role)
    form = DoorForm(
        request.POST if request.method == "POST" else None,
        initial={"words": queries.said_at_the_door(row) or (_promised() if promise else "")},
    )
    if request.method == "POST" and form.is_valid():
        deed = said_yes(
            form,
            "words",
            lambda: services.say_at_the_door(
                actor=request.user, holds=row, words=form.cleaned_data["words"], now=timezone.now()
            ),
        )
        if deed:
            return redirect("meetings:who", public_id=public_id)
    context = {"form": form, "series": row.series, "promise": promise}
    return render(request, "meetings/door.html", context)


def _promised() -> str:
    return _("I interpret. I say everything, add nothing, and keep it to myself.")
