"""Reporting a message or a person, reading it, and answering."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people import services as people_services
from companionway.people.models import Person, Programme
from companionway.safety import policy
from companionway.safety.events import ReportAnswered, Reported, ReportTaken
from companionway.safety.models import Report
from companionway.safety.opening import ANSWER, EXTRACT, WORDS, ReportWords, open_report
from companionway.safety.states import MOVES, Reason, ReportState


@transaction.atomic
def report(
    *,
    actor: Person,
    about: Person | None,
    subject: str,
    words: str,
    extract: str,
    programme: Programme | int,
    reason: str = "",
    now: datetime,
) -> Report:
    """Tell the people who answer reports in `programme` about `subject` ("message:ID" or "person:ID").

    The words and the extract are sealed with a key of the report's own. Raises Refused.
    """
    require(policy.may_report(actor, about))
    programme_id = programme if isinstance(programme, int) else programme.pk
    made = Report.objects.create(
        programme_id=programme_id,
        reporter=actor,
        about=about,
        subject=subject,
        reason=reason if reason in Reason.values else "",
        reported_at=now,
    )
    key = sealing.key_of(sealing.REPORT, made.pk)
    made.sealed_words = key.seal(words, WORDS)
    made.sealed_extract = key.seal(extract, EXTRACT) if extract else None
    made.save(update_fields=["sealed_words", "sealed_extract"])
    # The person it is about is not named in the record: nothing of this may ever show on a page of theirs.
    told = Reported(
        actor_id=actor.pk, subject=f"report:{made.pk}", report_id=made.pk, programme_id=programme_id
    )
    announce(told, at=now)
    return made


@transaction.atomic
def read_report(*, actor: Person, report: Report, now: datetime) -> ReportWords:
    """Open a report. A read by staff is recorded and shown to the person who reported, not to the one it is about."""
    seen = policy.reports_visible_to(actor).select_related("reporter").get(pk=report.pk)
    if seen.reporter is not None and seen.reporter_id != actor.pk:
        people_services.record_read(
            actor=actor, about=seen.reporter, subject=f"report:{seen.pk}", reason_key="report", now=now
        )
    return open_report(seen)


@transaction.atomic
def take_report(*, actor: Person, report: Report, now: datetime) -> Report:
    """Say that I am looking into it, so that the reporter knows and nobody does it twice. Raises Refused."""
    locked = policy.reports_visible_to(actor).select_for_update().get(pk=report.pk)
    require(policy.may_answer(actor, locked))
    if ReportState.LOOKING not in MOVES[ReportState(locked.state)]:
        return locked
    locked.state, locked.taken_by, locked.looking_since = ReportState.LOOKING, actor, now
    locked.save(update_fields=["state", "taken_by", "looking_since"])
    announce(ReportTaken(actor_id=actor.pk, subject=f"report:{locked.pk}", report_id=locked.pk), at=now)
    return locked


@transaction.atomic
def answer_report(*, actor: Person, report: Report, words: str, now: datetime) -> Report:
    """Answer the reporter in my own words. Raises Refused."""
    locked = policy.reports_visible_to(actor).select_for_update().get(pk=report.pk)
    require(policy.may_answer(actor, locked))
    if locked.reporter_id is not None:
        locked.sealed_answer = sealing.key_of(sealing.REPORT, locked.pk).seal(words, ANSWER)
    if locked.about_id is None or (locked.about is not None and locked.about.erased_at is not None):
        # Kept only as long as it was needed: the person whose words these are has deleted everything.
        locked.sealed_extract = None
    locked.state, locked.answered_at = ReportState.ANSWERED, now
    locked.taken_by = locked.taken_by or actor
    locked.save(update_fields=["state", "answered_at", "taken_by", "sealed_answer", "sealed_extract"])
    announce(
        ReportAnswered(
            actor_id=actor.pk,
            subject=f"report:{locked.pk}",
            report_id=locked.pk,
            reporter_id=locked.reporter_id,
        ),
        at=now,
    )
    return locked


@transaction.atomic
def read_answer(*, actor: Person, report: Report, now: datetime) -> ReportWords:
    """The reporter opens their own report and the answer to it. Raises Refused for anybody else."""
    seen = policy.reports_visible_to(actor).get(pk=report.pk)
    if seen.reporter_id != actor.pk:
        raise Refused(_("Only the person who reported this can open it here."))
    if seen.state == ReportState.ANSWERED and seen.answer_seen_at is None:
        seen.answer_seen_at = now
        seen.save(update_fields=["answer_seen_at"])
    return open_report(seen)
