"""What is true here: what each peer supporter offers in one programme, times away, and who covers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_programme, of_row, within_one_organisation
from companionway.practice.states import CoverState

# Where each sealed field belongs: bytes moved to another field do not open.
ABOUT, OFFER, AWAY_WORDS = "practice.about", "practice.offer", "practice.away_words"
DEFAULT_MINUTES = 120
NEW_WEIGHS = 3


class SupporterPracticeQuerySet(models.QuerySet["SupporterPractice"]):
    def accepting(self) -> SupporterPracticeQuerySet:
        """Who would welcome somebody new now, whatever room they have."""
        return self.filter(accepting=True, not_well_since=None)

    def of(self, person_id: int) -> SupporterPracticeQuerySet:
        return self.filter(person_id=person_id)


class SupporterPractice(models.Model):
    """What one person offers as a peer supporter in one programme. Hours and room are theirs to set.

    `places` and `weekly_minutes` hold over everything the person carries, not for each programme: strength is
    not divided by programmes. What they write and what they would rather not talk about is sealed with their key.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="practices")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="practices")
    accepting = models.BooleanField(default=False)
    places = models.PositiveSmallIntegerField(default=1)
    weekly_minutes = models.PositiveSmallIntegerField(default=DEFAULT_MINUTES)
    minutes_each = models.PositiveSmallIntegerField(default=60)
    # In half relationships (two is an ordinary one); empty means that this person does not count weight.
    weight_limit = models.PositiveSmallIntegerField(null=True)
    # Three-hour blocks of the week (reasoning.topics.WEEK), on the programme's clock; empty means not said.
    hours_mask = models.BigIntegerField(null=True)
    # Training reached and the age band it is for: set by coordinators, never by the person.
    level = models.PositiveSmallIntegerField(default=0)
    supports_band = models.CharField(max_length=10, default="adult")
    sealed_about = models.BinaryField(null=True)
    # {"languages", "modes", "wish_topics", "cannot_topics", "accepts": lists of keys, "stage": key}
    sealed_offer = models.BinaryField(null=True)
    # Written in a good hour, for the people they walk with, to be shown when they are not well.
    sealed_away_words = models.BinaryField(null=True)
    not_well_since = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = SupporterPracticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "programme"], name="practice_once_per_programme"),
            models.CheckConstraint(condition=Q(places__lte=30), name="practice_places_human"),
            models.CheckConstraint(condition=Q(minutes_each__gte=15), name="practice_minutes_each_some"),
        ]
        indexes = [models.Index(fields=["programme", "accepting"], name="practice_accepting")]

    def __str__(self) -> str:
        return f"practice {self.pk}"

    @property
    def is_well(self) -> bool:
        return self.not_well_since is None

    @property
    def most_people(self) -> int:
        """How many people at once the two limits allow: the number said, and what the hours have room for."""
        return min(self.places, self.weekly_minutes // self.minutes_each)

    def room_beside(self, walking: int, weight: int, *, extra: int = 0, is_known: bool = False) -> int:
        """Free places beside what is carried now (people, and their weight in half relationships); never below 0.

        Somebody new weighs one and a half: beginnings take more. `extra` places were agreed above the limits.
        `is_known`: somebody they walked with before, whom they would meet again without asking for anybody new.
        """
        if not self.is_well or not (self.accepting or is_known):
            return 0
        room = self.most_people + extra - walking
        if self.weight_limit is not None:
            room = min(room, (self.weight_limit + extra * NEW_WEIGHS - weight) // NEW_WEIGHS)
        return max(0, room)


class Cover(models.Model):
    """Somebody asked to be there for the people of a supporter who is not well. It holds after their own yes."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    practice = models.ForeignKey(SupporterPractice, models.CASCADE, related_name="covers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="covering")
    state = models.CharField(max_length=10, choices=CoverState, default=CoverState.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=~Q(state=CoverState.ENDED), name="practice_one_cover_each"
            ),
            models.CheckConstraint(
                condition=~Q(state=CoverState.YES) | Q(answered_at__isnull=False),
                name="practice_cover_said_yes",
            ),
        ]

    def __str__(self) -> str:
        return f"cover {self.pk}"


class TimeAway(models.Model):
    """A time of not being well: from when to when, and who covered. Never why."""

    practice = models.ForeignKey(SupporterPractice, models.CASCADE, related_name="times_away")
    cover = models.ForeignKey(Cover, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=Q(ended_at=None), name="practice_away_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="practice_away_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"time away {self.pk}"


within_one_organisation("practice_supporterpractice", of_person("person_id"), of_programme())
within_one_organisation(
    "practice_cover", of_person("person_id"), of_row("practice_supporterpractice", "practice_id")
)
