"""What pages ask about notices."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from companionway.notices import policy
from companionway.notices.choices import Choices
from companionway.notices.models import Notice
from companionway.people import roles
from companionway.people.models import Person, RoleHeld


def unread_notices(person: Person) -> int:
    return policy.visible_to(person).unread().count()


def my_notices(person: Person) -> QuerySet[Notice]:
    return policy.visible_to(person).order_by("-pk")


def choices_of(person: Person) -> Choices:
    return Choices.read(person.notice_choices)


def people_who_may(permission: str, programme_id: int | None = None) -> set[int]:
    """Ids of those who hold a permission now: in one programme (or for the whole organisation), or anywhere."""
    held = RoleHeld.objects.filter(
        person=OuterRef("pk"), role__in=roles.roles_granting(permission), until_at=None
    )
    if programme_id is not None:
        held = held.filter(Q(programme=programme_id) | Q(programme=None))
    return set(Person.objects.here().filter(Exists(held)).values_list("pk", flat=True))
