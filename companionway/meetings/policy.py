"""Who may find a meeting, come to it, hold it, and arrange it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.meetings import audience
from companionway.meetings.models import Holds, Meeting, Series
from companionway.meetings.models._meetings import MeetingQuerySet
from companionway.meetings.models._series import SeriesQuerySet
from companionway.people import queries as people
from companionway.people.models import Person, Programme


def visible_to(actor: Person) -> SeriesQuerySet:
    """Open series of the programmes one belongs to, closed ones one was let in to, what one holds or arranges."""
    held = Holds.objects.filter(series=OuterRef("pk"), person=actor, until_at=None)
    mine = Q(programme__in=people.programmes_of(actor).values("pk"), is_closed=False)
    arranged = Q(programme_id__in=actor.programmes_with("meetings.arrange"))
    return Series.objects.filter(mine | arranged | audience.lets_in(actor.pk) | Q(Exists(held)))


def meetings_visible_to(actor: Person) -> MeetingQuerySet:
    return Meeting.objects.filter(series__in=visible_to(actor).values("pk"))


def enterable_by(actor: Person) -> SeriesQuerySet:
    """Whose meetings one may come to: not those one only arranges."""
    held = Holds.objects.filter(series=OuterRef("pk"), person=actor, until_at=None)
    mine = Q(programme__in=people.programmes_of(actor).values("pk"), is_closed=False)
    return Series.objects.filter(mine | audience.lets_in(actor.pk) | Q(Exists(held)))


def may_come(actor: Person, meeting: Meeting) -> Verdict:
    series = meeting.series
    if not enterable_by(actor).filter(pk=series.pk).exists():
        return no(_("This meeting is not open to you."))
    if people.is_stopped(actor, series.programme_id):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    return YES


def holds_frame(actor: Person, series: Series, now: datetime) -> bool:
    """Whether they open, pause and close the meetings of this series now."""
    return Holds.objects.now(now).filter(series=series, person=actor, holds_frame=True).exists()


def may_arrange(actor: Person, series: Series, now: datetime) -> Verdict:
    """Change dates, places and who holds it: those who hold it, and whoever arranges meetings in the programme."""
    if holds_frame(actor, series, now) or actor.holds("meetings.arrange", series.programme_id):
        return YES
    return no(_("Only those who hold this meeting, or the team, can change this."))


def may_begin(actor: Person, programme: Programme) -> Verdict:
    """Begin a series of meetings in a programme."""
    if people.is_stopped(actor, programme):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    if actor.holds("meetings.arrange", programme):
        return YES
    return no(_("Only the team can begin meetings here."))


def may_change(actor: Person, series: Series, now: datetime) -> Verdict:
    """Arrange it, while one takes part here and it is not over."""
    if series.ended_at is not None and series.ended_at <= now:
        return no(_("These meetings are over. New ones can be begun."))
    if people.is_stopped(actor, series.programme_id):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    return may_arrange(actor, series, now)
