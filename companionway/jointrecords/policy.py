"""Who sees and writes a record of a member: the two, and nobody else at all."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.clubhouse import policy as house
from companionway.clubhouse.policy import belongs
from companionway.foundation.policy import YES, Verdict, no
from companionway.jointrecords.models import JointRecord
from companionway.jointrecords.states import RecordState
from companionway.people.models import Person, Programme
from companionway.safety import queries as safety


def records_visible_to(actor: Person, apart: Collection[int] | None = None) -> QuerySet[JointRecord]:
    """Every record about oneself, always; those one writes with somebody, while one belongs and may meet them.

    No coordinator, no look inside: a record that the member cannot see does not exist.
    """
    written = Q(other=actor, programme__in=house.visible_to(actor))
    kept_from = safety.people_kept_from(actor.pk) if apart is None else apart
    return JointRecord.objects.filter(Q(member=actor) | written & ~Q(member__in=kept_from))


def may_ask_for_record(actor: Person, with_whom: Person, programme: Programme) -> Verdict:
    """Ask somebody of the house to write a record together; nothing is written before they say yes."""
    verdict = belongs(actor, programme)
    if not verdict:
        return verdict
    if not programme.keeps_notes:
        return no(_("Here no notes are kept."))
    if actor.pk == with_whom.pk:
        return no(_("Please choose somebody else: a record is written by two."))
    if not belongs(with_whom, programme) or safety.never_together(actor.pk, with_whom.pk):
        return no(_("This person cannot be asked just now."))
    return YES


def may_answer_record(actor: Person, record: JointRecord) -> Verdict:
    """Say yes: whoever of the two did not ask."""
    return may_work_on(actor, record) and waits_for_answer(actor, record)


def waits_for_answer(actor: Person, record: JointRecord) -> Verdict:
    if record.state != RecordState.ASKED or record.asked_by_id == actor.pk:
        return no(_("Nobody waits for your answer here."))
    return YES


def may_work_on(actor: Person, record: JointRecord) -> Verdict:
    """Whether these two still write together: both belong, and nobody is kept from anybody."""
    other = record.other_of(actor)
    if (
        record.includes(actor)
        and other.pk not in safety.people_kept_from(actor.pk)
        and belongs(actor, record.programme)
        and house.members_of(record.programme).filter(pk=other.pk).exists()
    ):
        return YES
    return no(_("This is not open just now. What is signed stays, and stays yours to read."))


def may_write_record(actor: Person, record: JointRecord) -> Verdict:
    """A new version: while the two still write together, and not both have signed."""
    return may_work_on(actor, record) and waits_for_words(record)


def waits_for_words(record: JointRecord) -> Verdict:
    """As much of it as a page can say without asking further; writing asks the rest."""
    if record.is_signed:
        return no(_("You have both signed this. It stays as it is; what came later fits in a new record."))
    if record.state == RecordState.ASKED:
        return no(_("Words are written when both have said yes."))
    return YES


def may_sign(actor: Person, record: JointRecord) -> Verdict:
    """Sign the newest version."""
    return may_work_on(actor, record) and waits_for_signature(actor, record)


def waits_for_signature(actor: Person, record: JointRecord) -> Verdict:
    verdict = waits_for_words(record)
    if verdict and record.version == 0:
        return no(_("There is nothing to sign yet."))
    if verdict and record.signed_by(actor):
        return no(_("You have signed this. It is locked when the other has, too."))
    return verdict


def may_set_aside(actor: Person, record: JointRecord) -> Verdict:
    """Say no, or let a draft go: each of the two, at any time until both signed, without a reason."""
    if not record.includes(actor):
        return no(_("This is not open to you."))
    if record.is_signed:
        return no(_("You have both signed this. It stays as it is; what came later fits in a new record."))
    return YES
