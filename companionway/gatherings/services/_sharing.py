"""What is written in the room: stored before it is shown, shown in its turn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.policy import Refused, require
from companionway.foundation.prepared import Prepared, slot
from companionway.gatherings import models as rows
from companionway.gatherings import moving, pace, policy, telling
from companionway.gatherings.states import ShareState
from companionway.meetings.models import Meeting
from companionway.people import policy as people_policy
from companionway.people.models import Person

_SENT = Prepared(lambda: rows.Share.objects.filter(seat=slot("seat"), client_id=slot("client_id")))


@transaction.atomic
def share(
    *, actor: Person, meeting: Meeting, ticket: str, text: str, note: str = "", client_id: str, now: datetime
) -> rows.Share:
    """Write something. `client_id` is made by the page: the same sent twice is one. Raises Refused."""
    locked = moving.lock(meeting)
    seat = moving.seat_of(actor, locked, ticket)
    if (sent := _SENT.first(seat=seat.pk, client_id=client_id)) is not None:
        return sent
    require(policy.may_write(seat, locked))
    require(people_policy.may_write_at_this_hour(locked.series.programme, now))
    if not text.strip():
        raise Refused(_("Please write something here."))
    pace.share(seat)
    gathering, script = moving.room_of(locked)
    made = rows.Share(meeting=locked, seat=seat, client_id=client_id, written_at=now)
    made.state = ShareState.HELD if script.rules.read_first else ShareState.WAITING
    made.sealed = sealing.seal_facts(moving.key_of(locked), {"text": text, "note": note}, made.context)
    if policy.state_of_new(seat, gathering, script) == ShareState.SAID:
        moving.say(gathering, [made], now)
    else:
        made.save()
        telling.to_frame(locked, "waiting")
    return made


@transaction.atomic
def let_in(*, actor: Person, meeting: Meeting, share: rows.Share, now: datetime) -> None:
    """Somebody who holds the frame has read it, where everything is read first: it is said."""
    locked = moving.lock(meeting)
    require(policy.may_hold(actor, locked, now))
    gathering, _script = moving.room_of(locked)
    moving.say(gathering, rows.Share.objects.filter(pk=share.pk, meeting=locked).select_for_update(), now)


@transaction.atomic
def take_back(*, actor: Person, meeting: Meeting, ticket: str, share: rows.Share, now: datetime) -> None:
    """Take back one's own words, said or not: they are gone."""
    locked = moving.lock(meeting)
    gathering, _script = moving.room_of(locked)
    seat = moving.seat_of(actor, locked, ticket)
    found = rows.Share.objects.filter(pk=share.pk, seat=seat).first()
    if found is None:
        raise Refused(_("These are not your words."))
    was_said = found.state == ShareState.SAID
    found.delete()
    if was_said:
        moving.changed(gathering)
        telling.to_all(locked, "gone", id=share.public_id)
    else:
        telling.to_frame(locked, "waiting")


@transaction.atomic
def be_with(*, actor: Person, meeting: Meeting, ticket: str, share: rows.Share, now: datetime) -> None:
    """The one gentle sign: somebody is with you. Pressed again it is taken back. No name goes with it."""
    locked = moving.lock(meeting)
    gathering, _script = moving.room_of(locked)
    seat = moving.seat_of(actor, locked, ticket)
    if share.state != ShareState.SAID or share.meeting_id != locked.pk:
        raise Refused(_("These words are not here any more."))
    pace.sign(seat)
    mine, is_new = rows.Reaction.objects.get_or_create(share=share, seat=seat)
    if not is_new:
        mine.delete()
    moving.changed(gathering)
    many = rows.Reaction.objects.filter(share=share).count()
    telling.to_all(locked, "with", id=share.public_id, n=many)


@transaction.atomic
def flag_share(*, actor: Person, meeting: Meeting, ticket: str, share: rows.Share, now: datetime) -> None:
    """Ask those who hold the frame to look at something. They are not told who asked."""
    locked = moving.lock(meeting)
    gathering, _script = moving.room_of(locked)
    seat = moving.seat_of(actor, locked, ticket)
    require(policy.may_flag(seat, share))
    if rows.Share.objects.filter(pk=share.pk, meeting=locked, flagged_at=None).update(flagged_at=now):
        moving.changed(gathering)
        telling.to_frame(locked, "flag")
