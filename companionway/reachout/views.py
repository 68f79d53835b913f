"""My days here, being asked after, and asking after others who wish it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.clubhouse import policy as houses
from companionway.clubhouse.doors import house
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.reachout import policy, queries, services
from companionway.reachout.forms import ReachForm
from companionway.reachout.models import Missed
from companionway.reachout.states import ReachWay
from companionway.safety import queries as safety
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_http_methods(["GET", "POST"])
def mine(request: SignedInRequest, public_id: str) -> HttpResponse:
    """My own choice, my days here, and those whom I may ask after."""
    programme, me = house(request, public_id), request.user
    apart = safety.people_kept_from(me.pk)
    form = ReachForm(
        request.POST if request.method == "POST" else None,
        others=houses.others_of(me, programme, apart),
        units=houses.units_visible_to(me).standing().filter(programme=programme).order_by("name"),
        initial={"way": ReachWay.MESSAGE},
    )
    if request.method == "POST" and form.is_valid():
        made = said_yes(
            form,
            None,
            lambda: services.choose_reach(actor=me, programme=programme, wish=form.wish, now=timezone.now()),
        )
        if made:
            return redirect("reachout:mine", public_id=public_id)
    context = {
        "programme": programme,
        "form": form,
        "wish": queries.my_wish(me, programme),
        "asked": queries.asked_after(me, programme),
        "missed": queries.missed_for(me, programme, apart),
    }
    return render(request, "reachout/mine.html", context)


@signed_in
@require_POST
def stop(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Be asked after no more, from this moment."""
    programme = house(request, public_id)
    try_to(
        request,
        lambda: services.stop_reach(actor=request.user, programme=programme, now=timezone.now()),
        _("Nobody asks after you any more. Your words about it are gone."),
    )
    return redirect("reachout:mine", public_id=public_id)


@signed_in
@require_POST
def give_sign(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I am all right: the days begin again."""
    programme = house(request, public_id)
    try_to(
        request,
        lambda: services.give_sign(actor=request.user, programme=programme, now=timezone.now()),
        _("Thank you for the sign. The days begin again."),
    )
    return redirect("reachout:mine", public_id=public_id)


def _missed(request: SignedInRequest, public_id: str) -> Missed:
    rows = policy.missed_visible_to(request.user).select_related("wish__programme")
    found: Missed = get_object_or_404(rows, public_id=public_id)
    return found


@signed_in
@require_POST
def take(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I ask after them."""
    row = _missed(request, public_id)
    try_to(
        request,
        lambda: services.take_missed(actor=request.user, missed=row, now=timezone.now()),
        _("Thank you. They are told nothing before you ask; here is how they would like it."),
    )
    return redirect("reachout:mine", public_id=row.wish.programme.public_id)


@signed_in
@require_POST
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What came of it, in one of three words."""
    row, result = _missed(request, public_id), request.POST.get("result", "")
    try_to(
        request,
        lambda: services.answer_missed(actor=request.user, missed=row, result=result, now=timezone.now()),
        _("Thank you."),
    )
    return redirect("reachout:mine", public_id=row.wish.programme.public_id)
