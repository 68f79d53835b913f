"""A deed that the database cannot take now: 503, a kind page, the words still there; other faults stay faults."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.test.client import RequestFactory
from django.urls import reverse

from companionway.ui.middleware import KindRefusals
from companionway.upkeep import layout, marks
from tests.cast import NOW, make_cast


def _answer(fault: Exception):
    request = RequestFactory().post("/me/", {"words": "what I wrote <b>", "passphrase": "secret words"})
    return KindRefusals(lambda _: None).process_exception(request, fault)


def test_a_database_that_is_away_gives_the_words_back() -> None:
    answer = _answer(OperationalError("disk I/O error"))
    page = answer.content.decode()
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "60"
    assert "what I wrote &lt;b&gt;" in page and "secret words" not in page
    assert "Nothing was changed" in page and "/help-now/" in page


def test_a_fault_of_our_own_is_not_hidden() -> None:
    assert _answer(IntegrityError("UNIQUE constraint failed")) is None
    assert _answer(ValueError("ours")) is None


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_moved_a_form_says_so(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.mina)
    client.get("/messages/")
    tables = layout.tables(connection)
    marks.seal(tables, "postgres://elsewhere", NOW)
    try:
        answer = client.post(reverse("people:pause"))
        assert answer.status_code == 503, answer.content[:300]
    finally:
        marks.unseal(tables)
