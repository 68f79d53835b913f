"""The group or the minutes of an address, for whoever may open them there; a stranger finds nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from companionway.association import policy, queries
from companionway.association.models import Minutes, Version
from companionway.people.group_rules import GroupRules
from companionway.people.http import SignedInRequest


def own_group(request: SignedInRequest, public_id: str) -> tuple[Any, GroupRules]:
    """A group of members, and what its tradition says; nothing where there is no register."""
    rows = policy.groups_of(request.user).select_related("programme__organisation")
    group = get_object_or_404(rows, public_id=public_id)
    if (rules := policy.rules_of(group)) is None:
        raise Http404
    return group, rules


def led_group(request: SignedInRequest, public_id: str) -> tuple[Any, GroupRules]:
    """For the one who writes its minutes."""
    group, rules = own_group(request, public_id)
    if not policy.may_write(request.user, group):
        raise Http404
    return group, rules


def found(request: SignedInRequest, public_id: str) -> tuple[Minutes, Version, GroupRules]:
    """The minutes, and the newest version this person may read."""
    rows = policy.visible_to(request.user).select_related("group__programme__organisation")
    minutes = get_object_or_404(rows, public_id=public_id)
    version, rules = queries.newest_of(request.user, minutes), policy.rules_of(minutes.group)
    if version is None or rules is None:
        raise Http404
    return minutes, version, rules


def written(request: SignedInRequest, public_id: str) -> tuple[Minutes, Version, GroupRules]:
    """For the one who writes them."""
    minutes, version, rules = found(request, public_id)
    if not policy.may_write(request.user, minutes.group):
        raise Http404
    return minutes, version, rules
