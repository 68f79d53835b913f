"""Somebody alongside, by agreement: asked, answered, over; and what ends it at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.meetings.models import Holds, Series
from companionway.people.models import Person, Programme
from companionway.steps import queries, services
from companionway.steps.models import Company
from companionway.steps.states import State
from companionway.support.models import Relationship
from tests.cast import NOW, make_person
from tests.rooms.steps.conftest import (
    AT,
    LASTS,
    WORDS,
    Ladder,
    agreed,
    ask,
    make_hold,
    make_meeting,
    make_series,
    step_of,
    told,
)


def anew(row: Company) -> Company:
    return Company.objects.get(pk=row.pk)


def test_asked_and_agreed_for_exactly_these_words(ladder: Ladder) -> None:
    mina, theo = ladder.cast.mina, ladder.cast.theo
    row = ask(ladder)
    assert step_of(ladder).company == row.public_id, "which step it is for stands in the book alone"
    (seen,) = queries.asked_of_me(theo, NOW)
    assert (seen.words, seen.called, seen.other, seen.is_mine) == (WORDS, "", mina, False)
    services.agree(actor=theo, company=row, now=NOW)
    (mine,) = queries.mine_now(mina, NOW)
    assert (mine.row.state, mine.words, mine.is_mine) == (State.YES, WORDS, True)
    assert (anew(row).starts_at, anew(row).until) == (AT, AT + LASTS)
    assert queries.company_of_step(mina, row.public_id, NOW) is not None
    assert queries.company_of_step(theo, row.public_id, NOW) is None


def test_no_needs_no_reason(ladder: Ladder) -> None:
    row = ask(ladder)
    services.say_no(actor=ladder.cast.theo, company=row, now=NOW)
    assert anew(row).state == State.NO
    assert queries.asked_of_me(ladder.cast.theo, NOW) == queries.mine_now(ladder.cast.mina, NOW) == []
    with pytest.raises(Refused):
        services.agree(actor=ladder.cast.theo, company=row, now=NOW)


@pytest.mark.parametrize("days", [-1, 5])
def test_another_time_is_offered_and_taken(ladder: Ladder, days: int) -> None:
    mina, theo, other = ladder.cast.mina, ladder.cast.theo, AT + timedelta(days=days)
    row = ask(ladder)
    services.offer_other_time(actor=theo, company=row, other_at=other, now=NOW)
    assert anew(row).state == State.LATER
    with pytest.raises(Refused):
        services.agree(actor=theo, company=row, now=NOW)
    with pytest.raises(Refused):
        services.take_other_time(actor=theo, company=row, now=NOW)
    services.take_other_time(actor=mina, company=row, now=NOW)
    kept = anew(row)
    assert (kept.state, kept.starts_at, kept.until) == (State.YES, other, other + LASTS)


def test_another_time_that_is_over_is_not_taken(ladder: Ladder) -> None:
    row = ask(ladder)
    with pytest.raises(Refused):
        services.offer_other_time(actor=ladder.cast.theo, company=row, other_at=NOW, now=NOW)
    services.offer_other_time(actor=ladder.cast.theo, company=row, other_at=NOW + timedelta(hours=1), now=NOW)
    with pytest.raises(Refused):
        services.take_other_time(actor=ladder.cast.mina, company=row, now=NOW + timedelta(hours=2))


@pytest.mark.parametrize("who", ["mina", "theo"])
@pytest.mark.parametrize("state", ["asked", "agreed"])
def test_either_stops_it_at_any_time(ladder: Ladder, who: str, state: str) -> None:
    row = ask(ladder) if state == "asked" else agreed(ladder)
    services.stop_company(actor=getattr(ladder.cast, who), company=row, now=NOW)
    assert anew(row).state == State.OVER
    with pytest.raises(Refused):
        services.stop_company(actor=getattr(ladder.cast, who), company=row, now=NOW)


def test_only_the_one_who_was_asked_answers_and_only_the_two_stop(ladder: Ladder) -> None:
    row, cast = ask(ladder), ladder.cast
    at = AT + timedelta(days=1)
    for who in (cast.mina, cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger):
        for deed in (services.agree, services.say_no):
            with pytest.raises(Refused):
                deed(actor=who, company=row, now=NOW)
        with pytest.raises(Refused):
            services.offer_other_time(actor=who, company=row, other_at=at, now=NOW)
        if who != cast.mina:
            with pytest.raises(Refused):
                services.stop_company(actor=who, company=row, now=NOW)
    assert anew(row).state == State.ASKED


def test_it_ends_by_itself(ladder: Ladder) -> None:
    row = told(ladder)
    just, over = row.until - timedelta(minutes=1), row.until
    for who in (ladder.cast.mina, ladder.cast.theo):
        shown = queries.company_shown(who, row.public_id, just)
        assert shown is not None and shown.words == WORDS
        gone = queries.company_shown(who, row.public_id, over)
        assert gone is not None and (gone.is_live, gone.words, gone.called) == (False, "", "")
    assert queries.agreed_for(ladder.cast.ruth, just) and not queries.agreed_for(ladder.cast.ruth, over)
    with pytest.raises(Refused):
        services.stop_company(actor=ladder.cast.mina, company=row, now=over)


def test_a_wait_without_an_answer_runs_out_too(ladder: Ladder) -> None:
    row = ask(ladder)
    with pytest.raises(Refused):
        services.agree(actor=ladder.cast.theo, company=row, now=row.until)


@pytest.mark.parametrize(
    "also",
    [
        {"starts_at": NOW}, {"starts_at": NOW - timedelta(days=1)}, {"starts_at": NOW + timedelta(days=61)},
        {"lasts": timedelta()}, {"lasts": timedelta(days=2)}, {"words": " "}, {"walk": None}, {"key": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_asked(ladder: Ladder, also: dict[str, Any]) -> None:
    given = {
        "actor": ladder.cast.mina, "key": ladder.key, "walk": ladder.walk, "words": WORDS, "starts_at": AT,
        "lasts": LASTS, "now": NOW, **also,
    }  # fmt: skip
    with pytest.raises(Refused):
        services.ask_alongside(**given)
    assert not Company.objects.exists() and not Record.objects.filter(name__startswith="steps").exists()


def test_only_ones_own_supporter_is_asked(ladder: Ladder) -> None:
    for actor in (ladder.cast.theo, ladder.cast.ruth, ladder.cast.sam_the_stranger):
        key = services.add_steps(actor=actor, words=["x"], now=NOW)[0].key
        with pytest.raises(Refused):
            services.ask_alongside(
                actor=actor, key=key, walk=ladder.walk, words="x", starts_at=AT, lasts=LASTS, now=NOW
            )
    names = [each.person.name for each in queries.people_to_ask(ladder.cast.mina, NOW)]
    assert names == ["Theo", "Ruth"]
    assert queries.people_to_ask(ladder.cast.theo, NOW)[0].person == ladder.cast.ruth
    assert queries.people_to_ask(ladder.cast.sam_the_stranger, NOW) == []


def test_somebody_who_holds_a_meeting_that_is_open_to_me(ladder: Ladder) -> None:
    row = agreed(ladder, hold=ladder.hold)
    assert row.companion == ladder.cast.ruth
    for change in ({"until_at": NOW}, {"since_at": NOW + timedelta(days=1)}):
        Holds.objects.filter(pk=ladder.hold.pk).update(**change)
        with pytest.raises(Refused):
            ask(ladder, hold=Holds.objects.get())
        assert [each.person.name for each in queries.people_to_ask(ladder.cast.mina, NOW)] == ["Theo"]


def test_a_holder_of_a_closed_meeting_or_elsewhere_is_not_asked(ladder: Ladder) -> None:
    closed = make_hold(make_series(ladder.cast.programme, is_closed=True), ladder.cast.ruth)
    elsewhere = make_hold(make_series(ladder.cast.other_programme), ladder.cast.ruth)
    for hold in (closed, elsewhere):
        with pytest.raises(Refused):
            ask(ladder, hold=hold)
    assert not Company.objects.exists()


def test_ages_are_kept_apart_at_the_door_too(ladder: Ladder) -> None:
    Person.objects.filter(pk=ladder.cast.mina.pk).update(age_band="young")
    ladder.cast.mina.refresh_from_db()
    with pytest.raises(Refused):
        ask(ladder, hold=ladder.hold)
    assert ladder.cast.ruth not in [each.person for each in queries.people_to_ask(ladder.cast.mina, NOW)]


def test_where_everything_is_read_first_nothing_goes_beside(ladder: Ladder) -> None:
    data = {**ladder.cast.programme.model_data}
    data["groups"] = {**data["groups"], "read_first": True}
    Programme.objects.filter(pk=ladder.cast.programme.pk).update(model_data=data)
    with pytest.raises(Refused, match="read first"):
        ask(ladder, hold=Holds.objects.get())


def test_where_nothing_is_written_down(ladder: Ladder) -> None:
    Programme.objects.filter(pk=ladder.cast.programme.pk).update(keeps_agreements=False)
    walk = Relationship.objects.select_related("programme", "member", "supporter").get()
    for ground in ({"walk": walk}, {"hold": Holds.objects.get()}):
        with pytest.raises(Refused, match="nothing is written down"):
            ask(ladder, **ground)
    assert queries.people_to_ask(ladder.cast.mina, NOW) == []


def test_a_meeting_of_elsewhere_is_not_linked(ladder: Ladder) -> None:
    elsewhere = make_meeting(make_series(ladder.cast.other_programme))
    closed = make_meeting(make_series(ladder.cast.programme, is_closed=True))
    for meeting in (elsewhere, closed):
        with pytest.raises(Refused):
            ask(ladder, meeting=meeting, tells_holders=True)


def test_events_say_whose_turn_it_is_and_no_word(ladder: Ladder) -> None:
    row, mina, theo = ask(ladder), ladder.cast.mina.pk, ladder.cast.theo.pk
    services.offer_other_time(actor=ladder.cast.theo, company=row, other_at=AT, now=NOW)
    services.take_other_time(actor=ladder.cast.mina, company=row, now=NOW)
    services.stop_company(actor=ladder.cast.theo, company=row, now=NOW)
    told = Record.objects.filter(name__startswith="steps.").order_by("pk")
    assert [(each.name.partition(".")[2], each.actor_id, each.about_id) for each in told] == [
        ("company_asked", mina, theo),
        ("other_time_offered", theo, mina),
        ("company_agreed", mina, theo),
        ("company_over", theo, mina),
    ]
    for each in told:
        assert set(each.payload) == {"actor_id", "about_id", "subject", "company_id"}


def test_lists_ask_the_same_however_long_they_are(ladder: Ladder) -> None:
    def asked() -> list[int]:
        found = []
        for deed in (
            lambda: queries.mine_now(ladder.cast.mina, NOW),
            lambda: queries.asked_of_me(ladder.cast.theo, NOW),
            lambda: queries.agreed_for(ladder.cast.ruth, NOW),
            lambda: queries.people_to_ask(ladder.cast.mina, NOW),
        ):
            with CaptureQueriesContext(connection) as log:
                assert deed()
            found.append(len(log))
        return found

    told(ladder)
    few = asked()
    for n in range(3):
        told(ladder)
        holder = make_person(f"Holder {n}")
        make_hold(Series.objects.get(pk=make_series(ladder.cast.programme).pk), holder)
    assert len(queries.mine_now(ladder.cast.mina, NOW)) == 4
    assert len(queries.people_to_ask(ladder.cast.mina, NOW)) == 5
    assert asked() == few
