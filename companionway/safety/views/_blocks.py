from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.safety import policy, queries, services


@signed_in
@require_safe
def blocks(request: SignedInRequest) -> HttpResponse:
    return render(request, "safety/blocks.html", {"blocks": queries.my_blocks(request.user)})


@signed_in
@require_http_methods(["GET", "POST"])
def block(request: SignedInRequest, public_id: str) -> HttpResponse:
    person = get_object_or_404(policy.people_within_reach(request.user), public_id=public_id)
    if request.method == "POST":
        services.block_person(actor=request.user, person=person, now=timezone.now())
        messages.success(request, _("Done. Nothing more will come from this person."))
        return redirect("safety:blocks")
    return render(request, "safety/block.html", {"person": person})


@signed_in
@require_POST
def lift(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(queries.my_blocks(request.user), blocked__public_id=public_id)
    services.lift_block(actor=request.user, person=found.blocked, now=timezone.now())
    messages.success(request, _("You have taken the block back."))
    return redirect("safety:blocks")
