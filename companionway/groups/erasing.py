"""This room's part of "delete everything": they belong and wait nowhere; what the group decided stays its own."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.groups.models import (
    Agreed,
    Group,
    Kept,
    LeftOut,
    Meets,
    Membership,
    OnTree,
    Pin,
    Poll,
    Proposal,
    SpacePause,
    TalkOfThree,
    TalkWish,
    Waiting,
)
from companionway.groups.services._joining import offer_places
from companionway.groups.services._talking import forget_talk
from companionway.groups.states import ProposalState
from companionway.people.models import Person


def part(person: Person, now: datetime) -> dict[str, int]:
    """Their open proposals and polls go with their words; what was decided and what is agreed is the group's."""
    freed = set(Membership.objects.filter(person=person).values_list("group_id", flat=True))
    freed |= set(Waiting.objects.filter(person=person).values_list("group_id", flat=True))
    rows = 0
    for model in (Membership, Waiting, Kept, Agreed, OnTree):
        rows += model._default_manager.filter(person=person).delete()[0]
    SpacePause.objects.filter(Q(person=person) | Q(by=person)).delete()
    Proposal.objects.filter(leaves_out__person=person).delete()
    LeftOut.objects.filter(person=person).delete()
    LeftOut.objects.filter(by=person).update(sealed_reason=None)
    in_it = Q(third=person) | Q(one=person) | Q(other=person)
    for talk in TalkOfThree.objects.filter(in_it).select_related("conversation"):
        forget_talk(talk, now)
    TalkWish.objects.filter(Q(person=person) | Q(to=person)).delete()
    rows += Proposal.objects.filter(by=person, state=ProposalState.OPEN).delete()[0]
    rows += Poll.objects.filter(by=person, closed_at=None).delete()[0]
    Proposal.objects.filter(by=person).update(by=None)
    Poll.objects.filter(by=person).update(by=None)
    rows += Pin.objects.filter(pinned_by=person).delete()[0]
    for meets in Meets.objects.filter(series__holders__person=person).select_related("series"):
        meets.series.holders.filter(person=person, until_at=None).update(until_at=now)
    for group in Group.objects.filter(pk__in=freed).select_related("programme", "space").order_by("pk"):
        offer_places(group, now)
    return {"group_rows": rows}
