"""Setting up: the organisation, its programmes, their words and hours. Never anything that somebody wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people import codes, group_rules, names, policy, practice_models, roles
from companionway.people.events import Invited, OrganisationChanged, ProgrammeChanged, ProgrammeCreated
from companionway.people.memory import forget
from companionway.people.models import OneTimeCode, Organisation, Person, Programme, RoleHeld

FIRST_CODE_LASTS = timedelta(days=2)


@transaction.atomic
def set_up_service(
    *, actor: Person | None = None, name: str, administrator: str, host: str = "", now: datetime
) -> tuple[Organisation, str]:
    """Begin an organisation with a first administrator; returns it, and the one-time code of the administrator.

    `actor` is whoever holds the server. Beside an organisation that is already here another one needs a `host` name
    of its own. Refused when that name, or every name, is answered to already.
    """
    if Organisation.objects.filter(host=host).exists():
        raise Refused(
            _("An organisation here answers to that host name already.")
            if host
            else _("This service is already set up. Another organisation needs a host name of its own.")
        )
    made = Organisation.objects.create(name=name[:120], short_name=name[:40], host=host)
    first = Person(
        organisation=made, name=administrator, sign_in_name=names.folded(administrator), joined_at=now
    )
    first.set_unusable_password()
    first.save()
    RoleHeld.objects.create(person=first, role=roles.ADMINISTRATOR, since_at=now)
    code = codes.new_code()
    OneTimeCode.objects.create(
        person=first, code_hash=codes.hash_of(code), made_at=now, expires_at=now + FIRST_CODE_LASTS
    )
    announce(Invited(actor_id=None, about_id=first.pk, subject=f"person:{first.pk}"), at=now)
    return made, code


@transaction.atomic
def create_programme(
    *,
    actor: Person | None,
    organisation: Organisation,
    name: str,
    practice_model: str,
    summary: str = "",
    age_bands: Sequence[str] = (),
    first_word_hours: int = 48,
    words: Mapping[str, str] | None = None,
    now: datetime,
) -> Programme:
    """Open a programme by a practice model: it keeps its own copy, and its record policy as the model says.

    `actor` None is the server's own hand (demonstration, first set-up). `words` forks single words. Without
    `age_bands` it is for the ages its model is for, else for adults.
    """
    if actor is not None:
        require(policy.may_administer(actor))
        if actor.organisation_id != organisation.pk:
            raise Refused(_("Only an administrator can set this up."))
    try:
        data = practice_models.data_of(practice_model)
    except KeyError as unknown:
        raise Refused(_("There is no such practice model.")) from unknown
    meant = data.get("groups", {}).get("ages")
    if meant and age_bands and set(age_bands) != set(meant):
        raise Refused(_("This practice model is for young people only. Choose their ages, and no others."))
    made = Programme(
        organisation=organisation,
        name=name,
        summary=summary,
        practice_model=practice_model,
        model_data=_forked(data, words or {}),
        age_bands=list(age_bands or meant or ["adult"]),
        first_word_hours=first_word_hours,
        created_at=now,
        **{practice_models.column_of(key): data["records"][key] for key in practice_models.RECORD_KEYS},
    )
    for column, value in group_rules.columns_of(group_rules.data_of(made)).items():
        setattr(made, column, value)
    made.save()
    announce(ProgrammeCreated(actor_id=_pk(actor), subject=f"programme:{made.pk}"), at=now)
    return made


@transaction.atomic
def change_words(
    *, actor: Person, programme: Programme, words: Mapping[str, str], now: datetime
) -> Programme:
    """Fork the programme's words, in the language of `words` (English); a word equal to the model's is the model's."""
    require(policy.may_administer(actor, programme))
    programme.model_data = _forked(programme.model_data, words)
    programme.save(update_fields=["model_data"])
    announce(ProgrammeChanged(actor_id=actor.pk, subject=f"programme:{programme.pk}"), at=now)
    return programme


@transaction.atomic
def describe_programme(
    *, actor: Person, programme: Programme, name: str, summary: str, first_word_hours: int, now: datetime
) -> None:
    """Name, summary and the promise of a first word."""
    require(policy.may_administer(actor, programme))
    programme.name, programme.summary, programme.first_word_hours = name, summary, first_word_hours
    programme.save(update_fields=["name", "summary", "first_word_hours"])
    announce(ProgrammeChanged(actor_id=actor.pk, subject=f"programme:{programme.pk}"), at=now)


@transaction.atomic
def open_programme(*, actor: Person, programme: Programme, now: datetime) -> None:
    """Let new people in."""
    _set_open(actor, programme, True, now)


@transaction.atomic
def close_programme(*, actor: Person, programme: Programme, now: datetime) -> None:
    """Let nobody new in; everybody who is there goes on."""
    _set_open(actor, programme, False, now)


def _set_open(actor: Person, programme: Programme, is_open: bool, now: datetime) -> None:
    require(policy.may_administer(actor, programme))
    programme.is_open = is_open
    programme.save(update_fields=["is_open"])
    announce(ProgrammeChanged(actor_id=actor.pk, subject=f"programme:{programme.pk}"), at=now)


@transaction.atomic
def describe_organisation(*, actor: Person, facts: Mapping[str, Any], now: datetime) -> Organisation:
    """Who runs the service: name, short name, about, country, time zone, contact, what is valued first."""
    allowed = {"name", "short_name", "about", "country", "time_zone", "contact", "values_first"}
    return _change_organisation(actor, {key: facts[key] for key in allowed if key in facts}, now)


@transaction.atomic
def set_hours(
    *, actor: Person, hours: Mapping[str, Any], holidays: Sequence[str], now: datetime
) -> Organisation:
    """When somebody is there: {"mon": [["09:00", "17:00"]]}, and days on which nobody is ("2026-12-25")."""
    return _change_organisation(actor, {"opening_hours": dict(hours), "holidays": list(holidays)}, now)


def _change_organisation(actor: Person, facts: Mapping[str, Any], now: datetime) -> Organisation:
    require(policy.may_administer(actor))
    changed = Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    for key, value in facts.items():
        setattr(changed, key, value)
    changed.save()
    forget("organisation")
    announce(OrganisationChanged(actor_id=actor.pk, subject=f"organisation:{changed.pk}"), at=now)
    return changed


def _forked(data: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    chosen = {
        key: word.strip() for key, word in words.items() if key in practice_models.WORDS and word.strip()
    }
    return {**data, "words": {**data.get("words", {}), **chosen}}


def _pk(actor: Person | None) -> int | None:
    return actor.pk if actor else None
