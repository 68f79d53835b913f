"""Letting known people in: a colleague by a one-time code, a whole roster at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people import codes, names, policy
from companionway.people.events import Invited, PeopleImported, RoleGiven, WayInChanged
from companionway.people.models import OneTimeCode, Passkey, Person, Programme, RoleHeld
from companionway.people.queries import organisation
from companionway.people.roster import NewPerson

INVITATION_LASTS = timedelta(days=7)
ROSTER_CODE_LASTS = timedelta(days=60)


@transaction.atomic
def invite(
    *,
    actor: Person,
    name: str = "",
    person: Person | None = None,
    role: str = "",
    programme: Programme | None = None,
    now: datetime,
) -> str:
    """Make a one-time code for a new colleague (by name and role), or a new one for somebody who never came in.

    Returns the words of the code, once; it is handed over in person and opens the door for seven days. Refused for
    somebody who has a way in of their own: no administrator can make themselves a key to another person's words.
    """
    require(policy.may_administer(actor, programme))
    if role:
        require(policy.may_give_role(actor, role, programme))
    if person is not None:
        require(policy.may_manage(actor, person))
    if person is not None and _has_own_way_in(person):
        raise Refused(_("This person has a way in of their own. Nobody else can make one for them."))
    invited = person or _new(name, actor.organisation_id, now)
    if role:
        require(policy.may_belong(invited, role, programme))
        RoleHeld.objects.get_or_create(
            person=invited, role=role, programme=programme, until_at=None,
            defaults={"since_at": now, "given_by": actor},
        )  # fmt: skip
        where = programme.pk if programme else None
        announce(
            RoleGiven(
                actor_id=actor.pk,
                about_id=invited.pk,
                subject=f"person:{invited.pk}",
                role=role,
                programme_id=where,
            ),
            at=now,
        )
    OneTimeCode.objects.filter(person=invited, used_at=None).delete()
    code = _code_for(invited, actor, now, INVITATION_LASTS)
    announce(Invited(actor_id=actor.pk, about_id=invited.pk, subject=f"person:{invited.pk}"), at=now)
    return code


@transaction.atomic
def open_with_code(*, actor: Person | None = None, code: str, passphrase: str, now: datetime) -> Person:
    """Use a one-time code: it is used up, and the passphrase chosen is the way in. `actor` is nobody yet.

    Raises Refused when the code is unknown here (another organisation's is), used or too old.
    """
    here = Person.objects.of(organisation()).here()
    kept = (
        OneTimeCode.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(code_hash=codes.hash_of(code), used_at=None, expires_at__gt=now, person__in=here)
        .first()
    )
    if kept is None:
        raise Refused(
            _("This code does not open the door. It may be used already, or too old. Ask for a new one.")
        )
    kept.used_at = now
    kept.save(update_fields=["used_at"])
    kept.person.set_password(passphrase)
    kept.person.save(update_fields=["password"])
    announce(
        WayInChanged(actor_id=kept.person_id, subject=f"person:{kept.person_id}", way="one_time_code"), at=now
    )
    return kept.person


@transaction.atomic
def import_people(
    *, actor: Person | None, rows: Sequence[NewPerson], is_demonstration: bool = False, now: datetime
) -> list[tuple[Person, str]]:
    """Bring in a checked roster, whole or not at all; returns each person with their one-time joining code.

    Into the organisation of `actor`; None is the server's own hand, and the organisation the one that is
    meant. Rows come from `roster.read`, which names every fault beforehand.
    """
    if actor is not None:
        require(policy.may_import(actor))
    here = actor.organisation_id if actor else organisation().pk
    made = [(row, _new(row.name, here, now)) for row in rows]
    for row, person in made:
        person.pronouns, person.language, person.email = row.pronouns, row.language, row.email
        person.age_band, person.is_demonstration = row.age_band, is_demonstration
        person.save()
    programmes = Programme.objects.in_bulk(
        {where for row, _person in made for _role, where in row.held if where}
    )
    for row, person in made:
        for role, where in row.held:
            require(policy.may_belong(person, role, programmes.get(where or 0)))
    RoleHeld.objects.bulk_create(
        RoleHeld(person=person, role=role, programme_id=programme_id, since_at=now, given_by=actor)
        for row, person in made
        for role, programme_id in row.held
    )
    given = [(person, _code_for(person, actor, now, ROSTER_CODE_LASTS)) for _row, person in made]
    by = actor.pk if actor else None
    announce(PeopleImported(actor_id=by, subject="people:roster", number=len(given)), at=now)
    return given


def _has_own_way_in(person: Person) -> bool:
    return person.has_usable_password() or Passkey.objects.filter(person=person).exists()


def _new(name: str, here: int, now: datetime) -> Person:
    folded = names.folded(name)
    if not folded or Person.objects.of(here).filter(sign_in_name=folded).exists():
        raise Refused(_("Somebody here already has this name. Please choose another one."))
    person = Person(organisation_id=here, name=name, sign_in_name=folded, joined_at=now)
    person.set_unusable_password()
    person.save()
    return person


def _code_for(person: Person, actor: Person | None, now: datetime, lasts: timedelta) -> str:
    code = codes.new_code()
    OneTimeCode.objects.create(
        person=person, code_hash=codes.hash_of(code), made_by=actor, made_at=now, expires_at=now + lasts
    )
    return code
