"""S22: nothing sensitive leaves the house, whatever the kind and language; and pushes go to push services only."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import stat
from pathlib import Path

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core import mail
from py_vapid import Vapid02

from companionway.foundation.policy import Refused
from companionway.notices import channels, services, tokens
from companionway.notices.channels import NotAllowed, Outcome, Subscription, _guard, _push
from companionway.notices.models import Notice, PushDevice
from companionway.notices.sending import send_due, subscription_of
from companionway.notices.states import BY_LETTER, Kind
from companionway.notices.writing import note_down
from tests.cast import NOW, Cast

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SENSITIVE = [
    "peer",
    "support",
    "mental",
    "health",
    "depress",
    "anxiety",
    "psychosis",
    "schizo",
    "bipolar",
    "suicid",
    "self-harm",
    "harm",
    "trauma",
    "recovery",
    "sober",
    "addict",
    "therapy",
    "diagnos",
    "crisis",
    "member",
    "supporter",
    "sponsor",
    "coordinator",
    "programme",
    "program",
    "group",
    "report",
    "block",
    "agreement",
    "note",
    "ending",
    "suggest",
    "santé",
    "pair",
    "soutien",
    "trouble",
    "dépress",
    "rétablissement",
    "membre",
    "groupe",
    "programme",
    "صحة",
    "نفسية",
    "دعم",
    "أقران",
    "مجموعة",
    "برنامج",
    "اكتئاب",
]


def leaks(text: str, cast: Cast) -> list[str]:
    """Every word of the list, and every name, that stands in what was sent."""
    names = [
        cast.mina.name, cast.theo.name, cast.mina.sign_in_name, cast.programme.name, cast.other_programme.name,
        cast.organisation.name, cast.organisation.short_name,
    ]  # fmt: skip
    # What is drawn by lot (the address that ends them) may spell anything.
    folded = re.sub(r"[\w:=-]{30,}", "", text).casefold()
    return [word for word in (*SENSITIVE, *names) if word.casefold() in folded]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if kind not in {Kind.MESSAGE, Kind.DIGEST, *BY_LETTER}]
)
def test_no_email_of_any_kind_says_anything(cast: Cast, kind, language):
    cast.mina.language = language
    cast.mina.save()
    services.allow_email(actor=cast.mina, address="a@example.org", now=NOW)
    note_down([cast.mina.pk], kind=kind, subject="relationship:1", once_per="x", by=cast.theo.pk, now=NOW)
    assert send_due(NOW) == 1
    whole = mail.outbox[0].message().as_string() + mail.outbox[0].body + mail.outbox[0].subject
    assert leaks(whole, cast) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_for_calendar", [False, True])
def test_the_message_and_digest_and_push_words_say_nothing(cast: Cast, language, is_for_calendar):
    stop = tokens.stop_token(cast.mina)
    words = channels.words_for(
        language, at=settings.PUBLIC_URL, stop_token=stop, is_for_calendar=is_for_calendar
    )
    assert leaks(" ".join((words.subject, words.body, words.url, words.stop_url)), cast) == []


def test_the_guard_of_this_test_sees_a_leak(cast: Cast):
    assert leaks("Theo wrote to you in One to one", cast) == ["Theo", "One to one"]
    assert "supporter" in leaks("your supporter", cast)


def test_an_email_is_plain_and_stops_with_one_click(cast: Cast):
    words = channels.words_for("en", at="https://peers.example", stop_token=tokens.stop_token(cast.mina))
    assert channels.send_email("a@example.org", words) == Outcome.SENT
    sent = mail.outbox[0]
    assert sent.subject == "You have a new message"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Unsubscribe"] == f"<{words.stop_url}>"
    assert sent.content_subtype == "plain" and sent.attachments == []
    assert words.stop_url.startswith("https://peers.example/stop/"), "the organisation's own address"


def test_the_stop_link_works_signed_out_and_names_nobody(cast: Cast, client):
    services.allow_email(actor=cast.mina, address="a@example.org", now=NOW)
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    url = f"/stop/{tokens.stop_token(cast.mina)}/"
    page = client.get(url).content.decode()
    assert "Stop these e-mails?" in page and "Mina" not in page
    answer = client.post(url, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "No more e-mails" in answer.content.decode()
    assert send_due(NOW) == 0 and mail.outbox == []
    cast.mina.refresh_from_db()
    assert cast.mina.email == ""
    assert client.post(url).status_code == 200
    for forged in (cast.mina.public_id, f"{cast.mina.public_id}:x", "x", f"{tokens.stop_token(cast.mina)}x"):
        assert client.post(f"/stop/{forged}/").status_code == 404


def browser() -> tuple[Subscription, ec.EllipticCurvePrivateKey, bytes]:
    key, secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )

    def text(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    return Subscription("https://push.example.com/send/abc123", text(point), text(secret)), key, secret


def test_only_the_browser_opens_a_push_and_it_says_nothing(cast: Cast):
    subscription, key, secret = browser()
    words = channels.words_for("en", at="https://peers.example", stop_token="t")
    body = _push.sealed_body(subscription, words)
    assert b"message" not in body
    opened = http_ece.decrypt(body, private_key=key, auth_secret=secret, version="aes128gcm")
    assert json.loads(opened) == {"title": "You have a new message", "path": "/new/"}


def test_a_push_is_signed_for_its_service_with_our_own_key():
    headers = _push.headers_for("https://push.example.com/send/abc123", NOW)
    assert Vapid02.verify(headers["Authorization"])
    claims = headers["Authorization"].split("t=")[1].split(".")[1]
    facts = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert facts["aud"] == "https://push.example.com" and facts["exp"] > NOW.timestamp()
    assert channels.public_key() in headers["Authorization"]


def test_the_key_is_made_once_and_for_the_service_only(settings, tmp_path):
    settings.VAPID_KEY_FILE = tmp_path / "keys" / "vapid.pem"
    first = channels.public_key()
    assert channels.public_key() == first
    assert stat.S_IMODE(Path(settings.VAPID_KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["vapid.pem"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/x", "https://localhost/x", "https://127.0.0.1/x", "https://[::1]/x",
        "https://10.0.0.8/x", "https://192.168.1.1/x", "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.1]/x", "https://[64:ff9b::a00:1]/x", "https://[fd00::1]/x", "https://2130706433/x",
        "https://127.1/x", "https://0x7f.0x1/x", "https://push.example.com:8443/x", "https://u:p@push.example.com/x",
        "https://router.local/x", "https://db.internal/x", "https://intranet/x", "file:///etc/passwd", "", "https://",
        "https://push.example.com\\@127.0.0.1/x", "https://push.example.com/x\r\nHost: a", "https://[::1",
        "https://push.example.com/" + "x" * 2100, "https://push.example.com:99999/x", "https://0.0.0.0/x",
        "https://100.64.0.1/x", "https://224.0.0.1/x",
    ],
)  # fmt: skip
def test_a_push_never_goes_to_our_own_network(cast: Cast, endpoint):
    with pytest.raises(NotAllowed):
        channels.check_endpoint(endpoint)
    good, _key, _secret = browser()
    bad = Subscription(endpoint, good.p256dh, good.auth)
    assert (
        channels.send_push(bad, channels.words_for("en", at="https://peers.example", stop_token="t"), NOW)
        == Outcome.GONE
    )
    with pytest.raises(Refused):
        services.add_device(actor=cast.mina, subscription=bad, label="x", now=NOW)


def test_a_name_that_leads_to_our_own_machine_is_refused_when_it_is_looked_up():
    with pytest.raises(NotAllowed):
        _guard.addresses_of("localhost")


def test_a_usual_push_address_passes():
    channels.check_endpoint("https://fcm.googleapis.com/fcm/send/abc:def")
    channels.check_endpoint("https://updates.push.services.mozilla.com/wpush/v2/gAAAAA")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (201, Outcome.SENT), (204, Outcome.SENT), (404, Outcome.GONE), (410, Outcome.GONE), (429, Outcome.TRY_AGAIN),
        (503, Outcome.TRY_AGAIN), (302, Outcome.REFUSED), (400, Outcome.REFUSED), (413, Outcome.REFUSED),
    ],
)  # fmt: skip
def test_what_an_answer_means(status, outcome):
    assert _push.outcome_of(status) == outcome


def test_a_devices_address_is_sealed_and_belongs_to_one_person(cast: Cast):
    subscription, _key, _secret = browser()
    services.add_device(actor=cast.mina, subscription=subscription, label="Firefox", now=NOW)
    device = PushDevice.objects.get()
    assert b"abc123" not in bytes(device.sealed) and b"push.example" not in bytes(device.sealed)
    assert subscription_of(device) == subscription
    services.add_device(actor=cast.theo, subscription=subscription, label="Firefox", now=NOW)
    assert PushDevice.objects.get().person == cast.theo


def test_a_push_whose_service_cannot_be_reached_waits(cast: Cast, monkeypatch):
    def nobody_knows(*_args, **_kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody_knows)
    subscription, _key, _secret = browser()
    services.add_device(actor=cast.mina, subscription=subscription, label="Firefox", now=NOW)
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    assert send_due(NOW) == 0
    push = Notice.objects.get(channel="push")
    assert (push.state, push.attempts) == ("waiting", 1) and push.not_before > NOW
