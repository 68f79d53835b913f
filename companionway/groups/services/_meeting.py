"""When a group meets: by meetings of its own, or by those that stand already; and by them no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.foundation.policy import Refused, require
from companionway.groups import policy
from companionway.groups.events import GroupChanged
from companionway.groups.models import Group, Meets
from companionway.groups.moving import taken, tell
from companionway.meetings import policy as meetings_policy
from companionway.meetings import services as meetings
from companionway.meetings.models import Series
from companionway.meetings.services import SeriesDetails
from companionway.people.models import Person


@transaction.atomic
def begin_meetings(*, actor: Person, group: Group, details: SeriesDetails, now: datetime) -> Meets:
    """Begin meetings of this group. Who finds them follows from the group: those let in, where it keeps a list."""
    locked = taken(actor, group)
    require(policy.may_begin_meetings(actor, locked, now))
    details = replace(details, is_closed=locked.has_list)
    series = meetings.begin_series(actor=actor, programme=locked.programme, details=details, now=now)
    return meet_by(actor=actor, group=locked, series=series, now=now)


@transaction.atomic
def meet_by(*, actor: Person, group: Group, series: Series, now: datetime) -> Meets:
    """From now on this group meets by this series of meetings. Twice is once."""
    locked = taken(actor, group)
    require(policy.may_arrange(actor, locked, now))
    require(meetings_policy.may_change(actor, series, now))
    if not locked.is_going_on:
        raise Refused(_("This group has ended."))
    if series.programme_id != locked.programme_id:
        raise Refused(_("A group meets in its own programme."))
    other = Meets.objects.filter(series=series).exclude(group=locked).exists()
    if other:
        raise Refused(_("Another group meets by these meetings already."))
    if locked.has_list and not series.is_closed:
        raise Refused(
            _("Everybody in the programme finds these meetings, and this group is for those who were let in.")
        )
    if series.is_closed and not locked.has_list:
        raise Refused(
            _("Only people who were let in find these meetings, and this group lets everybody come.")
        )
    meets, is_new = Meets.objects.get_or_create(group=locked, series=series)
    if is_new:
        tell(GroupChanged, locked, actor=actor, now=now)
    return meets


@transaction.atomic
def meet_no_more(*, actor: Person, group: Group, series: Series, now: datetime) -> None:
    """The group meets by these meetings no more. They go on by themselves, with those who hold them.

    Whoever held the group by them alone, and does not belong to it otherwise, leaves its space.
    """
    locked = taken(actor, group)
    require(policy.may_arrange(actor, locked, now))
    held = series.holders.filter(until_at=None).select_related("person")
    people = {each.person_id: each.person for each in held}
    if not Meets.objects.filter(group=locked, series=series).delete()[0]:
        return
    for person in people.values():
        if locked.space is not None and not policy.belongs(person, locked):
            conversations.leave_space(actor=person, conversation=locked.space, now=now)
    tell(GroupChanged, locked, actor=actor, now=now)
