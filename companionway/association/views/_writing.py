"""Beginning minutes, writing them, asking two to sign, signing, taking back, correcting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.association import policy, queries, services
from companionway.association.forms import BeginForm, CorrectForm, MinutesForm, SignersForm
from companionway.association.views._found import found, led_group, written
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest, public_id: str) -> HttpResponse:
    (group, _rules), me = led_group(request, public_id), request.user
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["held_on"]
        made = said_yes(
            form,
            "held_on",
            lambda: services.begin_minutes(actor=me, group=group, held_on=day, now=request.now),
        )
        if made is not None:
            return redirect("association:write", made.public_id)
    context = {"group": group, "form": form}
    return render(request, "association/begin.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, public_id: str) -> HttpResponse:
    (minutes, version, rules), me = written(request, public_id), request.user
    if not policy.may_change(me, version):
        return redirect("association:minutes", public_id)
    now_there = {**queries.words_of(version), "present": version.present, "edition": version.edition}
    counts = minutes.group.programme.keeps_head_counts
    form = MinutesForm(request.POST or None, initial=now_there, counts=counts)
    if request.method == "POST" and form.is_valid():
        said, after = form.said(), form.cleaned_data["edition"]
        done = said_yes(
            form,
            None,
            lambda: services.write_minutes(
                actor=me, minutes=minutes, said=said, after=after, now=request.now
            ),
        )
        if done:
            messages.success(request, _("Kept. Only the officers see it so far."))
            return redirect("association:minutes", public_id)
        if form.errors:
            # Whoever sends it once more has seen that there is something newer.
            form.data = {**request.POST.dict(), "edition": str(version.edition)}
    shown = queries.paper_of(me, version, rules)
    context = {"group": minutes.group, "minutes": minutes, "version": version, "form": form, "paper": shown}
    return render(request, "association/write.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def signers(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who signs: from then on it is only read."""
    (minutes, version, rules), me = written(request, public_id), request.user
    if not policy.may_change(me, version):
        return redirect("association:minutes", public_id)
    entries = queries.register_of(minutes.group, rules)
    form = SignersForm(request.POST or None, entries=entries)
    if request.method == "POST" and form.is_valid():
        members = form.members()
        done = said_yes(
            form,
            "who",
            lambda: services.ask_to_sign(actor=me, minutes=minutes, members=members, now=request.now),
        )
        if done:
            messages.success(request, _("Two are asked to sign. Nothing is changed now."))
            return redirect("association:minutes", public_id)
    context = {"group": minutes.group, "minutes": minutes, "form": form}
    return render(request, "association/signers.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def sign(request: SignedInRequest, public_id: str) -> HttpResponse:
    minutes, version, _rules = found(request, public_id)
    seen = request.POST.get("edition", "")
    edition = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    try_to(
        request,
        lambda: services.sign_minutes(actor=request.user, minutes=minutes, edition=edition, now=request.now),
        _("Signed. Thank you."),
    )
    return redirect("association:minutes", public_id)


@signed_in
@require_POST
def take_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    minutes, _version, _rules = written(request, public_id)
    try_to(
        request,
        lambda: services.take_back(actor=request.user, minutes=minutes, now=request.now),
        _("It can be changed again. Both are asked to sign anew afterwards."),
    )
    return redirect("association:minutes", public_id)


@signed_in
@require_POST
def set_aside(request: SignedInRequest, public_id: str) -> HttpResponse:
    minutes, _version, _rules = written(request, public_id)
    try_to(
        request,
        lambda: services.set_draft_aside(actor=request.user, minutes=minutes, now=request.now) or True,
        _("The draft is gone."),
    )
    return redirect("association:home", minutes.group.public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Only with a decision of a later meeting."""
    (minutes, version, _rules), me = written(request, public_id), request.user
    if not policy.may_correct(me, minutes, version):
        return redirect("association:minutes", public_id)
    approvals = {each.public_id: each.words for each in queries.approvals_for(minutes, version)}
    form = CorrectForm(request.POST or None, approvals=approvals)
    if request.method == "POST" and form.is_valid():
        by = form.cleaned_data["approved_by"]
        done = said_yes(
            form,
            "approved_by",
            lambda: services.correct_minutes(actor=me, minutes=minutes, approved_by=by, now=request.now),
        )
        if done:
            return redirect("association:write", public_id)
    context = {"group": minutes.group, "minutes": minutes, "form": form, "any": bool(approvals)}
    return render(request, "association/correct.html", context, status=422 if form.errors else 200)
