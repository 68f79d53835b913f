"""Who reads what before it goes, who signs, and who speaks beside the conversation."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people.models import Person, Programme
from companionway.reasoning import release as rules
from companionway.release.models import HeldReply, HeldReplyQuerySet, Thread, Traineeship
from companionway.release.states import ReplyState, Stage
from companionway.safety import policy as safety_policy
from companionway.safety import queries as safety

READ, OVERSEE, ANSWER = "release.read_replies", "release.oversee", safety_policy.ANSWER
ADMINISTER = "people.administer"
READERS = (READ, OVERSEE, ANSWER)
# A reply that was decided can be looked at again for so long, by who could read it.
LOOKED_AT_AGAIN = timedelta(days=14)


def visible_to(actor: Person) -> HeldReplyQuerySet:
    """One's own held replies. Who reads those of others comes in by `readable_by`."""
    return HeldReply.objects.filter(author=actor)


def readable_by(actor: Person, now: datetime) -> HeldReplyQuerySet:
    """A mentor: every reply that waits in their programmes. A coordinator: those for whom the promise has passed.

    What is held by its place is also for those who answer reports there: it is their work to keep a place safe, and a
    service without mentors must not leave young people unread. Never in a programme that shows nothing to staff, never
    one's own, never in a conversation one is part of or with somebody whom one must not meet.
    """
    late = Q(late_since__isnull=False) | Q(promised_at__lte=now)
    whose = Q(programme__in=actor.programmes_with(READ)) | (
        Q(programme__in=actor.programmes_with(OVERSEE)) & late
    )
    whose |= Q(programme__in=actor.programmes_with(ANSWER), traineeship=None)
    lasting = Q(state=ReplyState.WAITING) | Q(decided_at__gt=now - LOOKED_AT_AGAIN)
    found = HeldReply.objects.filter(whose, lasting, programme__coordinator_sees=True).exclude(author=actor)
    near = {actor.pk, *safety.people_kept_from(actor.pk)}
    concerned = HeldReply.objects.filter(conversation__participants__person__in=near)
    return found.exclude(state=ReplyState.WITHDRAWN).exclude(pk__in=concerned.values("pk"))


def may_read(actor: Person, held: HeldReply, now: datetime) -> Verdict:
    if readable_by(actor, now).filter(pk=held.pk).exists():
        return YES
    return no(_("This reply is not yours to read."))


def may_decide(actor: Person, held: HeldReply, now: datetime) -> Verdict:
    """Only who has opened it, and only in order: an earlier one of the same conversation comes first."""
    verdict = may_read(actor, held, now)
    if not verdict:
        return verdict
    if not held.readings.filter(mentor=actor).exists():
        return no(_("Please open it first."))
    earlier = HeldReply.objects.waiting().filter(
        conversation=held.conversation_id, author=held.author_id, pk__lt=held.pk
    )
    if earlier.exists():
        return no(
            _("An earlier reply of theirs in this conversation waits. Please decide about that one first.")
        )
    return YES


def may_open_desk(actor: Person) -> bool:
    """Whether the list of what waits is a page of theirs."""
    return any(actor.holds(each) for each in READERS)


def spaces_of(actor: Person) -> QuerySet[Programme]:
    """The programmes in which they may say that everything is read first. Staff roles need a second proof."""
    mine = {*actor.programmes_with(OVERSEE), *actor.programmes_with(ADMINISTER)}
    return Programme.objects.filter(pk__in=mine, coordinator_sees=True)


def may_hold_space(actor: Person, programme: Programme) -> Verdict:
    """A coordinator or an administrator, where the tradition lets staff read at all."""
    if not spaces_of(actor).filter(pk=programme.pk).exists():
        return no(_("Only a coordinator or an administrator of this programme can change this."))
    return YES


def may_change(actor: Person, held: HeldReply) -> Verdict:
    """Change or withdraw it: its author, while it waits."""
    if held.author_id != actor.pk:
        return no(_("Only the person who wrote this can change it."))
    if held.state == ReplyState.RELEASED:
        return no(_("It has just been sent. You can find it in the conversation."))
    if held.state != ReplyState.WAITING:
        return no(_("It was answered. Please read what they wrote."))
    return YES


def trainees_visible_to(actor: Person) -> QuerySet[Traineeship]:
    """For those who read and those who oversee; not one's own."""
    programmes = {*actor.programmes_with(READ), *actor.programmes_with(OVERSEE)}
    return Traineeship.objects.filter(programme__in=programmes).exclude(person=actor)


def may_begin(actor: Person, person: Person, programme: Programme) -> Verdict:
    if not actor.holds(OVERSEE, programme):
        return no(_("Only a coordinator of this programme can begin this."))
    if not programme.coordinator_sees:
        return no(_("In this programme nobody else reads what the two write."))
    if actor.pk == person.pk or not person.holds("support.accompany", programme):
        return no(_("This is for somebody who supports others in this programme."))
    return YES


def may_sign(actor: Person, traineeship: Traineeship, evidence: rules.Evidence) -> Verdict:
    """A mentor, never for oneself, never twice, and only when the replies read so far allow it."""
    if traineeship.person_id == actor.pk or not actor.holds(READ, traineeship.programme_id):
        return no(_("Another mentor signs this."))
    to = rules.may_move_to(rules.Stage(traineeship.stage), evidence)
    if traineeship.ended_at is not None or to is None:
        return no(_("It is too early: more replies need to be read first."))
    if traineeship.signatures.filter(to_stage=to, signed_by=actor, laid_aside_at=None).exists():
        return no(_("You have signed. Another mentor signs as well."))
    return YES


def may_step_back(actor: Person, traineeship: Traineeship) -> Verdict:
    """Reading everything again needs no figures: a mentor, or who oversees."""
    if traineeship.person_id == actor.pk or not (
        actor.holds(READ, traineeship.programme_id) or actor.holds(OVERSEE, traineeship.programme_id)
    ):
        return no(_("Only a mentor or a coordinator can do this."))
    if traineeship.ended_at is not None or traineeship.stage == Stage.EVERY:
        return no(_("Every reply is read already."))
    return YES


def may_end(actor: Person, traineeship: Traineeship) -> Verdict:
    """Learning is over when they write on their own; a coordinator closes it. Nothing may wait then."""
    if traineeship.person_id == actor.pk or not actor.holds(OVERSEE, traineeship.programme_id):
        return no(_("Only a coordinator of this programme can do this."))
    if traineeship.ended_at is not None:
        return no(_("This has ended already."))
    if traineeship.stage != Stage.ON_REQUEST:
        return no(_("Mentors sign first that they need no more reading."))
    if traineeship.replies.filter(state=ReplyState.WAITING).exists():
        return no(_("A reply of theirs still waits for a mentor."))
    return YES


def threads_visible_to(actor: Person) -> QuerySet[Thread]:
    """The trainee, and the mentors who could read what they write there. Never the member, never a coordinator."""
    near = {actor.pk, *safety.people_kept_from(actor.pk)}
    concerned = Thread.objects.filter(conversation__participants__person__in=near)
    mentors = Q(traineeship__programme__in=actor.programmes_with(READ)) & ~Q(pk__in=concerned.values("pk"))
    shown = Thread.objects.filter(traineeship__programme__coordinator_sees=True)
    return shown.filter(Q(traineeship__person=actor) | mentors)


def may_say_beside(actor: Person, thread: Thread) -> Verdict:
    if not threads_visible_to(actor).filter(pk=thread.pk).exists():
        return no(_("This is not open to you."))
    if thread.traineeship.ended_at is not None:
        return no(_("This has ended. You can still read it."))
    return YES
