"""Somebody stays away from a group for a while: putting it to the group, and the page of whoever it is about."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companionway.groups import opening, policy, queries, services
from companionway.groups.forms import LeavingOutForm, OwnWordsForm
from companionway.groups.views._found import led
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes


@signed_in
@require_http_methods(["GET", "POST"])
def leave_out(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put it to the group, which reads which sentence it is about, and no name."""
    group, me = led(request, public_id), request.user
    if not policy.decides_itself(group.programme):
        raise Http404
    people = {each.public_id: each for each in queries.paused_in(group, me)}
    names = [(key, each.name) for key, each in people.items()]
    form = LeavingOutForm(request.POST or None, people=names, sentences=queries.agreement_of(group))
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "person": people[form.cleaned_data["person"]]}
        if said_yes(
            form, None, lambda: services.put_leaving_out(actor=me, group=group, now=request.now, **said)
        ):
            messages.success(request, _("It stands for a week. They read why, and the group reads no name."))
            return redirect("groups:decisions", public_id)
    context = {"group": group, "form": form, "people": people}
    return render(request, "groups/leave_out.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def away(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Why, until when, and what they say to it: an answer while the group decides, or once to ask it to look again."""
    rows = policy.left_out_visible_to(request.user).select_related("group__programme", "proposal")
    row, me, now = get_object_or_404(rows, public_id=public_id), request.user, request.now
    may_answer, may_ask = policy.may_answer(me, row), policy.may_ask_to_look_again(me, row, now)
    facts = opening.facts_of(row.proposal) if row.proposal else {}
    initial = {"words": facts.get("answer", "") if may_answer else ""}
    form = OwnWordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        deed = services.answer_leaving_out if row.is_being_decided else services.ask_to_look_again
        words = form.cleaned_data["words"]
        if said_yes(form, "words", lambda: deed(actor=me, row=row, words=words, now=now) or True):
            messages.success(request, _("The group reads it, without your name."))
            return redirect("groups:away", public_id)
    context = {
        "row": row,
        "form": form,
        "reason": queries.reason_left_out(row),
        "sentence": facts.get("words", ""),
        "may_answer": may_answer,
        "may_ask": may_ask,
    }
    return render(request, "groups/away.html", context, status=422 if form.errors else 200)
