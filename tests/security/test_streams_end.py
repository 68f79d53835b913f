"""A right that is taken away ends or narrows what is open, also when nobody told this process: the record does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from companionway.config import callers
from companionway.conversations import places, telling
from companionway.conversations.services import close_conversation, open_conversation
from companionway.foundation import lane, live, watching
from companionway.foundation.events import announce
from companionway.people import services
from companionway.people.events import ProfileChanged, RoleEnded
from companionway.people.models import Device, Person
from companionway.safety import services as safety
from tests.cast import NOW, Cast, make_cast
from tests.rooms.conversations.test_lane_doors import ask, close, cookie, form, story

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Told:
    """What another process has to say, and whether it reaches this one."""

    is_heard: bool


@pytest.fixture(params=[True, False], ids=["told", "bus lost"])
def told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Told:
    if not request.param:  # the deed was done elsewhere and its message never came
        monkeypatch.setattr(live, "_revoke_everywhere", lambda person, session: None)
        monkeypatch.setattr(places, "_forget_everywhere", lambda conversation: None)
    return Told(request.param)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    callers.forget_all()
    places.forget_all()
    telling.forget_drawn()
    return make_cast()


def _other_device(cast: Cast) -> Device:
    return Device.objects.filter(person=cast.mina).earliest("pk")


DEEDS: dict[str, Callable[[Cast], Any]] = {
    "log out everywhere": lambda cast: services.end_all_devices(actor=cast.mina, now=NOW),
    "this device ended": lambda cast: services.end_device(
        actor=cast.mina, device=_other_device(cast), now=NOW
    ),
    "signed out": lambda cast: services.sign_out(
        actor=cast.mina, session_key=_other_device(cast).session_key, now=NOW
    ),
    "a new passphrase": lambda cast: services.change_passphrase(
        actor=cast.mina, passphrase="five tall green trees", now=NOW
    ),
    "everything deleted": lambda cast: services.delete_everything(actor=cast.mina, now=NOW),
    "a new session after the second proof": lambda cast: services.prove_device(
        actor=cast.mina, device=_other_device(cast), session_key="another-key", now=NOW
    ),
    "a role lost": lambda cast: services.end_role(
        actor=cast.adil, held=cast.mina.roles_held.earliest("pk"), now=NOW
    ),
}
COMES_BACK = {"a role lost"}


class Screen:
    """One browser's open stream."""

    def __init__(self, who: bytes) -> None:
        self.task = asyncio.ensure_future(ask("GET", "/live", who=who))

    @property
    def is_open(self) -> bool:
        return not self.task.done()


async def _settled() -> None:
    await asyncio.sleep(0.1)


@pytest.mark.parametrize("deed", DEEDS)
def test_what_ends_a_right_ends_the_open_streams(cast: Cast, told: Told, deed: str) -> None:
    mina, theo = cookie(cast.mina), cookie(cast.theo)

    async def tell() -> None:
        watch = watching.Watch(await lane.read(watching.newest))
        hers, his = Screen(mina), Screen(theo)
        await _settled()
        assert hers.is_open and his.is_open
        await asyncio.to_thread(_done, lambda: DEEDS[deed](cast))
        await lane.read(watch.look, 0.0)
        await _settled()
        assert (hers.is_open, his.is_open) == (False, True)
        if deed in COMES_BACK:
            again = Screen(mina)
            await _settled()
            assert again.is_open
        else:
            assert (await ask("GET", "/live", who=mina)).status == 401

    story(tell)


def _done(deed: Callable[[], Any]) -> None:
    try:
        deed()
    finally:
        close()


def test_without_the_watch_a_lost_message_leaves_the_stream_open(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault planted: what the tests above would meet if nobody looked at the record."""
    monkeypatch.setattr(live, "_revoke_everywhere", lambda person, session: None)
    mina = cookie(cast.mina)

    async def tell() -> None:
        hers = Screen(mina)
        await _settled()
        await asyncio.to_thread(_done, lambda: DEEDS["log out everywhere"](cast))
        await _settled()
        assert hers.is_open

    story(tell)


def test_the_other_devices_of_the_person_stay(cast: Cast, told: Told) -> None:
    phone, laptop = cookie(cast.mina), cookie(cast.mina)

    async def tell() -> None:
        watch = watching.Watch(await lane.read(watching.newest))
        lost, kept = Screen(phone), Screen(laptop)
        await _settled()
        await asyncio.to_thread(_done, lambda: DEEDS["this device ended"](cast))
        await lane.read(watch.look, 0.0)
        await _settled()
        assert (lost.is_open, kept.is_open) == (False, True)

    story(tell)


@pytest.mark.parametrize("ends_by", ["a block", "the end of the relationship"])
def test_leaving_a_conversation_narrows_what_is_told(cast: Cast, told: Told, ends_by: str) -> None:
    """Nothing more is written, and nobody sees the other writing."""
    pair = open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )
    mina, path = cookie(cast.mina), f"/messages/{pair.public_id}"

    def leave() -> None:
        if ends_by == "a block":
            safety.block_person(actor=cast.theo, person=cast.mina, now=NOW)
        else:
            close_conversation(actor=cast.theo, conversation=pair, now=NOW)

    async def tell() -> None:
        watch = watching.Watch(await lane.read(watching.newest))
        assert (await ask("POST", f"{path}/typing", who=mina)).status == 200
        await asyncio.to_thread(_done, leave)
        if told.is_heard and ends_by == "a block":  # the reaction comes by the worker, within a second
            await asyncio.to_thread(_done, lambda: places.forget_here(pair.pk))
        await lane.read(watch.look, 0.0)
        assert (await ask("POST", f"{path}/typing", who=mina)).status == 404
        assert (await ask("POST", f"{path}/send", who=mina, body=form("still?"))).status == 403

    story(tell)


def test_a_session_revoked_while_it_is_asked_about_is_asked_about_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mina, asked = cookie(cast.mina), callers._ask

    def slowly(session: str, host: str) -> tuple[int, str, str, datetime] | None:
        found = asked(session, host)
        if found is not None:  # the answer is on its way when the person signs out everywhere
            services.end_all_devices(actor=Person.objects.get(pk=cast.mina.pk), now=NOW)
        return found

    monkeypatch.setattr(callers, "_ask", slowly)

    async def tell() -> None:
        assert (await ask("GET", "/live", who=mina)).status == 401

    story(tell)


def test_a_record_that_commits_late_is_seen_and_an_old_one_is_not_seen_twice(cast: Cast) -> None:
    """PostgreSQL hands out numbers before the commit: a lower one may appear after a higher one."""
    heard: list[int] = []
    watching.noticed(ProfileChanged)(lambda records: heard.extend(each.pk for each in records))
    watch = watching.Watch(watching.newest())
    late, early = _profile_changed(cast), _profile_changed(cast)
    number = late.pk
    late.delete()
    watch.look(0.0)
    assert heard == [early.pk]
    late.pk = number
    late.save(force_insert=True)
    watch.look(watching.SECONDS)
    watch.look(watching.SECONDS * 2)
    assert heard == [early.pk, late.pk]
    watch.look(watching.OVERLAP_SECONDS + 10)
    assert watch.floor == early.pk and heard == [early.pk, late.pk]
    del watching._hearers[ProfileChanged.name]


def _profile_changed(cast: Cast) -> Any:
    with transaction.atomic():
        announce(ProfileChanged(actor_id=cast.mina.pk, subject=f"person:{cast.mina.pk}"), at=NOW)
    return watching.Record.objects.latest("pk")


def test_an_idle_period_costs_one_statement(cast: Cast) -> None:
    watch = watching.Watch(watching.newest())
    with CaptureQueriesContext(connection) as asked:
        watch.look(0.0)
    assert len(asked) == 1
    with transaction.atomic():
        announce(
            RoleEnded(
                actor_id=cast.adil.pk, about_id=cast.mina.pk, subject="person:1", role="x", programme_id=None
            ),
            at=NOW,
        )
    with CaptureQueriesContext(connection) as asked:
        watch.look(watching.SECONDS)
    assert len(asked) == 2
    assert watching.SECONDS <= 3, "open streams end within five seconds"
