"""For coordinators: that relationships exist, their state and dates; and the one way to a note, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people.http import SignedInRequest
from companionway.support import policy, queries, services
from companionway.support.forms import LookForm
from companionway.ui.deeds import try_to

ROWS = 50


@login_required
@require_safe
def oversee(request: SignedInRequest) -> HttpResponse:
    if not request.user.holds("support.oversee"):
        raise Http404
    rows = queries.overseen(request.user)
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    talks = queries.talks_to_open(request.user, shown.object_list)
    listed = [(row, talks.get(row.conversation_id or 0)) for row in shown]
    return render(request, "support/oversee.html", {"page": shown, "listed": listed})


@login_required
@require_POST
def ages(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The ages of the two no longer fit: they go on, or an ending begins."""
    found = get_object_or_404(policy.overseen_by(request.user), public_id=public_id)
    if found.includes(request.user):
        raise Http404
    goes_on, now = request.POST.get("goes_on") == "1", timezone.now()
    try_to(
        request,
        lambda: services.decide_on_ages(actor=request.user, relationship=found, goes_on=goes_on, now=now),
        _("Both are told in their conversation."),
    )
    return redirect("support:oversee")


@login_required
@require_http_methods(["GET", "POST"])
def look_at_note(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask for the reason first; show the note for a short while after it was given."""
    seen = policy.visible_to(request.user).select_related("programme", "member", "supporter")
    relationship = get_object_or_404(seen, public_id=public_id)
    if not policy.may_look_at_note(request.user, relationship):
        raise Http404
    form = LookForm(request.POST if request.method == "POST" else None)
    context = {"relationship": relationship, "words": relationship.programme.words, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            services.look_at_note(
                actor=request.user, relationship=relationship, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Both people are shown that you looked, and why."))
            return redirect("support:look_at_note", public_id=public_id)
    if queries.is_looking(request.user, relationship, timezone.now()):
        return render(request, "support/looked_at.html", {**context, "pages": queries.note_of(relationship)})
    return render(request, "support/look_at_note.html", context)
