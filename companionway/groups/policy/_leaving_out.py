"""Who puts it to the group that somebody stays away for a while, who answers, and who asks it to look again.

Where the tradition has a team for that, the team decides, with a second pair of eyes and an appeal (`moderation`);
where it says `leaves_out_itself`, only the group does, by its own rule, and nobody is named to it.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.groups.models import Group, GroupQuerySet, LeftOut, SpacePause
from companionway.groups.policy._inside import belongs
from companionway.groups.policy._standing import holds_frame
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person, Programme


def decides_itself(programme: Programme) -> bool:
    """Whether groups of this programme decide on their own who stays away for a while."""
    rules = GroupRules.of(programme)
    return rules is not None and rules.leaves_out_itself


def groups_the_team_decides_of(programme: Programme) -> GroupQuerySet:
    """Groups of which the team may leave somebody out, with reasons and an appeal."""
    if GroupRules.of(programme) is None or decides_itself(programme):
        return Group.objects.none()
    return Group.objects.filter(programme=programme, ended_at=None)


def may_leave_out(person: Person, group: Group) -> Verdict:
    """Once at a time; and where nobody keeps who belongs, only whoever is or wrote in the space is known at all."""
    if not group.is_going_on or person.erased_at is not None:
        return no(_("This person has left, or the group has ended."))
    if LeftOut.objects.filter(group=group, person=person, ended_at=None).exists():
        return no(_("This is decided already, or is being decided."))
    if group.programme.keeps_register:
        return YES
    if group.space is None or not group.space.participants.filter(person=person).exists():
        return no(_("Nobody keeps who comes to this group, and this person is not in its space."))
    return YES


def may_put_leaving_out(actor: Person, person: Person, group: Group, now: datetime) -> Verdict:
    """One who holds the frame, after a pause. A private word, a pause, then the group: source journeys.md J5."""
    if not (verdict := belongs(actor, group)):
        return verdict
    if not decides_itself(group.programme):
        return no(_("Here the team decides this, with reasons and an appeal. Please report it."))
    if not holds_frame(actor, group, now):
        return no(_("Only those who hold this group can do this."))
    if person.pk == actor.pk or not SpacePause.objects.filter(group=group, person=person).exists():
        return no(_("Please try a private word and a pause first."))
    return may_leave_out(person, group)


def left_out_visible_to(actor: Person) -> QuerySet[LeftOut]:
    """Whoever it is about. Nobody else is shown it."""
    return LeftOut.objects.filter(person=actor)


def may_answer(actor: Person, row: LeftOut) -> Verdict:
    """While the group decides, in one's own words; the group reads them without a name."""
    if row.person_id != actor.pk or row.since_at is not None or not row.is_being_decided:
        return no(_("The group decides nothing about this at the moment."))
    return YES


def may_ask_to_look_again(actor: Person, row: LeftOut, now: datetime) -> Verdict:
    """The appeal: once, while it holds, to the same group. It has to say yes a second time, or it is over."""
    if row.person_id != actor.pk or not row.is_by_group:
        return no(_("Only the person it is about can appeal."))
    if row.since_at is None or row.ended_at is not None:
        return no(_("This does not hold any more."))
    if row.asked_again_at is not None:
        return no(_("You have asked the group to look again. It is asked once."))
    return YES
