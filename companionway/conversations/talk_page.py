"""What the page of one conversation shows, gathered in few questions."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from companionway.conversations import cards, gates, many, places, queries
from companionway.conversations.bubbles import Look, Shown, day_label, draw_all
from companionway.conversations.gates import Panel
from companionway.conversations.places import Place
from companionway.conversations.states import MessageState
from companionway.noticing import queries as noticing
from companionway.oncall import queries as oncall
from companionway.people import queries as people
from companionway.people.models import Person
from companionway.ui.times import clock_words

UNDO = timedelta(seconds=settings.UNDO_SECONDS)

_NEW = '<li class="new" id="new">{}</li>\n'


@dataclass(frozen=True, slots=True)
class Day:
    label: str
    bubbles: SafeString


@dataclass(slots=True)
class TalkPage:
    """Everything the template draws; `clock` was read before the messages, so that nothing falls between."""

    conversation: Any
    others: list[str]
    other_ids: list[int]
    other_public_id: str
    is_open: bool
    may_write: bool
    clock: int
    newest_id: int
    days: list[Day]
    earlier_than: int | None
    is_newest: bool
    draft: dict[str, str] = field(default_factory=dict)
    undo_id: int | None = None
    shows_seen: bool = False
    shows_typing: bool = False
    is_seen: bool = False
    wants_any_signal: bool = False
    quiet_line: str = ""
    device_seal: str = ""
    read_id: int = 0
    # What only this person sees: the card after heavy words, and that somebody on call asks them to check in.
    card: dict[str, Any] | None = None
    is_check_in_asked: bool = False
    is_watched: bool = True
    # Whether the team is there: said before anything is sent.
    team: oncall.WhoIsHere | None = None
    panel: Panel | None = None
    # What the room above shows at the head of a place of many.
    head: SafeString = SafeString()

    @property
    def name(self) -> str:
        return ", ".join(self.others) or _("Someone who left")


def look_of(person: Person) -> Look:
    return Look(get_language() or settings.LANGUAGE_CODE, person.time_zone)


def talk_page(*, person: Person, conversation: Any, before_id: int | None, now: datetime) -> TalkPage:
    """One page of a conversation for somebody who is in it."""
    place = places.kept_by_id(conversation.pk) or places.load(conversation_id=conversation.pk)
    assert place is not None
    there = queries.messages_of(conversation, before_id=before_id)
    shown = [each for each in there if not place.hides(person.pk, each.id, each.author_id)]
    # Who else is in a place of many is told by nothing on its page.
    others = [pk for pk in sorted(place.names) if pk != person.pk and not place.heading]
    page = TalkPage(
        conversation=conversation,
        others=[place.heading] if place.heading else [place.names[pk] for pk in others],
        other_ids=others,
        other_public_id=place.public_ids.get(others[0], "") if others else "",
        is_open=conversation.is_open,
        may_write=person.pk in place.writers,
        clock=conversation.clock or 0,
        newest_id=there[-1].id if there else 0,
        days=_days(shown, place, person, conversation.own_read_id, now),
        earlier_than=there[0].id if len(there) == queries.PAGE and shown else None,
        is_newest=before_id is None,
        shows_seen=place.shows_seen,
        shows_typing=place.shows_typing,
        read_id=conversation.own_read_id or 0,
        wants_any_signal=bool(conversation.own_seen or conversation.own_typing),
    )
    if page.is_newest:
        page.panel = gates.panel(person, conversation, place.gated)
        page.head = many.head(person, conversation) if place.heading else page.head
        _add_own_side(page, person, shown, place, now)
    return page


def _device_seal(person: Person) -> str:
    """The key of the words a device keeps while they cannot be sent: only this person's own pages bring it along."""
    made = salted_hmac("conversations.unsent", str(person.pk), algorithm="sha256")
    return base64.b64encode(made.digest()).decode()


def _add_own_side(page: TalkPage, person: Person, shown: list[Shown], place: Place, now: datetime) -> None:
    last = shown[-1] if shown else None
    if last and last.author_id == person.pk and last.state == MessageState.HERE:
        if last.sent_at + UNDO > now:
            page.undo_id = last.id
        if page.shows_seen:
            others = page.conversation.others_read_id
            page.is_seen = others is None or others >= last.id
    page.is_watched = place.watch.is_on
    _add_what_only_they_see(page, person, shown, now)
    page.draft = {"client_id": str(uuid.uuid4())}
    if page.may_write:
        page.device_seal = _device_seal(person)
        page.draft |= queries.opened_draft(person, page.conversation.pk, page.conversation.own_draft)
        page.team = oncall.who_is_here(now)
        page.quiet_line = quiet_line([each for each in place.quiet if each.pk != person.pk], now)


def _add_what_only_they_see(page: TalkPage, person: Person, shown: list[Shown], now: datetime) -> None:
    conversation = page.conversation
    if conversation.has_card:
        mine = [each.id for each in shown if each.author_id == person.pk]
        noticed = noticing.open_card(mine, now)
        page.card = cards.card_of(noticed, conversation.public_id) if noticed else None
    asked_at = conversation.check_in_at
    page.is_check_in_asked = bool(asked_at and conversation.own_support and asked_at + noticing.DAY > now)


def _days(shown: list[Shown], place: Place, person: Person, read_id: int, now: datetime) -> list[Day]:
    look, today = look_of(person), timezone.localtime(now).date()
    first_new = next(
        (each.id for each in shown if each.id > read_id and each.author_id not in (None, person.pk)), None
    )

    before = {first_new: format_html(_NEW, _("New"))} if first_new else {}
    drawn = partial(
        draw_all, before=before, viewer_id=person.pk, names=place.names, public_id=place.public_id, look=look
    )

    def day_of(each: Shown) -> date:
        return each.day(look.zone)

    return [
        Day(day_label(day, today, look.language), drawn(group)) for day, group in groupby(shown, key=day_of)
    ]


def quiet_line(persons: list[Person], now: datetime) -> str:
    """ "Theo keeps quiet hours until 8:00 am. They will see this then." Nothing outside quiet hours."""
    for person in persons:
        if people.is_quiet_now(person, now) and person.quiet_until:
            until = clock_words(_next(now, person))
            return _("%(name)s keeps quiet hours until %(until)s. They will see this then.") % {
                "name": person.name,
                "until": until,
            }
    return ""


def _next(now: datetime, person: Person) -> datetime:
    """When their quiet hours end next, as a moment."""
    with timezone.override(person.time_zone):
        local = timezone.localtime(now)
    assert person.quiet_until is not None
    until = local.replace(hour=person.quiet_until.hour, minute=person.quiet_until.minute, second=0)
    return until if until > local else until + timedelta(days=1)
