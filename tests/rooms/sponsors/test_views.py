"""The pages of temporary sponsors: for those of the group, neutral in their address, nothing for anybody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from companionway.sponsors.models import Ask, Offer, Temporary
from companionway.support.models import Relationship
from tests.cast import NOW, enters
from tests.rooms.sponsors.conftest import Fellowship, asked, begun, offered


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def page(fellowship: Fellowship) -> str:
    return reverse("sponsors:page", args=[fellowship.group.public_id])


def test_strangers_and_the_team_find_nothing(fellowship: Fellowship) -> None:
    row, offer = begun(fellowship, fellowship.mina, fellowship.theo), offered(fellowship, fellowship.ruth)
    waits = asked(fellowship, fellowship.ada, fellowship.ruth)
    cast = fellowship.cast
    for person in (cast.sam_the_stranger, cast.cora, cast.adil):
        client = enters(Client(), person)
        assert client.get(page(fellowship)).status_code == 404
        for name, thing in (
            ("offer", fellowship.group), ("withdraw", fellowship.group), ("ask", offer), ("answer", waits),
            ("read_answer", waits), ("go_on", row),
        ):  # fmt: skip
            url = reverse(f"sponsors:{name}", args=[thing.public_id])
            assert client.post(url).status_code == 404, name
        assert "Ruth" not in client.get(reverse("sponsors:mine")).content.decode()


def test_a_newcomer_asks_and_is_answered_in_the_browser(fellowship: Fellowship) -> None:
    theo, mina = enters(Client(), fellowship.theo), enters(Client(), fellowship.mina)
    group = reverse("groups:group", args=[fellowship.group.public_id])
    assert page(fellowship) in mina.get(group).content.decode()
    theo.post(reverse("sponsors:offer", args=[fellowship.group.public_id]))
    offer = Offer.objects.get()
    assert "Ask Theo" in mina.get(page(fellowship)).content.decode()
    mina.post(reverse("sponsors:ask", args=[offer.public_id]))
    assert "You asked Theo" in mina.get(page(fellowship)).content.decode()
    assert "Mina asks you" in theo.get(page(fellowship)).content.decode()
    answer = theo.post(reverse("sponsors:answer", args=[Ask.objects.get().public_id]), {"answer": "yes"})
    walk = Relationship.objects.get()
    assert answer["Location"] == reverse("support:walk", args=[walk.public_id])
    for client, other in ((mina, "Theo"), (theo, "Mina")):
        assert reverse("sponsors:mine") in client.get(answer["Location"]).content.decode()
        assert other in client.get(reverse("sponsors:mine")).content.decode()


def test_not_now_and_taking_back(fellowship: Fellowship) -> None:
    waits = asked(fellowship, fellowship.mina, fellowship.theo)
    theo, mina = enters(Client(), fellowship.theo), enters(Client(), fellowship.mina)
    theo.post(reverse("sponsors:answer", args=[waits.public_id]), {"answer": "not_now"})
    assert "That is nothing you did" in mina.get(page(fellowship)).content.decode()
    mina.post(reverse("sponsors:read_answer", args=[waits.public_id]))
    assert "Ask Theo" in mina.get(page(fellowship)).content.decode()
    theo.post(reverse("sponsors:withdraw", args=[fellowship.group.public_id]))
    assert "Nobody stands here at the moment" in mina.get(page(fellowship)).content.decode()


def test_going_on_in_the_browser(fellowship: Fellowship) -> None:
    row = begun(fellowship, fellowship.mina, fellowship.theo)
    url, mine = reverse("sponsors:go_on", args=[row.public_id]), reverse("sponsors:mine")
    mina, theo = enters(Client(), fellowship.mina), enters(Client(), fellowship.theo)
    mina.post(url)
    assert "You said that you would like to go on" in mina.get(mine).content.decode()
    assert "You said that you would like to go on" not in theo.get(mine).content.decode()
    theo.post(url)
    assert not Temporary.objects.exists() and Relationship.objects.open().exists()


def test_the_list_asks_the_same_for_one_and_for_three(
    fellowship: Fellowship, django_assert_max_num_queries: object
) -> None:
    mina = enters(Client(), fellowship.mina)
    offered(fellowship, fellowship.theo)
    mina.get(page(fellowship))
    with django_assert_max_num_queries(30) as few:  # type: ignore[operator]
        mina.get(page(fellowship))
    for person in (fellowship.ruth, fellowship.ada):
        offered(fellowship, person)
    with django_assert_max_num_queries(30) as many:  # type: ignore[operator]
        mina.get(page(fellowship))
    assert len(few) == len(many)
