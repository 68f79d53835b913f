"""Pausing, ending well, ending at once, somebody else, a letter."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.foundation.policy import Refused
from companionway.people.http import SignedInRequest
from companionway.support import kinds, policy, queries, services
from companionway.support.forms import EndForm, EndingForm, LetterForm, PauseForm, SomeoneElseForm
from companionway.support.views._doors import ours, page, to_walk
from companionway.ui.deeds import try_to


@login_required
@require_http_methods(["GET", "POST"])
def pause(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship = ours(request, public_id)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.pause(
                actor=request.user, relationship=relationship, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You are having a pause. Nothing is lost."))
            return to_walk(relationship)
    return page(request, "pause", relationship, form=form)


@login_required
@require_POST
def resume(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship = ours(request, public_id)
    try_to(
        request,
        lambda: services.resume(actor=request.user, relationship=relationship, now=timezone.now()),
        _("Good to have you back."),
    )
    return to_walk(relationship)


@login_required
@require_http_methods(["GET", "POST"])
def ending(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin to part: a day for the last meeting, and prompts for it."""
    relationship = ours(request, public_id)
    may_plan = policy.may_start_ending(request.user, relationship)
    form = EndingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.start_ending(
                actor=request.user, relationship=relationship, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The ending has begun. There is time for a good goodbye."))
            return to_walk(relationship)
    return page(request, "ending", relationship, form=form, may_plan=may_plan)


@login_required
@require_POST
def take_ending_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship = ours(request, public_id)
    try_to(
        request,
        lambda: services.take_ending_back(actor=request.user, relationship=relationship, now=timezone.now()),
        _("You go on together."),
    )
    return to_walk(relationship)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, public_id: str) -> HttpResponse:
    """End it now. No reason is asked."""
    relationship = ours(request, public_id)
    choices = kinds.kinds_of(relationship.programme)
    form = EndForm(request.POST if request.method == "POST" else None, kinds=choices)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data.get("kind", "")
        try_to(
            request,
            lambda: services.end_relationship(
                actor=request.user, relationship=relationship, kind=kind, now=timezone.now()
            ),
            _("This has ended. Thank you for the way you went together."),
        )
        return to_walk(relationship)
    may_end = policy.may_end(request.user, relationship)
    return page(request, "end", relationship, form=form, may_end=may_end)


@login_required
@require_http_methods(["GET", "POST"])
def someone_else(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The second of two taps."""
    relationship = ours(request, public_id)
    form = SomeoneElseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        never_again = form.cleaned_data["never_again"]
        try_to(
            request,
            lambda: services.ask_for_someone_else(
                actor=request.user, relationship=relationship, never_again=never_again, now=timezone.now()
            ),
            _("That is alright. It has ended kindly, and you can meet somebody else."),
        )
        return to_walk(relationship)
    may_ask = policy.may_ask_for_someone_else(request.user, relationship)
    return page(request, "someone_else", relationship, form=form, may_ask=may_ask)


@login_required
@require_http_methods(["GET", "POST"])
def letter(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship, me = ours(request, public_id), request.user
    mine, _given = queries.letters_of(relationship, me)
    newest = mine.version if mine else 0
    start = {"after": newest, "words": mine.words if mine else "", "is_ready": bool(mine and mine.is_ready)}
    form = LetterForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.say_goodbye(actor=me, relationship=relationship, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.look_again(newest)
        else:
            messages.success(request, _("Your letter is kept."))
            return to_walk(relationship)
    may_write = policy.may_say_goodbye(me, relationship)
    return page(request, "letter", relationship, form=form, mine=mine, may_write=may_write)
