"""Who may see a person, and who may set up what. One's own things are one's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people import roles
from companionway.people.models import (
    SHORT_DAYS,
    Authenticator,
    Consent,
    Device,
    Organisation,
    Passkey,
    Person,
    PersonQuerySet,
    ProfileItem,
    Programme,
    RoleHeld,
    Stop,
)
from companionway.people.nights import Night, night_of, said_at

ADULT, YOUNG = "adult", "young"


def band_served(programme: Programme, supporter: Person, trained_for: str = "") -> str:
    """The one age band whose people may be brought together with this supporter here; "" for none.

    Adults with adults. Young people only where the programme takes them and lets its staff read first, with somebody
    trained for them (`trained_for`: what their practice says; without one it is their own band). A supporter who is
    young themselves is there for young people only. Source: issue 4 ("age bands enforced everywhere"), safety.md 8.
    """
    band = trained_for or supporter.age_band
    if band not in programme.takes or (band == YOUNG and not programme.coordinator_sees):
        return ""
    return "" if band == ADULT and supporter.age_band != ADULT else band


def may_be_brought_together(
    programme: Programme, member: Person, supporter: Person, trained_for: str = ""
) -> Verdict:
    """The one rule of age that every way of bringing two people together asks."""
    if member.age_band == band_served(programme, supporter, trained_for):
        return YES
    return no(_("These two people cannot be introduced."))


def may_write_at(night: Night | None, now: datetime) -> Verdict:
    """Nobody writes in groups and meetings in the quiet hours that the practice model names. Source: domain.md 1.2."""
    return no(why) if (why := said_at(night, now)) else YES


def may_write_at_this_hour(programme: Programme, now: datetime) -> Verdict:
    return may_write_at(night_of(programme), now)


def may_belong(person: Person, role: str, programme: Programme | None) -> Verdict:
    """Members are of an age the programme takes; whoever is young takes part only where young people do."""
    if programme is None or (role != roles.MEMBER and person.age_band == ADULT):
        return YES
    if person.age_band in programme.takes:
        return YES
    return no(_("This programme does not take people of that age."))


def may_set_age(actor: Person, person: Person) -> Verdict:
    """An administrator, after somebody said it: not for themselves."""
    if actor.pk == person.pk:
        return no(_("Somebody else keeps this for you."))
    return may_manage(actor, person) and may_administer(actor)


STOP: Final = "safety.answer_reports"
LATELY: Final = timedelta(days=30)
"""A second short stop within this time needs two people as well: many short ones are one long one."""


def visible_to(actor: Person) -> PersonQuerySet:
    """Persons whose name and roles `actor` may see: oneself, and for an administrator everybody of the organisation."""
    if actor.holds("people.administer"):
        return Person.objects.of(actor.organisation_id).here()
    return Person.objects.here().filter(pk=actor.pk)


def items_visible_to(actor: Person) -> QuerySet[ProfileItem]:
    """Profile items to work on: one's own. What others may read of them goes through `queries.profile_items`."""
    return ProfileItem.objects.filter(person=actor)


def consents_visible_to(actor: Person) -> QuerySet[Consent]:
    return Consent.objects.filter(person=actor)


def devices_visible_to(actor: Person) -> QuerySet[Device]:
    return Device.objects.filter(person=actor, ended_at=None)


def passkeys_visible_to(actor: Person) -> QuerySet[Passkey]:
    return Passkey.objects.filter(person=actor)


def programmes_visible_to(actor: Person) -> QuerySet[Programme]:
    """Programmes an administrator may set up."""
    return Programme.objects.filter(pk__in=actor.programmes_with("people.administer"))


def roles_visible_to(actor: Person) -> QuerySet[RoleHeld]:
    """Roles held, for those who give and end them; the organisation's own roles only for its administrators."""
    if (None in [where for role, where in actor.roles_now if role == roles.ADMINISTRATOR]) is False:
        return RoleHeld.objects.filter(programme__in=actor.programmes_with("people.administer"))
    return RoleHeld.objects.filter(person__organisation=actor.organisation_id)


def may_change_own(actor: Person, person: Person) -> Verdict:
    """Profile, needs, consent, devices: nobody else decides."""
    return YES if actor.pk == person.pk else no(_("Only the person themselves can change this."))


def may_administer(actor: Person, programme: Programme | None = None) -> Verdict:
    """Set up one's organisation (programme None) or one of its programmes."""
    if programme is None:
        is_one = any(role == roles.ADMINISTRATOR and where is None for role, where in actor.roles_now)
    else:
        is_one = actor.holds("people.administer", programme)
    if is_one:
        return YES
    return no(_("Only an administrator can set this up."))


def may_manage(actor: Person, person: Person) -> Verdict:
    """Give roles to, end roles of and invite people of one's own organisation only."""
    if person.organisation_id != actor.organisation_id:
        return no(_("Only an administrator can set this up."))
    return YES


def may_guard(actor: Person) -> Verdict:
    """The master key and how long things are kept, for the whole installation: its first organisation's administrators.

    A staff role counts only in a session that showed a second proof, so no passphrase alone comes here.
    """
    if actor.organisation_id != Organisation.objects.order_by("pk").values_list("pk", flat=True).first():
        return no(_("The organisation that runs this installation decides this."))
    return may_administer(actor) if actor.is_strong else no(_("Please show your second proof first."))


def may_give_role(actor: Person, role: str, programme: Programme | None) -> Verdict:
    """An administrator gives roles; the organisation-wide ones only an administrator of the organisation."""
    if role not in roles.GRANTS:
        return no(_("There is no such role."))
    if programme is None and role != roles.ADMINISTRATOR:
        return no(_("This role belongs to a programme: choose which one."))
    return may_administer(actor, programme)


def may_end_role(actor: Person, held: RoleHeld) -> Verdict:
    """Anybody may lay down a role of their own; an administrator may end one in what they set up."""
    if held.role == roles.ADMINISTRATOR and held.programme_id is None and _is_last(held):
        return no(_("This is the last administrator. Give somebody else the role first."))
    if held.person_id == actor.pk:
        return YES
    return may_manage(actor, held.person) and may_administer(actor, held.programme)


def _is_last(held: RoleHeld) -> bool:
    here = Person.objects.of(held.person.organisation_id).here()
    others = RoleHeld.objects.filter(role=held.role, programme=None, until_at=None, person__in=here)
    return not others.exclude(person_id=held.person_id).exists()


def may_import(actor: Person) -> Verdict:
    return (
        YES if actor.holds("people.import") else no(_("Only an administrator can bring in a list of people."))
    )


def may_add_way_in(actor: Person) -> Verdict:
    """A stolen passphrase of a colleague must not be enough to add a second proof of one's own.

    The first second proof is set up with the passphrase alone; after that only a session that showed one may add more.
    """
    is_guarded = any(role in roles.STAFF for role, _where in actor.roles_kept)
    if actor.is_strong or not is_guarded:
        return YES
    has_app = Authenticator.objects.filter(person=actor, confirmed_at__isnull=False).exists()
    if has_app or Passkey.objects.filter(person=actor).exists():
        return no(_("Please show the second proof you already have first."))
    return YES


def needs_two(person: Person, days: int | None, now: datetime) -> bool:
    """Whether nobody alone may stop this person for so long. Source: issue 4, a second pair of eyes."""
    lately = Stop.objects.filter(person=person, goes_with=None, seconded_by=None, began_at__gt=now - LATELY)
    return days is None or days > SHORT_DAYS or lately.exists()


def may_stop(actor: Person, first: Person | None, person: Person, days: int | None, now: datetime) -> Verdict:
    """Stop somebody from taking part: alone for a few days, or as the second of two different people."""
    if person.pk in {actor.pk, first.pk if first else None} or first is not None and first.pk == actor.pk:
        return no(_("This needs two different people, and neither may be the person it is about."))
    for each in (actor, first):
        if each is not None and not (each.holds(STOP) and each.organisation_id == person.organisation_id):
            return no(_("This is for those who answer reports here."))
    if first is None and needs_two(person, days, now):
        return no(_("This holds when a second person has read it and agreed."))
    last = RoleHeld.objects.filter(person=person, role=roles.ADMINISTRATOR, programme=None, until_at=None)
    if any(_is_last(held) for held in last):
        return no(_("This is the last administrator. Give somebody else the role first."))
    return YES


def may_extend_stop(actor: Person, stop: Stop, person: Person) -> Verdict:
    """Two people decided it already, where two were needed; and two have recorded that both names are one person's."""
    if person.pk in {actor.pk, stop.decided_by_id, stop.seconded_by_id} or not actor.holds(STOP):
        return no(_("This needs two different people, and neither may be the person it is about."))
    return may_manage(actor, person)


def may_hold_role(person: Person, programme: Programme | None) -> Verdict:
    if Stop.objects.covering(person.pk, programme.pk if programme else None).exists():
        return no(_("This person takes no part here at the moment. Their statement says until when."))
    return YES
