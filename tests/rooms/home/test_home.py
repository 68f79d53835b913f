"""The first page: one next thing for whoever signs in; the truth about who is here for everybody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from companionway.foundation.models import DutyRun
from companionway.introductions import services as introductions
from companionway.support import services as support
from tests.cast import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db
MONDAY_TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    cast.organisation.opening_hours = {"mon": [["09:00", "17:00"]]}
    cast.organisation.save()
    return cast


def page(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (MONDAY_TEN, "Somebody from the team is here now, until 5:00 pm."),
        (MONDAY_TEN - timedelta(hours=3), "Nobody from the team is here until 9:00 am."),
        (MONDAY_TEN + timedelta(hours=9), "Nobody from the team is here until Monday 30 November, 9:00 am."),
    ],
)
def test_the_welcome_page_says_truly_whether_somebody_is_here(
    cast: Cast, client: Client, moment: datetime, says: str
) -> None:
    with time_machine.travel(moment):
        assert says in page(client)


@pytest.mark.parametrize("address", ["/", "/about/", "/privacy/", "/accessibility/"])
def test_public_pages_answer_before_anything_is_set_up(client: Client, address: str) -> None:
    assert "/help-now/" in page(client, address)


def test_a_member_without_anybody_is_offered_to_begin(cast: Cast, client: Client) -> None:
    client.force_login(cast.mina)
    assert "Find somebody to talk with" in page(client)


def test_a_member_who_waits_is_told_that_they_are_on_the_list(cast: Cast, client: Client) -> None:
    introductions.ask(actor=cast.mina, programme=cast.programme, agrees_to_matching=True, now=NOW)
    client.force_login(cast.mina)
    assert "You are on the list" in page(client)
    client.force_login(cast.sam_the_stranger)
    assert "You are on the list" not in page(client)


def test_a_member_with_somebody_is_not_asked_to_look_for_another(cast: Cast, client: Client) -> None:
    support.begin(
        actor=cast.mina, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    client.force_login(cast.mina)
    shown = page(client)
    assert "Theo" in shown
    assert "Find somebody to talk with" not in shown
    client.force_login(cast.sam_the_stranger)
    assert "Theo" not in page(client)


def test_health_says_whether_the_work_runs_and_nothing_about_people(client: Client) -> None:
    assert client.get("/health").status_code == 503
    DutyRun.objects.create(name="x", due_at=timezone.now(), ran_at=timezone.now())
    assert client.get("/health").json() == {"well": True, "database": True, "worker": True}
