"""The rota: turns, the weekly pattern that makes them, and offers to hand one over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from companionway.foundation.constraints import Never, never
from companionway.foundation.models import new_public_id
from companionway.oncall.states import OfferState, Step, Weekday
from companionway.people import roles
from companionway.people.models import RoleHeld, of_organisation, of_person, within_one_organisation
from companionway.reasoning.rota import Span, Weekly

TAKES_TURNS = "oncall.take_turns"


def may_stand(person: str, now: Any) -> Q:
    """Who can be on call at this moment, of the person a column names: here, not taking a break, and with a role."""
    held = RoleHeld.objects.filter(
        person=OuterRef(f"{person}_id"),
        role__in=roles.roles_granting(TAKES_TURNS),
        since_at__lte=now,
        until_at=None,
    )
    here = {f"{person}__is_active": True, f"{person}__erased_at": None, f"{person}__paused_at": None}
    return Q(Exists(held), **here)


class Rota(models.Model):
    """That an organisation keeps a rota. While it does, its team is only there when somebody's turn says so."""

    organisation = models.OneToOneField("people.Organisation", models.CASCADE, related_name="+")
    began_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    # The zone in which the turns to come were made from the weekly pattern.
    time_zone = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"rota of organisation {self.organisation_id}"


class WeeklySlotQuerySet(models.QuerySet["WeeklySlot"]):
    def live(self) -> WeeklySlotQuerySet:
        return self.filter(retired_at=None)


class WeeklySlot(models.Model):
    """Somebody's turn every week, in the service's clock time. `ends` not later than `begins`: on the next day."""

    organisation = models.ForeignKey("people.Organisation", models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    step = models.PositiveSmallIntegerField(choices=Step)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    begins = models.TimeField()
    ends = models.TimeField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = WeeklySlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="slot_step_known"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="slot_on_a_weekday"),
            models.UniqueConstraint(
                fields=["organisation", "step", "weekday", "begins"],
                condition=Q(retired_at=None),
                name="slot_once_a_week",
            ),
        ]

    def __str__(self) -> str:
        return f"weekly slot {self.pk}"

    @property
    def weekly(self) -> Weekly:
        return Weekly(self.weekday, self.begins, self.ends, self.pk)


class TurnQuerySet(models.QuerySet["Turn"]):
    def standing(self) -> TurnQuerySet:
        """Not ended before its time."""
        return self.filter(ended_at=None)

    def covering(self, now: datetime) -> TurnQuerySet:
        return self.touching(now, now).filter(starts_at__lte=now)

    def touching(self, since: datetime, until: datetime) -> TurnQuerySet:
        """With any time after `since` and not only after `until`."""
        not_over = Q(ends_at__gt=since) & (Q(ended_at=None) | Q(ended_at__gt=since))
        return self.filter(not_over, Q(ended_at=None) | Q(ended_at__gt=F("starts_at")), starts_at__lte=until)

    def by_those_who_may(self, now: datetime) -> TurnQuerySet:
        return self.filter(may_stand("person", now))


class Turn(models.Model):
    """One person at one step of the ladder, from a moment to a moment. `ended_at`: earlier than planned."""

    organisation = models.ForeignKey("people.Organisation", models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="turns")
    step = models.PositiveSmallIntegerField(choices=Step)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Not before the start: a turn that is given back before it begins ends where it would have begun.
    ended_at = models.DateTimeField(null=True)
    # The weekly slot and the day it stands for, when the pattern made it.
    slot = models.ForeignKey(WeeklySlot, models.SET_NULL, null=True, related_name="turns")
    on_day = models.DateField(null=True)
    # The turn of somebody else that this one goes on with.
    took_over = models.ForeignKey("self", models.SET_NULL, null=True, related_name="handed_over_as")
    made_at = models.DateTimeField()

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="turn_step_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="turn_in_order"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | (Q(ended_at__gte=F("starts_at")) & Q(ended_at__lt=F("ends_at"))),
                name="turn_ended_within",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ends_at"], name="turn_of_organisation")]

    def __str__(self) -> str:
        return f"turn {self.pk}"

    @property
    def until(self) -> datetime:
        return self.ended_at or self.ends_at

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.until)

    def has_begun(self, now: datetime) -> bool:
        return self.starts_at <= now


class Offer(models.Model):
    """A turn offered to a named other. It stays where it is until that person says yes."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="offers")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="turns_offered")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.WAITING)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["turn"], condition=Q(state=OfferState.WAITING), name="offer_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.WAITING, answered_at=None)
                | (~Q(state=OfferState.WAITING) & Q(answered_at__isnull=False)),
                name="offer_answered_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"


within_one_organisation("oncall_turn", of_organisation(), of_person("person_id"))
within_one_organisation("oncall_weeklyslot", of_organisation(), of_person("person_id"))

# Each step has one person at a time, and nobody stands at two steps at once: a ladder must have somebody to climb to.
never(
    Never(
        name="oncall_turn_alone_at_its_step",
        table="oncall_turn",
        when="NEW.starts_at < coalesce(NEW.ended_at, NEW.ends_at) and exists (select 1 from oncall_turn t"
        " where t.id <> coalesce(NEW.id, -1) and t.organisation_id = NEW.organisation_id"
        " and (t.step = NEW.step or t.person_id = NEW.person_id)"
        " and t.starts_at < coalesce(t.ended_at, t.ends_at)"
        " and t.starts_at < coalesce(NEW.ended_at, NEW.ends_at)"
        " and NEW.starts_at < coalesce(t.ended_at, t.ends_at))",
        app="oncall",
        says="Somebody has this turn already.",
        columns=("organisation_id", "person_id", "step", "starts_at", "ends_at", "ended_at"),
    )
)
never(
    Never(
        name="oncall_offer_one_organisation",
        table="oncall_offer",
        when="(select t.organisation_id from oncall_turn t where t.id = NEW.turn_id)"
        " <> (select w.organisation_id from people_person w where w.id = NEW.to_id)",
        app="oncall",
        says="These belong to different organisations.",
        columns=("turn_id", "to_id"),
    )
)
