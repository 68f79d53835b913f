"""The pages of safety: Help now for anybody, the rest for those whose affair it is."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companionway.safety import outage, services
from companionway.safety.models import Block, HelpLine, KeptApart, LineTrouble, Report
from companionway.safety.states import ReportState
from tests.cast import Cast
from tests.rooms.safety.entering import enter

CSS = Path(outage.__file__).parent / "static/safety/help-now.css"


@pytest.fixture
def line(make_line) -> HelpLine:
    return make_line(now=timezone.now())


def test_help_now_is_there_signed_out_and_without_scripts_in_30_kb(cast: Cast, make_line, client):
    for number in range(8):
        make_line(name=f"Line {number}", number=f"01632 960 00{number}", now=timezone.now())
    make_line(name="Notruf", kind="emergency", country="DE", number="112", now=timezone.now())
    response = client.get("/help-now/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Line 3" in page and 'href="tel:01632960003"' in page
    assert "<script" not in page and "<style" not in page and " style=" not in page and "onclick" not in page
    assert re.findall(r'(?:src|href)="(?!tel:|https://example.org|/|\?|#|data:,)', page) == []
    assert len(response.content) + len(CSS.read_bytes()) < 30_000
    assert "session" not in response.cookies


def test_the_country_is_the_persons_own_choice(cast: Cast, make_line, client):
    make_line(name="British line", now=timezone.now())
    make_line(name="Notruf", kind="emergency", country="DE", number="112", now=timezone.now())
    british = client.get("/help-now/", headers={"x-forwarded-for": "2.16.0.1"}).content.decode()
    german = client.get("/help-now/?in=DE").content.decode()
    assert "British line" in british and "Notruf" not in british
    assert "Notruf" in german and "British line" not in german
    for other in ("other", "ZZ", "<b>", ""):
        page = client.get("/help-now/", {"in": other}).content.decode()
        assert "call your local emergency number" in page and "British line" not in page


def test_without_a_live_number_the_page_says_so_in_words(cast: Cast, make_line, client):
    make_line(name="Old line", now=timezone.now() - timedelta(days=200))
    page = client.get("/help-now/").content.decode()
    assert "Old line" not in page and "call your local emergency number" in page


def test_demonstration_numbers_are_marked_with_their_dates(cast: Cast, make_line, client):
    cast.organisation.is_demonstration = True
    cast.organisation.save()
    make_line(is_demonstration=True, now=timezone.now())
    page = client.get("/help-now/").content.decode()
    assert page.count("Demonstration number, not checked.") == 1
    assert "Put here on" in page and "shown until" in page
    assert "Checked on" not in page


def test_help_now_works_before_there_is_any_organisation(db, client):
    page = client.get("/help-now/").content.decode()
    assert "call your local emergency number" in page


def test_help_now_in_arabic_runs_from_right_to_left(cast: Cast, client):
    page = client.get("/help-now/", headers={"accept-language": "ar"}).content.decode()
    assert 'lang="ar" dir="rtl"' in page


def test_the_copy_is_shown_when_the_database_does_not_answer(cast: Cast, line, client):
    outage.write(timezone.now())

    def broken(*_args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(broken):
        response = client.get("/help-now/")
    assert response.status_code == 200
    assert line.name in response.content.decode()
    assert "cannot be reached" in response.content.decode()


def test_the_print_version_says_how_long_it_holds(cast: Cast, line, client):
    page = client.get("/help-now/print/?in=GB").content.decode()
    assert line.name in page and "These numbers hold until" in page


def test_anybody_can_say_that_a_number_does_not_work(cast: Cast, line, client):
    url = f"/help-now/not-working/{line.public_id}/"
    assert line.name in client.get(url).content.decode()
    assert "Thank you" in client.post(url, follow=True).content.decode()
    assert LineTrouble.objects.get().line == line
    assert client.get("/help-now/not-working/nothing-here/").status_code == 404


def test_blocking_and_taking_it_back(cast: Cast, client):
    enter(client, cast.mina)
    assert "Block Theo?" in client.get(f"/block/{cast.theo.public_id}/").content.decode()
    client.post(f"/block/{cast.theo.public_id}/")
    assert "Theo" in client.get("/me/blocks/").content.decode()
    client.post(f"/me/blocks/{cast.theo.public_id}/lift/")
    assert not Block.objects.live().exists()


def test_somebody_else_cannot_block_whom_they_never_meet_nor_lift_a_block(cast: Cast, client):
    services.block_person(actor=cast.mina, person=cast.theo, now=timezone.now())
    enter(client, cast.sam_the_stranger)
    assert client.get(f"/block/{cast.theo.public_id}/").status_code == 404
    assert client.post(f"/me/blocks/{cast.theo.public_id}/lift/").status_code == 404
    enter(client, cast.theo)
    assert "Mina" not in client.get("/me/blocks/").content.decode()


def test_every_page_of_ones_own_asks_for_sign_in(cast: Cast, client):
    for url in (
        "/me/blocks/",
        "/me/apart/",
        "/report/?about=person:x",
        "/reports/mine/",
        "/reports/",
        "/numbers/",
    ):
        response = client.get(url)
        assert response.status_code == 302 and response.url != url


def test_own_words_about_whom_not_to_meet_reach_a_coordinator_who_makes_the_pair(cast: Cast, client):
    enter(client, cast.mina)
    client.post("/me/apart/", {"programme": cast.programme.pk, "words": "the tall one, canary"})
    enter(client, cast.cora)
    desk = client.get("/apart/").content.decode()
    assert "Mina" in desk and "canary" not in desk
    url = re.search(r"/apart/wish/[^\"]+", desk)[0]
    assert "canary" in client.get(url).content.decode()
    client.post(url, {"other": cast.theo.pk})
    assert KeptApart.objects.get().asked_by == cast.mina
    enter(client, cast.theo)
    assert client.get(url).status_code == 404
    assert client.get("/apart/").status_code == 404
    assert "Mina" not in client.get("/me/apart/").content.decode()


def test_too_many_words_come_back_with_a_sentence(cast: Cast, client):
    enter(client, cast.mina)
    page = client.post("/me/apart/", {"programme": cast.programme.pk, "words": "y" * 2001}).content.decode()
    assert "y" * 2001 in page and "shorten" in page
    again = client.post(
        "/me/apart/", {"programme": cast.other_programme.pk, "words": "kept words"}
    ).content.decode()
    assert "kept words" in again


def test_a_coordinator_adds_and_ends_a_pair(cast: Cast, client):
    enter(client, cast.cora)
    url = f"/apart/add/{cast.programme.public_id}/"
    form = client.get(url).content.decode()
    assert "Mina" in form and "Sam" not in form
    same = client.post(url, {"one": cast.mina.pk, "other": cast.mina.pk, "words": "kept"}).content.decode()
    assert "two different people" in same and "kept" in same
    client.post(url, {"one": cast.mina.pk, "other": cast.theo.pk, "words": "neighbours"})
    pair = KeptApart.objects.get()
    assert "neighbours" in client.get(f"/apart/pair/{pair.public_id}/").content.decode()
    client.post(f"/apart/pair/{pair.public_id}/")
    assert not KeptApart.objects.live().exists()
    assert client.get(f"/apart/add/{cast.other_programme.public_id}/").status_code == 404


def test_a_report_goes_out_is_answered_and_comes_back(cast: Cast, client):
    enter(client, cast.mina)
    url = f"/report/?about=person:{cast.theo.public_id}"
    assert "Read by: Cora" in client.get(url).content.decode()
    empty = client.post(url, {"words": ""}).content.decode()
    assert "Please write something here" in empty
    client.post(url, {"words": "He asked me for money, canary"})
    report = Report.objects.get()
    enter(client, cast.cora)
    assert "canary" not in client.get("/reports/").content.decode()
    page = client.get(f"/reports/{report.public_id}/").content.decode()
    assert "He asked me for money" in page
    client.post(f"/reports/{report.public_id}/take/")
    client.post(f"/reports/{report.public_id}/", {"words": "We spoke with him today."})
    report.refresh_from_db()
    assert report.state == ReportState.ANSWERED
    enter(client, cast.mina)
    assert "New answer" in client.get("/reports/mine/").content.decode()
    assert "We spoke with him today." in client.get(f"/reports/mine/{report.public_id}/").content.decode()
    assert "New answer" not in client.get("/reports/mine/").content.decode()
    enter(client, cast.theo)
    assert client.get(f"/reports/{report.public_id}/").status_code == 404
    assert client.get(f"/reports/mine/{report.public_id}/").status_code == 404
    assert client.get("/reports/").status_code == 404


def test_where_nothing_is_passed_on_the_form_says_so_first(cast: Cast, client):
    cast.programme.coordinator_sees = False
    cast.programme.save()
    enter(client, cast.mina)
    page = client.get(f"/report/?about=person:{cast.theo.public_id}").content.decode()
    assert "This is different: you choose to send it" in page


def test_what_cannot_be_seen_cannot_be_reported(cast: Cast, client):
    enter(client, cast.sam_the_stranger)
    for about in (
        f"person:{cast.theo.public_id}",
        "message:1",
        "nonsense",
        "",
        "person:" + "z" * 500,
        "message:\x00",
    ):
        assert client.get("/report/", {"about": about}).status_code == 404


def test_the_form_says_when_nobody_unconcerned_could_answer(cast: Cast, client):
    enter(client, cast.mina)
    page = client.get(f"/report/?about=person:{cast.cora.public_id}").content.decode()
    assert "only person who answers reports" in page


def test_two_keepers_add_check_correct_and_retire(cast: Cast, second_keeper, client):
    facts = {
        "country": "IE", "kind": "crisis", "name": "A line", "number": "1800 000 000", "appears_on_bill": "no",
        "operator_url": "https://example.org/",
    }  # fmt: skip
    enter(client, cast.adil)
    bad = client.post("/numbers/add/", {**facts, "number": ""}).content.decode()
    assert "a number, a text number or a chat" in bad and "A line" in bad
    client.post("/numbers/add/", facts)
    line = HelpLine.objects.get()
    assert line.appears_on_bill is False
    url = f"/numbers/{line.public_id}/"
    client.post(url + "check/", {})
    assert HelpLine.objects.get().half_checked_by is None
    client.post(url + "check/", {"read_it": "on"})
    assert "A second person must check it too" in client.get(url).content.decode()
    enter(client, second_keeper)
    client.post(url + "check/", {"read_it": "on"})
    assert "A line" in client.get("/help-now/?in=IE").content.decode()
    assert "A line" in client.get("/numbers/").content.decode()
    client.post(url, {**facts, "name": "A better line"})
    assert "better" not in client.get("/help-now/?in=IE").content.decode()
    client.post(url + "retire/")
    assert client.get(url).status_code == 404
    enter(client, cast.cora)
    for address in ("/numbers/", "/numbers/add/", url):
        assert client.get(address).status_code == 404


def test_lists_cost_the_same_with_one_and_with_three(cast: Cast, make_line, client):
    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    def more(number: int) -> None:
        now = timezone.now()
        make_line(name=f"Line {number}", now=now)
        services.wish_apart(actor=cast.mina, programme=cast.programme, words="x", now=now)
        services.report(
            actor=cast.mina, about=cast.theo, subject="person:x", words="w", extract="", programme=cast.programme,
            now=now,
        )  # fmt: skip

    enter(client, cast.cora)
    more(1)
    cost("/help-now/")  # the first page of the day notes that the device was seen
    cost("/apart/")  # and the first menu of the minute asks which programmes are clubhouses
    before = {url: cost(url) for url in ("/help-now/", "/apart/", "/reports/")}
    more(2)
    more(3)
    services.keep_apart(
        actor=cast.cora,
        programme=cast.programme,
        one=cast.mina,
        other=cast.theo,
        words="",
        now=timezone.now(),
    )
    assert {url: cost(url) for url in before} == before
