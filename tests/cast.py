"""The small cast every test knows. `sam_the_stranger` must never see anything of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.test import Client

from companionway.people import roles
from companionway.people.models import Device, Organisation, Person, Programme, RoleHeld

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PASSPHRASE = "three quiet herons walking"


@dataclass(frozen=True)
class Cast:
    organisation: Organisation
    programme: Programme
    other_programme: Programme
    mina: Person  # member
    theo: Person  # peer supporter
    ruth: Person  # another peer supporter
    cora: Person  # coordinator of `programme`
    adil: Person  # administrator
    sam_the_stranger: Person  # member of the other programme only


def make_person(
    name: str, *, joined_at: datetime = NOW - timedelta(days=30), organisation: Organisation | None = None
) -> Person:
    """Somebody of this organisation; of the first one when none is named."""
    where = organisation or Organisation.objects.earliest("pk")
    return Person.objects.create(
        organisation=where, name=name, sign_in_name=name.casefold(), joined_at=joined_at, password="!"
    )


def give(person: Person, role: str, programme: Programme | None) -> None:
    RoleHeld.objects.create(person=person, role=role, programme=programme, since_at=NOW - timedelta(days=20))
    person.__dict__.pop("_roles_now", None)


def make_cast() -> Cast:
    organisation = Organisation.objects.create(
        name="Harbour Street Peer Support", short_name="Harbour Street"
    )
    records = {
        "keeps_notes": True,
        "keeps_agreements": True,
        "keeps_ending_reasons": True,
        "coordinator_sees": True,
    }
    words = {
        "member": "member", "members": "members", "a_member": "a member",
        "supporter": "peer supporter", "supporters": "peer supporters", "a_supporter": "a peer supporter",
        "relationship": "relationship", "relationships": "relationships", "ask": "Ask for a peer supporter",
        "notes": "shared note", "agreement": "agreement", "ending": "ending", "programme": "programme",
    }  # fmt: skip
    shared = {"organisation": organisation, "created_at": NOW, "model_data": {"words": words}, **records}
    programme = Programme.objects.create(name="One to one", practice_model="one_to_one_charity", **shared)
    other = Programme.objects.create(name="Elsewhere", practice_model="one_to_one_charity", **shared)
    people = {name: make_person(name) for name in ("Mina", "Theo", "Ruth", "Cora", "Adil", "Sam")}
    give(people["Mina"], roles.MEMBER, programme)
    give(people["Theo"], roles.SUPPORTER, programme)
    give(people["Ruth"], roles.SUPPORTER, programme)
    give(people["Cora"], roles.COORDINATOR, programme)
    give(people["Adil"], roles.ADMINISTRATOR, None)
    give(people["Sam"], roles.MEMBER, other)
    return Cast(
        organisation=organisation,
        programme=programme,
        other_programme=other,
        mina=people["Mina"],
        theo=people["Theo"],
        ruth=people["Ruth"],
        cora=people["Cora"],
        adil=people["Adil"],
        sam_the_stranger=people["Sam"],
    )


def enters(client: Client, person: Person) -> Client:
    """This browser, signed in as somebody, with the second proof shown."""
    client.force_login(person)
    Device.objects.get_or_create(
        session_key=client.session.session_key,
        defaults={
            "person": person,
            "label": "a test",
            "is_strong": True,
            "signed_in_at": NOW,
            "last_seen_on": NOW.date(),
        },
    )
    return client
