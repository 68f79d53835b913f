"""What a person shares, needs and agrees to. Only they decide; everything they write is sealed with their key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.people import policy, topics
from companionway.people.events import (
    ConsentGiven,
    ConsentWithdrawn,
    NeedsStated,
    PreferencesChosen,
    ProfileChanged,
)
from companionway.people.models import Audience, Consent, ItemKind, Person, ProfileItem, Programme, Purpose
from companionway.people.queries import Needs

MOST_ITEMS = 200


@transaction.atomic
def give_consent(
    *, actor: Person, purpose: str, programme: Programme | None = None, now: datetime
) -> Consent:
    """Say yes to one purpose. A second yes while the first holds gives the first one's receipt."""
    if purpose not in Purpose.values:
        raise Refused(_("We do not ask for this."))
    Person.objects.select_for_update().get(pk=actor.pk)
    kept = Consent.objects.filter(
        person=actor, purpose=purpose, programme=programme, withdrawn_at=None
    ).first()
    if kept and (kept.expires_at is None or kept.expires_at > now):
        return kept
    if kept:  # run out: closed, and the new yes is a new row
        Consent.objects.filter(pk=kept.pk).update(withdrawn_at=kept.expires_at)
    given = Consent.objects.create(person=actor, purpose=purpose, programme=programme, given_at=now)
    announce(ConsentGiven(actor_id=actor.pk, subject=f"consent:{given.pk}", purpose=purpose), at=now)
    return given


@transaction.atomic
def withdraw_consent(
    *, actor: Person, purpose: str, programme: Programme | None = None, now: datetime
) -> None:
    """Take back a yes. It stops at once; taking back what was not given changes nothing."""
    closed = Consent.objects.filter(person=actor, purpose=purpose, programme=programme, withdrawn_at=None)
    if closed.update(withdrawn_at=now):
        announce(ConsentWithdrawn(actor_id=actor.pk, subject=f"person:{actor.pk}", purpose=purpose), at=now)


@transaction.atomic
def share_item(
    *, actor: Person, kind: str, key: str = "", text: str = "", audience: str = Audience.NOBODY, now: datetime
) -> ProfileItem:
    """Keep one thing the person says about themselves, for the audience they chose. A topic is kept once."""
    _check(kind, key, audience)
    if not key and not text.strip():
        raise Refused(_("There is nothing written yet."))
    if ProfileItem.objects.filter(person=actor).count() >= MOST_ITEMS:
        raise Refused(_("There is no room for more. Take something away first."))
    item = _sealed(actor, kind, key, text, audience, now)
    item.save()
    announce(ProfileChanged(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)
    return item


@transaction.atomic
def rewrite_item(*, actor: Person, item: ProfileItem, text: str, audience: str, now: datetime) -> ProfileItem:
    """Say the same thing in other words, for the same or another audience."""
    require(policy.may_change_own(actor, item.person))
    _check(item.kind, "", audience)
    context = f"profile:{item.public_id}"
    key = sealing.key_of(sealing.PERSON, actor.pk)
    facts = sealing.open_facts(key, item.sealed, context)
    if not facts["key"] and not text.strip():
        raise Refused(_("There is nothing written yet."))
    item.sealed = sealing.seal_facts(key, {**facts, "text": text}, context)
    item.audience, item.changed_at = audience, now
    item.save(update_fields=["sealed", "audience", "changed_at"])
    announce(ProfileChanged(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)
    return item


@transaction.atomic
def choose_topics(*, actor: Person, kind: str, audiences: Mapping[str, str], now: datetime) -> None:
    """The topics of one kind that apply, each with its audience: what is not named is taken away."""
    for topic, audience in audiences.items():
        _check(kind, topic, audience)
    key = sealing.key_of(sealing.PERSON, actor.pk)
    kept = {}
    for row in ProfileItem.objects.select_for_update().filter(person=actor, kind=kind):
        topic = sealing.open_facts(key, row.sealed, f"profile:{row.public_id}")["key"]
        if topic and (topic not in audiences or topic in kept):
            row.delete()
        elif topic:
            kept[topic] = row
            ProfileItem.objects.filter(pk=row.pk).exclude(audience=audiences[topic]).update(
                audience=audiences[topic], changed_at=now
            )
    fresh = [topic for topic in audiences if topic not in kept]
    ProfileItem.objects.bulk_create(_sealed(actor, kind, each, "", audiences[each], now) for each in fresh)
    announce(ProfileChanged(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


@transaction.atomic
def change_audience(*, actor: Person, item: ProfileItem, audience: str, now: datetime) -> None:
    """Choose anew who may see one thing."""
    require(policy.may_change_own(actor, item.person))
    _check(item.kind, "", audience)
    item.audience, item.changed_at = audience, now
    item.save(update_fields=["audience", "changed_at"])
    announce(ProfileChanged(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


@transaction.atomic
def remove_item(*, actor: Person, item: ProfileItem, now: datetime) -> None:
    """Take one thing away for good."""
    require(policy.may_change_own(actor, item.person))
    item.delete()
    announce(ProfileChanged(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


@transaction.atomic
def state_needs(*, actor: Person, needs: Needs, now: datetime) -> None:
    """Say once how to be with me: languages, ways to talk, what never to do, safe times, access."""
    key = sealing.key_of(sealing.PERSON, actor.pk)
    actor.sealed_needs = sealing.seal_facts(key, asdict(needs), "needs")
    actor.save(update_fields=["sealed_needs"])
    announce(NeedsStated(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


@transaction.atomic
def choose_preferences(
    *,
    actor: Person,
    pronouns: str,
    language: str,
    time_zone: str,
    quiet_from: time | None,
    quiet_until: time | None,
    now: datetime,
) -> None:
    """Pronouns, language, time zone, and the hours in which nothing may ring."""
    actor.pronouns, actor.language, actor.time_zone = pronouns, language, time_zone
    actor.quiet_from, actor.quiet_until = quiet_from, quiet_until
    actor.save(update_fields=["pronouns", "language", "time_zone", "quiet_from", "quiet_until"])
    announce(PreferencesChosen(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


def _check(kind: str, key: str, audience: str) -> None:
    if kind not in ItemKind.values or audience not in Audience.values:
        raise Refused(_("Please choose one of the answers listed."))
    if key and (kind not in topics.OF_KIND or key not in topics.OF_KIND[kind].labels):
        raise Refused(_("Please choose one of the answers listed."))


def _sealed(person: Person, kind: str, key: str, text: str, audience: str, now: datetime) -> ProfileItem:
    public_id = new_public_id()
    facts = {"key": key, "text": text}
    sealed = sealing.seal_facts(sealing.key_of(sealing.PERSON, person.pk), facts, f"profile:{public_id}")
    return ProfileItem(
        public_id=public_id, person=person, kind=kind, audience=audience, sealed=sealed, changed_at=now
    )
