"""The house meeting: everybody adds to it, decisions are written in it, minutes are agreed at the next."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from companionway.clubhouse import policy, queries
from companionway.clubhouse.events import (
    ActionMoved,
    ActionWritten,
    DecisionWritten,
    ItemAdded,
    ItemTakenBack,
    MeetingArranged,
    MeetingClosed,
    MeetingOpened,
    MinutesAgreed,
    MinutesWritten,
)
from companionway.clubhouse.models import AgendaItem, HouseAction, HouseDecision, HouseMeeting, Minutes
from companionway.clubhouse.moving import HOUSE, OutOfDate, at_home, house_key, taken, tell, today_of
from companionway.clubhouse.states import HouseMeetingState, HowDecided
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of_both
from companionway.people.models import Person, Programme


def _words(words: str) -> str:
    if not words.strip():
        raise Refused(_("Please write a few words first."))
    return words.strip()


def _move(meeting: HouseMeeting, to: HouseMeetingState, *fields: str) -> None:
    if not meeting.may_move(to):
        raise Refused(_("This has changed meanwhile. Please look at the page again."))
    meeting.state = to
    meeting.save(update_fields=["state", *fields])


@transaction.atomic
def arrange_meeting(*, actor: Person, programme: Programme, on: date, now: datetime) -> HouseMeeting:
    """Say on which day the house meets next, so that everybody can add to what is talked about. Twice is once."""
    at_home(actor, programme)
    if on < today_of(programme, now):
        raise Refused(_("Please choose today or a later day."))
    meeting, is_new = HouseMeeting.objects.get_or_create(programme=programme, on=on)
    if is_new:
        tell(MeetingArranged, meeting, programme.pk, now, by=actor)
    return meeting


@transaction.atomic
def open_meeting(*, actor: Person, meeting: HouseMeeting, now: datetime) -> HouseMeeting:
    """Begin the meeting, on its day or later: anybody who belongs."""
    locked = _meeting(actor, meeting)
    if locked.on > today_of(locked.programme, now):
        raise Refused(_("This meeting is on another day."))
    locked.opened_at = now
    try:
        with transaction.atomic():
            _move(locked, HouseMeetingState.OPEN, "opened_at")
    except IntegrityError as fault:
        raise Refused(_("The house is in a meeting already. Please close that one first.")) from fault
    tell(MeetingOpened, locked, locked.programme_id, now, by=actor)
    return locked


def _meeting(actor: Person, meeting: HouseMeeting) -> HouseMeeting:
    rows = policy.meetings_visible_to(actor).select_related("programme__organisation")
    return taken(rows, meeting.pk)


@transaction.atomic
def close_meeting(*, actor: Person, meeting: HouseMeeting, now: datetime) -> HouseMeeting:
    """End the meeting. Its minutes are agreed in the next."""
    locked = _meeting(actor, meeting)
    locked.closed_at = now
    _move(locked, HouseMeetingState.CLOSED, "closed_at")
    tell(MeetingClosed, locked, locked.programme_id, now, by=actor)
    return locked


@transaction.atomic
def add_item(*, actor: Person, meeting: HouseMeeting, words: str, now: datetime) -> AgendaItem:
    """Put something on the agenda. Everybody who belongs reads it, and who wrote it."""
    locked = _meeting(actor, meeting)
    require(policy.may_add_item(locked))
    item = AgendaItem(meeting=locked, author=actor, said_at=now, public_id=new_public_id())
    key = key_of_both(HOUSE, locked.programme_id, PERSON, actor.pk)
    item.sealed = key.seal(_words(words), item.context)
    item.save()
    tell(ItemAdded, item, locked.programme_id, now, by=actor)
    return item


@transaction.atomic
def take_item_back(*, actor: Person, item: AgendaItem, now: datetime) -> None:
    """Take one's own item off the agenda."""
    rows = policy.items_visible_to(actor).select_related("meeting")
    locked = taken(rows, item.pk)
    require(policy.may_take_item_back(actor, locked))
    tell(ItemTakenBack, locked, locked.meeting.programme_id, now, by=actor)
    locked.delete()


@transaction.atomic
def write_decision(
    *, actor: Person, meeting: HouseMeeting, words: str, how: str, now: datetime
) -> HouseDecision:
    """Write down what the house decided just now, and how."""
    locked = _meeting(actor, meeting)
    require(policy.may_write_in(locked))
    if how not in HowDecided.values:
        raise Refused(_("Please say how it was decided."))
    made = HouseDecision(meeting=locked, how=how, written_by=actor, written_at=now, public_id=new_public_id())
    made.sealed = house_key(locked.programme_id).seal(_words(words), made.context)
    made.save()
    tell(DecisionWritten, made, locked.programme_id, now, by=actor)
    return made


@transaction.atomic
def write_action(
    *, actor: Person, meeting: HouseMeeting, words: str, is_mine: bool, now: datetime
) -> HouseAction:
    """Write down what will be done, and whether one cares for it oneself; nobody is given something to do."""
    locked = _meeting(actor, meeting)
    require(policy.may_write_minutes(locked))
    made = HouseAction(
        meeting=locked, carer=actor if is_mine else None, written_at=now, public_id=new_public_id()
    )
    made.sealed = house_key(locked.programme_id).seal(_words(words), made.context)
    made.save()
    tell(ActionWritten, made, locked.programme_id, now, by=actor)
    return made


@transaction.atomic
def move_action(
    *, actor: Person, action: HouseAction, is_mine: bool | None = None, is_done: bool | None = None, now: datetime
) -> HouseAction:  # fmt: skip
    """Care for it, lay it down again, or say that it is done. Laid down by its carer only."""
    locked = taken(policy.actions_visible_to(actor).select_related("meeting"), action.pk)
    if is_mine is True:
        if locked.carer_id not in (None, actor.pk):
            raise Refused(_("Somebody cares for it already. Thank you."))
        locked.carer = actor
    elif is_mine is False and locked.carer_id == actor.pk:
        locked.carer = None
    if is_done is not None:
        locked.done_at = now if is_done else None
    locked.save(update_fields=["carer", "done_at"])
    tell(ActionMoved, locked, locked.meeting.programme_id, now, by=actor)
    return locked


@transaction.atomic
def write_minutes(*, actor: Person, meeting: HouseMeeting, words: str, after: int, now: datetime) -> Minutes:
    """A new version of the minutes. `after` is the newest version the writer had seen (0: none). Raises OutOfDate."""
    locked = _meeting(actor, meeting)
    require(policy.may_write_minutes(locked))
    newest = locked.minutes.order_by("-number").first()
    number = newest.number if newest else 0
    if number != after:
        raise OutOfDate(
            _("Somebody wrote a newer version meanwhile. Your words are kept: read it, then send them.")
        )
    made = Minutes(meeting=locked, number=number + 1, written_by=actor, written_at=now)
    made.sealed = house_key(locked.programme_id).seal(_words(words), made.context)
    made.save()
    tell(MinutesWritten, made, locked.programme_id, now, by=actor)
    return made


@transaction.atomic
def agree_minutes(*, actor: Person, meeting: HouseMeeting, number: int, now: datetime) -> HouseMeeting:
    """In a later meeting the house agrees to the minutes, in the version that was read. Then they stand."""
    locked = _meeting(actor, meeting)
    sits = queries.sits_now(locked.programme)
    require(policy.may_agree_minutes(locked, sits, locked.minutes.exists()))
    if locked.minutes.filter(number__gt=number).exists():
        raise OutOfDate(_("Somebody wrote a newer version meanwhile. Please read it first."))
    locked.agreed_in, locked.agreed_at = sits, now
    _move(locked, HouseMeetingState.AGREED, "agreed_in", "agreed_at")
    tell(MinutesAgreed, locked, locked.programme_id, now, by=actor)
    return locked
