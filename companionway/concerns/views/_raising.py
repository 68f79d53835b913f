"""The press, and what I raised."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from companionway.concerns import policy, queries, services
from companionway.concerns.forms import RaiseForm
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Person
from companionway.ui.forms import tidy


def _about(request: SignedInRequest) -> Person | None:
    """Whom the address names, if they can be named; a wrong name never stands in the way of a press."""
    named = tidy(request.GET.get("about", ""))
    return policy.people_one_may_name(request.user).filter(public_id=named).first() if named else None


@signed_in
@require_http_methods(["GET", "POST"])
def raise_it(request: SignedInRequest) -> HttpResponse:
    me, now, about = request.user, timezone.now(), _about(request)
    asked = queries.who_is_asked(me, about, timezone.localdate(now), now)
    form = RaiseForm(
        request.POST if request.method == "POST" else None,
        about=about,
        on_call=[rung.person_id for rung in asked.others],
        initial={"press": new_public_id()},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            concern = services.raise_concern(
                actor=me,
                organisation=me.organisation,
                about=me if given.get("about_me") else about,
                subject=tidy(request.GET.get("subject", ""))[:80],
                words=given["words"],
                is_threat=given["is_threat"],
                not_to={each.pk for each in given.get("not_to", ())},
                press=given["press"],
                now=now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("concerns:concern", public_id=concern.public_id)
    return render(
        request, "concerns/raise.html", {"form": form, "asked": asked, "about": about, "shelf": asked.shelf}
    )


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    care = queries.care_for(request.user)
    return render(
        request, "concerns/mine.html", {"concerns": queries.my_concerns(request.user), "care": care}
    )
