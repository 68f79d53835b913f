"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.groups import opening
from companionway.groups.models import (
    AgreementVersion,
    Group,
    LeftOut,
    Pin,
    Poll,
    Proposal,
    SpacePause,
    TalkOfThree,
    TalkWish,
)
from companionway.groups.services._talking import forget_talk


def _ended(before: datetime, now: datetime) -> int:
    """Groups that ended: their words go with their key, and everything about who belonged."""
    rows = 0
    for group in Group.objects.filter(ended_at__lt=before, versions__isnull=False).distinct():
        for model in (AgreementVersion, Proposal, Poll, Pin):
            rows += model._default_manager.filter(group=group).delete()[0]
        rows += group.members.all().delete()[0] + group.agreed.all().delete()[0]
        rows += group.kept.all().delete()[0]
        opening.destroy(group, now)
    return rows


def _decided(before: datetime, now: datetime) -> int:
    rows = Proposal.objects.filter(decided_at__lt=before).delete()[0]
    return rows + Poll.objects.filter(closed_at__lt=before).delete()[0]


def _pauses(before: datetime, now: datetime) -> int:
    return SpacePause.objects.filter(ended_at__lt=before).delete()[0]


def _left_out(before: datetime, now: datetime) -> int:
    return LeftOut.objects.filter(ended_at__lt=before).delete()[0]


def _talks(before: datetime, now: datetime) -> int:
    old = list(TalkOfThree.objects.filter(asked_at__lt=before).select_related("conversation"))
    for row in old:
        forget_talk(row, now)
    return TalkWish.objects.filter(asked_at__lt=before).delete()[0] + len(old)


_OURS = _("Our own rule")
clock(
    Clock(
        "groups",
        _("Groups that ended: what they agreed and who belonged"),
        365,
        30,
        3650,
        _OURS,
        ("groups.AgreementVersion", "groups.Membership", "groups.Agreed", "groups.Kept", "groups.Pin"),
        _ended,
    )
)
clock(
    Clock(
        "group_decisions",
        _("What groups decided, and polls that are over"),
        730,
        30,
        3650,
        _OURS,
        ("groups.Proposal", "groups.Poll", "groups.PollOption"),
        _decided,
    )
)
clock(
    Clock(
        "space_pauses",
        _("Pauses in a group's space that are over"),
        90,
        30,
        730,
        _OURS,
        ("groups.SpacePause",),
        _pauses,
    )
)
clock(
    Clock(
        "left_out",
        _("Staying away from a group for a while, when it is over"),
        90,
        30,
        730,
        _OURS,
        ("groups.LeftOut",),
        _left_out,
    )
)
clock(
    Clock(
        "group_talks",
        _("Private words asked of those who hold a group"),
        90,
        7,
        365,
        _OURS,
        ("groups.TalkWish", "groups.TalkOfThree"),
        _talks,
    )
)
without_clock(
    {
        "groups.Group": "what is offered; its words have a clock when it has ended",
        "groups.Meets": "goes with its group or its meetings",
        "groups.Waiting": "goes when the place is taken or passed on, or the group ends",
        "groups.OnTree": "goes when they step off it or leave, and when the group ends",
        "groups.Voted": "goes when it is counted; says neither who nor what",
    }
)
