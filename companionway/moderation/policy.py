"""Who decides, who reads it second, who is told, who hears an appeal. Nobody judges about somebody near to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.conversations import policy as conversations
from companionway.conversations import queries as conversations_queries
from companionway.foundation.policy import YES, Verdict, no
from companionway.groups import policy as groups
from companionway.moderation.models import Appeal, Decision, DecisionQuerySet, PanelYes, SamePerson, Seat
from companionway.moderation.near import near, same_as
from companionway.moderation.states import APPEAL_WITHIN, STOPS, Outcome, State
from companionway.noticing.models import Noticed, NoticedQuerySet
from companionway.noticing.states import Side
from companionway.people import policy as people
from companionway.people import roles
from companionway.people.models import Person, PersonQuerySet, Programme, RoleHeld, Stop
from companionway.safety import policy as safety

ANSWER, ADMINISTER = safety.ANSWER, "people.administer"


def visible_to(actor: Person) -> DecisionQuerySet:
    """The statements about oneself."""
    return Decision.objects.told().filter(about=actor)


def _away_from(actor: Person) -> Q:
    """Never a decision about somebody near, nor one that began with a report of one's own."""
    return Q(about__in=near(actor.pk)) | Q(report__reporter__in=same_as(actor.pk))


def handled_by(actor: Person) -> DecisionQuerySet:
    """Those of the programmes in which the actor answers reports; everywhere here what waits for a second."""
    if not actor.holds(ANSWER):
        return Decision.objects.none()
    here = Decision.objects.filter(programme__organisation=actor.organisation_id)
    mine = Q(programme__in=actor.programmes_with(ANSWER)) | Q(state=State.WAITING)
    near_to = here.filter(_away_from(actor)).values("pk")
    return here.filter(mine).exclude(pk__in=near_to)


def may_decide(actor: Person, about: Person | None) -> Verdict:
    """About this person; that the report or the cue is theirs to read, its own room says."""
    if not actor.holds(ANSWER):
        return no(_("This is for those who answer reports here."))
    if about is None or about.erased_at is not None:
        return no(_("This person has left and deleted everything."))
    if about.pk in near(actor.pk):
        return no(_("You are too near to this person to decide about them. Somebody else does."))
    return YES


def may_second(actor: Person, decision: Decision) -> Verdict:
    """Somebody else with the same permission, who is as far from the person. Source: issue 4, second pair of eyes."""
    if decision.made_by_id == actor.pk:
        return no(_("A second person reads this, not whoever wrote it."))
    if decision.state != State.WAITING or not handled_by(actor).filter(pk=decision.pk).exists():
        return no(_("This does not wait for you."))
    return YES


def _answering(organisation_id: int) -> PersonQuerySet:
    held = RoleHeld.objects.filter(until_at=None, role__in=roles.roles_granting(ANSWER))
    return Person.objects.of(organisation_id).here().filter(pk__in=held.values("person"))


def answering_beside(actor: Person) -> PersonQuerySet:
    """Everybody else here who answers reports."""
    return _answering(actor.organisation_id).exclude(pk=actor.pk)


def seconds(decision: Decision) -> PersonQuerySet:
    """Who could read it second; empty when the organisation has nobody."""
    away = {decision.made_by_id, decision.report.reporter_id if decision.report else None}
    away |= near(decision.about_id) if decision.about_id else set()
    return _answering(decision.programme.organisation_id).exclude(pk__in=[each for each in away if each])


def needs_two(decision: Decision, now: datetime) -> bool:
    """A long stop; and the second of several stops, or of several messages, that one alone decided within a month."""
    if decision.outcome in STOPS and (
        decision.about is None or people.needs_two(decision.about, decision.days, now)
    ):
        return True
    if decision.outcome == Outcome.LEFT_OUT:
        return True
    if decision.message_id is None:
        return False
    alone = Decision.objects.filter(second=None, taken_away_at__gt=now - people.LATELY)
    return alone.filter(about__in=same_as(decision.about_id or 0)).exists()


def message_told_of(report: Any, noticed: Noticed | None) -> int | None:
    """The message that a report or a cue is about; none where it is about a person, or about words that wait."""
    if report is not None:
        kind, _colon, number = report.subject.partition(":")
        return int(number) if kind == "message" and number.isascii() and number.isdigit() else None
    return noticed.message_id if noticed is not None and noticed.message_id > 0 else None


def may_take_away(
    actor: Person, about: Person | None, programme: Programme, message_id: int | None
) -> Verdict:
    """The message told of, while it is there; never where the actor is or was in the conversation."""
    message = conversations_queries.message(message_id) if message_id is not None else None
    if message is None or about is None or message.author_id != about.pk:
        return no(_("This is not about one message."))
    if message.conversation.programme_id != programme.pk:
        return no(_("This is not about one message."))
    return may_decide(actor, about) and conversations.may_take_away(actor, message)


def groups_left_out_of(programme: Programme) -> QuerySet[Any, Any]:
    """Groups of this programme of which the team may leave somebody out; none where groups decide that themselves."""
    return groups.groups_the_team_decides_of(programme).order_by("name", "pk")


def may_appeal(actor: Person, decision: Decision, now: datetime) -> Verdict:
    """Once, in one's own words, within four weeks of finding it. Source: issue 4, appeal."""
    if decision.about_id != actor.pk or not visible_to(actor).filter(pk=decision.pk).exists():
        return no(_("Only the person it is about can appeal."))
    if Appeal.objects.filter(decision=decision).exists():
        return no(_("You have appealed. It is heard once."))
    if decision.holds_at is None or now > decision.holds_at + APPEAL_WITHIN:
        return no(_("The four weeks for an appeal have passed."))
    return YES


def panel_for(decision: Decision) -> PersonQuerySet:
    """Whoever said yes to panels, without those who decided, reported, are near, or take no part themselves."""
    report = decision.report
    away = {decision.made_by_id, decision.second_id, report.reporter_id if report else None}
    away |= near(decision.about_id) if decision.about_id else set()
    willing = Person.objects.of(decision.programme.organisation_id).here()
    willing = willing.filter(pk__in=PanelYes.objects.values("person"), paused_at=None)
    stopped = Stop.objects.live().values("person")
    return willing.exclude(pk__in=[each for each in away if each]).exclude(pk__in=stopped)


def with_lived_experience(people_asked: PersonQuerySet) -> PersonQuerySet:
    """Members and peer supporters: whoever holds such a role here now."""
    held = RoleHeld.objects.filter(person=OuterRef("pk"), until_at=None)
    return people_asked.filter(Exists(held.filter(role__in=(roles.MEMBER, roles.SUPPORTER))))


def may_say_yes(actor: Person) -> Verdict:
    """Anybody who takes part here in any way."""
    return YES if actor.roles_kept else no(_("You take no part here at the moment."))


def seats_visible_to(actor: Person) -> QuerySet[Seat]:
    return Seat.objects.filter(person=actor, declined_at=None, decision__about__isnull=False)


def may_view(actor: Person, seat: Seat) -> Verdict:
    if seat.person_id != actor.pk or seat.declined_at is not None:
        return no(_("This is for the three on the panel."))
    if seat.decision.appeal.answered_at is not None:
        return no(_("The panel has answered. Thank you."))
    return YES


def noticed_decided_by(actor: Person, now: datetime) -> NoticedQuerySet:
    """What was noticed about conduct and opened with a reason by this person, who takes no part in it."""
    return conversations.noticed_read_by(actor, now).filter(side=Side.CONDUCT)


def may_see_log(actor: Person) -> Verdict:
    return YES if actor.holds(ADMINISTER) else no(_("This is for administrators."))


def may_see_again(actor: Person) -> Verdict:
    return YES if actor.holds(ANSWER) else no(_("This is for those who answer reports here."))


def same_visible_to(actor: Person) -> QuerySet[SamePerson]:
    """For those who answer reports; never what is about themselves."""
    live = SamePerson.objects.filter(ended_at=None, recorded_by__organisation=actor.organisation_id)
    mine = Q(one=actor) | Q(other=actor)
    return live.exclude(mine) if actor.holds(ANSWER) else live.none()


def people_named_by(actor: Person) -> PersonQuerySet:
    """Whom an answerer may name as one person: those of their programmes, now or earlier, never themselves."""
    held = RoleHeld.objects.filter(programme__in=actor.programmes_with(ANSWER))
    here = Person.objects.of(actor.organisation_id).here()
    return here.filter(pk__in=held.values("person")).exclude(pk=actor.pk)


def may_record_same(actor: Person, one: Person, other: Person) -> Verdict:
    if one.pk == other.pk:
        return no(_("Please choose two different people."))
    if people_named_by(actor).filter(pk__in={one.pk, other.pk}).count() != 2:
        return no(_("This is for those who answer reports here."))
    return YES


def may_confirm_same(actor: Person, same: SamePerson) -> Verdict:
    if same.recorded_by_id == actor.pk:
        return no(_("A second person says yes to this, not whoever recorded it."))
    if same.confirmed_at is not None or not same_visible_to(actor).filter(pk=same.pk).exists():
        return no(_("This does not wait for you."))
    return YES


def appeal_is_late(appeal: Appeal, now: datetime) -> bool:
    return appeal.answered_at is None and now >= appeal.due_at


LOOKED_BACK = timedelta(days=2)
"""Cues are told to supervisors once; older ones were told, or were from before somebody was held."""


def writer_of(noticed: Noticed) -> Person | None:
    return Person.objects.filter(pk=conversations_queries.author_of(noticed.message_id) or 0).first()
