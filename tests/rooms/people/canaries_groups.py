"""Words put to a group and said in a meeting. What a group decided is its own: that is written here by Theo."""

from __future__ import annotations

from datetime import date, time, timedelta

from companionway.calendars import services as calendars
from companionway.foundation import sealing
from companionway.gatherings.models import CheckIn, Gathering, HandOver, Seat, Share
from companionway.groups import opening
from companionway.groups.models import (
    Agreed,
    Group,
    Kept,
    Membership,
    Pin,
    Poll,
    Proposal,
    SpacePause,
    TalkWish,
)
from companionway.groups.moving import write_version
from companionway.meetings.models import Chosen, Holds, Meeting, Series
from companionway.meetings.queries import CHOSEN
from companionway.people import roles
from companionway.people.models import Programme
from companionway.people.services import create_programme
from tests.cast import NOW, Cast, give
from tests.rooms.people.canary import words

WEEK = timedelta(days=7)
THEIRS = "words of the others"


def grouped(cast: Cast) -> None:
    programme = create_programme(
        actor=None, organisation=cast.organisation, name="Groups", practice_model="charity_groups", now=NOW
    )
    give(cast.mina, roles.MEMBER, programme)
    group = Group.objects.create(
        programme=programme, name="Lamp", kind="closed", decides_by="majority", begun_at=NOW
    )
    write_version(group, [THEIRS], NOW)
    for model, more in (
        (Membership, {"came_at": NOW}),
        (Kept, {}),
        (Agreed, {"number": 1, "agreed_at": NOW}),
    ):
        model._default_manager.create(group=group, person=cast.mina, **more)
    _put_to_it(cast, group)
    _between_two(cast, group)
    _gathered(cast, programme)
    calendars.make_feed(
        actor=cast.mina, label=words("label"), title=words("title"), shows_place=False, now=NOW
    )


def _put_to_it(cast: Cast, group: Group) -> None:
    stands = {"group": group, "by": cast.mina, "opened_at": NOW, "closes_at": NOW + WEEK}
    proposal = Proposal(kind="motion", **stands)
    proposal.sealed = opening.seal(group.pk, {"words": words("motion")}, proposal.place)
    proposal.save()
    poll = Poll(**stands)
    facts = {"question": words("question"), "options": [words("yes"), words("no")]}
    poll.sealed = opening.seal(group.pk, facts, poll.place)
    poll.save()
    poll.options.create(place=0)
    pin = Pin(group=group, pinned_by=cast.mina, pinned_at=NOW)
    pin.sealed = opening.seal(group.pk, {"words": words("pin")}, pin.place)
    pin.save()


def _between_two(cast: Cast, group: Group) -> None:
    mina, theo = cast.mina, cast.theo
    pause = SpacePause(group=group, person=theo, by=mina, days=2, since_at=NOW, until_at=NOW + WEEK)
    pause.sealed_reason = opening.seal_between(mina.pk, theo.pk, words("pause"), pause.place)
    pause.save()
    wish = TalkWish(group=group, person=mina, to=theo, asked_at=NOW)
    wish.sealed = opening.seal_between(mina.pk, theo.pk, words("talk"), wish.place)
    wish.save()


def _gathered(cast: Cast, programme: Programme) -> None:
    """One evening that she holds. What was handed on and typed at the door has no author, and is nobody's here."""
    mina, own = cast.mina, sealing.key_of(sealing.PERSON, cast.mina.pk)
    series = Series.objects.create(
        programme=programme, name="Lamp", zone="Europe/London", starts_on=date(2026, 11, 26), begins=time(18),
        rule="FREQ=WEEKLY", way="room", created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    Holds.objects.create(
        series=series, person=mina, role="welcomer", since_at=NOW, sealed_says=own.seal(words("says"), "says")
    )
    Chosen.objects.create(person=mina, sealed=sealing.seal_facts(own, [words("chosen")], CHOSEN))
    meeting = Meeting.objects.create(
        series=series, original=NOW, starts_at=NOW, ends_at=NOW + timedelta(hours=1), way="room", state="open"
    )
    key = sealing.key_of(sealing.GATHERING, meeting.pk)
    Gathering.objects.create(
        meeting=meeting, part_began_at=NOW, sealed_pause=key.seal(THEIRS, "pause"), forget_at=NOW
    )
    seat = Seat(meeting=meeting, person=mina, token_hash="0" * 64, taken_at=NOW)
    seat.sealed = sealing.seal_facts(key, {"name": words("name"), "is_new": True}, seat.context)
    seat.sealed_mute = key.seal(words("mute"), f"{seat.context}:mute")
    seat.save()
    share = Share(meeting=meeting, seat=seat, client_id="page-1", written_at=NOW, state="waiting")
    share.sealed = sealing.seal_facts(key, {"text": words("share"), "note": words("heavy")}, share.context)
    share.save()
    of_series = sealing.key_of(sealing.SERIES, series.pk)
    arrival = CheckIn(meeting=meeting, client_id="door-1", came_at=NOW)
    arrival.sealed = sealing.seal_facts(of_series, {"name": THEIRS}, arrival.context)
    arrival.save()
    sheet = HandOver(series=series, meeting=meeting, written_at=NOW)
    sheet.sealed = of_series.seal(THEIRS, sheet.context)
    sheet.save()
