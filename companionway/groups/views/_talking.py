"""A talk of three: invite to it, yes or rather not, its end; and what to do when something of ours is outside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.groups import policy, queries, services
from companionway.groups.forms import TalkOfThreeForm
from companionway.groups.models import TalkOfThree
from companionway.groups.views._found import own, rules_of
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Person
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_http_methods(["GET", "POST"])
def talk_of_three(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Whoever holds the group invites two of it; anybody else asks for a third to be there."""
    group, me, now = own(request, public_id), request.user, request.now
    leads = policy.holds_frame(me, group, now)
    wrote = queries.who_wrote_in(group, me)
    holders = [each for each in queries.holders_of(group, rules_of(group)) if each.is_frame]
    form = TalkOfThreeForm(
        request.POST or None,
        people=[(each.public_id, each.name) for each in wrote],
        holders=[] if leads else [(each.public_id, each.name) for each in holders],
    )
    if request.method == "POST" and form.is_valid():
        found = {each.public_id: each for each in Person.objects.filter(public_id__in=form.chosen)}
        third, one, other = (found.get(each, me) for each in form.chosen)
        if said_yes(
            form,
            None,
            lambda: services.invite_to_talk(
                actor=me, group=group, third=third, one=one, other=other, now=now
            ),
        ):
            messages.success(request, _("They are asked. It begins only if everybody says yes."))
            return redirect("groups:group", public_id)
    context = {"group": group, "form": form, "leads": leads, "any": wrote and (leads or holders)}
    return render(request, "groups/talk_of_three.html", context, status=422 if form.errors else 200)


def _talk(request: SignedInRequest, public_id: str) -> TalkOfThree:
    rows = policy.talks_of_three_visible_to(request.user).select_related("group")
    return get_object_or_404(rows, public_id=public_id)


@signed_in
@require_POST
def say_to_talk(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Yes, or rather not."""
    row, is_yes = _talk(request, public_id), "no" not in request.POST
    try_to(
        request,
        lambda: services.say_to_talk(actor=request.user, row=row, is_yes=is_yes, now=request.now) or True,
        _("Thank you. It begins when everybody has said yes.")
        if is_yes
        else _("It does not take place. Nobody reads who said so."),
    )
    return redirect("groups:group", row.group.public_id)


@signed_in
@require_POST
def end_talk_of_three(request: SignedInRequest, public_id: str) -> HttpResponse:
    """They have talked, or one would rather not any more."""
    row = _talk(request, public_id)
    try_to(
        request,
        lambda: services.end_talk_of_three(actor=request.user, row=row, now=request.now) or True,
        _("It is over, and its words are gone."),
    )
    return redirect("groups:group", row.group.public_id)


@signed_in
@require_safe
def outside(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Words or pictures of the group were seen elsewhere: whom to tell, and how the group decides about it."""
    return render(request, "groups/outside.html", {"group": own(request, public_id)})
