"""Who holds whom in practice supervision, and the agenda that grows from both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from companionway.foundation.constraints import Never, never
from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_programme, of_row, within_one_organisation
from companionway.supervision.states import ItemKind, Side

if TYPE_CHECKING:
    from companionway.people.models import Person


class Supervising(models.Model):
    """What a practice supervisor says about themselves in one programme: their own word, proved by nobody."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="supervising")
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="supervising")
    # "I have been through something myself, and supported others as a peer."
    has_lived_it = models.BooleanField(default=False)
    takes_more = models.BooleanField(default=True)
    most = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "programme"], name="supervising_once_per_programme"),
            models.CheckConstraint(condition=Q(most__lte=12), name="supervising_human"),
        ]

    def __str__(self) -> str:
        return f"supervising {self.pk}"


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    def current(self) -> SupervisionQuerySet:
        return self.filter(ended_at=None)

    def of(self, person_id: int) -> SupervisionQuerySet:
        return self.filter(Q(supporter_id=person_id) | Q(supervisor_id=person_id))

    def saying_lived(self) -> SupervisionQuerySet:
        """With `lived`: whether the supervisor says that they have been through something themselves."""
        said = Supervising.objects.filter(
            person=OuterRef("supervisor"), programme=OuterRef("programme"), has_lived_it=True
        )
        return self.annotate(lived=Exists(said))


class Supervision(models.Model):
    """One practice supervisor for one supporter in one programme, for a while. Words open with its own key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="supervisions")
    supporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="held_by")
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holding")
    in_training = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Ended only because one of the two takes no part for a while: taken up again when they are let back.
    is_resting = models.BooleanField(default=False)
    # The supporter lets the supervisor see their weeks since then.
    weeks_shared_at = models.DateTimeField(null=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "programme"],
                condition=Q(ended_at=None),
                name="supervision_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(supporter=F("supervisor")), name="supervision_two_people"),
            models.CheckConstraint(
                condition=Q(is_resting=False) | Q(ended_at__isnull=False), name="supervision_rests_when_ended"
            ),
        ]
        indexes = [models.Index(fields=["supervisor", "ended_at"], name="supervision_of_supervisor")]

    def __str__(self) -> str:
        return f"supervision {self.pk}"

    @property
    def is_current(self) -> bool:
        return self.ended_at is None

    @property
    def people_ids(self) -> tuple[int, int]:
        return self.supporter_id, self.supervisor_id

    def includes(self, person: Person) -> bool:
        return person.pk in self.people_ids

    def side_of(self, person: Person) -> Side:
        return Side.SUPPORTER if person.pk == self.supporter_id else Side.SUPERVISOR

    def other_of(self, person: Person) -> Person:
        return self.supervisor if person.pk == self.supporter_id else self.supporter


class AgendaItem(models.Model):
    """One thing to talk about. Shared: sealed with the key of the two. Not shared: with the writer's own key.

    It points at what it came from by a reference of ours (`about`, "relationship:12"), never by a name or a word of
    a member; the reference opens only for whoever may open the thing itself.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="agenda")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ItemKind, default=ItemKind.WORDS)
    about = models.CharField(max_length=40, blank=True)
    is_shared = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True)
    put_at = models.DateTimeField()
    taken_up = models.ForeignKey("Talk", models.SET_NULL, null=True, related_name="agenda")

    class Meta:
        ordering = ["put_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_shared=True) | Q(taken_up=None), name="supervision_own_stays_own"
            )
        ]

    def __str__(self) -> str:
        return f"agenda item {self.pk}"

    @property
    def context(self) -> str:
        return f"agenda:{self.public_id}"


never(
    Never(
        name="supervision_not_line_manager",
        table="supervision_supervision",
        app="supervision",
        when="NEW.ended_at is null and exists (select 1 from people_roleheld r where r.person_id = NEW.supervisor_id"
        " and r.role = 'coordinator' and r.until_at is null"
        " and (r.programme_id = NEW.programme_id or r.programme_id is null))",
        says="A practice supervisor is somebody else than the line manager.",
        columns=("supervisor_id", "programme_id", "ended_at"),
    )
)
never(
    Never(
        name="supervision_not_each_other",
        table="supervision_supervision",
        app="supervision",
        when="NEW.ended_at is null and exists (select 1 from supervision_supervision s where s.ended_at is null"
        " and s.programme_id = NEW.programme_id and s.supporter_id = NEW.supervisor_id"
        " and s.supervisor_id = NEW.supporter_id)",
        says="Two people cannot be each other's practice supervisors.",
        columns=("supervisor_id", "supporter_id", "programme_id", "ended_at"),
    )
)
within_one_organisation("supervision_supervising", of_person("person_id"), of_programme())
within_one_organisation(
    "supervision_supervision", of_programme(), of_person("supporter_id"), of_person("supervisor_id")
)
within_one_organisation(
    "supervision_agendaitem", of_person("author_id"), of_row("supervision_supervision", "supervision_id")
)
