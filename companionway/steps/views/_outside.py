"""What moved into ordinary life, and what will happen at a meeting: read and written by oneself alone."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.models import new_public_id
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.steps import picture, queries, services
from companionway.steps.forms import ContactForm
from companionway.steps.states import Outside
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_safe
def outside(request: SignedInRequest) -> HttpResponse:
    """Contacts in ordinary life; with `?here=1`, for this one look, beside the days on which one wrote here."""
    contacts = queries.own_book(request.user).outside
    months = queries.months_outside(contacts, timezone.localdate(request.now))
    wants_here = request.GET.get("here") == "1"
    rows = [(each, Outside(each.kind).label) for each in contacts]
    context = {
        "contacts": sorted(rows, key=lambda row: row[0].on, reverse=True),
        "bars": picture.of_months(months) if contacts else [],
        "less": queries.needing_less(request.user, contacts, request.now) if wants_here else None,
    }
    return render(request, "steps/outside.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: SignedInRequest, entry: str = "") -> HttpResponse:
    before = next((each for each in queries.own_book(request.user).outside if each.key == entry), None)
    if entry and before is None:
        raise Http404
    initial = (
        {name: getattr(before, name) for name in ("key", "on", "kind", "words", "felt")}
        if before
        else {"key": new_public_id(), "on": timezone.localdate(request.now)}
    )
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        kept = said_yes(
            form, None, lambda: services.keep_contact(actor=request.user, said=said, now=request.now)
        )
        if kept:
            return redirect("steps:outside")
    return render(request, "steps/contact.html", {"form": form, "entry": entry})


@signed_in
@require_POST
def remove_contact(request: SignedInRequest, entry: str) -> HttpResponse:
    if all(each.key != entry for each in queries.own_book(request.user).outside):
        raise Http404
    try_to(
        request,
        lambda: services.take_contact_away(actor=request.user, key=entry, now=request.now),
        _("Taken away. Nothing of it is left."),
    )
    return redirect("steps:outside")


@signed_in
@require_safe
def before_going(request: SignedInRequest, public_id: str) -> HttpResponse:
    """See what will happen, minute by minute. That somebody read it is written down nowhere."""
    ahead = queries.before_going(request.user, public_id, request.now)
    if ahead is None:
        raise Http404
    return render(request, "steps/before_going.html", {"ahead": ahead})
