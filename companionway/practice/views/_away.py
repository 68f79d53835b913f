"""Not being well in one press; words for it, written before; who covers, and covering for others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.practice import policy, queries, services
from companionway.practice.forms import AwayWordsForm, CoverForm
from companionway.practice.views._doors import own
from companionway.ui.deeds import try_to


@signed_in
@require_http_methods(["GET", "POST"])
def away(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The words kept ready, and the button."""
    practice = own(request, public_id)
    form = AwayWordsForm(
        request.POST if request.method == "POST" else None, initial={"words": queries.away_words_of(practice)}
    )
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        services.write_away_words(actor=request.user, practice=practice, words=words, now=timezone.now())
        messages.success(request, _("Kept for when it is needed."))
        return redirect("practice:away", public_id=public_id)
    cover = queries.asked_cover_of(practice)
    return render(request, "practice/away.html", {"form": form, "practice": practice, "cover": cover})


@signed_in
@require_POST
def not_well(request: SignedInRequest, public_id: str) -> HttpResponse:
    practice = own(request, public_id)
    try_to(
        request,
        lambda: services.say_not_well(actor=request.user, practice=practice, now=timezone.now()),
        _("It is taken care of. Look after yourself; come back when you like."),
    )
    return redirect("practice:mine")


@signed_in
@require_POST
def well_again(request: SignedInRequest, public_id: str) -> HttpResponse:
    practice = own(request, public_id)
    try_to(
        request,
        lambda: services.say_well_again(actor=request.user, practice=practice, now=timezone.now()),
        _("Good to have you back. Everything is as you left it."),
    )
    return redirect("practice:mine")


@signed_in
@require_http_methods(["GET", "POST"])
def cover(request: SignedInRequest, public_id: str) -> HttpResponse:
    practice = own(request, public_id)
    form = CoverForm(request.POST if request.method == "POST" else None, practice=practice)
    if request.method == "POST" and form.is_valid():
        try_to(
            request,
            lambda: services.name_cover(
                actor=request.user, practice=practice, person=form.chosen, now=timezone.now()
            ),
            _("They are asked. It holds once they have said yes."),
        )
        return redirect("practice:away", public_id=public_id)
    return render(request, "practice/cover.html", {"form": form, "practice": practice})


@signed_in
@require_safe
def covers(request: SignedInRequest) -> HttpResponse:
    """For whom I am asked to be there, and for whom I am."""
    return render(request, "practice/covers.html", {"covers": queries.covers_asked_of(request.user)})


@signed_in
@require_POST
def answer_cover(request: SignedInRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(policy.covers_visible_to(request.user), public_id=public_id)
    says_yes = request.POST.get("answer") == "yes"
    try_to(
        request,
        lambda: services.answer_cover(actor=request.user, cover=asked, says_yes=says_yes, now=timezone.now()),
        _("Thank you. They know that you are there.") if says_yes else _("That is all right. They are told."),
    )
    return redirect("practice:covers")


@signed_in
@require_POST
def end_cover(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(policy.covers_visible_to(request.user), public_id=public_id)
    try_to(
        request,
        lambda: services.end_cover(actor=request.user, cover=row, now=timezone.now()),
        _("That has ended."),
    )
    return redirect("practice:covers" if row.person_id == request.user.pk else "practice:mine")
