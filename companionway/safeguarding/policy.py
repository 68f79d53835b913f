"""Who may tell, read and decide. Whoever a record is about, or is too close to it, is a stranger to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people import roles
from companionway.people.models import Person, Programme, RoleHeld
from companionway.safeguarding.models import Concerned, Reading, RecordQuerySet, SafeguardingRecord
from companionway.safeguarding.states import MOVES, RecordState

RECORD: Final = "safeguarding.record"
ADMINISTER: Final = "people.administer"
# One reason holds for a stretch of work, not for ever.
STAYS_OPEN: Final = timedelta(hours=2)


def readable_by(actor: Person) -> RecordQuerySet:
    """The records of my programmes as a lead, without those about me and those I am too close to."""
    mine = SafeguardingRecord.objects.filter(programme__in=actor.programmes_with(RECORD))
    return mine.exclude(pk__in=Concerned.objects.filter(person=actor).values("record"))


def opened_by(actor: Person, now: datetime) -> RecordQuerySet:
    """Those of them that I wrote myself, or opened with a reason a short while ago."""
    reading = Reading.objects.filter(
        record=OuterRef("pk"), reader=actor, read_at__gt=now - STAYS_OPEN, read_at__lte=now
    )
    return readable_by(actor).filter(Q(author=actor) | Exists(reading))


def written_by(actor: Person) -> RecordQuerySet:
    """What I told: of these I see my own words and the answer to me, nothing else."""
    return SafeguardingRecord.objects.filter(author=actor)


def visible_to(actor: Person) -> RecordQuerySet:
    """Every record of which the actor may see anything at all."""
    seen = Q(author=actor) | Q(pk__in=readable_by(actor).values("pk"))
    return SafeguardingRecord.objects.filter(seen)


def may_view(actor: Person, record: SafeguardingRecord) -> Verdict:
    if record.author_id == actor.pk or may_read(actor, record):
        return YES
    return no(_("This is not open to you."))


def may_read(actor: Person, record: SafeguardingRecord) -> Verdict:
    """As a lead: who holds the permission in its programme, and is not concerned."""
    if record.programme_id not in actor.programmes_with(RECORD):
        return no(_("Only a safeguarding lead reads this."))
    if record.concerned.filter(person=actor).exists():
        return no(_("This is not open to you."))
    return YES


def leads_of(programme: Programme | int) -> QuerySet[Person]:
    """Who reads records in a programme."""
    pk = programme.pk if isinstance(programme, Programme) else programme
    held = RoleHeld.objects.filter(
        Q(programme=pk) | Q(programme=None),
        person=OuterRef("pk"),
        role__in=roles.roles_granting(RECORD),
        until_at=None,
    )
    organisation = Programme.objects.filter(pk=pk).values("organisation")
    here = Person.objects.here().filter(organisation__in=organisation)
    return here.filter(Exists(held)).order_by("name", "pk")


def readers_of(record: SafeguardingRecord) -> QuerySet[Person]:
    return leads_of(record.programme_id).exclude(pk__in=record.concerned.values("person"))


def team_of(programme: Programme | int) -> QuerySet[Person]:
    """Everybody of the team of a programme: whom somebody may name as too close."""
    pk = programme.pk if isinstance(programme, Programme) else programme
    held = RoleHeld.objects.filter(Q(programme=pk) | Q(programme=None), role__in=roles.STAFF, until_at=None)
    organisation = Programme.objects.filter(pk=pk).values("organisation")
    here = Person.objects.here().filter(organisation__in=organisation)
    return here.filter(pk__in=held.values("person")).order_by("name", "pk")


def programmes_told_in(actor: Person) -> QuerySet[Programme]:
    """Where somebody takes part; a role in the whole organisation reaches all of its programmes.

    Asked of the roles that are held, proved or not: to tell must not wait for a second proof.
    """
    held = [held_in for _role, held_in in actor.roles_kept]
    mine = Q(pk__in=[each for each in held if each is not None])
    everywhere = Q(organisation=actor.organisation_id) if None in held else Q(pk__in=[])
    return Programme.objects.filter(mine | everywhere).order_by("name", "pk")


def may_tell(actor: Person, programme: Programme, kept_from: Collection[int]) -> Verdict:
    if not programmes_told_in(actor).filter(pk=programme.pk).exists():
        return no(_("You do not take part here."))
    if not leads_of(programme).exclude(pk__in=kept_from).exists():
        return no(_("Nobody here could read this. Please turn to the contact outside, named on this page."))
    return YES


def may_add(actor: Person, record: SafeguardingRecord) -> Verdict:
    return may_view(actor, record)


def may_move(actor: Person, record: SafeguardingRecord, state: RecordState) -> Verdict:
    """`record` asked for with `standing()`."""
    if state not in MOVES[record.state]:
        return no(_("This has been done already."))
    return may_read(actor, record)


def may_keep_from(actor: Person, record: SafeguardingRecord, person: Person) -> Verdict:
    """Somebody must remain who can read it."""
    if not readers_of(record).exclude(pk=person.pk).exists():
        return no(_("Then nobody here could read this. Another lead has to be named first."))
    if person.organisation_id != record.programme.organisation_id:
        return no(_("You do not meet this person here."))
    return may_read(actor, record)


def may_arrange(actor: Person) -> Verdict:
    if actor.holds(RECORD) or actor.holds(ADMINISTER):
        return YES
    return no(_("A safeguarding lead or an administrator does this."))


def may_check_duties(actor: Person) -> Verdict:
    return YES if actor.holds(RECORD) else no(_("A safeguarding lead does this."))


def people_named_in(record: SafeguardingRecord) -> QuerySet[Person]:
    """Whom a lead may name as concerned: everybody of its programme, and of the team."""
    held = RoleHeld.objects.filter(Q(programme=record.programme_id) | Q(programme=None))
    here = Person.objects.of(record.programme.organisation_id).here()
    return here.filter(pk__in=held.values("person")).order_by("name", "pk")
