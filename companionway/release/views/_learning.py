"""Who learns, who signs, and when less is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.release import policy, queries, services
from companionway.release.forms import BeginForm
from companionway.release.models import Traineeship
from companionway.ui.deeds import try_to


@signed_in
@require_http_methods(["GET", "POST"])
def learning(request: SignedInRequest) -> HttpResponse:
    """Everybody who learns; a coordinator lets somebody begin."""
    if not (request.user.holds(policy.READ) or request.user.holds(policy.OVERSEE)):
        raise Http404
    could = queries.could_begin(request.user)
    people = [(key, f"{person.name} · {programme.name}") for key, (person, programme) in could.items()]
    form = BeginForm(request.POST or None, people=people)
    try:
        if request.method == "POST" and form.is_valid():
            person, programme = could[form.cleaned_data["who"]]
            services.begin_learning(actor=request.user, person=person, programme=programme, now=request.now)
            return redirect("release:learning")
    except Refused as refused:
        form.add_error(None, str(refused))
    page = {"rows": queries.trainees_for(request.user, request.now), "form": form if people else None}
    return render(request, "release/learning.html", page, status=422 if form.errors else 200)


def _trainee(request: SignedInRequest, public_id: str) -> Traineeship:
    found = policy.trainees_visible_to(request.user).select_related("person", "programme")
    return get_object_or_404(found, public_id=public_id)


@signed_in
@require_GET
def trainee(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The figures of one trainee, who signed, and what can be done."""
    found = _trainee(request, public_id)
    row = queries.row_of(found, request.now)
    page = {
        "row": row,
        "may_sign": policy.may_sign(request.user, found, row.evidence),
        "may_step_back": policy.may_step_back(request.user, found),
        "may_end": policy.may_end(request.user, found),
    }
    return render(request, "release/trainee.html", page)


def _done(request: SignedInRequest, public_id: str, deed: Callable[..., Any], thanks: str) -> HttpResponse:
    found = _trainee(request, public_id)
    try_to(request, lambda: deed(actor=request.user, traineeship=found, now=request.now), thanks)
    return redirect("release:trainee", public_id)


@signed_in
@require_POST
def sign(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A mentor signs for the next stage."""
    return _done(request, public_id, services.sign, _("You have signed."))


@signed_in
@require_POST
def step_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Every reply is read again."""
    return _done(request, public_id, services.step_back, _("Every reply is read again."))


@signed_in
@require_POST
def end(request: SignedInRequest, public_id: str) -> HttpResponse:
    """They write on their own, for good."""
    return _done(request, public_id, services.end_learning, _("They write on their own now."))
