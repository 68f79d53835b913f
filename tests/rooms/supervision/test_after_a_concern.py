"""J4, the step after: a concern is closed, and whoever carried it is held: offered, skipped or talked about, rested."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from companionway.concerns import services as concerns
from companionway.concerns.models import Concern, Task
from companionway.concerns.states import DecisionKind, TaskKind
from companionway.foundation.models import Record
from companionway.notices.models import Notice
from companionway.oncall.states import Step
from companionway.people import roles
from companionway.people.models import Person
from companionway.practice import services as practice
from companionway.supervision import queries, services
from companionway.supervision.models import AgendaItem, HardContact
from companionway.supervision.states import DebriefState, ItemKind
from tests.cast import NOW, Cast, give
from tests.rooms.concerns.conftest import has_turn, on_call
from tests.rooms.introductions.scene import ready_supporter, settle
from tests.rooms.supervision.conftest import Held
from tests.rooms.supervision.talking import fresh
from tests.rooms.supervision.test_weeks import walking

WORDS = "She wrote that the bridge looks friendly."
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ben(held: Held) -> Person:
    """First on call; the coordinator behind him."""
    has_turn(held.cast.cora, Step.BACKUP)
    ready_supporter(held.cast.theo, held.cast.programme, places=2)
    return on_call("Ben", roles.ON_CALL)


def told(cast: Cast, **given: object) -> Concern:
    facts = {
        "actor": cast.theo,
        "organisation": cast.organisation,
        "about": cast.mina,
        "words": WORDS,
        "now": NOW,
    }
    return concerns.raise_concern(**(facts | given))  # type: ignore[arg-type]


def closed(cast: Cast, ben: Person, **given: object) -> Concern:
    concern = concerns.acknowledge(actor=ben, concern=told(cast, **given), now=NOW)
    if not concern.is_drill:
        concerns.record_decision(
            actor=ben, concern=concern, kind=DecisionKind.MEMBER_TOLD, words="We asked her.", now=NOW
        )
    over = concerns.close(
        actor=ben, concern=concern, outcome="drill" if concern.is_drill else "talked", now=NOW
    )
    settle()
    return over


def takes_somebody_new(cast: Cast) -> bool:
    try:
        practice.take_place(supporter_id=cast.theo.pk, programme_id=cast.programme.pk)
    except practice.Full:
        return False
    return True


def debrief_of(cast: Cast) -> HardContact:
    return HardContact.objects.get(person=cast.theo)


def offer_of(concern: Concern, person: Person) -> Task:
    return concern.tasks.get(kind=TaskKind.DEBRIEF, person=person)


def test_from_the_press_to_the_talk_with_the_supervisor(held: Held, ben: Person) -> None:
    cast, walk = held.cast, walking(held.cast, held.cast.mina)
    assert takes_somebody_new(cast)
    with time_machine.travel(NOW + 2 * MINUTE, tick=False):
        concern = closed(cast, ben)
    contact = debrief_of(cast)
    assert contact.debrief == DebriefState.OFFERED
    assert contact.relationship_id == walk.pk
    assert contact.offered_at - NOW <= 5 * MINUTE
    assert not takes_somebody_new(cast), "nobody new until it was answered"
    services.answer_debrief(actor=cast.theo, contact=contact, answer=DebriefState.WANTED, now=NOW)
    settle()
    assert not takes_somebody_new(cast), "wanted, so it has to be held"
    (shown,) = queries.agenda_of(held.pair, held.ines)
    assert shown.item.kind == ItemKind.DEBRIEF
    assert (shown.words, shown.walk) == ("", ""), "not a word, and no way to the walk"
    item = AgendaItem.objects.get()
    assert item.about == f"relationship:{walk.pk}" and WORDS.encode() not in bytes(item.sealed or b"")
    services.answer_debrief(actor=cast.theo, contact=contact, answer=DebriefState.HELD, now=NOW + MINUTE)
    settle()
    assert takes_somebody_new(cast)
    assert offer_of(concern, cast.theo).done_at is not None, "one talk, asked about once"


def test_the_answer_given_to_the_concern_holds_here(held: Held, ben: Person) -> None:
    cast = held.cast
    concern = closed(cast, ben)
    concerns.answer_debrief(actor=cast.theo, task=offer_of(concern, cast.theo), wanted=True, now=NOW)
    settle()
    assert debrief_of(cast).debrief == DebriefState.WANTED
    assert [each.item.kind for each in queries.agenda_of(held.pair, held.ines)] == [ItemKind.DEBRIEF]
    assert Record.objects.filter(name="concerns.debrief_answered").count() == 1


def test_a_no_is_noted_in_both_places_and_told_to_nobody(held: Held, ben: Person) -> None:
    cast = held.cast
    concern = closed(cast, ben)
    services.answer_debrief(actor=cast.theo, contact=debrief_of(cast), answer=DebriefState.SKIPPED, now=NOW)
    settle()
    task = offer_of(concern, cast.theo)
    assert task.answered_at == NOW and debrief_of(cast).answered_at == NOW
    assert takes_somebody_new(cast)
    assert queries.agenda_of(held.pair, held.ines) == []
    told = Record.objects.get(name="supervision.debrief_answered").payload
    assert told["supervisor_id"] is None
    assert not Notice.objects.filter(person=held.ines, subject__startswith="contact").exists()


def test_the_offer_is_heard_once_and_made_once(held: Held, ben: Person) -> None:
    cast = held.cast
    concern = closed(cast, ben)
    services.offer_after_concern(actor=None, concern_id=concern.pk, now=NOW + MINUTE)
    settle()
    assert HardContact.objects.count() == 1
    heard = Notice.objects.filter(person=cast.theo, kind__in=["afterwards", "debrief"], channel="page")
    assert {each.subject for each in heard if "contact" in each.subject} == set()


def test_stood_down_after_somebody_had_it_is_asked_about_and_rests_nobody(held: Held, ben: Person) -> None:
    cast = held.cast
    concern = concerns.acknowledge(actor=ben, concern=told(cast), now=NOW)
    concerns.stand_down(actor=cast.theo, concern=concern, now=NOW)
    settle()
    assert debrief_of(cast).debrief == DebriefState.OFFERED
    assert takes_somebody_new(cast)


def test_a_press_taken_back_a_drill_and_ones_own_concern_are_nothing_hard_for_somebody(
    held: Held, ben: Person
) -> None:
    cast = held.cast
    concerns.stand_down(actor=cast.theo, concern=told(cast), now=NOW)
    settle()
    give(cast.theo, roles.ON_CALL, None)
    closed(cast, ben, actor=fresh(cast.theo), is_drill=True, about=None)
    closed(cast, ben, about=cast.theo)
    assert not HardContact.objects.exists()


def test_who_carries_nothing_here_is_asked_nothing(held: Held, ben: Person) -> None:
    """A member raised it, and whoever had it is on call and supports nobody: no row about either."""
    closed(held.cast, ben, actor=held.cast.mina, about=None)
    assert not HardContact.objects.exists()


def test_said_by_oneself_and_wanted_rests_until_it_was_held_or_let_be(held: Held, ben: Person) -> None:
    cast = held.cast
    contact = services.note_hard_contact(
        actor=cast.theo, person=cast.theo, programme=cast.programme, subject="own:x", now=NOW
    )
    assert takes_somebody_new(cast), "it was offered in the same moment"
    services.answer_debrief(actor=cast.theo, contact=contact, answer=DebriefState.WANTED, now=NOW)
    assert not takes_somebody_new(cast)
    services.answer_debrief(actor=fresh(cast.theo), contact=contact, answer=DebriefState.SKIPPED, now=NOW)
    assert takes_somebody_new(cast)


def test_a_room_that_does_not_hear_is_seen(held: Held, ben: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "offer_after_concern", lambda **facts: 0)
    with pytest.raises(HardContact.DoesNotExist):
        test_the_answer_given_to_the_concern_holds_here(held, ben)


def test_a_rest_that_is_not_read_is_seen(held: Held, ben: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companionway.practice.capacity._carried", [])
    with pytest.raises(AssertionError):
        test_said_by_oneself_and_wanted_rests_until_it_was_held_or_let_be(held, ben)
