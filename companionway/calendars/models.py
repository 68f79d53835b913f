"""A private address for one's own calendar program."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from companionway.foundation.models import new_public_id


class Feed(models.Model):
    """One private address. Only the hash of its secret is kept; what it is called and what it shows is sealed.

    Taken back, the row goes. Nothing says when or from where it was read.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    # {"label": what it is for, "title": what every entry is called}
    sealed = models.BinaryField()
    shows_place = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"feed {self.pk}"

    @property
    def context(self) -> str:
        return f"feed:{self.public_id}"
