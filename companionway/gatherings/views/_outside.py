"""Something left the room: a page for whoever may come, and a line for those who hold it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.gatherings import finding, services
from companionway.gatherings.forms import OutsideForm
from companionway.gatherings.models import Outside
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_http_methods(["GET", "POST"])
def outside(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say that a picture or words of these meetings are outside; nobody learns who said it."""
    meeting = finding.meeting_of(request, public_id)
    keeps = meeting.series.programme.keeps_notes
    form = OutsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (not keeps or form.is_valid()):
        words = form.cleaned_data["words"] if keeps else ""
        deed = lambda: services.say_outside(actor=request.user, meeting=meeting, words=words, now=request.now)  # noqa: E731
        if keeps and said_yes(form, None, deed) is not None:
            return redirect(f"{request.path}?done=1")
        if not keeps and try_to(request, deed, _("Thank you for saying it.")):
            return redirect(f"{request.path}?done=1")
    context = {"meeting": meeting, "form": form, "keeps": keeps, "is_done": request.GET.get("done") == "1"}
    return render(request, "gatherings/outside.html", context)


@signed_in
@require_POST
def brought(request: SignedInRequest, public_id: str, outside_id: str) -> HttpResponse:
    """Those who hold it: it was talked about with the group."""
    meeting = finding.held_of(request, public_id)
    found = get_object_or_404(Outside, series=meeting.series_id, public_id=outside_id)
    try_to(
        request,
        lambda: services.bring_to_group(actor=request.user, meeting=meeting, outside=found, now=request.now),
    )
    return redirect("gatherings:after", public_id=public_id)
