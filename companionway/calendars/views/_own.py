"""One's own calendar: private addresses, made and taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from companionway.calendars import policy, queries, services
from companionway.calendars.forms import FeedForm
from companionway.meetings import queries as meetings
from companionway.people import queries as people
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Purpose
from companionway.ui.deeds import said_yes, try_to


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: SignedInRequest) -> HttpResponse:
    """My addresses; POST makes one, whose secret is on the answer to this press and nowhere else."""
    form, address = FeedForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        made = said_yes(
            form,
            None,
            lambda: services.make_feed(actor=request.user, now=timezone.now(), **form.cleaned_data),
        )
        if made:
            at = people.public_url(request.user.organisation)
            address = at + reverse("calendars:private", args=[made[1]])
            form = FeedForm()
    me = request.user
    context = {
        "is_invited": meetings.is_invited(me),
        "has_email": bool(me.email) and people.has_consent(me, Purpose.CONTACT_EMAIL),
        "feeds": queries.my_feeds(request.user),
        "form": form,
        "address": address,
    }
    return render(request, "calendars/mine.html", context)


@signed_in
@require_POST
def take_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The address leads nowhere from now on."""
    feed = get_object_or_404(policy.visible_to(request.user), public_id=public_id)
    try_to(
        request,
        lambda: services.take_back(actor=request.user, feed=feed, now=timezone.now()),
        _("Taken back. Whoever has the address finds nothing there."),
    )
    return redirect("calendars:mine")
