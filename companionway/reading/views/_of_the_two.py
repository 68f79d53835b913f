"""For the two whose page it is: ask, say yes, keep it between us, and see who opened it and what they wrote."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.reading import policy, queries, services
from companionway.supervision import queries as supervision
from companionway.support import policy as support_policy
from companionway.support import queries as support
from companionway.ui.deeds import try_to


def _note(request: SignedInRequest, public_id: str) -> Any:
    rows = support_policy.pages_of(request.user).select_related(
        "relationship__programme", "relationship__member", "relationship__supporter"
    )
    return get_object_or_404(rows, public_id=public_id)


@signed_in
@require_safe
def ours(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One page of ours: what would be read, by whom, how it stands."""
    note, me = _note(request, public_id), request.user
    walk = note.relationship
    shown, standing = support.page_of(note), queries.standing_of(note)
    newest = standing[0] if standing and standing[0].stands else None
    pair = (
        newest.reading.supervision if newest else supervision.current_of(walk.supporter_id, walk.programme_id)
    )
    numbers = {voice.author.pk: voice.number for voice in shown.voices}
    context = {
        "walk": walk,
        "note": note,
        "shown": shown,
        "standing": standing,
        "newest": newest,
        "reader": pair.supervisor if pair else None,
        "other": walk.other_of(me),
        "may_ask": None if newest else policy.could_ask(note, pair, None),
        "may_say_yes": policy.waits_for_yes(me, newest.reading) if newest else None,
        "may_keep": policy.may_keep(me, newest.reading) if newest else None,
        "seen": f"{numbers.get(walk.member_id, 0)}.{numbers.get(walk.supporter_id, 0)}",
    }
    return render(request, "reading/ours.html", context)


def _seen(typed: str) -> tuple[int, int] | None:
    """The two numbers a form carries; None where it carries nothing of the kind."""
    parts = typed.split(".")
    if len(parts) == 2 and all(each.isascii() and each.isdigit() and len(each) < 6 for each in parts):
        return int(parts[0]), int(parts[1])
    return None


@signed_in
@require_POST
def ask(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask that this page is read; the other is asked, too."""
    note, seen = _note(request, public_id), _seen(request.POST.get("seen", ""))
    try_to(
        request,
        lambda: services.ask_for_reading(
            actor=request.user, note=note, seen=seen or (0, 0), now=timezone.now()
        ),
        _("Asked. Nobody reads it unless the other says yes, too."),
    )
    return redirect("reading:ours", public_id=public_id)


@signed_in
@require_POST
def yes(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say yes to the version one has read."""
    row = _row(request, public_id)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    try_to(
        request,
        lambda: services.say_yes(actor=request.user, reading=row, version=version, now=timezone.now()),
        _("Thank you. You can take it back until it is signed."),
    )
    return redirect("reading:ours", public_id=row.note.public_id)


@signed_in
@require_POST
def keep(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say no, or take a yes back."""
    row = _row(request, public_id)
    try_to(
        request,
        lambda: services.keep_between_us(actor=request.user, reading=row, now=timezone.now()),
        _("This page stays between the two of you."),
    )
    return redirect("reading:ours", public_id=row.note.public_id)


def _row(request: SignedInRequest, public_id: str) -> Any:
    rows = policy.of_the_two(request.user).select_related("note__relationship")
    return get_object_or_404(rows, public_id=public_id)
