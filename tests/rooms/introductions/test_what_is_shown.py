"""What is never shown to anybody else, and that a long list asks no more of the database than a short one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companionway.foundation import sealing
from companionway.introductions import services
from companionway.introductions.models import Request
from companionway.introductions.states import Answer
from companionway.people import services as people_services
from companionway.people.models import Audience, ItemKind, Person
from companionway.practice.models import SupporterPractice
from companionway.practice.queries import Offer
from tests.cast import NOW, Cast
from tests.rooms.introductions.looking import as_, page
from tests.rooms.introductions.scene import ask, asked, new_member, new_supporter, ready_supporter, settle

SECRET = "zinnober-quetzal"
CANARY_TOPIC = "prison"
CANARY_LABEL = "prison or the courts"


@pytest.fixture
def share_in_secret(cast: Cast):
    """Mina and Theo both carry one thing for matching only; Theo would rather not support another."""

    def share(person: Person) -> None:
        now = NOW
        people_services.share_item(
            actor=person, kind=ItemKind.EXPERIENCE, key=CANARY_TOPIC, audience=Audience.MATCHING, now=now
        )
        people_services.share_item(
            actor=person, kind=ItemKind.STORY, text=f"{SECRET} story", audience=Audience.MATCHING, now=now
        )
        people_services.share_item(
            actor=person, kind=ItemKind.MATTERS, text=f"{SECRET} hidden", audience=Audience.NOBODY, now=now
        )
        people_services.share_item(
            actor=person, kind=ItemKind.IDENTITY, key="religious", audience=Audience.MATCHING, now=now
        )

    share(cast.mina)
    share(cast.theo)
    settle()


def test_what_is_for_matching_only_counts_and_is_never_read_by_anybody(
    cast: Cast, share_in_secret: None
) -> None:
    offer = Offer(wish_topics=[CANARY_TOPIC], cannot_topics=["gambling"])
    theos = ready_supporter(cast.theo, cast.programme, offer=offer)
    minas = ask(cast.mina, cast.programme, welcomes_offers=True)
    services.change_wishes(
        actor=cast.mina,
        request=minas,
        changes={"weights": {"identity": 4}, "key_topics": [CANARY_TOPIC]},
        now=NOW,
    )
    mina, theo, cora = as_(cast.mina), as_(cast.theo), as_(cast.cora)
    seen = [
        page(mina, "suggestions", minas.public_id),
        page(mina, "browse", minas.public_id),
        page(theo, "needs"),
        page(theo, "need", minas.public_id),
        page(cora, "desk_of", cast.programme.public_id),
        page(cora, "card", minas.public_id),
        page(cora, "whole_list", cast.programme.public_id),
    ]
    assert "some of the same things" in seen[0]  # it counts ...
    row = asked(minas, theos)
    seen += [
        page(mina, "introduction", row.public_id),
        page(theo, "introduction", row.public_id),
        page(theo, "needs"),
        page(cora, "desk_of", cast.programme.public_id),
    ]
    for html in seen:  # ... and is never read
        assert SECRET not in html
        assert CANARY_LABEL not in html
        assert "a person of faith" not in html
        assert "gambling" not in html


def test_neither_name_is_shown_before_both_said_yes(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    mina, theo = as_(cast.mina), as_(cast.theo)
    row = asked(minas, theos)
    for html in (
        page(mina, "request", minas.public_id),
        page(mina, "introduction", row.public_id),
        page(mina, "browse", minas.public_id),
    ):
        assert "Theo" not in html
    for html in (page(theo, "needs"), page(theo, "introduction", row.public_id)):
        assert "Mina" not in html
    services.answer(actor=cast.theo, introduction=row, answer=Answer.YES, now=NOW)
    assert "Theo" in page(mina, "introduction", row.public_id)
    assert "Mina" in page(theo, "introduction", row.public_id)


def _count(client: Client, address: str) -> int:
    # Keys of this test were never committed: as after a start, they are opened anew.
    sealing.forget_all()
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_ask_as_often_for_three_rows_as_for_one(cast: Cast) -> None:
    ready_supporter(cast.theo, cast.programme, places=9)
    first = ask(cast.mina, cast.programme, welcomes_offers=True)
    new_supporter("Helper 0", cast.programme)
    mina, theo, cora = as_(cast.mina), as_(cast.theo), as_(cast.cora)
    lists = [
        (mina, reverse("introductions:browse", args=[first.public_id])),
        (mina, reverse("introductions:suggestions", args=[first.public_id])),
        (mina, reverse("introductions:request", args=[first.public_id])),
        (theo, reverse("introductions:needs")),
        (cora, reverse("introductions:desk_of", args=[cast.programme.public_id])),
        (cora, reverse("introductions:whole_list", args=[cast.programme.public_id])),
        (cora, reverse("introductions:card", args=[first.public_id])),
    ]

    def fill(n: int) -> None:
        helper = new_supporter(f"Asked {n}", cast.programme)
        asked(first, helper)
        seeker = new_member(f"Seeker {n}", cast.programme, welcomes_offers=True)
        asked(seeker, SupporterPractice.objects.get(person=cast.theo))
        free = new_member(f"Free {n}", cast.programme, welcomes_offers=True)
        people_services.share_item(
            actor=free.member, kind=ItemKind.STORY, text="A long story", audience=Audience.SUPPORTER, now=NOW
        )
        new_supporter(f"Helper {n + 1}", cast.programme)

    fill(0)
    one = [_count(client, address) for client, address in lists]
    fill(1)
    fill(2)
    three = [_count(client, address) for client, address in lists]
    assert one == three, list(zip([address for _c, address in lists], one, three, strict=True))
