"""Who is here, in one honest sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from companionway.foundation.prepared import Prepared, Statement, slot
from companionway.oncall.models import Rota, Turn
from companionway.oncall.queries._presence import Presence, hours, team_presence, zone_of
from companionway.people import queries as people
from companionway.people.models import Organisation
from companionway.ui.times import clock_words

# Sooner than this a clock time alone says when; later the day is said as well.
_SOON: Final = timedelta(hours=18)


@dataclass(frozen=True, slots=True)
class WhoIsHere:
    """Whether the team is here, and the sentence that says so."""

    is_here: bool
    words: str
    # Away: whether we can say until when.
    knows_when: bool = True


def who_is_here(
    now: datetime, organisation: Organisation | None = None, *, from_afar: bool = False
) -> WhoIsHere:
    """For the organisation of this request unless another is named. One question to the database.

    Times are the service's own; its place is named when the reader's clock differs, or `from_afar`.
    """
    here = organisation or people.organisation()
    presence = team_presence(here, now)
    words = presence_words(here, presence, now, from_afar=from_afar)
    return WhoIsHere(presence.is_here, words, presence.is_here or presence.back_at is not None)


_KEPT = Prepared(lambda: Rota.objects.filter(organisation=slot("organisation"), stopped_at=None).values("pk"))
_COVERS = Prepared(
    lambda: (
        Turn.objects.filter(organisation=slot("organisation"))
        .touching(slot("now"), slot("now"))
        .by_those_who_may(slot("now"))
        .values("pk")
    )
)


def to_count(organisation: Organisation, now: datetime) -> list[Statement]:
    """What `in_short` needs, for a page that counts other things in the same question."""
    return [
        _KEPT.statement(organisation=organisation.pk),
        _COVERS.statement(organisation=organisation.pk, now=now),
    ]


def in_short(organisation: Organisation, now: datetime, kept: int, covering: int) -> str:
    """The same truth without until when, for a page that must not ask once more."""
    is_open = any(span.covers(now) for span in hours(organisation, now, now + timedelta(minutes=1)))
    if is_open and (covering or not kept):
        return _("Somebody from the team is here now.")
    return _("Nobody from the team is here now. Help now says until when, and who is there.")


def presence_words(
    organisation: Organisation, presence: Presence, now: datetime, *, from_afar: bool = False
) -> str:
    if presence.is_here and presence.until:
        time = _time(organisation, presence.until, from_afar)
        return _("Somebody from the team is here now, until %(until)s.") % {"until": time}
    if presence.back_at is None:
        return _("Nobody from the team is here, and we cannot say when somebody will be.")
    time = _time(organisation, presence.back_at, from_afar)
    if presence.back_at - now < _SOON:
        return _("Nobody from the team is here until %(time)s.") % {"time": time}
    day = date_format(presence.back_at.astimezone(zone_of(organisation)), pgettext("date format", "l j F"))
    return _("Nobody from the team is here until %(day)s, %(time)s.") % {"day": day, "time": time}


def _time(organisation: Organisation, moment: datetime, from_afar: bool) -> str:
    zone = zone_of(organisation)
    with timezone.override(zone):
        words = clock_words(moment)
    differs = moment.astimezone(zone).utcoffset() != timezone.localtime(moment).utcoffset()
    if not differs and not from_afar:
        return words
    place = str(zone).rpartition("/")[2].replace("_", " ")
    return _("%(time)s (time in %(place)s)") % {"time": words, "place": place}
