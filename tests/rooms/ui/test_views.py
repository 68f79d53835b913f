import re

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import Client, RequestFactory

from companionway.ui import leaving, views

WORDS = "I have been writing this for an hour.\n<b>Please</b> do not lose it."


@pytest.fixture
def visitor(db: None) -> Client:
    return Client()


@pytest.mark.parametrize("path", ["/look/", "/more/", "/offline/", "/sw.js", "/manifest.webmanifest"])
def test_the_frames_own_pages_open_signed_out(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 200


def test_help_and_leaving_come_first_after_the_skip_link(visitor: Client) -> None:
    page = visitor.get("/look/").content.decode()
    links = re.findall(r'<a [^>]*href="([^"]+)"', page)
    assert links[:2] == ["#main", "/"]
    assert links[2] == "/help-now/"
    assert links[4] == "/leave/"
    assert 'rel="nofollow noreferrer"' in page


def test_a_look_is_kept_without_a_script_and_shown_on_the_next_page(visitor: Client) -> None:
    chosen = {"theme": "dark", "size": "xl", "contrast": "more", "spacing": "wide", "motion": "less"}
    answer = visitor.post("/look/", {**chosen, "next": "/offline/"})
    assert (answer.status_code, answer["Location"]) == (302, "/offline/")
    page = visitor.get("/offline/").content.decode()
    for name, value in chosen.items():
        assert f'data-{name}="{value}"' in page
    assert 'media="all"' in page


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(visitor: Client, path: str) -> None:
    assert visitor.post("/look/", {"theme": "dark", "next": path})["Location"] == "/"
    assert path not in visitor.get("/look/", {"next": path}).content.decode()


def test_nonsense_choices_are_ignored(visitor: Client) -> None:
    visitor.post("/look/", {"theme": "<script>", "size": "l"})
    page = visitor.get("/offline/").content.decode()
    assert 'data-theme="auto"' in page
    assert 'data-size="l"' in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_ends_the_session_and_clears_the_device(visitor: Client, method: str) -> None:
    session = visitor.session
    session["left"] = "here"
    session.save()
    closed: list[HttpRequest] = []
    leaving.register(closed.append)
    answer = getattr(visitor, method)("/leave/")
    assert (answer.status_code, answer["Location"]) == (302, settings.LEAVE_SITE_URL)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert len(closed) == 1
    assert not visitor.session.get("left")


def test_a_page_fetched_ahead_does_not_sign_anyone_out(visitor: Client) -> None:
    answer = visitor.get("/leave/", headers={"Sec-Purpose": "prefetch;prerender"})
    assert answer.status_code == 204


def test_leaving_works_when_the_database_is_away(visitor: Client) -> None:
    def away(request: HttpRequest) -> None:
        raise DatabaseError

    visitor.cookies[settings.SESSION_COOKIE_NAME] = "something"
    leaving.register(away)
    answer = visitor.get("/leave/")
    assert answer.status_code == 302
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_a_stale_form_gives_the_words_back(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/look/", {"story": WORDS, "passphrase": "correct horse", "next": "/look/"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "I have been writing this for an hour.\n&lt;b&gt;Please&lt;/b&gt; do not lose it." in page
    assert "correct horse" not in page
    assert "/help-now/" in page


def test_a_stale_form_that_cannot_be_read_is_still_answered() -> None:
    request = RequestFactory().post("/look/", b"--broken", content_type="multipart/form-data; boundary=x")
    assert views.csrf_failure(request).status_code == 403


@pytest.mark.parametrize(
    ("handler", "status"),
    [(views.bad_request, 400), (views.forbidden, 403), (views.not_found, 404), (views.server_error, 500)],
)
def test_bad_moments_have_help_on_them_and_need_no_database(handler: object, status: int) -> None:
    # This test has no database: touching it would fail.
    answer = handler(RequestFactory().get("/x/"))  # type: ignore[operator]
    page = answer.content.decode()
    assert answer.status_code == status
    assert "/help-now/" in page
    assert "/leave/" in page


def test_the_phone_sees_a_neutral_name(visitor: Client) -> None:
    manifest = visitor.get("/manifest.webmanifest").json()
    assert manifest["name"] == manifest["short_name"] == "Companionway"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


def test_the_device_keeps_only_the_shell(visitor: Client) -> None:
    script = visitor.get("/sw.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert 'credentials: "omit"' in script.content.decode()


def test_the_gallery_is_for_those_who_build(visitor: Client, settings: object) -> None:
    settings.SHOW_GALLERY = False  # type: ignore[attr-defined]
    assert visitor.get("/gallery/").status_code == 404
    settings.SHOW_GALLERY = True  # type: ignore[attr-defined]
    for page in ("", "home", "talk", "question", "answers", "nonsense"):
        assert visitor.get("/gallery/", {"page": page, "theme": "dark"}).status_code == 200
    assert 'data-theme="dark"' in visitor.get("/gallery/?theme=dark").content.decode()


def test_a_page_in_arabic_runs_from_right_to_left(visitor: Client) -> None:
    page = visitor.get("/look/", headers={"Accept-Language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert list(get_messages(visitor.get("/look/").wsgi_request)) == []
