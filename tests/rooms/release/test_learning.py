"""Who signs, when less is read, when everything again; who sees what; and the talk beside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.conversations import queries as conversation_queries
from companionway.conversations import services as conversations
from companionway.conversations.gates import Kept
from companionway.conversations.models import Message
from companionway.foundation import parts, retention, sealing
from companionway.foundation.events import deliver
from companionway.foundation.policy import Refused
from companionway.notices.models import Notice
from companionway.people import queries as people_queries
from companionway.people import roles
from companionway.people.models import Programme
from companionway.release import gate, policy, queries, services
from companionway.release.models import HeldReply, Reading, Thread, ThreadNote, Traineeship
from companionway.release.states import ReplyState, Stage
from companionway.safety import services as safety
from tests.cast import NOW, give, make_person
from tests.rooms.release.conftest import HOUR, Learning


def with_record(learning: Learning, read: int, sent_back: int = 0) -> Traineeship:
    """So many replies read in the last months, as if by mentors."""
    HeldReply.objects.bulk_create(
        HeldReply(
            public_id=f"old-{each}", traineeship=learning.theo, programme=learning.cast.programme,
            conversation=learning.talk, author=learning.cast.theo, client_id=f"old-name-{each}", sealed=b"",
            state=ReplyState.SENT_BACK if each < sent_back else ReplyState.RELEASED, why="every", after_id=0,
            held_at=NOW - 90 * 24 * HOUR, nudge_at=NOW, promised_at=NOW,
            decided_at=NOW - (90 * 24 - each) * HOUR, decided_by=learning.hanna,
        )
        for each in range(read)
    )  # fmt: skip
    Traineeship.objects.filter(pk=learning.theo.pk).update(began_at=NOW - timedelta(days=100))
    learning.theo.refresh_from_db()
    return learning.theo


def test_one_mentor_signs_for_some_two_for_on_request(learning: Learning) -> None:
    theo = with_record(learning, 20)
    assert services.sign(actor=learning.hanna, traineeship=theo, now=NOW)
    theo.refresh_from_db()
    assert theo.stage == Stage.SAMPLED
    HeldReply.objects.all().delete()
    theo = with_record(learning, 60)
    assert not services.sign(actor=learning.hanna, traineeship=theo, now=NOW)
    with pytest.raises(Refused, match="You have signed"):
        services.sign(actor=learning.hanna, traineeship=theo, now=NOW)
    assert services.sign(actor=learning.milo, traineeship=theo, now=NOW)
    theo.refresh_from_db()
    assert theo.stage == Stage.ON_REQUEST
    said = [each.facts.get("line") for each in conversation_queries.messages_of(learning.talk)]
    assert said[-2:] == ["mentor_sampled", "mentor_on_request"], "the member is told of each step"


def test_nobody_signs_too_early_or_for_themselves(learning: Learning) -> None:
    with pytest.raises(Refused, match="too early"):
        services.sign(actor=learning.hanna, traineeship=with_record(learning, 18), now=NOW)
    HeldReply.objects.all().delete()
    theo = with_record(learning, 20)
    give(learning.cast.theo, roles.MENTOR, learning.cast.programme)
    for actor in (learning.cast.theo, learning.cast.cora, learning.cast.mina):
        with pytest.raises(Refused, match="Another mentor"):
            services.sign(actor=actor, traineeship=theo, now=NOW)


def test_one_that_could_have_hurt_and_all_are_read_again(learning: Learning) -> None:
    theo = with_record(learning, 60)
    services.sign(actor=learning.hanna, traineeship=theo, now=NOW)
    learning.gives_back(learning_asks(learning), could_harm=True)
    theo.refresh_from_db()
    assert theo.stage == Stage.EVERY
    assert not theo.signatures.filter(laid_aside_at=None).exists()


def learning_asks(learning: Learning) -> HeldReply:
    learning.says("What do you think of this?", asks=True, now=NOW + HOUR)
    return HeldReply.objects.waiting().get()


def test_four_of_twenty_that_came_back_and_all_are_read_again(learning: Learning) -> None:
    theo = with_record(learning, 20)
    learning.is_at(Stage.SAMPLED)
    HeldReply.objects.filter(public_id__in=[f"old-{each}" for each in (16, 17, 18)]).update(
        state=ReplyState.SENT_BACK
    )
    learning.gives_back(learning_drawn(learning))
    theo.refresh_from_db()
    assert theo.stage == Stage.EVERY


def learning_drawn(learning: Learning) -> HeldReply:
    """Names are tried until one is drawn after another was not: what is not drawn is sent."""
    sent = 0
    for each in range(200):
        if not isinstance(learning.says(f"Words {each}", client_id=f"a-name-{each:04}"), Kept):
            sent += 1
            continue
        held = HeldReply.objects.waiting().get()
        if sent:
            return held
        learning.lets_go(held, now=NOW)
        sent = 1
    raise AssertionError("nothing was drawn")


def test_a_draw_is_made_once(learning: Learning) -> None:
    with_record(learning, 60)
    learning.is_at(Stage.SAMPLED)
    held = learning_drawn(learning)
    assert held.why == "drawn"
    assert 0 < gate.share_of(learning.theo, NOW) < 1
    for _ in range(20):
        again = learning.says(queries.words_of(held)["text"], client_id=held.client_id)
        assert isinstance(again, Kept)
    sent = Message.objects.filter(author=learning.cast.theo).latest("pk")
    for _ in range(20):
        learning.says(conversation_queries.shown_of(sent).facts["text"], client_id=sent.client_id)
    assert HeldReply.objects.waiting().count() == 1


def test_learning_ends_when_mentors_have_signed_and_nothing_waits(learning: Learning) -> None:
    cora = learning.cast.cora
    with pytest.raises(Refused, match="sign first"):
        services.end_learning(actor=cora, traineeship=learning.theo, now=NOW)
    learning.is_at(Stage.ON_REQUEST)
    learning_asks(learning)
    with pytest.raises(Refused, match="still waits"):
        services.end_learning(actor=cora, traineeship=learning.theo, now=NOW)
    learning.lets_go(HeldReply.objects.waiting().get(), now=NOW + HOUR)
    services.end_learning(actor=cora, traineeship=learning.theo, now=NOW + 2 * HOUR)
    assert not isinstance(learning.says("On my own", asks=True, now=NOW + 3 * HOUR), Kept)


def test_where_nothing_is_shown_to_staff_nobody_reads_first(learning: Learning) -> None:
    Programme.objects.filter(pk=learning.cast.programme.pk).update(coordinator_sees=False)
    programme = Programme.objects.get(pk=learning.cast.programme.pk)
    with pytest.raises(Refused, match="nobody else reads"):
        services.begin_learning(
            actor=learning.cast.cora, person=learning.cast.ruth, programme=programme, now=NOW
        )
    learning.holds("Hello")
    assert not policy.readable_by(learning.hanna, NOW).exists()


def test_who_may_read_is_one_rule(learning: Learning) -> None:
    """`may_read` and `readable_by` say the same of everybody, early and late."""
    cast = learning.cast
    held, stranger = learning.holds("Hello"), make_person("Nia")
    give(stranger, roles.MENTOR, cast.other_programme)
    give(cast.mina, roles.MENTOR, cast.programme)
    early = {learning.hanna.pk, learning.milo.pk}
    people = [learning.hanna, learning.milo, stranger, *(getattr(cast, name) for name in
              ("mina", "theo", "ruth", "cora", "adil", "sam_the_stranger"))]  # fmt: skip
    for now, wanted in ((NOW, early), (NOW + 48 * HOUR, early | {cast.cora.pk})):
        for person in people:
            shown = policy.readable_by(person, now).filter(pk=held.pk).exists()
            assert bool(policy.may_read(person, held, now)) == shown == (person.pk in wanted), person.name


def test_a_mentor_whom_the_member_blocked_reads_nothing(learning: Learning) -> None:
    held = learning.holds("Hello")
    safety.block_person(actor=learning.cast.mina, person=learning.hanna, now=NOW)
    assert not policy.readable_by(learning.hanna, NOW).exists()
    assert not policy.threads_visible_to(learning.hanna).exists()
    with pytest.raises(Refused):
        services.open_reply(actor=learning.hanna, held=held, now=NOW)
    assert policy.readable_by(learning.milo, NOW).exists()


def test_a_reader_sees_six_before_and_none_after(learning: Learning) -> None:
    for each in range(9):
        conversations.send_message(
            actor=learning.cast.mina, conversation=learning.talk, text=f"Before {each}", now=NOW
        )
    held = learning.holds("My reply")
    conversations.send_message(actor=learning.cast.mina, conversation=learning.talk, text="After", now=NOW)
    seen = [each.facts.get("text") for each in queries.opened(held).before]
    assert seen == [f"Before {each}" for each in range(3, 9)]


def test_each_reading_is_shown_once_to_both_and_is_no_alarm(learning: Learning) -> None:
    held = learning.holds("Hello")
    for _ in range(3):
        services.open_reply(actor=learning.hanna, held=held, now=NOW)
    while deliver():
        pass
    for person in (learning.cast.mina, learning.cast.theo):
        (read,) = people_queries.reads_about(person)
        assert read.by == "Hanna"
        assert "as your conversation says" in read.why
    assert not Notice.objects.filter(person=learning.cast.mina, kind="looked").exists()
    assert Reading.objects.count() == 1


def the_thread(learning: Learning) -> Thread:
    return Thread.objects.get(conversation=learning.talk)


def test_beside_the_conversation_a_quote_is_a_number(learning: Learning) -> None:
    shown = conversations.send_message(
        actor=learning.cast.mina, conversation=learning.talk, text="He came home late again.", now=NOW
    )
    assert not isinstance(shown, Kept)
    thread = the_thread(learning)
    services.say_beside(
        actor=learning.cast.theo, thread=thread, words="I froze here.", quoted_id=shown.id, now=NOW
    )
    (by_trainee,) = queries.said_in(learning.cast.theo, thread)
    (by_mentor,) = queries.said_in(learning.hanna, thread)
    assert by_trainee.quote == "He came home late again."
    assert by_mentor.quote == "", "she was not shown that message with any reply"
    services.open_reply(actor=learning.hanna, held=learning.holds("Oh."), now=NOW)
    assert queries.said_in(learning.hanna, thread)[0].quote == "He came home late again."
    assert queries.said_in(learning.milo, thread)[0].quote == ""
    conversations.withdraw_message(
        actor=learning.cast.mina, message=Message.objects.get(pk=shown.id), now=NOW
    )
    assert queries.said_in(learning.hanna, thread)[0].quote == "", "taken back is taken back there as well"
    note = ThreadNote.objects.get()
    assert b"late" not in bytes(note.sealed)


def test_nobody_points_to_what_they_may_not_see(learning: Learning) -> None:
    shown = conversations.send_message(
        actor=learning.cast.mina, conversation=learning.talk, text="He came home late again.", now=NOW
    )
    assert not isinstance(shown, Kept)
    with pytest.raises(Refused, match="may see"):
        services.say_beside(
            actor=learning.hanna, thread=the_thread(learning), words="And this?", quoted_id=shown.id, now=NOW
        )


def test_the_thread_is_for_the_trainee_and_mentors(learning: Learning) -> None:
    cast, thread = learning.cast, the_thread(learning)
    inside = {learning.hanna.pk, learning.milo.pk, cast.theo.pk}
    for person in (learning.hanna, learning.milo, cast.theo, cast.mina, cast.cora, cast.ruth, cast.adil,
                   cast.sam_the_stranger):  # fmt: skip
        assert policy.threads_visible_to(person).filter(pk=thread.pk).exists() == (person.pk in inside)


def test_a_file_holds_ones_own_words_and_no_held_reply_of_another(learning: Learning) -> None:
    held = learning.holds("Mine alone until it goes")
    services.say_beside(actor=learning.cast.theo, thread=the_thread(learning), words="How was I?", now=NOW)
    learning.gives_back(held)
    mine = str(parts.export_of(learning.cast.theo))
    assert "Mine alone until it goes" in mine
    assert "Warm and clear" in mine
    assert "How was I?" in mine
    assert "Warm and clear" in str(parts.export_of(learning.hanna))
    hers = str(parts.export_of(learning.cast.mina))
    assert "Mine alone" not in hers
    assert "Warm and clear" not in hers


def test_who_leaves_takes_their_words_along(learning: Learning) -> None:
    held = learning.holds("Hello")
    services.say_beside(actor=learning.cast.theo, thread=the_thread(learning), words="How was I?", now=NOW)
    parts.erase(learning.cast.theo, NOW)
    held.refresh_from_db()
    assert (bytes(held.sealed), held.state) == (b"", ReplyState.WITHDRAWN)
    assert not ThreadNote.objects.exists()
    assert services.keep_promises(actor=None, now=NOW + 100 * HOUR) == 0


def test_a_conversation_destroyed_takes_what_waited_along(learning: Learning) -> None:
    held = learning.holds("Hello")
    conversations.erase_conversation(actor=None, conversation=learning.talk, now=NOW)
    while deliver():
        pass
    held.refresh_from_db()
    assert (bytes(held.sealed), held.state) == (b"", ReplyState.CLOSED)
    with pytest.raises((sealing.KeyDestroyed, KeyError)):
        sealing.key_of(sealing.CONVERSATION, learning.talk.pk)


def test_what_is_over_goes_when_its_time_has_come(learning: Learning) -> None:
    learning.lets_go(learning.holds("Hello"))
    services.say_beside(actor=learning.cast.theo, thread=the_thread(learning), words="How was I?", now=NOW)
    gone = retention.run_clocks(NOW + timedelta(days=179))
    assert not gone["beside"]
    gone = retention.run_clocks(NOW + timedelta(days=201))
    assert gone["beside"] == 1
    assert gone["held_replies"] >= 1
    assert Message.objects.filter(author=learning.cast.theo).count() == 1
