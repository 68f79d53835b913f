"""The team decides that somebody stays away from one group: reasons, a second pair of eyes, an appeal, an end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from companionway.foundation.policy import Refused
from companionway.groups import policy as groups_policy
from companionway.groups import services as groups
from companionway.groups.models import Group, LeftOut
from companionway.groups.services import Says
from companionway.moderation import keeping, services
from companionway.moderation.models import Decision
from companionway.moderation.states import Finding, Outcome, State
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Programme
from companionway.safety import services as safety
from tests.cast import NOW, enters, give
from tests.rooms.moderation.conftest import FACTS, Fair, fresh

DAY = timedelta(days=1)


@pytest.fixture
def lamp(fair: Fair) -> Group:
    """A drop-in of a charity where Theo and Mina come, Cora and Dara answer reports, Nobody else."""
    programme = people.create_programme(
        actor=None, organisation=fair.cast.organisation, name="Groups", practice_model="charity_groups", now=NOW
    )  # fmt: skip
    for each in (fair.cast.theo, fair.cast.mina):
        give(each, roles.MEMBER, programme)
    for each in (fair.cast.cora, fair.dara):
        give(each, roles.COORDINATOR, programme)
    says = Says(name="Thursday lamp", kind="drop_in")
    return groups.begin_group(actor=fresh(fair.cast.cora), programme=programme, says=says, now=NOW)


def _decide(fair: Fair, lamp: Group, days: int = 60, **more: object) -> Decision:
    report = safety.report(
        actor=fair.cast.mina, about=fair.cast.theo, subject=f"person:{fair.cast.theo.public_id}", words="He shouts.",
        extract="", programme=lamp.programme, reason="unkind", now=NOW,
    )  # fmt: skip
    return fair.decide(report, outcome=Outcome.LEFT_OUT, reason="unkind", days=days, group=lamp, **more)


def _comes(fair: Fair, lamp: Group) -> bool:
    return bool(groups_policy.belongs(fresh(fair.cast.theo), lamp))


def test_it_does_nothing_until_a_second_person_agrees_and_ends_by_itself(fair: Fair, lamp: Group) -> None:
    waits = _decide(fair, lamp, days=5)
    assert waits.state == State.WAITING and _comes(fair, lamp)
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    assert not _comes(fair, lamp)
    assert fresh(fair.cast.theo).holds("support.accompany", fair.cast.programme), "all else stays open"
    row = LeftOut.objects.get()
    assert (row.by, row.second, row.is_by_group) == (fair.cast.cora, fair.dara, False)
    assert groups.end_leaving_out(now=NOW + 5 * DAY) == 1
    assert _comes(fair, lamp)


def test_meanwhile_for_a_week_at_most_and_over_when_it_is_handed_back(fair: Fair, lamp: Group) -> None:
    waits = _decide(fair, lamp, holds_meanwhile=True)
    row = LeftOut.objects.get()
    assert row.days == 7 and row.second is None and not _comes(fair, lamp)
    services.hand_back(actor=fresh(fair.dara), decision=waits, words="Have you talked?", now=NOW)
    assert _comes(fair, lamp)
    again = _decide(fair, lamp, holds_meanwhile=True)
    services.agree(actor=fresh(fair.dara), decision=again, now=NOW + DAY)
    live = LeftOut.objects.get(ended_at=None)
    assert live.pk == again.left_out_id, "what held meanwhile goes on"
    assert live.days == 60 and live.until_at == NOW + 61 * DAY


@pytest.mark.parametrize("days", [None, 0, 366])
def test_never_without_an_end(fair: Fair, lamp: Group, days: int | None) -> None:
    with pytest.raises(Refused):
        waits = _decide(fair, lamp, days=days)  # type: ignore[arg-type]
        services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    assert not LeftOut.objects.exists()


def test_a_group_of_another_programme_or_none_is_refused(fair: Fair, lamp: Group) -> None:
    for group in (lamp, None):
        with pytest.raises(Refused):
            fair.decide(outcome=Outcome.LEFT_OUT, days=5, group=group)
    with pytest.raises(Refused):
        fair.decide(group=lamp)
    steps = Programme.objects.get(pk=lamp.programme_id)
    steps.model_data = {"groups": {**steps.model_data["groups"], "leaves_out_itself": True}}
    steps.save()
    with pytest.raises(Refused, match="on its own"):
        _decide(fair, Group.objects.select_related("programme").get(pk=lamp.pk))


def test_a_panel_takes_it_back_or_makes_it_shorter(fair: Fair, lamp: Group) -> None:
    made = services.agree(actor=fresh(fair.dara), decision=_decide(fair, lamp), now=NOW)
    fair.appeals(made)
    fair.views(Finding.CHANGED, Finding.CHANGED, Finding.UPHELD, days=10)
    row = LeftOut.objects.get()
    assert row.until_at == NOW + 10 * DAY and not _comes(fair, lamp)


def test_a_panel_that_finds_it_wrong_opens_the_group_at_once(fair: Fair, lamp: Group) -> None:
    made = services.agree(actor=fresh(fair.dara), decision=_decide(fair, lamp), now=NOW)
    fair.appeals(made)
    fair.views(Finding.OVERTURNED, Finding.OVERTURNED, Finding.UPHELD)
    assert _comes(fair, lamp)


def test_the_statement_says_why_until_when_and_how_to_appeal(fair: Fair, lamp: Group) -> None:
    made = services.agree(actor=fresh(fair.dara), decision=_decide(fair, lamp), now=NOW)
    page = enters(Client(), fair.cast.theo).get(f"/fairness/statements/{made.public_id}/")
    shown = page.content.decode()
    assert page.status_code == 200
    for words in (FACTS, "Thursday lamp", "60 days", "It ends by itself", "Appeal"):
        assert words in shown
    assert enters(Client(), fair.cast.mina).get(f"/fairness/statements/{made.public_id}/").status_code == 404


def test_the_form_asks_which_group_and_offers_it_only_where_there_are_some(fair: Fair, lamp: Group) -> None:
    client = enters(Client(), fair.cast.cora)
    here, there = fair.report(), _decide(fair, lamp).report
    assert there is not None
    assert "left_out" not in client.get(f"/fairness/decide/{here.public_id}/").content.decode()
    other = safety.report(
        actor=fair.cast.mina, about=fair.cast.theo, subject=f"person:{fair.cast.theo.public_id}", words="Again.",
        extract="", programme=lamp.programme, reason="unkind", now=NOW,
    )  # fmt: skip
    address = f"/fairness/decide/{other.public_id}/"
    typed = {"outcome": "left_out", "days": "30", "reason": "unkind", "facts": FACTS}
    answer = client.post(address, typed)
    assert answer.status_code == 422 and FACTS in answer.content.decode()
    assert client.post(address, {**typed, "group": lamp.public_id}).status_code == 302
    assert Decision.objects.filter(group=lamp, days=30, state=State.WAITING).exists()


def test_it_is_kept_while_it_keeps_somebody_out(fair: Fair, lamp: Group) -> None:
    made = services.agree(actor=fresh(fair.dara), decision=_decide(fair, lamp), now=NOW)
    assert keeping._decisions(NOW + 2000 * DAY, NOW) == 0
    groups.end_leaving_out(now=NOW + 60 * DAY)
    assert keeping._decisions(NOW + 2000 * DAY, NOW)
    assert not Decision.objects.filter(pk=made.pk).exists()


def test_the_database_wants_two_people_and_a_day(fair: Fair, lamp: Group) -> None:
    made = services.agree(actor=fresh(fair.dara), decision=_decide(fair, lamp), now=NOW)
    for wrong in ({"days": None}, {"second": None}, {"outcome": Outcome.PAUSE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=made.pk).update(**wrong)
