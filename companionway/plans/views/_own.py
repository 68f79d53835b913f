"""A plan of one's own: its owner's pages.

Neither address nor title says what it is: a slug stands for the kind, a number for the part.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people import queries as people
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.plans import policy, queries, services
from companionway.plans.beside import beside_plan_of
from companionway.plans.forms import PartForm, ShareForm
from companionway.plans.kinds import HARD_DAYS, KINDS, Kind, Prompt
from companionway.plans.queries import PartShown


def _prompt(kind: Kind, number: int) -> Prompt:
    if not 1 <= number <= len(kind.prompts):
        raise Http404
    return kind.prompts[number - 1]


@signed_in
@require_safe
def plan(request: SignedInRequest, kind: Kind) -> HttpResponse:
    parts = queries.plan_of(request.user, kind, request.now)
    context = {
        "kind": kind,
        "parts": parts,
        "overrides": queries.overrides_of(request.user, kind) if kind.is_for_danger else [],
        "is_begun": any(each.is_written for each in parts),
        "numbers_at": _numbers_at(parts),
        "is_shared": any(each.shares for each in parts),
    }
    return render(request, "plans/plan.html", context)


def _numbers_at(parts: list[PartShown]) -> str:
    """Where on the page the first button to call or text is; nothing where there is none, or it is at the top."""
    numbers = [each.number for each in parts if any(contact.href for contact in each.contacts)]
    return f"#part-{numbers[0]}" if numbers and numbers[0] > 1 else ""


@signed_in
@require_safe
def paper(request: SignedInRequest, kind: Kind) -> HttpResponse:
    parts = [each for each in queries.plan_of(request.user, kind, request.now) if each.is_written]
    return render(request, "plans/paper.html", {"kind": kind, "parts": parts})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: SignedInRequest, kind: Kind, number: int) -> HttpResponse:
    prompt = _prompt(kind, number)
    shown = queries.part_of(request.user, kind, prompt)
    form = PartForm(request.POST if request.method == "POST" else None, shown=shown)
    if request.method == "POST" and form.is_valid():
        services.write_part(
            actor=request.user,
            kind=kind,
            prompt=prompt,
            words=form.cleaned_data["words"],
            contacts=form.contacts(),
            now=request.now,
        )
        messages.success(request, _("Kept. Only you see it, unless you share it."))
        return redirect("plans:plan", kind)
    return render(request, "plans/part.html", {"kind": kind, "form": form, "shown": shown})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: SignedInRequest, kind: Kind, number: int) -> HttpResponse:
    prompt, me = _prompt(kind, number), request.user
    parts = queries.plan_of(me, kind, request.now)
    shown = next(each for each in parts if each.prompt == prompt)
    typed = request.POST if request.method == "POST" else None
    form = ShareForm(typed, actor=me, shown=shown, written=parts)
    if request.method == "POST" and form.is_valid():
        try:
            services.share_parts(
                actor=me,
                kind=kind,
                parts=form.parts(),
                reader=form.cleaned_data["reader"],
                lasts=form.cleaned_data["lasts"],
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Shared. You can stop it at any moment."))
            return redirect("plans:share", kind, number)
    return render(request, "plans/share.html", {"kind": kind, "form": form, "shown": shown})


@signed_in
@require_POST
def stop(request: SignedInRequest, public_id: str) -> HttpResponse:
    one = get_object_or_404(policy.shares_visible_to(request.user), public_id=public_id)
    services.stop_shares(actor=request.user, share=one, now=request.now)
    messages.success(request, _("Stopped. They cannot open it any more."))
    kind = KINDS[one.kind]
    return redirect("plans:share", kind, kind.number(one.part))


@signed_in
@require_POST
def stop_all(request: SignedInRequest, kind: Kind) -> HttpResponse:
    services.stop_shares(actor=request.user, kind=kind, now=request.now)
    messages.success(request, _("Stopped. Nobody else can open any part of it."))
    return redirect("plans:plan", kind)


@signed_in
@require_safe
def as_seen(request: SignedInRequest, kind: Kind, public_id: str) -> HttpResponse:
    reader = get_object_or_404(policy.circle_of(request.user, kind), public_id=public_id)
    context = {
        "kind": kind,
        "reader": reader,
        "owner": request.user,
        "parts": queries.parts_open_to(reader, request.user, request.now),
        "needs": people.needs_of(request.user),
    }
    return render(request, "plans/as_seen.html", context)


@signed_in
@require_safe
def device(request: SignedInRequest) -> HttpResponse:
    """Whether this device keeps a copy for times without a connection: the device alone knows and decides."""
    return render(request, "plans/device.html", {"kind": HARD_DAYS})


@signed_in
@require_safe
def kept(request: SignedInRequest) -> HttpResponse:
    """The page that a device keeps when its owner wants it to; never one that other people use too."""
    if request.shared:
        raise Http404
    parts = [each for each in queries.plan_of(request.user, HARD_DAYS, request.now) if each.is_written]
    context = {"parts": parts, "beside": beside_plan_of(request.user), "kept_at": request.now}
    answer = render(request, "plans/kept.html", context)
    # By this the device notices that somebody else is signed in, and throws the copy away.
    answer.headers["X-Kept-For"] = request.user.public_id
    return answer
