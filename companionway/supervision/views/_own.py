"""My own supervision: who holds me, whom I hold, choosing, and what I say of myself as a supervisor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.reasoning.supervision import MOST_EACH
from companionway.supervision import policy, queries, services
from companionway.supervision.forms import ChooseForm, SupervisingForm
from companionway.supervision.views._doors import my_programme
from companionway.ui.deeds import said_yes


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Where I am held, and whom I hold."""
    person, today = request.user, timezone.localdate()
    pairs = queries.pairs_of(person)
    held = queries.where_held(person, pairs)
    mine_too = [(person.pk, programme.pk) for programme, _row in held]
    owed = queries.people_owed(mine_too + [(each.supporter_id, each.programme_id) for each in pairs], today)
    rows = [
        {"programme": programme, "pair": row, "owed": owed.get((person.pk, programme.pk))}
        for programme, row in held
    ]
    supervises = [each for each, _row in held if policy.may_hold(person, each)]
    context = {
        "rows": rows,
        "supervises": supervises,
        "held_by_me": queries.held_by_me(person, pairs, owed),
        "debriefs": queries.debriefs_open(person),
        "carries": policy.carries_others(person),
        "may_sit": policy.may_open_circle(person),
        "extras": queries.my_extra_places(person),
    }
    return render(request, "supervision/mine.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def choose(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Choose a practice supervisor, or another one."""
    programme, held = my_programme(request, public_id)
    choices = queries.choices_for(request.user, programme, other_than=held.supervisor_id if held else None)
    form = ChooseForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        made = said_yes(
            form,
            "person",
            lambda: services.arrange(
                actor=request.user,
                programme=programme,
                supporter=request.user,
                supervisor=form.chosen,
                in_training=form.cleaned_data["in_training"],
                now=timezone.now(),
            ),
        )
        if made:
            messages.success(request, _("They are there for you from now on."))
            return redirect("supervision:pair", public_id=made.public_id)
    context = {"form": form, "programme": programme, "choices": choices, "held": held}
    return render(request, "supervision/choose.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def supervising(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What I say of myself as a practice supervisor here."""
    mine = policy.programmes_held_in(request.user)
    programme = get_object_or_404(mine, public_id=public_id)
    row = queries.supervising_of(request.user, programme)
    start = {
        "has_lived_it": bool(row and row.has_lived_it),
        "takes_more": row.takes_more if row else True,
        "most": row.most if row else MOST_EACH,
    }
    form = SupervisingForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        services.offer_supervising(actor=request.user, programme=programme, now=now, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("supervision:mine")
    return render(request, "supervision/supervising.html", {"form": form, "programme": programme})
