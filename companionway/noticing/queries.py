"""The queue of those on call, the writer's own cards, and what is said about looking at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, QuerySet, Subquery

from companionway.noticing import policy, talks
from companionway.noticing.looking import Watch
from companionway.noticing.models import Answer, Noticed
from companionway.noticing.opening import open_reason
from companionway.noticing.states import Deed, Label, Side
from companionway.people.models import Person, Programme

DAY: Final = timedelta(hours=24)
OFTEN: Final = 3
"""So many "soon" of one conversation within a day stand with the "now" ones. Worked out when somebody looks."""
SHOWN_NOW: Final = 3
"""How many "now" each person on duty is shown in full; the others wait visibly below. Source: safety.md, T10."""
CARD_LASTS: Final = timedelta(hours=24)


def watch_of(programme: Programme) -> Watch:
    """Whether the messages of a programme are looked at, and in which tradition."""
    switch = getattr(programme, "noticing_switch", None)
    return Watch(programme.pk, switch is None or switch.is_on, programme.practice_model)


@dataclass(slots=True)
class Place:
    """One line of the queue: everything that waits on one side of one conversation."""

    public_id: str
    programme_name: str
    conversation_id: int
    side: Side
    label: Label
    first_at: datetime
    newest_id: int
    messages: int = 1
    is_often: bool = False
    is_changed: bool = False
    labels: list[tuple[int, datetime]] = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True)
class Queue:
    """`shown` in full, `more` "now" ones that wait below them, then what is not "now"; nothing is left out."""

    shown: list[Place]
    more: list[Place]
    later: list[Place]
    answered: list[Answer]

    @property
    def total(self) -> int:
        return len(self.shown) + len(self.more) + len(self.later)


_FIELDS = (
    "pk", "public_id", "programme__name", "conversation_id", "side", "label", "noticed_at", "changed_at",
)  # fmt: skip


def waiting(actor: Person, now: datetime) -> list[Place]:
    """One place per conversation and side: highest label first, then who waits longest."""
    found: dict[tuple[int, int], Place] = {}
    rows = policy.visible_to(actor).waiting().order_by("pk").values_list(*_FIELDS)
    for pk, public_id, name, conversation_id, side, label, at, changed in rows:
        place = found.get((conversation_id, side))
        if place is None:
            place = found[conversation_id, side] = Place(
                public_id, name, conversation_id, Side(side), Label(label), at, pk, messages=0
            )
        if label > place.label:
            place.public_id, place.label, place.first_at = public_id, Label(label), at
        place.newest_id, place.messages = pk, place.messages + 1
        place.is_changed = place.is_changed or changed is not None
        place.labels.append((label, at))
    for place in found.values():
        _weigh(place, now)
    return sorted(found.values(), key=lambda each: (-each.label, each.first_at, each.conversation_id))


def _weigh(place: Place, now: datetime) -> None:
    recent = [at for label, at in place.labels if label >= Label.SOON and at > now - DAY]
    place.is_often = place.label == Label.SOON and len(recent) >= OFTEN
    if place.is_often:
        place.label = Label.NOW


def queue(actor: Person, on_duty: Callable[[], int], now: datetime) -> Queue:
    """What waits for this person, with no more "now" in full than those on duty can carry.

    The budget moves nothing out of the list and turns no rule off: what is over it stands below, in the same order.
    How many are on duty is asked only where it matters.
    """
    places = waiting(actor, now)
    urgent = [each for each in places if each.label == Label.NOW]
    room = SHOWN_NOW if len(urgent) <= SHOWN_NOW else SHOWN_NOW * max(on_duty(), 1)
    return Queue(
        shown=urgent[:room],
        more=urgent[room:],
        later=[each for each in places if each.label != Label.NOW],
        answered=answered(actor, now),
    )


def answered(actor: Person, now: datetime) -> list[Answer]:
    """What was done in the last day, so that nobody does it twice."""
    seen = policy.visible_to(actor).exclude(answer=None).values("answer")
    rows = Answer.objects.filter(pk__in=seen, answered_at__gt=now - DAY).select_related("by", "programme")
    return list(rows.order_by("-answered_at", "-pk")[:20])


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A programme whose messages were not looked at: switched off, or so many of the last day could not be."""

    programme_name: str
    is_off: bool
    messages: int


def not_checked(programmes: QuerySet[Programme], now: datetime) -> list[Unchecked]:
    """Where silence says nothing at all; said wherever the queue is shown."""
    rows = list(programmes.select_related("noticing_switch").order_by("name", "pk"))
    missed = talks.known().unchecked([each.pk for each in rows], now - DAY)
    found = [Unchecked(each.name, not watch_of(each).is_on, missed.get(each.pk, 0)) for each in rows]
    return [each for each in found if each.is_off or each.messages]


def programmes_watched(actor: Person) -> QuerySet[Programme]:
    """The programmes in whose queue somebody may look."""
    mine = {*actor.programmes_with(policy.TAKE_TURNS), *actor.programmes_with(policy.ANSWER_REPORTS)}
    return Programme.objects.filter(pk__in=mine)


def of_programmes(programmes: Iterable[Programme]) -> QuerySet[Programme]:
    return Programme.objects.filter(pk__in=[each.pk for each in programmes])


def switches(programmes: Iterable[Programme]) -> list[tuple[Programme, bool]]:
    return [(each, watch_of(each).is_on) for each in programmes]


def has_open_card(conversation_id: Any) -> Exists:
    """Whether a writer's card is open in a conversation (somebody's: whose, is asked of their own messages)."""
    return Exists(_open_cards().filter(conversation_id=conversation_id))


def _open_cards() -> QuerySet[Noticed]:
    return Noticed.objects.filter(side=Side.CARE, card="")


def open_card(message_ids: Collection[int], now: datetime) -> Noticed | None:
    """The newest open card among these messages, while it is fresh."""
    fresh = _open_cards().filter(message_id__in=message_ids, noticed_at__gt=now - CARD_LASTS)
    return fresh.order_by("-pk").first()


def check_in_asked_at(conversation_id: Any) -> Subquery:
    """When somebody on call last asked the supporter in a conversation to check in."""
    asked = Answer.objects.filter(conversation_id=conversation_id, side=Side.CARE, deed=Deed.CHECK_IN)
    return Subquery(asked.order_by("-answered_at").values("answered_at")[:1])


def conduct_since(moment: datetime) -> list[tuple[int, int, int]]:
    """(row, programme, conversation) of what was noticed about conduct, where staff may know of the conversation."""
    rows = Noticed.objects.filter(side=Side.CONDUCT, noticed_at__gt=moment, programme__coordinator_sees=True)
    return list(rows.order_by("pk").values_list("pk", "programme_id", "conversation_id"))


def deeds_on(noticed: Noticed) -> list[tuple[Answer, str]]:
    """What was done in this conversation before and why, newest first; for those who opened it."""
    rows = Answer.objects.filter(conversation_id=noticed.conversation_id, side=noticed.side)
    found = rows.select_related("by").order_by("-answered_at", "-pk")[:10]
    return [(each, open_reason(each)) for each in found]


def of_place(noticed: Noticed, actor: Person) -> list[Noticed]:
    """Everything that waits beside it in the same conversation, on the same side, in order."""
    beside = policy.visible_to(actor).waiting().filter(conversation_id=noticed.conversation_id)
    return list(beside.filter(side=noticed.side).order_by("message_id"))
