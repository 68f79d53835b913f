"""What a person shares, with whom; and what they agreed to, for which purpose."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from companionway.foundation.models import new_public_id
from companionway.people.models._boundaries import of_person, of_programme, within_one_organisation
from companionway.people.models._organisations import Programme
from companionway.people.models._persons import Person


class Audience(models.TextChoices):
    NOBODY = "nobody", _("Nobody but me")
    MATCHING = "matching", _("Only to find a fitting person; nobody reads it")
    SUPPORTER = "supporter", _("The person I talk with")
    GROUP = "group", _("The person I talk with, and people in my groups")

    @classmethod
    def at_least(cls, least: Audience) -> list[Audience]:
        """This audience and every wider one: nobody < matching < supporter < group."""
        ladder = list(cls)
        return ladder[ladder.index(least) :]


class ItemKind(models.TextChoices):
    STORY = "story", _("What is going on for me")
    MATTERS = "matters", _("What matters to me in a peer")
    EXPERIENCE = "experience", _("Something I have been through")
    GOAL = "goal", _("Something I hope for")
    IDENTITY = "identity", _("Something about who I am")
    ABOUT = "about", _("A few words about me")


class ProfileItem(models.Model):
    """One thing a person says about themselves, sealed with their key, with its own audience.

    Sealed facts: {"key": stable topic key or "", "text": own words}.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(Person, models.CASCADE, related_name="profile_items")
    kind = models.CharField(max_length=12, choices=ItemKind)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.NOBODY)
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="profile_person_kind")]

    def __str__(self) -> str:
        return f"profile item {self.pk}"


class Purpose(models.TextChoices):
    MATCHING = "matching", _("Use what I shared to find a peer who fits")
    CONTACT_EMAIL = "contact_email", _("Tell me by e-mail that something waits, without saying what")
    CONTACT_PUSH = "contact_push", _("Tell me on this device that something waits, without saying what")
    SERVICE_FIGURES = "service_figures", _("Count me, without my name, when the service looks at its waits")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self) -> ConsentQuerySet:
        """Not withdrawn and not run out, by the database's own clock."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()), withdrawn_at=None)


class Consent(models.Model):
    """A yes to one purpose, with the words that were shown; withdrawing closes it, and a new yes is a new row."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(max_length=20, unique=True, default=new_public_id)
    wording = models.CharField(max_length=20, default="2026-11")
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "programme"],
                condition=Q(withdrawn_at=None, programme__isnull=False),
                name="consent_once_per_purpose",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None, programme=None),
                name="consent_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.receipt}"


within_one_organisation("people_consent", of_person("person_id"), of_programme())
