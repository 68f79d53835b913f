"""Which countries' duties hold here, who is the contact outside, and that somebody has compared them with the law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.safeguarding import policy, profiles
from companionway.safeguarding.events import ArrangementsMade, DutyChecked
from companionway.safeguarding.models import Arrangement, DutyCheck


@transaction.atomic
def make_arrangements(
    *, actor: Person, countries: Sequence[str], outside_name: str, outside_reach: str, now: datetime
) -> Arrangement:
    """Choose the profiles of duties, and the contact outside that is shown when fewer than two leads are here."""
    require(policy.may_arrange(actor))
    if unknown := set(countries) - set(profiles.available()):
        raise Refused(
            _("There is no list of duties for %(country)s.") % {"country": ", ".join(sorted(unknown))}
        )
    made, _is_new = Arrangement.objects.update_or_create(
        organisation=actor.organisation,
        defaults={
            "countries": list(countries),
            "outside_name": outside_name,
            "outside_reach": outside_reach,
            "changed_at": now,
        },
    )
    announce(ArrangementsMade(actor_id=actor.pk, subject=f"arrangement:{made.pk}"), at=now)
    return made


@transaction.atomic
def check_duty(*, actor: Person, country: str, key: str, now: datetime) -> DutyCheck:
    """Say that I compared this duty, as it is written here, with the law as it stands today. Raises Refused."""
    require(policy.may_check_duties(actor))
    duty = profiles.duty_of(country, key)
    if duty is None:
        raise Refused(_("Please choose one of the answers listed."))
    made = DutyCheck.objects.create(
        organisation=actor.organisation,
        country=country,
        key=key,
        digest=duty.digest,
        checked_by=actor,
        checked_on=timezone.localdate(now),
    )
    announce(DutyChecked(actor_id=actor.pk, subject=f"duty_check:{made.pk}"), at=now)
    return made
