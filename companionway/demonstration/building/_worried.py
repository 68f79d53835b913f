"""One concern that was looked after to its end, and one drill. Both are invented, as everybody here is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from companionway.concerns import services as concerns
from companionway.concerns.states import DecisionKind, TaskKind
from companionway.demonstration.building._data import ago
from companionway.people.models import Person

LEAD = "Morwenna"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def worry(gathered: Mapping[str, Person], now: datetime) -> None:
    theo, mina, lead = (Person.objects.get(pk=gathered[name].pk) for name in ("Theo", "Mina", LEAD))
    _looked_after(theo, mina, lead, ago(now, 20, 21))
    drill = concerns.raise_concern(
        actor=lead, organisation=lead.organisation, about=None, is_drill=True, now=ago(now, 9, 15)
    )
    answerer = _whoever_was_told(drill, Person.objects.get(pk=gathered["Dilys"].pk))
    concerns.acknowledge(actor=answerer, concern=drill, now=ago(now, 9, 15) + 3 * MINUTE)
    concerns.close(actor=answerer, concern=drill, outcome="drill", now=ago(now, 9, 15) + 6 * MINUTE)


def _whoever_was_told(concern: Any, lead: Person) -> Person:
    """Whose turn it was on that day of the week; a lead where nobody was on call."""
    told = concern.steps.exclude(person=None).select_related("person").order_by("pk").first()
    return lead if told is None else told.person


def _looked_after(theo: Person, mina: Person, lead: Person, at: datetime) -> None:
    concern = concerns.raise_concern(
        actor=theo,
        organisation=theo.organisation,
        about=mina,
        words=_("She has not answered for two days, and that is not like her. I may be wrong."),
        now=at,
    )
    answerer = _whoever_was_told(concern, lead)
    concern = concerns.acknowledge(actor=answerer, concern=concern, now=at + 2 * MINUTE)
    for kind, words in (
        (DecisionKind.TALKED, _("Theo writes to her once more tonight, and I call her at nine.")),
        (
            DecisionKind.MEMBER_TOLD,
            _("She was at her sister's. She knows that we asked, and laughed a little."),
        ),
    ):
        concerns.record_decision(actor=answerer, concern=concern, kind=kind, words=words, now=at + 12 * HOUR)
    concerns.close(actor=answerer, concern=concern, outcome="nothing_needed", now=at + 13 * HOUR)
    _afterwards(concern, theo, answerer, at + 14 * HOUR)


def _afterwards(concern: Any, theo: Person, answerer: Person, at: datetime) -> None:
    for task in concern.tasks.select_related("person").order_by("pk"):
        if task.person is None:
            continue
        if task.kind == TaskKind.DEBRIEF:
            wanted = task.person_id == theo.pk
            concerns.answer_debrief(actor=task.person, task=task, wanted=wanted, now=at)
            if wanted:
                concerns.finish_task(actor=answerer, task=task, now=at + 8 * HOUR)
        else:
            concerns.finish_task(actor=task.person, task=task, now=at + 10 * HOUR)
