"""Who is one person under several names, and who is too near to somebody to judge about them."""

from __future__ import annotations

from django.db.models import Q

from companionway.conversations import queries as conversations
from companionway.moderation.models import SamePerson
from companionway.people.models import Person
from companionway.safety import queries as safety
from companionway.supervision import queries as supervision
from companionway.support import queries as support


def same_as(person_id: int) -> set[int]:
    """This person's id, and every other that two of the team have recorded as theirs."""
    found, asked = {person_id}, set[int]()
    while waiting := found - asked:
        asked |= waiting
        links = SamePerson.objects.filter(confirmed_at__isnull=False, ended_at=None)
        pairs = links.filter(Q(one__in=waiting) | Q(other__in=waiting)).values_list("one_id", "other_id")
        found.update(each for pair in pairs for each in pair)
    return found


def one_of_each(people: set[int]) -> dict[int, int]:
    """For each of these people one number that all their names share; as many questions for one as for many."""
    found, asked = set(people), set[int]()
    pairs = set[tuple[int, int]]()
    while waiting := found - asked:
        asked |= waiting
        links = SamePerson.objects.filter(confirmed_at__isnull=False, ended_at=None)
        rows = links.filter(Q(one__in=waiting) | Q(other__in=waiting))
        pairs |= set(rows.values_list("one_id", "other_id"))
        found.update(each for pair in pairs for each in pair)
    shared = {each: each for each in found}
    for _each in pairs:
        for one, other in pairs:
            shared[one] = shared[other] = min(shared[one], shared[other])
    return shared


def near(person_id: int) -> set[int]:
    """Themselves, and whoever they talk or talked with, are kept from, walk with, hold or are held by; both ways."""
    found = same_as(person_id)
    for each in list(found):
        together = Q(pk__in=conversations.with_whom(each).values("person"))
        for others in (support.companions_of, supervision.supervisors_of, supervision.supervised_by):
            together |= Q(pk__in=others(each).values("pk"))
        found |= set(Person.objects.filter(together).values_list("pk", flat=True))
        found |= safety.people_kept_from(each)
    return found
