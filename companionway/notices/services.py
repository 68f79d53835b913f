"""What a person decides about notices. One call, one transaction: check, change, announce."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused
from companionway.notices import events, policy
from companionway.notices.channels import NotAllowed, Subscription
from companionway.notices.choices import Choices
from companionway.notices.models import Notice, PushDevice
from companionway.notices.states import Channel, NoticeState
from companionway.notices.writing import PURPOSES
from companionway.people import services as people_services
from companionway.people.models import Person

PAUSE: Final = timedelta(days=7)
MOST_DEVICES: Final = 10


def _keep(person: Person, choices: Choices) -> None:
    person.notice_choices = choices.kept()
    person.save(update_fields=["notice_choices"])


def _me(person: Person) -> str:
    return f"person:{person.pk}"


@transaction.atomic
def choose_notices(
    *, actor: Person, off: Mapping[str, frozenset[str]], once_a_day: bool, now: datetime
) -> Choices:
    """Which kinds not to be told about, per channel, and whether once a day is enough."""
    before = Choices.read(actor.notice_choices)
    chosen = Choices(off=dict(off), paused_until=before.paused_until, once_a_day=once_a_day)
    _keep(actor, chosen)
    announce(events.NoticesChosen(actor_id=actor.pk, subject=_me(actor)), at=now)
    return chosen


@transaction.atomic
def pause_notices(*, actor: Person, pause: bool, now: datetime) -> Choices:
    """Nothing by e-mail or push for a week; or end such a pause. What waits goes out afterwards, if still news."""
    before = Choices.read(actor.notice_choices)
    chosen = Choices(
        off=before.off, paused_until=now + PAUSE if pause else None, once_a_day=before.once_a_day
    )
    _keep(actor, chosen)
    announce(events.NoticesPaused(actor_id=actor.pk, subject=_me(actor)), at=now)
    return chosen


@transaction.atomic
def allow_email(*, actor: Person, address: str, now: datetime) -> None:
    """Agree to neutral e-mails to this address; it is used for nothing else."""
    actor.email = address
    actor.save(update_fields=["email"])
    people_services.give_consent(actor=actor, purpose=PURPOSES[Channel.EMAIL], now=now)
    announce(events.ChannelAllowed(actor_id=actor.pk, subject=_me(actor)), at=now)


@transaction.atomic
def stop_channel(*, actor: Person, channel: str, now: datetime) -> None:
    """No more by this channel, from this moment. Stopping twice changes nothing; no reason is asked."""
    channel = Channel(channel)
    people_services.withdraw_consent(actor=actor, purpose=PURPOSES[channel], now=now)
    waiting = Notice.objects.filter(person=actor, channel=channel, state=NoticeState.WAITING)
    waiting.update(state=NoticeState.DROPPED)
    if channel == Channel.EMAIL:
        actor.email = ""
        actor.save(update_fields=["email"])
    else:
        policy.devices_of(actor).delete()
    announce(events.ChannelStopped(actor_id=actor.pk, subject=_me(actor)), at=now)


@transaction.atomic
def add_device(*, actor: Person, subscription: Subscription, label: str, now: datetime) -> PushDevice:
    """Agree to be told on this browser. Raises Refused when its address is not one that may be called."""
    try:
        subscription.check()
    except NotAllowed as fault:
        raise Refused(_("This browser gave an address that we cannot use.")) from fault
    named = hashlib.sha256(subscription.endpoint.encode()).hexdigest()
    # One browser, one person: whoever used it before is no longer told here.
    PushDevice.objects.filter(endpoint_hash=named).delete()
    if policy.devices_of(actor).count() >= MOST_DEVICES:
        raise Refused(_("There is no room for more devices. Take one away first."))
    device = PushDevice(person=actor, endpoint_hash=named, label=label[:60], added_at=now)
    facts = {"endpoint": subscription.endpoint, "p256dh": subscription.p256dh, "auth": subscription.auth}
    key = sealing.key_of(sealing.PERSON, actor.pk)
    device.sealed = sealing.seal_facts(key, facts, f"push {device.public_id}")
    device.save()
    people_services.give_consent(actor=actor, purpose=PURPOSES[Channel.PUSH], now=now)
    announce(events.ChannelAllowed(actor_id=actor.pk, subject=_me(actor)), at=now)
    return device


@transaction.atomic
def remove_device(*, actor: Person, device: PushDevice, now: datetime) -> None:
    """This browser is told no more; when it was the last one, the consent ends with it."""
    policy.devices_of(actor).get(pk=device.pk).delete()
    if not policy.devices_of(actor).exists():
        people_services.withdraw_consent(actor=actor, purpose=PURPOSES[Channel.PUSH], now=now)
    announce(events.DeviceRemoved(actor_id=actor.pk, subject=_me(actor)), at=now)


@transaction.atomic
def read_notices(*, actor: Person, now: datetime) -> None:
    """I have seen what is on my page."""
    if policy.visible_to(actor).filter(read_at=None).update(read_at=now):
        announce(events.NoticesRead(actor_id=actor.pk, subject=_me(actor)), at=now)
