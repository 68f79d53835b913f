"""For those who arrange: the plan of a room, and lists of meetings from elsewhere."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from companionway.calendars import guide, plans, policy
from companionway.calendars.forms import GuideForm, PlanForm
from companionway.foundation.policy import Refused
from companionway.meetings import queries as meetings
from companionway.meetings import services as meetings_services
from companionway.people import queries as people
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Programme


@signed_in
@require_http_methods(["GET", "POST"])
def room(request: SignedInRequest) -> HttpResponse:
    """Which of our meetings a room is taken for. The file is read and forgotten."""
    if not policy.may_read_plans(request.user):
        raise Http404
    now = timezone.now()
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        places=meetings.places_arranged_by(request.user),
    )
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        since, until = plans.window(now)
        zone = ZoneInfo(people.organisation().time_zone)
        try:
            plan = plans.read(form.cleaned_data["plan"].read(), zone, since, until)
        except plans.Unreadable as fault:
            form.add_error("plan", str(fault))
        else:
            ours = meetings.meetings_at(request.user, form.cleaned_data["place"], since, until)
            context |= {"plan": plan, "clashes": plans.clashes(ours, plan.taken)}
    return render(request, "calendars/room.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def bring(request: SignedInRequest) -> HttpResponse:
    """A list of meetings: looked at first, line by line; then the chosen ones are begun."""
    programmes = [
        each for each in meetings.programmes_to_begin_in(request.user) if guide.is_twelve_step(each)
    ]
    if not programmes:
        raise Http404
    form = GuideForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        programmes=programmes,
    )
    lines: list[guide.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            lines = guide.read(
                form.cleaned_data["text"], people.organisation().time_zone, timezone.localdate()
            )
        except guide.Unreadable as fault:
            form.add_error("file", str(fault))
        else:
            if "begin" in request.POST:
                return _begun(request, form, programmes, lines)
    context = {"form": form, "lines": lines, "text": form.cleaned_data.get("text", "") if lines else ""}
    return render(request, "calendars/bring.html", context)


def _begun(
    request: SignedInRequest, form: GuideForm, programmes: list[Programme], lines: list[guide.Line]
) -> HttpResponse:
    """Each chosen line is one deed of its own; one that is refused does not keep the others back."""
    programme = next(each for each in programmes if each.public_id == form.cleaned_data["programme"])
    chosen, count = set(request.POST.getlist("line")), 0
    for line in lines:
        if line.details is None or str(line.number) not in chosen:
            continue
        try:
            meetings_services.begin_series(
                actor=request.user, programme=programme, details=line.details, now=timezone.now()
            )
            count += 1
        except Refused as refusal:
            messages.warning(request, f"{line.name}: {refusal}")
    messages.success(request, ngettext("%d series begun.", "%d series begun.", count) % count)
    return redirect("meetings:list")
