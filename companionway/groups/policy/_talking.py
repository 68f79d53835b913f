"""Two who both belong, and something between them: a talk with a third who holds the group, if all three wish it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.groups.models import Group, TalkOfThree
from companionway.groups.policy._inside import belongs
from companionway.groups.policy._standing import holds_frame
from companionway.people.models import Person
from companionway.safety import queries as safety


def talks_of_three_visible_to(actor: Person) -> QuerySet[TalkOfThree]:
    """The three. The other one only when whoever holds the group would be there."""
    return TalkOfThree.objects.filter(Q(third=actor) | Q(one=actor) | Q(other=actor, third_yes=True))


def may_invite_to_talk(
    actor: Person, third: Person, one: Person, other: Person, group: Group, now: datetime
) -> Verdict:
    """Whoever holds the group invites two of its space; or one of the two asks for it. Never who must not meet."""
    if not (verdict := belongs(actor, group)):
        return verdict
    if actor.pk not in {third.pk, one.pk} or len({third.pk, one.pk, other.pk}) < 3:
        return no(_("A talk of three is between two people and one who holds the group."))
    if not holds_frame(third, group, now):
        return no(_("Please choose one of those who hold the group."))
    inside = group.space.participants.filter(left_at=None, person__in=(one, other)) if group.space else None
    apart = any(
        safety.never_together(*two) for two in ((third.pk, one.pk), (third.pk, other.pk), (one.pk, other.pk))
    )
    if inside is None or inside.count() < 2 or apart:
        return no(_("This talk cannot be offered here. Please ask the team, by a report or a concern."))
    asked = Q(one=one, other=other) | Q(one=other, other=one)
    if TalkOfThree.objects.filter(asked, group=group).exists():
        return no(_("These two are asked already."))
    return YES


def may_say_to_talk(actor: Person, row: TalkOfThree) -> Verdict:
    """Yes, or rather not: whoever is asked and has not said yes yet."""
    side = row.side_of(actor.pk)
    if not side or not talks_of_three_visible_to(actor).filter(pk=row.pk).exists():
        return no(_("This is not open to you."))
    if not belongs(actor, row.group):
        return no(_("This is for those who belong to the group."))
    if getattr(row, f"{side}_yes"):
        return no(_("You have said yes."))
    return YES
