"""Pages on which an administrator says otherwise how groups of a programme are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from companionway.people.models import Programme
from tests.cast import Cast, enters
from tests.rooms.people.test_group_forks import change, rules_of
from tests.rooms.people.test_practice_models import adopt


@pytest.fixture
def adil(cast: Cast, client: Client) -> Client:
    return enters(client, cast.adil)


PAGES = ["", "how/", "less/", "say/", "words/", "roles/", "format/sharing/"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_administrators(cast: Cast, client: Client, page: str) -> None:
    programme = adopt(cast, "twelve_step_groups")
    address = f"/admin/programmes/{programme.public_id}/groups/{page}"
    for person in (cast.mina, cast.cora, cast.sam_the_stranger):
        assert enters(client, person).get(address).status_code == 404
    assert enters(client, cast.adil).get(address).status_code == 200
    plain = f"/admin/programmes/{cast.programme.public_id}/groups/{page}"
    assert client.get(plain).status_code == 404


def test_a_page_changes_shows_and_puts_back(cast: Cast, adil: Client) -> None:
    programme = adopt(cast, "charity_groups")
    address = f"/admin/programmes/{programme.public_id}/groups/"
    said = {"agreement": "Be kind.\n\nBe late.", "what_happens": "You come in."}
    assert adil.post(f"{address}say/", said).headers["Location"] == address
    page = adil.get(address).content.decode()
    assert "Be kind." in page and "We come as we are" in page and cast.adil.name in page
    assert rules_of(programme).agreement == ("Be kind.", "Be late.")
    adil.post(f"{address}back/", {"item": "agreement"})
    assert "Be kind." not in adil.get(address).content.decode()
    assert adil.post(f"{address}back/", {"item": "records"}).headers["Location"] == address


def test_switches_words_and_roles_by_page(cast: Cast, adil: Client) -> None:
    programme = adopt(cast, "charity_groups")
    address = f"/admin/programmes/{programme.public_id}/groups/"
    how = {"decides_by": "consensus", "facilitators_needed": 1, "smallest_number": 5, "quorum_percent": 0}
    assert adil.post(f"{address}how/", how).status_code == 302
    assert (
        adil.post(
            f"{address}words/",
            {
                "words-group": "round",
                "words-groups": "rounds",
                "words-meeting": "evening",
                "words-newcomer": "guest",
            },
        ).status_code
        == 302
    )
    roles = {
        "facilitator-label": "Host", "facilitator-holds_frame": "on", "facilitator-rotates_after_days": 0,
        "welcomer-label": "Welcomer", "welcomer-rotates_after_days": 9,
        "new-label": "Baker", "new-rotates_after_days": 0,
    }  # fmt: skip
    assert adil.post(f"{address}roles/", roles).status_code == 302
    rules = rules_of(programme)
    assert (rules.decides_by, rules.quiet_seat, rules.words["group"]) == ("consensus", False, "round")
    assert [each.label for each in rules.roles] == ["Host", "Welcomer", "Baker"]


def test_a_held_switch_has_no_field_and_a_forged_one_changes_nothing(cast: Cast, adil: Client) -> None:
    programme = adopt(cast, "refugees_and_survivors")
    address = f"/admin/programmes/{programme.public_id}/groups/how/"
    assert 'name="hides_place"' not in adil.get(address).content.decode()
    how = {"decides_by": "consensus", "facilitators_needed": 2, "quorum_percent": 0, "smallest_number": 10}
    assert adil.post(address, {**how, "hides_place": ""}).status_code == 302
    rules = rules_of(programme)
    assert rules.hides_place and rules.interpreters and rules.smallest_number == 10


def test_nothing_typed_is_lost_when_something_does_not_fit(cast: Cast, adil: Client) -> None:
    programme = adopt(cast, "hearing_voices")
    address = f"/admin/programmes/{programme.public_id}/groups/"
    how = {"decides_by": "majority", "facilitators_needed": 2, "smallest_number": 0, "quorum_percent": 0}
    page = adil.post(f"{address}how/", {**how, "waiting_list": "on"})
    assert page.status_code == 422 and "no waiting list" in page.content.decode()
    assert rules_of(programme).decides_by == "consensus"
    page = adil.post(f"{address}say/", {"agreement": "x" * 401, "what_happens": "A line that stays."})
    assert page.status_code == 422 and "A line that stays." in page.content.decode()


def format_data(programme: Programme, key: str) -> dict[str, object]:
    data: dict[str, object] = {"name": "Our evening", "new-title": "", "new-kind": "topic"}
    data |= {"new-minutes": 10, "new-share_seconds": 0}
    for place, each in enumerate(rules_of(programme).format_of(key).parts):
        for name in ("title", "words", "kind", "minutes", "role", "share_seconds"):
            data[f"part{place}-{name}"] = getattr(each, name)
        for name in ("may_pass", "cross_talk"):
            if getattr(each, name):
                data[f"part{place}-{name}"] = "on"
    return data


def test_a_format_by_page(cast: Cast, adil: Client) -> None:
    programme = adopt(cast, "charity_groups")
    address = f"/admin/programmes/{programme.public_id}/groups/format/"
    data = format_data(programme, "usual")
    wrong = adil.post(f"{address}usual/", {**data, "part1-share_seconds": 3600})
    assert wrong.status_code == 422 and "Our evening" in wrong.content.decode()
    data |= {"part0-title": "", "new-title": "Song", "new-words": "One song."}
    assert adil.post(f"{address}usual/", data).status_code == 302
    form = rules_of(programme).format_of("usual")
    assert form.name == "Our evening"
    assert [each.title for each in form.parts] == ["Round", "Talking together", "Tea", "Close", "Song"]
    empty = {name: "" if name.endswith("-title") else value for name, value in data.items()}
    assert adil.post(f"{address}usual/", empty).status_code == 422
    assert adil.post(f"{address}usual/copy/").status_code == 302
    assert adil.post(f"{address}usual/remove/").status_code == 302
    assert adil.get(f"{address}usual/").status_code == 404
    assert [each.key for each in rules_of(programme).formats] == ["drop_in", "theme", "own_1"]


def test_the_page_asks_no_more_for_three_changes_than_for_one(cast: Cast, adil: Client) -> None:
    programme = adopt(cast, "charity_groups")
    address = f"/admin/programmes/{programme.public_id}/groups/"
    counts = []
    for agreement in (["One."], ["Two."], ["Three."]):
        change(cast, programme, agreement=agreement)
        adil.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            adil.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_a_page_says_less_and_shows_it_beside_the_practice_model(cast: Cast, adil: Client) -> None:
    programme = adopt(cast, "charity_groups")
    address = f"/admin/programmes/{programme.public_id}/groups/"
    page = adil.get(f"{address}less/").content.decode()
    assert "This cannot be taken back" in page and "who came when" in page
    said = {"kinds": ["drop_in"], "shares": "kept", "kept_because": "", "no_more": ["attendance"]}
    assert adil.post(f"{address}less/", {**said, "kinds": ["open"]}).status_code == 422
    refused = adil.post(f"{address}less/", said)
    assert refused.status_code == 422 and "waiting list needs a closed group" in refused.content.decode()
    change(cast, programme, waiting_list=False)
    refused = adil.post(f"{address}less/", said)
    assert refused.status_code == 422 and "say why in kept_because" in refused.content.decode()
    assert adil.post(f"{address}less/", {**said, "shares": "passing"}).status_code == 302
    shown = adil.get(address).content.decode()
    for words in ("who came when", "kept no more", "gone when the meeting closes", "This is not taken back"):
        assert words in shown
    assert "who came when" not in adil.get(f"{address}less/").content.decode()


def test_a_held_number_may_only_hide_more(cast: Cast, adil: Client) -> None:
    programme = adopt(cast, "refugees_and_survivors")
    address = f"/admin/programmes/{programme.public_id}/groups/how/"
    how = {"decides_by": "consensus", "facilitators_needed": 2, "quorum_percent": 0, "has_space": "on"}
    assert adil.post(address, {**how, "smallest_number": 9}).status_code == 422
    assert adil.post(address, {**how, "smallest_number": 12}).status_code == 302
    programme.refresh_from_db()
    assert programme.smallest_number == 12 and rules_of(programme).smallest_number == 12
