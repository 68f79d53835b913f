"""Looking without joining; asking for a place, waiting, taking it, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companionway.groups import device, policy, queries, services
from companionway.groups.models import Membership, Waiting
from companionway.groups.views._found import found, own
from companionway.people.doors import signed_in
from companionway.people.group_rules import GroupRules
from companionway.people.http import SignedInRequest
from companionway.people.models import Programme
from companionway.ui.deeds import try_to


@signed_in
@require_safe
def every(request: SignedInRequest) -> HttpResponse:
    """Every group one may find. Nobody is told that one looked."""
    listed = queries.groups_for(request.user, device.remembered(request).kept)
    arranged = Programme.objects.filter(pk__in=request.user.programmes_with(policy.ARRANGE))
    context = {
        "mine": [each for each in listed if each.is_mine],
        "kept": [each for each in listed if each.is_kept and not each.is_mine],
        "others": [each for each in listed if not each.is_mine and not each.is_kept],
        "left_out": queries.left_out_of(request.user),
        "begins_in": [each for each in arranged.order_by("name", "pk") if GroupRules.of(each)],
    }
    return render(request, "groups/list.html", context)


@signed_in
@require_safe
def one(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What happens there, what was agreed, who holds it, when: all of it before anybody joins."""
    group, me, now = found(request, public_id), request.user, request.now
    page = queries.page_of(me, group, now)
    if page is None:
        return redirect("groups:list")
    how = page.how
    belongs = policy.belongs(me, group, how)
    may_ask = policy.may_ask(me, group, now, how)
    may_take = page.waiting and policy.may_take(me, group, page.waiting, now, how)
    offers_others = group.has_list and not (belongs or may_ask or how.is_member)
    context = {
        "page": page,
        "how": how,
        "group": group,
        "belongs": belongs,
        "may_ask": may_ask,
        "may_stand_on_tree": group.programme.keeps_register and group.age_band == "adult",
        "may_take": bool(may_take),
        "may_arrange": bool(policy.may_arrange(me, group, now, how)),
        "may_open_space": bool(policy.may_open_space(me, group, now, how)),
        "is_kept": how.is_kept or group.public_id in device.remembered(request).kept,
        "talks": queries.talks_of_three_for(me, group) if belongs and how.is_asked else [],
        "wishes": queries.talk_wishes_for(me, group) if belongs and how.is_asked else [],
        "others": queries.others_for(me, group) if offers_others else [],
    }
    return render(request, "groups/group.html", context)


@signed_in
@require_POST
def keep(request: SignedInRequest, public_id: str) -> HttpResponse:
    """On or off one's own list; where no list of people is kept, on this device only."""
    group, me = found(request, public_id), request.user
    wants, here = "off" not in request.POST, device.remembered(request)
    response = redirect("groups:group", public_id)
    here.kept = [each for each in here.kept if each != group.public_id]
    if group.programme.keeps_register:
        deed = services.keep_in_list if wants else services.take_off_list
        try_to(request, lambda: deed(actor=me, group=group, now=request.now))
    elif wants:
        here.kept.append(group.public_id)
    device.remember(request, response, here)
    return response


@signed_in
@require_POST
def ask(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask for a place."""
    group = found(request, public_id)
    done = try_to(request, lambda: services.ask_for_place(actor=request.user, group=group, now=request.now))
    if isinstance(done, Membership):
        messages.success(request, _("You belong to this group now. Read at the door what it agreed."))
    elif done is not None:
        messages.success(request, _("You are on the list. Places go to whoever asked first."))
    return redirect("groups:group", public_id)


@signed_in
@require_POST
def take(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Yes to the place that is held."""
    group, me = found(request, public_id), request.user
    waiting = get_object_or_404(Waiting.objects.select_related("group__programme"), group=group, person=me)
    try_to(
        request,
        lambda: services.take_place(actor=me, waiting=waiting, now=request.now),
        _("The place is yours. Welcome."),
    )
    return redirect("groups:group", public_id)


@signed_in
@require_POST
def leave_queue(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Wait no longer; nothing stays of it."""
    group = found(request, public_id)
    try_to(
        request,
        lambda: services.leave_queue(actor=request.user, group=group, now=request.now),
    )
    messages.success(request, _("You wait no longer. Nothing of it is kept."))
    return redirect("groups:list")


@signed_in
@require_POST
def leave(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Leave, without a reason and without a word to the others."""
    group = own(request, public_id)
    try_to(request, lambda: services.leave_group(actor=request.user, group=group, now=request.now))
    messages.success(request, _("You have left. Nobody is told. You can come back and ask again."))
    return redirect("groups:list")
