"""A decision with reasons, the second pair of eyes, and that what is decided holds everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from companionway.conversations import places
from companionway.conversations import policy as conversations_policy
from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation
from companionway.conversations.writing import WRITER, prepare_message
from companionway.foundation import sealing
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.introductions import policy as introductions
from companionway.moderation import policy, queries, services
from companionway.moderation.models import Decision
from companionway.moderation.states import Outcome, State
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import RoleHeld, Stop
from companionway.safety import services as safety
from companionway.support import policy as support
from tests.cast import NOW, give, make_person
from tests.rooms.moderation.conftest import FACTS, Fair, fresh

DAY = timedelta(days=1)


def holds_role(fair: Fair) -> bool:
    return fresh(fair.cast.theo).holds("support.accompany", fair.cast.programme)


def talk_of(fair: Fair) -> Conversation:
    return Conversation.objects.get(pk=fair.walk.conversation_id)


def test_a_short_pause_holds_at_once_and_lifts_by_itself(fair: Fair) -> None:
    made = fair.decide()
    assert made.state == State.STANDS and made.second is None
    assert not holds_role(fair)
    assert services.lift_what_is_over(now=NOW + 5 * DAY - timedelta(minutes=1)) == 0
    assert services.lift_what_is_over(now=NOW + 5 * DAY) == 1
    assert holds_role(fair)
    assert services.lift_what_is_over(now=NOW + 6 * DAY) == 0


@pytest.mark.parametrize("days", [8, None])
def test_what_is_longer_does_nothing_until_a_second_person_agrees(fair: Fair, days: int | None) -> None:
    outcome = Outcome.PAUSE if days else Outcome.EXCLUSION
    waits = fair.decide(outcome=outcome, days=days)
    assert waits.state == State.WAITING and holds_role(fair)
    assert not policy.visible_to(fair.cast.theo).exists(), "nobody is told of what does not hold"
    with pytest.raises(Refused):
        services.agree(actor=fresh(fair.cast.cora), decision=waits, now=NOW)
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    assert not holds_role(fair)
    assert policy.visible_to(fair.cast.theo).get().second == fair.dara


def test_a_short_pause_may_hold_meanwhile_and_ends_when_it_is_handed_back(fair: Fair) -> None:
    waits = fair.decide(outcome=Outcome.EXCLUSION, days=None, holds_meanwhile=True)
    assert not holds_role(fair)
    services.hand_back(actor=fresh(fair.dara), decision=waits, words="A word first, I think.", now=NOW)
    assert holds_role(fair)
    assert Decision.objects.get().state == State.BACK
    assert not policy.visible_to(fair.cast.theo).exists()
    assert (
        services.open_decision(actor=fresh(fair.cast.cora), decision=waits, now=NOW)[1]
        == "A word first, I think."
    )


def test_after_a_pause_meanwhile_the_decision_takes_over_without_a_gap(fair: Fair) -> None:
    waits = fair.decide(outcome=Outcome.PAUSE, days=20, holds_meanwhile=True)
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW + DAY)
    assert not holds_role(fair)
    services.lift_what_is_over(now=NOW + 8 * DAY)
    assert not holds_role(fair), "the short one is over, the decision is not"
    services.lift_what_is_over(now=NOW + 21 * DAY)
    assert holds_role(fair)


def test_many_short_pauses_are_one_long_one(fair: Fair) -> None:
    fair.decide(days=7)
    services.lift_what_is_over(now=NOW + 7 * DAY)
    again = fair.decide(fair.report(), now=NOW + 7 * DAY, days=7)
    assert again.state == State.WAITING and holds_role(fair)
    later = fair.decide(fair.report(), now=NOW + 40 * DAY, days=7)
    assert later.state == State.STANDS


def test_the_person_cannot_take_part_while_it_holds(fair: Fair) -> None:
    theo, mina, programme = fair.cast.theo, fair.cast.mina, fair.cast.programme
    give(theo, roles.MEMBER, programme)
    assert introductions.may_ask(fresh(theo), programme)
    conversations.send_message(actor=theo, conversation=talk_of(fair), text="Before.", now=NOW)
    fair.decide()
    assert not introductions.may_ask(fresh(theo), programme)
    assert not support.may_begin(fresh(fair.cast.cora), programme, mina, fresh(theo))
    for each in (theo, mina):
        with pytest.raises(Refused):
            conversations.send_message(actor=fresh(each), conversation=talk_of(fair), text="After.", now=NOW)
    assert not conversations_policy.may_send(fresh(theo), talk_of(fair))
    assert conversations_policy.may_read(fresh(theo), talk_of(fair))
    services.lift_what_is_over(now=NOW + 5 * DAY)
    conversations.send_message(
        actor=fresh(theo), conversation=talk_of(fair), text="Again.", now=NOW + 5 * DAY
    )


def test_the_live_lane_refuses_words_even_when_it_remembers_an_older_state(fair: Fair) -> None:
    """A process that nobody told: the row is asked inside the transaction that would write the message."""
    talk, theo = talk_of(fair), fair.cast.theo
    place = places.load(conversation_id=talk.pk)
    assert place is not None and theo.pk in place.writers
    fair.decide()
    sending = prepare_message(
        author_id=theo.pk, conversation_id=talk.pk, key=place.keys[theo.pk], text="Late.", note="",
        client_id="a-late-message", now=NOW,
    )  # fmt: skip
    with transaction.atomic():
        (outcome,) = WRITER.write([sending])
    assert isinstance(outcome, Refused)
    loaded = places.load(conversation_id=talk.pk)
    assert loaded is not None and loaded.writers == frozenset()


def test_no_role_can_be_given_while_it_holds_by_any_hand(fair: Fair) -> None:
    theo, programme = fair.cast.theo, fair.cast.programme
    fair.decide()
    with pytest.raises(Refused):
        people.give_role(
            actor=fresh(fair.cast.adil),
            person=fresh(theo),
            role=roles.SUPPORTER,
            programme=programme,
            now=NOW,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHeld.objects.create(person=theo, role=roles.MEMBER, programme=programme, since_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHeld.objects.filter(person=theo).update(until_at=None)
    give(theo, roles.MEMBER, fair.cast.other_programme)


def test_from_the_whole_organisation_everything_ends_and_comes_back(fair: Fair) -> None:
    give(fair.cast.theo, roles.MEMBER, fair.cast.other_programme)
    before = set(RoleHeld.objects.filter(person=fair.cast.theo).values_list("role", "programme_id"))
    fair.decide(is_everywhere=True)
    assert fresh(fair.cast.theo).roles_kept == []
    services.lift_what_is_over(now=NOW + 5 * DAY)
    assert set(fresh(fair.cast.theo).roles_kept) == before


def test_the_last_administrator_is_never_put_out(fair: Fair) -> None:
    give(fair.cast.adil, roles.MEMBER, fair.cast.programme)
    with pytest.raises(Refused):
        fair.decide(fair.report(about=fresh(fair.cast.adil)))


def test_nobody_near_decides_or_reads_it_second(fair: Fair) -> None:
    """Not who it is about, who reported, who blocked them, or who walks or talks with them."""
    cast, dara = fair.cast, fair.dara
    report = fair.report()
    kept = make_person("Kim")
    give(kept, roles.COORDINATOR, cast.programme)
    safety.block_person(actor=kept, person=cast.theo, now=NOW)
    give(cast.mina, roles.COORDINATOR, cast.programme)
    assert policy.may_decide(fresh(dara), cast.theo)
    assert not policy.may_decide(fresh(kept), cast.theo)
    assert not policy.may_decide(fresh(cast.mina), cast.theo)
    give(cast.theo, roles.COORDINATOR, cast.programme)
    assert not policy.may_decide(fresh(cast.theo), cast.theo)
    waits = fair.decide(report, outcome=Outcome.EXCLUSION, days=None)
    for each in (kept, cast.mina, cast.theo, cast.cora, cast.adil, cast.ruth):
        assert not policy.may_second(fresh(each), waits), each.name
    assert list(policy.seconds(waits)) == [dara]


def test_where_nobody_is_second_an_administrator_is_told_and_nothing_happens(fair: Fair) -> None:
    RoleHeld.objects.filter(person=fair.dara).update(until_at=NOW)
    waits = fair.decide(outcome=Outcome.EXCLUSION, days=None)
    record = Record.objects.get(name="moderation.second_wanted")
    assert record.payload["has_nobody"] is True
    assert queries.what_is_missing(fresh(fair.cast.adil)) == (1, 0)
    assert waits.state == State.WAITING and holds_role(fair)


def test_a_second_may_come_from_another_programme_of_the_organisation(fair: Fair) -> None:
    RoleHeld.objects.filter(person=fair.dara).update(until_at=NOW)
    elsewhere = make_person("Elin")
    give(elsewhere, roles.COORDINATOR, fair.cast.other_programme)
    waits = fair.decide(outcome=Outcome.EXCLUSION, days=None)
    services.agree(actor=fresh(elsewhere), decision=waits, now=NOW)
    assert not holds_role(fair)


def test_the_statement_is_sealed_and_only_the_persons(fair: Fair) -> None:
    made = fair.decide()
    assert FACTS.encode() not in bytes(made.sealed_facts or b"")
    assert services.read_statement(actor=fair.cast.theo, decision=made, now=NOW) == FACTS
    for other in (fair.cast.mina, fair.cast.ruth, fair.cast.cora, fair.cast.adil):
        assert not policy.visible_to(fresh(other)).exists()
    assert not policy.handled_by(fresh(fair.cast.mina)).exists()


def test_nothing_wrong_is_kept_and_told_to_nobody_but_the_reporter(fair: Fair) -> None:
    report = fair.report()
    fair.decide(report, outcome=Outcome.NOTHING, days=None, answer="We looked. Thank you.")
    assert not policy.visible_to(fair.cast.theo).exists()
    assert Record.objects.get(name="moderation.decided").about_id is None
    report.refresh_from_db()
    assert safety.read_answer(actor=fair.cast.mina, report=report, now=NOW).answer == "We looked. Thank you."


def test_one_report_is_decided_once(fair: Fair) -> None:
    report = fair.report()
    fair.decide(report)
    with pytest.raises(Refused):
        fair.decide(report)


def test_what_the_record_keeps_has_no_words_and_no_reason(fair: Fair) -> None:
    fair.excluded()
    for row in Record.objects.filter(name__startswith="moderation."):
        assert "money" not in str(row.payload) and FACTS not in str(row.payload)
        ids = {"decision_id", "programme_id", "has_nobody", "maker_id", "is_yes"}
        assert set(row.payload) <= ids | {"actor_id", "about_id", "subject"}


def test_stopping_leaves_the_keys_and_what_is_theirs(fair: Fair) -> None:
    sealing.key_of(sealing.PERSON, fair.cast.theo.pk)
    fair.excluded()
    theo = fresh(fair.cast.theo)
    assert theo.is_active and theo.erased_at is None
    assert Stop.objects.get(person=theo).ended == [["supporter", fair.cast.programme.pk]]
