"""The agreement: either drafts, both say yes, and it can be changed later in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import RELATIONSHIP, key_of, open_facts, seal_facts
from companionway.people.models import Person
from companionway.people.practice_models import PracticeModel
from companionway.support import policy
from companionway.support.events import AgreementAccepted, AgreementProposed
from companionway.support.models import Agreement, Relationship
from companionway.support.moving import OutOfDate, move, taken, whom
from companionway.support.states import State


@transaction.atomic
def propose_agreement(
    *, actor: Person, relationship: Relationship, words: Mapping[str, str], after: int, now: datetime
) -> Agreement:
    """Write a version and say yes to it. `words` by prompt key; `after` is the newest number the writer had seen.

    Raises OutOfDate when there is a newer version; the same words sent twice are one version.
    """
    locked = taken(actor, relationship)
    require(policy.may_propose_agreement(actor, locked))
    prompts = PracticeModel.of(locked.programme).agreement_prompts
    kept = {prompt["key"]: words.get(prompt["key"], "") for prompt in prompts}
    if not any(each.strip() for each in kept.values()):
        raise Refused(_("Please write at least one thing the two of you agree on."))
    key, last = key_of(RELATIONSHIP, locked.pk), locked.agreements.order_by("-number").first()
    newest = last.number if last else 0
    if after != newest:
        if last and last.drafted_by_id == actor.pk and open_facts(key, last.sealed, last.context) == kept:
            return last
        raise OutOfDate(
            _("There is a newer version now. Your words are still here: look at both, and send again.")
        )
    locked.agreements.filter(set_aside_at=None, member_yes_at=None).update(set_aside_at=now)
    locked.agreements.filter(set_aside_at=None, supporter_yes_at=None).update(set_aside_at=now)
    draft = Agreement(relationship=locked, number=newest + 1, drafted_by=actor, drafted_at=now)
    draft.sealed = seal_facts(key, kept, draft.context)
    _say_yes(draft, locked, actor, now)
    draft.save()
    announce(AgreementProposed(**whom(locked, actor)), at=now)
    return draft


def _say_yes(agreement: Agreement, relationship: Relationship, actor: Person, now: datetime) -> None:
    if actor.pk == relationship.member_id:
        agreement.member_yes_at = now
    else:
        agreement.supporter_yes_at = now


@transaction.atomic
def accept_agreement(
    *, actor: Person, relationship: Relationship, agreement: Agreement, now: datetime
) -> Agreement:
    """Say yes to the version the other wrote; from now on it holds, and the version before it rests."""
    locked = taken(actor, relationship)
    draft = locked.agreements.select_for_update().get(pk=agreement.pk)
    require(policy.may_accept_agreement(actor, locked, draft))
    locked.agreements.filter(set_aside_at=None).exclude(pk=draft.pk).update(set_aside_at=now)
    _say_yes(draft, locked, actor, now)
    draft.save(update_fields=["member_yes_at", "supporter_yes_at"])
    if locked.state == State.MEETING:
        locked.walking_at = now
        move(locked, State.WALKING, "walking_at")
    announce(AgreementAccepted(**whom(locked, actor)), at=now)
    return draft
