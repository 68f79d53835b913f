"""Joining and coming back with a passkey alone: a real ceremony, by a software authenticator in a real browser."""

from __future__ import annotations

import re
import secrets
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import ROOT, Server

Look = Callable[[Page], None]
PROGRAMME = "Evenings by the harbour"
OPEN_A_PROGRAMME = f"""
import django; django.setup()
from django.utils import timezone
from companionway.people import services
from companionway.people.models import Organisation, Programme
here = Organisation.objects.first() or Organisation.objects.create(name="Harbour Street", short_name="Harbour Street")
asked = dict(actor=None, organisation=here, name="{PROGRAMME}", practice_model="one_to_one_charity")
if not Programme.objects.filter(name="{PROGRAMME}").exists():
    services.create_programme(**asked, now=timezone.now())
"""


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    """The service under a name: a passkey belongs to a name, never to a bare number."""
    env = {**server.env, "DJANGO_SETTINGS_MODULE": "companionway.config.settings"}
    subprocess.run([sys.executable, "-c", OPEN_A_PROGRAMME], cwd=ROOT, env=env, check=True, timeout=60)
    return server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def context(new_person_context: NewContext) -> BrowserContext:
    return new_person_context()


def with_authenticator(page: Page, *, verifies: bool = True) -> None:
    """A device that keeps passkeys, and says yes for its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": verifies,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def to_the_way_in(page: Page, address: str, look: Look = lambda page: None) -> str:
    """Walk the steps of joining up to the last one; `look` is shown every page."""
    name = f"Wren {secrets.token_hex(3)}"
    page.goto(f"{address}/join/")
    look(page)
    page.get_by_label("What shall we call you?").fill(name)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/join/age/")
    look(page)
    page.get_by_label("18 or older").check()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(re.compile("/join/(programme|consent)/"))
    look(page)
    if "/join/programme/" in page.url:
        page.get_by_label(PROGRAMME).check()
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/join/consent/")
        look(page)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/join/way-in/")
    look(page)
    return name


def test_joining_and_coming_back_with_a_passkey_alone(
    address: str, context: BrowserContext, axe: Look
) -> None:
    page = context.new_page()
    with_authenticator(page)
    name = to_the_way_in(page, address, axe)
    page.get_by_role("button", name="Use a passkey on this device").click()
    page.wait_for_url("**/me/way-back/")
    axe(page)
    page.get_by_role("button", name="Make my way back").click()
    assert len(page.locator("[data-code]").inner_text().split()) == 7
    axe(page)

    page.goto(f"{address}/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    axe(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}/sign-in/?next=/me/devices/")
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/me/devices/")
    expect(page.locator("main")).to_contain_text("this one")
    expect(page.locator("main")).not_to_contain_text("shared")

    page.goto(f"{address}/me/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}/sign-in/?next=/me/devices/")
    page.get_by_label("Other people use this device").check()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/me/devices/")
    expect(page.locator("main")).to_contain_text("shared (this one)")


def test_a_device_without_the_passkey_stays_outside(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    with_authenticator(page)
    page.goto(f"{address}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey] [role=status]")).to_contain_text("did not work")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()


def test_a_second_passkey_is_added_and_the_last_way_in_stays(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    with_authenticator(page)
    to_the_way_in(page, address)
    page.get_by_role("button", name="Use a passkey on this device").click()
    page.wait_for_url("**/me/way-back/")
    page.goto(f"{address}/me/ways-in/")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("main")).to_contain_text("your only way in")


def test_without_javascript_the_passphrase_is_all_there_is(
    address: str, new_person_context: NewContext, axe: Look
) -> None:
    page = new_person_context(js=False).new_page()
    name = to_the_way_in(page, address)
    expect(page.locator("[data-passkey]")).to_be_hidden()
    page.get_by_label("Choose a passphrase").fill("four small grey stones")
    page.get_by_label("The same once more").fill("four small grey stones")
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/me/way-back/")
    page.goto(f"{address}/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
