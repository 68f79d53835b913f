"""The page that says what can go wrong: for who answers for the service, and honest about itself."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from companionway.insight import hazards, views
from companionway.people import roles
from companionway.people.models import Person
from tests.cast import Cast, give, make_cast, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def page(person: Person) -> tuple[int, str]:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    response = client.get(reverse("insight:hazards"))
    return response.status_code, response.content.decode()


def test_it_is_for_coordinators_administrators_and_leads(cast: Cast) -> None:
    lead = make_person("Ines")
    give(lead, roles.SAFEGUARDING_LEAD, cast.programme)
    assert [page(each)[0] for each in (cast.cora, cast.adil, lead)] == [200, 200, 200]
    assert [page(each)[0] for each in (cast.mina, cast.theo, cast.sam_the_stranger)] == [404, 404, 404]


def test_it_says_that_nobody_signed_it_and_begins_with_the_worst(cast: Cast) -> None:
    _status, body = page(cast.cora)
    assert "No Clinical Safety Officer has signed this." in body
    log = hazards.read()
    places = [body.index(f"{each.id}, {each.residual.likelihood} ×") for each in log]
    levels = [
        each.residual.level for _place, each in sorted(zip(places, log, strict=True), key=lambda p: p[0])
    ]
    assert levels == sorted(levels, reverse=True)
    assert body.count("Not acceptable.") == sum(not each.is_acceptable for each in log)


def test_without_the_file_it_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "read", lambda: ())
    assert "came without the hazard log" in page(cast.cora)[1]
