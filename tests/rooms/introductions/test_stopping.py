"""Stopping, pausing, coming back, leaving: what each does to what was asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.introductions import queries, services
from companionway.introductions.models import Introduction, PassedOver, Request
from companionway.introductions.services import Passing
from companionway.introductions.states import (
    Answer,
    Closing,
    Door,
    IntroductionState,
    PassingReason,
    RequestState,
)
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person
from companionway.practice import services as practice
from companionway.practice.models import SupporterPractice
from companionway.support import queries as support
from companionway.support import services as support_services
from tests.cast import NOW, Cast, give
from tests.rooms.introductions.scene import (
    ask,
    asked,
    new_member,
    ready_supporter,
    settle,
    shown_to,
)

LATER = NOW + timedelta(hours=1)
WHY = Passing(PassingReason.LANGUAGE, "Hardly anybody else here speaks their language.")


def yes(person: Person, row: Introduction, now: datetime = LATER) -> Introduction:
    return services.answer(actor=person, introduction=row, answer=Answer.YES, now=now)


def test_someone_else_reopens_the_request_in_its_old_place(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    yes(cast.theo, asked(minas, theos))
    walk = support.between(cast.mina.pk, cast.theo.pk).get()
    support_services.ask_for_someone_else(actor=cast.mina, relationship=walk, now=LATER + timedelta(days=30))
    settle()
    again = Request.objects.get(pk=minas.pk)
    assert (again.state, again.asked_at, again.met_at) == (RequestState.OPEN, NOW, None)
    assert theos.public_id not in shown_to(again)


def test_pausing_the_account_rests_requests_and_coming_back_wakes_only_those(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    row = asked(minas, theos)
    people.pause(actor=cast.mina, now=LATER)
    settle()
    row.refresh_from_db()
    assert row.state == IntroductionState.CLOSED
    assert queries.needs_shown_to(cast.theo, cast.programme) == []
    people.come_back(actor=cast.mina, now=LATER)
    settle()
    assert Request.objects.get(pk=minas.pk).state == RequestState.OPEN
    services.pause_request(actor=cast.mina, request=minas, now=LATER)
    people.pause(actor=cast.mina, now=LATER)
    people.come_back(actor=cast.mina, now=LATER)
    settle()
    assert Request.objects.get(pk=minas.pk).state == RequestState.PAUSED


def test_withdrawing_deletes_the_wishes(cast: Cast, minas: Request) -> None:
    services.change_wishes(actor=cast.mina, request=minas, changes={"words": "Somebody patient"}, now=NOW)
    row = services.withdraw_request(actor=cast.mina, request=minas, now=LATER)
    assert row.sealed_wishes is None
    assert ask(cast.mina, cast.programme, now=LATER).pk != minas.pk


def test_not_well_gives_questions_back_and_asks_both_about_the_cover(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    ready_supporter(cast.ruth, cast.programme)
    cover = practice.name_cover(actor=cast.theo, practice=theos, person=cast.ruth, now=NOW)
    practice.answer_cover(actor=cast.ruth, cover=cover, says_yes=True, now=NOW)
    row = asked(minas, theos)
    practice.say_not_well(actor=cast.theo, practice=theos, now=LATER)
    settle()
    row.refresh_from_db()
    assert (row.state, row.closed_because) == (IntroductionState.CLOSED, Closing.NOT_ABLE)
    handed = Introduction.objects.get(door=Door.COVER)
    assert (handed.supporter_id, handed.member_answer) == (cast.ruth.pk, Answer.WAITING)


def test_delete_everything_leaves_no_row_about_the_person(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    newer = new_member("Nia", cast.programme, welcomes_offers=True, now=LATER)
    services.offer(actor=cast.theo, request=newer, passing=WHY, now=LATER)
    asked(minas, theos)
    people.delete_everything(actor=cast.mina, now=LATER)
    settle()
    assert not Request.objects.filter(member=cast.mina).exists()
    assert not PassedOver.objects.exists()
    people.delete_everything(actor=cast.theo, now=LATER)
    assert not Introduction.objects.exists()
    assert not SupporterPractice.objects.filter(person=cast.theo).exists()


def test_values_are_chosen_by_staff_and_recorded(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.choose_values(actor=cast.mina, organisation=cast.organisation, values_first="fit", now=NOW)
    with pytest.raises(Refused):
        services.choose_values(actor=cast.cora, organisation=cast.organisation, values_first="speed", now=NOW)
    services.choose_values(actor=cast.cora, organisation=cast.organisation, values_first="fit", now=NOW)
    assert Record.objects.filter(name="introductions.values_chosen", actor_id=cast.cora.pk).exists()


def test_nobody_is_matched_with_themselves(cast: Cast, theos: SupporterPractice) -> None:

    give(cast.theo, roles.MEMBER, cast.programme)
    own = ask(cast.theo, cast.programme, welcomes_offers=True)
    assert theos.public_id not in shown_to(own)
    assert queries.needs_shown_to(cast.theo, cast.programme) == []
