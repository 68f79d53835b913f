"""What only administrators together may do: copy the master key out; and how long things are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import retention
from companionway.foundation.events import announce
from companionway.foundation.models import ExportAgreement, KeptFor
from companionway.foundation.policy import Refused, require
from companionway.people import codes, policy, roles
from companionway.people.events import ExportAgreed, KeepingChosen, MasterKeyExported, SensitiveRead
from companionway.people.models import Person, RoleHeld

AGREEMENT_LASTS: Final = timedelta(minutes=15)


@transaction.atomic
def agree_to_export(*, actor: Person, now: datetime) -> str:
    """One of the two yeses to a copy of the master key: a code that holds for a quarter of an hour, once.

    Only a hash is kept. A new one takes the place of the one before. Refused without a second proof.
    """
    require(policy.may_guard(actor))
    ExportAgreement.objects.filter(person_id=actor.pk, used_at=None).delete()
    code = codes.new_code()
    made = ExportAgreement.objects.create(
        person_id=actor.pk,
        code_hash=codes.hash_of(code),
        agreed_at=now,
        expires_at=now + AGREEMENT_LASTS,
    )
    announce(ExportAgreed(actor_id=actor.pk, subject=f"export:{made.pk}"), at=now)
    return code


@transaction.atomic
def export_by_two(*, actor: Person | None, typed: Sequence[str], now: datetime) -> None:
    """Use up the codes of two different administrators; every administrator is told. Raises Refused.

    The console calls it before it writes the file; `actor` is whoever holds the server.
    """
    hashes = {codes.hash_of(each) for each in typed}
    found = list(
        ExportAgreement.objects.select_for_update().filter(
            code_hash__in=hashes, used_at=None, expires_at__gt=now
        )
    )
    colleagues = _administrators([each.person_id for each in found], now)
    agreed = [each.person_id for each in found if each.person_id in colleagues]
    if len(set(agreed)) < 2:
        raise Refused(
            _("Two different administrators each have to agree, within the last quarter of an hour.")
        )
    ExportAgreement.objects.filter(pk__in=[each.pk for each in found]).update(used_at=now)
    first, second = sorted(set(agreed))[:2]
    subject = f"export:{found[0].pk}"
    announce(MasterKeyExported(actor_id=first, about_id=second, subject=subject), at=now)
    for pk in colleagues:
        by = first if pk != first else second
        told = SensitiveRead(actor_id=by, about_id=pk, subject=f"master_key:{found[0].pk}", reason="export")
        announce(told, at=now)


def _administrators(agreed: Sequence[int], now: datetime) -> set[int]:
    """Of the organisation of those who agreed: another one on the same server learns of nobody here."""
    here = Person.objects.filter(pk__in=agreed).values("organisation")
    held = RoleHeld.objects.live(now).filter(
        role=roles.ADMINISTRATOR, programme=None, person__organisation__in=here
    )
    return set(held.filter(person__is_active=True).values_list("person_id", flat=True))


@transaction.atomic
def keep_for(*, actor: Person, days: Mapping[str, int], now: datetime) -> None:
    """Choose how long classes of data are kept, each within its bounds. Raises Refused."""
    require(policy.may_guard(actor))
    bounds = {each.key: each for each in retention.clocks()}
    if any(not bounds[key].least <= value <= bounds[key].most for key, value in days.items()):
        raise Refused(_("One of these times is too short or too long."))
    before = retention.chosen_days()
    for key, value in days.items():
        if before[key] != value:
            KeptFor.objects.update_or_create(what=key, defaults={"days": value})
            announce(KeepingChosen(actor_id=actor.pk, subject=f"clock:{key}", days=value), at=now)
