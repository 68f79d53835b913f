"""Being told: at once for whoever is on call, whatever they chose; and nothing waits for a mail server."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from companionway.concerns import services
from companionway.foundation import bus
from companionway.foundation.events import deliver
from companionway.notices.choices import Choices
from companionway.notices.models import Notice
from companionway.notices.sending import send_due
from companionway.notices.states import Kind, NoticeState
from companionway.people import services as people
from companionway.people.models import Person
from tests.cast import NOW
from tests.rooms.concerns.conftest import House

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ben(house: House) -> Person:
    """Asleep by his own quiet hours, with one notice a day, and notices paused."""
    ben = house.ben
    ben.email, ben.quiet_from, ben.quiet_until = "ben@example.org", time(0, 0), time(23, 59)
    ben.notice_choices = Choices(
        off={"email": frozenset({Kind.CONCERN})}, paused_until=NOW + timedelta(days=9999), once_a_day=True
    ).kept()
    ben.save()
    people.give_consent(actor=ben, purpose="contact_email", now=NOW)
    return ben


def outside(person: Person) -> list[Notice]:
    return list(Notice.objects.filter(person=person, channel="email").order_by("pk"))


def test_whoever_is_on_call_is_told_at_once_whatever_they_chose(house: House, ben: Person) -> None:
    house.told()
    deliver()
    [notice] = outside(ben)
    assert notice.kind == Kind.CONCERN
    assert send_due(notice.not_before) == 1
    assert [each.to for each in mail.outbox] == [["ben@example.org"]]


def test_each_step_tells_anew_and_twice_tells_once(house: House, ben: Person) -> None:
    house.told()
    services.climb_due(actor=None, now=NOW + 2 * MINUTE)
    for _ in range(2):
        deliver()
    assert len(outside(ben)) == 2


def test_what_is_over_before_it_went_is_not_sent(house: House, ben: Person) -> None:
    concern = house.told()
    deliver()
    services.stand_down(actor=house.cast.theo, concern=concern, now=NOW)
    [notice] = outside(ben)
    assert send_due(notice.not_before) == 0
    notice.refresh_from_db()
    assert notice.state == NoticeState.DROPPED


def test_a_mail_server_that_is_down_stops_no_step(
    house: House, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_backend: EmailBackend, _messages: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    concern = house.told()
    for minutes in range(11):
        services.climb_due(actor=None, now=NOW + minutes * MINUTE)
        deliver()
        send_due(Notice.objects.latest("pk").not_before + minutes * MINUTE)
    assert [step.person.name for step in concern.steps.order_by("pk")] == ["Ben", "Ben", "Cora", "Lena"]
    assert {notice.state for notice in outside(ben)} <= {NoticeState.WAITING, NoticeState.SENDING}


def test_the_raiser_hears_who_has_it_and_when_it_is_over(house: House) -> None:
    house.closed()
    deliver()
    kinds = list(Notice.objects.filter(person=house.cast.theo).order_by("pk").values_list("kind", flat=True))
    assert kinds.count(Kind.TOLD) == 2
    assert Kind.AFTERWARDS in kinds
    assert Notice.objects.filter(person=house.cast.mina, kind=Kind.TOLD).count() == 1


def test_a_frame_reaches_the_pages_after_the_commit_and_names_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    posted: list[tuple[str, dict]] = []
    monkeypatch.setattr(bus, "post", lambda kind, fact: posted.append((kind, fact)))
    with django_capture_on_commit_callbacks() as callbacks:
        concern = house.told(words="she said it")
    assert posted == []
    for callback in callbacks:
        callback()
    [(_, fact)] = [each for each in posted if each[0] == "frame"]
    assert set(fact["to"]) == {house.ben.pk, house.cast.theo.pk}
    assert fact["frame"] == f'event: concern\ndata: {{"c": "{concern.public_id}"}}\n\n'
