"""What every deed here shares: the minutes under lock, and the ids in the record."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from companionway.association import policy
from companionway.association.events import _OfMinutes
from companionway.association.models import Minutes, Version
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person


class OutOfDate(Refused):
    """Somebody wrote meanwhile; the words just typed are not lost, they wait in the form."""


def taken(actor: Person, minutes: Minutes) -> Minutes:
    """The row, locked, for whoever may find it; Refused for anybody else."""
    rows = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=minutes.pk)
    found = rows.select_related("group__programme__organisation").first()
    if found is None:
        raise Refused(_("This is not open to you."))
    return found


def newest(minutes: Minutes) -> Version:
    version = minutes.versions.select_for_update().order_by("-number").first()
    if version is None:
        raise Refused(_("This is not open to you."))
    version.minutes = minutes
    return version


def rules_of(minutes: Minutes) -> GroupRules:
    rules = policy.rules_of(minutes.group)
    if rules is None:
        raise Refused(_("Here no minutes are kept."))
    return rules


def tell(
    event: type[_OfMinutes], minutes: Minutes, actor: Person, now: datetime, about: int | None = None
) -> None:
    announce(
        event(
            actor_id=actor.pk,
            about_id=about,
            subject=minutes.subject,
            minutes_id=minutes.pk,
            group_id=minutes.group_id,
            programme_id=minutes.group.programme_id,
        ),
        at=now,
    )
