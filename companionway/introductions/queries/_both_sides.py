"""Introductions as each of the two sees them: their own answer, and nothing of how the other decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from companionway.foundation.prepared import Prepared, Statement, slot
from companionway.foundation.sealing import PERSON, preload
from companionway.introductions.models import Introduction, Request
from companionway.introductions.policy import mine
from companionway.introductions.queries._finding import about_of_supporters
from companionway.introductions.queries._needs import need_in
from companionway.introductions.queries._reasons import reasons_of
from companionway.introductions.queries._shared import Shared, readable
from companionway.introductions.states import Answer, Door, IntroductionState
from companionway.people.models import Person

MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Side:
    """One introduction as `reader` sees it. `name` is empty until both have said yes."""

    row: Introduction
    is_mine_to_answer: bool
    my_answer: Answer
    state_words: str
    name: str
    about: str
    words: str
    items: list[Shared]
    reasons: list[str]

    @property
    def is_over(self) -> bool:
        return self.row.state in (IntroductionState.CLOSED, IntroductionState.MET)

    @property
    def is_held_by_the_member(self) -> bool:
        """Counts against the three asks that a member may hold at a time."""
        return self.row.state == IntroductionState.ASKED and self.row.door in (Door.BROWSE, Door.SUGGEST)

    @property
    def may_be_taken_back(self) -> bool:
        return self.row.state == IntroductionState.ASKED and self.my_answer == Answer.YES


def as_member(person: Person, request: Request) -> list[Side]:
    """The member's introductions of one request, newest first."""
    rows = mine(person).filter(request=request).select_related("request__programme", "supporter")
    kept = list(rows.order_by("-began_at", "-pk")[:MOST_SHOWN])
    abouts = about_of_supporters(request.programme, [each.supporter_id for each in kept])
    return [_side(each, person, about=abouts.get(each.supporter_id, "")) for each in kept]


def as_supporter(person: Person) -> list[Side]:
    """What members and coordinators ask this supporter now, longest waiting first, and their own yeses that wait."""
    live = Introduction.objects.live().filter(supporter=person)
    rows = live.exclude(door=Door.OFFER, state=IntroductionState.RESTING)
    kept = list(
        rows.select_related("request__programme", "request__member").order_by("request__asked_at", "pk")
    )
    members = [each.request.member_id for each in kept]
    preload(PERSON, members)
    shared = readable(members)
    return [_side(each, person, shared=shared) for each in kept]


def side_of(introduction: Introduction, reader: Person) -> Side:
    """One introduction for one of its two people."""
    if reader.pk == introduction.supporter_id:
        return _side(introduction, reader, shared=readable([introduction.request.member_id]))
    abouts = about_of_supporters(introduction.request.programme, [introduction.supporter_id])
    return _side(introduction, reader, about=abouts.get(introduction.supporter_id, ""))


_ASKED = Prepared(
    lambda: (
        Introduction.objects.asked()
        .filter(supporter=slot("person"), supporter_answer=Answer.WAITING)
        .values("pk")
    )
)


def waiting_asks(person_id: int) -> Statement:
    """How many questions wait for this supporter's answer, to be counted together with what is new elsewhere."""
    return _ASKED.statement(person=person_id)


_OPEN_REQUESTS = Prepared(lambda: Request.objects.open().filter(member=slot("person")).values("pk"))


def open_requests(person_id: int) -> Statement:
    """Where this person is on the list, to be counted together with other things."""
    return _OPEN_REQUESTS.statement(person=person_id)


def _side(
    row: Introduction, reader: Person, *, about: str = "", shared: dict[int, list[Shared]] | None = None
) -> Side:
    own, met = row.answer_of(reader.pk), row.state == IntroductionState.MET
    is_supporter = reader.pk == row.supporter_id
    words, items = need_in(row, shared) if is_supporter else ("", [])
    other = row.request.member if is_supporter else row.supporter
    return Side(
        row=row,
        is_mine_to_answer=row.state in (IntroductionState.ASKED, IntroductionState.RESTING)
        and own in (Answer.WAITING, Answer.NOT_NOW),
        my_answer=own,
        state_words=_state_words(row, own),
        name=other.name if met else "",
        about=about,
        words=words,
        items=items,
        reasons=reasons_of(row),
    )


def _state_words(row: Introduction, own: Answer) -> str:
    if row.state == IntroductionState.MET:
        return _("You both said yes.")
    if own == Answer.NO:
        return _("You said no, and that is all right.")
    if own == Answer.NOT_NOW and row.state == IntroductionState.RESTING:
        return _("You said: not now. You can still say yes later.")
    if row.state in (IntroductionState.CLOSED, IntroductionState.RESTING):
        return _("They are not able to right now.")
    return (
        _("This waits for your answer.") if own == Answer.WAITING else _("You said yes. Now they are asked.")
    )
