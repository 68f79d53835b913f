"""Records of a member: asked, written by the two, signed by both, and then they stand."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.clubhouse.moving import OutOfDate, taken, tell
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of_both
from companionway.jointrecords import policy
from companionway.jointrecords.events import (
    RecordAgreed,
    RecordAsked,
    RecordOpened,
    RecordSetAside,
    RecordSigned,
    RecordWritten,
)
from companionway.jointrecords.models import JointRecord, RecordLook, RecordVersion
from companionway.jointrecords.states import RecordKind, RecordState
from companionway.people import services as people
from companionway.people.models import Person, Programme

LOOK_LASTS = timedelta(minutes=30)
REASON = "written_together"


def _record(actor: Person, record: JointRecord) -> JointRecord:
    rows = policy.records_visible_to(actor).select_related("programme", "member", "other")
    return taken(rows, record.pk)


@transaction.atomic
def ask_for_record(
    *, actor: Person, programme: Programme, member: Person, other: Person, kind: str, now: datetime
) -> JointRecord:
    """Ask the other to write a record about `member` together: the member asks somebody, or somebody asks the member.

    Nothing can be written before both have said yes. Asked twice, it is asked once. Raises Refused.
    """
    if actor.pk not in (member.pk, other.pk) or kind not in RecordKind.values:
        raise Refused(_("This is not open to you."))
    require(policy.may_ask_for_record(actor, other if actor.pk == member.pk else member, programme))
    two = JointRecord.objects.filter(programme=programme, member=member, other=other, kind=kind)
    waiting = two.select_for_update().filter(state=RecordState.ASKED).first()
    if waiting is not None:
        return waiting
    record = JointRecord.objects.create(
        programme=programme, member=member, other=other, asked_by=actor, kind=kind, begun_at=now, changed_at=now
    )  # fmt: skip
    tell(RecordAsked, record, programme.pk, now, by=actor, about_id=record.other_of(actor).pk)
    return record


@transaction.atomic
def agree_to_record(*, actor: Person, record: JointRecord, now: datetime) -> JointRecord:
    """Say yes to writing it together. From now on both may write."""
    locked = _record(actor, record)
    require(policy.may_answer_record(actor, locked))
    _move(locked, RecordState.DRAFT)
    locked.changed_at = now
    locked.save(update_fields=["state", "changed_at"])
    tell(RecordAgreed, locked, locked.programme_id, now, by=actor, about_id=locked.member_id)
    return locked


def _move(record: JointRecord, to: RecordState) -> None:
    if not record.may_move(to):
        raise Refused(_("This has changed meanwhile. Please look at the page again."))
    record.state = to


@transaction.atomic
def write_record(
    *, actor: Person, record: JointRecord, words: str, after: int, now: datetime
) -> RecordVersion:
    """A new version, by either of the two. Both sign it anew: a signature is one to a version.

    `after` is the newest version the writer had seen. Raises OutOfDate.
    """
    locked = _record(actor, record)
    require(policy.may_write_record(actor, locked))
    if not words.strip():
        raise Refused(_("Please write a few words first."))
    if locked.version != after:
        raise OutOfDate(
            _(
                "The other of you wrote meanwhile. Your words are kept: read the newer version, then send them."
            )
        )
    locked.version += 1
    locked.member_signed = locked.other_signed = None
    locked.changed_at = now
    locked.save(update_fields=["version", "member_signed", "other_signed", "changed_at"])
    made = RecordVersion(record=locked, number=locked.version, author=actor, written_at=now)
    made.sealed = key_of_both(PERSON, locked.member_id, PERSON, locked.other_id).seal(words, made.context)
    made.save()
    _looked(actor, locked, now)
    tell(RecordWritten, locked, locked.programme_id, now, by=actor, about_id=locked.member_id)
    return made


@transaction.atomic
def sign_record(*, actor: Person, record: JointRecord, version: int, now: datetime) -> JointRecord:
    """Sign the version one has read. With both signatures it is locked for good. Raises OutOfDate.

    Source: Clubhouse International, Standard 5 (domain.md 1.2).
    """
    locked = _record(actor, record)
    require(policy.may_sign(actor, locked))
    if locked.version != version:
        raise OutOfDate(_("There is a newer version now. Please read it once more, then sign."))
    if actor.pk == locked.member_id:
        locked.member_signed = version
    else:
        locked.other_signed = version
    fields = ["member_signed", "other_signed", "changed_at"]
    locked.changed_at = now
    if locked.member_signed == locked.other_signed == version:
        _move(locked, RecordState.SIGNED)
        locked.signed_at = now
        fields += ["state", "signed_at"]
    locked.save(update_fields=fields)
    announce(
        RecordSigned(
            actor_id=actor.pk,
            about_id=locked.member_id,
            subject=f"jointrecord:{locked.pk}",
            programme_id=locked.programme_id,
            is_locked=locked.is_signed,
        ),
        at=now,
    )
    return locked


@transaction.atomic
def set_record_aside(*, actor: Person, record: JointRecord, now: datetime) -> None:
    """Say no to a record, or let a draft go: it is gone at once, for both. Without a reason."""
    locked = _record(actor, record)
    require(policy.may_set_aside(actor, locked))
    tell(RecordSetAside, locked, locked.programme_id, now, by=actor, about_id=locked.member_id)
    locked.versions.all().delete()
    locked.delete()


@transaction.atomic
def open_record(*, actor: Person, record: JointRecord, now: datetime) -> JointRecord:
    """The other of the two opens a record for half an hour. The member is shown it each time."""
    locked = _record(actor, record)
    if actor.pk == locked.other_id:
        _looked(actor, locked, now)
        tell(RecordOpened, locked, locked.programme_id, now, by=actor, about_id=locked.member_id)
    return locked


def _looked(actor: Person, record: JointRecord, now: datetime) -> None:
    """Once for each half hour."""
    if actor.pk != record.other_id:
        return
    if record.looks.filter(reader=actor, looked_at__gt=now - LOOK_LASTS).exists():
        return
    RecordLook.objects.create(record=record, reader=actor, looked_at=now)
    people.record_read(actor=actor, about=record.member, subject=record.subject, reason_key=REASON, now=now)
