"""The association's own page: officers and their terms, one's own entry, the minutes; and the register."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companionway.association import policy, queries
from companionway.association.views._found import own_group
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest


@signed_in
@require_safe
def home(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What every member sees."""
    (group, rules), me = own_group(request, public_id), request.user
    context = {
        "group": group,
        "offices": queries.offices_of(group, rules, request.now),
        "entry": queries.entry_of(me, group, rules),
        "listed": queries.listed(me, group),
        "may_see_register": policy.may_see_register(me, group),
        "may_write": bool(policy.may_write(me, group)),
    }
    return render(request, "association/home.html", context)


@signed_in
@require_safe
def register(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who is a member and who votes, for the officers."""
    group, rules = own_group(request, public_id)
    if not policy.may_see_register(request.user, group):
        raise Http404
    entries = queries.register_of(group, rules)
    context = {"group": group, "entries": entries, "votes": sum(each.votes for each in entries)}
    return render(request, "association/register.html", context)
