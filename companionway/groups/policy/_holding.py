"""Who begins a group, arranges it, and is given a position in it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.groups.models import Group
from companionway.groups.policy._standing import ARRANGE, Stands, holds_frame
from companionway.meetings import policy as meetings
from companionway.people import policy as people_policy
from companionway.people import queries as people
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person, Programme
from companionway.practice import queries as practice


def may_begin(actor: Person, programme: Programme) -> Verdict:
    if GroupRules.of(programme) is None:
        return no(_("In this programme there are no groups."))
    if not actor.holds(ARRANGE, programme):
        return no(_("Only the team can begin a group here."))
    return YES


def may_arrange(actor: Person, group: Group, now: datetime, how: Stands | None = None) -> Verdict:
    if actor.holds(ARRANGE, group.programme_id):
        return YES
    if how.holds_frame if how else holds_frame(actor, group, now):
        return YES
    return no(_("Only those who hold this group, or the team, can change this."))


def may_begin_meetings(actor: Person, group: Group, now: datetime) -> Verdict:
    """Give it meetings of its own: whoever may arrange it, where they may begin meetings at all."""
    if not (verdict := may_arrange(actor, group, now)):
        return verdict
    if not group.is_going_on:
        return no(_("This group has ended."))
    return meetings.may_begin(actor, group.programme)


def nobody_of_this_name() -> str:
    return _("We found nobody of this name in this programme. Please check how it is written.")


def may_hold(actor: Person, person: Person, group: Group, now: datetime) -> Verdict:
    """Give somebody a position: an adult holds a group of young people only when trained for that."""
    if not (verdict := may_arrange(actor, group, now)):
        return verdict
    if person.organisation_id != actor.organisation_id or person.erased_at:
        return no(nobody_of_this_name())
    if not people.programmes_of(person).filter(pk=group.programme_id).exists():
        return no(nobody_of_this_name())
    if not fits(person, group, as_holder=True) or people.is_stopped(person, group.programme_id):
        return no(_("This person cannot hold this group."))
    return YES


def fits(person: Person, group: Group, *, as_holder: bool) -> bool:
    """One age among those who come; whoever holds it serves that age (`people.policy.band_served`)."""
    if not as_holder:
        return person.age_band == group.age_band and group.age_band in group.programme.takes
    trained = practice.trained_for(person, group.programme)
    return people_policy.band_served(group.programme, person, trained) == group.age_band
