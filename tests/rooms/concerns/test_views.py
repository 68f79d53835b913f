"""The pages: one press is enough, bad words never stand in its way, and nobody guesses their way in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companionway.concerns import services
from companionway.concerns.models import Concern, Voice
from companionway.concerns.opening import open_voice
from companionway.concerns.states import State
from companionway.people.models import RoleHeld
from tests.rooms.concerns.conftest import House
from tests.rooms.safety.entering import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_theo(house: House, client: Client) -> Client:
    enter(client, house.cast.theo)
    return client


@pytest.fixture
def as_ben(house: House) -> Client:
    client = Client()
    enter(client, house.ben)
    return client


def test_an_empty_press_is_a_concern(as_theo: Client, house: House) -> None:
    answer = as_theo.post(reverse("concerns:raise") + f"?about={house.cast.mina.public_id}", {})
    concern = Concern.objects.get()
    assert answer["Location"] == reverse("concerns:concern", args=[concern.public_id])
    assert concern.about == house.cast.mina


@pytest.mark.parametrize("query", ["?about=nobody-here", "?subject=message:x", "?about=%00&subject=%F0", ""])
def test_a_wrong_address_never_stands_in_the_way(as_theo: Client, query: str) -> None:
    assert as_theo.get(reverse("concerns:raise") + query).status_code == 200
    assert as_theo.post(reverse("concerns:raise") + query, {}).status_code == 302
    assert Concern.objects.get().about is None


def test_pressed_twice_on_a_slow_line_is_one(as_theo: Client) -> None:
    for _ in range(2):
        as_theo.post(reverse("concerns:raise"), {"press": "same", "words": "Twenty thousand " * 1200})
    assert Voice.objects.count() == 1
    assert open_voice(Voice.objects.get()).words.startswith("Twenty thousand")


def test_the_page_names_who_is_told(as_theo: Client) -> None:
    assert "Tell Ben now" in as_theo.get(reverse("concerns:raise")).content.decode()


def test_with_nobody_on_call_the_press_page_gives_the_number_first(as_theo: Client) -> None:
    RoleHeld.objects.filter(role__in=["on_call", "coordinator", "safeguarding_lead"]).update(
        until_at=timezone.now()
    )
    page = as_theo.get(reverse("concerns:raise")).content.decode()
    assert page.index("Nobody is on call") < page.index("emergency number") < page.index("Tell them now")
    as_theo.post(reverse("concerns:raise"), {})
    page = as_theo.get(reverse("concerns:concern", args=[Concern.objects.get().public_id])).content.decode()
    assert "Nobody has it</h1>" in page
    assert "Please do not wait for us" in page
    assert "emergency number" in page


def test_whoever_opens_the_page_takes_the_step(as_theo: Client, house: House) -> None:
    concern = house.told(now=timezone.now() - timedelta(minutes=6))
    as_theo.get(reverse("concerns:concern", args=[concern.public_id]))
    assert concern.steps.filter(person=house.cora).exists()


def test_one_on_call_takes_it_from_the_desk(as_ben: Client, house: House) -> None:
    concern = house.told(now=timezone.now())
    page = as_ben.get(reverse("concerns:desk")).content.decode()
    assert "About Mina" in page
    have = reverse("concerns:acknowledge", args=[concern.public_id])
    assert have in page
    as_ben.post(have)
    concern.refresh_from_db()
    assert (concern.state, concern.held_by) == (State.HELD, house.ben)
    assert have not in as_ben.get(reverse("concerns:desk")).content.decode()


@pytest.mark.parametrize("name", ["acknowledge", "hand_over", "stand_down", "decide", "close", "add_words"])
def test_somebody_else_cannot_do_anything_to_it(house: House, name: str) -> None:
    concern, client = house.told(), Client()
    enter(client, house.cast.ruth)
    assert (
        client.post(reverse(f"concerns:{name}", args=[concern.public_id]), {"words": "x"}).status_code == 404
    )
    concern.refresh_from_db()
    assert concern.state == State.OPEN


def test_what_was_typed_comes_back(as_ben: Client, house: House) -> None:
    concern = house.held(now=timezone.now())
    page = as_ben.post(
        reverse("concerns:decide", args=[concern.public_id]), {"kind": "", "words": "What I typed at night"}
    )
    assert page.status_code == 200
    assert "What I typed at night" in page.content.decode()


def test_a_drill_says_so_on_every_page(as_ben: Client, house: House) -> None:
    drill = services.raise_concern(
        actor=house.cora, organisation=house.cast.organisation, about=None, is_drill=True, now=timezone.now()
    )
    for address in (reverse("concerns:desk"), reverse("concerns:concern", args=[drill.public_id])):
        assert "rill" in as_ben.get(address).content.decode()


def test_the_pace_comes_back_when_it_is_out_of_order(house: House) -> None:
    client = Client()
    enter(client, house.lena)
    given = {"nudge": 5, "backup": 5, "lead": 10, "phone": 20, "most_held": 3}
    page = client.post(reverse("concerns:pace"), given).content.decode()
    assert "Each step has to be later" in page
    assert client.post(reverse("concerns:pace"), given | {"nudge": 3}).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_asks_as_much_for_three_as_for_one(
    house: House, as_ben: Client, number: int, django_assert_max_num_queries
) -> None:
    for raiser in (house.cast.theo, house.cast.ruth, house.cast.mina)[:number]:
        house.told(actor=raiser, about=None, now=timezone.now())
    # With what other rooms lay on it.
    with django_assert_max_num_queries(21):
        as_ben.get(reverse("concerns:desk"))
