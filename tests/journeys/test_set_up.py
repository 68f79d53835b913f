"""An invited administrator comes in with seven words, sets up a second proof, and opens a programme."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import ROOT, Server

Look = Callable[[Page], None]
INVITE = """
import django; django.setup()
from django.utils import timezone
from companionway.people import codes
from companionway.people.models import OneTimeCode, Organisation, Person, RoleHeld
now = timezone.now()
Organisation.objects.first() or Organisation.objects.create(name="Harbour Street", short_name="Harbour Street")
name = "{name}"
here = Organisation.objects.first()
person = Person.objects.create(organisation=here, name=name, sign_in_name=name.casefold(), joined_at=now, password="!")
RoleHeld.objects.create(person=person, role="administrator", since_at=now)
code = codes.new_code()
OneTimeCode.objects.create(
    person=person, code_hash=codes.hash_of(code), made_at=now, expires_at=now + timezone.timedelta(days=1)
)
print(code)
"""
OWN = [
    "profile/", "profile/add/story/", "profile/topics/goal/", "profile/as/supporter/", "needs/", "consent/",
    "preferences/", "pause/", "devices/", "ways-in/", "ways-in/passphrase/", "way-back/", "download/", "delete/",
    "looked/",
]  # fmt: skip
SET_UP = ["", "programmes/new/", "people/", "people/invite/", "organisation/", "hours/"]


@pytest.fixture
def seven_words(server: Server) -> str:
    env = {**server.env, "DJANGO_SETTINGS_MODULE": "companionway.config.settings"}
    script = INVITE.format(name=f"Iris {secrets.token_hex(3)}").replace("timezone.timedelta", "timedelta")
    script = "from datetime import timedelta\n" + script
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=env,
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_from_an_invitation_to_an_open_programme(
    seven_words: str, new_person_context: NewContext, axe: Look
) -> None:
    page = new_person_context().new_page()
    page.goto("/join/code/")
    axe(page)
    page.get_by_label("The seven words you were given").fill(seven_words)
    page.get_by_label("Choose a passphrase").fill("seven loud green frogs")
    page.get_by_label("The same once more").fill("seven loud green frogs")
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/me/ways-in/")
    axe(page)
    page.goto("/admin/")
    expect(page).not_to_have_url("**/admin/")
    page.goto("/me/ways-in/app/")
    axe(page)
    secret = page.locator("[data-secret]").inner_text()
    page.get_by_label("The six digits your app shows now").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="It works").click()
    page.wait_for_url("**/me/ways-in/")

    for address in [*(f"/me/{each}" for each in OWN), *(f"/admin/{each}" for each in SET_UP)]:
        page.goto(address)
        axe(page)

    page.goto("/admin/programmes/new/")
    page.get_by_label("Name", exact=True).fill("Morning sponsors")
    page.get_by_label("Twelve-step sponsorship").check()
    page.get_by_role("button", name="Open it").click()
    expect(page.locator("main")).to_contain_text("Never kept:")
    axe(page)
    page.goto(f"{page.url}words/")
    axe(page)
    page.goto("/admin/people/?q=iris")
    page.locator("main .list a").first.click()
    axe(page)
    _groups_our_own_way(page, axe)


def _groups_our_own_way(page: Page, axe: Look) -> None:
    """A programme with groups says something its own way, sees what differs, and puts it back."""
    page.goto("/admin/programmes/new/")
    page.get_by_label("Name", exact=True).fill("Evenings")
    page.get_by_label("Groups of a charity").check()
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("link", name="See groups of this programme").click()
    axe(page)
    for link in ("How groups here are", "Words for groups", "Roles in a group"):
        page.get_by_role("link", name=link).click()
        axe(page)
        page.go_back()
    page.get_by_role("link", name="Change it").first.click()
    axe(page)
    page.go_back()
    page.get_by_role("link", name="Sentences for groups").click()
    page.get_by_label("What a new group's agreement begins with").fill("We bring our own mugs.")
    axe(page)
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("main")).to_contain_text("We bring our own mugs.")
    expect(page.locator("main")).to_contain_text("We come as we are")
    axe(page)
    page.get_by_role("button", name="Back to the practice model").click()
    expect(page.locator("main")).to_contain_text("As in the practice model.")
