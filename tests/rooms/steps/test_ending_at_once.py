"""What ends an agreement at once, and what those who hold a meeting may read of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.meetings.models import Holds
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, RoleHeld, Stop
from companionway.safety import services as safety
from companionway.safety.models import KeptApart
from companionway.safety.queries import pair_key
from companionway.steps import policy, queries, services
from companionway.steps.models import Company
from companionway.steps.states import LIVE, State
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, give, make_person
from tests.rooms.steps.conftest import (
    AT,
    CALLED,
    WORDS,
    Ladder,
    agreed,
    ask,
    make_hold,
    make_meeting,
    make_series,
    tell,
    told,
)


def anew(row: Company) -> Company:
    return Company.objects.get(pk=row.pk)


def block(ladder: Ladder) -> None:
    safety.block_person(actor=ladder.cast.theo, person=ladder.cast.mina, now=NOW)


def never_with(ladder: Ladder) -> None:
    one, other = pair_key(ladder.cast.mina.pk, ladder.cast.theo.pk)
    KeptApart.objects.create(one_id=one, other_id=other, programme=ladder.cast.programme, began_at=NOW)


def stop(person: str) -> Callable[[Ladder], None]:
    return lambda ladder: people_stop(ladder, getattr(ladder.cast, person))


def people_stop(ladder: Ladder, person: Person) -> None:
    Stop.objects.create(
        person=person, programme=ladder.cast.programme, days=3, decided_by=ladder.cast.adil, began_at=NOW
    )


def end(ladder: Ladder) -> None:
    support.end_relationship(actor=ladder.cast.theo, relationship=ladder.walk, kind="", now=NOW)


def pause(ladder: Ladder) -> None:
    Relationship.objects.update(state="paused", paused_at=NOW)


def leave(ladder: Ladder) -> None:
    Person.objects.filter(pk=ladder.cast.theo.pk).update(is_active=False)


def ages(ladder: Ladder) -> None:
    Relationship.objects.update(ages_differ_at=NOW)


ENDINGS = [block, never_with, stop("mina"), stop("theo"), end, pause, leave, ages]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("state", ["asked", "agreed"])
def test_what_ends_it_ends_it_at_once(ladder: Ladder, ending: Callable[[Ladder], None], state: str) -> None:
    """Before any news is delivered: the policy itself lets nobody see it any more."""
    row = ask(ladder, meeting=ladder.meeting, tells_holders=True)
    if state == "agreed":
        services.agree(actor=ladder.cast.theo, company=row, now=NOW)
        assert queries.agreed_for(ladder.cast.ruth, NOW)
    ending(ladder)
    for who in (ladder.cast.mina, ladder.cast.theo):
        assert not policy.companies_open_to(who, NOW).exists()
        shown = queries.company_shown(who, row.public_id, NOW)
        assert shown is not None and (shown.is_live, shown.words) == (False, "")
    assert queries.asked_of_me(ladder.cast.theo, NOW) == []
    assert queries.agreed_for(ladder.cast.ruth, NOW) == []
    for deed in (services.agree, services.say_no):
        with pytest.raises(Refused):
            deed(actor=ladder.cast.theo, company=row, now=NOW)


def test_a_block_closes_it_for_good_and_tells_nobody(ladder: Ladder) -> None:
    row = agreed(ladder, hold=ladder.hold)
    safety.block_person(actor=ladder.cast.mina, person=ladder.cast.ruth, now=NOW)
    tell()
    assert anew(row).state == State.OVER
    record = Record.objects.filter(name="steps.company_over").get()
    assert record.actor_id is record.about_id is None, "nobody is told: a block is not to be read off this"


def test_the_end_of_a_walk_and_of_belonging_close_it_for_good(ladder: Ladder) -> None:
    walked, held = agreed(ladder), agreed(ladder, hold=ladder.hold)
    end(ladder)
    tell()
    assert (anew(walked).state, anew(held).state) == (State.OVER, State.YES)
    mine = RoleHeld.objects.get(person=ladder.cast.mina)
    people.end_role(actor=ladder.cast.adil, held=mine, now=NOW)
    assert not policy.companies_open_to(ladder.cast.ruth, NOW).exists()
    tell()
    assert anew(held).state == State.OVER


def test_a_stop_closes_it_for_good(ladder: Ladder) -> None:
    row = agreed(ladder)
    services.end_where_stopped(
        actor=None, person_id=ladder.cast.theo.pk, programme_id=ladder.cast.other_programme.pk, now=NOW
    )
    assert anew(row).state in LIVE, "a stop elsewhere is not one here"
    services.end_where_stopped(actor=None, person_id=ladder.cast.theo.pk, programme_id=None, now=NOW)
    assert anew(row).state == State.OVER


def test_whoever_holds_the_meeting_no_more_is_alongside_no_more(ladder: Ladder) -> None:
    agreed(ladder, hold=ladder.hold)
    Holds.objects.update(until_at=NOW)
    for who in (ladder.cast.mina, ladder.cast.ruth):
        assert not policy.companies_open_to(who, NOW).exists()


def test_holders_read_the_agreed_words_and_nothing_else(ladder: Ladder) -> None:
    row, ruth = told(ladder), ladder.cast.ruth
    ((found, said),) = queries.agreed_for(ruth, NOW, ladder.meeting)
    assert (found, said) == (row, {"words": WORDS, "called": CALLED})
    other = make_meeting(ladder.series, AT + timedelta(days=7))
    assert queries.agreed_for(ruth, NOW, other) == []
    assert queries.company_shown(ruth, row.public_id, NOW) is None


@pytest.mark.parametrize("ticked", [True, False])
def test_before_a_yes_and_without_the_tick_holders_read_nothing(ladder: Ladder, ticked: bool) -> None:
    row = ask(ladder, meeting=ladder.meeting, tells_holders=ticked)
    assert queries.agreed_for(ladder.cast.ruth, NOW) == []
    if not ticked:
        services.agree(actor=ladder.cast.theo, company=row, now=NOW)
        assert queries.agreed_for(ladder.cast.ruth, NOW) == []
        assert queries.words_of([row])[row.pk]["called"] == "", "a name for holders only where they are told"


def test_only_those_who_hold_the_frame_of_this_meeting_now(ladder: Ladder) -> None:
    told(ladder)
    tea = make_person("Tess")
    give(tea, roles.MEMBER, ladder.cast.programme)
    Holds.objects.create(series=ladder.series, person=tea, role="tea", since_at=NOW - timedelta(days=1))
    elsewhere = make_hold(make_series(ladder.cast.programme), make_person("Uma"))
    cast = ladder.cast
    for who in (tea, elsewhere.person, cast.cora, cast.adil, cast.sam_the_stranger, cast.mina, cast.theo):
        assert queries.agreed_for(who, NOW) == [], who.name
    Holds.objects.filter(person=cast.ruth).update(until_at=NOW)
    assert queries.agreed_for(cast.ruth, NOW) == []


def test_a_holder_from_whom_somebody_is_kept_reads_nothing(ladder: Ladder) -> None:
    told(ladder)
    safety.block_person(actor=ladder.cast.mina, person=ladder.cast.ruth, now=NOW)
    assert queries.agreed_for(ladder.cast.ruth, NOW) == []


def news_of_a_pair(ladder: Ladder) -> None:
    cast = ladder.cast
    safety.keep_apart(
        actor=cast.cora, programme=cast.programme, one=cast.mina, other=cast.theo, words="x", now=NOW
    )


def news_of_a_stop(ladder: Ladder) -> None:
    give(ladder.cast.cora, roles.COORDINATOR, None)
    cast = ladder.cast
    people.stop_taking_part(
        actor=cast.cora, first=None, person=cast.theo, programme=cast.programme, days=2, now=NOW
    )


def news_of_a_pause(ladder: Ladder) -> None:
    support.pause(actor=ladder.cast.mina, relationship=ladder.walk, now=NOW)


@pytest.mark.parametrize("news", [news_of_a_pair, news_of_a_stop, news_of_a_pause])
def test_news_closes_it_for_good(ladder: Ladder, news: Callable[[Ladder], None]) -> None:
    row = agreed(ladder)
    news(ladder)
    assert anew(row).state == State.YES
    tell()
    assert anew(row).state == State.OVER


def test_whose_ages_are_not_brought_together_any_more(ladder: Ladder) -> None:
    agreed(ladder, hold=ladder.hold)
    Person.objects.filter(pk=ladder.cast.mina.pk).update(age_band="young")
    for who in (ladder.cast.mina, ladder.cast.ruth):
        assert not policy.companies_open_to(who, NOW).exists()
    Relationship.objects.update(ages_differ_at=NOW)
    walk = Relationship.objects.select_related("programme", "member", "supporter").get()
    assert not policy.may_ask_supporter(ladder.cast.mina, walk)
