"""The ways in: devices that are signed in, passkeys, six-digit codes, and codes that open the door once."""

from __future__ import annotations

from django.db import models

from companionway.foundation.models import new_public_id
from companionway.people.models._persons import Person


class Device(models.Model):
    """One signed-in browser. Ending it ends its session and its live streams."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    # "Firefox on Android": enough to recognise it, too little to follow anybody. No address is kept.
    label = models.CharField(max_length=60)
    is_strong = models.BooleanField(default=False)
    signed_in_at = models.DateTimeField()
    last_seen_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"device {self.pk}"


class Passkey(models.Model):
    person = models.ForeignKey(Person, models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    label = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"passkey {self.pk}"


class Authenticator(models.Model):
    """The shared secret of a six-digit code app, sealed; `last_step` refuses a code that was used already."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="authenticator")
    sealed_secret = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"authenticator of {self.person_id}"


class OneTimeCode(models.Model):
    """Opens the door once: for somebody on an imported roster, or a colleague who is invited. Only a hash is kept."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(Person, models.CASCADE, related_name="one_time_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"one-time code {self.pk}"
