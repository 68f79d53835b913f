"""Who may see and do what with a page: nothing is open to a third until both said yes, and only while all holds.

`note` and `walk` are a page of the shared note (with its relationship) and the relationship itself.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people.models import Person
from companionway.reading.models import Opening, PageReading, PageReadingQuerySet, Remark
from companionway.reading.states import BOTH_SAID_YES, NOT_SIGNED, ReadingState
from companionway.safety import queries as safety
from companionway.supervision import policy as supervision
from companionway.support import policy as support


def of_the_two(actor: Person) -> PageReadingQuerySet:
    """Pages of this person's own notes that one of the two asked about."""
    two = Q(note__relationship__member=actor) | Q(note__relationship__supporter=actor)
    return PageReading.objects.filter(two)


def read_by(actor: Person) -> PageReadingQuerySet:
    """What both people let this practice supervisor read: while the pair is in force, nobody is kept from anybody,
    and the programme lets it be read. A line manager is no practice supervisor (`supervision.policy.visible_to`)."""
    pairs = supervision.visible_to(actor).current().filter(supervisor=actor)
    found = PageReading.objects.filter(
        Q(state=ReadingState.SIGNED) | Q(note__relationship__ended_at=None),
        state__in=BOTH_SAID_YES,
        supervision__in=pairs,
        note__relationship__programme__keeps_notes=True,
        note__relationship__programme__coordinator_sees=True,
    )
    if not actor.programmes_with("supervision.hold"):
        return found.none()
    return found.exclude(note__relationship__member__in=safety.people_kept_from(actor.pk))


def opened_before(actor: Person) -> PageReadingQuerySet:
    """Pages this person opened once: only to hand their own words back to them where a page has closed meanwhile."""
    return PageReading.objects.filter(pk__in=Opening.objects.filter(reader=actor).values("reading"))


def visible_to(actor: Person) -> PageReadingQuerySet:
    """The two whose page it is, and the reader they both said yes to. Nobody else: no coordinator, no look inside."""
    own = of_the_two(actor).values("pk")
    return PageReading.objects.filter(Q(pk__in=own) | Q(pk__in=read_by(actor).values("pk")))


def may_view(actor: Person, reading: PageReading) -> Verdict:
    walk = reading.note.relationship
    if walk.includes(actor) or may_read(actor, reading):
        return YES
    return no(_("This is not open to you."))


def remarks_visible_to(actor: Person) -> QuerySet[Remark]:
    """What was written to pages that this person may open."""
    return Remark.objects.filter(reading__in=visible_to(actor))


def may_be_read(programme: Any) -> Verdict:
    """Whether this tradition keeps notes and lets anything be read upward at all."""
    if not programme.keeps_notes:
        return no(_("Here no notes are kept."))
    if not programme.coordinator_sees:
        return no(
            _("In this tradition nothing is reported upward, and nobody else reads what you two write.")
        )
    return YES


def _nobody() -> Verdict:
    return no(_("There is no practice supervisor to ask here yet."))


def may_read_for(walk: Any, pair: Any) -> Verdict:
    """Whether the practice supervisor of `pair` (None: there is none) could read a page of this walk."""
    if pair is None or not pair.is_current:
        return _nobody()
    if pair.supervisor_id == walk.member_id:
        return no(_("Somebody else would have to read this page: it is about the two of you."))
    # One sentence for both: from it nobody learns that one of them is kept from the other.
    may_not = not supervision.may_view(pair.supervisor, pair)
    if may_not or safety.never_together(walk.member_id, pair.supervisor_id):
        return no(_("This page stays between the two of you."))
    return YES


def may_ask(actor: Person, note: Any, pair: Any, standing: PageReading | None) -> Verdict:
    """Either of the two may ask, for one page at a time; `standing` is what was asked about it already."""
    walk = note.relationship
    return could_ask(note, pair, standing) and _both_write(actor, walk) and may_read_for(walk, pair)


def could_ask(note: Any, pair: Any, standing: PageReading | None) -> Verdict:
    """As much of it as a page can say without asking further; asking asks the rest."""
    if standing is not None:
        if standing.is_signed:
            return no(_("This page is signed and stays as it is. What came later fits on a new page."))
        return no(_("This page is asked about already."))
    if not note.relationship.is_open:
        return no(_("This has already ended."))
    if pair is None or not pair.is_current:
        return may_be_read(note.relationship.programme) and _nobody()
    return may_be_read(note.relationship.programme)


def _both_write(actor: Person, walk: Any) -> Verdict:
    return may_be_read(walk.programme) and support.may_write_note(actor, walk)


def may_say_yes(actor: Person, reading: PageReading) -> Verdict:
    walk = reading.note.relationship
    waits = waits_for_yes(actor, reading)
    return waits and _both_write(actor, walk) and may_read_for(walk, reading.supervision)


def waits_for_yes(actor: Person, reading: PageReading) -> Verdict:
    """Whether this one of the two has not said yes yet; saying it asks the rest."""
    walk = reading.note.relationship
    if not walk.includes(actor):
        return no(_("Only the two people can do this."))
    if reading.state != ReadingState.ASKED:
        return no(_("Nobody waits for a yes to this page now."))
    if reading.yes_of(actor):
        return no(_("You have already said yes. It is open when the other has, too."))
    return YES


def may_keep(actor: Person, reading: PageReading) -> Verdict:
    """Say no, or take a yes back: each of the two, at any time until it is signed, without a reason."""
    if not reading.note.relationship.includes(actor):
        return no(_("Only the two people can do this."))
    if reading.state == ReadingState.SIGNED:
        return no(_("All of you have signed this page. It stays as it is."))
    if reading.state not in NOT_SIGNED:
        return no(_("This page stays between the two of you already."))
    return YES


def may_read(actor: Person, reading: PageReading) -> Verdict:
    """Open the page, in the versions both said yes to: only their practice supervisor, only now."""
    if read_by(actor).filter(pk=reading.pk).exists():
        return YES
    return no(_("This page is not open to you now."))


def may_answer(actor: Person, reading: PageReading) -> Verdict:
    """Write to a page, or sign it: after it was opened in the version that stands."""
    verdict = may_read(actor, reading)
    if verdict and reading.state != ReadingState.WAITING:
        return no(_("You have answered this page. It comes back when they write something new."))
    if verdict and not reading.openings.filter(reader=actor, version=reading.version).exists():
        return no(_("Please open the page and read it first."))
    return verdict
