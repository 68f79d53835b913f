"""My notices, my choices, my devices; nobody else's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companionway.foundation import parts
from companionway.notices import places, policy, services
from companionway.notices.models import Notice, PushDevice
from companionway.notices.states import BY_LETTER, Kind
from companionway.notices.writing import note_down
from companionway.people.models import Purpose
from companionway.people.queries import has_consent
from tests.cast import NOW, Cast
from tests.rooms.notices.test_channels import browser
from tests.rooms.safety.entering import enter


def told(person, number: int = 1, kind: Kind = Kind.YES) -> None:
    note_down([person.pk], kind=kind, subject=f"introduction:{number}", once_per="x", now=NOW)


def test_the_page_shows_what_is_new_and_forgets_the_mark_when_asked(cast: Cast, client):
    told(cast.mina)
    enter(client, cast.mina)
    page = client.get("/new/").content.decode()
    assert "Somebody said yes" in page and "<strong>" in page
    client.post("/new/")
    assert "<strong>" not in client.get("/new/").content.decode()
    enter(client, cast.theo)
    assert "Somebody said yes" not in client.get("/new/").content.decode()


@pytest.mark.parametrize("kind", sorted(places._PLACES))
def test_every_kind_leads_somewhere(cast: Cast, kind):
    told(cast.mina, kind=Kind(kind))
    (row,) = places.shown(Notice.objects.on_page())
    assert row.url.startswith("/") and row.url != reverse("home")


def test_every_kind_but_those_with_their_own_list_has_a_place():
    assert set(places._PLACES) == set(Kind) - {Kind.MESSAGE, Kind.DIGEST} - BY_LETTER


def test_the_list_costs_the_same_for_one_and_for_three(cast: Cast, client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/new/")
        return len(asked)

    enter(client, cast.mina)
    told(cast.mina)
    cost()
    first = cost()
    told(cast.mina, 2)
    told(cast.mina, 3)
    assert cost() == first


def test_agreeing_to_emails_and_stopping(cast: Cast, client):
    enter(client, cast.mina)
    page = client.get("/me/notices/").content.decode()
    assert "You have a new message" in page
    bad = client.post("/me/notices/email/", {"address": "not an address"}).content.decode()
    assert "not an address" in bad and "name@example.org" in bad
    client.post("/me/notices/email/", {"address": "m@example.org"})
    cast.mina.refresh_from_db()
    assert cast.mina.email == "m@example.org" and has_consent(cast.mina, Purpose.CONTACT_EMAIL)
    client.post("/me/notices/stop/email/")
    assert not has_consent(cast.mina, Purpose.CONTACT_EMAIL)
    assert client.post("/me/notices/stop/page/").status_code == 404
    assert client.post("/me/notices/stop/x/").status_code == 404


def test_choosing_kinds_and_a_week_of_quiet(cast: Cast, client):
    enter(client, cast.mina)
    client.post("/me/notices/", {"email": ["message", "yes"], "push": [], "once_a_day": "on"})
    cast.mina.refresh_from_db()
    kept = cast.mina.notice_choices
    assert (
        "note" in kept["off"]["email"]
        and "message" not in kept["off"]["email"]
        and kept["once_a_day"] is True
    )
    assert "report_waiting" not in kept["off"]["email"]
    client.post("/me/notices/pause/", {"pause": "1"})
    assert "Nothing is sent until" in client.get("/me/notices/").content.decode()
    client.post("/me/notices/pause/")
    assert "Nothing is sent until" not in client.get("/me/notices/").content.decode()
    forged = client.post("/me/notices/", {"email": ["report_waiting"]})
    assert forged.status_code == 200 and "answers listed" in forged.content.decode()


def test_only_staff_are_asked_about_staff_work(cast: Cast):
    assert Kind.REPORT_WAITING in policy.kinds_for(cast.cora) and Kind.NUMBER not in policy.kinds_for(
        cast.cora
    )
    assert Kind.NUMBER in policy.kinds_for(cast.adil)
    assert not {Kind.REPORT_WAITING, Kind.NUMBER, Kind.OVERDUE} & set(policy.kinds_for(cast.mina))


def test_a_browser_is_added_and_taken_away(cast: Cast, client):
    subscription, _key, _secret = browser()
    given = {"endpoint": subscription.endpoint, "p256dh": subscription.p256dh, "auth": subscription.auth}
    enter(client, cast.mina)
    assert client.post("/me/notices/device/", given).status_code == 204
    assert has_consent(cast.mina, Purpose.CONTACT_PUSH)
    for bad in (
        {},
        {**given, "endpoint": "https://127.0.0.1/"},
        {**given, "p256dh": "x"},
        {**given, "auth": "!!"},
    ):
        assert client.post("/me/notices/device/", bad).status_code == 422
    device = PushDevice.objects.get()
    enter(client, cast.theo)
    assert client.post(f"/me/notices/device/{device.public_id}/remove/").status_code == 404
    enter(client, cast.mina)
    client.post(f"/me/notices/device/{device.public_id}/remove/")
    assert not has_consent(cast.mina, Purpose.CONTACT_PUSH)


def test_the_export_and_the_erasure_cover_everything(cast: Cast):
    subscription, _key, _secret = browser()
    services.add_device(actor=cast.mina, subscription=subscription, label="Firefox", now=NOW)
    told(cast.mina)
    told(cast.theo)
    mine = parts.export_of(cast.mina)["notices"]
    assert mine["devices"][0]["label"] == "Firefox" and {row["by"] for row in mine["notices"]} == {
        "page",
        "push",
    }
    parts.erase(cast.mina, NOW)
    assert set(Notice.objects.values_list("person", flat=True)) == {cast.theo.pk}
    assert not PushDevice.objects.exists()
