"""Who may read a conversation, write in it, change a message, or look inside as staff."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from companionway.conversations import gates, places
from companionway.conversations.models import Conversation, LookInside, Message, Participant
from companionway.conversations.states import MessageState
from companionway.foundation.policy import YES, Verdict, no
from companionway.noticing import policy as noticing
from companionway.noticing.models import Noticed, NoticedQuerySet
from companionway.people import policy as people_policy
from companionway.people.models import Person, Programme
from companionway.people.queries import takes_no_part
from companionway.safety import queries as safety

LOOK_INSIDE = "conversations.look_inside"
UNDO_GRACE = timedelta(seconds=5)


def visible_to(actor: Person) -> QuerySet[Conversation]:
    """The conversations they are in. Staff have no way here: see `looked_into_by`."""
    mine = Participant.objects.filter(person=actor, left_at=None)
    return Conversation.objects.filter(pk__in=mine.values("conversation"))


def looked_into_by(actor: Person, now: datetime) -> QuerySet[Conversation]:
    """What staff opened for a stated reason, while that lasts and while they still hold the role."""
    lasting = LookInside.objects.lasting(now).filter(person=actor)
    return lookable_by(actor).filter(pk__in=lasting.values("conversation"))


def lookable_by(actor: Person) -> QuerySet[Conversation]:
    """Conversations whose existence they may know and whose programme lets staff look inside, with a reason."""
    programmes = Programme.objects.filter(pk__in=actor.programmes_with(LOOK_INSIDE), coordinator_sees=True)
    return Conversation.objects.filter(programme__in=programmes).exclude(
        pk__in=Participant.objects.filter(person=actor).values("conversation")
    )


def noticed_read_by(actor: Person, now: datetime) -> NoticedQuerySet:
    """What a person on call may read of what was noticed: where they gave their reason, or take part themselves."""
    lasting = LookInside.objects.lasting(now).filter(person=actor)
    inside = Participant.objects.filter(person=actor, left_at=None)
    opened = Q(conversation_id__in=lasting.values("conversation"))
    return noticing.visible_to(actor).filter(opened | Q(conversation_id__in=inside.values("conversation")))


def may_open_noticed(actor: Person, noticed: Noticed) -> Verdict:
    """On call in a programme that lets staff open a conversation; only around what was noticed, and told to both."""
    if noticing.visible_to(actor).filter(pk=noticed.pk).exists():
        return YES
    return no(_("Only those on call for this programme can open this."))


def may_look_inside(actor: Person, conversation: Conversation) -> Verdict:
    if lookable_by(actor).filter(pk=conversation.pk).exists():
        return YES
    return no(
        _("Only a coordinator of this programme may open it, and only where the programme allows that.")
    )


def may_read(actor: Person, conversation: Conversation) -> Verdict:
    if visible_to(actor).filter(pk=conversation.pk).exists():
        return YES
    return no(_("You are not in this conversation."))


def may_send(actor: Person, conversation: Conversation) -> Verdict:
    """In it now, it is open, neither of the two blocked the other, and both take part at the moment."""
    now_in = Participant.objects.filter(conversation=conversation, left_at=None)
    is_out = Case(
        When(is_paused=True, then=Value(True)),
        default=takes_no_part(OuterRef("person"), conversation.programme_id),
    )
    stopped = dict(now_in.annotate(is_out=is_out).values_list("person_id", "is_out"))
    people = list(stopped)
    if actor.pk not in people:
        return no(_("You are not in this conversation."))
    if not conversation.is_open:
        return no(_("This conversation has ended. You can still read it."))
    are_two = len(people) == 2 and not conversation.heading
    if stopped[actor.pk] or are_two and (any(stopped.values()) or safety.blocked_between(*people)):
        return no(_("You cannot write to each other here at the moment. You can still read."))
    return YES


def may_write_now(conversation: Conversation, now: datetime) -> Verdict:
    """A place of many may sleep (`people.nights`): nobody writes, and nothing that waited is shown."""
    if not conversation.heading:
        return YES
    return people_policy.may_write_at_this_hour(conversation.programme, now)


def visible_messages(actor: Person) -> QuerySet[Message]:
    inside = Participant.objects.filter(conversation=OuterRef("conversation"), person=actor, left_at=None)
    shown = Message.objects.exclude(state=MessageState.UNDONE)
    shown = shown.filter(Exists(inside.filter(sees_from_id__lt=OuterRef("pk"))))
    # Among many, those between whom is a block do not read each other.
    blocks = safety.live_blocks_of(actor.pk)
    blocked = Q(author__in=blocks.values("blocker")) | Q(author__in=blocks.values("blocked"))
    hidden = ~Q(conversation__heading="") & ~Q(author=actor) & blocked
    return shown.exclude(hidden).select_related("conversation")


def may_undo(actor: Person, message: Message, now: datetime) -> Verdict:
    verdict = may_withdraw(actor, message)
    if verdict and now > message.sent_at + timedelta(seconds=settings.UNDO_SECONDS) + UNDO_GRACE:
        return no(_("The moment for undoing has passed. You can still take the message back."))
    return verdict


def may_edit(actor: Person, message: Message, now: datetime) -> Verdict:
    # Whoever may send there is in it, and so may read it.
    verdict = _is_theirs(actor, message) and may_send(actor, message.conversation)
    if verdict and now > message.sent_at + timedelta(minutes=settings.EDIT_MINUTES):
        return no(
            _("A message can be changed for fifteen minutes. You can take it back, or write a new one.")
        )
    if verdict:
        gated = places.gated_in(message.conversation_id)
        return gates.may_change(gated, actor.pk, message.conversation_id)
    return verdict


def may_withdraw(actor: Person, message: Message) -> Verdict:
    """Their own, at any time, also after the conversation has ended."""
    if not may_read(actor, message.conversation):
        return no(_("Only the person who wrote a message can change it."))
    return _is_theirs(actor, message)


def _is_theirs(actor: Person, message: Message) -> Verdict:
    if message.author_id != actor.pk:
        return no(_("Only the person who wrote a message can change it."))
    if message.state == MessageState.TAKEN_AWAY:
        return no(_("The team took this message away."))
    if message.state != MessageState.HERE:
        return no(_("This message was taken back."))
    return YES


def may_take_away(actor: Person, message: Message) -> Verdict:
    """Somebody who never was in the conversation. That it was told of, and is theirs to decide, moderation says."""
    if Participant.objects.filter(conversation=message.conversation_id, person=actor).exists():
        return no(_("You are or were in this conversation yourself. Somebody else decides about it."))
    if message.author_id is None or message.state != MessageState.HERE:
        return no(_("This message is not there any more."))
    return YES
