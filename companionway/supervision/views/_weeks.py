"""My weeks, first for me; what was hard; what was not my role."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.models import new_public_id
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.practice import policy as practice_policy
from companionway.practice import queries as practice
from companionway.practice import services as practice_services
from companionway.supervision import policy, queries, services
from companionway.supervision.forms import DriftForm
from companionway.supervision.states import DebriefState
from companionway.supervision.views._doors import my_programme
from companionway.ui.deeds import try_to

ANSWERS = {
    "wanted": DebriefState.WANTED,
    "skipped": DebriefState.SKIPPED,
    "held": DebriefState.HELD,
}


def _wellness_plan() -> str:
    """Where the own wellness plan is, when this service has that room."""
    try:
        return reverse("plans:mine")
    except NoReverseMatch:
        return ""


@signed_in
@require_safe
def weeks(request: SignedInRequest) -> HttpResponse:
    """Hours and counts of my supporting, for me first; and what could be done about it."""
    person, now = request.user, timezone.now()
    marks = queries.marks_of(person, now)
    shown = queries.weeks_of(person, now, marks)
    practices = list(practice.my_practices(person))
    held = queries.where_held(person, queries.pairs_of(person))
    context = {
        "weeks": list(reversed(shown)),
        "looks": marks.looks,
        "signs": queries.signs_for(person, shown, now) if marks.looks else [],
        "practices": practices,
        "limits": [(each, practice.limits_words(each)) for each in practices],
        "pairs": [row for _programme, row in held if row is not None],
        "programmes": [programme for programme, _row in held],
        "debriefs": marks.debriefs,
        "may_be_asked": marks.may_be_asked(now),
        "plan_url": _wellness_plan(),
    }
    return render(request, "supervision/weeks.html", context)


@signed_in
@require_safe
def their_weeks(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The same page for the supervisor, while the supporter shares it. Signs are never on it."""
    rows = policy.weeks_shown_to(request.user).select_related("supporter", "programme")
    row = get_object_or_404(rows, public_id=public_id)
    shown = list(reversed(queries.weeks_of(row.supporter, timezone.now())))
    return render(request, "supervision/their_weeks.html", {"pair": row, "weeks": shown})


@signed_in
@require_POST
def signs(request: SignedInRequest) -> HttpResponse:
    wants = request.POST.get("wants") == "yes"
    try_to(
        request,
        lambda: services.look_for_signs(actor=request.user, wants=wants, now=timezone.now()),
        _("We look, for you alone.") if wants else _("We do not look any more."),
    )
    return redirect("supervision:weeks")


@signed_in
@require_POST
def nobody_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Nobody new for now, in one press: the person's own limit, set back whenever they like."""
    own = practice_policy.visible_to(request.user).filter(person=request.user)
    row = get_object_or_404(own.select_related("programme"), public_id=public_id)
    try_to(
        request,
        lambda: practice_services.set_limits(
            actor=request.user,
            practice=row,
            accepting=False,
            places=row.places,
            weekly_minutes=row.weekly_minutes,
            minutes_each=row.minutes_each,
            weight_limit=row.weight_limit,
            now=timezone.now(),
        ),
        _("Nobody new is asked of you. Whoever you walk with stays."),
    )
    return redirect("supervision:weeks")


@signed_in
@require_POST
def hard(request: SignedInRequest, public_id: str) -> HttpResponse:
    """That was a hard one: nothing to explain, a debrief is offered at once."""
    programme, _held = my_programme(request, public_id)
    try_to(
        request,
        lambda: services.note_hard_contact(
            actor=request.user,
            person=request.user,
            programme=programme,
            subject=f"own:{new_public_id()}",
            now=timezone.now(),
        ),
        _("Noted. Would you like to talk about it with somebody?"),
    )
    return redirect("supervision:weeks")


@signed_in
@require_POST
def debrief(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(policy.contacts_visible_to(request.user), public_id=public_id)
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if answer is None:
        messages.warning(request, _("Please choose one of the answers listed."))
        return redirect("supervision:weeks")
    thanks = {
        DebriefState.WANTED: _("Your practice supervisor is told, and it stands on the agenda."),
        DebriefState.SKIPPED: _("That is all right. You can still say yes later."),
    }.get(answer, _("Good that you talked."))
    try_to(
        request,
        lambda: services.answer_debrief(actor=request.user, contact=row, answer=answer, now=timezone.now()),
        thanks,
    )
    return redirect("supervision:weeks")


@signed_in
@require_http_methods(["GET", "POST"])
def drift(request: SignedInRequest, public_id: str) -> HttpResponse:
    """I was asked to do what is not my role: one tick."""
    programme, _held = my_programme(request, public_id)
    form = DriftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.tick_drift(actor=request.user, programme=programme, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Noted. Your name never goes with it."))
        return redirect("supervision:weeks")
    return render(request, "supervision/drift.html", {"form": form, "programme": programme})
