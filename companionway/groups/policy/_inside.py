"""Who belongs: comes into the space, decides with the group, pauses somebody, asks for a private word."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.groups.models import (
    Agreed,
    Group,
    LeftOut,
    OnTree,
    Pin,
    Poll,
    Proposal,
    SpacePause,
    TalkWish,
)
from companionway.groups.policy._holding import fits, may_arrange
from companionway.groups.policy._joining import cannot_be_let_in, may_be_with, takes_no_part
from companionway.groups.policy._standing import Stands, belonging_to, holds, holds_frame
from companionway.groups.states import ProposalState
from companionway.people import queries as people
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person
from companionway.safety import queries as safety


def belongs(actor: Person, group: Group, how: Stands | None = None) -> Verdict:
    if not group.is_going_on:
        return no(_("This group has ended."))
    if how.is_stopped if how else people.is_stopped(actor, group.programme_id):
        return takes_no_part()
    if how.is_inside if how else belonging_to(actor).filter(pk=group.pk).exists():
        return YES
    return no(_("This is for those who belong to the group."))


def pauses_now(group_id: int, person_id: int) -> QuerySet[SpacePause]:
    return SpacePause.objects.filter(group=group_id, person=person_id, ended_at=None)


def may_enter(actor: Person, group: Group, agreed: int, newest: int) -> Verdict:
    """Come into the space: belonging, and having agreed to what stands now."""
    rules = GroupRules.of(group.programme)
    if rules is None or not rules.has_space or group.space is None:
        return no(_("This group has no place to write in."))
    if not (verdict := belongs(actor, group)):
        return verdict
    is_holder = holds(actor, group=group).exists()
    if not fits(actor, group, as_holder=is_holder) or not may_be_with(actor, group):
        return cannot_be_let_in()
    if agreed != newest:
        return no(_("Please read what the group agreed first."))
    return YES


def agreed_by(actor: Person, group: Group) -> int:
    """The version this person said yes to at the door; 0 where they did not, or where nobody keeps it."""
    found = Agreed.objects.filter(group=group, person=actor).values_list("number", flat=True).first()
    return found or 0


def may_open_space(actor: Person, group: Group, now: datetime, how: Stands | None = None) -> Verdict:
    rules = GroupRules.of(group.programme)
    if rules is None or not rules.has_space:
        return no(_("In this tradition groups have no space to write in."))
    if group.space_id is not None or not group.is_going_on:
        return no(_("This group has its space already, or has ended."))
    return may_arrange(actor, group, now, how)


def may_propose(actor: Person, group: Group) -> Verdict:
    return belongs(actor, group)


def proposals_visible_to(actor: Person) -> QuerySet[Proposal]:
    return Proposal.objects.filter(group__in=belonging_to(actor).values("pk"))


def polls_visible_to(actor: Person) -> QuerySet[Poll]:
    return Poll.objects.filter(group__in=belonging_to(actor).values("pk"))


def pins_visible_to(actor: Person) -> QuerySet[Pin]:
    return Pin.objects.filter(group__in=belonging_to(actor).values("pk"))


def may_vote(actor: Person, group: Group, stands: Proposal | Poll, now: datetime) -> Verdict:
    is_open = stands.is_open if isinstance(stands, Poll) else stands.state == ProposalState.OPEN
    if not is_open or stands.closes_at <= now:
        return no(_("This is decided already."))
    if isinstance(stands, Proposal) and LeftOut.objects.filter(proposal=stands, person=actor).exists():
        return no(_("This is about you: the others decide it, with what you say about it."))
    return belongs(actor, group)


def may_pin(actor: Person, group: Group, now: datetime) -> Verdict:
    """Whoever holds the frame; everybody else proposes it to the group."""
    if not (verdict := belongs(actor, group)):
        return verdict
    if group.space_id is None:
        return no(_("This group has no place to write in."))
    if holds_frame(actor, group, now):
        return YES
    return no(_("Those who hold the group put words here. You can propose it to the group."))


def may_pause(actor: Person, person: Person, group: Group, now: datetime) -> Verdict:
    """One who holds the frame, for some days. For longer see `_leaving_out`."""
    if not holds_frame(actor, group, now):
        return no(_("Only those who hold this group can do this."))
    if person.pk == actor.pk:
        return no(_("Somebody else would have to do this."))
    if group.space is None or not group.space.participants.filter(person=person, left_at=None).exists():
        return no(_("This person is not in the space."))
    if pauses_now(group.pk, person.pk).exists():
        return no(_("This person pauses already."))
    return YES


def may_ask_for_talk(actor: Person, to: Person, group: Group, now: datetime) -> Verdict:
    if not (verdict := belongs(actor, group)):
        return verdict
    if to.pk == actor.pk or not holds_frame(to, group, now):
        return no(_("Please choose one of those who hold the group."))
    if safety.never_together(actor.pk, to.pk):
        return no(_("Please choose somebody else who holds the group."))
    return YES


def talk_wishes_visible_to(actor: Person) -> QuerySet[TalkWish]:
    """Whoever asked, and whoever was asked. Nobody else."""
    return TalkWish.objects.filter(Q(person=actor) | Q(to=actor))


def may_stand_on_tree(actor: Person, group: Group) -> Verdict:
    """Adults who belong, where the tradition may keep such a list at all. Young people exchange no numbers here."""
    if not group.programme.keeps_register or group.age_band != "adult":
        return no(_("Here nobody keeps how somebody of the group can be reached."))
    return belongs(actor, group)


def tree_visible_to(actor: Person, group: Group) -> QuerySet[OnTree]:
    """Those who stand on it read it, without whomever they must not meet."""
    mine = OnTree.objects.filter(group=group, person=actor)
    if not may_stand_on_tree(actor, group) or not mine.exists():
        return OnTree.objects.none()
    kept_from = safety.people_kept_from(actor.pk) - {actor.pk}
    return OnTree.objects.filter(group=group).exclude(person__in=kept_from)


def pauses_visible_to(actor: Person) -> QuerySet[SpacePause]:
    """Whoever pauses reads the reason, and so does whoever said it."""
    return SpacePause.objects.filter(Q(person=actor) | Q(by=actor))
