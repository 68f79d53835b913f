"""Who may see and do what here. Every rule returns a reason a person can be shown.

Two strangers are never shown to each other: a supporter sees a need without its person, a member sees an offer
without its person, and nobody sees that somebody said no.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.introductions.models import Introduction, Request, RequestQuerySet
from companionway.introductions.states import (
    ANSWER_MOVES,
    Answer,
    Door,
    IntroductionState,
    RequestState,
)
from companionway.people import policy as people
from companionway.people import roles
from companionway.people.models import Organisation, Person, Programme
from companionway.people.practice_models import PracticeModel

MOST_OPEN_ASKS = 3
"""So that every ask is a real one, and nobody is left holding questions that many others hold too."""


def visible_to(actor: Person) -> QuerySet[Introduction]:
    """Introductions one is part of, and for coordinators those of programmes that report upward at all.

    A need that a supporter passed by was never an introduction for the member: it is not there for them.
    """
    passed_by = Q(door=Door.OFFER) & ~Q(supporter_answer=Answer.YES)
    coordinated = _coordinated(actor)
    return Introduction.objects.filter(
        (Q(request__member=actor) & ~passed_by)
        | Q(supporter=actor)
        | Q(request__programme__in=coordinated, request__programme__coordinator_sees=True)
    )


def may_view(actor: Person, introduction: Introduction) -> Verdict:
    request = introduction.request
    if actor.pk == introduction.supporter_id:
        return YES
    if actor.pk == request.member_id and not (
        introduction.door == Door.OFFER and introduction.supporter_answer != Answer.YES
    ):
        return YES
    if request.programme.coordinator_sees and actor.holds("introductions.coordinate", request.programme_id):
        return YES
    return no(_("This is not open to you."))


def mine(actor: Person) -> QuerySet[Introduction]:
    """Those the actor is one of the two of: the only ones with anything to answer."""
    return visible_to(actor).filter(Q(request__member=actor) | Q(supporter=actor))


def requests_visible_to(actor: Person) -> RequestQuerySet:
    """One's own, and for coordinators who waits in programmes that report upward at all."""
    return Request.objects.filter(
        Q(member=actor) | Q(programme__in=_coordinated(actor), programme__coordinator_sees=True)
    )


def may_view_request(actor: Person, request: Request) -> Verdict:
    if actor.pk == request.member_id:
        return YES
    if request.programme.coordinator_sees and actor.holds("introductions.coordinate", request.programme_id):
        return YES
    return no(_("This is not open to you."))


def needs_visible_to(actor: Person) -> RequestQuerySet:
    """Requests whose need, without its person, may stand on this supporter's page.

    Theirs to answer if the hard rules allow the two to meet, which `queries.need_shown_to` asks as well.
    """
    programmes = actor.programmes_with("support.accompany")
    answered = Introduction.objects.filter(request=OuterRef("pk"), supporter=actor).exclude(
        state=IntroductionState.RESTING, door=Door.OFFER
    )
    needs = Request.objects.open().filter(programme__in=programmes, welcomes_offers=True)
    return needs.exclude(member=actor).filter(~Exists(answered))


def desks_of(actor: Person) -> QuerySet[Programme]:
    """Programmes in which the actor coordinates, whatever little their tradition lets them see."""
    mine = Programme.objects.filter(pk__in=_coordinated(actor))
    return mine.select_related("organisation").order_by("name", "pk")


def may_coordinate(actor: Person, programme: Programme) -> Verdict:
    """See the waiting list and propose: not where the tradition reports nothing upward."""
    if not actor.holds("introductions.coordinate", programme):
        return no(_("This is for the coordinators of this programme."))
    if not programme.coordinator_sees:
        return no(_("In this tradition people find each other; there is nothing to coordinate."))
    return YES


def may_ask(actor: Person, programme: Programme) -> Verdict:
    if not actor.holds("support.ask", programme):
        return no(_("To ask for somebody, first join this programme."))
    if not programme.is_open:
        return no(_("This programme takes nobody new at the moment."))
    if not (verdict := people.may_belong(actor, roles.MEMBER, programme)):
        return verdict
    if actor.paused_at is not None:
        return no(_("You are having a pause. Come back first, whenever you like."))
    return YES


def may_keep_request(actor: Person, request: Request) -> Verdict:
    """Wishes, pausing and taking back are the member's own."""
    if request.member_id != actor.pk:
        return no(_("Only the person themselves can change this."))
    if request.state not in (RequestState.OPEN, RequestState.PAUSED):
        return no(_("This request is no longer open."))
    return YES


def may_reopen(actor: Person, request: Request) -> Verdict:
    """The member's own, after a pause or when a walk has ended."""
    if request.member_id != actor.pk:
        return no(_("Only the person themselves can change this."))
    return may_ask(actor, request.programme)


def may_use_door(actor: Person, request: Request, door: Door) -> Verdict:
    """Whether the member may ask through this door, which the practice model opens or not."""
    verdict = may_keep_request(actor, request)
    if not verdict:
        return verdict
    if request.state != RequestState.OPEN:
        return no(_("Your request is having a pause. Open it again first."))
    if door not in PracticeModel.of(request.programme).doors:
        return no(_("In this programme people find each other in another way."))
    return YES


def may_answer(actor: Person, introduction: Introduction, answer: Answer) -> Verdict:
    if actor.pk not in (introduction.request.member_id, introduction.supporter_id):
        return no(_("Only the two people can answer."))
    if introduction.state not in (IntroductionState.ASKED, IntroductionState.RESTING):
        return no(_("This question is no longer open."))
    if answer not in ANSWER_MOVES[introduction.answer_of(actor.pk)]:
        return no(_("You have answered this already."))
    if introduction.request.state == RequestState.PAUSED and answer == Answer.YES:
        return no(_("This is having a pause for the moment."))
    return YES


def may_offer(actor: Person, request: Request) -> Verdict:
    """Whether this supporter may answer this need; the hard rules are asked as well."""
    if not actor.holds("support.accompany", request.programme_id) or actor.pk == request.member_id:
        return no(_("This is for the people who support others in this programme."))
    if request.state != RequestState.OPEN or not request.welcomes_offers:
        return no(_("This question is no longer open."))
    return YES


def may_propose(actor: Person, request: Request) -> Verdict:
    verdict = may_coordinate(actor, request.programme)
    if not verdict:
        return verdict
    if request.member_id == actor.pk:
        return no(_("This is your own request. Somebody else coordinates it."))
    if request.state != RequestState.OPEN:
        return no(_("They are not looking for anybody at the moment."))
    return YES


def may_choose_values(actor: Person, organisation: Organisation | None = None) -> Verdict:
    """What one's own organisation puts first."""
    is_mine = organisation is None or actor.organisation_id == organisation.pk
    if is_mine and (actor.holds("introductions.coordinate") or actor.holds("people.administer")):
        return YES
    return no(_("This is for coordinators and administrators."))


def _coordinated(actor: Person) -> list[int]:
    return actor.programmes_with("introductions.coordinate")
