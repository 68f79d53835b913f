"""What the group decides together: proposals, and polls that know no names."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.groups import device, policy, queries, services
from companionway.groups.forms import AgreementForm, PollForm, ProposalForm, lines_of
from companionway.groups.models import Group
from companionway.groups.states import ProposalKind, Voice
from companionway.groups.views._found import own
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to

WHEN_OUTSIDE = gettext_lazy(
    "Something of our group was seen outside. I propose that we talk about it at the next meeting and decide."
)


@signed_in
@require_safe
def decisions(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What stands to be decided, what was decided, and polls."""
    group, me, token = own(request, public_id), request.user, device.remembered(request).token

    def with_own(rows: list[queries.Standing]) -> list[tuple[queries.Standing, bool]]:
        voted = queries.have_voted(me, group, [each.thing for each in rows if each.is_open], token)
        return [(each, each.thing.place in voted) for each in rows]

    context = {
        "group": group,
        "proposals": with_own(queries.proposals_of(group)),
        "polls": with_own(queries.polls_of(group)),
        "voices": Voice.choices,
        "keeps": group.programme.keeps_register,
    }
    return render(request, "groups/decisions.html", context)


def _proposed(request: SignedInRequest, group: Group, form: Any, field: str, **said: Any) -> bool:
    done = said_yes(
        form,
        field,
        lambda: services.propose(actor=request.user, group=group, now=request.now, **said),
    )
    if done:
        messages.success(request, _("It stands for a week, for everybody of the group to decide."))
    return bool(done)


@signed_in
@require_http_methods(["GET", "POST"])
def propose_agreement(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Other words for what the group agreed."""
    group = own(request, public_id)
    form = AgreementForm(request.POST or None, initial={"sentences": "\n".join(queries.agreement_of(group))})
    if request.method == "POST" and form.is_valid():
        sentences = lines_of(form.cleaned_data["sentences"])
        if _proposed(request, group, form, "sentences", kind=ProposalKind.AGREEMENT, sentences=sentences):
            return redirect("groups:decisions", public_id)
    context = {"group": group, "form": form, "title": _("Other words for what we agree")}
    return render(request, "groups/propose.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put something to the group."""
    group, initial = own(request, public_id), {"kind": ProposalKind.MOTION, "words": WHEN_OUTSIDE}
    form = ProposalForm(request.POST or None, initial=initial if "outside" in request.GET else None)
    is_given = request.method == "POST" and form.is_valid()
    if is_given and _proposed(request, group, form, "words", **form.cleaned_data):
        return redirect("groups:decisions", public_id)
    context = {"group": group, "form": form, "title": _("Propose something")}
    return render(request, "groups/propose.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def new_poll(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask the group something."""
    group, form, me = own(request, public_id), PollForm(request.POST or None), request.user
    if request.method == "POST" and form.is_valid():
        question, options = form.cleaned_data["question"], lines_of(form.cleaned_data["options"])
        if said_yes(
            form,
            "options",
            lambda: services.open_poll(
                actor=me, group=group, question=question, options=options, now=request.now
            ),
        ):
            messages.success(request, _("Asked. What was answered is shown in a week."))
            return redirect("groups:decisions", public_id)
    context = {"group": group, "form": form, "title": _("Ask the group")}
    return render(request, "groups/propose.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def vote(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = policy.proposals_visible_to(request.user).select_related("group__programme")
    row, here = get_object_or_404(rows, public_id=public_id), device.remembered(request)
    voice = request.POST.get("voice", "")
    try_to(
        request,
        lambda: (
            services.vote(actor=request.user, proposal=row, voice=voice, device=here.token, now=request.now)
            or True
        ),
        _("Counted. Nobody sees how you voted."),
    )
    response = redirect("groups:decisions", row.group.public_id)
    device.remember(request, response, here)
    return response


@signed_in
@require_POST
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = policy.polls_visible_to(request.user).select_related("group__programme")
    row, here = get_object_or_404(rows, public_id=public_id), device.remembered(request)
    given = request.POST.get("place", "")
    place = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 0
    try_to(
        request,
        lambda: (
            services.answer_poll(
                actor=request.user, poll=row, place=place, device=here.token, now=request.now
            )
            or True
        ),
        _("Counted. Nobody sees what you answered."),
    )
    response = redirect("groups:decisions", row.group.public_id)
    device.remember(request, response, here)
    return response
