"""One's own weeks: counts, seen first by the person; debriefs; role drift above a floor; weights."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.people.models import Person
from companionway.practice import services as practice_services
from companionway.supervision import policy, queries, services
from companionway.supervision.models import DriftTick, HardContact
from companionway.supervision.states import DEBRIEF_MOVES, DebriefState, Drift, ItemKind
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.introductions.scene import ready_supporter
from tests.rooms.supervision.conftest import Held
from tests.rooms.supervision.talking import fresh, later

NIGHT = NOW.replace(hour=23, minute=30)


def walking(cast: Cast, member: Person) -> Relationship:
    return support.begin(
        actor=cast.theo, programme=cast.programme, member=member, supporter=cast.theo, reasons=[], now=NOW
    )


def write(cast: Cast, walk: Relationship, author: Person, *moments: object) -> None:
    talk = Conversation.objects.get(pk=walk.conversation_id)
    for number, at in enumerate(moments):
        conversations.send_message(
            actor=author, conversation=talk, text=f"Secret words {number}", now=at  # type: ignore[arg-type]
        )  # fmt: skip


def test_weeks_are_counts_of_ones_own(held: Held) -> None:
    cast = held.cast
    walk = walking(cast, cast.mina)
    write(cast, walk, cast.theo, NOW, NOW + timedelta(minutes=1), NIGHT)
    write(cast, walk, cast.mina, NOW, NIGHT)
    services.note_hard_contact(
        actor=cast.theo, person=cast.theo, programme=cast.programme, subject="own:a", now=NOW
    )
    this = queries.weeks_of(cast.theo, NIGHT)[-1]
    assert this.is_this
    assert (this.week.messages, this.week.at_night, this.week.people, this.week.hard_contacts) == (3, 1, 1, 1)
    assert queries.weeks_of(cast.ruth, NIGHT)[-1].week.messages == 0
    assert "Secret" not in repr(queries.weeks_of(cast.theo, NIGHT))


def test_the_supervisor_sees_them_only_while_they_are_shown(held: Held) -> None:
    theo, pair = held.cast.theo, held.pair
    assert not policy.weeks_shown_to(held.ines).exists()
    with pytest.raises(Refused):
        services.share_weeks(actor=held.ines, supervision=pair, shares=True, now=NOW)
    services.share_weeks(actor=theo, supervision=pair, shares=True, now=NOW)
    assert policy.weeks_shown_to(held.ines).get() == pair
    for person in (held.cast.cora, held.otis, held.cast.adil):
        assert not policy.weeks_shown_to(person).exists()
    services.share_weeks(actor=theo, supervision=pair, shares=False, now=NOW)
    assert not policy.weeks_shown_to(held.ines).exists()
    services.share_weeks(actor=theo, supervision=pair, shares=True, now=NOW)
    services.ask_for_another(actor=theo, supervision=pair, now=NOW)
    assert not policy.weeks_shown_to(held.ines).exists(), "it ends with the two"


def test_nobody_looks_for_signs_unasked(held: Held) -> None:
    cast = held.cast
    walk = walking(cast, cast.mina)
    write(cast, walk, cast.theo, *[NIGHT + timedelta(minutes=each) for each in range(6)])
    shown = queries.weeks_of(cast.theo, NIGHT + timedelta(minutes=9))
    assert queries.signs_for(cast.theo, shown, NIGHT) == []
    services.look_for_signs(actor=cast.theo, wants=True, now=NOW)
    (sign,) = queries.signs_for(cast.theo, shown, NIGHT)
    assert "night" in sign
    services.look_for_signs(actor=cast.theo, wants=False, now=NOW)
    assert queries.signs_for(cast.theo, shown, NIGHT) == []


def test_a_debrief_is_offered_at_once_and_may_be_skipped(held: Held) -> None:
    cast = held.cast
    facts = {"person": cast.theo, "programme": cast.programme, "subject": "concern:7"}
    contact = services.note_hard_contact(actor=None, **facts, now=NOW)  # type: ignore[arg-type]
    assert contact.offered_at == NOW
    assert services.note_hard_contact(actor=None, **facts, now=later(1)) == contact  # type: ignore[arg-type]
    assert Record.objects.filter(name="supervision.debrief_offered").count() == 1
    skipped = services.answer_debrief(actor=cast.theo, contact=contact, answer=DebriefState.SKIPPED, now=NOW)
    assert skipped.answered_at == NOW
    told = Record.objects.get(name="supervision.debrief_answered").payload
    assert told["supervisor_id"] is None, "a no is noted, and told to nobody"
    assert not queries.debriefs_open(cast.theo).exists()


def test_a_yes_stands_on_the_agenda_by_reference_only(held: Held) -> None:
    cast = held.cast
    walk = walking(cast, cast.mina)
    contact = services.note_hard_contact(
        actor=cast.theo, person=cast.theo, programme=cast.programme, subject="own:b", relationship_id=walk.pk,
        now=NOW,
    )  # fmt: skip
    services.answer_debrief(actor=cast.theo, contact=contact, answer=DebriefState.WANTED, now=NOW)
    told = Record.objects.get(name="supervision.debrief_answered").payload
    assert told["supervisor_id"] == held.ines.pk
    (shown,) = queries.agenda_of(held.pair, held.ines)
    assert shown.item.kind == ItemKind.DEBRIEF
    assert (shown.words, shown.walk) == ("", "")
    (mine,) = queries.agenda_of(held.pair, cast.theo)
    assert mine.walk == walk.public_id


def test_only_the_person_says_that_it_was_hard_or_answers(held: Held) -> None:
    cast = held.cast
    with pytest.raises(Refused):
        services.note_hard_contact(
            actor=cast.cora, person=cast.theo, programme=cast.programme, subject="own:c", now=NOW
        )
    contact = services.note_hard_contact(
        actor=cast.theo, person=cast.theo, programme=cast.programme, subject="own:c", now=NOW
    )
    for person in (held.ines, cast.cora, cast.ruth):
        with pytest.raises((Refused, HardContact.DoesNotExist)):
            services.answer_debrief(actor=person, contact=contact, answer=DebriefState.WANTED, now=NOW)
    assert DEBRIEF_MOVES[DebriefState.HELD] == frozenset()


def tickers(cast: Cast, number: int, kind: Drift, now: object = NOW) -> None:
    for each in range(number):
        person = Person.objects.filter(name=f"Ticker {each}").first() or make_person(f"Ticker {each}")
        if not person.roles_held.exists():
            give(person, roles.SUPPORTER, cast.programme)
        services.tick_drift(actor=fresh(person), programme=cast.programme, kind=kind, now=now)  # type: ignore[arg-type]


def test_a_pattern_is_told_above_five_people_in_a_closed_quarter_and_never_who(held: Held) -> None:
    cast, after = held.cast, date(2027, 1, 2)
    tickers(cast, 5, Drift.MEDICATION)
    tickers(cast, 4, Drift.PAPERWORK)
    tickers(cast, 1, Drift.PAPERWORK, later(1))
    assert queries.drift_pattern(cast.cora, cast.programme, NOW.date()) == [], "not while the quarter runs"
    found = queries.drift_pattern(cast.cora, cast.programme, after)
    assert found == [(str(Drift.MEDICATION.label), 5)]
    assert "Ticker" not in repr(found)
    assert queries.drift_pattern(cast.theo, cast.programme, after) == []
    assert queries.drift_pattern(held.ines, cast.programme, after) == []


def test_one_tick_a_day_and_its_kind_is_not_in_the_record(held: Held) -> None:
    cast = held.cast
    for _again in range(2):
        services.tick_drift(
            actor=cast.theo, programme=cast.programme, kind=Drift.MEDICATION, on_agenda=False, now=NOW
        )
    assert DriftTick.objects.count() == 1
    (record,) = Record.objects.filter(name="supervision.drift_ticked")
    assert "medication" not in str(record.payload)
    services.tick_drift(actor=cast.theo, programme=cast.programme, kind=Drift.ALONE, on_agenda=True, now=NOW)
    (shown,) = queries.agenda_of(held.pair, held.ines)
    assert shown.item.kind == ItemKind.DRIFT
    with pytest.raises(Refused):
        services.tick_drift(actor=cast.mina, programme=cast.programme, kind=Drift.ALONE, now=NOW)


def test_beginnings_and_crises_take_more_room(held: Held) -> None:
    """By the database's own clock, as limits are asked without one."""
    cast, now = held.cast, timezone.now()
    row = ready_supporter(cast.theo, cast.programme, places=9)
    row = practice_services.set_limits(
        actor=cast.theo, practice=row, accepting=True, places=9, weekly_minutes=600, minutes_each=30,
        weight_limit=12, now=now,
    )  # fmt: skip
    walk = walking(cast, cast.mina)
    for days, weight in ((0, 3), (41, 3), (43, 2)):
        Relationship.objects.filter(pk=walk.pk).update(began_at=now - timedelta(days=days))
        assert queries.weight_of([cast.theo.pk]) == {cast.theo.pk: weight}, days
    services.note_hard_contact(
        actor=cast.theo, person=cast.theo, programme=cast.programme, subject="own:d", relationship_id=walk.pk,
        now=now - timedelta(days=13),
    )  # fmt: skip
    assert queries.weight_of([cast.theo.pk]) == {cast.theo.pk: 4}
    HardContact.objects.update(happened_at=now - timedelta(days=15))
    assert queries.weight_of([cast.theo.pk]) == {cast.theo.pk: 2}
    assert queries.weight_of([cast.ruth.pk]) == {}
