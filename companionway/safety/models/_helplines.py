"""Telephone numbers that two people have checked, and until when that holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from companionway.foundation.models import new_public_id
from companionway.people.models import of_organisation, of_person, within_one_organisation

LONGEST_DAYS: Final = 180


class HalfYearAfter(Func):
    """The last day a number checked on this day may be shown; in words each database has built in."""

    output_field = models.DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template=f"date(%(expressions)s, '+{LONGEST_DAYS} days')", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"(%(expressions)s + {LONGEST_DAYS})", **extra)


class LineKind(models.TextChoices):
    EMERGENCY = "emergency", _("Emergency services")
    CRISIS = "crisis", _("When it is hard to stay safe")
    LISTENING = "listening", _("Somebody to listen")
    YOUTH = "youth", _("For young people")
    DOMESTIC_ABUSE = "domestic_abuse", _("Fear or violence at home")
    HEALTH = "health", _("Health advice")


class HelpLineQuerySet(models.QuerySet["HelpLine"]):
    def live(self, today: date) -> HelpLineQuerySet:
        """Checked by two people and not yet due to be checked again."""
        return self.filter(verified_on__isnull=False, retired_at=None, expires_on__gte=today)

    def kept(self) -> HelpLineQuerySet:
        return self.filter(retired_at=None)


class HelpLine(models.Model):
    """One number. It is shown only while two people vouch for it, and never longer than half a year."""

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=20, choices=LineKind)
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    text_number = models.CharField(max_length=80, blank=True)
    chat_url = models.URLField(max_length=300, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    # {"mon": [["09:00", "17:00"]], ...} where somebody has filled it in; the words above are what is shown.
    hours_structured = models.JSONField(null=True, blank=True)
    languages = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=120, blank=True)
    cost = models.CharField(max_length=120, blank=True)
    # Empty means that nobody knows; the page says so.
    appears_on_bill = models.BooleanField(null=True, blank=True)
    operator_url = models.URLField(max_length=300)
    # A check by one person, waiting for the second; what was verified before holds until its own date.
    half_checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    half_checked_on = models.DateField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    also_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verified_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    is_demonstration = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = HelpLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None, verified_on=None)
                | Q(
                    expires_on__isnull=False,
                    verified_on__isnull=False,
                    expires_on__lte=HalfYearAfter(F("verified_on")),
                ),
                name="helpline_checked_every_half_year",
            ),
            models.CheckConstraint(
                condition=Q(verified_on=None)
                | (
                    Q(verified_by__isnull=False, also_verified_by__isnull=False)
                    & ~Q(verified_by=F("also_verified_by"))
                ),
                name="helpline_two_different_people",
            ),
            models.CheckConstraint(
                condition=~Q(number="") | ~Q(text_number="") | ~Q(chat_url=""), name="helpline_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return f"helpline {self.pk}"

    @property
    def dial(self) -> str:
        """What a telephone dials: digits, and a leading plus."""
        return "".join(c for i, c in enumerate(self.number.strip()) if c.isdigit() or (c == "+" and i == 0))

    @staticmethod
    def latest_expiry(verified_on: date) -> date:
        return verified_on + timedelta(days=LONGEST_DAYS)


class LineTrouble(models.Model):
    """Somebody said that a number does not work. Who it was is not kept: nobody's calls are our affair."""

    line = models.ForeignKey(HelpLine, models.CASCADE, related_name="troubles")
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"trouble with helpline {self.line_id}"


within_one_organisation(
    "safety_helpline",
    of_organisation(),
    of_person("half_checked_by_id"),
    of_person("verified_by_id"),
    of_person("also_verified_by_id"),
)
