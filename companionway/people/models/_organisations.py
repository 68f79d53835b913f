"""An organisation, and the programmes it runs, each by a practice model."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language

from companionway.foundation.models import new_public_id
from companionway.people import practice_models
from companionway.people.models._boundaries import never_moves
from companionway.people.models._traditions import traditions_hold


class Organisation(models.Model):
    """Who runs the service, when somebody is there, and what the organisation values when it introduces people."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    # The host name it answers to. Empty: it answers to every name that is no other organisation's.
    host = models.CharField(max_length=253, blank=True, default="", unique=True)
    about = models.TextField(blank=True)
    country = models.CharField(max_length=2, default="GB")
    time_zone = models.CharField(max_length=60, default="Europe/London")
    # {"mon": [["09:00", "17:00"]], ...}; a missing day is closed. Holidays: ["2026-12-25", ...].
    opening_hours = models.JSONField(default=dict)
    holidays = models.JSONField(default=list)
    contact = models.CharField(max_length=300, blank=True)
    # "waiting_order" (longest wait first, the default) or "fit"; shown to everybody on the about page.
    values_first = models.CharField(max_length=20, default="waiting_order")
    is_demonstration = models.BooleanField(default=False)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.host = self.host.lower()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"organisation {self.pk}"


class Programme(models.Model):
    """One way of being together, with its own words and its own rules about what is kept."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    name = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    practice_model = models.CharField(max_length=40)
    # The programme's own copy of the practice model (see practice_models.py), forked where it was changed.
    model_data = models.JSONField(default=dict)
    is_open = models.BooleanField(default=True)
    first_word_hours = models.PositiveSmallIntegerField(default=48)
    age_bands = models.JSONField(default=list)
    # The record policy in columns, so that the database itself can refuse what a tradition forbids.
    keeps_notes = models.BooleanField(default=False)
    keeps_agreements = models.BooleanField(default=False)
    keeps_attendance = models.BooleanField(default=False)
    keeps_outcomes = models.BooleanField(default=False)
    keeps_ending_reasons = models.BooleanField(default=False)
    coordinator_sees = models.BooleanField(default=False)
    keeps_register = models.BooleanField(default=False)
    keeps_head_counts = models.BooleanField(default=False)
    keeps_referrals = models.BooleanField(default=False)
    # What holds in every group and meeting of this programme, in columns for the same reason (`group_rules.COLUMNS`).
    reads_first = models.BooleanField(default=False)
    hides_place = models.BooleanField(default=False)
    keeps_adults_apart = models.BooleanField(default=False)
    has_no_staff_space = models.BooleanField(default=False)
    has_two_signatures = models.BooleanField(default=False)
    puts_easy_words_first = models.BooleanField(default=False)
    # Numbers of people below this are never shown.
    smallest_number = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"programme {self.pk}"

    @property
    def words(self) -> dict[str, Any]:
        """This programme's vocabulary: member, members, supporter, supporters, relationship, ask ..."""
        kept: dict[str, Any] = self.model_data.get("words", {})
        return practice_models.words_in(kept, get_language() or "en")

    @property
    def takes(self) -> tuple[str, ...]:
        """The age bands that may join; adults when nothing else was set."""
        return tuple(self.age_bands) or ("adult",)


traditions_hold()
never_moves("people_programme")
