"""Words put to a group and said in a meeting. What a group decided is its own: that is written here by Theo."""

from __future__ import annotations

from datetime import date, time, timedelta

from companionway.association.models import Decided, Minutes, Version
from companionway.calendars import services as calendars
from companionway.foundation import sealing
from companionway.gatherings.models import CheckIn, Gathering, HandOver, Outside, Seat, Share
from companionway.groups import opening
from companionway.groups.models import (
    Agreed,
    Group,
    Kept,
    LeftOut,
    Membership,
    OnTree,
    Pin,
    Poll,
    Proposal,
    SpacePause,
    TalkWish,
)
from companionway.groups.moving import write_version
from companionway.meetings.models import Chosen, Holds, Invited, Meeting, Series
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


def recorded(cast: Cast) -> None:
    """The association's own book, written by Theo; she was chosen and signs."""
    programme = create_programme(
        actor=None,
        organisation=cast.organisation,
        name="Own",
        practice_model="self_help_association",
        now=NOW,
    )
    group = Group.objects.create(
        programme=programme, name="Ours", kind="closed", decides_by="majority", begun_at=NOW
    )
    minutes = Minutes.objects.create(group=group, held_on=NOW.date(), begun_at=NOW)
    version = Version(minutes=minutes, number=1, written_by=cast.theo, members=5, needed=3, changed_at=NOW)
    version.sealed = opening.seal(group.pk, {"opening": THEIRS}, version.place)
    version.save()
    motion = Proposal(
        group=group, kind="motion", by=cast.theo, state="passed", opened_at=NOW, closes_at=NOW, decided_at=NOW
    )
    opening.put(motion, {"words": THEIRS})
    motion.save()
    decided = Decided(minutes=minutes, proposal=motion.pk, passed=True, decided_at=NOW)
    decided.sealed = opening.seal(group.pk, {"words": THEIRS}, decided.place)
    decided.save()
    minutes.chosen.create(person=cast.mina, role="secretary", since_on=NOW.date())
    version.signatures.create(person=cast.mina, role="secretary")


def _put_to_it(cast: Cast, group: Group) -> None:
    stands = {"group": group, "by": cast.mina, "opened_at": NOW, "closes_at": NOW + WEEK}
    proposal = Proposal(kind="motion", **stands)
    opening.put(proposal, {"words": words("motion")})
    proposal.save()
    poll = Poll(**stands)
    facts = {"question": words("question"), "options": [words("yes"), words("no")]}
    opening.put(poll, facts)
    poll.save()
    poll.options.create(place=0)
    pin = Pin(group=group, pinned_by=cast.mina, pinned_at=NOW)
    opening.put(pin, {"words": words("pin")})
    pin.save()


def _between_two(cast: Cast, group: Group) -> None:
    mina, theo = cast.mina, cast.theo
    pause = SpacePause(group=group, person=theo, by=mina, days=2, since_at=NOW, until_at=NOW + WEEK)
    pause.sealed_reason = opening.seal_between(mina.pk, theo.pk, words("pause"), pause.place)
    pause.save()
    away = LeftOut(group=group, person=theo, by=mina, days=2, put_at=NOW, since_at=NOW, until_at=NOW + WEEK)
    away.sealed_reason = opening.seal_between(mina.pk, theo.pk, words("away"), away.place)
    away.save()
    on_tree = OnTree(group=group, person=mina, since_at=NOW)
    on_tree.sealed = opening.key_with(group.pk, mina.pk).seal(words("telephone"), on_tree.place)
    on_tree.save()
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
    Invited.objects.create(person=mina, sealed=sealing.seal_facts(own, {"sent": words("sent")}, "invited"))
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
    outside = Outside(series=series, said_on=NOW.date())
    outside.sealed = of_series.seal(THEIRS, outside.context)
    outside.save()
    sheet = HandOver(series=series, meeting=meeting, written_at=NOW)
    sheet.sealed = of_series.seal(THEIRS, sheet.context)
    sheet.save()
