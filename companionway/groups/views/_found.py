"""The group of an address, for whoever may open it there; a stranger finds nothing."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from companionway.groups import policy
from companionway.groups.models import Group
from companionway.people.group_rules import GroupRules
from companionway.people.http import SignedInRequest

WITH = ("programme", "space")


def found(request: SignedInRequest, public_id: str) -> Group:
    """Whoever may find it without joining."""
    return get_object_or_404(policy.visible_to(request.user).select_related(*WITH), public_id=public_id)


def own(request: SignedInRequest, public_id: str) -> Group:
    """Whoever belongs to it."""
    return get_object_or_404(policy.belonging_to(request.user).select_related(*WITH), public_id=public_id)


def arranged(request: SignedInRequest, public_id: str) -> Group:
    """Whoever holds it, and the team."""
    group = found(request, public_id)
    if not policy.may_arrange(request.user, group, request.now):
        raise Http404
    return group


def led(request: SignedInRequest, public_id: str) -> Group:
    """Whoever holds the frame."""
    group = own(request, public_id)
    if not policy.holds_frame(request.user, group, request.now):
        raise Http404
    return group


def rules_of(group: Group) -> GroupRules:
    if (rules := GroupRules.of(group.programme)) is None:
        raise Http404
    return rules
