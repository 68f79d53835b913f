"""The door of a real room: a device that stands there as nobody, and the same page on one's own phone."""

from __future__ import annotations

from datetime import datetime

import segno
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.gatherings import finding, policy, services, tickets
from companionway.gatherings.forms import ArrivalForm, what_is_wrong
from companionway.gatherings.states import Arrival
from companionway.meetings.models import Meeting
from companionway.people import services as people
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.queries import organisation

HERE, KIOSK = "here", "kiosk"


@signed_in
@require_safe
def sheet(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A picture for the door that leads to the check-in, and a button that makes this device the door."""
    meeting = finding.held_of(request, public_id)
    code = tickets.code_of(meeting.public_id, HERE)
    address = request.build_absolute_uri(reverse("gatherings:here", args=[meeting.public_id, code]))
    picture = segno.make(address).svg_data_uri(scale=6, border=3, dark="#000", light="#fff")
    context = {
        "meeting": meeting,
        "picture": picture,
        "address": address,
        "arrival": policy.arrival_at(meeting),
    }
    return render(request, "gatherings/sheet.html", context)


@signed_in
@require_POST
def begin_kiosk(request: SignedInRequest, public_id: str) -> HttpResponse:
    """This device becomes the door: whoever holds the meeting is signed out here first."""
    meeting = finding.held_of(request, public_id)
    key = str(request.session.session_key)
    people.sign_out(actor=request.user, session_key=key, now=request.now)
    request.session.flush()
    code = tickets.code_of(meeting.public_id, KIOSK)
    return redirect("gatherings:kiosk", public_id=meeting.public_id, code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """On one's own phone, by the picture at the door. Who is signed in there is not asked."""
    return _check_in(request, public_id, code, HERE)


@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """The device at the door: one after another."""
    return _check_in(request, public_id, code, KIOSK)


def _check_in(request: HttpRequest, public_id: str, code: str, kind: str) -> HttpResponse:
    if not tickets.is_code(code, public_id, kind):
        raise Http404
    ours = Meeting.objects.filter(series__programme__organisation=organisation().pk)
    meeting = get_object_or_404(ours.select_related("series__programme"), public_id=public_id)
    arrival = policy.arrival_at(meeting)
    form = ArrivalForm(
        request.POST if request.method == "POST" else None,
        initial={"client_id": get_random_string(22)},
        asks_name=arrival == Arrival.NAMED,
    )
    by_script = request.headers.get("X-Requested-With") == "fetch"
    if request.method == "POST" and form.is_valid() and _arrived(meeting, form):
        if by_script:
            return JsonResponse({})
        return redirect(f"{request.path}?done=1")
    if by_script:
        return JsonResponse({"error": what_is_wrong(form)}, status=422)
    context = {
        "meeting": meeting, "form": form, "arrival": arrival, "is_kiosk": kind == KIOSK,
        "may_check_in": policy.may_check_in(meeting, timezone.now()), "is_done": request.GET.get("done") == "1",
    }  # fmt: skip
    return render(request, "gatherings/check_in.html", context)


def _arrived(meeting: Meeting, form: ArrivalForm) -> bool:
    said = form.cleaned_data
    now = timezone.now()
    came_at: datetime = said["came_at"] or now
    try:
        services.check_in(
            actor=None,
            meeting=meeting,
            name=said["name"],
            client_id=said["client_id"] or get_random_string(22),
            came_at=came_at,
            now=now,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
