"""For the practice supervisor: pages that wait, one page in the versions agreed to, and what they write to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.reading import policy, queries, services
from companionway.reading.forms import CHANGE, RemarkForm
from companionway.reading.models import PageReading
from companionway.reading.states import ReadingState
from companionway.ui.deeds import try_to


@signed_in
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """Pages that wait for this reader, oldest first, and one's own that are asked about; not a word of either."""
    person = request.user
    reads = person.holds("supervision.hold")
    waits, answered = queries.queue_of(person) if reads else ([], [])
    own = queries.asked_of(person)
    context = {"reads": reads, "waits": waits, "answered": answered, "own": own}
    return render(request, "reading/queue.html", context)


def _row(request: SignedInRequest, public_id: str) -> PageReading:
    rows = policy.read_by(request.user).select_related("note__relationship", "supervision__supporter")
    return get_object_or_404(rows, public_id=public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def read(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One page; POST is a remark, with a wish or a signature."""
    if request.method == "POST" and (closed := _closed_meanwhile(request, public_id)):
        return closed
    row = _row(request, public_id)
    form = RemarkForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid() and _answered(request, row, form):
        return redirect("reading:queue")
    opened_at = queries.opened_at(request.user, row)
    is_open = opened_at is not None and opened_at > timezone.now() - queries.OPEN_LASTS
    context = {
        "reading": row,
        "form": form,
        "supporter": row.supervision.supporter,
        "is_open": is_open,
        "lines": queries.lines_of(row) if is_open else [],
        "before": queries.answered_by(request.user, row),
        "may_write": (opened_at is not None or form.is_bound) and row.state == ReadingState.WAITING,
    }
    return render(request, "reading/read.html", context)


def _answered(request: SignedInRequest, row: PageReading, form: RemarkForm) -> bool:
    said, wants = form.cleaned_data, form.cleaned_data["says"] == CHANGE
    try:
        services.answer_page(
            actor=request.user,
            reading=row,
            version=said["version"],
            words=said["words"],
            asks_for_change=wants,
            now=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        form.look_again(row.version)
        return False
    thanks = _("Sent. It comes back to you when they have written.") if wants else _("Signed. Thank you.")
    messages.success(request, thanks)
    return True


def _closed_meanwhile(request: SignedInRequest, public_id: str) -> HttpResponse | None:
    """The page was taken back, or changed, while somebody wrote to it: their own words come back, the page does not."""
    if policy.read_by(request.user).filter(public_id=public_id).exists():
        return None
    if not policy.opened_before(request.user).filter(public_id=public_id).exists():
        return None
    words: Any = request.POST.get("words", "")
    return render(request, "reading/closed.html", {"words": words})


@signed_in
@require_POST
def open_page(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Open the page for half an hour; both people see that it was opened."""
    row = _row(request, public_id)
    try_to(request, lambda: services.open_page(actor=request.user, reading=row, now=timezone.now()))
    return redirect("reading:read", public_id=public_id)
