"""Asking, answering, offering, proposing: what happens, what must not, and what is said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.introductions import queries, services
from companionway.introductions.models import Introduction, PassedOver, Request
from companionway.introductions.services import Passing, ReasonOwed
from companionway.introductions.states import (
    Answer,
    Closing,
    Door,
    IntroductionState,
    PassingReason,
    RequestState,
)
from companionway.people import services as people
from companionway.people.models import Person, Purpose
from companionway.practice.models import SupporterPractice
from companionway.safety import services as safety
from companionway.support import queries as support
from tests.cast import NOW, Cast
from tests.rooms.introductions.scene import (
    ask,
    asked,
    new_member,
    new_supporter,
    ready_supporter,
    shown_to,
)

LATER = NOW + timedelta(hours=1)
WHY = Passing(PassingReason.LANGUAGE, "Hardly anybody else here speaks their language.")


def yes(person: Person, row: Introduction, now: datetime = LATER) -> Introduction:
    return services.answer(actor=person, introduction=row, answer=Answer.YES, now=now)


def test_asking_needs_a_yes_to_using_what_is_shared(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.ask(actor=cast.mina, programme=cast.programme, now=NOW)
    assert not Request.objects.exists()


def test_asking_twice_keeps_the_first_place_in_line(cast: Cast) -> None:
    first = ask(cast.mina, cast.programme)
    assert ask(cast.mina, cast.programme, now=LATER).pk == first.pk
    assert Request.objects.get().asked_at == NOW


def test_a_stranger_cannot_ask_in_a_programme_they_did_not_join(cast: Cast) -> None:
    with pytest.raises(Refused):
        ask(cast.sam_the_stranger, cast.programme)


def test_two_yeses_begin_a_walk_and_close_the_other_questions(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    ruths = ready_supporter(cast.ruth, cast.programme)
    row, other = asked(minas, theos), asked(minas, ruths)
    met = yes(cast.theo, row)
    assert met.state == IntroductionState.MET
    assert support.between(cast.mina.pk, cast.theo.pk).count() == 1
    assert Request.objects.get(pk=minas.pk).state == RequestState.MET
    other.refresh_from_db()
    assert (other.state, other.closed_because) == (IntroductionState.CLOSED, Closing.MET_OTHER)
    assert Record.objects.filter(name="introductions.both_said_yes").count() == 1


def test_one_yes_begins_nothing(cast: Cast, minas: Request, theos: SupporterPractice) -> None:
    asked(minas, theos)
    assert not support.between(cast.mina.pk, cast.theo.pk).exists()


def test_not_now_rests_and_a_later_yes_asks_the_member_afresh(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    row = asked(minas, theos)
    services.answer(actor=cast.theo, introduction=row, answer=Answer.NOT_NOW, now=LATER)
    again = yes(cast.theo, row, LATER + timedelta(days=9))
    assert (again.state, again.member_answer) == (IntroductionState.ASKED, Answer.WAITING)
    assert yes(cast.mina, row, LATER + timedelta(days=10)).state == IntroductionState.MET


def test_after_a_no_the_two_are_not_shown_to_each_other_again(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    row = asked(minas, theos)
    services.answer(actor=cast.theo, introduction=row, answer=Answer.NO, now=LATER)
    assert theos.public_id not in shown_to(minas)
    with pytest.raises(Refused):
        asked(minas, theos, LATER)


def test_a_closed_question_cannot_be_answered(cast: Cast, minas: Request, theos: SupporterPractice) -> None:
    row = asked(minas, theos)
    services.take_back(actor=cast.mina, introduction=row, now=LATER)
    with pytest.raises(Refused):
        yes(cast.theo, row)


def test_nobody_answers_for_somebody_else(cast: Cast, minas: Request, theos: SupporterPractice) -> None:
    row = asked(minas, theos)
    for outsider in (cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger):
        with pytest.raises((Refused, Introduction.DoesNotExist)):
            yes(outsider, row)


def test_three_open_asks_and_no_more(cast: Cast, minas: Request) -> None:
    rows = [new_supporter(f"Helper {n}", cast.programme) for n in range(4)]
    first = asked(minas, rows[0])
    asked(minas, rows[1])
    asked(minas, rows[2])
    with pytest.raises(Refused, match="three"):
        asked(minas, rows[3])
    services.take_back(actor=cast.mina, introduction=first, now=LATER)
    asked(minas, rows[3], LATER)


def test_capacity_is_looked_at_when_the_second_yes_comes(cast: Cast, minas: Request) -> None:
    theos = ready_supporter(cast.theo, cast.programme, places=1)
    second = new_member("Nia", cast.programme)
    one, two = asked(minas, theos), asked(second, theos)
    yes(cast.theo, one)
    with pytest.raises(Refused, match="limits you set"):
        yes(cast.theo, two)
    assert support.load_of([cast.theo.pk]) == {cast.theo.pk: 1}


def test_a_full_week_meanwhile_is_told_gently_to_the_member(cast: Cast, minas: Request) -> None:
    theos = ready_supporter(cast.theo, cast.programme, places=1)
    offered = services.offer(actor=cast.theo, request=minas, now=NOW)
    second = new_member("Nia", cast.programme)
    yes(cast.theo, asked(second, theos))
    closed = yes(cast.mina, offered)
    assert (closed.state, closed.closed_because) == (IntroductionState.CLOSED, Closing.CHANGED)
    assert Request.objects.get(pk=minas.pk).state == RequestState.OPEN


@pytest.mark.parametrize("by", ["block", "never_with", "consent"])
def test_what_changed_meanwhile_stops_the_meeting_even_before_the_reactions_ran(
    cast: Cast, minas: Request, theos: SupporterPractice, by: str
) -> None:
    row = asked(minas, theos)
    if by == "block":
        safety.block_person(actor=cast.mina, person=cast.theo, now=LATER)
    elif by == "never_with":
        safety.keep_apart(
            actor=cast.cora, one=cast.mina, other=cast.theo, programme=cast.programme, words="", now=LATER
        )
    else:
        people.withdraw_consent(actor=cast.mina, purpose=Purpose.MATCHING, now=LATER)
    closed = yes(cast.theo, row)
    assert closed.state == IntroductionState.CLOSED
    assert not support.between(cast.mina.pk, cast.theo.pk).exists()


def test_a_kept_snapshot_never_shows_somebody_kept_apart_since(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    assert theos.public_id in shown_to(minas)
    safety.block_person(actor=cast.theo, person=cast.mina, now=LATER)
    assert theos.public_id not in shown_to(minas)  # the reaction that renews the snapshot has not run


def test_offering_to_somebody_who_waits_less_needs_a_written_reason(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    newer = new_member("Nia", cast.programme, welcomes_offers=True, now=LATER)
    with pytest.raises(ReasonOwed):
        services.offer(actor=cast.theo, request=newer, now=LATER)
    with pytest.raises(ReasonOwed):
        services.offer(actor=cast.theo, request=newer, passing=Passing(PassingReason.OTHER, "  "), now=LATER)
    assert not Introduction.objects.exists()
    services.offer(actor=cast.theo, request=newer, passing=WHY, now=LATER)
    passed = PassedOver.objects.get()
    assert (passed.request_id, passed.how_many) == (minas.pk, 1)
    assert WHY.words not in repr(bytes(passed.sealed_words))
    assert queries.words_of_passing(passed) == WHY.words


def test_the_longest_waiting_is_offered_without_a_reason(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    new_member("Nia", cast.programme, welcomes_offers=True, now=LATER)
    services.offer(actor=cast.theo, request=minas, now=LATER)
    assert not PassedOver.objects.exists()


def test_not_me_is_not_passing_over(cast: Cast, minas: Request, theos: SupporterPractice) -> None:
    newer = new_member("Nia", cast.programme, welcomes_offers=True, now=LATER)
    services.pass_by(actor=cast.theo, request=minas, not_now=False, now=LATER)
    services.offer(actor=cast.theo, request=newer, now=LATER)
    assert [need.request_id for need in queries.needs_shown_to(cast.theo, cast.programme)] == []


def test_not_now_keeps_the_need_on_the_page_for_later(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    services.pass_by(actor=cast.theo, request=minas, not_now=True, now=LATER)
    (need,) = queries.needs_shown_to(cast.theo, cast.programme)
    assert need.is_resting
    assert queries.as_member(cast.mina, minas) == []
    row = services.offer(actor=cast.theo, request=minas, now=LATER)
    assert (row.state, row.member_answer) == (IntroductionState.ASKED, Answer.WAITING)


def test_a_coordinator_proposes_in_waiting_order_or_says_why(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    newer = new_member("Nia", cast.programme, now=LATER)
    given = {"actor": cast.cora, "request": newer, "practice_public_id": theos.public_id, "now": LATER}
    with pytest.raises(ReasonOwed):
        services.propose(**given)
    row = services.propose(**given, passing=WHY)
    assert (row.door, row.member_answer, row.supporter_answer) == (
        Door.PROPOSAL,
        Answer.WAITING,
        Answer.WAITING,
    )
    yes(newer.member, row)
    assert yes(cast.theo, row).state == IntroductionState.MET


def test_the_whole_proposal_passes_nobody_over_and_exceeds_no_room(cast: Cast, minas: Request) -> None:
    ready_supporter(cast.theo, cast.programme, places=1)
    ready_supporter(cast.ruth, cast.programme, places=1)
    for n in range(4):
        new_member(f"Waiting {n}", cast.programme, now=NOW + timedelta(days=n + 1))
    pairs = queries.proposal(cast.programme, NOW + timedelta(days=9))
    assert [pair.member for pair in pairs] == ["Mina", "Waiting 0"]
    chosen = [(pair.request, pair.practice_id) for pair in pairs]
    services.propose_list(actor=cast.cora, programme=cast.programme, pairs=chosen, now=LATER)
    assert not PassedOver.objects.exists()
    assert queries.proposal(cast.programme, NOW + timedelta(days=9)) == []


def test_members_and_supporters_cannot_propose(cast: Cast, minas: Request, theos: SupporterPractice) -> None:
    for person in (cast.mina, cast.theo, cast.adil, cast.sam_the_stranger):
        with pytest.raises((Refused, Request.DoesNotExist)):
            services.propose(actor=person, request=minas, practice_public_id=theos.public_id, now=LATER)
