"""Who looks at a group, asks for a place, and takes the one that is held for them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.groups.models import Group, Meets, Membership, Waiting
from companionway.groups.policy._holding import fits
from companionway.groups.policy._standing import Stands, stands, visible_to
from companionway.people.models import Person
from companionway.safety import queries as safety


def may_view(actor: Person, group: Group) -> Verdict:
    if visible_to(actor).filter(pk=group.pk).exists():
        return YES
    return no(_("This is not open to you."))


def cannot_be_let_in() -> Verdict:
    """One sentence for every reason that is nobody's to know."""
    return no(
        _("This group cannot let you in at the moment. That is nothing you did. Here are other groups.")
    )


def takes_no_part() -> Verdict:
    return no(_("You take no part here at the moment. Your page says why and until when."))


def is_left_out() -> Verdict:
    return no(_("You are asked to stay away from this group for a while. The list of groups says why."))


def people_in(group: Group) -> set[int]:
    """Everybody who is let in, holds it, or is in its space now."""
    held = Meets.objects.filter(group=group, series__holders__until_at=None, series__holders__person__gt=0)
    there = [
        Membership.objects.filter(group=group).values_list("person_id", flat=True),
        held.values_list("series__holders__person_id", flat=True),
    ]
    if group.space is not None:
        there.append(group.space.participants.filter(left_at=None).values_list("person_id", flat=True))
    return set(there[0].union(*there[1:]))


def may_be_with(actor: Person, group: Group) -> bool:
    """Nobody in it is somebody whom they must not meet."""
    kept_from = safety.people_kept_from(actor.pk) - {actor.pk}
    return not kept_from or not (kept_from & people_in(group))


def may_ask(actor: Person, group: Group, now: datetime, how: Stands | None = None) -> Verdict:
    """Ask for a place in a group that keeps a list."""
    how = how or stands(actor, group, now)
    if not how.is_seen or not group.is_going_on:
        return no(_("This is not open to you."))
    if how.is_stopped:
        return takes_no_part()
    if how.is_left_out:
        return is_left_out()
    if not group.has_list:
        return no(_("There is nothing to join here: come as you like."))
    if not how.takes_part:
        return no(_("This is for those who take part in the programme."))
    if how.is_member:
        return no(_("You belong to this group already."))
    if how.is_waiting:
        return no(_("You have asked already. Nobody can come before you."))
    if not fits(actor, group, as_holder=False) or not may_be_with(actor, group):
        return cannot_be_let_in()
    return YES


def may_take(
    actor: Person, group: Group, waiting: Waiting, now: datetime, how: Stands | None = None
) -> Verdict:
    """Take the place that is held for them."""
    if waiting.person_id != actor.pk or waiting.group_id != group.pk:
        return no(_("This is not open to you."))
    if waiting.offered_until is None or waiting.offered_until <= now:
        return no(_("No place is held for you at the moment."))
    how = how or stands(actor, group, now)
    if not group.is_going_on or how.is_stopped or how.is_left_out:
        return cannot_be_let_in()
    if not fits(actor, group, as_holder=False) or not may_be_with(actor, group):
        return cannot_be_let_in()
    return YES
