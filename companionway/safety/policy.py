"""Who may block, keep apart, report, answer, and keep the numbers true. Every no has a reason that can be shown."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people import roles
from companionway.people.models import Organisation, Person, Programme, RoleHeld
from companionway.safety.models import (
    Block,
    HelpLine,
    KeepApartWish,
    KeptApart,
    KeptApartQuerySet,
    Report,
    ReportQuerySet,
)
from companionway.safety.states import MOVES, ReportState, WishState

ANSWER, KEEP_LINES, KEEP_APART = "safety.answer_reports", "safety.keep_helplines", "introductions.never_with"


def people_within_reach(actor: Person) -> QuerySet[Person]:
    """Whom somebody can meet here, now or earlier: people of their programmes, and of the organisation as a whole."""
    mine = RoleHeld.objects.filter(person=actor)
    shared = RoleHeld.objects.filter(
        Q(programme=None) | Q(programme__in=mine.values("programme")), person=OuterRef("pk")
    )
    return Person.objects.of(actor.organisation_id).here().filter(Exists(shared)).exclude(pk=actor.pk)


def may_block(actor: Person, person: Person) -> Verdict:
    if actor.pk == person.pk:
        return no(_("This is you. You cannot block yourself."))
    if not people_within_reach(actor).filter(pk=person.pk).exists():
        return no(_("You do not meet this person here."))
    return YES


def programmes_asked_in(actor: Person) -> QuerySet[Programme]:
    """The programmes in which somebody takes part, and so may ask to be kept from somebody."""
    return Programme.objects.filter(pk__in=[held_in for _role, held_in in actor.roles_now if held_in])


def programmes_kept_by(actor: Person) -> QuerySet[Programme]:
    return Programme.objects.filter(pk__in=actor.programmes_with(KEEP_APART))


def pairs_visible_to(actor: Person) -> KeptApartQuerySet:
    """My own wishes; and, for who introduces people, the pairs of their programmes that are not about themselves."""
    kept = KeptApart.objects.filter(programme__in=actor.programmes_with(KEEP_APART))
    kept = kept.exclude(Q(one=actor) | Q(other=actor))
    return KeptApart.objects.filter(Q(asked_by=actor) | Q(pk__in=kept.values("pk")))


def wishes_visible_to(actor: Person) -> QuerySet[KeepApartWish]:
    return KeepApartWish.objects.filter(
        Q(person=actor) | Q(programme__in=actor.programmes_with(KEEP_APART)), person__erased_at=None
    )


def may_settle(actor: Person, wish: KeepApartWish) -> Verdict:
    if wish.person_id == actor.pk or wish.programme_id not in actor.programmes_with(KEEP_APART):
        return no(_("A coordinator of this programme does this."))
    if WishState(wish.state) != WishState.WAITING:
        return no(_("This has been dealt with already."))
    return YES


def may_keep_apart(actor: Person, programme: Programme, one: Person, other: Person) -> Verdict:
    """A coordinator for two others in their programme; anybody for themselves and somebody they can meet."""
    if one.pk == other.pk:
        return no(_("Please choose two different people."))
    if actor.pk in {one.pk, other.pk}:
        within = people_within_reach(actor).filter(pk=other.pk if one.pk == actor.pk else one.pk).exists()
        return YES if within else no(_("You do not meet this person here."))
    if programme.pk not in actor.programmes_with(KEEP_APART):
        return no(_("A coordinator of this programme does this."))
    return YES


def may_end_pair(actor: Person, pair: KeptApart) -> Verdict:
    if pair.ended_at is not None:
        return no(_("This has ended already."))
    if pair.asked_by_id == actor.pk:
        return YES
    # What somebody asked for themselves is theirs to take back.
    if pair.asked_by_id is not None or not pairs_visible_to(actor).filter(pk=pair.pk).exists():
        return no(_("Only the person who asked for this can take it back."))
    return YES


def reports_visible_to(actor: Person) -> ReportQuerySet:
    """Reports I made, and those that I may answer."""
    return Report.objects.filter(Q(reporter=actor) | Q(pk__in=reports_answerable_by(actor).values("pk")))


def reports_answerable_by(actor: Person) -> ReportQuerySet:
    """The reports of my programmes, except those about me and those I made myself."""
    answerable = Report.objects.filter(programme__in=actor.programmes_with(ANSWER))
    return answerable.filter(Q(about=None) | ~Q(about=actor)).filter(Q(reporter=None) | ~Q(reporter=actor))


def answerers(report: Report) -> QuerySet[Person]:
    """Who may read and answer this report."""
    held = RoleHeld.objects.filter(
        Q(programme=report.programme_id) | Q(programme=None),
        person=OuterRef("pk"),
        role__in=roles.roles_granting(ANSWER),
        until_at=None,
    )
    concerned = [each for each in (report.about_id, report.reporter_id) if each is not None]
    here = Person.objects.of(report.programme.organisation_id).here()
    return here.filter(Exists(held)).exclude(pk__in=concerned)


def may_report(actor: Person, about: Person | None) -> Verdict:
    if about is not None and about.pk == actor.pk:
        return no(
            _("This is about yourself. If something troubles you, the Help now page shows who is there.")
        )
    return YES


def may_answer(actor: Person, report: Report) -> Verdict:
    if not reports_answerable_by(actor).filter(pk=report.pk).exists():
        return no(_("Somebody else answers this report."))
    if ReportState.ANSWERED not in MOVES[ReportState(report.state)]:
        return no(_("This report has been answered already."))
    return YES


def lines_kept_by(actor: Person) -> QuerySet[HelpLine]:
    """The numbers of one's own organisation, for those who keep them."""
    kept = HelpLine.objects.kept().filter(organisation=actor.organisation_id)
    return kept if actor.holds(KEEP_LINES) else kept.none()


def keepers_of(line: HelpLine) -> QuerySet[Person]:
    """Who keeps this number true."""
    held = RoleHeld.objects.filter(role__in=roles.roles_granting(KEEP_LINES), until_at=None)
    return Person.objects.of(line.organisation_id).here().filter(pk__in=held.values("person"))


def may_keep_lines(actor: Person) -> Verdict:
    return YES if actor.holds(KEEP_LINES) else no(_("An administrator keeps these numbers."))


def may_lay_out_demonstration(actor: Person) -> Verdict:
    if not Organisation.objects.filter(pk=actor.organisation_id, is_demonstration=True).exists():
        return no(_("Only a demonstration may show numbers that nobody has checked."))
    return may_keep_lines(actor)


def may_verify(actor: Person, line: HelpLine) -> Verdict:
    """Two different people check each number at the operator's own site."""
    if not actor.holds(KEEP_LINES) or line.organisation_id != actor.organisation_id:
        return no(_("An administrator keeps these numbers."))
    if line.half_checked_by_id == actor.pk:
        return no(_("You have checked this number. A second person must check it too."))
    return YES


def stands_between(actor: Person) -> Q:
    """A condition on people: a block by either side, or a pair that must never be brought together."""
    blocks, pairs = Block.objects.live(), KeptApart.objects.live()
    return (
        Q(pk__in=blocks.filter(blocker=actor).values("blocked"))
        | Q(pk__in=blocks.filter(blocked=actor).values("blocker"))
        | Q(pk__in=pairs.filter(one=actor).values("other"))
        | Q(pk__in=pairs.filter(other=actor).values("one"))
    )
