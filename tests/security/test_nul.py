"""A NUL in an address or a cookie: PostgreSQL takes none in any text, so this is asked on both databases."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import make_cast
from tests.rooms.conversations.conftest import signed_in

pytestmark = pytest.mark.django_db
NOWHERE = ["/messages/%00/", "/block/a%00b/", "/report/?about=person:%00", "/report/?about=%0%000"]


@pytest.mark.parametrize("path", NOWHERE)
def test_it_is_an_address_that_is_not_there(path: str) -> None:
    assert signed_in(make_cast().mina).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/?x=%00", "/help-now/?country=%00"])
def test_a_page_that_needs_no_name_opens_all_the_same(path: str) -> None:
    assert signed_in(make_cast().mina).get(path).status_code == 200


# A session shorter than eight signs is not even looked for.
@pytest.mark.parametrize("key", ["\xff\0", "abcdefgh\0ij"])
def test_a_session_that_cannot_be_is_nobodys(key: str) -> None:
    make_cast()
    client = Client(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={key}")
    assert client.get("/help-now/").status_code == 200
    assert client.get("/messages/").status_code == 302
