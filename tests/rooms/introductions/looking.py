"""Looking at a page as somebody."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from companionway.people.models import Person
from tests.rooms.safety.entering import enter


def as_(person: Person) -> Client:
    client = Client()
    enter(client, person)
    return client


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"introductions:{name}", args=args), follow=True)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()
