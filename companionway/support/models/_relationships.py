"""Two people walking together for a while, in one programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from companionway.foundation.constraints import Never, never
from companionway.foundation.models import new_public_id
from companionway.people.models import of_person, of_programme, of_row, within_one_organisation
from companionway.support.states import MOVES, OPEN, Spacing, State

if TYPE_CHECKING:
    from companionway.people.models import Person


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    def open(self) -> RelationshipQuerySet:
        return self.filter(state__in=OPEN)

    def of(self, person_id: int) -> RelationshipQuerySet:
        return self.filter(Q(member_id=person_id) | Q(supporter_id=person_id))

    def between(self, a_id: int, b_id: int) -> RelationshipQuerySet:
        return self.filter(Q(member_id=a_id, supporter_id=b_id) | Q(member_id=b_id, supporter_id=a_id))


class Relationship(models.Model):
    """One walk of two people. What is sealed here opens with the relationship's own key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="relationships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="walks_as_member")
    supporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="walks_as_supporter")
    state = models.CharField(max_length=10, choices=State, default=State.MEETING)
    conversation_id = models.BigIntegerField(null=True)
    # Why the two were introduced, in words that both may read: sealed list of strings.
    sealed_reasons = models.BinaryField(null=True)
    began_at = models.DateTimeField()
    walking_at = models.DateTimeField(null=True)
    first_met_on = models.DateField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateField(null=True)
    # A few words about the pause from whoever asked for it; gone when the two come back.
    sealed_pause = models.BinaryField(null=True)
    ending_at = models.DateTimeField(null=True)
    last_meeting_on = models.DateField(null=True)
    spacing = models.CharField(max_length=16, choices=Spacing, blank=True)
    ended_at = models.DateTimeField(null=True)
    ending_kind = models.CharField(max_length=40, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Their ages no longer fit since then, and no coordinator has decided yet.
    ages_differ_at = models.DateTimeField(null=True)
    # Who would like to walk again; a new walk begins when the other says yes.
    again_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    came_after = models.OneToOneField("self", models.SET_NULL, null=True, related_name="goes_on_in")

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("supporter")), name="support_two_people"),
            models.CheckConstraint(
                condition=Q(state=State.ENDED) ^ Q(ended_at=None), name="support_ended_has_a_date"
            ),
            models.UniqueConstraint(
                Least("member", "supporter"),
                Greatest("member", "supporter"),
                "programme",
                condition=~Q(state=State.ENDED),
                name="support_one_open_walk_each",
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="support_programme_state")]

    def __str__(self) -> str:
        return f"relationship {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def people_ids(self) -> tuple[int, int]:
        return self.member_id, self.supporter_id

    def includes(self, person: Person) -> bool:
        return person.pk in self.people_ids

    def other_of(self, person: Person) -> Person:
        return self.supporter if person.pk == self.member_id else self.member

    def may_move(self, to: State) -> bool:
        return to in MOVES[State(self.state)]

    @property
    def is_only_theirs(self) -> bool:
        """Nothing is told upward and nothing stays when it stops: no planned ending, no letters, no questions."""
        return not self.programme.coordinator_sees and not self.programme.keeps_ending_reasons

    @property
    def where_we_were(self) -> State:
        """Where a pause, or an ending taken back, leads to."""
        return State.WALKING if self.walking_at else State.MEETING


never(
    Never(
        name="support_never_ending_reasons",
        table="support_relationship",
        app="support",
        when="(NEW.ending_kind <> '' or NEW.ended_by_id is not null)"
        " and not (select keeps_ending_reasons from people_programme where id = NEW.programme_id)",
        says="This programme never keeps why or by whom a relationship ended.",
    )
)
never(
    Never(
        name="support_never_attendance",
        table="support_relationship",
        app="support",
        when="NEW.first_met_on is not null"
        " and not (select keeps_attendance from people_programme where id = NEW.programme_id)",
        says="This programme never keeps when people met.",
    )
)


# The last wall of the one rule of age (`people.policy`), for a path that never asked it. Who is together already stays:
# an age that changes meanwhile is a coordinator's to look at.
never(
    Never(
        name="support_of_one_age",
        table="support_relationship",
        app="support",
        when="not exists (select 1 from support_relationship r where r.id = NEW.id) and not exists ("
        "select 1 from people_person m join people_person s on s.id = NEW.supporter_id"
        " join people_programme p on p.id = NEW.programme_id left join practice_supporterpractice t"
        " on t.person_id = s.id and t.programme_id = p.id where m.id = NEW.member_id"
        " and m.age_band = coalesce(t.supports_band, s.age_band)"
        " and ((m.age_band = 'adult' and s.age_band = 'adult' and (cast(p.age_bands as text) = '[]'"
        " or cast(p.age_bands as text) like '%\"adult\"%')) or (m.age_band = 'young' and p.coordinator_sees"
        " and cast(p.age_bands as text) like '%\"young\"%')))",
        says="These two people cannot be introduced.",
        columns=("member_id", "supporter_id", "programme_id"),
    )
)
# The same for any conversation, whoever opens it: somebody young writes with somebody young, or trained for them.
never(
    Never(
        name="support_talk_of_one_age",
        table="conversations_participant",
        app="support",
        when="NEW.left_at is null and not exists (select 1 from conversations_participant i where i.id = NEW.id)"
        " and exists (select 1 from conversations_participant o join conversations_conversation c"
        " on c.id = o.conversation_id join people_programme p on p.id = c.programme_id"
        " join people_person a on a.id = NEW.person_id join people_person b on b.id = o.person_id"
        " where o.conversation_id = NEW.conversation_id and o.left_at is null and o.person_id <> NEW.person_id"
        " and (a.age_band <> 'adult' or b.age_band <> 'adult') and (not p.coordinator_sees"
        " or cast(p.age_bands as text) not like '%\"young\"%' or (a.age_band <> b.age_band and not exists ("
        "select 1 from practice_supporterpractice t where t.programme_id = p.id and t.supports_band = 'young'"
        " and t.person_id = case when a.age_band = 'adult' then a.id else b.id end))))",
        says="These two people cannot be introduced.",
        columns=("person_id", "conversation_id"),
    )
)
within_one_organisation(
    "support_relationship",
    of_programme(),
    of_person("member_id"),
    of_person("supporter_id"),
    of_row("conversations_conversation", "conversation_id"),
)
