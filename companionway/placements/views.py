"""Work: places that are offered, who has one, and the days on which somebody is needed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.clubhouse import policy as houses
from companionway.clubhouse import queries as house_queries
from companionway.clubhouse.doors import form_page, house, today_in
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.placements import policy, queries, services
from companionway.placements.forms import BeginWorkForm, ChooseForm, CoverForm, JobForm
from companionway.placements.models import Holding, Interest, Placement, WorkDay
from companionway.safety import queries as safety
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_safe
def places(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Places, and the days ahead that concern me."""
    programme, me = house(request, public_id), request.user
    places, days = queries.work_for(me, programme, today_in(programme))
    return render(request, "placements/list.html", {"programme": programme, "places": places, "days": days})


@signed_in
@require_http_methods(["GET", "POST"])
def new_place(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put a place to work on the list."""
    programme = house(request, public_id)
    form = JobForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = said_yes(
            form,
            None,
            lambda: services.begin_placement(
                actor=request.user, programme=programme, job=form.job, now=timezone.now()
            ),
        )
        if made:
            return redirect("placements:place", public_id=made.public_id)
    back_url = reverse("placements:list", args=[public_id])
    lead = _("Nothing about anybody's health is ever told to an employer: there is no place for it here.")
    return form_page(request, form, heading=_("A place to work"), lead=lead, back_url=back_url)


def _place(request: SignedInRequest, public_id: str) -> Placement:
    rows = policy.placements_visible_to(request.user).select_related("programme__organisation", "employer")
    found: Placement = get_object_or_404(rows, public_id=public_id)
    return found


@signed_in
@require_safe
def place(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One place to work."""
    return _page(request, _place(request, public_id))


def _page(request: SignedInRequest, row: Placement, **forms: Any) -> HttpResponse:
    me = request.user
    apart = safety.people_kept_from(me.pk)
    holdings, interests = queries.holdings_of(me, row, apart), queries.interests_of(me, row, apart)
    decisions = house_queries.decisions_of(row.programme) if row.is_of_the_house else []
    may_choose = decisions and any(not each.is_mine for each in interests)
    context = {
        "place": row,
        "programme": row.programme,
        "holdings": holdings,
        "mine": next((each.holding for each in holdings if each.is_mine and not each.holding.ended_on), None),
        "interests": interests,
        "i_am_interested": any(each.is_mine for each in interests),
        "choose_form": ChooseForm(interests=interests, decisions=decisions) if may_choose else None,
        "begin_form": BeginWorkForm(initial={"from_on": today_in(row.programme)}),
        "cover_form": CoverForm(days=row.weekdays, initial={"weekdays": queries.my_cover(me, row)}),
        **forms,
    }
    return render(request, "placements/place.html", context)


@signed_in
@require_POST
def interest(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I would like this place; or no more."""
    row, says = _place(request, public_id), request.POST.get("interest") != "no"
    try_to(
        request,
        lambda: services.say_interest(
            actor=request.user, placement=row, is_interested=says, now=timezone.now()
        ),
    )
    return redirect("placements:place", public_id=public_id)


@signed_in
@require_POST
def choose(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down whom the house chose, with its decision."""
    row, me = _place(request, public_id), request.user
    interests = queries.interests_of(me, row, safety.people_kept_from(me.pk))
    form = ChooseForm(request.POST, interests=interests, decisions=house_queries.decisions_of(row.programme))
    if form.is_valid() and said_yes(form, None, lambda: _choose(request, row, form.cleaned_data)):
        messages.success(request, _("Written down. They begin it themselves."))
        return redirect("placements:place", public_id=public_id)
    return _page(request, row, choose_form=form)


def _choose(request: SignedInRequest, row: Placement, said: dict[str, str]) -> Holding:
    wish = get_object_or_404(Interest, placement=row, person__public_id=said["person"])
    decision = get_object_or_404(houses.decisions_visible_to(request.user), public_id=said["decision"])
    return services.choose_holder(actor=request.user, interest=wish, decision=decision, now=timezone.now())


@signed_in
@require_POST
def own_job(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I got this job."""
    row = _place(request, public_id)
    try_to(
        request,
        lambda: services.begin_own_job(actor=request.user, placement=row, now=timezone.now()),
        _("Well done."),
    )
    return redirect("placements:place", public_id=public_id)


def _mine(request: SignedInRequest, row: Placement) -> Holding:
    rows = Holding.objects.filter(placement=row, person=request.user, ended_on=None)
    found: Holding = get_object_or_404(rows)
    return found


@signed_in
@require_POST
def begin_work(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I begin, knowing what pay does to benefits."""
    row, form = _place(request, public_id), BeginWorkForm(request.POST)
    holding = _mine(request, row)
    if form.is_valid() and said_yes(
        form,
        None,
        lambda: services.begin_work(
            actor=request.user, holding=holding, now=timezone.now(), **form.cleaned_data
        ),
    ):
        return redirect("placements:place", public_id=public_id)
    return _page(request, row, begin_form=form)


@signed_in
@require_POST
def end_work(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I lay this place down."""
    holding = _mine(request, _place(request, public_id))
    try_to(
        request,
        lambda: services.end_work(actor=request.user, holding=holding, now=timezone.now()),
        _("Laid down. Thank you for the time you were there."),
    )
    return redirect("placements:place", public_id=public_id)


@signed_in
@require_POST
def offer_cover(request: SignedInRequest, public_id: str) -> HttpResponse:
    """On these days I could go."""
    row = _place(request, public_id)
    form = CoverForm(request.POST, days=row.weekdays)
    if not form.is_valid():
        return _page(request, row, cover_form=form)
    days = form.cleaned_data["weekdays"]
    try_to(
        request,
        lambda: services.offer_cover(actor=request.user, placement=row, weekdays=days, now=timezone.now()),
        _("Thank you."),
    )
    return redirect("placements:place", public_id=public_id)


@signed_in
@require_POST
def close_place(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The employer has this place no more."""
    row = _place(request, public_id)
    try_to(request, lambda: services.close_placement(actor=request.user, placement=row, now=timezone.now()))
    return redirect("placements:list", public_id=row.programme.public_id)


def _work_day(request: SignedInRequest, public_id: str) -> WorkDay:
    rows = policy.work_days_visible_to(request.user).select_related("placement__programme")
    found: WorkDay = get_object_or_404(rows, public_id=public_id)
    return found


@signed_in
@require_POST
def cannot_come(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I cannot go on this day."""
    row = _work_day(request, public_id)
    try_to(
        request,
        lambda: services.say_cannot_come(actor=request.user, day=row, now=timezone.now()),
        _("Thank you for saying it. Those who can go are asked now."),
    )
    return redirect("placements:list", public_id=row.placement.programme.public_id)


@signed_in
@require_POST
def cover_day(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I go on this day."""
    row = _work_day(request, public_id)
    try_to(
        request,
        lambda: services.cover_day(actor=request.user, day=row, now=timezone.now()),
        _("You go. Thank you."),
    )
    return redirect("placements:list", public_id=row.placement.programme.public_id)
