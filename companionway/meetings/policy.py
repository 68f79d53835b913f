"""Who may find a meeting, come to it, hold it, and arrange it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.foundation.prepared import Prepared, slot
from companionway.meetings import audience
from companionway.meetings.models import Change, Cover, Holds, Meeting, Series
from companionway.meetings.models._cover import CoverQuerySet
from companionway.meetings.models._meetings import MeetingQuerySet
from companionway.meetings.models._series import SeriesQuerySet
from companionway.meetings.states import MeetingState
from companionway.people import queries as people
from companionway.people import roles
from companionway.people.group_rules import GroupRole, GroupRules
from companionway.people.models import Person, PersonQuerySet, Programme, RoleHeld
from companionway.safety import queries as safety

# How long before a meeting, and after it, whoever stands in holds its frame.
STANDS_IN: Final = timedelta(hours=3)


def visible_to(actor: Person) -> SeriesQuerySet:
    """Open series of the programmes one belongs to, closed ones one was let in to, what one holds or arranges."""
    mine = Q(programme__in=people.programmes_of(actor).values("pk"), is_closed=False)
    arranged = Q(programme_id__in=actor.programmes_with("meetings.arrange"))
    return Series.objects.filter(mine | arranged | audience.lets_in(actor.pk) | _held_by(actor))


def meetings_visible_to(actor: Person) -> MeetingQuerySet:
    return Meeting.objects.filter(series__in=visible_to(actor).values("pk"))


def enterable_by(actor: Person) -> SeriesQuerySet:
    """Whose meetings one may come to: not those one only arranges, nor those one stays away from by a decision."""
    return enterable_by_id(actor.pk)


def enterable_by_id(person: Any) -> SeriesQuerySet:
    """By an id, or where one will be."""
    mine = Q(programme__in=people.programmes_of(person).values("pk"), is_closed=False)
    found = Series.objects.filter(mine | audience.lets_in(person) | _held_by(person))
    return found.exclude(audience.keeps_out(person))


# Asked at every share of a meeting in writing: composing it would cost a quarter of the whole.
_ENTERABLE = Prepared(
    lambda: enterable_by_id(slot("person")).filter(pk=slot("series")).order_by().values_list("pk", flat=True)
)


def may_enter(actor: Person, series: Series) -> bool:
    """The same for one series."""
    return bool(_ENTERABLE.all(person=actor.pk, series=series.pk))


def _held_by(actor: Any) -> Q:
    """What one holds, or stands in for at one meeting (which is forgotten a day after it)."""
    held = Holds.objects.filter(series=OuterRef("pk"), person=actor, until_at=None)
    covered = Cover.objects.filter(meeting__series=OuterRef("pk"), taken_by=actor)
    return Q(Exists(held)) | Q(Exists(covered))


def may_view(actor: Person, series: Series) -> Verdict:
    return YES if visible_to(actor).filter(pk=series.pk).exists() else no(_("This is not open to you."))


def may_see_place(actor: Person | None, series: Series) -> bool:
    """Where a tradition hides its places, only whoever may come learns them; nobody at all from outside."""
    rules = GroupRules.of(series.programme)
    if rules is None or not rules.hides_place:
        return True
    return actor is not None and (
        enterable_by(actor).filter(pk=series.pk).exists()
        or actor.holds("meetings.arrange", series.programme_id)
    )


def may_come(actor: Person, meeting: Meeting) -> Verdict:
    series = meeting.series
    if not may_enter(actor, series):
        return no(_("This meeting is not open to you."))
    return takes_part(actor, series)


def takes_part(actor: Person, series: Series) -> Verdict:
    """The rest of `may_come`, for a series that `enterable_by` gave already."""
    if people.is_stopped(actor, series.programme_id):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    return YES


def holds_frame(actor: Person, series: Series, now: datetime) -> bool:
    """Whether they open, pause and close the meetings of this series now: by position, or standing in these hours."""
    if Holds.objects.now(now).filter(series=series, person=actor, holds_frame=True).exists():
        return True
    near = {"meeting__starts_at__lte": now + STANDS_IN, "meeting__ends_at__gte": now - STANDS_IN}
    return Cover.objects.filter(meeting__series=series, taken_by=actor, **near).exists()


def may_arrange(actor: Person, series: Series, now: datetime) -> Verdict:
    """Change dates, places and who holds it: those who hold it, and whoever arranges meetings in the programme."""
    held = Holds.objects.now(now).filter(series=series, person=actor, holds_frame=True)
    if held.exists() or actor.holds("meetings.arrange", series.programme_id):
        return YES
    return _only_those()


def _only_those() -> Verdict:
    return no(_("Only those who hold this meeting, or the team, can change this."))


def may_begin(actor: Person, programme: Programme) -> Verdict:
    """Begin a series of meetings in a programme."""
    if people.is_stopped(actor, programme):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    if actor.holds("meetings.arrange", programme):
        return YES
    return no(_("Only the team can begin meetings here."))


def may_change(actor: Person, series: Series, now: datetime) -> Verdict:
    """Arrange it, while one takes part here and it is not over. Whoever stands in for one evening changes no dates."""
    if series.ended_at is not None and series.ended_at <= now:
        return no(_("These meetings are over. New ones can be begun."))
    held = Holds.objects.now(now).filter(series=OuterRef("pk"), person=actor, holds_frame=True)
    stopped = people.takes_no_part(actor.pk, series.programme_id)
    found = Series.objects.filter(pk=series.pk).annotate(is_stopped=stopped, is_held=Exists(held))
    is_stopped, is_held = found.values_list("is_stopped", "is_held").first() or (False, False)
    if is_stopped:
        return no(_("You take no part here at the moment. Your page says why and until when."))
    return YES if is_held or actor.holds("meetings.arrange", series.programme_id) else _only_those()


def of_standing(series: Series, now: datetime) -> PersonQuerySet:
    """Who could hold the frame of a meeting: whoever holds any position in it, or holds another meeting of the
    programme, or is there for others in it. Nobody who takes no part at the moment."""
    programme = series.programme_id
    here = Holds.objects.now(now).filter(person=OuterRef("pk"))
    holds = here.filter(series=series) | here.filter(series__programme=programme, holds_frame=True)
    granting = [*roles.roles_granting("support.accompany"), *roles.roles_granting("meetings.arrange")]
    gives = RoleHeld.objects.filter(
        person=OuterRef("pk"), programme=programme, role__in=granting, until_at=None
    )
    found = Person.objects.here().filter(Q(Exists(holds)) | Q(Exists(gives)), paused_at=None)
    return found.exclude(people.takes_no_part(OuterRef("pk"), programme))


def _is_of_standing(person: Person, series: Series, now: datetime) -> bool:
    return of_standing(series, now).filter(pk=person.pk).exists()


def _holders(series: Series, now: datetime) -> set[int]:
    return set(Holds.objects.now(now).filter(series=series).values_list("person_id", flat=True))


def may_hold(actor: Person, series: Series, person: Person, position: GroupRole, now: datetime) -> Verdict:
    """Take a free position oneself, or give one to somebody; never to somebody who must not meet one who holds one.

    Holding the frame asks for some standing, except where a tradition runs itself (nobody oversees it).
    """
    arranged = may_arrange(actor, series, now)
    if actor.pk != person.pk and not arranged:
        return arranged
    is_of_standing = _is_of_standing(person, series, now)
    if people.is_stopped(person, series.programme_id) or not (
        enterable_by(person).filter(pk=series.pk).exists() or is_of_standing
    ):
        return no(_("This person does not take part here."))
    if position.holds_frame and series.programme.coordinator_sees and not is_of_standing:
        return no(_("To hold this meeting, somebody needs to be there for others here first."))
    held = Holds.objects.now(now).filter(series=series, role=position.key).exists()
    if actor.pk == person.pk and held and not arranged:
        return no(_("Somebody holds this position. You can take it when it is free."))
    if _holders(series, now) & safety.people_kept_from(person.pk):
        return no(_("This position is not free for them just now."))
    return YES


def may_end_holding(actor: Person, holds: Holds, now: datetime) -> Verdict:
    """One's own, at any time; somebody else's, for those who arrange."""
    if holds.person_id == actor.pk:
        return YES
    return may_arrange(actor, holds.series, now)


def covers_visible_to(actor: Person) -> CoverQuerySet:
    """Open places at meetings one may see, and those one has taken."""
    seen = Q(meeting__series__in=visible_to(actor).values("pk"))
    asked = Q(meeting__series__programme__in=actor.programmes_with("support.accompany"))
    return Cover.objects.filter(Q(seen | asked, taken_by=None) | Q(taken_by=actor))


def may_cover(actor: Person, meeting: Meeting, cover: Cover, now: datetime) -> Verdict:
    """Hold one meeting for somebody: somebody else, of standing, who may meet the others who hold it."""
    series = meeting.series
    is_off = meeting.state == MeetingState.CANCELLED
    if meeting.starts_at <= now or meeting.state not in (MeetingState.PLANNED, MeetingState.CANCELLED):
        return no(_("This meeting has begun or is over."))
    if is_off and not series.changes.filter(original=meeting.original, wants_holder=True).exists():
        return no(_("This meeting is cancelled."))
    if cover.taken_by_id is not None:
        return no(_("Somebody has said yes already. Thank you."))
    own = Holds.objects.now(now).filter(series=series, person=actor, holds_frame=True).exists()
    if own or meeting.covers.filter(taken_by=actor).exists():
        return no(_("You hold this meeting already."))
    if not _is_of_standing(actor, series, now):
        return no(_("To hold this meeting, somebody needs to be there for others here first."))
    others = _holders(series, now) | set(
        meeting.covers.exclude(taken_by=None).values_list("taken_by_id", flat=True)
    )
    if others & safety.people_kept_from(actor.pk):
        return no(_("This place is not free for you just now."))
    return YES


def takeable_by(actor: Person, now: datetime) -> CoverQuerySet:
    """Every place that `may_cover` would give this person, in one question."""
    held = Holds.objects.now(now).filter(person=actor)
    others = Holds.objects.now(now).filter(series=OuterRef("meeting__series"))
    kept_from = safety.people_kept_from(actor.pk)
    beside = Cover.objects.filter(meeting=OuterRef("meeting"))
    looked_for = Change.objects.filter(
        series=OuterRef("meeting__series"), original=OuterRef("meeting__original"), wants_holder=True
    )
    found = covers_visible_to(actor).filter(taken_by=None, meeting__starts_at__gt=now)
    found = found.filter(
        Q(meeting__state=MeetingState.PLANNED) | Q(Exists(looked_for), meeting__state=MeetingState.CANCELLED)
    )
    found = found.exclude(meeting__series__in=held.filter(holds_frame=True).values("series"))
    found = found.exclude(Exists(beside.filter(taken_by=actor)))
    found = found.exclude(Exists(others.filter(person__in=kept_from)))
    found = found.exclude(Exists(beside.filter(taken_by__in=kept_from)))
    stands = Q(meeting__series__in=held.values("series"))
    stands |= Q(meeting__series__programme__in=held.filter(holds_frame=True).values("series__programme"))
    granting = [*roles.roles_granting("support.accompany"), *roles.roles_granting("meetings.arrange")]
    given = RoleHeld.objects.filter(person=actor, role__in=granting, until_at=None)
    stands |= Q(meeting__series__programme__in=given.exclude(programme=None).values("programme"))
    if actor.paused_at is not None:
        return found.none()
    return found.filter(stands).exclude(
        people.takes_no_part(actor.pk, OuterRef("meeting__series__programme"))
    )


def may_choose(actor: Person, series: Series) -> Verdict:
    """Be reminded: of what one may come to."""
    if enterable_by(actor).filter(pk=series.pk).exists():
        return YES
    return no(_("This meeting is not open to you."))


def has_list(series: Series) -> bool:
    """Whether places are kept for people: where there are only so many, and it is kept who comes."""
    return series.capacity is not None and series.programme.keeps_attendance


def may_ask_for_place(actor: Person, meeting: Meeting, now: datetime) -> Verdict:
    """Want to come to a meeting that has only so many places, while it has not begun."""
    if not (verdict := may_come(actor, meeting)):
        return verdict
    if not has_list(meeting.series):
        return no(_("No list is kept here. Whoever comes has a place, while there is one."))
    if meeting.state != MeetingState.PLANNED or meeting.starts_at <= now:
        return no(_("This meeting has begun or is over."))
    return YES


def may_have_place(actor: Person, meeting: Meeting, now: datetime) -> bool:
    """May come, and must not be kept from anybody who holds it or has a place. Waiting sounds the same as when it is
    full."""
    if not may_come(actor, meeting):
        return False
    here = _holders(meeting.series, now) | set(
        meeting.places.filter(is_held=True).values_list("person_id", flat=True)
    )
    return not (here - {actor.pk}) & safety.people_kept_from(actor.pk)
