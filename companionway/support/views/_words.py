"""The agreement and the shared note. What was typed comes back whenever it could not be kept."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people.http import SignedInRequest
from companionway.people.practice_models import PracticeModel
from companionway.support import policy, queries, services
from companionway.support.forms import AgreementForm, NoteForm
from companionway.support.models import Relationship
from companionway.support.views._doors import ours, page, to_walk
from companionway.ui.deeds import try_to


@login_required
@require_safe
def agreement(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship = ours(request, public_id)
    shown = queries.agreements_of(relationship, request.user)
    may_write = policy.may_propose_agreement(request.user, relationship)
    return page(request, "agreement", relationship, agreements=shown, may_write=may_write)


@login_required
@require_safe
def agreement_on_paper(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship = ours(request, public_id)
    shown = queries.agreements_of(relationship, request.user)
    return page(request, "agreement_on_paper", relationship, agreements=shown)


@login_required
@require_http_methods(["GET", "POST"])
def write_agreement(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship, me = ours(request, public_id), request.user
    if refused := _why_not(request, relationship, policy.may_propose_agreement(me, relationship).reason):
        return refused
    shown = queries.agreements_of(relationship, me)
    prompts = PracticeModel.of(relationship.programme).agreement_prompts
    start = AgreementForm.starting_from(shown.starting_words, shown.newest)
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=start, prompts=prompts)
    if request.method == "POST" and form.is_valid():
        after, words = form.cleaned_data["after"], form.words
        try:
            services.propose_agreement(
                actor=me, relationship=relationship, words=words, after=after, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.look_again(shown.newest)
        else:
            messages.success(request, _("Written down. It holds when the other says yes, too."))
            return redirect("support:agreement", public_id=public_id)
    return page(request, "write_agreement", relationship, form=form, agreements=shown)


def _why_not(request: SignedInRequest, relationship: Relationship, reason: str) -> HttpResponse | None:
    if not reason:
        return None
    messages.warning(request, reason)
    return to_walk(relationship)


@login_required
@require_POST
def accept_agreement(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    relationship = ours(request, public_id)
    version = get_object_or_404(relationship.agreements, number=number)
    try_to(
        request,
        lambda: services.accept_agreement(
            actor=request.user, relationship=relationship, agreement=version, now=timezone.now()
        ),
        _("You have both said yes. It can be changed later in the same way."),
    )
    return redirect("support:agreement", public_id=public_id)


@login_required
@require_http_methods(["GET", "POST"])
def note(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The whole note and, below it, a new page."""
    relationship, me = ours(request, public_id), request.user
    may_write = policy.may_write_note(me, relationship)
    if not relationship.programme.keeps_notes:
        return to_walk(relationship)
    pages = queries.with_known(queries.note_of(relationship), relationship)
    begun = sum(each.note.begun_by_id == me.pk for each in pages)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"after": begun})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            services.write_note(actor=me, relationship=relationship, now=timezone.now(), **typed)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.look_again(begun)
        else:
            messages.success(request, _("Your words are in the note. Both of you see them."))
            return redirect("support:note", public_id=public_id)
    looks = queries.looks_at(relationship)
    return page(request, "note", relationship, form=form, pages=pages, looks=looks, may_write=may_write)


@login_required
@require_http_methods(["GET", "POST"])
def note_page(request: SignedInRequest, public_id: str, note_id: str) -> HttpResponse:
    """One page: add one's own voice, or change it."""
    relationship, me = ours(request, public_id), request.user
    row = get_object_or_404(relationship.notes, public_id=note_id)
    row.relationship = relationship
    shown = queries.with_known([queries.page_of(row)], relationship, row.pk)[0]
    voice = shown.voice_of(me)
    newest = voice.number if voice else 0
    start = {"after": newest, "words": voice.words if voice else ""}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        words, after = form.cleaned_data["words"], form.cleaned_data["after"]
        try:
            services.write_note(
                actor=me, relationship=relationship, words=words, note=row, after=after, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.look_again(newest)
        else:
            messages.success(request, _("Your words are in the note. Both of you see them."))
            return redirect("support:note", public_id=public_id)
    is_signed = shown.known is not None and shown.known.is_signed
    may_write = policy.may_write_on(me, relationship, row, is_signed=is_signed)
    return page(request, "note_page", relationship, form=form, shown=shown, may_write=may_write)
