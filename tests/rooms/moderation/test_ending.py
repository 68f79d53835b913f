"""Ending and blocking in one press, under every name; cues for the supervisor; what is seen again; the record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation, Message
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.moderation import policy, queries, services
from companionway.moderation.models import CueTold
from companionway.moderation.states import Outcome
from companionway.people import roles
from companionway.people.models import Person, Stop
from companionway.safety import queries as safety
from companionway.safety import services as safety_services
from companionway.safety.models import Report
from companionway.supervision import queries as supervision_queries
from companionway.supervision import services as supervision
from companionway.supervision.models import AgendaItem, HardContact
from companionway.support import policy as support
from companionway.support.states import State
from tests.cast import NOW, give, make_person
from tests.rooms.moderation.conftest import Fair, fresh

WORDS = "Send me your number and forty quid"


def said(fair: Fair, actor: Person, words: str) -> int:
    talk = Conversation.objects.get(pk=fair.walk.conversation_id)
    conversations.send_message(actor=actor, conversation=talk, text=words, now=NOW)
    return Message.objects.filter(author=actor).latest("pk").pk


def press(fair: Fair, actor: Person | None = None) -> Report:
    return services.end_and_block(actor=actor or fair.cast.theo, relationship=fair.walk, now=NOW)


def one_person(fair: Fair, one: Person, other: Person) -> None:
    same = services.record_same(actor=fresh(fair.cast.cora), one=one, other=other, now=NOW)
    services.confirm_same(actor=fresh(fair.dara), same=same, now=NOW)


def test_one_press_ends_blocks_keeps_the_words_and_offers_a_debrief(fair: Fair) -> None:
    said(fair, fair.cast.mina, WORDS)
    report = press(fair)
    fair.walk.refresh_from_db()
    assert fair.walk.state == State.ENDED
    assert safety.blocked_between(fair.cast.mina.pk, fair.cast.theo.pk)
    opened = safety_services.read_report(actor=fresh(fair.cast.cora), report=report, now=NOW)
    assert f"Mina: {WORDS}" in opened.extract
    assert HardContact.objects.get(person=fair.cast.theo).subject == f"report:{report.pk}"


def test_the_words_stay_when_the_other_takes_them_back(fair: Fair) -> None:
    message = said(fair, fair.cast.mina, WORDS)
    report = press(fair)
    conversations.withdraw_message(actor=fair.cast.mina, message=Message.objects.get(pk=message), now=NOW)
    assert WORDS in safety_services.read_report(actor=fresh(fair.cast.cora), report=report, now=NOW).extract


def test_only_the_newest_words_are_kept(fair: Fair) -> None:
    for number in range(14):
        said(fair, fair.cast.mina, f"Line number {number:02}.")
    kept = safety_services.read_report(actor=fresh(fair.cast.cora), report=press(fair), now=NOW).extract
    assert "Line number 13." in kept and "Line number 04." in kept and "Line number 03." not in kept


def test_a_member_may_press_too_and_nobody_else(fair: Fair) -> None:
    with pytest.raises(type(fair.walk).DoesNotExist):
        press(fair, fair.cast.ruth)
    press(fair, fair.cast.mina)
    assert safety.blocked_between(fair.cast.mina.pk, fair.cast.theo.pk)
    assert not HardContact.objects.exists()


def test_blocked_in_every_programme_and_under_every_name(fair: Fair) -> None:
    cast = fair.cast
    give(cast.mina, roles.MEMBER, cast.other_programme)
    give(cast.theo, roles.SUPPORTER, cast.other_programme)
    alias = make_person("Minnie")
    give(alias, roles.MEMBER, cast.programme)
    one_person(fair, cast.mina, alias)
    press(fair)
    for name in (cast.mina, alias):
        for programme in (cast.programme, cast.other_programme):
            assert not support.may_begin(cast.theo, programme, name, fresh(cast.theo)), programme.name
        assert safety.blocked_between(cast.theo.pk, name.pk)
    assert [each.blocked for each in safety.my_blocks(cast.theo)] == [cast.mina], "the other name is not told"
    safety_services.lift_block(actor=cast.theo, person=cast.mina, now=NOW)
    services.lift_with(actor=cast.theo, blocked=cast.mina, now=NOW)
    assert not safety.blocked_between(cast.theo.pk, alias.pk)


def test_names_found_to_be_one_later_take_blocks_and_stops_with_them(fair: Fair) -> None:
    cast, alias = fair.cast, make_person("Teo B")
    give(alias, roles.SUPPORTER, cast.programme)
    safety_services.block_person(actor=cast.ruth, person=cast.theo, now=NOW)
    fair.excluded()
    same = services.record_same(actor=fresh(cast.cora), one=cast.theo, other=alias, now=NOW)
    assert fresh(alias).holds("support.accompany"), "one person alone links nobody"
    with pytest.raises(Refused):
        services.confirm_same(actor=fresh(cast.cora), same=same, now=NOW)
    services.confirm_same(actor=fresh(fair.dara), same=same, now=NOW)
    assert not fresh(alias).holds("support.accompany")
    assert safety.blocked_between(cast.ruth.pk, alias.pk)
    assert not policy.may_decide(fresh(fair.cast.ruth), alias)
    services.end_same(actor=fresh(cast.cora), same=same, now=NOW)
    assert fresh(alias).holds("support.accompany")
    assert Stop.objects.live().filter(person=cast.theo).exists()


def test_a_stop_decided_later_holds_under_both_names(fair: Fair) -> None:
    alias = make_person("Teo B")
    give(alias, roles.SUPPORTER, fair.cast.programme)
    one_person(fair, fair.cast.theo, alias)
    fair.excluded()
    assert not fresh(alias).holds("support.accompany")
    services.record_same(actor=fresh(fair.cast.cora), one=alias, other=fair.cast.ruth, now=NOW)


def held(fair: Fair) -> Person:
    ines = make_person("Ines")
    give(ines, roles.SUPERVISOR, fair.cast.programme)
    supervision.arrange(
        actor=fair.cast.theo,
        programme=fair.cast.programme,
        supporter=fair.cast.theo,
        supervisor=fresh(ines),
        now=NOW,
    )
    return fresh(ines)


@pytest.mark.parametrize(
    "words",
    ["can you lend me fifty quid", "give me your number", "send me a photo of you in your underwear"],
    ids=["money", "contact", "sexual"],
)
@pytest.mark.parametrize("writer", ["mina", "theo"])
def test_each_kind_of_cue_reaches_the_supervisor_without_a_word(fair: Fair, words: str, writer: str) -> None:
    ines = held(fair)
    said(fair, getattr(fair.cast, writer), words)
    assert services.mark_cues(now=NOW) == 1
    pair = supervision_queries.current_of(fair.cast.theo, fair.cast.programme)
    assert pair is not None
    (line,) = supervision_queries.agenda_of(pair, ines)
    assert (line.item.kind, line.words, line.item.about) == ("cue", "", "")
    assert supervision_queries.agenda_of(pair, fair.cast.theo) == []
    told = Record.objects.get(name="moderation.cue_marked")
    assert set(told.payload) == {"supervisor_id", "programme_id", "actor_id", "about_id", "subject"}
    assert told.about_id is None


def test_cues_are_told_once_and_a_waiting_line_is_not_doubled(fair: Fair) -> None:
    held(fair)
    for words in ("give me your number", "can you lend me fifty quid"):
        said(fair, fair.cast.mina, words)
        services.mark_cues(now=NOW)
        services.mark_cues(now=NOW + timedelta(minutes=1))
    assert AgendaItem.objects.count() == 1 and CueTold.objects.count() == 2


def test_kind_words_mark_nothing_and_neither_where_staff_know_nothing(fair: Fair) -> None:
    held(fair)
    said(fair, fair.cast.mina, "I would like a walk by the sea.")
    assert services.mark_cues(now=NOW) == 0
    said(fair, fair.cast.mina, "give me your number")
    type(fair.cast.programme).objects.filter(pk=fair.cast.programme.pk).update(coordinator_sees=False)
    assert services.mark_cues(now=NOW) == 0


def test_told_of_more_than_once_is_by_name_and_needs_two_people(fair: Fair) -> None:
    cast, alias = fair.cast, make_person("Zed")
    give(alias, roles.MEMBER, cast.programme)
    fair.report()
    fair.report()
    assert queries.again(fresh(cast.cora)) == []
    one_person(fair, cast.theo, alias)
    fair.report(reporter=cast.ruth, about=alias)
    for _time in range(3):
        fair.report(reporter=fair.panel[0], about=cast.ruth)
    fair.report(reporter=fair.panel[1], about=cast.ruth)
    rows = queries.again(fresh(cast.cora))
    assert [(row.names, row.people) for row in rows] == [(["Ruth"], 2), (["Theo", "Zed"], 2)]
    assert queries.again(fresh(cast.adil)) == []


def test_the_record_counts_and_names_nobody(fair: Fair) -> None:
    fair.decide(outcome=Outcome.WORD, days=None)
    fair.excluded()
    waits = fair.decide(outcome=Outcome.EXCLUSION, days=None, reason="harm")
    text = queries.log_csv(fresh(fair.cast.adil))
    assert "money" in text and "1,1,0,0,0" in text and "1,0,0,0,0" in text
    for name in ("Theo", "Cora", "Dara", "Mina", waits.public_id):
        assert name not in text
    assert queries.log_csv(fresh(fair.cast.cora)).count("\n") == 1
