"""The pages: the two, the coordinator's dates, one's own weeks; what was typed comes back, and lists cost the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from companionway.people import roles
from companionway.people.models import Person
from companionway.practice import queries as practice
from companionway.supervision import queries, services
from companionway.supervision.models import (
    AgendaItem,
    DriftTick,
    HardContact,
    OwnSigns,
    Rhythm,
    Supervision,
    Talk,
)
from companionway.supervision.states import DebriefState
from tests.cast import NOW, enters, give, make_person
from tests.rooms.introductions.scene import ready_supporter
from tests.rooms.supervision.conftest import Held
from tests.rooms.supervision.talking import later, talked, write

ComeIn = Callable[[Person], Client]


@pytest.fixture
def come_in(client: Client) -> ComeIn:
    return partial(enters, client)


def url(name: str, public_id: str = "", **more: str) -> str:
    return reverse(f"supervision:{name}", kwargs={**({"public_id": public_id} if public_id else {}), **more})


def text(response: Any) -> str:
    return unescape(response.content.decode())


def test_the_two_talk_from_agenda_to_yes(held: Held, come_in: ComeIn) -> None:
    pair = held.pair.public_id
    theo = come_in(held.cast.theo)
    assert theo.post(url("add_item", pair), {"words": "How to say no."}).status_code == 302
    assert theo.post(url("add_item", pair), {"words": "Mine alone.", "only_me": "on"}).status_code == 302
    shown = text(theo.get(url("pair", pair)))
    assert "How to say no." in shown
    assert "Only I see this." in shown
    ines = come_in(held.ines)
    shown = text(ines.get(url("pair", pair)))
    assert "How to say no." in shown
    assert "Mine alone." not in shown
    today = timezone.localdate()
    said = {
        "after": "0", "held_on": today.isoformat(), "themes": ["workload"], "words": "Fewer evenings.",
        "who_1": "supporter", "what_1": "Keep Thursdays free", "by_1": (today + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    answer = ines.post(url("write", pair), said)
    talk = Talk.objects.get()
    assert answer["Location"] == url("talk", talk.public_id)
    theo = come_in(held.cast.theo)
    assert "Fewer evenings." in text(theo.get(url("talk", talk.public_id)))
    theo.post(url("talk", talk.public_id), {"version": "1"})
    talk.refresh_from_db()
    assert talk.is_signed
    shown = text(theo.get(url("pair", pair)))
    assert "Keep Thursdays free" in shown
    action = talk.actions.get()
    theo.post(url("tick", action.public_id), {"done": "yes"})
    action.refresh_from_db()
    assert action.done_at is not None


def test_what_was_typed_comes_back(held: Held, come_in: ComeIn) -> None:
    ines, pair = come_in(held.ines), held.pair.public_id
    ahead = (timezone.localdate() + timedelta(days=5)).isoformat()
    answer = ines.post(
        url("write", pair), {"after": "0", "held_on": ahead, "words": "Otters.", "what_1": "Rest"}
    )
    assert answer.status_code == 200
    assert "Otters." in text(answer)
    assert "who of you" in text(answer)
    answer = ines.post(url("write", pair), {"after": "0", "held_on": ahead, "words": "Otters."})
    assert "when it has been" in text(answer)
    write(held.pair, NOW, words="The other version.")
    late = {
        "after": "0",
        "held_on": NOW.date().isoformat(),
        "words": "Otters.",
        "themes": ["role", "learning"],
    }
    answer = ines.post(url("write", pair), late)
    shown = text(answer)
    assert "Otters." in shown
    assert "The other version." in shown
    assert answer.context["form"]["after"].value() == "1"
    assert answer.context["form"]["themes"].value() == ["role", "learning"]
    assert "Please write something" in text(ines.post(url("add_item", pair), {"words": " "}))


PAIR_PAGES = ("pair", "write", "their_weeks", "add_item")
PAIR_POSTS = ("someone_else", "step_back", "share_weeks")


@pytest.mark.parametrize("who", ["cora", "adil", "ruth", "mina", "otis", "sam_the_stranger"])
def test_for_everybody_else_the_pages_do_not_exist(held: Held, come_in: ComeIn, who: str) -> None:
    talk = talked(held.pair, NOW)
    item = services.put_on_agenda(actor=held.cast.theo, supervision=held.pair, words="A line.", now=NOW)
    services.share_weeks(actor=held.cast.theo, supervision=held.pair, shares=True, now=NOW)
    client = come_in(held.otis if who == "otis" else getattr(held.cast, who))
    pages = [url(each, held.pair.public_id) for each in PAIR_PAGES] + [url("talk", talk.public_id)]
    assert [client.get(each).status_code for each in pages] == [404] * len(pages)
    posts = [url(each, held.pair.public_id) for each in PAIR_POSTS]
    posts += [url("share_item", item.public_id), url("take_off", item.public_id)]
    posts += [url("tick", talk.actions.get().public_id)]
    assert [client.post(each).status_code for each in posts] == [404] * len(posts)


def test_one_tap_without_a_reason(held: Held, come_in: ComeIn) -> None:
    theo = come_in(held.cast.theo)
    shown = text(theo.get(url("pair", held.pair.public_id)))
    assert "Somebody else, please" in shown
    theo.post(url("someone_else", held.pair.public_id))
    assert Supervision.objects.current().get(supporter=held.cast.theo).supervisor == held.otis


def test_choosing_and_what_is_refused_in_words(held: Held, come_in: ComeIn) -> None:
    cast = held.cast
    give(cast.cora, roles.SUPERVISOR, cast.programme)
    ruth = come_in(cast.ruth)
    page = url("choose", cast.programme.public_id)
    assert "Cora" not in text(ruth.get(page))
    assert "Ines, has lived it too" in text(ruth.get(page))
    assert ruth.post(page, {"person": cast.cora.public_id}).status_code == 200
    assert queries.current_of(cast.ruth, cast.programme) is None
    ruth.post(page, {"person": held.ines.public_id})
    assert queries.current_of(cast.ruth, cast.programme).supervisor == held.ines  # type: ignore[union-attr]


def test_the_coordinator_reads_days_in_their_order_and_no_word(held: Held, come_in: ComeIn) -> None:
    cast = held.cast
    talked(held.pair, NOW, words="Between the two.")
    services.put_on_agenda(actor=cast.theo, supervision=held.pair, words="A shared line.", now=NOW)
    Rhythm.objects.update(kept_since=NOW - timedelta(days=9))
    cora = come_in(cast.cora)
    shown = text(cora.get(url("dates_of", cast.programme.public_id)))
    assert "Between the two." not in shown
    assert "A shared line." not in shown
    table = shown[shown.index("<tbody>") :]
    assert table.index("Ruth") < table.index("Theo"), "owed sooner stands first"
    assert come_in(cast.theo).get(url("dates")).status_code == 404


def test_the_rhythm_is_chosen_and_stopped(held: Held, come_in: ComeIn) -> None:
    cora, page = come_in(held.cast.cora), url("rhythm", held.cast.programme.public_id)
    days = {"one_to_one_days": 14, "training_days": 7, "group_days": 45, "remind_after_days": 9,
            "tell_after_days": 3, "hold_after_days": 21}  # fmt: skip
    answer = cora.post(page, days)
    assert "First the two are reminded" in text(answer)
    cora.post(page, {**days, "tell_after_days": 12})
    assert queries.rhythm_of(held.cast.programme).one_to_one_days == 14  # type: ignore[union-attr]
    assert "wants that every 45 days" in text(come_in(held.cast.theo).get(url("mine")))
    cora = come_in(held.cast.cora)
    cora.post(page, {"stop": "yes"})
    assert queries.rhythm_of(held.cast.programme) is None
    assert "sit together in a group" not in text(come_in(held.cast.theo).get(url("mine")))


def test_arranging_and_one_place_more(held: Held, come_in: ComeIn) -> None:
    cast = held.cast
    row = ready_supporter(cast.ruth, cast.programme, places=0)
    cora = come_in(cast.cora)
    where = {"public_id": cast.programme.public_id, "person_id": cast.ruth.public_id}
    page = reverse("supervision:arrange", kwargs=where)
    cora.post(page, {"person": held.otis.public_id})
    assert queries.current_of(cast.ruth, cast.programme).supervisor == held.otis  # type: ignore[union-attr]
    extra, until = url("extra_place", row.public_id), (timezone.localdate() + timedelta(days=5)).isoformat()
    assert "Please write something" in text(cora.post(extra, {"words": "", "until_on": until}))
    cora.post(extra, {"words": "Until Maureen is back.", "until_on": until})
    assert practice.free_places([row.pk]) == {row.pk: 1}
    assert "Until Maureen is back." in text(come_in(cast.ruth).get(url("mine")))
    assert "Until Maureen is back." in text(come_in(cast.cora).get(extra))
    come_in(cast.cora).post(extra, {"stop": "yes"})
    assert practice.free_places([row.pk]) == {row.pk: 0}


def test_my_weeks_offer_and_never_press(held: Held, come_in: ComeIn) -> None:
    cast = held.cast
    row = ready_supporter(cast.theo, cast.programme)
    theo = come_in(cast.theo)
    assert "Nobody new for now" in text(theo.get(url("weeks")))
    theo.post(url("nobody_new", row.public_id))
    row.refresh_from_db()
    assert (row.accepting, row.places) == (False, 2)
    theo.post(url("signs"), {"wants": "yes"})
    assert OwnSigns.objects.filter(person=cast.theo).exists()
    theo.post(url("hard", cast.programme.public_id))
    contact = HardContact.objects.get()
    assert "Yes, please" in text(theo.get(url("weeks")))
    theo.post(url("debrief", contact.public_id), {"answer": "nonsense"})
    theo.post(url("debrief", contact.public_id), {"answer": "wanted"})
    contact.refresh_from_db()
    assert contact.debrief == DebriefState.WANTED
    assert AgendaItem.objects.filter(kind="debrief").exists()
    theo.post(url("drift", cast.programme.public_id), {"kind": "medication"})
    assert DriftTick.objects.filter(person=cast.theo).exists()


def test_the_supervisor_sees_shown_weeks_and_no_signs(held: Held, come_in: ComeIn) -> None:
    services.share_weeks(actor=held.cast.theo, supervision=held.pair, shares=True, now=NOW)
    services.look_for_signs(actor=held.cast.theo, wants=True, now=NOW)
    shown = text(come_in(held.ines).get(url("their_weeks", held.pair.public_id)))
    assert "never for an appraisal" in shown
    assert "For you alone" not in shown


def test_a_held_supporter_reads_why_and_what_helps(held: Held, come_in: ComeIn) -> None:
    ready_supporter(held.cast.theo, held.cast.programme)
    services.look_at_the_clock(now=later(49))
    theo = come_in(held.cast.theo)
    for page in (reverse("practice:mine"),):
        assert "Whoever you walk with stays." in text(theo.get(page))


def counted(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_lists_cost_the_same_with_one_and_with_many(held: Held, come_in: ComeIn) -> None:
    cast = held.cast
    pages = {
        held.ines: [url("mine")],
        cast.cora: [url("dates_of", cast.programme.public_id)],
        cast.theo: [url("pair", held.pair.public_id), url("choose", cast.programme.public_id)],
    }
    talked(held.pair, NOW)
    services.put_on_agenda(actor=cast.theo, supervision=held.pair, words="One.", now=NOW)
    before = {page: counted(come_in(who), page) for who, some in pages.items() for page in some}
    for number in range(4):
        person = make_person(f"Supporter {number}")
        give(person, roles.SUPPORTER, cast.programme)
        services.arrange(
            actor=person, programme=cast.programme, supporter=person, supervisor=held.ines, now=NOW
        )
        give(make_person(f"Supervisor {number}"), roles.SUPERVISOR, cast.programme)
        services.put_on_agenda(actor=cast.theo, supervision=held.pair, words=f"More {number}.", now=NOW)
    after = {page: counted(come_in(who), page) for who, some in pages.items() for page in some}
    assert after == before
