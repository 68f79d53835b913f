"""What is due afterwards, and the answer to a talk that is offered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.concerns import policy, queries, services
from companionway.concerns.forms import ReviewForm, TaskForm
from companionway.concerns.models import Task
from companionway.concerns.states import TaskKind
from companionway.foundation.policy import Refused
from companionway.people.doors import next_of, signed_in
from companionway.people.http import SignedInRequest


def _found(request: SignedInRequest, public_id: str) -> Task:
    tasks = policy.tasks_visible_to(request.user).select_related("concern__about", "person", "holder")
    return get_object_or_404(tasks, public_id=public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def task(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    is_review = found.kind == TaskKind.WHY_NOT
    form = (ReviewForm if is_review else TaskForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        do = services.review_reason if is_review else services.finish_task
        try:
            do(actor=request.user, task=found, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. Thank you."))
            return redirect(next_of(request, "concerns:mine"))
    context = {
        "task": found,
        "form": form,
        "may": policy.may_finish(request.user, found),
        "said": queries.said_of(found),
    }
    return render(request, "concerns/task.html", context)


@signed_in
@require_POST
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    wanted = request.POST.get("answer") == "yes"
    try:
        services.answer_debrief(
            actor=request.user, task=_found(request, public_id), wanted=wanted, now=timezone.now()
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        kept = (
            _("They know that you would like to talk.") if wanted else _("Noted. You can always ask for one.")
        )
        messages.success(request, kept)
    return redirect(next_of(request, "concerns:mine"))
