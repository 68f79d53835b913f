"""Who takes no part for a while, or for good. Their account, their own things and Help now stay theirs."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q

from companionway.foundation.constraints import Never, never
from companionway.people.models._boundaries import of_person, of_programme, within_one_organisation
from companionway.people.models._organisations import Programme
from companionway.people.models._persons import Person

SHORT_DAYS: Final = 7
"""So long one person alone may stop somebody, while others look. Longer needs two. Source: issue 4."""


class StopQuerySet(models.QuerySet["Stop"]):
    def live(self) -> StopQuerySet:
        return self.filter(ended_at=None)

    def covering(self, person_id: int, programme_id: int | None) -> StopQuerySet:
        """What keeps this person out of this programme now (out of the whole organisation, when it is None)."""
        return self.live().filter(Q(programme=None) | Q(programme=programme_id), person=person_id)


class Stop(models.Model):
    """Somebody takes no part in a programme (empty: in the organisation). `days` empty: until it is lifted.

    `ended` holds [role, programme id] pairs that were theirs and are given back when it is over.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="stops")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    days = models.PositiveSmallIntegerField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seconded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # The stop of the same person under another name that this one goes with.
    goes_with = models.ForeignKey("self", models.CASCADE, null=True, related_name="extended")
    ended = models.JSONField(default=list)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__isnull=False, days__lte=SHORT_DAYS) | Q(seconded_by__isnull=False),
                name="stop_long_needs_two",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("decided_by")), name="stop_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("person")) & (Q(seconded_by=None) | ~Q(seconded_by=F("person"))),
                name="stop_never_oneself",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(ended_at=None), name="stop_live_person")]

    def __str__(self) -> str:
        return f"stop {self.pk}"


within_one_organisation(
    "people_stop",
    of_person("person_id"),
    of_programme(),
    of_person("decided_by_id"),
    of_person("seconded_by_id"),
)
never(
    Never(
        name="people_roleheld_while_stopped",
        table="people_roleheld",
        when="NEW.until_at is null and exists (select 1 from people_stop s where s.person_id = NEW.person_id"
        " and s.ended_at is null and (s.programme_id is null or s.programme_id = NEW.programme_id))",
        app="people",
        says="Whoever takes no part for now is given no role.",
        columns=("until_at", "person_id", "programme_id"),
    )
)
