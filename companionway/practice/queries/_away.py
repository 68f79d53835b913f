"""Who is not able to at the moment, what they wrote for it in a good hour, and who is there instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.prepared import Prepared, Statement, slot
from companionway.foundation.sealing import PERSON, key_of
from companionway.people.models import Person, Programme
from companionway.practice import policy
from companionway.practice.models import AWAY_WORDS, Cover, SupporterPractice, TimeAway
from companionway.practice.states import CoverState
from companionway.safety import queries as safety


@dataclass(frozen=True, slots=True)
class AwayNotice:
    """What the people of a supporter read while they are not well: their own words, and a name. Never why."""

    words: str
    cover_name: str
    cover_id: int | None


_NOT_WELL = Prepared(
    lambda: (
        SupporterPractice.objects.filter(person=slot("person"), programme=slot("programme"))
        .exclude(not_well_since=None)
        .values("pk")
    )
)


def not_well(supporter_id: int, programme_id: int) -> Statement:
    """Whether this supporter is away, to be counted together with other things; then ask `away_notice`."""
    return _NOT_WELL.statement(person=supporter_id, programme=programme_id)


def away_notice(supporter_id: int, programme: Programme | int, *, reader: Person) -> AwayNotice | None:
    """For somebody who walks with this supporter (the caller knows that they do); None while all is as usual.

    A cover who must never meet the reader is left out as if there were none.
    """
    practice = SupporterPractice.objects.filter(person=supporter_id, programme=programme).first()
    if practice is None or practice.is_well:
        return None
    cover = cover_of(practice)
    if cover and cover.person_id in safety.people_kept_from(reader.pk):
        cover = None
    words = away_words_of(practice) or _(
        "I am not able to be in touch for a while. I have not forgotten you."
    )
    return AwayNotice(words, cover.person.name if cover else "", cover.person_id if cover else None)


def away_words_of(practice: SupporterPractice) -> str:
    """The words kept ready, for their writer's own page and for `away_notice`."""
    if not practice.sealed_away_words:
        return ""
    return key_of(PERSON, practice.person_id).open(practice.sealed_away_words, AWAY_WORDS)


def cover_of(practice: SupporterPractice) -> Cover | None:
    """Who covers for them: only somebody who has said yes, and who is well and here themselves."""
    able = SupporterPractice.objects.filter(
        programme=practice.programme_id, person=OuterRef("person"), not_well_since=None
    )
    covers = Cover.objects.filter(practice=practice, state=CoverState.YES, person__in=Person.objects.here())
    return covers.filter(Exists(able)).select_related("person").first()


def covers_asked_of(person: Person) -> QuerySet[Cover]:
    """Where this person is asked to cover or does cover, open questions first."""
    asked = Cover.objects.filter(person=person).exclude(state=CoverState.ENDED)
    return asked.select_related("practice__person", "practice__programme").order_by("state", "asked_at")


def cover_choices(practice: SupporterPractice) -> QuerySet[Person]:
    """Fellow supporters who could be asked. In a tradition without an overview, those on its own open list."""
    fellows = SupporterPractice.objects.filter(programme=practice.programme_id, not_well_since=None)
    if not practice.programme.coordinator_sees:
        fellows = fellows.filter(accepting=True)
    apart = safety.people_kept_from(practice.person_id) | {practice.person_id}
    fitting = [
        each.person_id
        for each in fellows.select_related("person", "programme")
        if policy.may_stand_in(practice, each)
    ]
    here = Person.objects.here().filter(paused_at=None, pk__in=fitting)
    return here.exclude(pk__in=apart).order_by("name", "pk")


def away_without_cover(practices: QuerySet[SupporterPractice]) -> list[SupporterPractice]:
    """Supporters who are not well while nobody stands in: a coordinator's exception."""
    covered = Cover.objects.filter(practice=OuterRef("pk"), state=CoverState.YES)
    away = practices.exclude(not_well_since=None).filter(~Exists(covered))
    return list(away.select_related("person").order_by("not_well_since"))


def covers_named_by(person_id: int) -> set[int]:
    """Whom this supporter asked to cover, and for whom they cover themselves: the people close to them here."""
    covers = Cover.objects.exclude(state=CoverState.ENDED).filter(
        Q(practice__person=person_id) | Q(person=person_id)
    )
    return {each for pair in covers.values_list("practice__person_id", "person_id") for each in pair} - {
        person_id
    }


def asked_cover_of(practice: SupporterPractice) -> Cover | None:
    """Whoever was asked or has said yes, for the supporter's own page."""
    rows = Cover.objects.filter(practice=practice).exclude(state=CoverState.ENDED)
    return rows.select_related("person").first()


def covers_by_practice(practices: Iterable[SupporterPractice]) -> dict[int, Cover]:
    """Who has said yes to covering, for many practices at once."""
    rows = Cover.objects.filter(practice__in=[each.pk for each in practices], state=CoverState.YES)
    return {row.practice_id: row for row in rows.select_related("person")}


def weeks_without_leave(person: Person, now: datetime) -> int | None:
    """Full weeks since the last time away (or since they began to offer support); None for whoever does not."""
    practices = SupporterPractice.objects.filter(person=person)
    times = TimeAway.objects.filter(practice__person=person)
    if times.filter(ended_at=None).exists():
        return 0
    moments = [
        times.aggregate(last=Max("ended_at"))["last"],
        practices.aggregate(first=Min("began_at"))["first"],
    ]
    known = [each for each in moments if each is not None]
    return max(0, (now - max(known)).days // 7) if known else None
