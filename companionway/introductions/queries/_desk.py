"""What a coordinator sees of one programme: who waits and how long, room, and only the exceptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField
from django.utils.translation import gettext_lazy as _

from companionway.conversations import queries as conversations
from companionway.foundation.prepared import Prepared, counted, slot
from companionway.foundation.sealing import PERSON, key_of, preload
from companionway.introductions.models import PASSED_OVER_WORDS, Introduction, PassedOver, Request
from companionway.introductions.queries._pool import pool_of, with_members
from companionway.introductions.queries._rows import member_rows
from companionway.people.models import Organisation, Person, Programme
from companionway.practice import policy as practice_policy
from companionway.practice import queries as practice
from companionway.reasoning.matching import NoCandidate, Rule, unmatched_report
from companionway.reasoning.waiting import OpeningHours, first_word_due
from companionway.support import queries as support

ANSWER_WITHIN: Final = timedelta(days=5)
MOST_WAITING: Final = 500
MOST_PASSED: Final = 100
_NO_RULE: Final = _("No single change would help: it takes somebody new, or a talk about what matters most.")
_RULE_WORDS: Final = {
    Rule.CAPACITY: _("Everybody who would fit is full at the moment."),
    Rule.GENDER: _("Whom they feel able to talk with: ask whether it could be wider."),
    Rule.LANGUAGE: _("Nobody with room speaks a language of theirs."),
    Rule.CANNOT_SUPPORT: _("Those with room do not offer this: somebody new is needed."),
    Rule.TRAINING: _("Nobody with room has the training this needs."),
    Rule.HOURS: _("The free hours do not meet: ask both whether others could do."),
    Rule.MODE: _("The ways of talking do not meet: ask both whether others could do."),
}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits: a chosen name and a time; nothing they wrote."""

    request: Request
    name: str
    since: datetime
    days: int
    being_asked: int


@dataclass(frozen=True, slots=True)
class SilentPair:
    """Two people who were brought together and in whose talk no supporter has written within the promise."""

    member: str
    supporter: str
    since: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class NobodyFits:
    request: Request
    name: str
    rule: Rule | None
    would_open: int

    @property
    def words(self) -> str:
        """The one rule whose relaxing would help, in words; rules that protect people are never among them."""
        return str(_RULE_WORDS[self.rule]) if self.rule in _RULE_WORDS else str(_NO_RULE)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Everything that needs a person's thought; empty lists mean that all is as it should be."""

    first_word_missing: list[SilentPair]
    nobody_fits: list[NobodyFits]
    unanswered: list[Introduction]
    away_without_cover: list[str]

    @property
    def count(self) -> int:
        about_members = len(self.first_word_missing) + len(self.nobody_fits) + len(self.unanswered)
        return about_members + len(self.away_without_cover)


@dataclass(frozen=True, slots=True)
class Desk:
    """One programme as its coordinator sees it."""

    waiting: list[Waiting]
    exceptions: Exceptions


def overview(actor: Person, programme: Programme, now: datetime) -> Desk:
    """Who waits here, longest first, and what should not be as it is; a fixed number of queries."""
    open_here = Request.objects.open().filter(programme=programme).select_related("member", "programme")
    rows, asked = list(open_here.in_waiting_order()[:MOST_WAITING]), _asked(programme)
    practices = practice_policy.visible_to(actor).filter(programme=programme)
    return Desk(
        _waiting(rows, asked, now),
        Exceptions(
            first_word_missing=_silent(actor, programme, now),
            nobody_fits=_unfitting(programme, rows),
            unanswered=[each for each in asked if each.waiting_since < now - ANSWER_WITHIN],
            away_without_cover=[each.person.name for each in practice.away_without_cover(practices)],
        ),
    )


def exceptions(actor: Person, programme: Programme, now: datetime) -> Exceptions:
    """Only what should not be as it is."""
    return overview(actor, programme, now).exceptions


def _waiting(rows: list[Request], asked: list[Introduction], now: datetime) -> list[Waiting]:
    being_asked = Counter(each.request_id for each in asked)
    return [
        Waiting(row, row.member.name, row.asked_at, (now - row.asked_at).days, being_asked[row.pk])
        for row in rows
    ]


def passings(programme: Programme, since: datetime) -> list[PassedOver]:
    """Who was passed over since then and why, newest first; the words are opened by `words_of_passing`."""
    rows = PassedOver.objects.filter(request__programme=programme, happened_at__gte=since)
    found = list(rows.select_related("request__member", "by").order_by("-happened_at", "-pk")[:MOST_PASSED])
    preload(PERSON, [each.request.member_id for each in found])
    return found


_PASSED = Prepared(
    lambda: PassedOver.objects.filter(
        request__programme=slot("programme"), happened_at__gte=slot("since", DateTimeField())
    ).values("pk")[:MOST_PASSED]
)


def passings_counted(programmes: Iterable[Programme], since: datetime) -> list[int]:
    """How many `passings` would show for each of these, in one question."""
    return counted(_PASSED.statement(programme=each.pk, since=since) for each in programmes)


def words_of_passing(passing: PassedOver) -> str:
    """Why, as it was written then."""
    return key_of(PERSON, passing.request.member_id).open(passing.sealed_words, PASSED_OVER_WORDS)


def opening_hours(of: Organisation) -> OpeningHours:
    """The organisation's hours as `reasoning` reads them; a shift past midnight counts until midnight."""
    weekly = tuple(
        (_DAYS.index(day), time.fromisoformat(start), _until(start, end))
        for day, spans in of.opening_hours.items()
        if day in _DAYS
        for start, end in spans
    )
    closed = frozenset(datetime.fromisoformat(day).date() for day in of.holidays)
    return OpeningHours(weekly, ZoneInfo(of.time_zone), closed)


def _until(start: str, end: str) -> time:
    last = time.fromisoformat(end)
    return last if last > time.fromisoformat(start) else time.max


def _silent(actor: Person, programme: Programme, now: datetime) -> list[SilentPair]:
    pairs = list(support.overseen(actor).filter(programme=programme, ended_at=None))
    silent = conversations.first_words_missing(
        [each.conversation_id for each in pairs if each.conversation_id]
    )
    hours = opening_hours(programme.organisation)
    late = []
    for each in pairs:
        if each.conversation_id not in silent:
            continue
        due = first_word_due(each.began_at, programme.first_word_hours, hours) if hours.weekly else None
        # Without opening hours the promise is kept by plain hours.
        due = due or each.began_at + timedelta(hours=programme.first_word_hours)
        if due <= now:
            late.append(SilentPair(each.member.name, each.supporter.name, each.began_at, due))
    return sorted(late, key=lambda pair: pair.due)


def _unfitting(programme: Programme, rows: list[Request]) -> list[NobodyFits]:
    pool = with_members(pool_of(programme), member_rows(rows))
    missing: dict[int, NoCandidate] = {
        each.member_id: each for each in unmatched_report([row.pk for row in rows], pool)
    }
    return [
        NobodyFits(
            row, row.member.name, missing[row.pk].nearest, next(iter(missing[row.pk].opens.values()), 0)
        )
        for row in rows
        if row.pk in missing
    ]


def _asked(programme: Programme) -> list[Introduction]:
    """Every question that is open here, the longest unanswered first."""
    rows = Introduction.objects.asked().filter(request__programme=programme)
    return list(rows.select_related("request__member", "supporter").order_by("waiting_since"))
