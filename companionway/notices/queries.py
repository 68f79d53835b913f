"""What pages ask about notices."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from companionway.foundation.prepared import Prepared, Statement, slot
from companionway.notices import policy
from companionway.notices.choices import Choices
from companionway.notices.models import Notice
from companionway.people import roles
from companionway.people.models import Person, RoleHeld

_UNREAD = Prepared(lambda: policy.visible_to(slot("person")).unread().values("pk"))


def unread_notices(person: Person) -> int:
    return _UNREAD.count(person=person.pk)


def unread_to_count(person_id: int) -> Statement:
    """The same, to be counted together with what is new elsewhere."""
    return _UNREAD.statement(person=person_id)


def my_notices(person: Person) -> QuerySet[Notice]:
    return policy.visible_to(person).order_by("-pk")


def choices_of(person: Person) -> Choices:
    return Choices.read(person.notice_choices)


def people_who_may(permission: str, programme_id: int, *, anywhere: bool = False) -> set[int]:
    """Ids of those who hold a permission now in one programme or the whole of its organisation.

    `anywhere`: in any programme of that organisation. Never somebody of another one.
    """
    held = RoleHeld.objects.filter(
        person=OuterRef("pk"), role__in=roles.roles_granting(permission), until_at=None
    )
    if not anywhere:
        held = held.filter(Q(programme=programme_id) | Q(programme=None))
    here = Person.objects.here().filter(organisation__programmes=programme_id)
    return set(here.filter(Exists(held)).values_list("pk", flat=True))
