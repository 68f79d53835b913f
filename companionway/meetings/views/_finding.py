"""For everybody: what is on, one series, one meeting, remind me; and what an organisation shows to all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companionway.meetings import beside, codes, policy, queries, saying, services
from companionway.meetings.events_on_pages import as_event, as_script
from companionway.meetings.models import Meeting, Series
from companionway.meetings.states import MeetingState, Way
from companionway.people import queries as people
from companionway.people.doors import signed_in
from companionway.people.group_rules import GroupRules
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import try_to


def series_of(request: SignedInRequest, public_id: str) -> Series:
    return get_object_or_404(policy.visible_to(request.user).select_related("programme"), public_id=public_id)


def meeting_of(request: SignedInRequest, public_id: str) -> Meeting:
    rows = policy.meetings_visible_to(request.user).select_related("series__programme")
    return get_object_or_404(rows, public_id=public_id)


@signed_in
@require_safe
def what_is_on(request: SignedInRequest) -> HttpResponse:
    """The coming two weeks, by day; two filters that work as links."""
    now, me = timezone.now(), request.user
    programme, way = request.GET.get("programme", ""), request.GET.get("way", "")
    way = way if way in Way.values else ""
    found = queries.what_is_on(me, now, programme=programme, way=way)
    context = {
        "days": queries.days_of(found),
        "ways": Way.choices,
        "way": way,
        "programmes": list(people.programmes_of(me)),
        "programme": programme,
        "begins": queries.programmes_to_begin_in(me),
        "mine": list(queries.series_chosen_by(me).order_by("name", "pk")),
        "has_covers": bool(queries.open_covers(me, now)),
    }
    return render(request, "meetings/what_is_on.html", context)


def _about(series: Series) -> dict[str, Any]:
    """What a page says of a series, whoever reads it."""
    rules = GroupRules.of(series.programme)
    form = rules.format_of(series.format_key) if rules else None
    return {
        "series": series,
        "how_often": saying.when(series, timezone.localdate()),
        "kinds": codes.labels(series.codes),
        "what_happens": rules.what_happens if rules else (),
        "format": form,
        "minute_by_minute": saying.minute_by_minute(form) if form else [],
    }


@signed_in
@require_safe
def series(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One series: look before you leap."""
    row, now, me = series_of(request, public_id), timezone.now(), request.user
    context = {
        **_about(row),
        "coming": queries.coming(me, row, now),
        "is_chosen": row.public_id in queries.chosen_by(me),
        "may_choose": policy.may_choose(me, row),
        "may_change": policy.may_change(me, row, now),
        "shows_place": policy.may_see_place(me, row),
        "at_the_door": queries.at_the_door(me, row, now),
        "lacks_interpreter": queries.lacks_interpreter(row, now),
    }
    return render(request, "meetings/series.html", context)


@signed_in
@require_safe
def meeting(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One meeting; a cancelled one says what else is on."""
    row, now, me = meeting_of(request, public_id), timezone.now(), request.user
    shown = queries.shown(row, queries.the_change(row), not policy.may_see_place(me, row.series), now)
    is_off = row.state == MeetingState.CANCELLED
    context = {
        **_about(row.series),
        "shown": shown,
        "meeting": row,
        "may_come": policy.may_come(me, row),
        "may_change": policy.may_change(me, row.series, now),
        "at_the_door": queries.at_the_door(me, row.series, now),
        "lacks_interpreter": queries.lacks_interpreter(row.series, now),
        "alternatives": queries.alternatives(me, row, now) if is_off else [],
        "links": beside.links(me, row, now),
        "holds": queries.my_part(me, row, now),
        "places": queries.places_of(me, row) if policy.has_list(row.series) else None,
        "has_begun": row.starts_at <= now,
    }
    return render(request, "meetings/meeting.html", context)


@signed_in
@require_POST
def place(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask for a place; or give it back, or wait no longer."""
    row, now = meeting_of(request, public_id), timezone.now()
    if "back" in request.POST:
        services.give_place_back(actor=request.user, meeting=row, now=now)
        messages.success(request, _("That is all right. Nobody asks why."))
    else:
        try_to(request, lambda: services.ask_for_place(actor=request.user, meeting=row, now=now))
    return redirect("meetings:meeting", public_id=public_id)


@signed_in
@require_POST
def remind_me(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put it on one's own list."""
    row = series_of(request, public_id)
    try_to(
        request,
        lambda: services.remind_me(actor=request.user, series=row, now=timezone.now()),
        _("You will be reminded the day before. Only you can see that you chose it."),
    )
    return redirect("meetings:series", public_id=public_id)


@signed_in
@require_POST
def forget(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take it off; also where one may not come any more, so nothing says whether it exists."""
    thanks = _("Taken off your list. Nothing of it is kept.")
    try_to(
        request,
        lambda: services.forget(actor=request.user, public_id=public_id, now=timezone.now()),
        thanks,
    )
    return redirect("meetings:list")


@signed_in
@require_POST
def invitations(request: SignedInRequest) -> HttpResponse:
    """Have what one chose sent by e-mail, for one's own calendar; or no more."""
    me, now = request.user, timezone.now()
    if "stop" in request.POST:
        services.stop_inviting(actor=me, now=now)
    else:
        try_to(request, lambda: services.invite_me(actor=me, now=now), _("They come by e-mail from now on."))
    return redirect("calendars:mine")


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """What the organisation shows to everybody. Nobody needs to be signed in."""
    found = queries.public_meetings(people.organisation(), timezone.now())
    return render(request, "meetings/public.html", {"days": queries.days_of(found)})


@require_safe
def public_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """One public series, with its next meetings as search engines and calendars read them."""
    here, now = people.organisation(), timezone.now()
    row = get_object_or_404(queries.public_series(here, now), public_id=public_id)
    coming = [each for each in queries.public_meetings(here, now) if each.series.pk == row.pk]
    url = people.public_url(here) + request.path
    context = {
        **_about(row),
        "coming": coming,
        "shows_place": policy.may_see_place(None, row),
        "events": as_script(as_event(each, here.name, url) for each in coming),
    }
    return render(request, "meetings/public_one.html", context)
