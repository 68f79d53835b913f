"""Whom to telephone when nobody on the ladder answers, in which order."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.people.models import of_organisation, of_person, within_one_organisation

# The kind of key that seals one entry of the list.
PHONE: Final = "telephone"


class Telephone(models.Model):
    """One entry: whose it is, the number, and what is said for it, sealed with a key of its own."""

    organisation = models.ForeignKey("people.Organisation", models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    # Somebody here whose own number it is; it goes when they do.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    # 1 is rung first.
    place = models.PositiveSmallIntegerField()
    sealed_name = models.BinaryField(null=True)
    sealed_number = models.BinaryField(null=True)
    sealed_said_for = models.BinaryField(null=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(place__gte=1), name="telephone_has_a_place")]
        indexes = [models.Index(fields=["organisation", "place"], name="telephone_in_order")]

    def __str__(self) -> str:
        return f"telephone {self.pk}"


within_one_organisation(
    "oncall_telephone", of_organisation(), of_person("person_id"), of_person("kept_by_id")
)
