"""The agreement: either drafts, both say yes, and it can be changed later in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import RELATIONSHIP, key_of, seal_facts
from companionway.people.models import Person
from companionway.people.practice_models import PracticeModel
from companionway.support import policy
from companionway.support.events import AgreementAccepted, AgreementProposed
from companionway.support.models import Agreement, Relationship
from companionway.support.moving import OutOfDate, move, taken, whom
from companionway.support.states import State


def _newest_number(relationship: Relationship) -> int:
    return relationship.agreements.aggregate(newest=Max("number"))["newest"] or 0


@transaction.atomic
def propose_agreement(
    *, actor: Person, relationship: Relationship, words: Mapping[str, str], after: int, now: datetime
) -> Agreement:
    """Write a version and say yes to it. `words` by prompt key; `after` is the newest number the writer had seen.

    Raises OutOfDate when the other wrote a version meanwhile.
    """
    locked = taken(actor, relationship)
    require(policy.may_propose_agreement(actor, locked))
    newest = _newest_number(locked)
    if after != newest:
        raise OutOfDate(_("There is a newer version from the other of you. Your words are still here."))
    kept = {
        prompt["key"]: words.get(prompt["key"], "")
        for prompt in PracticeModel.of(locked.programme).agreement_prompts
    }
    if not any(each.strip() for each in kept.values()):
        raise Refused(_("Please write at least one thing the two of you agree on."))
    locked.agreements.filter(set_aside_at=None, member_yes_at=None).update(set_aside_at=now)
    locked.agreements.filter(set_aside_at=None, supporter_yes_at=None).update(set_aside_at=now)
    draft = Agreement(relationship=locked, number=newest + 1, drafted_by=actor, drafted_at=now)
    draft.sealed = seal_facts(key_of(RELATIONSHIP, locked.pk), kept, draft.context)
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
