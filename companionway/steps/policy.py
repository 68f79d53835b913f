"""Who may see what. A book is its person's alone, whatever anybody's role. An agreement is seen by its two.

The words agreed on are shown to whoever holds the meeting only where the member ticked that. Coordinators: never.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.meetings import policy as meetings
from companionway.people import policy as people_policy
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person, RoleHeld
from companionway.people.queries import is_stopped, takes_no_part
from companionway.safety import queries as safety
from companionway.steps.models import Book, Company, CompanyQuerySet
from companionway.steps.states import State
from companionway.support import policy as support
from companionway.support.states import State as Walk

# While two have a pause, nobody is asked for anything.
WALKING = (Walk.MEETING, Walk.WALKING, Walk.ENDING)


def visible_to(actor: Person) -> QuerySet[Book]:
    """One's own book. There is no second way to one."""
    return Book.objects.filter(person=actor)


def may_view(actor: Person, book: Book) -> Verdict:
    return YES if book.person_id == actor.pk else _closed()


def companies_of(actor: Person) -> CompanyQuerySet:
    """Every agreement that this person is one of the two of, over or not: to stop it, and to report its words."""
    return Company.objects.filter(Q(member=actor) | Q(companion=actor))


def companies_open_to(actor: Person, now: datetime) -> CompanyQuerySet:
    """The same as far as it may go on at this moment: nothing stands between the two, and its ground still holds."""
    kept = safety.people_kept_from(actor.pk)
    rows = going_on(companies_of(actor), now)
    return rows.exclude(Q(member__in=kept) | Q(companion__in=kept))


def told_to_holders(actor: Person, now: datetime) -> CompanyQuerySet:
    """What holders of a meeting may know, because the member ticked it and the companion said yes."""
    held = {"person": actor, "holds_frame": True, "since_at__lte": now}
    still = Q(meeting__series__holders__until_at=None) | Q(meeting__series__holders__until_at__gt=now)
    mine = Q(**{f"meeting__series__holders__{key}": value for key, value in held.items()})
    found = Company.objects.filter(mine & still, tells_holders=True, state=State.YES).values("pk")
    rows = going_on(Company.objects.filter(pk__in=found), now)
    kept = safety.people_kept_from(actor.pk)
    return rows.exclude(Q(member__in=kept) | Q(companion__in=kept) | Q(member=actor))


def going_on(rows: CompanyQuerySet, now: datetime) -> CompanyQuerySet:
    """Not run out; both are here and take part; they walk together still, or the companion holds the meeting still."""
    belongs = RoleHeld.objects.filter(
        person=OuterRef("member"), programme=OuterRef("programme"), until_at=None
    )
    # Of ages that are brought together: between the two of a walk a coordinator decides, elsewhere they are the same.
    walks = Q(relationship__state__in=WALKING, relationship__ages_differ_at=None)
    of_one_age = Q(hold__isnull=False, member__age_band=F("companion__age_band"))
    still_holds = Q(hold__until_at=None) | Q(hold__until_at__gt=now)
    ground = walks | Q(of_one_age & still_holds & Exists(belongs))
    here: dict[str, Any] = {
        f"{who}__{key}": value
        for who in ("member", "companion")
        for key, value in (("is_active", True), ("erased_at", None))
    }
    rows = rows.live(now).filter(ground, **here)
    return rows.exclude(takes_no_part(OuterRef("member"), OuterRef("programme"))).exclude(
        takes_no_part(OuterRef("companion"), OuterRef("programme"))
    )


def may_see(actor: Person, company: Company, now: datetime) -> Verdict:
    if companies_open_to(actor, now).filter(pk=company.pk).exists():
        return YES
    return no(_("This is over."))


def may_ask_in(programme: Any) -> Verdict:
    if not programme.keeps_agreements:
        return no(_("Here nothing is written down: ask them in your own words."))
    return YES


def could_ask_supporter(actor: Person, walk: Any) -> Verdict:
    """Whether one's own supporter is somebody to offer; `may_ask_supporter` asks everything."""
    if walk.member_id != actor.pk or walk.state not in WALKING or walk.ages_differ_at is not None:
        return no(_("You are not walking together at the moment."))
    return may_ask_in(walk.programme)


def may_ask_supporter(actor: Person, walk: Any) -> Verdict:
    if not (offered := could_ask_supporter(actor, walk)):
        return offered
    if not (free := support.may_write_beside(walk)):
        return free
    return _together(actor, walk.supporter, walk.programme)


def could_ask_holder(actor: Person, hold: Any, now: datetime) -> Verdict:
    """Whether somebody in a service position of an enterable meeting is somebody to offer."""
    programme, still = hold.series.programme, hold.until_at is None or hold.until_at > now
    if not still or hold.since_at > now:
        return no(_("They do not hold a meeting that is open to you."))
    if not (written := may_ask_in(programme)):
        return written
    rules = GroupRules.of(programme)
    if rules and rules.read_first:
        return no(_("Everything is read first here. Please ask them in the meeting."))
    return people_policy.may_be_brought_together(programme, actor, hold.person)


def may_ask_holder(actor: Person, hold: Any, now: datetime) -> Verdict:
    if not meetings.enterable_by(actor).filter(pk=hold.series_id).exists():
        return no(_("They do not hold a meeting that is open to you."))
    if not (offered := could_ask_holder(actor, hold, now)):
        return offered
    return _together(actor, hold.person, hold.series.programme)


def _together(actor: Person, other: Person, programme: Any) -> Verdict:
    if actor.pk == other.pk:
        return no(_("Please choose somebody else."))
    if not (other.is_active and other.erased_at is None) or safety.never_together(actor.pk, other.pk):
        return no(_("This person cannot be asked at the moment."))
    if is_stopped(actor, programme) or is_stopped(other, programme):
        return no(_("One of the two takes no part here at the moment."))
    return YES


def may_answer(actor: Person, company: Company, now: datetime) -> Verdict:
    """Yes, no, another time: the one who was asked, as long as it waits for them."""
    if company.companion_id != actor.pk or company.state != State.ASKED:
        return no(_("This does not wait for you."))
    return may_see(actor, company, now)


def may_take_other_time(actor: Person, company: Company, now: datetime) -> Verdict:
    if company.member_id != actor.pk or company.other_at is None:
        return no(_("This does not wait for you."))
    if company.other_at <= now:
        return no(_("That time is over already."))
    return may_see(actor, company, now)


def may_stop(actor: Person, company: Company, now: datetime) -> Verdict:
    """Either of the two, at any time, without a reason, whatever else stands between."""
    if actor.pk not in company.people_ids:
        return _closed()
    return YES if company.is_live(now) else no(_("This is over already."))


def _closed() -> Verdict:
    return no(_("This is not open to you."))
