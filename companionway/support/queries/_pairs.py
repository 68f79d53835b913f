"""Who walks with whom: ids and rows for other rooms and for lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Now

from companionway.conversations import policy as conversations_policy
from companionway.foundation.prepared import Prepared, Statement, slot
from companionway.people.models import Person
from companionway.support.models import Agreement, Relationship, RelationshipQuerySet
from companionway.support.policy import overseen_by, walked_by
from companionway.support.states import OPEN, State


def load_of(person_ids: Collection[int]) -> dict[int, int]:
    """How many people each of these walks with now as a supporter, pauses included, over all programmes."""
    rows = (
        Relationship.objects.open()
        .filter(supporter_id__in=person_ids)
        .values_list("supporter_id")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def load_rows(person_ids: Collection[int]) -> Any:
    """`load_of` as rows (what, person, programme, number), a query set to be asked together with others."""
    rows = Relationship.objects.open().filter(supporter_id__in=person_ids).order_by().values("supporter_id")
    told = rows.annotate(what=Value("load"), where=Value(0), n=Count("pk"))
    return told.values_list("what", "supporter_id", "where", "n")


def carried_by(person_ids: Collection[int], *, new_for: timedelta) -> list[tuple[int, int, bool]]:
    """(supporter, relationship, whether it is a beginning) of every open walk of these supporters.

    A beginning is no older than `new_for`, by the database's own clock.
    """
    is_new = Case(
        When(began_at__gt=Now() - new_for, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = Relationship.objects.open().filter(supporter_id__in=person_ids).annotate(is_new=is_new)
    return list(rows.values_list("supporter_id", "pk", "is_new"))


def relationships_of(person: Person) -> RelationshipQuerySet:
    """Every walk of this person, open ones first, the newest first among them."""
    ended_last = Case(When(state=State.ENDED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return (
        walked_by(person)
        .select_related("programme", "member", "supporter")
        .order_by(ended_last, "-began_at", "-pk")
    )


def _waiting_agreements(person: Any) -> RelationshipQuerySet:
    """Open walks in which a version of the agreement waits for this person's yes, the longest waiting first."""
    drafts = Agreement.objects.filter(relationship=OuterRef("pk"), set_aside_at=None)
    mine = drafts.filter(relationship__member=person, member_yes_at=None)
    ours = drafts.filter(relationship__supporter=person, supporter_yes_at=None)
    waiting = Relationship.objects.of(person).open().filter(Exists(mine) | Exists(ours))
    return waiting.select_related("programme", "member", "supporter").order_by("pk")


_FIRST_AGREEMENT = Prepared(lambda: _waiting_agreements(slot("person"))[:1])
_OPEN_WALKS = Prepared(lambda: Relationship.objects.of(slot("person")).open().values("pk"))


def first_agreement_waiting(person: Person) -> Relationship | None:
    """The one that waits longest."""
    return _FIRST_AGREEMENT.first(person=person.pk)


def open_walks(person_id: int) -> Statement:
    """The walks of this person that go on, to be counted together with other things."""
    return _OPEN_WALKS.statement(person=person_id)


def between(a_id: int, b_id: int) -> RelationshipQuerySet:
    """Every walk of these two people, whoever was the member, newest first."""
    return Relationship.objects.between(a_id, b_id).select_related("programme").order_by("-began_at", "-pk")


def companions_of(person_id: int) -> QuerySet[Person]:
    """Whoever this person is together with now, from either side."""
    walks = Relationship.objects.open()
    return Person.objects.filter(
        Q(pk__in=walks.filter(member=person_id).values("supporter"))
        | Q(pk__in=walks.filter(supporter=person_id).values("member"))
    )


def ended_pairs() -> set[tuple[int, int]]:
    """(member id, supporter id) of walks that ended and were not begun again."""
    again = Relationship.objects.filter(
        member=OuterRef("member"), supporter=OuterRef("supporter"), state__in=OPEN
    )
    over = Relationship.objects.filter(~Exists(again), state=State.ENDED)
    return set(over.values_list("member_id", "supporter_id"))


def together_now(programme_ids: Collection[int]) -> set[tuple[int, int]]:
    """(member id, supporter id) of walks that are open in these programmes."""
    rows = Relationship.objects.open().filter(programme_id__in=programme_ids)
    return set(rows.values_list("member_id", "supporter_id"))


def overseen(actor: Person) -> RelationshipQuerySet:
    """State and dates for a coordinator, and nothing else: no words are even loaded."""
    return (
        overseen_by(actor)
        .select_related("programme", "member", "supporter")
        .defer("sealed_reasons", "sealed_pause")
        .order_by("-began_at", "-pk")
    )


def talks_to_open(actor: Person, rows: Iterable[Relationship]) -> dict[int, str]:
    """Addresses, by conversation, of the talks that this coordinator could open by giving both people a reason."""
    ids = [row.conversation_id for row in rows if row.conversation_id is not None]
    return dict(conversations_policy.lookable_by(actor).filter(pk__in=ids).values_list("pk", "public_id"))
