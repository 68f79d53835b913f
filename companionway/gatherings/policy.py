"""Who may come in, take a seat, hold the evening, and look at what was handed on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.foundation.prepared import Prepared, slot
from companionway.gatherings import who_hears
from companionway.gatherings.models import Counting, Gathering, HandOver, Seat, Share
from companionway.gatherings.script import Script
from companionway.gatherings.states import Arrival, ShareState
from companionway.meetings import policy as meetings
from companionway.meetings import queries as meeting_queries
from companionway.meetings.models import Holds, Meeting, Series
from companionway.meetings.states import MeetingState, Way
from companionway.people import policy as people_policy
from companionway.people import queries as people
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person
from companionway.safety import queries as safety

OPENS_BEFORE: Final = timedelta(hours=1)
# A device at the door that had no network sends what it kept for this long after the close.
ARRIVES_LATE: Final = timedelta(hours=24)
may_come, takes_part = meetings.may_come, meetings.takes_part


def visible_to(actor: Person) -> QuerySet[Meeting]:
    """Meetings one may come to or holds: of `may_come` only `takes_part` is left to ask.

    Those one only arranges are not among them: nobody looks in from outside.
    """
    return _visible_to(meetings.enterable_by(actor))


def _visible_to(series: QuerySet[Series]) -> QuerySet[Meeting]:
    return Meeting.objects.filter(series__in=series.values("pk")).select_related("series__programme")


# Every page of a meeting and every share asks this first.
_VISIBLE = Prepared(
    lambda: _visible_to(meetings.enterable_by_id(slot("person"))).filter(public_id=slot("public_id"))
)


def visible(actor: Person, public_id: str) -> Meeting | None:
    """The same for one meeting."""
    return _VISIBLE.first(person=actor.pk, public_id=public_id)


def holds_frame(actor: Person, meeting: Meeting, now: datetime) -> bool:
    """Whoever takes no part at the moment holds nothing either."""
    series = meeting.series
    return meetings.holds_frame(actor, series, now) and not people.is_stopped(actor, series.programme_id)


def may_hold(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    """Whether they lead this evening now: turns, pause, seats, close."""
    if not holds_frame(actor, meeting, now):
        return _only_those_who_hold_it()
    if meeting.state != MeetingState.OPEN:
        return no(_("This meeting is not open."))
    return YES


def may_open(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    if not holds_frame(actor, meeting, now):
        return no(_("Only those who hold this meeting can open it."))
    return opens(meeting, now)


def opens(meeting: Meeting, now: datetime) -> Verdict:
    """Whether it is time, for those who hold it."""
    if meeting.state != MeetingState.PLANNED:
        return no(_("This meeting is open already, or it is over."))
    if GroupRules.of(meeting.series.programme) is None:
        return no(_("This programme has no meetings of this kind."))
    if now < meeting.starts_at - OPENS_BEFORE:
        return no(_("It is still early. A meeting can be opened an hour before it starts."))
    if now > meeting.ends_at:
        return no(_("The time of this meeting is over."))
    if meeting_queries.how_many_are_missing(meeting):
        return no(
            _(
                "Too few people hold this meeting for it to be opened. You can ask somebody to hold it with you, or "
                "cancel it: whoever wanted to come then sees what else is on."
            )
        )
    return people_policy.may_write_at_this_hour(meeting.series.programme, now)


def may_enter(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    """Whether they may take a seat. Who or what is in the way is never said, and a full evening sounds the same."""
    verdict = may_come(actor, meeting)
    return opens_to(actor, meeting, now) if verdict else verdict


def opens_to(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    """The rest of `may_enter`, for whoever may come."""
    if meeting.state != MeetingState.OPEN:
        return no(_("This meeting is not open."))
    if meeting.way == Way.IN_PERSON:
        return no(_("This meeting is in person. There is a door in a real room, and no seat here."))
    if is_kept_from(actor, meeting, now) or _is_full(actor, meeting, now):
        return not_this_evening()
    return YES


def not_this_evening() -> Verdict:
    return no(_("This evening is not free for you. Another one is: see below, or ask those who hold it."))


def is_kept_from(actor: Person, meeting: Meeting, now: datetime) -> bool:
    """Whether somebody is here whom they must not meet: of those who hold it, and of seats that know their person."""
    apart = safety.people_kept_from(actor.pk)
    return bool(apart) and _in_the_way(Meeting.objects.filter(pk=meeting.pk), apart, now).exists()


def free_for(actor: Person, rows: QuerySet[Meeting], now: datetime) -> QuerySet[Meeting]:
    """Those of these meetings in which nobody is whom they must not meet."""
    apart = safety.people_kept_from(actor.pk)
    return rows.exclude(pk__in=_in_the_way(rows, apart, now).order_by().values("pk")) if apart else rows


def _in_the_way(rows: QuerySet[Meeting], apart: set[int], now: datetime) -> QuerySet[Meeting]:
    holding = Holds.objects.now(now).filter(holds_frame=True, person__in=apart)
    seated = Seat.objects.taken().filter(person__in=apart)
    return rows.filter(Q(series__in=holding.values("series")) | Q(pk__in=seated.values("meeting")))


def hidden_from(actor: Person, meeting: Meeting, *, holds: bool) -> frozenset[int]:
    """Whose words somebody is not shown: of whom they must not meet, also since the evening began.

    Only where seats know their persons; and whoever holds the frame reads everything, for everybody's sake.
    """
    if not meeting.series.programme.keeps_attendance or holds:
        return frozenset()
    return frozenset(safety.people_kept_from(actor.pk))


def _is_full(actor: Person, meeting: Meeting, now: datetime) -> bool:
    """Places that are kept for somebody who is not here yet are taken."""
    most = meeting.series.capacity
    if most is None:
        return False
    seated = list(Seat.objects.taken().filter(meeting=meeting).values_list("person_id", flat=True))
    here = {actor.pk, *(each for each in seated if each is not None)}
    return len(seated) + meeting_queries.places_kept(meeting, here, now) >= most


def may_write(seat: Seat, meeting: Meeting) -> Verdict:
    if meeting.state != MeetingState.OPEN or seat.left_at is not None:
        return no(_("This meeting is not open to you any more. Your words are still here."))
    if seat.is_quiet:
        return no(_("You are on a quiet seat. You can take an ordinary seat at any time, and write then."))
    if seat.is_muted:
        return no(
            _("Those who hold this meeting asked you not to write for now. The reason is on your page.")
        )
    return YES


def may_ask(actor: Person, seat: Seat) -> Verdict:
    """A private word. Who must not meet whom is known only where the seat knows its person."""
    if seat.person_id is not None and seat.person_id in safety.people_kept_from(actor.pk):
        return no(_("You cannot ask this seat just now. Whoever holds the meeting with you can."))
    return YES


def state_of_new(seat: Seat, gathering: Gathering, script: Script) -> ShareState:
    """Whether what they write is said at once, waits for its turn, or for somebody to read it first."""
    if script.rules.read_first:
        return ShareState.HELD
    part = script.part(gathering.part)
    if gathering.is_paused or part.kind == "silence":
        return ShareState.WAITING
    if script.goes_round(gathering.part) and gathering.turn_id not in (None, seat.pk):
        return ShareState.WAITING
    if script.goes_round(gathering.part) and gathering.turn_id is None and seat.had_turn_in != gathering.part:
        return ShareState.WAITING
    return ShareState.SAID


def may_flag(seat: Seat, share: Share) -> Verdict:
    if share.seat_id == seat.pk:
        return no(_("These are your own words. You can take them back."))
    return YES


def arrival_at(meeting: Meeting) -> Arrival:
    """What people can leave at the door, by what the tradition keeps and the group agreed."""
    if meeting.series.programme.keeps_attendance:
        return Arrival.NAMED
    return Arrival.COUNTED if counts_heads(meeting) else Arrival.NOTHING


def counts_heads(meeting: Meeting) -> bool:
    """Where the tradition allows it, and the group of this series agreed."""
    keeps = meeting.series.programme.keeps_head_counts
    return keeps and Counting.objects.filter(series=meeting.series_id).exists()


def may_check_in(meeting: Meeting, now: datetime) -> Verdict:
    """Whoever stands at the door: this is asked of nobody in particular."""
    is_late = meeting.closed_at is not None and now > meeting.closed_at + ARRIVES_LATE
    if meeting.state == MeetingState.CANCELLED or is_late or now < meeting.starts_at - OPENS_BEFORE:
        return no(_("The door of this meeting is not open."))
    if arrival_at(meeting) == Arrival.NOTHING:
        return no(_("Here nobody keeps who comes, or how many."))
    return YES


def may_count(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    return counts(meeting) if holds_frame(actor, meeting, now) else _only_those_who_hold_it()


def counts(meeting: Meeting) -> Verdict:
    """Whether heads are counted here, for those who hold it."""
    if not counts_heads(meeting):
        return no(_("Here nobody counts who comes, or the group has not agreed to it."))
    return YES


def may_decide_counting(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    if not holds_frame(actor, meeting, now):
        return _only_those_who_hold_it()
    if not meeting.series.programme.keeps_head_counts:
        return no(_("In this programme nobody counts who comes."))
    return YES


def may_hand_over(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    return hands_over(meeting) if holds_frame(actor, meeting, now) else _only_those_who_hold_it()


def hands_over(meeting: Meeting) -> Verdict:
    """Whether something can be handed on in writing, for those who hold it."""
    if not meeting.series.programme.keeps_notes:
        return no(_("In this programme no notes are kept, so nothing is handed on in writing."))
    return YES


def may_wish_company(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    """After holding an evening; and only where somebody would hear it. Why nobody would is not said."""
    if not holds_frame(actor, meeting, now):
        return _only_those_who_hold_it()
    if not who_hears.anybody(actor.pk, meeting.series.programme_id):
        return no(_("Just now there is nobody here whom this would reach, so nothing was sent."))
    return YES


def may_read_hand_over(actor: Person, sheet: HandOver, now: datetime) -> bool:
    return meetings.holds_frame(actor, sheet.series, now)


def _only_those_who_hold_it() -> Verdict:
    return no(_("Only those who hold this meeting can do this."))
