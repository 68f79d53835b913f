"""Anyone who signs in, and the roles they hold for a time in a programme."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from companionway.foundation.models import new_public_id
from companionway.people import names, roles
from companionway.people.models._boundaries import (
    never_moves,
    of_person,
    of_programme,
    within_one_organisation,
)
from companionway.people.models._organisations import Organisation, Programme


class PersonQuerySet(models.QuerySet["Person"]):
    def here(self) -> PersonQuerySet:
        return self.filter(is_active=True, erased_at=None)

    def of(self, organisation: Organisation | int | None) -> PersonQuerySet:
        """The people of one organisation; nobody when there is none yet."""
        pk = organisation.pk if isinstance(organisation, Organisation) else organisation
        return self.none() if pk is None else self.filter(organisation=pk)

    def holding(self, role: str, programme: Programme | int | None, now: datetime) -> PersonQuerySet:
        held = RoleHeld.objects.live(now).filter(role=role)
        if programme is not None:
            held = held.filter(programme=programme)
        return self.filter(pk__in=held.values("person"))


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def here(self) -> PersonQuerySet:
        return self.get_queryset().here()

    def holding(self, role: str, programme: Programme | int | None, now: datetime) -> PersonQuerySet:
        return self.get_queryset().holding(role, programme, now)

    def of(self, organisation: Organisation | int | None) -> PersonQuerySet:
        return self.get_queryset().of(organisation)


class Person(AbstractBaseUser):
    """Anyone who signs in. What they may do comes from roles held, never from this row."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    # The name others see, and the folded name to sign in with: unique in the organisation, look-alikes refused at
    # joining. The same name in another organisation is somebody else.
    name = models.CharField(max_length=60)
    sign_in_name = models.CharField(max_length=80)
    skeleton = models.CharField(max_length=80, blank=True, db_index=True)
    pronouns = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=60, default="Europe/London")
    # "adult" or "young"; never mixed in private. Chosen at joining by the programme's own question.
    age_band = models.CharField(max_length=10, default="adult")
    # Access and contact needs, the safe ways and times to reach them: sealed with the person's key.
    sealed_needs = models.BinaryField(null=True)
    # How notices may come: {"email": bool, "push": bool, "kinds": {...}}; quiet hours in the person's time zone.
    notice_choices = models.JSONField(default=dict)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    # Hash of the printed way back in.
    way_back_hash = models.CharField(max_length=128, blank=True)
    is_demonstration = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = PersonManager()

    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sign_in_name"], name="person_name_once_each")
        ]

    if TYPE_CHECKING:
        roles_held: RoleHeldQuerySet

    # Whether the sign-in of this request proved more than a passphrase. Work outside a request is not asked.
    is_strong: bool = True
    # Belongs to a programme whose tradition puts easy words first; filled where the session is read.
    is_easy_first: bool = False

    def __str__(self) -> str:
        return f"person {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.skeleton = names.skeleton(self.name) if self.erased_at is None else ""
        if (named := kwargs.get("update_fields")) and "name" in named:
            kwargs["update_fields"] = {*named, "skeleton"}
        super().save(*args, **kwargs)

    def holds(self, permission: str, programme: Programme | int | None = None) -> bool:
        """Whether a role they hold now grants this, in `programme` (or in any, when None).

        A role in the whole organisation reaches its programmes, and never one of another organisation.
        """
        wanted = programme.pk if isinstance(programme, Programme) else programme
        granted = [held_in for role, held_in in self.roles_now if permission in roles.GRANTS.get(role, ())]
        if wanted is None or wanted in granted:
            return bool(granted)
        return None in granted and self._is_of_my_organisation(programme or wanted)

    def _is_of_my_organisation(self, programme: Programme | int) -> bool:
        if isinstance(programme, Programme):
            return programme.organisation_id == self.organisation_id
        return Programme.objects.filter(pk=programme, organisation=self.organisation_id).exists()

    def programmes_with(self, permission: str) -> list[int]:
        """Ids of the programmes in which a role grants this (all of the organisation's for a role in the whole)."""
        granted = [held_in for role, held_in in self.roles_now if permission in roles.GRANTS.get(role, ())]
        if None in granted:
            return list(
                Programme.objects.filter(organisation=self.organisation_id).values_list("pk", flat=True)
            )
        return [held_in for held_in in granted if held_in is not None]

    @property
    def roles_now(self) -> list[tuple[str, int | None]]:
        """(role, programme id or None) pairs that count now: a staff role only after a second proof."""
        return [held for held in self.roles_kept if self.is_strong or held[0] not in roles.STAFF]

    @property
    def roles_kept(self) -> list[tuple[str, int | None]]:
        """(role, programme id or None) pairs held now, counting or not; asked once per request."""
        kept: list[tuple[str, int | None]] | None = self.__dict__.get("_roles_now")
        if kept is None:
            rows = RoleHeld.objects.filter(person=self, until_at=None).values_list("role", "programme_id")
            kept = self.__dict__["_roles_now"] = list(rows)
        return kept

    @roles_kept.setter
    def roles_kept(self, held: list[tuple[str, int | None]]) -> None:
        self.__dict__["_roles_now"] = held

    @property
    def is_staff_member(self) -> bool:
        return any(role in roles.STAFF for role, _ in self.roles_now)

    @property
    def must_prove(self) -> bool:
        """Whether a staff role waits for a second proof in this session."""
        return not self.is_strong and any(role in roles.STAFF for role, _ in self.roles_kept)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__.pop("_roles_now", None)
        super().refresh_from_db(*args, **kwargs)


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    def live(self, now: datetime) -> RoleHeldQuerySet:
        return self.filter(since_at__lte=now, until_at=None)


class RoleHeld(models.Model):
    """One role of one person in one programme (or in the organisation, when programme is empty), for a period."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=20, choices=list(roles.TITLES.items()))
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="roles_held")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "programme"],
                condition=Q(until_at=None, programme__isnull=False),
                name="role_held_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(until_at=None, programme=None),
                name="role_held_once_everywhere",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="role_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id} in {self.programme_id}"


never_moves("people_person")
within_one_organisation("people_roleheld", of_person("person_id"), of_programme())
