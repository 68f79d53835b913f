"""For coordinators: days and names, the rhythm, arranging, and a place above a limit. No words, no marks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Person, Programme
from companionway.practice import queries as practice
from companionway.reasoning.supervision import USUAL, Rhythm
from companionway.supervision import policy, queries, services
from companionway.supervision.forms import ChooseForm, ExtraPlaceForm, RhythmForm
from companionway.ui.deeds import said_yes, try_to


def _programme(request: SignedInRequest, public_id: str) -> Programme:
    rows = policy.overseen_by(request.user).select_related("rhythm")
    return get_object_or_404(rows, public_id=public_id)


@signed_in
@require_safe
def dates(request: SignedInRequest) -> HttpResponse:
    programmes = list(policy.overseen_by(request.user))
    if not programmes:
        raise Http404
    return render(request, "supervision/dates.html", {"programmes": programmes})


@signed_in
@require_safe
def dates_of(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who is held by whom and by when, soonest day first; patterns of role drift above the floor."""
    programme, today = _programme(request, public_id), timezone.localdate()
    carrying = {each.person_id: each for each in practice.offering_in(programme)}
    rows = [
        {"owed": each, "practice": carrying.get(each.person_id)}
        for each in queries.dates_for(request.user, programme, today)
    ]
    context = {
        "programme": programme,
        "rhythm": getattr(programme, "rhythm", None),
        "rows": rows,
        "pattern": queries.drift_pattern(request.user, programme, today),
    }
    return render(request, "supervision/dates_of.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def rhythm(request: SignedInRequest, public_id: str) -> HttpResponse:
    programme = _programme(request, public_id)
    kept = getattr(programme, "rhythm", None)
    if request.method == "POST" and request.POST.get("stop"):
        now = timezone.now()
        services.choose_rhythm(actor=request.user, programme=programme, rhythm=None, now=now)
        messages.success(request, _("It is not counted any more. Nobody is late."))
        return redirect("supervision:dates_of", public_id=public_id)
    usual = kept.reasoned if kept else USUAL
    start = {name: getattr(usual, name) for name in Rhythm.__slots__}
    form = RhythmForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        services.choose_rhythm(actor=request.user, programme=programme, rhythm=form.rhythm, now=now)
        messages.success(request, _("The rhythm is kept."))
        return redirect("supervision:dates_of", public_id=public_id)
    return render(request, "supervision/rhythm.html", {"form": form, "programme": programme, "kept": kept})


@signed_in
@require_http_methods(["GET", "POST"])
def arrange(request: SignedInRequest, public_id: str, person_id: str) -> HttpResponse:
    """Bring a supporter and a practice supervisor together; the supporter can always choose another."""
    programme = _programme(request, public_id)
    here = Person.objects.here().filter(organisation=programme.organisation_id)
    supporter = get_object_or_404(here, public_id=person_id)
    if not policy.may_be_held(supporter, programme) or supporter == request.user:
        raise Http404
    choices = queries.choices_for(supporter, programme)
    form = ChooseForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        made = said_yes(
            form,
            "person",
            lambda: services.arrange(
                actor=request.user,
                programme=programme,
                supporter=supporter,
                supervisor=form.chosen,
                in_training=form.cleaned_data["in_training"],
                now=timezone.now(),
            ),
        )
        if made:
            messages.success(request, _("Both are told."))
            return redirect("supervision:dates_of", public_id=public_id)
    context = {"form": form, "programme": programme, "supporter": supporter, "choices": choices}
    return render(request, "supervision/arrange.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def extra_place(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One place above somebody's limits for a while, with a reason both see."""
    rows = policy.practices_to_widen(request.user).select_related("person", "programme")
    row = get_object_or_404(rows, public_id=public_id)
    back = redirect("supervision:dates_of", public_id=row.programme.public_id)
    facts = {"actor": request.user, "programme": row.programme, "person": row.person}
    if request.method == "POST" and request.POST.get("stop"):
        now = timezone.now()
        try_to(request, lambda: services.end_extra_place(**facts, now=now), _("The extra place is gone."))
        return back
    form = ExtraPlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        if said_yes(form, "until_on", lambda: services.give_extra_place(**facts, **said, now=now)):
            messages.success(request, _("They have one place more, and read why."))
            return back
    extra = queries.extra_place_of(row.person, row.programme)
    context = {"form": form, "row": row, "extra": extra, "limits": practice.limits_words(row)}
    return render(request, "supervision/extra_place.html", context)
