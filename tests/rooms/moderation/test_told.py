"""Who is told that something waits, and that nothing more is said; the pages; how long things are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from companionway.foundation.events import deliver
from companionway.introductions import services as introductions
from companionway.introductions.models import Request
from companionway.moderation import keeping, services
from companionway.moderation.models import Appeal, Decision
from companionway.moderation.states import Finding, Outcome
from companionway.notices.models import Notice
from companionway.people import roles
from companionway.people.models import RoleHeld
from companionway.safety import queries as safety
from companionway.safety import services as safety_services
from tests.cast import NOW, enters, give, make_person
from tests.rooms.introductions.scene import agree
from tests.rooms.moderation.conftest import APPEAL, FACTS, Fair, fresh

DAY = timedelta(days=1)


def told(kind: str = "fair") -> set[str]:
    """Names of those who were told since the last time anybody asked."""
    deliver()
    names = set(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))
    Notice.objects.all().delete()
    return names


def test_each_step_is_told_to_whom_it_concerns_and_to_nobody_else(fair: Fair) -> None:
    told()
    waits = fair.decide(outcome=Outcome.EXCLUSION, days=None)
    assert told() == {"Dara"}
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    assert told() == {"Theo"}
    fair.appeals(waits)
    assert told() == {"Petra", "Quinn", "Rafi"}
    services.keep_appeals(now=NOW + 14 * DAY)
    assert told() == {"Theo", "Petra", "Quinn", "Rafi", "Adil"}
    fair.views(Finding.OVERTURNED, Finding.OVERTURNED, Finding.UPHELD)
    assert told() == {"Theo"}


def test_where_nobody_is_second_or_on_the_panel_administrators_are_told(fair: Fair) -> None:
    RoleHeld.objects.filter(person=fair.dara).update(until_at=NOW)
    for each in fair.panel:
        services.say_panel_yes(actor=each, is_yes=False, now=NOW)
    told()
    fair.decide(outcome=Outcome.EXCLUSION, days=None)
    assert told() == {"Adil"}
    fair.appeals(fair.decide(outcome=Outcome.WORD, days=None))
    assert told() == {"Theo", "Adil"}


def test_what_is_handed_back_is_told_to_its_writer_alone(fair: Fair) -> None:
    waits = fair.decide(outcome=Outcome.EXCLUSION, days=None)
    told()
    services.hand_back(actor=fresh(fair.dara), decision=waits, words="Not like this.", now=NOW)
    assert told() == {"Cora"}


def test_a_block_reaches_every_name_through_the_news_of_it(fair: Fair) -> None:
    """Also the plain page of blocking: the room hears of it and holds it out over the other name."""
    alias = make_person("Teo B")
    give(alias, roles.SUPPORTER, fair.cast.programme)
    same = services.record_same(actor=fresh(fair.cast.cora), one=fair.cast.theo, other=alias, now=NOW)
    services.confirm_same(actor=fresh(fair.dara), same=same, now=NOW)
    safety_services.block_person(actor=fair.cast.ruth, person=fair.cast.theo, now=NOW)
    deliver()
    assert safety.blocked_between(fair.cast.ruth.pk, alias.pk)
    safety_services.lift_block(actor=fair.cast.ruth, person=fair.cast.theo, now=NOW)
    deliver()
    assert not safety.blocked_between(fair.cast.ruth.pk, alias.pk)


def test_whoever_takes_no_part_is_in_nobodys_list(fair: Fair) -> None:
    """A request of theirs rests as soon as the news is heard."""
    give(fair.cast.theo, roles.MEMBER, fair.cast.programme)
    agree(fair.cast.theo)
    introductions.ask(actor=fresh(fair.cast.theo), programme=fair.cast.programme, now=NOW)
    assert Request.objects.open().filter(member=fair.cast.theo).exists()
    fair.decide()
    deliver()
    assert not Request.objects.open().filter(member=fair.cast.theo).exists()


@pytest.mark.parametrize(
    "name", ["moderation:home", "help_now", "people:download", "people:me", "people:looked"]
)
def test_somebody_put_out_still_opens_what_is_theirs(fair: Fair, client: Client, name: str) -> None:
    fair.decide(is_everywhere=True)
    assert enters(client, fresh(fair.cast.theo)).get(reverse(name)).status_code == 200


def test_somebody_put_out_still_has_their_plan_the_statement_and_the_appeal(
    fair: Fair, client: Client
) -> None:
    made = fair.decide(is_everywhere=True)
    client = enters(client, fresh(fair.cast.theo))
    assert client.get(reverse("plans:plan", args=["own"])).status_code == 200
    page = client.get(reverse("moderation:statement", args=[made.public_id])).content.decode()
    assert FACTS in page and "Money" not in page.partition("<main")[0]
    answer = client.post(reverse("moderation:appeal", args=[made.public_id]), {"words": APPEAL})
    # The clock of the door is today's, and the decision is of the day of the tests.
    assert answer.status_code in (302, 422) and (Appeal.objects.exists() or APPEAL in answer.content.decode())


def test_what_was_typed_comes_back(fair: Fair, client: Client) -> None:
    report = fair.report()
    page = enters(client, fresh(fair.cast.cora)).post(
        reverse("moderation:decide", args=[report.public_id]),
        {"facts": FACTS, "reason": "money", "outcome": "pause"},
    )
    assert page.status_code == 422 and FACTS in page.content.decode() and not Decision.objects.exists()


def test_what_is_over_goes_and_what_is_open_stays(fair: Fair) -> None:
    fair.decide(outcome=Outcome.WORD, days=None)
    fair.appeals(fair.excluded())
    waits = fair.decide(outcome=Outcome.EXCLUSION, days=None)
    keeping._decisions(NOW + DAY, NOW + DAY)
    assert set(Decision.objects.values_list("outcome", flat=True)) == {"exclusion"}
    fair.views(Finding.OVERTURNED, Finding.OVERTURNED, Finding.OVERTURNED)
    keeping._decisions(NOW + DAY, NOW + DAY)
    assert list(Decision.objects.all()) == [waits], "what still waits is never taken away by a clock"
