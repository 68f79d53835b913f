"""Who may see and do what between two people. Every rule answers with a reason a person can be shown."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people import policy as people
from companionway.people.models import Person, Programme
from companionway.people.practice_models import PracticeModel
from companionway.people.queries import is_stopped
from companionway.practice import queries as practice
from companionway.release import queries as release
from companionway.safety import queries as safety
from companionway.support import pages
from companionway.support.models import Agreement, Relationship, RelationshipQuerySet, SharedNote
from companionway.support.states import State


def visible_to(actor: Person) -> RelationshipQuerySet:
    """The two people themselves; and, where the practice model lets coordinators know, that it exists."""
    overseen = actor.programmes_with("support.oversee")
    return Relationship.objects.filter(
        Q(member=actor) | Q(supporter=actor) | Q(programme_id__in=overseen, programme__coordinator_sees=True)
    )


def walked_by(actor: Person) -> RelationshipQuerySet:
    """Only the two people: the way to everything that is said or written between them."""
    return Relationship.objects.of(actor.pk)


def overseen_by(actor: Person) -> RelationshipQuerySet:
    """State and dates for a coordinator; programmes that report nothing upward are left out."""
    overseen = actor.programmes_with("support.oversee")
    return Relationship.objects.filter(programme_id__in=overseen, programme__coordinator_sees=True)


def may_view(actor: Person, relationship: Relationship) -> Verdict:
    if relationship.includes(actor) or _oversees(actor, relationship):
        return YES
    return no(_("This is not open to you."))


def _oversees(actor: Person, relationship: Relationship) -> bool:
    return relationship.programme.coordinator_sees and actor.holds(
        "support.oversee", relationship.programme_id
    )


def may_read_words(actor: Person, relationship: Relationship) -> Verdict:
    """What the two write is theirs. Staff come in only by `may_look_at_note`, with a reason."""
    if relationship.includes(actor):
        return YES
    return no(_("Only the two people can read this."))


def may_read_about(actor: Person, relationship: Relationship) -> Verdict:
    """What the other chose to show the person they talk with: for as long as they do, and nothing stands between."""
    open_one = _both_in_an_open_one(actor, relationship)
    if open_one and safety.blocked_between(relationship.member_id, relationship.supporter_id):
        return no(_("This is not open to you."))
    return open_one


def may_begin(actor: Person, programme: Programme, member: Person, supporter: Person) -> Verdict:
    if actor.pk not in (member.pk, supporter.pk) and not actor.holds("introductions.coordinate", programme):
        return no(_("Only the two people, or their coordinator, can begin this."))
    if member.pk == supporter.pk:
        return no(_("This needs two people."))
    if not (_is_here(member) and _is_here(supporter)):
        return no(_("One of the two is no longer here."))
    if _is_out(programme, member, supporter):
        return no(_("One of the two takes no part here at the moment."))
    if safety.never_together(member.pk, supporter.pk) or safety.blocked_between(member.pk, supporter.pk):
        return no(_("These two people cannot be introduced."))
    if not _offers_support(supporter, programme):
        return no(_("One of the two does not offer support in this programme."))
    if Relationship.objects.open().between(member.pk, supporter.pk).filter(programme=programme).exists():
        return no(_("The two of you are already together here."))
    return of_one_age(programme, member, supporter)


def of_one_age(programme: Programme, member: Person, supporter: Person) -> Verdict:
    """The one rule of age (`people.policy`), with what this supporter is trained for here."""
    trained_for = practice.trained_for(supporter, programme)
    return people.may_be_brought_together(programme, member, supporter, trained_for)


def _offers_support(supporter: Person, programme: Programme) -> bool:
    """In a mutual tradition nobody is the one who gives: being there is enough."""
    return supporter.holds("support.accompany", programme) or PracticeModel.of(programme).mutual


def _is_here(person: Person) -> bool:
    return person.is_active and person.erased_at is None


def _is_out(programme: Programme, *people: Person) -> bool:
    return any(is_stopped(each, programme) for each in people)


def _both_in_an_open_one(actor: Person, relationship: Relationship) -> Verdict:
    if not relationship.includes(actor):
        return no(_("Only the two people can do this."))
    if not relationship.is_open:
        return no(_("This has already ended."))
    if not (_is_here(relationship.member) and _is_here(relationship.supporter)):
        return no(_("The other of you has left the service."))
    return YES


def may_write_beside(relationship: Relationship) -> Verdict:
    """Where everything is read before it goes, the two write in their conversation: only there somebody reads first."""
    if relationship.conversation_id and release.is_read_first(
        relationship.programme, relationship.conversation_id, [relationship.member, relationship.supporter]
    ):
        return no(_("Everything is read first here. Please write it in your conversation."))
    return YES


def may_propose_agreement(actor: Person, relationship: Relationship) -> Verdict:
    if not relationship.programme.keeps_agreements:
        return no(_("Here nothing is written down: you agree by talking."))
    return may_write_beside(relationship) and _both_in_an_open_one(actor, relationship)


def may_accept_agreement(actor: Person, relationship: Relationship, agreement: Agreement) -> Verdict:
    if not agreement.is_open_draft or agreement.relationship_id != relationship.pk:
        return no(_("This version is no longer waiting for a yes."))
    mine = agreement.member_yes_at if actor.pk == relationship.member_id else agreement.supporter_yes_at
    if mine is not None:
        return no(_("You have already said yes. It holds when the other has, too."))
    return _both_in_an_open_one(actor, relationship)


def may_write_note(actor: Person, relationship: Relationship) -> Verdict:
    if not relationship.programme.keeps_notes:
        return no(_("Here no notes are kept."))
    return may_write_beside(relationship) and _both_in_an_open_one(actor, relationship)


def pages_of(actor: Person) -> QuerySet[SharedNote]:
    """The pages of the notes that this person writes with somebody."""
    return SharedNote.objects.filter(relationship__in=walked_by(actor))


def may_write_on(
    actor: Person, relationship: Relationship, note: SharedNote, *, is_signed: bool | None = None
) -> Verdict:
    """One's own words on a page that is there: not once it is signed (None: it is asked)."""
    if note.relationship_id != relationship.pk:
        return no(_("This is not open to you."))
    if pages.is_signed(note.pk) if is_signed is None else is_signed:
        return no(_("This page is signed and stays as it is. What came later fits on a new page."))
    return may_write_note(actor, relationship)


def may_say_we_met(actor: Person, relationship: Relationship) -> Verdict:
    if relationship.state != State.MEETING:
        return no(_("You have already met."))
    return _both_in_an_open_one(actor, relationship)


def may_pause(actor: Person, relationship: Relationship) -> Verdict:
    open_one = _both_in_an_open_one(actor, relationship)
    if open_one and not relationship.may_move(State.PAUSED):
        return no(_("You cannot pause this now."))
    return open_one


def may_resume(actor: Person, relationship: Relationship) -> Verdict:
    if relationship.state != State.PAUSED:
        return no(_("There is no pause to come back from."))
    if safety.blocked_between(relationship.member_id, relationship.supporter_id):
        return no(_("This cannot be taken up again at the moment."))
    if _is_out(relationship.programme, relationship.member, relationship.supporter):
        return no(_("This cannot be taken up again at the moment."))
    return _both_in_an_open_one(actor, relationship)


def may_start_ending(actor: Person, relationship: Relationship) -> Verdict:
    open_one = _both_in_an_open_one(actor, relationship)
    if open_one and relationship.is_only_theirs:
        return no(_("Here either of you simply stops, whenever you like."))
    if open_one and not relationship.may_move(State.ENDING):
        return no(_("The ending has already begun."))
    return open_one


def may_take_ending_back(actor: Person, relationship: Relationship) -> Verdict:
    if relationship.state != State.ENDING:
        return no(_("No ending has begun."))
    return _both_in_an_open_one(actor, relationship)


def may_end(actor: Person, relationship: Relationship) -> Verdict:
    """Either side, at any time, without a reason: in every practice model."""
    return _both_in_an_open_one(actor, relationship)


def may_ask_for_someone_else(actor: Person, relationship: Relationship) -> Verdict:
    if actor.pk != relationship.member_id and not PracticeModel.of(relationship.programme).mutual:
        return no(_("You can end this at any time, without a reason."))
    return _both_in_an_open_one(actor, relationship)


def may_say_goodbye(actor: Person, relationship: Relationship) -> Verdict:
    """A letter may be begun when an ending has begun, and afterwards for as long as the writer wants."""
    if not relationship.includes(actor):
        return no(_("Only the two people can do this."))
    if relationship.is_only_theirs:
        return no(_("Here nothing is kept. Say goodbye to each other in your own way."))
    if relationship.state not in (State.ENDING, State.ENDED):
        return no(_("A letter belongs to an ending. There is no ending here."))
    return may_write_beside(relationship)


def may_walk_again(actor: Person, relationship: Relationship) -> Verdict:
    if not relationship.includes(actor):
        return no(_("Only the two people can do this."))
    if relationship.is_open:
        return no(_("You are still together."))
    a_id, b_id = relationship.people_ids
    if safety.never_together(a_id, b_id) or safety.blocked_between(a_id, b_id):
        return no(_("This door is closed for now. You can ask to meet somebody else."))
    if not (_is_here(relationship.member) and _is_here(relationship.supporter)):
        return no(_("One of you is no longer here."))
    if _is_out(relationship.programme, relationship.member):
        return no(_("This door is closed for now. You can ask to meet somebody else."))
    if not _offers_support(relationship.supporter, relationship.programme):
        return no(_("One of you has stepped back from this. You can ask to meet somebody else."))
    if Relationship.objects.open().between(a_id, b_id).filter(programme=relationship.programme_id).exists():
        return no(_("You are already together again."))
    return of_one_age(relationship.programme, relationship.member, relationship.supporter)


def may_decide_on_ages(actor: Person, relationship: Relationship) -> Verdict:
    """Whoever oversees the programme, where the ages of the two no longer fit; not about their own walk."""
    if relationship.includes(actor) or not _oversees(actor, relationship):
        return no(_("This is not open to you."))
    if relationship.ages_differ_at is None or relationship.state in (State.ENDING, State.ENDED):
        return no(_("This is decided already."))
    return YES


def may_look_at_note(actor: Person, relationship: Relationship) -> Verdict:
    """Break-glass: a deed with a reason, never a standing right, and never over one's own affairs."""
    programme = relationship.programme
    if relationship.includes(actor):
        return no(_("This is your own. You can read it on its page."))
    if not (programme.keeps_notes and programme.coordinator_sees):
        return no(_("In this programme nobody else reads what the two write."))
    if not actor.holds("conversations.look_inside", programme):
        return no(_("Only the two people can read this."))
    return YES
