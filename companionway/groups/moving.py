"""What every deed here shares: the group under lock, and the ids in the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused
from companionway.groups import opening, policy
from companionway.groups.events import _OfAGroup
from companionway.groups.models import AgreementVersion, Group
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person


def taken(actor: Person, group: Group) -> Group:
    """The row, locked, for whoever may find it; Refused for anybody else."""
    rows = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=group.pk)
    return _found(rows.select_related("programme", "space").first())


def held(group: Group) -> Group:
    """The row, locked, for what the service does by itself."""
    rows = Group.objects.select_for_update(of=("self",)).filter(pk=group.pk)
    return _found(rows.select_related("programme", "space").first())


def _found(group: Group | None) -> Group:
    if group is None:
        raise Refused(_("This is not open to you."))
    return group


def rules_of(group: Group) -> GroupRules:
    rules = GroupRules.of(group.programme)
    if rules is None:
        raise Refused(_("In this programme there are no groups."))
    return rules


def named(group: Group, person: Person | None) -> Person | None:
    """Whom the record may name: nobody, where the tradition keeps no list of who belongs."""
    return person if group.programme.keeps_register else None


def tell(
    event: type[_OfAGroup],
    group: Group,
    *,
    actor: Person | None = None,
    about: Person | None = None,
    now: datetime,
    **more: Any,
) -> None:
    announce(
        event(
            actor_id=actor.pk if actor else None,
            about_id=about.pk if about else None,
            subject=f"group:{group.pk}",
            group_id=group.pk,
            programme_id=group.programme_id,
            **more,
        ),
        at=now,
    )


def write_version(group: Group, sentences: list[str], now: datetime) -> AgreementVersion:
    """The next version of what the group agreed."""
    newest = group.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = AgreementVersion(group=group, number=newest + 1, written_at=now)
    version.sealed = opening.seal(group.pk, sentences, version.place)
    version.save()
    return version
