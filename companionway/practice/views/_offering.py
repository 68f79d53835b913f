"""What I offer: limits in words, hours, languages and topics, a few words about me."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.queries import programmes_of
from companionway.practice import policy, queries, services
from companionway.practice.forms import AboutForm, HoursForm, LimitsForm, OfferForm
from companionway.practice.views._doors import own
from companionway.ui.deeds import try_to


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    kept = list(queries.my_practices(request.user))
    room, held = queries.rooms_and_held(kept)
    covers, begun = queries.covers_by_practice(kept), {each.programme_id for each in kept}
    rows = [
        {
            "practice": each,
            "words": each.programme.words,
            "limits": queries.limits_words(each),
            "room": room[each.pk],
            "held": each.pk in held,
            "cover": covers.get(each.pk),
            "blocks": len(queries.hours_of(each.hours_mask)),
        }
        for each in kept
    ]
    open_to = [
        each
        for each in programmes_of(request.user)
        if each.pk not in begun and policy.may_offer(request.user, each)
    ]
    asked = queries.covers_asked_of(request.user)
    return render(request, "practice/mine.html", {"rows": rows, "open_to": open_to, "covers": asked})


@signed_in
@require_POST
def begin(request: SignedInRequest, public_id: str) -> HttpResponse:
    programme = get_object_or_404(programmes_of(request.user), public_id=public_id)
    try_to(
        request,
        lambda: services.offer_support(actor=request.user, programme=programme, now=timezone.now()),
        _("Good that you are here. Take your time: nobody is brought to you before you say so."),
    )
    return redirect("practice:mine")


@signed_in
@require_http_methods(["GET", "POST"])
def limits(request: SignedInRequest, public_id: str) -> HttpResponse:
    practice = own(request, public_id)
    form = LimitsForm(request.POST or None, initial=LimitsForm.starting_from(practice))
    if request.method == "POST" and form.is_valid():
        services.set_limits(actor=request.user, practice=practice, now=timezone.now(), **form.limits)
        messages.success(request, _("Your limits are kept. Nobody can go beyond them."))
        return redirect("practice:mine")
    context = {"form": form, "practice": practice, "limits": queries.limits_words(practice)}
    return render(request, "practice/limits.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def hours(request: SignedInRequest, public_id: str) -> HttpResponse:
    practice = own(request, public_id)
    form = HoursForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["hours"]
        services.set_hours(actor=request.user, practice=practice, hours=chosen, now=timezone.now())
        messages.success(request, _("Your hours are kept."))
        return redirect("practice:mine")
    ticked = request.POST.getlist("hours") if form.is_bound else queries.hours_of(practice.hours_mask)
    context = {
        "form": form,
        "practice": practice,
        "days": queries.week_days(),
        "grid": queries.week_grid(ticked),
    }
    return render(request, "practice/hours.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def offer(request: SignedInRequest, public_id: str) -> HttpResponse:
    practice = own(request, public_id)
    form = OfferForm(
        request.POST if request.method == "POST" else None, initial=queries.offer_of(practice).facts()
    )
    if request.method == "POST" and form.is_valid():
        services.describe_offer(actor=request.user, practice=practice, offer=form.offer, now=timezone.now())
        messages.success(request, _("Kept. Nobody reads what you would rather not be asked about."))
        return redirect("practice:mine")
    return render(request, "practice/offer.html", {"form": form, "practice": practice})


@signed_in
@require_http_methods(["GET", "POST"])
def about(request: SignedInRequest, public_id: str) -> HttpResponse:
    practice = own(request, public_id)
    form = AboutForm(
        request.POST if request.method == "POST" else None, initial={"words": queries.about_of(practice)}
    )
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        services.write_about(actor=request.user, practice=practice, words=words, now=timezone.now())
        messages.success(request, _("Your words are kept."))
        return redirect("practice:mine")
    return render(request, "practice/about.html", {"form": form, "practice": practice})
