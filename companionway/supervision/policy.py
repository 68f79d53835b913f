"""Who may see and do what here. What the two of a supervision write is theirs: there is no look inside, for anybody."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people import policy as people
from companionway.people.models import Person, PersonQuerySet, Programme, RoleHeld
from companionway.people.roles import COORDINATOR, roles_granting
from companionway.practice import policy as practice_policy
from companionway.safety import queries as safety
from companionway.supervision.models import (
    AgendaItem,
    Circle,
    CircleWords,
    HardContact,
    Lateness,
    OwnGains,
    Supervision,
    SupervisionQuerySet,
    Talk,
)
from companionway.supervision.states import DebriefState, TalkState


def visible_to(actor: Person) -> SupervisionQuerySet:
    """Only the two people. A supervisor reads on only while they are one, and are not the supporter's line manager."""
    held = set(actor.programmes_with("supervision.hold")) - set(managed_by(actor))
    return Supervision.objects.filter(Q(supporter=actor) | Q(supervisor=actor, programme_id__in=held))


def managed_by(actor: Person) -> list[int]:
    """Ids of the programmes in which this person is the line manager of the supporters, second proof or not."""
    where = {where for role, where in actor.roles_kept if role == COORDINATOR}
    if None in where:
        return list(Programme.objects.filter(organisation=actor.organisation_id).values_list("pk", flat=True))
    return [each for each in where if each is not None]


def may_view(actor: Person, supervision: Supervision) -> Verdict:
    if actor.pk == supervision.supporter_id:
        return YES
    if actor.pk == supervision.supervisor_id and actor.holds("supervision.hold", supervision.programme_id):
        if is_line_manager(actor, supervision.programme_id):
            return _not_the_manager()
        return YES
    return no(_("Only the two people can read this."))


def _not_the_manager() -> Verdict:
    return no(
        _(
            "Here they coordinate the programme, and so decide about the work. A practice supervisor is somebody"
            " else, so that everything can be said."
        )
    )


def is_line_manager(person: Person, programme_id: int) -> bool:
    """Whether this person coordinates the programme, and so decides about the work of those who support in it."""
    here = Q(programme=programme_id) | Q(programme=None)
    return RoleHeld.objects.filter(here, person=person, role=COORDINATOR, until_at=None).exists()


def may_supervise(person: Person, programme: Programme, *, for_whom: Person) -> Verdict:
    """Whether `person` could be the practice supervisor of `for_whom` here."""
    if person.pk == for_whom.pk:
        return no(_("Nobody is their own supervisor."))
    if is_line_manager(person, programme.pk):
        return _not_the_manager()
    if not person.holds("supervision.hold", programme) or person.erased_at is not None:
        return no(_("They are not a practice supervisor in this programme."))
    if safety.never_together(person.pk, for_whom.pk) or safety.blocked_between(person.pk, for_whom.pk):
        return no(_("They are not able to right now. Would you like to look at somebody else?"))
    if Lateness.objects.holding(programme).filter(person=person).exists():
        return no(_("They have no room for one more just now. Would you like to look at somebody else?"))
    if Supervision.objects.current().filter(
        programme=programme, supporter=person, supervisor=for_whom
    ).exists():  # fmt: skip
        return no(_("You are their supervisor already. Two people do not supervise each other."))
    return YES


def supervisors_for(person: Person, programme: Programme) -> PersonQuerySet:
    """Everybody who could be this person's practice supervisor here by the rules, whether or not they have room."""
    role = RoleHeld.objects.filter(person=OuterRef("pk"), until_at=None)
    manages = role.filter(Q(programme=programme) | Q(programme=None), role=COORDINATOR)
    holds = role.filter(programme=programme, role__in=roles_granting("supervision.hold"))
    of_mine = Supervision.objects.current().filter(programme=programme, supervisor=person)
    found = Person.objects.here().filter(Exists(holds), ~Exists(manages))
    apart = safety.people_kept_from(person.pk) | {person.pk}
    # The same rules go upward: whoever is owed a talk themselves takes nobody new until it has been.
    found = found.exclude(pk__in=Lateness.objects.holding(programme).values("person"))
    return found.exclude(pk__in=apart).exclude(pk__in=of_mine.values("supporter"))


def may_be_held(actor: Person, programme: Programme) -> Verdict:
    """Everybody who supports others here, and supervisors too: the same rules go all the way up."""
    if actor.holds("support.accompany", programme) or actor.holds("supervision.hold", programme):
        return YES
    return no(_("This is for the people who support others in this programme."))


def may_arrange(actor: Person, programme: Programme, supporter: Person) -> Verdict:
    """The supporter chooses; a coordinator may bring two together, never themselves."""
    verdict = may_be_held(supporter, programme)
    if not verdict or actor.pk == supporter.pk:
        return verdict
    return may_oversee(actor, programme)


def may_oversee(actor: Person, programme: Programme) -> Verdict:
    """Days and names of who is held by whom; not where the tradition reports nothing upward."""
    if not actor.holds("supervision.oversee", programme):
        return no(_("This is for the coordinators of this programme."))
    if not programme.coordinator_sees:
        return no(_("In this tradition nothing is reported upward, and nobody's supervision is counted."))
    return YES


def overseen_by(actor: Person) -> QuerySet[Programme]:
    """Programmes whose supervision days this coordinator keeps an eye on."""
    mine = Programme.objects.filter(pk__in=actor.programmes_with("supervision.oversee"))
    return mine.filter(coordinator_sees=True).order_by("name", "pk")


def may_hold(actor: Person, programme: Programme) -> Verdict:
    if not actor.holds("supervision.hold", programme):
        return no(_("This is for the practice supervisors of this programme."))
    return YES


def _of_the_two(actor: Person, supervision: Supervision) -> Verdict:
    verdict = may_view(actor, supervision)
    if verdict and not supervision.is_current:
        return no(_("This has ended. What you wrote stays here for a while."))
    return verdict


def may_put_on_agenda(actor: Person, supervision: Supervision) -> Verdict:
    return _of_the_two(actor, supervision)


def items_visible_to(actor: Person) -> QuerySet[AgendaItem]:
    """What is shared between the two, and one's own that is not. A private line of the other is not there."""
    return AgendaItem.objects.filter(Q(is_shared=True) | Q(author=actor), supervision__in=visible_to(actor))


def may_change_item(actor: Person, item: AgendaItem) -> Verdict:
    if item.author_id != actor.pk:
        return no(_("Only whoever put this here can change it."))
    if item.taken_up_id is not None:
        return no(_("You have talked about this already."))
    return _of_the_two(actor, item.supervision)


def talks_visible_to(actor: Person) -> QuerySet[Talk]:
    return Talk.objects.filter(supervision__in=visible_to(actor))


def may_write_talk(actor: Person, supervision: Supervision) -> Verdict:
    return _of_the_two(actor, supervision)


def may_sign(actor: Person, talk: Talk) -> Verdict:
    if not talk.may_move(TalkState.SIGNED):
        return no(_("Both of you have said yes to this already."))
    if talk.yes_of(talk.supervision.side_of(actor)):
        return no(_("You have already said yes. It holds when the other has, too."))
    # Also after the two parted: a talk that was held should count.
    return may_view(actor, talk.supervision)


def may_ask_for_another(actor: Person, supervision: Supervision) -> Verdict:
    """The supporter, at any time, without a reason."""
    if actor.pk != supervision.supporter_id:
        return no(_("Only the person themselves can change this."))
    return _of_the_two(actor, supervision)


def may_stop_supervising(actor: Person, supervision: Supervision) -> Verdict:
    if actor.pk != supervision.supervisor_id:
        return no(_("Only the person themselves can change this."))
    return _of_the_two(actor, supervision)


def may_share_weeks(actor: Person, supervision: Supervision) -> Verdict:
    if actor.pk != supervision.supporter_id:
        return no(_("Your weeks are yours: only you can show them."))
    return _of_the_two(actor, supervision)


def weeks_shown_to(actor: Person) -> SupervisionQuerySet:
    """Those in which the supporter lets this supervisor see their weeks now."""
    shown = visible_to(actor).current().filter(supervisor=actor)
    return shown.exclude(weeks_shared_at=None)


def contacts_visible_to(actor: Person) -> QuerySet[HardContact]:
    return HardContact.objects.filter(person=actor)


def may_answer_debrief(actor: Person, contact: HardContact, answer: DebriefState) -> Verdict:
    if contact.person_id != actor.pk:
        return no(_("Only the person themselves can answer."))
    if not contact.may_move(answer):
        return no(_("You have answered this already."))
    return YES


def gains_visible_to(actor: Person) -> QuerySet[OwnGains]:
    """Only one's own."""
    return OwnGains.objects.filter(person=actor)


def practices_to_widen(actor: Person) -> QuerySet[Any]:
    """What supporters offer where this coordinator could give one place above a limit: never their own."""
    mine = practice_policy.visible_to(actor).filter(programme__in=overseen_by(actor))
    return mine.exclude(person=actor)


def may_widen(actor: Person, programme: Programme, person: Person) -> Verdict:
    if person.pk == actor.pk:
        return no(_("Somebody else decides this for you."))
    return may_oversee(actor, programme)


def carries_others(actor: Person) -> bool:
    """Whether somebody supports others here, or holds those who do."""
    return actor.holds("support.accompany") or actor.holds("supervision.hold")


def may_say_gains(actor: Person) -> Verdict:
    return YES if carries_others(actor) else no(_("This is for the people who support others."))


def may_open_circle(actor: Person) -> Verdict:
    """For adults who support others, and their supervisors: nobody reads first in a circle."""
    if not carries_others(actor):
        return no(_("Circles are for the people who support others."))
    return YES if actor.age_band == people.ADULT else no(_("Circles are for adults."))


def circles_visible_to(actor: Person) -> QuerySet[Circle]:
    """Those one sits in now. Nobody else: no coordinator, no administrator, of whichever organisation."""
    sits = Q(people__person=actor, people__left_at=None)
    if not may_open_circle(actor):
        return Circle.objects.none()
    return Circle.objects.filter(sits, ended_at=None)


def circle_words_visible_to(actor: Person) -> QuerySet[CircleWords]:
    return CircleWords.objects.filter(circle__in=circles_visible_to(actor))


def programmes_held_in(actor: Person) -> QuerySet[Programme]:
    """Programmes in which this person is a practice supervisor."""
    return Programme.objects.filter(pk__in=actor.programmes_with("supervision.hold"))
