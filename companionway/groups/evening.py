"""At the door of a group's evening: what the group agreed, as far as this person has not said yes to it yet."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.gatherings.asking import Asked, Remember
from companionway.gatherings.asking import register as register_asking
from companionway.groups import device, policy, queries, services
from companionway.groups.models import Group
from companionway.meetings.models import Meeting
from companionway.people.http import SignedInRequest


def ask(request: SignedInRequest, meeting: Meeting) -> Asked | None:
    """The newest words, until this person (or, where nobody keeps it, this device) has agreed to them."""
    rows = Group.objects.filter(meets__series=meeting.series_id, ended_at=None)
    group = rows.select_related("programme", "space").first()
    if group is None or not (newest := queries.newest_number(group)):
        return None
    is_kept = _is_kept(request, group)
    here = device.remembered(request).agreed.get(group.public_id, 0)
    agreed = policy.agreed_by(request.user, group) if is_kept else here
    if agreed == newest or not (sentences := queries.agreement_of(group)):
        return None
    new, gone = queries.what_changed(group, agreed) if agreed else ([], [])
    return Asked(newest, sentences, new, gone, is_kept, lambda number: _say_yes(request, group, number))


def _is_kept(request: SignedInRequest, group: Group) -> bool:
    """Of those who belong, where the tradition keeps such a list. A guest of one evening is written down nowhere."""
    return group.programme.keeps_register and bool(policy.belongs(request.user, group))


def _say_yes(request: SignedInRequest, group: Group, number: int) -> Remember:
    if _is_kept(request, group):
        services.agree_at_the_door(actor=request.user, group=group, number=number, now=request.now)
        return _nothing
    if number != queries.newest_number(group):
        raise Refused(_("The group has agreed other words meanwhile. Please read them once more."))
    here = device.remembered(request)
    here.agreed[group.public_id] = number
    return lambda answer: device.remember(request, answer, here)


def _nothing(answer: HttpResponse) -> None:
    """It stands in the group's own list."""


def register() -> None:
    register_asking("groups", ask)
