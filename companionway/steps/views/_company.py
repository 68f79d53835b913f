"""Somebody alongside: ask, answer, stop, and see exactly what is shared."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.meetings import policy as meetings
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.steps import policy, queries, services
from companionway.steps.forms import AskForm, TimeForm
from companionway.steps.queries import Shown
from companionway.steps.views._ladder import own_step
from companionway.ui.deeds import said_yes, try_to
from companionway.ui.times import moment_words

AHEAD = timedelta(days=60)


@signed_in
@require_safe
def alongside(request: SignedInRequest) -> HttpResponse:
    """Whom I asked, who asked me, and the words that holders of a meeting may read."""
    both = queries.open_now(request.user, request.now)
    context = {
        "mine": [each for each in both if each.is_mine],
        "asked": [each for each in both if not each.is_mine],
        "told": queries.agreed_for(request.user, request.now),
    }
    return render(request, "steps/alongside.html", context)


def _meetings(request: SignedInRequest) -> dict[str, object]:
    rows = meetings.meetings_visible_to(request.user).ahead(request.now)
    rows = rows.filter(series__in=meetings.enterable_by(request.user).values("pk"))
    rows = rows.filter(starts_at__lt=request.now + AHEAD).select_related("series__programme")
    return {each.public_id: each for each in rows.order_by("starts_at", "pk")[:40]}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, key: str) -> HttpResponse:
    """Ask somebody to be alongside for this step, once."""
    _pages, step = own_step(request, key)
    people = queries.people_to_ask(request.user, request.now)
    ahead = _meetings(request)
    named = [
        (public_id, f"{each.series.name}, {moment_words(each.starts_at, request.now)}")  # type: ignore[attr-defined]
        for public_id, each in ahead.items()
    ]
    form = AskForm(request.POST if request.method == "POST" else None, people=people, meetings=named)
    if request.method == "POST" and form.is_valid():
        agreed = form.agreed()
        meeting = ahead.get(form.cleaned_data.get("meeting", ""))
        row = said_yes(
            form,
            None,
            lambda: services.ask_alongside(
                actor=request.user, key=key, **agreed, meeting=meeting, now=request.now
            ),
        )
        if row:
            return redirect("steps:company", row.public_id)
    return render(request, "steps/ask.html", {"form": form, "step": step, "people": people})


def _shown(request: SignedInRequest, public_id: str) -> Shown:
    found = queries.company_shown(request.user, public_id, request.now)
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def company(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _page(request, _shown(request, public_id), TimeForm())


def _page(request: SignedInRequest, shown: Shown, form: TimeForm) -> HttpResponse:
    me, row = request.user, shown.row
    context = {
        "shown": shown,
        "form": form,
        "subject": f"company:{row.public_id}",
        "may_answer": shown.is_live and policy.may_answer(me, row, request.now),
        "may_take": shown.is_live and policy.may_take_other_time(me, row, request.now),
        "may_stop": shown.is_live,
    }
    return render(request, "steps/company.html", context)


@signed_in
@require_POST
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Yes or no; of the one who asked, yes to the other time."""
    row, said, me = _shown(request, public_id).row, request.POST.get("says"), request.user
    deeds = {"yes": services.agree, "no": services.say_no, "other": services.take_other_time}
    if said in deeds:
        thanks = (
            _("Nobody is asked why.") if said == "no" else _("Agreed. Either of you can stop it at any time.")
        )
        try_to(request, lambda: deeds[said](actor=me, company=row, now=request.now), thanks)
    return redirect("steps:company", public_id)


@signed_in
@require_POST
def other_time(request: SignedInRequest, public_id: str) -> HttpResponse:
    shown, form = _shown(request, public_id), TimeForm(request.POST)
    if form.is_valid():
        at = form.moment()
        kept = said_yes(
            form,
            None,
            lambda: services.offer_other_time(
                actor=request.user, company=shown.row, other_at=at, now=request.now
            ),
        )
        if kept:
            return redirect("steps:company", public_id)
    return _page(request, shown, form)


@signed_in
@require_POST
def stop(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _shown(request, public_id).row
    try_to(
        request,
        lambda: services.stop_company(actor=request.user, company=row, now=request.now),
        _("It is over. Nobody is asked why."),
    )
    return redirect("steps:company", public_id)
