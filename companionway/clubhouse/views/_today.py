"""Today: the board, being here, coming back, and the hours of the house."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.clubhouse import policy, queries, services
from companionway.clubhouse.doors import form_page, house, today_in
from companionway.clubhouse.forms import HoursForm
from companionway.clubhouse.models import Task
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Programme
from companionway.ui.deeds import said_yes, try_to

DAYS_SHOWN = 7
DEEDS = {
    "take": (services.take_task, gettext_lazy("It is yours. Thank you.")),
    "hand-on": (services.hand_on, gettext_lazy("Handed on. Somebody else can take it.")),
    "done": (services.say_done, gettext_lazy("Done. Thank you.")),
    "thanks": (services.say_thanks, gettext_lazy("They can see that you said thank you.")),
    "more": (services.ask_for_hands, gettext_lazy("It stands on the board.")),
    "away": (services.take_away, gettext_lazy("It is off the board.")),
}


@signed_in
@require_safe
def houses(request: SignedInRequest) -> HttpResponse:
    """The houses one belongs to, and those one may come back to at once."""
    mine, left = policy.houses_of(request.user), policy.left_houses_of(request.user)
    if len(mine) == 1 and not left:
        return redirect("clubhouse:today", public_id=mine[0].public_id)
    return render(request, "clubhouse/houses.html", {"mine": mine, "left": left})


def _day(request: SignedInRequest, programme: Programme) -> date:
    """The day asked for, among the next ones; a day that is over is nobody's to look at."""
    today = today_in(programme)
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return asked if today <= asked < today + timedelta(days=DAYS_SHOWN) else today


def _day_of(request: SignedInRequest, programme: Programme) -> dict[str, object]:
    day, hours = _day(request, programme), queries.house_of(programme)
    return {"programme": programme, "day": day, "hours": hours, "is_open": hours.is_open_on(day)}


@signed_in
@require_safe
def today(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The board of today or of one of the next days."""
    programme, me = house(request, public_id), request.user
    context, now_on = _day_of(request, programme), today_in(programme)
    context |= {
        "is_today": context["day"] == now_on,
        "days": [now_on + timedelta(days=each) for each in range(DAYS_SHOWN)],
        "parts": queries.board(me, programme, _day(request, programme)),
        "units": queries.units_of(programme),
        "next_meeting": queries.next_meeting(programme, now_on),
        "is_here": queries.is_here(me, programme, now_on),
        "is_paused": me.paused_at is not None,
    }
    return render(request, "clubhouse/today.html", context)


@signed_in
@require_safe
def paper(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The board of a day on paper, for the wall."""
    programme = house(request, public_id)
    parts = queries.paper(programme, _day(request, programme))
    return render(request, "clubhouse/paper.html", {**_day_of(request, programme), "parts": parts})


@signed_in
@require_safe
def days(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The days on which I said that I was here. Nobody else sees them."""
    programme = house(request, public_id)
    mine = queries.days_here(request.user, programme)
    return render(request, "clubhouse/days.html", {"programme": programme, "days": mine})


@signed_in
@require_POST
def here(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I am here today; or taken back."""
    programme, is_here = house(request, public_id), request.POST.get("here") != "no"
    try_to(
        request,
        lambda: services.say_here(
            actor=request.user, programme=programme, is_here=is_here, now=timezone.now()
        ),
        _("Good that you are here.") if is_here else _("Taken back."),
    )
    return redirect("clubhouse:today", public_id=public_id)


@signed_in
@require_POST
def back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One press, and one is back. Nobody has to agree."""
    mine = [*policy.houses_of(request.user), *policy.left_houses_of(request.user)]
    rows = Programme.objects.select_related("organisation").filter(pk__in=[each.pk for each in mine])
    programme = get_object_or_404(rows, public_id=public_id)
    try_to(
        request,
        lambda: services.come_back(actor=request.user, programme=programme, now=timezone.now()),
        _("Welcome back. Everything is as you know it."),
    )
    return redirect("clubhouse:houses")


@signed_in
@require_POST
def task(request: SignedInRequest, public_id: str, deed: str) -> HttpResponse:
    """One press on a task."""
    rows = policy.tasks_visible_to(request.user).select_related("unit__programme")
    row: Task = get_object_or_404(rows, public_id=public_id)
    if deed == "not-yet":
        try_to(
            request,
            lambda: services.say_done(actor=request.user, task=row, is_done=False, now=timezone.now()),
        )
    elif deed in DEEDS:
        service, thanks = DEEDS[deed]
        try_to(request, lambda: service(actor=request.user, task=row, now=timezone.now()), thanks)
    address = reverse("clubhouse:today", args=[row.unit.programme.public_id])
    return redirect(f"{address}?day={row.day.isoformat()}")


@signed_in
@require_http_methods(["GET", "POST"])
def hours(request: SignedInRequest, public_id: str) -> HttpResponse:
    """When the house is open."""
    programme = house(request, public_id)
    kept = queries.house_of(programme)
    given = {each: getattr(kept, each) for each in ("opens", "midday", "closes", "weekdays")}
    form = HoursForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        done = said_yes(
            form,
            None,
            lambda: services.set_hours(
                actor=request.user, programme=programme, hours=form.hours, now=timezone.now()
            ),
        )
        if done:
            return redirect("clubhouse:today", public_id=public_id)
    back_url = reverse("clubhouse:today", args=[public_id])
    return form_page(request, form, heading=_("When the house is open"), back_url=back_url)
