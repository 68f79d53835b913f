"""Reports, wishes, and numbers that do not work."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.notices.queries import people_who_may
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.safety import queries as safety_queries
from companionway.safety.events import KeepApartWished, LineSaidToFail, ReportAnswered, Reported


@on(Reported)
def a_report_waits(event: Reported) -> None:
    """Those who may answer it; when nobody unconcerned is left, the administrators, who can name somebody."""
    people = safety_queries.answerers_of(event.report_id) or people_who_may(
        "people.administer", event.programme_id, anywhere=True
    )
    note_down(
        people,
        kind=Kind.REPORT_WAITING,
        subject=event.subject,
        once_per="once",
        by=event.actor_id,
        now=timezone.now(),
    )


@on(ReportAnswered)
def a_report_is_answered(event: ReportAnswered) -> None:
    if event.reporter_id is not None:
        note_down(
            [event.reporter_id],
            kind=Kind.REPORT_ANSWERED,
            subject=event.subject,
            once_per="once",
            now=timezone.now(),
        )


@on(KeepApartWished)
def a_wish_waits(event: KeepApartWished) -> None:
    people = people_who_may("introductions.never_with", event.programme_id)
    now = timezone.now()
    note_down(
        people, kind=Kind.WISH_WAITING, subject=event.subject, once_per="once", by=event.actor_id, now=now
    )


@on(LineSaidToFail)
def a_number_needs_a_check(event: LineSaidToFail) -> None:
    now = timezone.now()
    today = timezone.localdate(now).isoformat()
    note_down(
        safety_queries.keepers_of(int(event.subject.partition(":")[2])),
        kind=Kind.NUMBER,
        subject=event.subject,
        once_per=today,
        now=now,
    )
